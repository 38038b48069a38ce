"""What the rules over a whole file share: the file as it was read, its parts with their paths, and how a mistake is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from ..diagnostics.diagnostic import Diagnostic, Severity, Span
from ..model.checklist import Checklist, Figure, Input, Item, Option, Section, SharedScales
from ..reading.reader import Reading
from ..reading.tree import Path

BUILT_IN_SCALES: Mapping[str, list[Option]] = {
    "yes-no": [
        Option.model_validate({"id": "yes", "text": "Yes", "points": "1"}),
        Option.model_validate({"id": "no", "text": "No", "points": "0"}),
    ]
}


@dataclass(frozen=True)
class Draft:
    """A checklist as it was read, not yet trusted. What is wrong with it is added to the reading's diagnostics."""

    reading: Reading[Checklist]
    checklist: Checklist
    shared_scales: Mapping[str, list[Option]]
    shared_errors: Sequence[Diagnostic] = ()
    """What is wrong with the shared scales; it is reported where the checklist needs one of them."""

    @cached_property
    def scales(self) -> Mapping[str, list[Option]]:
        """Every scale that an item may name; of equal names the one of the file, else the shared one, else the built-in one."""
        return {**BUILT_IN_SCALES, **self.shared_scales, **self.checklist.scales}

    @cached_property
    def items(self) -> list[tuple[Path, Item]]:
        """All items in reading order, each with its path."""
        return list(items(self.checklist))

    def options_of(self, item: Item) -> list[Option]:
        """The options of an item or of its scale; empty where the scale is not known."""
        return item.options or self.scales.get(item.scale or "", [])

    def report(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Report an error."""
        self.reading.report(code, message, span, hint)

    def warn(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Report a warning."""
        self.reading.report(code, message, span, hint, Severity.WARNING)


def sections(checklist: Checklist) -> Iterator[tuple[Path, Section]]:
    """The sections, each with its path."""
    for n, section in enumerate(checklist.sections):
        yield ("sections", n), section


def items_of(path: Path, section: Section) -> Iterator[tuple[Path, Item]]:
    """The items of the section at `path`, each with its path."""
    for n, item in enumerate(section.items):
        yield (*path, "items", n), item


def items(checklist: Checklist) -> Iterator[tuple[Path, Item]]:
    """All items in reading order, each with its path."""
    for path, section in sections(checklist):
        yield from items_of(path, section)


def conditional_parts(checklist: Checklist) -> Iterator[tuple[Path, Section | Item | Input | Figure]]:
    """Everything that may have a `when` of its own, each with its path: sections, items, inputs, figures."""
    yield from sections(checklist)
    yield from items(checklist)
    for n, entry in enumerate(checklist.inputs):
        yield ("inputs", n), entry
    for n, figure in enumerate(checklist.figures):
        yield ("figures", n), figure


NamedPart = tuple[Path, str]
"""The path of an id, and the id."""


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


def named(key: str, parts: Iterable[_HasId]) -> list[NamedPart]:
    """The ids of the parts in the list under `key`."""
    return [((key, n, "id"), part.id) for n, part in enumerate(parts)]


def check_unique(reading: Reading[Checklist] | Reading[SharedScales], noun: str, ids: Iterable[NamedPart]) -> None:
    """Report each id that an earlier part of the same kind has."""
    first: dict[str, Path] = {}
    for path, name in ids:
        if name in first:
            line = reading.span(*first[name]).line
            reading.report(
                "duplicate-id",
                f"{noun} '{name}' is there twice",
                reading.span(*path),
                f"It stands first in line {line}. Give one of them another id.",
            )
        first.setdefault(name, path)
