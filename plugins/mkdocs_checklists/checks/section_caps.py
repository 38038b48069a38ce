"""Rules for sections that hold the result down: `caps` of the checklist."""

from __future__ import annotations

from ..diagnostics.diagnostic import did_you_mean, name_some
from ..expressions.trees import decimal_text
from ..model.checklist import SectionCap
from ..reading.tree import Path
from .bands import SUMMED, ends_of_part
from .base import Draft


def check_section_caps(draft: Draft) -> None:
    """Check that each cap names a section with questions and a band, and lies where that section's scores do."""
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
    elif cap.band == max(bands, key=lambda band: band.min).id:
        draft.warn(
            "idle-cap",
            f"section '{cap.section}': a cap at the highest band changes nothing",
            draft.reading.span(*path, "band"),
            f"Name a lower band than '{cap.band}', or delete it.",
        )


def _below(draft: Draft, path: Path, cap: SectionCap, section: int) -> None:
    if not draft.reading.has_all(*SUMMED):
        return
    low, high = ends_of_part(draft, ("sections", section))
    if low < cap.below <= high:
        return
    when = "never" if cap.below <= low else "always"
    ends = f"{decimal_text(low)} to {decimal_text(high)}"
    draft.report(
        "cap-out-of-range",
        f"section '{cap.section}' is {when} below {decimal_text(cap.below)}: its scores go from {ends}",
        draft.reading.span(*path, "below"),
        "Write a number above the lowest score of the section, and up to its highest.",
    )
