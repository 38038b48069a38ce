"""The linter's rules for what follows a weak answer: advice, a link to read on, and caps that do what caps are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..model.checklist import Checklist, Item, Section
from ..model.fields import EVERY_ANSWER
from ..reading.tree import Path
from .findings import Findings


@dataclass(frozen=True)
class Weakness:
    """Which answers of a checklist are weak."""

    checklist: Checklist

    @cached_property
    def top(self) -> str:
        """The best band; empty where there is none."""
        bands = sorted(self.checklist.bands, key=lambda band: band.min, reverse=self.is_lower)
        return bands[-1].id if bands else ""

    @property
    def is_lower(self) -> bool:
        return self.checklist.score.better == "lower"

    @property
    def has_weak(self) -> bool:
        """Whether any answer can be weak: in a decision each speaks for one outcome or another, and a measurement only measures."""
        return self.checklist.score.better != "neither" and not self.checklist.outcomes

    def best(self, item: Item) -> int:
        """The points of the best option."""
        return (min if self.is_lower else max)(option.earned for option in item.options or [])

    def capped(self, item: Item) -> set[str]:
        return {option for option, band in item.caps.items() if band != self.top}

    def weak(self, item: Item) -> set[str]:
        """The options that could be better."""
        if not self.has_weak:
            return set()
        best = self.best(item)
        return self.capped(item) | {option.id for option in item.options or [] if option.earned != best}


def lint_advice(findings: Findings, path: Path, section: Section, item: Item, weakness: Weakness) -> None:
    """Answers without advice, and advice without answers."""
    options = item.options or []
    # What counts for nothing needs no advice, unless it holds the result down; of a fact, only what it holds down needs any.
    is_counted = item.weight > 0 and not item.given
    weak = weakness.weak(item) if item.weight else weakness.weak(item) & weakness.capped(item)
    counting = [option.id for option in options if option.id in (weak if is_counted else weak & weakness.capped(item))]
    advised = item.recommend or {}
    mute = [name for name in counting if name not in advised]
    if mute and EVERY_ANSWER not in advised:
        findings.add(
            "no-advice",
            f"item '{item.id}' gives no advice after {_either(mute)}",
            (*path, "id"),
            "It can't be mended: say in 'recommend:' where to turn."
            if item.given
            else "Add 'recommend:', one text for all weak answers or a text per option.",
        )
    stuck = [name for name in counting if not _has_link(advised.get(name, advised.get(EVERY_ANSWER, "")))]
    if stuck and not item.see and not section.see:
        findings.add(
            "no-place-to-go",
            f"item '{item.id}' has no link to read on after {_either(stuck)}",
            (*path, "id"),
            "Add 'see:' to the item or to its section, or a link to the advice.",
        )
    if weakness.checklist.score.better == "neither":
        # There, words after an answer are advice because the author says so.
        idle = [name for name in item.urgent if name not in advised and EVERY_ANSWER not in advised]
    else:
        _idle_advice(findings, path, item, weak, weakness)
        idle = [name for name in item.urgent if name not in weak]
    for name in idle:
        findings.add(
            "idle-urgent",
            f"item '{item.id}': '{name}' is urgent, and there is nothing to do after it",
            (*path, "urgent", item.urgent.index(name)),
            "Delete it, or give the answer advice, and points or a cap that make it worth mending.",
        )


def _idle_advice(findings: Findings, path: Path, item: Item, weak: set[str], weakness: Weakness) -> None:
    hint = "Delete it, or give the option fewer points than another one."
    if not weakness.has_weak:
        hint = "In a decision no answer is better than another: put it under 'notes:', with a condition."
    elif not item.weight:
        hint = "With 'weight: 0' an answer only informs: put it into 'help:', or give the item a weight."
    elif weakness.is_lower:
        hint = "Delete it, or give the option more points than another one."
    advised = item.recommend or {}
    for name in advised:
        if not (weak if name == EVERY_ANSWER else name in weak):
            after = "any answer" if name == EVERY_ANSWER else f"'{name}'"
            place = findings.reading.span(*path, "recommend", *([] if name == EVERY_ANSWER else [name]))
            findings.add(
                "idle-advice",
                f"item '{item.id}': advice after {after} is never shown, since nothing can be bettered there",
                (*path, "recommend"),
                hint,
                place,
            )


def _either(names: list[str]) -> str:
    return " or ".join(repr(name) for name in names)


def _has_link(markdown: str) -> bool:
    return bool(re.search(r"\]\([^)\s]|<(?:https?|mailto|tel):", markdown))


def lint_caps(findings: Findings, path: Path, item: Item, weakness: Weakness) -> None:
    """Caps that can't do what caps are for; `lint_reach` looks at each by itself, `checks` at those at the best band."""
    if not item.caps:
        if "caps" in item.model_fields_set:
            findings.add(
                "idle-answer-cap",
                f"item '{item.id}': 'caps' names no answer, so it changes nothing",
                path,
                "Name the answers that hold the result down, or delete it.",
                findings.reading.key_span(*path, "caps"),
            )
        return
    best = [option.id for option in item.options or [] if option.earned == weakness.best(item)]
    if weakness.capped(item).issuperset(best):
        findings.add(
            "capped-best",
            f"item '{item.id}': its best answer '{best[0]}' holds the result down at band '{item.caps[best[0]]}'",
            (*path, "caps", best[0]),
            f"Cap the weak answers, and leave one that leads to the {'best' if weakness.is_lower else 'highest'} band.",
        )
