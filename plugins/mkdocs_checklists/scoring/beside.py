"""What a reader writes beside an answer: reported with the result, and never scored. `rules/beside.js` mirrors this module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model.answers import Answers, Beside, beside, written
from .key import ItemKey, ScoringKey

_KINDS: tuple[Beside, ...] = ("words", "evidence")


def _asks(item: ItemKey, kind: Beside) -> bool:
    return item.note if kind == "words" else item.evidence


def _filed(key: ScoringKey, kind: Beside) -> Iterator[tuple[ItemKey, list[str]]]:
    """The items with a field of a kind, and the ids under which it may be filed."""
    present = {item.id for item in key.items}
    for item in key.items:
        if _asks(item, kind):
            yield item, [beside(name, kind) for name in (item.id, *item.was) if name == item.id or name not in present]


def names_beside(key: ScoringKey) -> set[str]:
    """The ids that are no answers, and yet known."""
    return {name for kind in _KINDS for _, names in _filed(key, kind) for name in names}


def beside_result(key: ScoringKey, answers: Answers) -> dict[str, Any]:
    """What was written, by kind and present id of the item; a kind that no item asks for is left out."""
    found: dict[str, Any] = {}
    for kind in _KINDS:
        filed = list(_filed(key, kind))
        if filed:
            texts = {item.id: next((answers[name] for name in names if answers.get(name)), "") for item, names in filed}
            found[kind] = {name: written(text) for name, text in texts.items() if text}
    return found
