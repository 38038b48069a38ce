"""Rules for items of which several options may be chosen: what goes together, and how many ways to answer that makes."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.diagnostic import did_you_mean, name_some
from ..model.checklist import Item, Option
from ..model.fields import Exact
from ..model.several import MOST_SETS, least_of, many_of, most_of, set_count
from ..reading.tree import Path
from .base import Draft


def ends_of(item: Item, options: Sequence[Option], outcome: str | None = None) -> tuple[Exact, Exact]:
    """The least and the most that an answer earns, or that it gives an outcome; before weighting, and 0 without any option."""
    # By place, because an id may be there twice by mistake.
    points = {
        str(n): option.earned if outcome is None else option.toward.get(outcome, 0) for n, option in enumerate(options)
    }
    none = next((str(n) for n, option in enumerate(options) if option.id == item.none), None)
    many = many_of(item, options)
    many = many and many._replace(none=none)
    return (least_of(points, many), most_of(points, many)) if points else (0, 0)


def is_flat(item: Item, options: Sequence[Option], outcome: str | None = None) -> bool:
    """Whether every answer earns the same, or gives an outcome the same."""
    least, most = ends_of(item, options, outcome)
    return least == most


def check_several(draft: Draft, path: Path, item: Item, options: Sequence[Option], *, is_whole: bool) -> None:
    """Check `choose`, `at_most` and `none` of an item. `options` may lack some unless it `is_whole`."""
    if item.choose == "one":
        if draft.reading.has_all("choose"):
            _only_of_several(draft, path, item)
        return
    ids = [option.id for option in options]
    if not is_whole or len(set(ids)) < len(ids):
        return
    if item.none is not None and item.none not in ids:
        draft.report(
            "unknown-option",
            f"item '{item.id}' has no option '{item.none}'",
            draft.reading.span(*path, "none"),
            f"Options: {name_some(ids)}. {did_you_mean(item.none, ids)}".strip(),
        )
        return
    _none(draft, path, item, options)
    others = len(ids) - (item.none is not None)
    if item.at_most is not None and item.at_most > others:
        draft.report(
            "at-most-too-high",
            f"item '{item.id}': at most {item.at_most} of {others} options is no limit",
            draft.reading.span(*path, "at_most"),
            "Write a lower number, or delete it: then all options may be chosen.",
        )
    count = set_count(len(ids), many_of(item, options))
    if count > MOST_SETS:
        draft.report(
            "too-many-sets",
            f"item '{item.id}' could be answered in {count:,} ways",
            draft.reading.span(*path, "id"),
            f"{MOST_SETS:,} are the most, as of twelve options. Set 'at_most', or make two questions of it.",
        )


def _only_of_several(draft: Draft, path: Path, item: Item) -> None:
    for key in ("at_most", "none"):
        if key in item.model_fields_set:
            draft.report(
                "not-several",
                f"item '{item.id}' has '{key}', and takes one option only",
                draft.reading.key_span(*path, key),
                "Add 'choose: many', or delete it.",
            )


def _none(draft: Draft, path: Path, item: Item, options: Sequence[Option]) -> None:
    """What excludes all others says that nothing is the case, so it has nothing to give."""
    for n, option in enumerate(options):
        if option.id == item.none and any([option.earned, *option.toward.values()]):
            is_own = item.options or item.scale in draft.checklist.scales
            where: Path = (*path, "options") if item.options else ("scales", str(item.scale))
            draft.report(
                "none-with-points",
                f"item '{item.id}': option '{option.id}' excludes all others, and has points",
                draft.reading.span(*where, n, "points") if is_own else draft.reading.span(*path, "none"),
                f"Write 'points: {'{}' if draft.checklist.outcomes else 0}': the others count from there.",
            )
