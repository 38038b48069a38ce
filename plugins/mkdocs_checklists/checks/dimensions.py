"""Rules for dimensions: which items and dimensions name them, and that none holds itself."""

from __future__ import annotations

from ..diagnostics.diagnostic import Span, did_you_mean, name_some
from ..reading.tree import MappingNode, Path, SequenceNode
from .base import Draft


def check_dimensions(draft: Draft) -> None:
    """Check the dimensions, and everything that names one."""
    dimensions = draft.checklist.dimensions
    if not draft.reading.has_all("dimensions"):
        return
    for path, item in draft.items:
        for n, name in enumerate(item.dimension):
            _known(draft, name, f"item '{item.id}' names", _place(draft, (*path, "dimension"), n, name))
    for n, dimension in enumerate(dimensions):
        if dimension.within is not None:
            span = draft.reading.span("dimensions", n, "within")
            _known(draft, dimension.within, f"dimension '{dimension.id}' is within", span)
    _cycles(draft)


def _known(draft: Draft, name: str, subject: str, span: Span) -> None:
    titled = [dimension.id for dimension in draft.checklist.dimensions]
    # Without a list, a dimension is what items name.
    if titled and name not in titled:
        draft.report(
            "unknown-dimension",
            f"{subject} dimension '{name}', which is not defined",
            span,
            f"Dimensions: {name_some(titled)}. {did_you_mean(name, titled)}".strip(),
        )


def _place(draft: Draft, path: Path, n: int, name: str) -> Span:
    """Where an item names a dimension: alone, in a list, or as a key."""
    node, _ = draft.reading.source.node(path)
    if isinstance(node, MappingNode):
        return draft.reading.key_span(*path, name)
    return draft.reading.span(*path, *([n] if isinstance(node, SequenceNode) else []))


def _cycles(draft: Draft) -> None:
    """Report each ring of `within` once, at the dimension of it that comes first in the file."""
    order = [dimension.id for dimension in draft.checklist.dimensions]
    holders = {dimension.id: dimension.within for dimension in draft.checklist.dimensions}
    settled: set[str] = set()
    for start in order:
        trail: list[str] = []
        at: str | None = start
        while at is not None and at not in settled and at not in trail:
            trail.append(at)
            at = holders.get(at)
        if at is not None and at in trail:
            ring = trail[trail.index(at) :]
            first = min(order.index(name) for name in ring)
            draft.report(
                "within-cycle",
                f"these dimensions hold one another: {' → '.join([*ring, at])}",
                draft.reading.span("dimensions", first, "within"),
                "One of them has to be within no other.",
            )
        settled.update(trail)
