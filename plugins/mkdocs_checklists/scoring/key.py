"""The scoring key: exactly what scoring needs of a checklist, and no prose. It travels in the page as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil, floor

from ..checks.trusted import TrustedChecklist
from ..model.checklist import Item
from ..model.dimensions import all_shares
from ..model.fields import EVERY_ANSWER, Exact
from ..model.score_rules import Band, Better, SectionCap
from ..model.several import Many, best_of, least_of, many_of, most_of
from ..model.units import WHOLE, Units, common_parts, in_parts, plain, units_of
from .rules_key import RulesKey, rules_key


@dataclass(frozen=True, slots=True)
class ItemKey:
    """What scoring needs of an item. Points and weight are counted in the units of the key.

    `points` maps option ids, best first as a rule, to points before weighting; `caps` maps them to band indexes, worst
    band 0. `dimensions` maps those that the item counts in to its share. `was_options` maps an earlier option id to the present
    one. `effort` is in minutes. `many` is there where several options may be chosen. `note` and `evidence` say what else the
    reader may write, which is never scored.

    With `lower` fewer points are better. What is `given` is a fact that nobody can mend. `advised` are the options after which
    there is advice; `None` where there is some after every answer that can be bettered.
    """

    id: str
    points: Mapping[str, int]
    weight: int = 1
    na: bool = False
    caps: Mapping[str, int] = field(default_factory=dict)
    dimensions: Mapping[str, int] = field(default_factory=dict)
    was: tuple[str, ...] = ()
    was_options: Mapping[str, str] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    effort: int | None = None
    many: Many | None = None
    note: bool = False
    evidence: bool = False
    lower: bool = False
    given: bool = False
    urgent: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    advised: frozenset[str] | None = None

    @property
    def least(self) -> int:
        """The fewest weighted points that an answer earns."""
        return self.weight * least_of(self.points, self.many)

    @property
    def most(self) -> int:
        """The most weighted points that an answer earns."""
        return self.weight * most_of(self.points, self.many)

    @property
    def best(self) -> int:
        """The points of the best answer, before weighting."""
        return (least_of if self.lower else most_of)(self.points, self.many)

    @property
    def worst(self) -> int:
        """The points of the weakest answer, before weighting, which are also what *unknown* earns."""
        return (most_of if self.lower else least_of)(self.points, self.many)

    @property
    def weakest(self) -> str:
        """The weakest answer, of equals the first."""
        return best_of(self.points.items(), self.many, 1 if self.lower else -1) or ""


Bands = tuple[tuple[str, int], ...]
"""Ids and cut scores from worst to best, in whole numbers of the last decimal shown (2.5 with one decimal is 25).

With `better: lower` that is from highest to lowest; where neither is better, from lowest to highest.
"""


@dataclass(frozen=True, slots=True)
class SectionKey:
    """What scoring needs of a section. `weight` counts with `by_section` only, and 0 leaves the section out."""

    id: str
    items: tuple[ItemKey, ...]
    weight: int = 1
    bands: Bands = ()


@dataclass(frozen=True, slots=True)
class SectionCapKey:
    """A section that holds the result down at a band while its score is worse than `below`, in units of the last decimal shown."""

    section: str
    below: int
    band: int

    def holds(self, scaled: int, better: Better) -> bool:
        """Whether the band is held down at a score of the section, in units of the last decimal shown."""
        return scaled > self.below if better == "lower" else scaled < self.below


@dataclass(frozen=True, slots=True)
class ScoringKey:
    """Exactly what scoring needs of a checklist, and no prose.

    `bands` are those of the whole; `dimension_bands` are those of dimensions that have some. `range` holds the ends of the scale as
    they are shown, and `enough` is in per cent of the items that apply. With `points` the score is a plain sum, and `range` and
    `by_section` have no effect. With `from_zero` a share begins at zero points, not at the fewest that the answers allow; with
    `open_zero` an open item counts as zero points once any item is answered.
    """

    checklist: str
    sections: tuple[SectionKey, ...]
    bands: Bands
    revision: int = 1
    unknown: bool = True
    points: bool = False
    range: tuple[int, int] = (0, 100)
    decimals: int = 0
    by_section: bool = False
    from_zero: bool = False
    open_zero: bool = False
    enough: int = 70
    better: Better = "higher"
    units: Units = WHOLE
    caps: tuple[SectionCapKey, ...] = ()
    dimension_bands: Mapping[str, Bands] = field(default_factory=dict)
    was: tuple[str, ...] = ()
    retired: frozenset[str] = frozenset()
    rules: RulesKey | None = None

    @property
    def items(self) -> list[ItemKey]:
        return [item for section in self.sections for item in section.items]

    def ascending(self, bands: Bands) -> Bands:
        """Bands from the lowest score to the highest, or these from worst to best again."""
        return bands[::-1] if self.better == "lower" else bands

    @property
    def ascending_bands(self) -> Bands:
        """The bands of the whole from the lowest score to the highest."""
        return self.ascending(self.bands)

    @property
    def sums(self) -> tuple[int, int]:
        """The least and the most that all items together can earn, in units; one that does not apply earns nothing."""
        return (
            sum(min(0, item.least) if item.na else item.least for item in self.items),
            sum(max(0, item.most) if item.na else item.most for item in self.items),
        )

    @property
    def ends(self) -> tuple[int | float, int | float]:
        """The least and the most of the scale, whatever is answered: of `range`, or with `points` of all sums."""
        least, most = self.sums
        return (plain(least, self.units.sums), plain(most, self.units.sums)) if self.points else self.range

    def floor(self, item: ItemKey) -> int:
        """Where the share of an item begins, weighted: at its fewest points, or at zero."""
        return 0 if self.from_zero else item.least


def scoring_key(checklist_id: str, trusted: TrustedChecklist) -> ScoringKey:
    """The scoring key of a checklist, which has passed its checks."""
    checklist = trusted.checklist
    rules = checklist.score
    units = units_of(checklist)
    # Sums of whole points have no decimals, whatever the file says.
    decimals = rules.decimals if rules.as_ == "percent" or units.sums > 1 else 0
    section_parts = common_parts(section.weight or 0 for section in checklist.sections)
    bands = _bands(checklist.bands, decimals, rules.better)
    index = {name: n for n, (name, _) in enumerate(bands)}
    shares = all_shares(checklist)
    return ScoringKey(
        checklist=checklist_id,
        sections=tuple(
            SectionKey(
                section.id,
                tuple(
                    _item_key(item, index, units, shares[item.id], rules.better, is_scored=not checklist.outcomes)
                    for item in section.items
                ),
                # Only the ratio of these weights counts.
                in_parts(1 if section.weight is None else section.weight, section_parts),
                _bands(section.bands, decimals, rules.better),
            )
            for section in checklist.sections
        ),
        bands=bands,
        revision=checklist.revision,
        unknown=checklist.unknown,
        points=rules.as_ == "points",
        range=(rules.range[0], rules.range[1]) if rules.range else (0, 100),
        decimals=decimals,
        by_section=rules.combine == "sections",
        from_zero=rules.from_ == "zero",
        open_zero=rules.open == "zero",
        enough=rules.enough,
        better=rules.better,
        units=units,
        caps=tuple(_cap_key(cap, index, decimals, rules.better) for cap in checklist.caps),
        dimension_bands={
            dimension.id: _bands(dimension.bands, decimals, rules.better)
            for dimension in checklist.dimensions
            if dimension.bands
        },
        was=tuple(checklist.was),
        retired=frozenset(checklist.retired),
        rules=rules_key(trusted),
    )


def _bands(bands: Iterable[Band], decimals: int, better: Better) -> Bands:
    from_worst = sorted(bands, key=lambda band: band.min, reverse=better == "lower")
    # A cut score between two shown numbers is reached by the higher of them.
    return tuple((band.id, ceil(band.min * 10**decimals)) for band in from_worst)


def _cap_key(cap: SectionCap, bands: Mapping[str, int], decimals: int, better: Better) -> SectionCapKey:
    exact = cap.below * 10**decimals
    # The bound itself is still good enough, and between two shown numbers only the better of them is.
    return SectionCapKey(cap.section, floor(exact) if better == "lower" else ceil(exact), bands[cap.band])


def _item_key(
    item: Item, bands: Mapping[str, int], units: Units, shares: Mapping[str, Exact], better: Better, *, is_scored: bool
) -> ItemKey:
    options = item.options or []
    key = ItemKey(
        id=item.id,
        points={option.id: in_parts(option.earned, units.points) if is_scored else 0 for option in options},
        weight=in_parts(item.weight, units.weights),
        na=item.na,
        caps={option: bands[band] for option, band in item.caps.items()},
        dimensions={name: in_parts(share, units.shares) for name, share in shares.items()},
        was=tuple(item.was),
        was_options={old: option.id for option in options for old in option.was},
        retired=frozenset(item.retired),
        effort=item.effort,
        many=many_of(item, options),
        note=bool(item.note),
        evidence=item.evidence,
        lower=better == "lower",
        given=item.given,
        urgent=frozenset(item.urgent),
        after=tuple(item.after),
    )
    return replace(key, advised=_advised(item, key, max(bands.values(), default=0), better))


def _advised(item: Item, key: ItemKey, top: int, better: Better) -> frozenset[str] | None:
    """The options after which there is advice; `None` where all that could have some do."""
    texts = item.recommend or {}
    if better == "neither":
        # No answer is weak: the author's own words are all the advice that there is.
        return None if EVERY_ANSWER in texts else frozenset(texts)
    capped = {option for option, band in key.caps.items() if band < top}
    # Of several, any may be part of an answer that could be better.
    losing = {name for name, points in key.points.items() if item.weight and (key.many or points != key.best)}
    is_general = bool(item.see or item.effort or item.template or item.action) or EVERY_ANSWER in texts
    return None if key.given or is_general or capped | losing <= texts.keys() else frozenset(texts)
