"""Answers to a result, by a scoring key: exact whole-number arithmetic, rounded once.

`base/score.js` mirrors this module function by function; `tests/vectors/scoring` and a differential property test hold the two
together. Change the rules there first, then here, then in JavaScript.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any

from ..model.answers import Answers, State, applies, is_unknown, state_of
from ..model.units import plain
from .answers import cap_of, is_best, points_of, resolve_answers, with_hidden
from .key import Bands, ItemKey, ScoringKey


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over the answered ones among some items: what they earned, and could have earned at least and at most.

    They are in the units of the key; `parts` says how many of those are one point.
    """

    earned: int
    least: int
    possible: int
    answered: int
    applicable: int
    parts: int = 1

    @property
    def completeness(self) -> int:
        """Per cent of the applicable items that are answered, rounded down; 100 when none applies."""
        return 100 * self.answered // self.applicable if self.applicable else 100


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
    `ignored`. An `unknown` answer counts as answered, with the least points and the lowest cap of its item. Items that are
    `hidden` by a condition do not apply, whatever their answer.
    """
    resolved, ignored = resolve_answers(key, answers)
    given = with_hidden(resolved, hidden)
    items = key.items
    tally = _tally(key, items, given)
    sections = {section.id: _tally(key, section.items, given) for section in key.sections}
    dimensions = {
        name: _part(key, _tally(key, group, given, key.units.shares), key.dimension_bands.get(name, ()))
        for name, group in _by_dimension(key).items()
    }
    scaled = _rounded(key, _overall(key, tally, sections))
    needed = _needed(key, tally)
    missing = _missing(key, given, needed)
    by_score = None if missing else _place(key.bands, scaled)
    band, held = _awarded(key, by_score, items, given)
    low = dict.fromkeys(name for name, cap in _low_sections(key, given) if cap == band != by_score)
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
        recommendations=_recommendations(key, items, given),
        find_out=[item.id for item in items if is_unknown(given.get(item.id))],
        states={item.id: state_of(given.get(item.id)) for item in items},
        ignored=ignored,
    )


def band_of(key: ScoringKey, given: Answers) -> int | None:
    """The place of the awarded band from the bottom, and nothing else; `None` without one. `given` holds present ids only."""
    return award_of(key, given)[0]


def award_of(key: ScoringKey, given: Answers) -> tuple[int | None, list[str]]:
    """The place of the awarded band, and the items that held it down."""
    items = key.items
    tally = _tally(key, items, given)
    if _missing(key, given, _needed(key, tally)):
        return None, []
    sections = {section.id: _tally(key, section.items, given) for section in key.sections} if key.by_section else {}
    return _awarded(key, _place(key.bands, _rounded(key, _overall(key, tally, sections))), items, given)


def missing_items(key: ScoringKey, given: Answers) -> list[str]:
    """The ids of the items that a verdict waits for, in reading order. `given` holds present ids, and *na* for what is hidden.

    These are all unanswered items that can cap the band. Where `enough` asks for more answers than that, of the whole or of a
    section that can cap the band, the first of the other unanswered items are among them, as many as are needed. Once all of them
    are answered there is a verdict; where some turn out not to apply, others may take their place.
    """
    return _missing(key, given, _needed(key, _tally(key, key.items, given)))


def reported_score(key: ScoringKey, given: Answers, section: str | None = None) -> Fraction | None:
    """The score as it is reported, exact: of everything or of a section. `given` holds present ids, and *na* for what is hidden."""
    if section is None:
        parts = {part.id: _tally(key, part.items, given) for part in key.sections} if key.by_section else {}
        exact = _overall(key, _tally(key, key.items, given), parts)
    else:
        exact = _measure(key, _tally(key, next(part.items for part in key.sections if part.id == section), given))
    scaled = _rounded(key, exact)
    return None if scaled is None else Fraction(scaled, 10**key.decimals)


def scored_items(key: ScoringKey, section: str | None = None) -> list[ItemKey]:
    """The items whose points the score of everything, or of a section, can depend on."""
    return [
        item
        for part in key.sections
        for item in part.items
        if item.weight and (part.id == section if section else part.weight or not key.by_section)
    ]


def _tally(key: ScoringKey, items: Iterable[ItemKey], given: Answers, shares: int = 1) -> Tally:
    earned = least = possible = answered = applicable = 0
    counts_open = key.open_zero and _is_begun(key, given)
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
        elif counts_open:
            # Nothing earned, which is not always among what an answer can earn.
            least += min(0, item.least)
            possible += max(0, item.most)
    return Tally(earned, least, possible, answered, applicable, key.units.sums * shares)


def _is_begun(key: ScoringKey, given: Answers) -> bool:
    """Whether any item is answered: an untouched checklist has no score, and not the worst one."""
    return any(points_of(item, given.get(item.id)) is not None for item in key.items)


def _by_dimension(key: ScoringKey) -> dict[str, list[ItemKey]]:
    """The items of each dimension; they weigh as much there as their share, in units of it."""
    groups: dict[str, list[ItemKey]] = {}
    for item in key.items:
        for name, share in item.dimensions.items():
            groups.setdefault(name, []).append(item if share == 1 else replace(item, weight=item.weight * share))
    return groups


def _part(key: ScoringKey, tally: Tally, bands: Bands) -> PartResult:
    scaled = _rounded(key, _measure(key, tally))
    place = None if _needed(key, tally) else _place(bands, scaled)
    return PartResult(_shown(key, scaled), tally, bands, None if place is None else bands[place][0])


def _share(key: ScoringKey, tally: Tally) -> Fraction | None:
    """Where the earned points lie between the least, or zero, and the most; `None` where those are equal."""
    start = 0 if key.from_zero else tally.least
    span = tally.possible - start
    return Fraction(tally.earned - start, span) if span > 0 else None


def width_of(key: ScoringKey, items: Iterable[ItemKey], given: Answers) -> int:
    """What lies between both ends of the share of some items, in the units of the key."""
    tally = _tally(key, items, given)
    return tally.possible - (0 if key.from_zero else tally.least)


def _measure(key: ScoringKey, tally: Tally) -> Fraction | None:
    """The exact number that stands for a tally: points, or the share placed in the range."""
    share = _share(key, tally)
    if share is None:
        return None
    return Fraction(tally.earned, tally.parts) if key.points else _placed(key, share)


def _placed(key: ScoringKey, share: Fraction) -> Fraction:
    low, high = key.range
    return low + share * (high - low)


def _overall(key: ScoringKey, tally: Tally, sections: Mapping[str, Tally]) -> Fraction | None:
    if not key.by_section:
        return _measure(key, tally)
    weighted, total = Fraction(0), 0
    for section in key.sections:
        share = _share(key, sections[section.id])
        if share is not None:
            weighted += section.weight * share
            total += section.weight
    return _placed(key, weighted / total) if total else None


def _rounded(key: ScoringKey, exact: Fraction | None) -> int | None:
    """A whole number of the last decimal shown, rounded half up towards plus infinity."""
    return None if exact is None else floor(exact * 10**key.decimals + Fraction(1, 2))


def _shown(key: ScoringKey, scaled: int | None) -> int | float | None:
    if scaled is None or not key.decimals:
        return scaled
    return float(Fraction(scaled, 10**key.decimals))


def _needed(key: ScoringKey, tally: Tally) -> int:
    """How many more items must be answered for a verdict: `enough` per cent of those that apply."""
    return max(0, -(-key.enough * tally.applicable // 100) - tally.answered)


def _missing(key: ScoringKey, given: Answers, needed: int) -> list[str]:
    open_items = [item for item in key.items if item.id not in given]
    taken = {item.id for item in open_items if item.caps}
    capping = {cap.section for cap in key.caps}
    counts = [
        (section.items, _needed(key, _tally(key, section.items, given)))
        for section in key.sections
        if section.id in capping
    ]
    for items, count in (*counts, (open_items, needed)):
        unanswered = [item.id for item in items if item.id not in given]
        others = [name for name in unanswered if name not in taken]
        taken.update(others[: max(0, count - (len(unanswered) - len(others)))])
    return [item.id for item in open_items if item.id in taken]


def _place(bands: Bands, scaled: int | None) -> int | None:
    """The index of the band for a score alone, whatever the caps say; below every cut score, the lowest."""
    if scaled is None or not bands:
        return None
    return max((index for index, (_, cut) in enumerate(bands) if cut <= scaled), default=0)


def _awarded(
    key: ScoringKey, by_score: int | None, items: Iterable[ItemKey], given: Answers
) -> tuple[int | None, list[str]]:
    """The band after caps, and the items that held it down."""
    if by_score is None:
        return None, []
    top = len(key.bands) - 1
    caps = {item.id: cap_of(item, given.get(item.id), top) for item in items}
    awarded = min([by_score, *caps.values(), *(band for _, band in _low_sections(key, given))])
    return awarded, [name for name, cap in caps.items() if cap == awarded] if awarded < by_score else []


def _low_sections(key: ScoringKey, given: Answers) -> list[tuple[str, int]]:
    """The sections whose own score is so low that it caps the band, each with the band."""
    if not key.caps:
        return []
    scores = {section.id: _rounded(key, _measure(key, _tally(key, section.items, given))) for section in key.sections}
    found = [(cap, scores[cap.section]) for cap in key.caps]
    return [(cap.section, cap.band) for cap, scaled in found if scaled is not None and scaled < cap.below]


def _recommendations(key: ScoringKey, items: list[ItemKey], given: Answers) -> list[str]:
    """Answers with a cap below the top band, lowest cap first; then what else lost points, most first. Ties in reading order."""
    top = len(key.bands) - 1
    capped: list[tuple[int, str]] = []
    weak: list[tuple[int, str]] = []
    for item in items:
        answer = given.get(item.id)
        points = points_of(item, answer)
        if answer is None or points is None:
            continue
        cap = cap_of(item, answer, top)
        if cap < top:
            capped.append((cap, item.id))
        elif not is_best(item, answer):
            weak.append((item.weight * points - item.most, item.id))
    return [name for _, name in (*sorted(capped, key=_first), *sorted(weak, key=_first))]


def _first(entry: tuple[int, str]) -> int:
    # Only the number is compared: sorting is stable, and nothing may depend on comparing strings.
    return entry[0]


def _sums(number: int | float | None, tally: Tally) -> dict[str, Any]:
    return {
        "score": number,
        "earned": plain(tally.earned, tally.parts),
        "least": plain(tally.least, tally.parts),
        "possible": plain(tally.possible, tally.parts),
        "completeness": tally.completeness,
    }
