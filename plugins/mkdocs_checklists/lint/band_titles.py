"""The linter asks where the titles of bands say something else of high scores than `score.better` does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.checklist import Checklist
from ..model.score_rules import Band, Better
from ..reading.tree import Path
from .findings import Findings


@dataclass(frozen=True)
class TitleWords:
    """Words of titles that say how good a result is, and those that turn the word behind them round."""

    good: re.Pattern[str]
    bad: re.Pattern[str]
    denied: re.Pattern[str]
    """A good word that a title denies; what is left of the title still counts."""
    harmless: re.Pattern[str]
    """A bad word that a title denies or makes small: good."""


def _any(words: str) -> str:
    return rf"(?:{'|'.join(words.split())})"


_GOOD = _any(
    "ready excellent good great healthy safe sound strong secure fine well none nothing normal minimal advanced optimised leading"
)
_BAD = _any(
    """
    severe severely critical danger dangerous dangers poor bad weak unsafe unhealthy risky alarming crisis emergency harmful failing
    failed stop insufficient inadequate vulnerable urgent acute depression depressed anxiety burnout hazardous dependence impaired
    unready risk risks problem problems symptoms
    """
)
_NOT = _any("not no never hardly barely un- non-")
_SMALL = _any("not no without low minimal little lowest least free hardly few")

_ENGLISH = TitleWords(
    good=re.compile(rf"\b{_GOOD}\b", re.IGNORECASE),
    bad=re.compile(rf"\b{_BAD}\b", re.IGNORECASE),
    denied=re.compile(rf"\b{_NOT} (?:yet |so |very |quite |fully )?{_GOOD}\b", re.IGNORECASE),
    harmless=re.compile(rf"\b{_SMALL} (?:\w+ )?{_BAD}\b|\b{_BAD}[- ]free\b", re.IGNORECASE),
)
_BY_LANGUAGE = {"en": _ENGLISH}
"""The words by the language of a file, without its region."""


def lint_band_titles(findings: Findings, checklist: Checklist) -> None:
    """Ask where the band that counts as the best has the title of the worst, and the other way round."""
    words = _BY_LANGUAGE.get(checklist.language.partition("-")[0])
    better = checklist.score.better
    if words is None or better == "neither":
        return
    found: list[tuple[Path, Sequence[Band]]] = [((), checklist.bands)]
    found += [(("sections", n), section.bands) for n, section in enumerate(checklist.sections)]
    found += [(("dimensions", n), dimension.bands) for n, dimension in enumerate(checklist.dimensions)]
    for path, bands in found:
        if len(bands) > 1:
            _lint_titles(findings, path, bands, better, words)


def _lint_titles(findings: Findings, path: Path, bands: Sequence[Band], better: Better, words: TitleWords) -> None:
    ranked = sorted(bands, key=lambda band: band.min, reverse=better == "lower")
    worst, best = ranked[0], ranked[-1]
    if title_value(best.title, words) >= title_value(worst.title, words):
        return
    other = "lower" if better == "higher" else "higher"
    findings.add(
        "bands-upside-down",
        f"is a {better} score better here? '{best.title}' counts as the best result, '{worst.title}' as the worst",
        (*path, "bands", bands.index(best), "title"),
        f"If a {other} score is better, write 'score: {{better: {other}}}'; if neither is, 'better: neither'.",
    )


def title_value(title: str, words: TitleWords) -> int:
    """How good a title sounds: above zero, below, or zero where nothing is known."""
    text = words.harmless.sub("\u2713", title)
    text = words.denied.sub("\u2717", text)
    return text.count("\u2713") - text.count("\u2717") + len(words.good.findall(text)) - len(words.bad.findall(text))
