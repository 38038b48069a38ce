"""Answers to a result, by a scoring key: exact whole-number arithmetic, rounded once.

`base/score.js` mirrors this module function by function; `tests/vectors/scoring` and a differential property test hold the two
together. Change the rules there first, then here, then in JavaScript.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..model.answers import Answers, Resolved, State, is_unknown, state_of
from ..model.units import plain
from .advice import recommendations
from .answers import cap_of, resolve_answers, with_hidden
from .key import Bands, ItemKey, ScoringKey, SectionCapKey, SectionKey
from .rounding import Ends, first_shown, rounded
from .tally import Tally, empty_and_full, in_range, measure, share_of, tally_of, width_of


@dataclass(frozen=True, slots=True)
class PartResult:
    """What is reported of a section or a dimension. `band` is one of its own `bands`, `None` until enough of it is answered."""

    score: int | float | None
    tally: Tally
    bands: Bands
    band: str | None

    def to_json(self) -> dict[str, Any]:
        """The part as plain JSON data, with a band where it has bands of its own."""
        return _sums(self.score, self.tally) | ({"band": self.band} if self.bands else {})


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that scoring returns. `score` is `None` while there is no share to report, never 0 or NaN.

    `ends` are the least and the most of the scale, whatever is answered. `missing` are the items that a verdict waits for (see
    `missing_items`), `needed` how many more answers `enough` asks for. `band_by_score` is the band before caps. `capped_by` has
    the ids of items, then `{"section": id}` for each section.
    """

    checklist: str
    revision: int
    score: int | float | None
    tally: Tally
    ends: tuple[int | float, int | float]
    missing: list[str]
    needed: int
    band: str | None
    band_by_score: str | None
    capped_by: list[str | dict[str, str]]
    sections: dict[str, PartResult]
    dimensions: dict[str, PartResult]
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
            "sections": {name: part.to_json() for name, part in self.sections.items()},
            "dimensions": {name: part.to_json() for name, part in self.dimensions.items()},
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
    tally = tally_of(key, items, given)
    sections = {section.id: tally_of(key, section.items, given) for section in key.sections}
    dimensions = {
        name: _part(key, tally_of(key, group, given, key.units.shares), key.dimension_bands.get(name, ()))
        for name, group in _by_dimension(key).items()
    }
    scaled = _rounded(key, _overall(key, tally, sections), tally)
    needed = _needed(key, tally)
    missing = _missing(key, given, needed)
    by_score = None if missing else _place(key, key.bands, scaled)
    band, held, low = _awarded(key, by_score, items, given)
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
        capped_by=[*held, *({"section": name} for name in low)],
        sections={section.id: _part(key, sections[section.id], section.bands) for section in key.sections},
        dimensions=dimensions,
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
    tally = tally_of(key, items, given)
    if _missing(key, given, _needed(key, tally)):
        return None, []
    sections = {section.id: tally_of(key, section.items, given) for section in key.sections} if key.by_section else {}
    scaled = _rounded(key, _overall(key, tally, sections), tally)
    return _awarded(key, _place(key, key.bands, scaled), items, given)[:2]


def missing_items(key: ScoringKey, given: Resolved) -> list[str]:
    """The ids of the items that a verdict waits for, in reading order. `given` holds present ids, and *na* for what is hidden.

    These are all unanswered items that can cap the band. Where `enough` asks for more answers than that, of the whole or of a
    section that can cap the band, the first of the other unanswered items are among them, as many as are needed. Once all of them
    are answered there is a verdict; where some turn out not to apply, others may take their place.
    """
    return _missing(key, given, _needed(key, tally_of(key, key.items, given)))


def reported_score(key: ScoringKey, given: Resolved, section: str | None = None) -> Fraction | None:
    """The score as it is reported, exact: of everything or of a section. `given` holds present ids, and *na* for what is hidden."""
    if section is None:
        parts = {part.id: tally_of(key, part.items, given) for part in key.sections} if key.by_section else {}
        tally = tally_of(key, key.items, given)
        exact = _overall(key, tally, parts)
    else:
        tally = tally_of(key, next(part.items for part in key.sections if part.id == section), given)
        exact = measure(key, tally)
    scaled = _rounded(key, exact, tally)
    return None if scaled is None else Fraction(scaled, 10**key.decimals)


def reported_band(key: ScoringKey, given: Resolved, section: str) -> str | None:
    """The band of a section by its own score. `given` is as for `reported_score`."""
    part = next(part for part in key.sections if part.id == section)
    return _part(key, tally_of(key, part.items, given), part.bands).band


def scored_items(key: ScoringKey, section: str | None = None) -> list[ItemKey]:
    """The items whose points the score of everything, or of a section, can depend on."""
    return [
        item
        for part in key.sections
        for item in part.items
        if item.weight and (part.id == section if section else part.weight or not key.by_section)
    ]


def _by_dimension(key: ScoringKey) -> dict[str, list[ItemKey]]:
    """The items of each dimension; they weigh as much there as their share, in units of it."""
    groups: dict[str, list[ItemKey]] = {}
    for item in key.items:
        for name, share in item.dimensions.items():
            groups.setdefault(name, []).append(item if share == 1 else replace(item, weight=item.weight * share))
    return groups


def _part(key: ScoringKey, tally: Tally, bands: Bands) -> PartResult:
    scaled = _rounded(key, measure(key, tally), tally)
    place = None if _needed(key, tally) else _place(key, bands, scaled)
    return PartResult(_shown(key, scaled), tally, bands, None if place is None else bands[place][0])


def _overall(key: ScoringKey, tally: Tally, sections: Mapping[str, Tally]) -> Fraction | None:
    if not key.by_section:
        return measure(key, tally)
    weighted, total = Fraction(0), 0
    for section in key.sections:
        share = share_of(key, sections[section.id])
        if share is not None:
            weighted += section.weight * share
            total += section.weight
    return in_range(key, weighted / total) if total else None


def exact_score(key: ScoringKey, given: Resolved) -> tuple[Fraction, Fraction, Ends]:
    """The score of answers that have one, before rounding; what `rise_of_point` counts in it; the numbers for empty and full."""
    tally = tally_of(key, key.items, given)
    sections = {section.id: tally_of(key, section.items, given) for section in key.sections}
    exact = _overall(key, tally, sections)
    assert exact is not None
    if key.points:
        return exact, Fraction(1, tally.parts), empty_and_full(key, tally)
    low, high = key.range
    spans = [(section.weight, share_of(key, sections[section.id])) for section in key.sections]
    whole = sum(weight for weight, share in spans if share is not None) if key.by_section else width_of(key, tally)
    return exact, Fraction(high - low, whole), empty_and_full(key, tally)


def exact_part(key: ScoringKey, section: SectionKey, given: Resolved) -> tuple[Fraction, Fraction, Ends] | None:
    """As `exact_score`, but of a section, and counted in weighted points of it; `None` where it has no score."""
    tally = tally_of(key, section.items, given)
    exact = measure(key, tally)
    if exact is None:
        return None
    ends = low, high = empty_and_full(key, tally)
    return exact, Fraction(1, tally.parts) if key.points else (high - low) / width_of(key, tally), ends


def reach(key: ScoringKey, ends: Ends, band: int) -> tuple[Fraction, bool]:
    """From which exact score on, in the good direction, a band above the worst is reached, and whether only beyond it.

    `ends` are the numbers for empty and full.
    """
    return _better_than(key, ends, key.bands[band - 1 if key.better == "lower" else band][1])


def reach_of_cap(key: ScoringKey, ends: Ends, cap: SectionCapKey) -> tuple[Fraction, bool]:
    """As `reach`, for the score of a section that no longer caps the band."""
    return _better_than(key, ends, cap.below + (key.better == "lower"))


def _better_than(key: ScoringKey, ends: Ends, cut: int) -> tuple[Fraction, bool]:
    """What is shown as a cut score or more; where fewer are better, as less than it."""
    bound, is_above = first_shown(cut, ends, key.decimals)
    return bound, is_above != (key.better == "lower")


def _rounded(key: ScoringKey, exact: Fraction | None, tally: Tally) -> int | None:
    return None if exact is None else rounded(exact, empty_and_full(key, tally), key.decimals)


def _shown(key: ScoringKey, scaled: int | None) -> int | float | None:
    if scaled is None or not key.decimals:
        return scaled
    return float(Fraction(scaled, 10**key.decimals))


def _needed(key: ScoringKey, tally: Tally) -> int:
    """How many more items must be answered for a verdict: `enough` per cent of those that apply."""
    return max(0, -(-key.enough * tally.applicable // 100) - tally.answered)


def _missing(key: ScoringKey, given: Resolved, needed: int) -> list[str]:
    open_items = [item for item in key.items if item.id not in given]
    taken = {item.id for item in open_items if item.caps}
    capping = {cap.section for cap in key.caps}
    counts = [
        (section.items, _needed(key, tally_of(key, section.items, given)))
        for section in key.sections
        if section.id in capping
    ]
    for items, count in (*counts, (open_items, needed)):
        unanswered = [item.id for item in items if item.id not in given]
        others = [name for name in unanswered if name not in taken]
        taken.update(others[: max(0, count - (len(unanswered) - len(others)))])
    return [item.id for item in open_items if item.id in taken]


def _place(key: ScoringKey, bands: Bands, scaled: int | None) -> int | None:
    """The index of the band for a score alone, whatever the caps say; below every cut score, that of the lowest."""
    if scaled is None or not bands:
        return None
    above_first = max(0, sum(cut <= scaled for _, cut in bands) - 1)
    return len(bands) - 1 - above_first if key.better == "lower" else above_first


def _awarded(
    key: ScoringKey, by_score: int | None, items: Iterable[ItemKey], given: Resolved
) -> tuple[int | None, list[str], list[str]]:
    """The band after caps, and the items and the sections that held it down."""
    if by_score is None:
        return None, [], []
    top = len(key.bands) - 1
    caps = {item.id: cap_of(item, given.get(item.id), top) for item in items}
    weak = _weak_sections(key, given)
    awarded = min([by_score, *caps.values(), *(band for _, band in weak)])
    if awarded == by_score:
        return awarded, [], []
    held = dict.fromkeys(name for name, band in weak if band == awarded)
    return awarded, [name for name, cap in caps.items() if cap == awarded], [*held]


def _weak_sections(key: ScoringKey, given: Resolved) -> list[tuple[str, int]]:
    """The sections whose own score is so weak that it caps the band, each with the band."""
    if not key.caps:
        return []
    tallies = {section.id: tally_of(key, section.items, given) for section in key.sections}
    scores = {name: _rounded(key, measure(key, tally), tally) for name, tally in tallies.items()}
    found = [(cap, scores[cap.section]) for cap in key.caps]
    return [(cap.section, cap.band) for cap, scaled in found if scaled is not None and cap.holds(scaled, key.better)]


def _sums(number: int | float | None, tally: Tally) -> dict[str, Any]:
    return {
        "score": number,
        "earned": plain(tally.earned, tally.parts),
        "least": plain(tally.least, tally.parts),
        "possible": plain(tally.possible, tally.parts),
        "completeness": tally.completeness,
    }
