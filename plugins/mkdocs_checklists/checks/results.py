"""What expressions may ask of a result: which questions each of these numbers counts, and between which bounds it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..expressions.intervals import Interval
from ..expressions.trees import Size, half_up, result_name
from ..model.checklist import Item, Section
from .base import Draft
from .several import ends_of


@dataclass(frozen=True, slots=True)
class AskedResult:
    """A result by its name in expressions; `items` are the ids of those that it waits for."""

    name: str
    items: list[str]
    bounds: Interval
    size: Size


def asked_results(draft: Draft) -> Iterator[AskedResult]:
    """All results of a checklist that an expression may name."""
    checklist = draft.checklist
    by_section = checklist.score.combine == "sections"
    counted = [section for section in checklist.sections if section.weight != 0 or not by_section]
    everything = [section.items for section in checklist.sections]
    yield AskedResult("band", [item.id for items in everything for item in items], Interval(), Size(0))
    yield _score(draft, ("score",), counted)
    for section in checklist.sections:
        yield _score(draft, ("score", section.id), [section])
        # Also what counts nothing has to be answered before there is a band.
        ids = [item.id for item in section.items]
        yield AskedResult(result_name(("section-band", section.id)), ids, Interval(), Size(0))
        for item in section.items:
            points = [Fraction(end) for end in ends_of(item, draft.options_of(item))]
            yield _result(("points", item.id), [item], Interval(min(points), max(points)), _places(points))


def _score(draft: Draft, tree: tuple[str, ...], sections: list[Section]) -> AskedResult:
    rules = draft.checklist.score
    items = [item for section in sections for item in section.items if item.weight]
    if rules.as_ == "points":
        ways = [[item.weight * points for points in ends_of(item, draft.options_of(item))] for item in items]
        # What is open, or does not apply, adds nothing.
        low, high = sum(min(0, *way) for way in ways if way), sum(max(0, *way) for way in ways if way)
        decimals = rules.decimals if _places(Fraction(number) for way in ways for number in way) else 0
        bounds = Interval(half_up(Fraction(low), decimals), half_up(Fraction(high), decimals))
        return _result(tree, items, bounds, decimals)
    low, high = rules.range or (0, 100)
    return _result(tree, items, Interval(Fraction(low), Fraction(high)), rules.decimals)


def _places(numbers: Iterable[Fraction]) -> int:
    """Decimals that points may have: none where all are whole."""
    return 0 if all(number.denominator == 1 for number in numbers) else 4


def _result(tree: tuple[str, ...], items: Iterable[Item], bounds: Interval, decimals: int) -> AskedResult:
    widest = max(abs(end) for end in (bounds.low, bounds.high, Fraction(0)) if end is not None)
    return AskedResult(result_name(tree), [item.id for item in items], bounds, Size(len(str(int(widest))) + decimals))
