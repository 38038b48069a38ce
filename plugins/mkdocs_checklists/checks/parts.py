"""Rules for parts with a result of their own: which items and dimensions name a dimension, and which sections cap the result."""

from __future__ import annotations

from ..diagnostics.diagnostic import Span, did_you_mean, name_some
from ..expressions.trees import decimal_text
from ..model.score_rules import SectionCap
from ..reading.tree import MappingNode, Path, SequenceNode
from .bands import SUMMED, ends_of_part
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


def check_section_caps(draft: Draft) -> None:
    """Check that each cap names a section with questions and a band, and lies where that section's scores do."""
    if draft.checklist.caps and draft.checklist.score.better == "neither" and draft.reading.has_all("score", "better"):
        draft.report(
            "cap-on-measurement",
            "sections cap the result, but of a measurement no result is the best",
            draft.reading.key_span("caps"),
            "Delete 'caps', or say in 'score:' whether higher or lower is better.",
        )
        return
    sections = {section.id: n for n, section in enumerate(draft.checklist.sections)}
    for n, cap in enumerate(draft.checklist.caps):
        path: Path = ("caps", n)
        _band(draft, path, cap)
        if not draft.reading.has_all("sections", "items"):
            continue
        if cap.section not in sections:
            hint = f"Sections: {name_some(sections) or 'none'}. {did_you_mean(cap.section, sections)}".strip()
            draft.report(
                "unknown-section",
                f"a cap names section '{cap.section}', which is not defined",
                draft.reading.span(*path, "section"),
                hint,
            )
        elif not any(item.weight for item in draft.checklist.sections[sections[cap.section]].items):
            draft.report(
                "cap-out-of-range",
                f"section '{cap.section}' has no question that counts, so it has no score to cap by",
                draft.reading.span(*path, "section"),
                "Name a section with questions, or delete the cap.",
            )
        else:
            _below(draft, path, cap, sections[cap.section])


def _band(draft: Draft, path: Path, cap: SectionCap) -> None:
    if not draft.reading.has_all("bands"):
        return
    bands = draft.checklist.bands
    names = list(dict.fromkeys(band.id for band in bands))
    if cap.band not in names:
        draft.report(
            "unknown-band",
            f"section '{cap.section}' caps at band '{cap.band}', which is not defined",
            draft.reading.span(*path, "band"),
            f"Bands: {name_some(names)}. {did_you_mean(cap.band, names)}".strip(),
        )
    elif cap.band == _best(draft):
        draft.warn(
            "idle-cap",
            f"section '{cap.section}': a cap at the best band changes nothing",
            draft.reading.span(*path, "band"),
            f"Name a worse band than '{cap.band}', or delete it.",
        )


def _best(draft: Draft) -> str | None:
    if not draft.reading.has_all("score", "better", "min"):
        return None
    end_of = min if draft.checklist.score.better == "lower" else max
    return end_of(draft.checklist.bands, key=lambda band: band.min).id


def _below(draft: Draft, path: Path, cap: SectionCap, section: int) -> None:
    if not draft.reading.has_all(*SUMMED):
        return
    low, high = ends_of_part(draft, ("sections", section))
    ends = f"{decimal_text(low)} to {decimal_text(high)}"
    if draft.checklist.score.better == "lower":
        if low <= cap.below < high:
            return
        when = "always above" if cap.below < low else "never above"
        hint = (
            "With 'better: lower' a section caps while it is above this number: "
            "write one from its lowest score on, and below its highest."
        )
    else:
        if low < cap.below <= high:
            return
        when = "never below" if cap.below <= low else "always below"
        hint = "Write a number above the lowest score of the section, and up to its highest."
    draft.report(
        "cap-out-of-range",
        f"section '{cap.section}' is {when} {decimal_text(cap.below)}: its scores go from {ends}",
        draft.reading.span(*path, "below"),
        hint,
    )
