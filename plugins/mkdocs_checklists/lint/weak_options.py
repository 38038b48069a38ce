"""Which options of an item lose points, and whether its best answer is capped; for items of one option and of several."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..model.answers import options_in
from ..model.checklist import Checklist, Item
from ..model.several import best_of, least_of, many_of, most_of


@dataclass(frozen=True)
class Weakness:
    """Which answers of a checklist are weak, by what is better in it."""

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

    def capped(self, item: Item) -> set[str]:
        """The options that hold the result down."""
        return {option for option, band in item.caps.items() if band != self.top}

    def losing(self, item: Item) -> set[str]:
        """The options worse than the best; of several, those of the weakest answer, unless no answer is weaker than another."""
        options = item.options or []
        points = {option.id: option.earned for option in options}
        many = many_of(item, options)
        best = (least_of if self.is_lower else most_of)(points, many)
        if many is None:
            return {name for name, earned in points.items() if earned != best}
        weakest = options_in(best_of(points.items(), many, 1 if self.is_lower else -1) or "")
        return set(weakest) if sum(points[name] for name in weakest) != best else set()

    def weak(self, item: Item) -> set[str]:
        """The options that could be better; with a weight of 0 only those that hold the result down."""
        if not self.has_weak:
            return set()
        return self.capped(item) | (self.losing(item) if item.weight else set())

    def capped_best(self, item: Item) -> str | None:
        """An option of the best answer that holds the result down, where every best answer has one."""
        options = item.options or []
        points = {option.id: option.earned for option in options}
        many = many_of(item, options)
        end, sign = (least_of, -1) if self.is_lower else (most_of, 1)
        capped = self.capped(item)
        uncapped = {name: earned for name, earned in points.items() if name not in capped}
        if uncapped and end(uncapped, many) == end(points, many):
            return None
        return next((name for name in options_in(best_of(points.items(), many, sign) or "") if name in capped), None)
