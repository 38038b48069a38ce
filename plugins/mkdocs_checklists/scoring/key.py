"""The scoring key: exactly what scoring needs of a checklist, and no prose. It travels in the page as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil

from ..checks.trusted import TrustedChecklist
from ..model.checklist import Better, Item
from ..model.fields import EVERY_ANSWER
from ..model.several import Many, best_of, least_of, many_of, most_of
from .rules_key import RulesKey, rules_key


@dataclass(frozen=True, slots=True)
class ItemKey:
    """What scoring needs of an item.

    `points` maps option ids, best first as a rule, to points before weighting; `caps` maps them to band indexes, worst
    band 0. `was_options` maps an earlier option id to the present one. `effort` is in minutes. `many` is there where several
    options may be chosen. `note` and `evidence` say what else the reader may write, which is never scored.

    With `lower` fewer points are better. What is `given` is a fact that nobody can mend. `advised` are the options after which
    there is advice; `None` where there is some after every answer that can be bettered.
    """

    id: str
    points: Mapping[str, int]
    weight: int = 1
    na: bool = False
    caps: Mapping[str, int] = field(default_factory=dict)
    dimension: str | None = None
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


@dataclass(frozen=True, slots=True)
class SectionKey:
    """What scoring needs of a section. `weight` counts with `by_section` only, and 0 leaves the section out."""

    id: str
    items: tuple[ItemKey, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class ScoringKey:
    """Exactly what scoring needs of a checklist, and no prose.

    `bands` go from worst to best, which with `better: lower` is from highest to lowest; where neither is better, from lowest to
    highest. Each cut score is a whole number of the last decimal shown (2.5 with one decimal is 25). `range` holds the ends of the
    scale as they are shown, and `enough` is in per cent of the items that apply. With `points` the score is a plain sum, and
    `range`, `decimals` and `by_section` have no effect.
    """

    checklist: str
    sections: tuple[SectionKey, ...]
    bands: tuple[tuple[str, int], ...]
    revision: int = 1
    unknown: bool = True
    points: bool = False
    range: tuple[int, int] = (0, 100)
    decimals: int = 0
    by_section: bool = False
    enough: int = 70
    better: Better = "higher"
    was: tuple[str, ...] = ()
    retired: frozenset[str] = frozenset()
    rules: RulesKey | None = None

    @property
    def items(self) -> list[ItemKey]:
        return [item for section in self.sections for item in section.items]

    @property
    def ascending_bands(self) -> tuple[tuple[str, int], ...]:
        """The bands from the lowest score to the highest."""
        return self.bands[::-1] if self.better == "lower" else self.bands

    @property
    def sums(self) -> tuple[int, int]:
        """The least and the most that all items together can earn; one that does not apply earns nothing."""
        return (
            sum(min(0, item.least) if item.na else item.least for item in self.items),
            sum(max(0, item.most) if item.na else item.most for item in self.items),
        )

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the most of the scale, whatever is answered: of `range`, or with `points` of all sums."""
        return self.sums if self.points else self.range


def scoring_key(checklist_id: str, trusted: TrustedChecklist) -> ScoringKey:
    """The scoring key of a checklist, which has passed its checks."""
    checklist = trusted.checklist
    rules = checklist.score
    decimals = rules.decimals if rules.as_ == "percent" else 0
    bands = sorted(checklist.bands, key=lambda band: band.min, reverse=rules.better == "lower")
    index = {band.id: n for n, band in enumerate(bands)}
    return ScoringKey(
        checklist=checklist_id,
        sections=tuple(
            SectionKey(
                section.id,
                tuple(_item_key(item, index, rules.better, is_scored=not checklist.outcomes) for item in section.items),
                1 if section.weight is None else section.weight,
            )
            for section in checklist.sections
        ),
        # A cut score between two shown numbers is reached by the higher of them.
        bands=tuple((band.id, ceil(band.min * 10**decimals)) for band in bands),
        revision=checklist.revision,
        unknown=checklist.unknown,
        points=rules.as_ == "points",
        range=(rules.range[0], rules.range[1]) if rules.range else (0, 100),
        decimals=decimals,
        by_section=rules.combine == "sections",
        enough=rules.enough,
        better=rules.better,
        was=tuple(checklist.was),
        retired=frozenset(checklist.retired),
        rules=rules_key(trusted),
    )


def _item_key(item: Item, bands: Mapping[str, int], better: Better, *, is_scored: bool) -> ItemKey:
    options = item.options or []
    key = ItemKey(
        id=item.id,
        points={option.id: option.earned if is_scored else 0 for option in options},
        weight=item.weight,
        na=item.na,
        caps={option: bands[band] for option, band in item.caps.items()},
        dimension=item.dimension,
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
    losing = {o.id for o in item.options or [] if item.weight and (key.many or o.earned != key.best)}
    is_general = bool(item.see or item.effort or item.template or item.action) or EVERY_ANSWER in texts
    return None if key.given or is_general or capped | losing <= texts.keys() else frozenset(texts)
