"""What an answer is worth by a key: read from what was filed, its points, its cap, and all the answers that there are.

Scoring and proof ask this module, so that a new kind of question is a matter of here and of `ItemKey`. `assets/base/answers.js`
mirrors it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..model.answers import NA, UNKNOWN, Answer, Answers, definite, is_unknown
from .key import ItemKey, ScoringKey
from .rules_key import DecisionKey


def resolve_answers(key: ScoringKey, answers: Answers) -> tuple[dict[str, Answer], list[str]]:
    """The answers under present ids, and those that the key does not know.

    Of an item's names, the present one first, the first with an answer that can be used counts; later ones are not looked at.
    """
    present = {item.id for item in key.items}
    given: dict[str, Answer] = {}
    known, unusable = set(key.retired), set()
    if key.rules:
        known.update(name for entry in key.rules.inputs for name in (entry.id, *entry.was))
    for item in key.items:
        names = [item.id, *(name for name in item.was if name not in present)]
        known.update(names)
        for name in names:
            if name not in answers:
                continue
            answer = _today(key, item, answers[name])
            if answer is not None:
                given[item.id] = answer
                break
            if answers[name] not in item.retired:
                unusable.add(name)
    return given, [
        f"{name}={value}" if name in unusable else name
        for name, value in answers.items()
        if name in unusable or name not in known
    ]


def _today(key: ScoringKey, item: ItemKey, filed: Answer) -> Answer | None:
    """What a filed answer means today; `None` where the item does not have it."""
    if filed in item.points or (filed == NA and item.na) or (filed == UNKNOWN and key.unknown):
        return filed
    return item.was_options.get(filed)


def with_hidden(given: Answers, hidden: Iterable[str]) -> dict[str, Answer]:
    """The answers as they count where a condition hides these items: they do not apply, whatever their answer was."""
    return {**given, **dict.fromkeys(hidden, NA)}


# One answer to one item


def points_of(item: ItemKey, answer: Answer | None) -> int | None:
    """The points of an answer before weighting, the worst for `unknown`; `None` where it earns nothing: open, or `na`."""
    if is_unknown(answer):
        return item.worst
    return None if answer is None else item.points.get(answer)


def earned(item: ItemKey, answer: Answer | None) -> int:
    """The weighted points of an answer; 0 where it earns nothing."""
    return item.weight * (points_of(item, answer) or 0)


def counts_as(item: ItemKey, answer: Answer) -> Answer:
    """The answer itself, or for `unknown` the weakest option, the first of equals."""
    if not is_unknown(answer):
        return answer
    return next(option for option, points in item.points.items() if points == item.worst)


def cap_of(item: ItemKey, answer: Answer | None, top: int) -> int:
    """The index of the best band that an answer leaves open, the worst of its item for `unknown`; `top` without a cap."""
    if is_unknown(answer):
        return min(item.caps.values(), default=top)
    return top if answer is None else item.caps.get(answer, top)


class Toward(NamedTuple):
    """What an answer gives each outcome of a decision, and the least and the most that its item could; all weighted."""

    earned: tuple[int, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]


def toward(decision: DecisionKey, item: ItemKey, answer: Answer) -> Toward:
    """What a definite answer gives the outcomes."""
    rows = decision.points[item.id]
    columns = [[item.weight * points for points in column] for column in zip(*rows.values(), strict=True)]
    return Toward(
        tuple(item.weight * points for points in rows[answer]), tuple(map(min, columns)), tuple(map(max, columns))
    )


# All answers that an item may be given: what a proof goes through


def definite_answers(item: ItemKey) -> list[Answer]:
    """Every answer that conditions and decisions can use."""
    return [*item.points]


def full_answers(item: ItemKey) -> list[Answer]:
    """These, and *does not apply* where it is offered. *I don't know* scores as the weakest, and is not counted apart."""
    return [*definite_answers(item), *([NA] if item.na else [])]


def all_answers(key: ScoringKey, item: ItemKey) -> list[Answer]:
    """Everything that a reader can choose."""
    return [*full_answers(item), *([UNKNOWN] if key.unknown else [])]


def known_answers(given: Answers, items: Iterable[ItemKey]) -> list[tuple[ItemKey, Answer]]:
    """The items with a definite answer, and that."""
    return [(item, answer) for item in items if (answer := definite(given.get(item.id))) is not None]
