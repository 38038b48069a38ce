"""What is known of a condition before anything is answered: whether it can change at all, and what it implies.

Every combination of answers is tried. A comparison of numbers counts as an unknown of its own, true or false, unless the bounds of
its sides decide it; so nothing is ever claimed that is not true, but some things that are true are not found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import product
from math import prod

from ..model.answers import chooses
from .intervals import Interval, interval_of
from .trees import Tree, can_be_unknown, names, operands, walk

_MOST_CASES = 20_000

_Case = Mapping[object, object]


def is_constant(
    condition: Tree,
    options: Mapping[str, Collection[str]],
    outcomes: Collection[str],
    bounds: Callable[[str], Interval],
    *,
    bands: Collection[str] = (),
    section_bands: Mapping[str, Collection[str]] | None = None,
    unknown: bool = False,
) -> bool | None:
    """The value that a condition has whatever is answered, or `None` where it depends on something.

    With `unknown`, also where things are not known yet.
    """
    decided: dict[object, list[object]] = {}
    for atom in set(_atoms(condition)):
        if (value := _decided(atom, bounds)) is not None:
            decided[atom] = [value, None] if unknown and can_be_unknown(atom) else [value]
    results: dict[object, Collection[str]] = {"outcome": outcomes, "band": bands}
    results |= {("section-band", section): found for section, found in (section_bands or {}).items()}
    found = {_truth(condition, case) for case in _cases([condition], options, results, decided, unknown=unknown)}
    return None if len(found) > 1 or None in found else True in found


def implies(given: Iterable[Tree], wanted: Iterable[Tree], options: Mapping[str, Collection[str]]) -> bool:
    """Whether all of `wanted` hold wherever all of `given` do; also yes where there are too many cases to look at."""
    given, wanted = list(given), list(wanted)
    if set(wanted) <= set(given):
        return True
    cases = _cases([*given, *wanted], options, {}, {}, unknown=True)
    return all(
        all(_truth(condition, case) is True for condition in wanted)
        for case in cases
        if all(_truth(condition, case) is True for condition in given)
    )


def _cases(
    conditions: list[Tree],
    options: Mapping[str, Collection[str]],
    results: Mapping[object, Collection[str]],
    decided: Mapping[object, list[object]],
    *,
    unknown: bool,
) -> Iterator[_Case]:
    """Every combination of answers and comparisons; with `unknown` also what is not known. Nothing where there are too many."""
    none: list[object] = [None] if unknown else []
    unknowns: dict[object, list[object]] = {}
    for condition in conditions:
        for name in names(condition):
            if name in options:
                unknowns[name] = [*_told_apart(options[name], conditions, name), *none]
        for tree in walk(condition):
            if tree[0] in ("outcome", "band"):
                unknowns[tree[0]] = [*results.get(tree[0], ()), *none]
            elif tree[0] == "section-band":
                unknowns[tree[:2]] = [*results.get(tree[:2], ()), *none]
            elif tree[0] == "known":
                # This is never unknown itself. It may contradict the answers of a case: then too little is claimed.
                unknowns[tree] = [True, False]
        for atom in _atoms(condition):
            unknowns[atom] = decided.get(atom, [True, False, *none])
    if prod(len(values) for values in unknowns.values()) > _MOST_CASES:
        # Too many cases: yield one without values, so every question answers *not known*.
        yield {}
        return
    for values in product(*unknowns.values()):
        yield dict(zip(unknowns, values, strict=True))


def _told_apart(answers: Collection[str], conditions: list[Tree], item: str) -> Iterable[str]:
    """The answers to an item as far as conditions tell them apart: of several that are alike to them, one."""
    asked = {tree[2] for condition in conditions for tree in walk(condition) if tree[:2] == ("has", item)}
    return (
        {tuple(chooses(answer, option) for option in asked): answer for answer in answers}.values()
        if asked
        else answers
    )


_COMPARISONS = {"<", "<=", ">", ">=", "==", "!="}


def _atoms(tree: Tree) -> Iterator[Tree]:
    """The comparisons of numbers in a condition, each in one form."""
    if tree[0] in _COMPARISONS:
        yield _atom(tree)[0]
        return
    for part in operands(tree):
        yield from _atoms(part)


def _atom(tree: Tree) -> tuple[Tree, bool]:
    """A comparison in its one form, and whether that is to be denied: only `<` and `==` are left."""
    operator, left, right = tree
    match operator:
        case "<":
            return ("<", left, right), False
        case ">":
            return ("<", right, left), False
        case "<=":
            return ("<", right, left), True
        case ">=":
            return ("<", left, right), True
    return ("==", left, right), operator == "!="


def _decided(atom: Tree, bounds: Callable[[str], Interval]) -> bool | None:
    operator, left, right = atom
    difference = interval_of(("-", left, right), bounds)
    low, high = difference.low, difference.high
    if operator == "==":
        if not difference.has_zero:
            return False
        return True if low == high == 0 else None
    if high is not None and (high < 0 or (high == 0 and not difference.has_zero)):
        return True
    return False if low is not None and low >= 0 else None


def _truth(tree: Tree, case: _Case) -> object:
    """The value of a condition in one case: `True`, `False` or `None`."""
    match tree[0]:
        case "and":
            values = [_truth(part, case) for part in tree[1:]]
            return False if False in values else None if None in values else True
        case "or":
            values = [_truth(part, case) for part in tree[1:]]
            return True if True in values else None if None in values else False
        case "not":
            return _denied(_truth(tree[1], case))
        case "is" | "has":
            answer = case.get(tree[1])
            return None if answer is None else chooses(str(answer), tree[2])
        case "outcome" | "band" as result:
            found = case.get(result)
            return None if found is None else found == tree[1]
        case "section-band":
            found = case.get(tree[:2])
            return None if found is None else found == tree[2]
        case "known":
            return case.get(tree)
        case "if":
            test = _truth(tree[1], case)
            return None if test is None else _truth(tree[2] if test else tree[3], case)
    atom, is_denied = _atom(tree)
    value = case.get(atom)
    return _denied(value) if is_denied else value


def _denied(value: object) -> object:
    return None if value is None else not value
