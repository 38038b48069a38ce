"""Answers to a result, by a scoring key: exact whole-number arithmetic, rounded once.

`base/score.js` mirrors this module function by function; `tests/vectors/scoring` and a differential property test hold the two
together. Change the rules there first, then here, then in JavaScript.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..model.answers import Answers, Resolved, State, applies, is_unknown, state_of
from .advice import recommendations
from .answers import cap_of, points_of, resolve_answers, with_hidden
from .key import ItemKey, ScoringKey
from .rounding import first_shown, rounded


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over the answered ones among some items: what they earned, and could have earned at least and at most."""

    earned: int
    least: int
    possible: int
    answered: int
    applicable: int

    @property
    def completeness(self) -> int:
        """Per cent of the applicable items that are answered, rounded down; 100 when none applies."""
        return 100 * self.answered // self.applicable if self.applicable else 100


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that scoring returns. `score` is `None` while there is no share to report, never 0 or NaN.

    `ends` are the least and the most of the scale, whatever is answered. `missing` are the items that a verdict waits for (see
    `missing_items`), `needed` how many more answers `enough` asks for. `band_by_score` is the band before caps.
    """

    checklist: str
    revision: int
    score: int | float | None
    tally: Tally
    ends: tuple[int, int]
    missing: list[str]
    needed: int
    band: str | None
    band_by_score: str | None
    capped_by: list[str]
    sections: dict[str, tuple[int | float | None, Tally]]
    dimensions: dict[str, tuple[int | float | None, Tally]]
    recommendations: list[str]
    find_out: list[str]
    states: dict[str, State]
    ignored: list[str]

    @property
    def provisional(self) -> bool:
        """Whether a verdict still waits for answers."""
        return bool(self.missing)

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON data, its keys in the documented order."""
        return {
            "checklist": self.checklist,
            "revision": self.revision,
            **_sums(self.score, self.tally),
            "ends": list(self.ends),
            "provisional": self.provisional,
            "missing": self.missing,
            "needed": self.needed,
            "band": self.band,
            "band_by_score": self.band_by_score,
            "capped_by": self.capped_by,
            "sections": {name: _sums(*part) for name, part in self.sections.items()},
            "dimensions": {name: _sums(*part) for name, part in self.dimensions.items()},
            "recommendations": self.recommendations,
            "find_out": self.find_out,
            "states": self.states,
            "ignored": self.ignored,
        }


def score(key: ScoringKey, answers: Answers, hidden: Collection[str] = ()) -> Result:
    """Score answers against a key.

    Unknown item and option ids in `answers` are ignored, because stored answers outlive revisions; they are listed in
    `ignored`. An `unknown` answer counts as answered, with the worst points and the worst cap of its item. Items that are
    `hidden` by a condition do not apply, whatever their answer.
    """
    resolved, ignored = resolve_answers(key, answers)
    given = with_hidden(resolved, hidden)
    items = key.items
    tally = _tally(items, given)
    sections = {section.id: _tally(section.items, given) for section in key.sections}
    dimensions = {name: _tally(group, given) for name, group in _by_dimension(items).items()}
    scaled = _rounded(key, _overall(key, tally, sections), tally)
    needed = _needed(key, tally)
    missing = _missing(items, given, needed)
    by_score = None if missing else _by_score(key, scaled)
    band, capped_by = _awarded(key, by_score, items, given)
    return Result(
        checklist=key.checklist,
        revision=key.revision,
        score=_shown(key, scaled),
        tally=tally,
        ends=key.ends,
        missing=missing,
        needed=needed,
        band=None if band is None else key.bands[band][0],
        band_by_score=None if by_score is None else key.bands[by_score][0],
        capped_by=capped_by,
        sections={name: (_score_of(key, part), part) for name, part in sections.items()},
        dimensions={name: (_score_of(key, part), part) for name, part in dimensions.items()},
        recommendations=recommendations(key, given),
        find_out=[item.id for item in items if is_unknown(given.get(item.id))],
        states={item.id: state_of(given.get(item.id)) for item in items},
        ignored=ignored,
    )


def band_of(key: ScoringKey, given: Resolved) -> int | None:
    """The place of the awarded band from the worst, and nothing else; `None` without one. `given` holds present ids only."""
    return award_of(key, given)[0]


def award_of(key: ScoringKey, given: Resolved) -> tuple[int | None, list[str]]:
    """The place of the awarded band, and the items that held the result down."""
    items = key.items
    tally = _tally(items, given)
    if _missing(items, given, _needed(key, tally)):
        return None, []
    sections = {section.id: _tally(section.items, given) for section in key.sections} if key.by_section else {}
    return _awarded(key, _by_score(key, _rounded(key, _overall(key, tally, sections), tally)), items, given)


def missing_items(key: ScoringKey, given: Resolved) -> list[str]:
    """The ids of the items that a verdict waits for, in reading order. `given` holds present ids, and *na* for what is hidden.

    These are all unanswered items that can cap the band. Where `enough` asks for more answers than that, the first of the other
    unanswered items are among them, as many as are needed. Once all of them are answered there is a verdict; where some turn out
    not to apply, others may take their place.
    """
    return _missing(key.items, given, _needed(key, _tally(key.items, given)))


def reported_score(key: ScoringKey, given: Resolved, section: str | None = None) -> Fraction | None:
    """The score as it is reported, exact: of everything or of a section. `given` holds present ids, and *na* for what is hidden."""
    if section is None:
        parts = {part.id: _tally(part.items, given) for part in key.sections} if key.by_section else {}
        tally = _tally(key.items, given)
        exact = _overall(key, tally, parts)
    else:
        tally = _tally(next(part.items for part in key.sections if part.id == section), given)
        exact = _measure(key, tally)
    scaled = _rounded(key, exact, tally)
    return None if scaled is None else Fraction(scaled, 10**key.decimals)


def scored_items(key: ScoringKey, section: str | None = None) -> list[ItemKey]:
    """The items whose points the score of everything, or of a section, can depend on."""
    return [
        item
        for part in key.sections
        for item in part.items
        if item.weight and (part.id == section if section else part.weight or not key.by_section)
    ]


def _tally(items: Iterable[ItemKey], given: Resolved) -> Tally:
    earned = least = possible = answered = applicable = 0
    for item in items:
        answer = given.get(item.id)
        if not applies(answer):
            continue
        applicable += 1
        points = points_of(item, answer)
        if points is not None:
            answered += 1
            earned += item.weight * points
            least += item.least
            possible += item.most
    return Tally(earned, least, possible, answered, applicable)


def _by_dimension(items: Iterable[ItemKey]) -> dict[str, list[ItemKey]]:
    groups: dict[str, list[ItemKey]] = {}
    for item in items:
        if item.dimension is not None:
            groups.setdefault(item.dimension, []).append(item)
    return groups


def _share(tally: Tally) -> Fraction | None:
    """Where the earned points lie between the least and the most; `None` where those are equal."""
    span = tally.possible - tally.least
    return Fraction(tally.earned - tally.least, span) if span else None


def _measure(key: ScoringKey, tally: Tally) -> Fraction | None:
    """The exact number that stands for a tally: points, or the share placed in the range."""
    share = _share(tally)
    if share is None:
        return None
    return Fraction(tally.earned) if key.points else _placed(key, share)


def _score_of(key: ScoringKey, tally: Tally) -> int | float | None:
    return _shown(key, _rounded(key, _measure(key, tally), tally))


def _placed(key: ScoringKey, share: Fraction) -> Fraction:
    low, high = key.range
    return low + share * (high - low)


def _overall(key: ScoringKey, tally: Tally, sections: Mapping[str, Tally]) -> Fraction | None:
    if not key.by_section:
        return _measure(key, tally)
    weighted, total = Fraction(0), 0
    for section in key.sections:
        share = _share(sections[section.id])
        if share is not None:
            weighted += section.weight * share
            total += section.weight
    return _placed(key, weighted / total) if total else None


def exact_score(key: ScoringKey, given: Resolved) -> tuple[Fraction, Fraction, tuple[int, int]]:
    """The score of answers that have one, before rounding; what `rise_of_point` counts in it; the numbers for empty and full."""
    tally = _tally(key.items, given)
    sections = {section.id: _tally(section.items, given) for section in key.sections}
    exact = _overall(key, tally, sections)
    assert exact is not None
    if key.points:
        return exact, Fraction(1), empty_and_full(key, tally)
    low, high = key.range
    spans = [(section.weight, _share(sections[section.id])) for section in key.sections]
    whole = (
        sum(weight for weight, share in spans if share is not None) if key.by_section else tally.possible - tally.least
    )
    return exact, Fraction(high - low, whole), key.range


def reach(key: ScoringKey, ends: tuple[int, int], band: int) -> tuple[Fraction, bool]:
    """From which exact score on, in the good direction, a band above the worst is reached, and whether only beyond it.

    `ends` are the numbers for empty and full.
    """
    if key.better != "lower":
        return first_shown(key.bands[band][1], ends, key.decimals)
    bound, is_above = first_shown(key.bands[band - 1][1], ends, key.decimals)
    return bound, not is_above


def _rounded(key: ScoringKey, exact: Fraction | None, tally: Tally) -> int | None:
    return None if exact is None else rounded(exact, empty_and_full(key, tally), key.decimals)


def empty_and_full(key: ScoringKey, tally: Tally) -> tuple[int, int]:
    """The numbers for empty and full."""
    return (tally.least, tally.possible) if key.points else key.range


def _shown(key: ScoringKey, scaled: int | None) -> int | float | None:
    if scaled is None or not key.decimals:
        return scaled
    return float(Fraction(scaled, 10**key.decimals))


def _needed(key: ScoringKey, tally: Tally) -> int:
    """How many more items must be answered for a verdict: `enough` per cent of those that apply."""
    return max(0, -(-key.enough * tally.applicable // 100) - tally.answered)


def _missing(items: Iterable[ItemKey], given: Resolved, needed: int) -> list[str]:
    unanswered = [item for item in items if item.id not in given]
    others = [item.id for item in unanswered if not item.caps]
    spare = set(others[max(0, needed - (len(unanswered) - len(others))) :])
    return [item.id for item in unanswered if item.id not in spare]


def _by_score(key: ScoringKey, scaled: int | None) -> int | None:
    """The index of the band for the score alone, whatever the caps say; below every cut score, that of the lowest."""
    if scaled is None or not key.bands:
        return None
    above_first = max(0, sum(cut <= scaled for _, cut in key.bands) - 1)
    return len(key.bands) - 1 - above_first if key.better == "lower" else above_first


def _awarded(
    key: ScoringKey, by_score: int | None, items: Iterable[ItemKey], given: Resolved
) -> tuple[int | None, list[str]]:
    """The band after caps, and the items that held it down."""
    if by_score is None:
        return None, []
    top = len(key.bands) - 1
    caps = {item.id: cap_of(item, given.get(item.id), top) for item in items}
    awarded = min([by_score, *caps.values()])
    return awarded, [name for name, cap in caps.items() if cap == awarded] if awarded < by_score else []


def _sums(number: int | float | None, tally: Tally) -> dict[str, Any]:
    return {
        "score": number,
        "earned": tally.earned,
        "least": tally.least,
        "possible": tally.possible,
        "completeness": tally.completeness,
    }
