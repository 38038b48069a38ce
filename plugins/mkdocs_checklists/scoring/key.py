"""The scoring key: exactly what scoring needs of a checklist, and no prose. It travels in the page as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from ..checks.trusted import TrustedChecklist
from ..model.checklist import Band, Item
from ..model.dimensions import all_shares
from ..model.fields import Exact
from ..model.units import WHOLE, Units, common_parts, in_parts, plain, units_of
from .rules_key import RulesKey, rules_key


@dataclass(frozen=True, slots=True)
class ItemKey:
    """What scoring needs of an item. Points and weight are counted in the units of the key.

    `points` maps option ids, best first as a rule, to points before weighting; `caps` maps them to band indexes, lowest
    band 0. `dimensions` maps those that the item counts in to its share. `was_options` maps an earlier option id to the
    present one. `effort` is in minutes.
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

    @property
    def least(self) -> int:
        """The weighted points of the weakest option, which is also what *unknown* earns."""
        return self.weight * min(self.points.values())

    @property
    def most(self) -> int:
        """The weighted points of the best option."""
        return self.weight * max(self.points.values())


Bands = tuple[tuple[str, int], ...]
"""Ids and cut scores from the lowest to the highest, in whole numbers of the last decimal shown (2.5 with one decimal is 25)."""


@dataclass(frozen=True, slots=True)
class SectionKey:
    """What scoring needs of a section. `weight` counts with `by_section` only, and 0 leaves the section out."""

    id: str
    items: tuple[ItemKey, ...]
    weight: int = 1
    bands: Bands = ()


@dataclass(frozen=True, slots=True)
class SectionCapKey:
    """A section that holds the result down at a band while its score is below a number of the last decimal shown."""

    section: str
    below: int
    band: int


@dataclass(frozen=True, slots=True)
class ScoringKey:
    """Exactly what scoring needs of a checklist, and no prose.

    `bands` are those of the whole; `dimension_bands` are those of dimensions that have some.
    `range` holds the ends of the scale as they are shown, and `enough` is in per cent of the items that apply. With
    `points` the score is a plain sum, and `range` and `by_section` have no effect. With `from_zero` a share begins at zero points,
    not at the fewest that the answers allow; with `open_zero` an open item counts as zero points once any item is answered.
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
    units: Units = WHOLE
    caps: tuple[SectionCapKey, ...] = ()
    dimension_bands: Mapping[str, Bands] = field(default_factory=dict)
    was: tuple[str, ...] = ()
    retired: frozenset[str] = frozenset()
    rules: RulesKey | None = None

    @property
    def items(self) -> list[ItemKey]:
        return [item for section in self.sections for item in section.items]

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
    bands = sorted(checklist.bands, key=_min)
    index = {band.id: n for n, band in enumerate(bands)}
    shares = all_shares(checklist)
    return ScoringKey(
        checklist=checklist_id,
        sections=tuple(
            SectionKey(
                section.id,
                tuple(
                    _item_key(item, index, units, shares[item.id], is_scored=not checklist.outcomes)
                    for item in section.items
                ),
                # Only the ratio of these weights counts.
                in_parts(1 if section.weight is None else section.weight, section_parts),
                _bands(section.bands, decimals),
            )
            for section in checklist.sections
        ),
        bands=_bands(bands, decimals),
        revision=checklist.revision,
        unknown=checklist.unknown,
        points=rules.as_ == "points",
        range=(rules.range[0], rules.range[1]) if rules.range else (0, 100),
        decimals=decimals,
        by_section=rules.combine == "sections",
        from_zero=rules.from_ == "zero",
        open_zero=rules.open == "zero",
        enough=rules.enough,
        units=units,
        caps=tuple(
            SectionCapKey(cap.section, ceil(cap.below * 10**decimals), index[cap.band]) for cap in checklist.caps
        ),
        dimension_bands={
            dimension.id: _bands(dimension.bands, decimals) for dimension in checklist.dimensions if dimension.bands
        },
        was=tuple(checklist.was),
        retired=frozenset(checklist.retired),
        rules=rules_key(trusted),
    )


def _min(band: Band) -> Fraction:
    return band.min


def _bands(bands: Iterable[Band], decimals: int) -> Bands:
    # A cut score between two shown numbers is reached by the higher of them.
    return tuple((band.id, ceil(band.min * 10**decimals)) for band in sorted(bands, key=_min))


def _item_key(
    item: Item, bands: Mapping[str, int], units: Units, shares: Mapping[str, Exact], *, is_scored: bool
) -> ItemKey:
    options = item.options or []
    return ItemKey(
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
    )
