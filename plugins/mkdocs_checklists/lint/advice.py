"""Weak answers after which a reader is left alone: without advice, or without a place to read on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..model.checklist import Checklist, Item
from ..model.fields import EVERY_ANSWER
from ..reading.tree import Path
from .findings import Findings


class _Lack(NamedTuple):
    path: Path
    message: str
    is_allowed: bool
    """Whether the item or its section says why it is right."""


def weak_answers(item: Item, top: str) -> set[str]:
    """The answers that could be better. `top` is the highest band: a cap at it holds nothing down."""
    options = item.options or []
    best = max(option.earned for option in options)
    return _capped(item, top) | {option.id for option in options if option.earned < best}


def lint_missing_advice(findings: Findings, checklist: Checklist, top: str) -> None:
    """One warning for each question; for a file without any advice and any link, one warning for all of it."""
    lacks = {"no-advice": list(_without_advice(checklist, top)), "no-place-to-go": list(_without_link(checklist, top))}
    if _is_without_all(checklist) and len(lacks["no-advice"]) > 1 and not _is_allowed(checklist, lacks):
        findings.add(
            "no-advice",
            f"not one of the {len(lacks['no-advice'])} questions with weak answers gives advice",
            ("title",),
            "Add 'recommend:' and 'see:'. Where a list only measures, say so at its top: 'allow: {no-advice: …}'.",
        )
        return
    for code, hint in (
        ("no-advice", "Add 'recommend:', one text for all weak answers or a text per option."),
        ("no-place-to-go", "Add 'see:' to the item or to its section, or a link to the advice."),
    ):
        for lack in lacks[code]:
            findings.add(code, lack.message, (*lack.path, "id"), hint)


def _is_without_all(checklist: Checklist) -> bool:
    return not any(section.see for section in checklist.sections) and not any(
        item.recommend or item.see for item in checklist.items
    )


def _is_allowed(checklist: Checklist, lacks: Mapping[str, list[_Lack]]) -> bool:
    """Whether the file says of single questions, or of links alone, why it is right: that would be idle then."""
    return "no-place-to-go" in checklist.allow or any(lack.is_allowed for found in lacks.values() for lack in found)


def _without_advice(checklist: Checklist, top: str) -> Iterator[_Lack]:
    for path, item, allowed in _items(checklist):
        advised = item.recommend or {}
        mute = [name for name in _counting(item, top) if name not in advised]
        if mute and EVERY_ANSWER not in advised:
            yield _Lack(path, f"item '{item.id}' gives no advice after {_either(mute)}", "no-advice" in allowed)


def _without_link(checklist: Checklist, top: str) -> Iterator[_Lack]:
    for path, item, allowed in _items(checklist):
        advised = item.recommend or {}
        stuck = [
            name for name in _counting(item, top) if not _has_link(advised.get(name, advised.get(EVERY_ANSWER, "")))
        ]
        if stuck and not item.see and not checklist.sections[int(path[1])].see:
            message = f"item '{item.id}' has no link to read on after {_either(stuck)}"
            yield _Lack(path, message, "no-place-to-go" in allowed)


def _items(checklist: Checklist) -> Iterator[tuple[Path, Item, set[str]]]:
    """The items with their paths, and what they or their sections allow."""
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            yield ("sections", s, "items", i), item, {*section.allow, *item.allow}


def _counting(item: Item, top: str) -> list[str]:
    """The weak answers in order. What counts for nothing needs no advice, unless it holds the result down."""
    wanted = weak_answers(item, top) if item.weight else _capped(item, top)
    return [option.id for option in item.options or [] if option.id in wanted]


def _capped(item: Item, top: str) -> set[str]:
    return {option for option, band in item.caps.items() if band != top}


def _either(names: list[str]) -> str:
    return " or ".join(repr(name) for name in names)


def _has_link(markdown: str) -> bool:
    return bool(re.search(r"\]\([^)\s]|<(?:https?|mailto|tel):", markdown))
