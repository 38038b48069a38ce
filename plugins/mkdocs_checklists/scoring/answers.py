"""What an answer is worth by a key: read from what was filed, its points, its cap, and all the answers that there are.

Scoring and proof ask this module, so that a new kind of question is a matter of here and of `ItemKey`. `assets/base/answers.js`
mirrors it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..model.answers import (
    NA,
    UNKNOWN,
    Answer,
    Answers,
    Resolved,
    answer_of,
    chooses,
    definite,
    is_unknown,
    options_in,
    written,
)
from ..model.several import allowed_sets, best_of, is_allowed, least_of, most_of
from .beside import names_beside
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
    known |= names_beside(key)
    for item in key.items:
        names = [item.id, *(name for name in item.was if name not in present)]
        known.update(names)
        for name in names:
            if name not in answers:
                continue
            filed = written(answers[name])
            answer = _today(key, item, filed)
            if answer is not None:
                given[item.id] = answer
                break
            # Where several may be ticked, nothing ticked is no answer.
            parts = (set(options_in(filed)) - {""}) if item.many else {filed}
            if not parts <= item.retired:
                unusable.add(name)
    return given, [
        f"{name}={written(value)}" if name in unusable else name
        for name, value in answers.items()
        if name in unusable or name not in known
    ]


def _today(key: ScoringKey, item: ItemKey, filed: Answer) -> Answer | None:
    """What a filed answer means today; `None` where the item does not have it."""
    if filed in item.points or (filed == NA and item.na) or (filed == UNKNOWN and key.unknown):
        return filed
    if item.many is None or filed in item.was_options:
        return item.was_options.get(filed)
    # What was ticked of options that are gone is left out; with one that was never there, nothing is known of the rest either.
    parts = [part for part in options_in(filed) if part not in item.retired]
    chosen = {part if part in item.points else item.was_options.get(part) for part in parts}
    present = [option for option in item.points if option in chosen]
    return answer_of(present) if len(present) == len(chosen) and is_allowed(present, item.many) else None


def with_hidden(given: Resolved, hidden: Iterable[str]) -> dict[str, Answer]:
    """The answers as they count where a condition hides these items: they do not apply, whatever their answer was."""
    return {**given, **dict.fromkeys(hidden, NA)}


# One answer to one item


def points_of(item: ItemKey, answer: Answer | None) -> int | None:
    """The points of an answer before weighting, the worst for `unknown`; `None` where it earns nothing: open, or `na`."""
    if is_unknown(answer):
        return item.worst
    if answer is None or answer in item.points or item.many is None:
        return None if answer is None else item.points.get(answer)
    return sum(item.points[option] for option in options_in(answer)) if definite(answer) else None


def is_alone(item: ItemKey, answer: Answer) -> bool:
    """Whether an answer excludes all others, also where several options may be chosen."""
    return item.many is None or answer == item.many.none or definite(answer) is None


def earned(item: ItemKey, answer: Answer | None) -> int:
    """The weighted points of an answer; 0 where it earns nothing."""
    return item.weight * (points_of(item, answer) or 0)


def counts_as(item: ItemKey, answer: Answer) -> Answer:
    """The answer itself, or for `unknown` the weakest one, the first of equals."""
    return item.weakest if is_unknown(answer) else answer


def names_any(options: Iterable[str], item: ItemKey, answer: Answer) -> bool:
    """Whether an answer has any of these options; that of the weakest answer, where it is `unknown`."""
    return any(chooses(counts_as(item, answer), option) for option in options)


def cap_of(item: ItemKey, answer: Answer | None, top: int) -> int:
    """The index of the best band that an answer leaves open, the worst of its item for `unknown`; `top` without a cap."""
    if is_unknown(answer):
        return min(item.caps.values(), default=top)
    if answer is None or item.many is None:
        return top if answer is None else item.caps.get(answer, top)
    return min(item.caps.get(option, top) for option in options_in(answer))


def capping_options(item: ItemKey, answer: Answer, cap: int) -> list[str]:
    """The options of an answer that have just this cap."""
    return [option for option in options_in(answer) if item.caps.get(option) == cap]


def best_open(item: ItemKey, lowest: int) -> Answer | None:
    """The best answer that leaves the band `lowest` open, the first of equals; `None` where no option does."""
    open_options = [entry for entry in item.points.items() if item.caps.get(entry[0], lowest) >= lowest]
    return best_of(open_options, item.many, -1 if item.lower else 1)


class Toward(NamedTuple):
    """What an answer gives each outcome of a decision, and the least and the most that its item could; all weighted."""

    earned: tuple[int, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]


def toward(decision: DecisionKey, item: ItemKey, answer: Answer) -> Toward:
    """What a definite answer gives the outcomes."""
    rows = decision.points[item.id]
    chosen = [sum(column) for column in zip(*(rows[option] for option in options_in(answer)), strict=True)]
    columns = [dict(zip(rows, column, strict=True)) for column in zip(*rows.values(), strict=True)]
    return Toward(
        tuple(item.weight * points for points in chosen),
        tuple(item.weight * least_of(column, item.many) for column in columns),
        tuple(item.weight * most_of(column, item.many) for column in columns),
    )


# All answers that an item may be given: what a proof goes through


def definite_answers(item: ItemKey) -> list[Answer]:
    """Every answer that conditions and decisions can use."""
    return [*allowed_sets(tuple(item.points), item.many)]


def ways_by_points(item: ItemKey, lowest: int, option: str | None = None) -> Mapping[int, int]:
    """Weighted points to the number of definite answers that earn them and leave the band `lowest` open; those with an option."""
    return Counter(
        earned(item, answer)
        for answer in definite_answers(item)
        if (option is None or chooses(answer, option)) and cap_of(item, answer, lowest) >= lowest
    )


def points_offered(item: ItemKey) -> set[int]:
    """The weighted points that single fields of a question have on a page: of each option, and of *I don't know*."""
    return {item.weight * points for points in item.points.values()} | {item.least}


def full_answers(item: ItemKey) -> list[Answer]:
    """These, and *does not apply* where it is offered. *I don't know* scores as the weakest, and is not counted apart."""
    return [*definite_answers(item), *([NA] if item.na else [])]


def all_answers(key: ScoringKey, item: ItemKey) -> list[Answer]:
    """Everything that a reader can choose."""
    return [*full_answers(item), *([UNKNOWN] if key.unknown else [])]


def known_answers(given: Resolved, items: Iterable[ItemKey]) -> list[tuple[ItemKey, Answer]]:
    """The items with a definite answer, and that."""
    return [(item, answer) for item in items if (answer := definite(given.get(item.id))) is not None]
