"""Rules for the score and its bands: they tile the range, and each can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ..diagnostics.diagnostic import Span
from ..expressions.trees import decimal_text
from ..model.checklist import Item
from ..model.dimensions import all_shares
from ..model.fields import Exact
from ..model.score_rules import Band
from ..model.units import MOST, common_parts
from ..reading.tree import Path
from .base import Draft, check_unique, sections
from .several import ends_of

SUMMED = ("score", "range", "as", "scale", "options", "scales", "weight", "points", "na", "choose", "at_most", "none")
"""The keys that the ends of a part depend on."""


def check_bands(draft: Draft) -> None:
    """Check how the score is made, and the bands that it leads to."""
    _score_rules(draft)
    if draft.reading.has_all("sections", "items", "scale", "options", "scales", "weight", "points"):
        _exactness(draft)
    if not draft.reading.has_all("bands", "score", "range", "decimals", "as"):
        return
    if draft.checklist.bands:
        _bands(draft, ("bands",), draft.checklist.bands, _ends(draft))
    for path, bands in _parts(draft):
        _bands(draft, (*path, "bands"), bands, ends_of_part(draft, path))


def _parts(draft: Draft) -> Iterator[tuple[Path, list[Band]]]:
    """The bands of sections and dimensions, which need those of the whole beside them."""
    parts = [(path, section.bands) for path, section in sections(draft.checklist)]
    parts += [(("dimensions", n), dimension.bands) for n, dimension in enumerate(draft.checklist.dimensions)]
    for path, bands in parts:
        if bands and not draft.checklist.bands:
            draft.report(
                "needs-bands",
                "a part has bands of its own only where the checklist has bands",
                draft.reading.key_span(*path, "bands"),
                "Add 'bands:' to the checklist, or delete these.",
            )
        elif bands:
            check_unique(draft.reading, "band", [((*path, "bands", n, "id"), band.id) for n, band in enumerate(bands)])
            yield path, bands


def _score_rules(draft: Draft) -> None:
    rules = draft.checklist.score
    if not draft.reading.has_all("score", "as", "combine"):
        return
    if rules.as_ == "points":
        if rules.range is not None:
            draft.report(
                "score-rules",
                "'range' goes with 'as: percent' only",
                draft.reading.key_span("score", "range"),
                "Delete it: points are shown as they are.",
            )
        if rules.combine == "sections":
            draft.report(
                "score-rules",
                "'combine: sections' goes with 'as: percent' only",
                draft.reading.key_span("score", "combine"),
                "Points are summed over all items.",
            )
        if rules.from_ == "zero":
            draft.report(
                "score-rules",
                "'from: zero' goes with 'as: percent' only",
                draft.reading.key_span("score", "from"),
                "Delete it: points are summed as they are.",
            )
        if rules.decimals and not _has_fractions(draft):
            draft.warn(
                "score-rules",
                "all points are whole numbers, so 'decimals' changes nothing",
                draft.reading.key_span("score", "decimals"),
                "Delete it.",
            )
    elif rules.range is not None and rules.range[0] >= rules.range[1]:
        draft.report(
            "score-rules",
            f"the range starts at {rules.range[0]} and ends at {rules.range[1]}",
            draft.reading.key_span("score", "range"),
            "Write the lower end first: [0, 100].",
        )
    if rules.from_ == "zero" and rules.as_ == "percent":
        _below_zero(draft)
    if rules.combine != "sections":
        for path, section in sections(draft.checklist):
            if section.weight is not None:
                draft.warn(
                    "score-rules",
                    f"section '{section.id}': its weight counts only with 'combine: sections'",
                    draft.reading.key_span(*path, "weight"),
                    "Delete it, or add 'score: {combine: sections}'.",
                )


def _has_fractions(draft: Draft) -> bool:
    numbers = [item.weight for _, item in draft.items]
    numbers += [option.earned for _, item in draft.items for option in draft.options_of(item)]
    return any(isinstance(number, Fraction) for number in numbers)


def _below_zero(draft: Draft) -> None:
    """A share from zero would lie below the scale after an answer that costs points."""
    reported: set[Span] = set()
    for path, item in draft.items:
        at: Path = (*path, "options") if item.options else ("scales", str(item.scale))
        is_here = bool(item.options) or item.scale in draft.checklist.scales
        for n, option in enumerate(draft.options_of(item)):
            # Of a scale from another file only its name is here.
            span = draft.reading.span(*((*at, n, "points") if is_here else (*path, "scale")))
            if option.earned < 0 and item.weight and span not in reported:
                reported.add(span)
                draft.report(
                    "score-rules",
                    f"'from: zero' begins at zero, and option '{option.id}' earns {decimal_text(Fraction(option.earned))}",
                    span,
                    "Give every option 0 points or more, or delete 'from: zero'.",
                )


def _exactness(draft: Draft) -> None:
    """Sums of fractions have to stay exact in a browser too, whose numbers end at 2^53."""
    parts = common_parts(item.weight for _, item in draft.items)
    points: list[Exact] = []
    most = Fraction(0)
    for _, item in draft.items:
        found = [n for option in draft.options_of(item) for n in (option.earned, *option.toward.values())]
        points += found
        sizes = [abs(Fraction(number)) for number in found]
        most += item.weight * (sum(sizes) if item.choose == "many" else max(sizes, default=Fraction(0)))
    parts *= common_parts(points) * common_parts(share for _, item in draft.items for share in item.dimension.values())
    if most * parts > MOST:
        draft.report(
            "too-fine",
            f"weights, points and shares count in parts of 1/{parts:,}, and their sums are too large for that",
            draft.reading.key_span("sections"),
            "Give weights, points or shares fewer decimals.",
        )


def _bands(draft: Draft, path: Path, bands: Sequence[Band], ends: tuple[Fraction, Fraction]) -> None:
    bottom, top = ends
    points = draft.checklist.score.as_ == "points"
    if bottom >= top and not points:
        return  # A range upside down, which was reported above.
    if points and not draft.reading.has_all("sections", "items", "scale", "options", "scales", "weight", "na"):
        return
    places = sorted((band.min, n) for n, band in enumerate(bands))
    for (cut, n), (following, m) in pairwise(places):
        if cut == following:
            first, second = sorted((n, m))
            name, other = bands[second].id, bands[first].id
            draft.report(
                "duplicate-band",
                f"bands '{other}' and '{name}' start at the same score",
                draft.reading.span(*path, second, "min"),
                "Give each band a lowest score of its own.",
            )
    lowest, n = places[0]
    span = draft.reading.span(*path, n, "min")
    if lowest > bottom or (lowest < bottom and not points):
        name = bands[n].id
        draft.report(
            "band-gap",
            f"the lowest band '{name}' starts at {_number(lowest)}, the scores at {_number(bottom)}",
            span,
            f"Write 'min: {_number(bottom)}' there.",
        )
    for cut, n in places:
        name, span = bands[n].id, draft.reading.span(*path, n, "min")
        if cut > top:
            draft.report(
                "band-unreachable",
                f"band '{name}' starts at {_number(cut)}, above the highest score {_number(top)}",
                span,
                "Lower it." if points else "Lower it, or raise the range.",
            )
        elif (cut * 10 ** (decimals := _decimals(draft))).denominator != 1:
            shown = f"{decimals} decimal{'s' if decimals > 1 else ''}" if decimals else "no decimals"
            draft.warn(
                "band-decimals",
                f"band '{name}' starts at {_number(cut)}, but scores have {shown}",
                span,
                "Bands go by the number that the reader sees: round it, or raise 'decimals'.",
            )


def _decimals(draft: Draft) -> int:
    """How many decimals of a score are shown; sums of whole points have none."""
    rules = draft.checklist.score
    return rules.decimals if rules.as_ == "percent" or _has_fractions(draft) else 0


def _ends(draft: Draft) -> tuple[Fraction, Fraction]:
    """The lowest and the highest score that can be."""
    rules = draft.checklist.score
    if rules.as_ == "percent":
        low, high = rules.range or (0, 100)
        return Fraction(low), Fraction(high)
    return _sums(draft, [(item, 1) for _, item in draft.items])


def ends_of_part(draft: Draft, path: Path) -> tuple[Fraction, Fraction]:
    """The lowest and the highest score of the section or dimension at `path`."""
    if draft.checklist.score.as_ == "percent":
        return _ends(draft)
    if path[0] == "sections":
        return _sums(draft, [(item, 1) for item in draft.checklist.sections[int(path[1])].items])
    name = draft.checklist.dimensions[int(path[1])].id
    shares = all_shares(draft.checklist)
    return _sums(draft, [(item, shares[item.id][name]) for _, item in draft.items if name in shares[item.id]])


def _sums(draft: Draft, items: Iterable[tuple[Item, Exact]]) -> tuple[Fraction, Fraction]:
    least = most = Fraction(0)
    for item, share in items:
        points = [share * item.weight * end for end in ends_of(item, draft.options_of(item))]
        # An item that may be left out can add nothing.
        least += min(points) if not item.na else min(0, *points)
        most += max(points) if not item.na else max(0, *points)
    return least, most


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):g}"
