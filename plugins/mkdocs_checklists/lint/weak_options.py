"""Which options of an item lose points, and whether its best answer is capped; for items of one option and of several."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.answers import options_in
from ..model.checklist import Item, Option
from ..model.several import best_of, many_of, most_of


def weak_options(item: Item, options: Sequence[Option]) -> set[str]:
    """The options below the best; of several, those of the weakest answer, unless no answer is weaker than another."""
    points = {option.id: option.earned for option in options}
    many = many_of(item, options)
    best = most_of(points, many)
    if many is None:
        return {name for name, earned in points.items() if earned < best}
    weakest = options_in(best_of(points.items(), many, -1) or "")
    return set(weakest) if sum(points[name] for name in weakest) < best else set()


def capped_best(item: Item, options: Sequence[Option], top: str) -> str | None:
    """An option of the best answer that holds the result down, where every best answer has one."""
    points = {option.id: option.earned for option in options}
    many = many_of(item, options)
    is_open = {name: item.caps.get(name, top) == top for name in points}
    uncapped = {name: earned for name, earned in points.items() if is_open[name]}
    if uncapped and most_of(uncapped, many) == most_of(points, many):
        return None
    return next(name for name in options_in(best_of(points.items(), many) or "") if not is_open[name])
