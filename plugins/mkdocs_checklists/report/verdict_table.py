"""The contradiction check as `checklists check --verdicts` prints it: what each weak answer makes of the best verdict."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from ..diagnostics.diagnostic import count
from ..library.loaded import LoadedChecklist
from ..model.answers import Answer, chooses
from ..proof.contradictions import BestCase, Change, Pairs, WeakAnswer, best_cases
from ..scoring.key import ItemKey, ScoringKey

_WIDTH = 80
_EDGE = "   "


def verdict_table(loaded: LoadedChecklist) -> str:
    """What each weak answer makes of the best verdict, a line each; empty where no answer is weak."""
    return "\n".join(line for case in best_cases(loaded.key) for line in _lines(loaded.key, case))


def _lines(key: ScoringKey, case: BestCase) -> Iterator[str]:
    if not case.singles and not case.unasked:
        return
    none = _none(key)
    found = "" if case.is_exact else " (the best that were found)"
    yield from _fitted(1, f"The best answers{found} lead to {case.verdict or none}.", "With one weak answer:", 1)
    items = {item.id: item for item in key.items}
    for name, group in groupby(case.singles, key=lambda weak: weak.choice[0]):
        rows = [*group]
        width = max(len(weak.choice[1]) for weak in rows)
        yield from _fitted(2, name, _way(rows[0]), 4)
        for weak in rows:
            answer, verdict = weak.choice[1], _verdict(weak, items[name], case.given[name], none)
            yield from _fitted(3, f"{answer:<{width}} ", verdict, 4)
    for name in case.unasked:
        yield f"{_EDGE * 2}{name} (no answers were found that lead to it)"
    if case.singles:
        unmoved = len(case.unmoved)
        verb = "leaves" if unmoved == 1 else "leave"
        yield f"{_EDGE}{unmoved:,} of {count(len(case.singles), 'weak answer')} {verb} the verdict as it is."
        asked = {weak.choice[0] for weak in case.singles}
        kept = len(asked - {weak.choice[0] for weak in case.singles if not weak.is_unmoved})
        verb = "moves" if kept == 1 else "move"
        yield f"{_EDGE}{kept:,} of {count(len(asked), 'question')} never {verb} it."
    yield from _pairs(case.pairs)


def _fitted(edges: int, first: str, rest: str, deeper: int) -> Iterator[str]:
    """Two parts in a line, or where that is too long in one each."""
    line = f"{_EDGE * edges}{first} {rest}".rstrip()
    if len(line) <= _WIDTH:
        yield line
    else:
        yield f"{_EDGE * edges}{first}".rstrip()
        yield f"{_EDGE * deeper}{rest}"


def _verdict(weak: WeakAnswer, item: ItemKey, best: Answer, none: str) -> str:
    verdict = "stays" if weak.is_unmoved else f"moves to {weak.verdict or none}"
    is_urgent = any(chooses(weak.choice[1], option) and not chooses(best, option) for option in item.urgent)
    return f"{verdict}, and is urgent" if is_urgent and weak.is_unmoved else verdict


def _way(weak: WeakAnswer) -> str:
    """After which other answers a question is asked, where it is not asked after the best ones."""
    return f"(asked after {', '.join(map(_change, weak.after))})" if weak.after else ""


def _change(change: Change) -> str:
    name, value = change
    return f"{name}={float(value):g}" if isinstance(value, Fraction) else f"{name}={value}"


def _pairs(pairs: Pairs) -> Iterator[str]:
    if not pairs.is_whole:
        yield f"{_EDGE}There are too many pairs of critical answers to try them all. Of the first"
        yield f"{_EDGE}{pairs.count:,}, {pairs.unmoved:,} leave it as it is{':' if pairs.first else '.'}"
    elif pairs.count:
        verb = "leaves" if pairs.unmoved == 1 else "leave"
        end = ":" if pairs.first else "."
        yield f"{_EDGE}{pairs.unmoved:,} of {count(pairs.count, 'pair')} of critical answers {verb} it as it is{end}"
    for one, two in pairs.first:
        yield from _fitted(2, _change(one), f"with {_change(two)}", 3)
    if pairs.unmoved > len(pairs.first):
        yield f"{_EDGE * 2}and {pairs.unmoved - len(pairs.first):,} more"


def _none(key: ScoringKey) -> str:
    return "no band" if key.bands else "no clear outcome"
