"""Rules for ids: each is there once, has no other meaning, and is never used again when its part is gone."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterator, Mapping

from ..diagnostics.diagnostic import a_noun
from ..model.answers import RESERVED_ANSWERS
from ..model.checklist import Input, Item, Section
from ..reading.tree import Path
from .base import Draft, NamedPart, check_unique, named, sections

# Answers that every item understands, and the words of the expression language (`when:`, formulas): an id can never be
# changed later, so what Python's grammar would not take as a name in an expression is refused from the start.
RESERVED_NAMES = {*RESERVED_ANSWERS, "min", "max", "round", "outcome"} | {
    word.lower() for word in keyword.kwlist if word.isalpha()
}


def check_ids(draft: Draft) -> None:
    """Check the ids of bands, sections, items, dimensions, inputs and figures, and the earlier ones."""
    checklist = draft.checklist
    of = {
        "band": named("bands", checklist.bands),
        "section": named("sections", checklist.sections),
        "item": [((*path, "id"), item.id) for path, item in draft.items],
        "dimension": named("dimensions", checklist.dimensions),
        "input": named("inputs", checklist.inputs),
        "figure": named("figures", checklist.figures),
    }
    for noun, ids in of.items():
        check_unique(draft.reading, noun, ids)
    in_expressions = {noun: of[noun] for noun in ("item", "input", "figure")}
    _reserved(draft, {"section": of["section"], **in_expressions})
    _anchors(draft, {name for _, name in of["section"]}, in_expressions)
    _names_in_expressions(draft, in_expressions)
    _earlier(draft, {name: path for noun in ("section", "input", "item") for path, name in of[noun]})


def _reserved(draft: Draft, of: Mapping[str, list[NamedPart]]) -> None:
    for noun, ids in of.items():
        for path, name in ids:
            if name in RESERVED_NAMES:
                draft.report(
                    "reserved-id",
                    f"'{name}' can't be the id of {a_noun(noun)}",
                    draft.reading.span(*path),
                    "Answers and the words of expressions are reserved: join it to another word, as in 'my-word'.",
                )
            elif noun in ("item", "input") and name == "answers":
                draft.report(
                    "reserved-id",
                    f"'{name}' can't be the id of {a_noun(noun)}",
                    draft.reading.span(*path),
                    "In a file of answers it names the part that has them: join it to another word, as in 'my-answers'.",
                )
            elif name == "score":
                draft.report(
                    "reserved-id",
                    f"'{name}' can't be an id here",
                    draft.reading.span(*path),
                    "The anchor of the result has this name.",
                )


def _anchors(draft: Draft, of_sections: Collection[str], others: Mapping[str, list[NamedPart]]) -> None:
    """A section and an item of one name would share the anchor `#ID--NAME`."""
    for noun, ids in others.items():
        for path, name in ids:
            if name in of_sections:
                draft.report(
                    "duplicate-id",
                    f"{noun} '{name}' has the id of a section",
                    draft.reading.span(*path),
                    "Sections and items share their anchors: choose another id for one of them.",
                )


def _names_in_expressions(draft: Draft, of: Mapping[str, list[NamedPart]]) -> None:
    """Items, inputs and figures are all known by their ids."""
    known: dict[str, str] = {}
    for noun, ids in of.items():
        for path, name in ids:
            if known.setdefault(name, noun) != noun:
                draft.report(
                    "duplicate-id",
                    f"{noun} '{name}' has the id of {a_noun(known[name])}",
                    draft.reading.span(*path),
                    "Expressions know all of them by their ids: choose another one.",
                )


def _earlier(draft: Draft, live: Mapping[str, Path]) -> None:
    """An id that is gone is never used again, and belongs to one thing only."""
    gone: dict[str, Path] = {}
    for path, name in _earlier_ids(draft):
        if name in live:
            line = draft.reading.span(*live[name]).line
            draft.report(
                "reused-id",
                f"'{name}' is in use, so it can't be an earlier id",
                draft.reading.span(*path),
                f"It stands in line {line}. An id is never used again.",
            )
        elif name in gone:
            line = draft.reading.span(*gone[name]).line
            draft.report(
                "reused-id",
                f"'{name}' is named as an earlier id twice",
                draft.reading.span(*path),
                f"It stands first in line {line}.",
            )
        gone.setdefault(name, path)


def _earlier_ids(draft: Draft) -> Iterator[NamedPart]:
    for n, name in enumerate(draft.checklist.retired):
        yield ("retired", n), name
    parts: list[tuple[Path, Section | Item | Input]] = [*sections(draft.checklist), *draft.items]
    parts += ((("inputs", n), entry) for n, entry in enumerate(draft.checklist.inputs))
    for path, part in parts:
        for n, name in enumerate(part.was):
            yield (*path, "was", n), name
