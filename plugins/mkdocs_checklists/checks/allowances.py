"""`allow:` in a file: which warnings an author has given a reason for, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagnostics.codes import CODES, SILENCEABLE
from ..diagnostics.diagnostic import did_you_mean, name_some
from ..model.checklist import Checklist, Option, SharedScales
from ..reading.reader import Reading
from ..reading.tree import Path
from .base import items, sections


def allowances(model: Checklist | SharedScales) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every `allow:` that is not empty, with the path of the part that has it."""
    yield from (place for place in _places(model) if place[1])


def check_allowances(reading: Reading[Checklist] | Reading[SharedScales]) -> None:
    """Report codes that can't be allowed."""
    assert reading.model is not None
    for path, allow in allowances(reading.model):
        for code in allow:
            span = reading.key_span(*path, "allow", code)
            if code in SILENCEABLE:
                continue
            if code in CODES:
                reading.report(
                    "not-silenceable",
                    f"'{code}' can't be allowed",
                    span,
                    f"Mend what it says. These can be allowed: {name_some(sorted(SILENCEABLE), 30)}.",
                )
            else:
                hint = did_you_mean(code, SILENCEABLE) or f"Known here: {name_some(sorted(SILENCEABLE), 30)}."
                reading.report("unknown-code", f"no message has the code '{code}'", span, hint)


def _places(model: Checklist | SharedScales) -> Iterator[tuple[Path, Mapping[str, str]]]:
    yield (), model.allow
    for name, scale in model.scales.items():
        yield from _options(("scales", name), scale)
    if isinstance(model, Checklist):
        for path, section in sections(model):
            yield path, section.allow
        for path, item in items(model):
            yield path, item.allow
            yield from _options((*path, "options"), item.options or [])


def _options(path: Path, options: list[Option]) -> Iterator[tuple[Path, Mapping[str, str]]]:
    for n, option in enumerate(options):
        yield (*path, n), option.allow
