"""Between which bounds a formula lies: enough to prove that no divisor can be zero.

Bounds are never too narrow; where a formula uses one name twice they may be too wide, and a division that could do no harm is
refused until its author guards it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from .trees import Tree, half_up, negated, result_name

_Bound = Fraction | None  # None: without bound


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, `None` where there is no bound; with `nonzero` all of them but zero."""

    low: _Bound = None
    high: _Bound = None
    nonzero: bool = False

    @property
    def has_zero(self) -> bool:
        return not self.nonzero and (self.low is None or self.low <= 0) and (self.high is None or self.high >= 0)

    def meet(self, other: Interval) -> Interval:
        """What lies in both."""
        return Interval(_most(self.low, other.low), _least(self.high, other.high), self.nonzero or other.nonzero)

    def join(self, other: Interval) -> Interval:
        """What lies in either."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high, not self.has_zero and not other.has_zero)


def interval_of(tree: Tree, bounds: Callable[[str], Interval], given: Iterable[Tree] = ()) -> Interval:
    """The bounds of a formula, where the conditions in `given` hold. `bounds` knows those of each name."""
    plain = _Analysis(bounds, {}, {})
    return plain.where(given).interval(tree)


_Facts = dict[Tree, Interval]


@dataclass(frozen=True, slots=True)
class _Analysis:
    """Finds bounds where some facts are known. What was found once is kept: tests within tests would take ever longer."""

    bounds: Callable[[str], Interval]
    known: _Facts
    found: dict[tuple[Tree, frozenset[tuple[Tree, Interval]]], Interval]

    def where(self, given: Iterable[Tree]) -> _Analysis:
        """The same with more facts."""
        return _Analysis(self.bounds, {**self.known, **self._learned(given)}, self.found)

    def interval(self, tree: Tree) -> Interval:
        case = tree, frozenset(self.known.items())
        if case not in self.found:
            found = self._interval(tree)
            self.found[case] = _bounded(found.meet(self.known[tree]) if tree in self.known else found)
        return self.found[case]

    def _interval(self, tree: Tree) -> Interval:
        match tree[0]:
            case "num":
                return Interval(tree[1], tree[1])
            case "get":
                return self.bounds(tree[1])
            case "score" | "points":
                return self.bounds(result_name(tree))
            case "+":
                return _sum(self.interval(tree[1]), self.interval(tree[2]))
            case "-":
                return _sum(self.interval(tree[1]), _negative(self.interval(tree[2])))
            case "*":
                return _product(self.interval(tree[1]), self.interval(tree[2]))
            case "/":
                return _product(self.interval(tree[1]), _inverse(self.interval(tree[2])))
            case "neg":
                return _negative(self.interval(tree[1]))
            case "round":
                inner = self.interval(tree[1])
                low = None if inner.low is None else half_up(inner.low, tree[2])
                return Interval(low, None if inner.high is None else half_up(inner.high, tree[2]))
            case "min" | "max":
                parts = [self.interval(part) for part in tree[1:]]
                if tree[0] == "max":
                    return _negative(_minimum([_negative(part) for part in parts]))
                return _minimum(parts)
            case "mean":
                # Of any of them that are known, so between the least and the most of all.
                parts = [self.interval(part) for part in tree[1:]]
                together = reduce(Interval.join, parts)
                return Interval(together.low, together.high)
        yes, no = self.where([tree[1]]), self.where([negated(tree[1])])
        return yes.interval(tree[2]).join(no.interval(tree[3]))

    def _learned(self, given: Iterable[Tree]) -> _Facts:
        """What conditions say of the trees that they compare."""
        known: _Facts = {}

        def learn(tree: Tree, interval: Interval) -> None:
            known[tree] = known[tree].meet(interval) if tree in known else interval

        for condition in given:
            if condition[0] == "and":
                for tree, interval in self._learned(condition[1:]).items():
                    learn(tree, interval)
                continue
            operator, *sides = _without_not(condition)
            if operator not in _MIRRORED:
                continue
            analysis = _Analysis(self.bounds, dict(known), self.found)
            left, right = sides
            for tree, sign, other in ((left, operator, right), (right, _MIRRORED[operator], left)):
                learn(tree, _side(sign, analysis.interval(other)))
            zero = Interval(Fraction(0), Fraction(0))
            learn(("-", left, right), _side(operator, zero))
            learn(("-", right, left), _side(_MIRRORED[operator], zero))
        return known


# Farther off, a bound proves nothing, and its digits would double with every product.
_FAR = 10**100


def _bounded(interval: Interval) -> Interval:
    def near(bound: _Bound) -> _Bound:
        return None if bound is None or abs(bound) > _FAR or bound.denominator > _FAR else bound

    return Interval(near(interval.low), near(interval.high), interval.nonzero)


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def _without_not(condition: Tree) -> Tree:
    if condition[0] == "not" and condition[1][0] in _OPPOSITE:
        return (_OPPOSITE[condition[1][0]], *condition[1][1:])
    return condition


def _side(operator: str, other: Interval) -> Interval:
    """Where a number lies that compares so with one in `other`."""
    match operator:
        case ">" | ">=":
            strictly = operator == ">" and other.low is not None and other.low >= 0
            return Interval(other.low, None, strictly)
        case "<" | "<=":
            strictly = operator == "<" and other.high is not None and other.high <= 0
            return Interval(None, other.high, strictly)
        case "==":
            return other
    return Interval(None, None, other.low == other.high == 0)


def _sum(a: Interval, b: Interval) -> Interval:
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    one_side = (low is not None and low >= 0 and _is_from_zero(a) and _is_from_zero(b)) or (
        high is not None and high <= 0 and _is_from_zero(_negative(a)) and _is_from_zero(_negative(b))
    )
    return Interval(low, high, one_side and not (a.has_zero and b.has_zero))


def _is_from_zero(interval: Interval) -> bool:
    return interval.low is not None and interval.low >= 0


def _negative(a: Interval) -> Interval:
    return Interval(None if a.high is None else -a.high, None if a.low is None else -a.low, a.nonzero)


def _product(a: Interval, b: Interval) -> Interval:
    nonzero = not a.has_zero and not b.has_zero
    zero = Interval(Fraction(0), Fraction(0))
    if zero in (Interval(a.low, a.high), Interval(b.low, b.high)):
        return zero
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high) if x is not None and y is not None]
    if None not in (a.low, a.high, b.low, b.high):
        return Interval(min(ends), max(ends), nonzero)
    # With a bound missing, only the signs are kept.
    if _is_from_zero(a) and _is_from_zero(b):
        return Interval((a.low or Fraction(0)) * (b.low or Fraction(0)), None, nonzero)
    if _is_from_zero(_negative(a)) and _is_from_zero(_negative(b)):
        return Interval(Fraction(0), None, nonzero)
    if (_is_from_zero(a) and _is_from_zero(_negative(b))) or (_is_from_zero(b) and _is_from_zero(_negative(a))):
        return Interval(None, Fraction(0), nonzero)
    return Interval(None, None, nonzero)


def _inverse(a: Interval) -> Interval:
    """Of what divides; a divisor that can be zero is refused elsewhere, and nothing is claimed of it here."""
    # Between zero and zero without zero there is nothing: such a condition never holds.
    if a.has_zero or _touches_zero_from_both_sides(a) or a.low == a.high == 0:
        return Interval(nonzero=not a.has_zero)
    if _is_from_zero(a):
        low = None if a.high is None else 1 / a.high
        return Interval(low if low is not None else Fraction(0), 1 / a.low if a.low else None, nonzero=True)
    return _negative(_inverse(_negative(a)))


def _touches_zero_from_both_sides(a: Interval) -> bool:
    return not _is_from_zero(a) and not _is_from_zero(_negative(a))


def _minimum(parts: list[Interval]) -> Interval:
    highs = [part.high for part in parts if part.high is not None]
    low = None if any(part.low is None for part in parts) else min(part.low for part in parts if part.low is not None)
    return Interval(low, min(highs) if highs else None, not any(part.has_zero for part in parts))


def _most(a: _Bound, b: _Bound) -> _Bound:
    return b if a is None else a if b is None else max(a, b)


def _least(a: _Bound, b: _Bound) -> _Bound:
    return b if a is None else a if b is None else min(a, b)
