"""The directive lines of a page: the table of their kinds, and how a line is read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..diagnostics.diagnostic import Span, did_you_mean
from .part import Part

_LINE = re.compile(r"^ {0,3}:::[ \t]*(?P<name>[^\s{]+)(?P<rest>[^\n]*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DirectiveKind:
    """One kind of directive. What it puts on the page is made by the builder of its name in `markdown_page/blocks.py`."""

    name: str
    shows: Mapping[str, str]
    """What may follow the name, and what the line then shows; for the reference."""
    takes_checklist: bool = False
    """Whether the id of a checklist follows the name. A kind without one has a hyphen in its name: `::: glossary` may be a
    line of mkdocstrings, which names a module; with a hyphen it can't be."""
    options: tuple[str, ...] = ()
    is_once: bool = False
    """Whether a page may have the line only once. Of a checklist, a page may have each question and the result only once."""


DIRECTIVES: Mapping[str, DirectiveKind] = {
    kind.name: kind
    for kind in (
        DirectiveKind(
            "checklist",
            {
                "ID": "the whole article: title, sections with their questions, the result",
                "ID section=SECTION": "one section, inside the page's own prose",
                "ID show=items": "only the questions; with `section=` those of one section",
                "ID level=1": "with a first heading of that level, 1 to 4 (2 when left out); a page may be this one line",
            },
            takes_checklist=True,
            options=("section", "show", "level"),
        ),
        DirectiveKind(
            "score",
            {"ID": "only the result, of parts that stand elsewhere on this page or on others; also takes `level=`"},
            takes_checklist=True,
            options=("level",),
        ),
        DirectiveKind("source-list", {"": "all sources of `_sources.yml`, by kind, each with an anchor `#source-ID`"}),
        DirectiveKind(
            "fact-list", {"": "all facts of `_facts.yml` with the day of their review, each with an anchor `#fact-ID`"}
        ),
        DirectiveKind("glossary-list", {"": "all terms of `_glossary.yml`, each with an anchor `#term-ID`"}),
        DirectiveKind(
            "checklist-index",
            {
                "": "all checklists that stand on some page: what each decides, what it takes, how far the reader is",
                "show=begun": "only those that the reader has begun, each with the way on; nothing before that",
            },
            is_once=True,
            options=("show",),
        ),
        DirectiveKind(
            "related-pages",
            {"": "the pages that this one is related to, and the guides that mention it"},
            is_once=True,
        ),
    )
}
"""All kinds of directives by name, in the order of the reference."""

FORMS: Mapping[str, str] = {
    f"::: {kind.name} {rest}".rstrip(): shown for kind in DIRECTIVES.values() for rest, shown in kind.shows.items()
}
"""Each form of a directive line, and what it shows."""

_OF_A_CHECKLIST = [name for name, kind in DIRECTIVES.items() if kind.takes_checklist]
_STANDALONE = [name for name, kind in DIRECTIVES.items() if not kind.takes_checklist]


@dataclass(frozen=True, slots=True)
class Directive:
    """What an author asked for in one line."""

    kind: DirectiveKind
    span: Span
    checklist: str = ""
    """The id of a checklist, where the kind takes one."""
    part: Part = field(default_factory=Part)
    """What it shows of that checklist."""


class DirectiveError(Exception):
    """A line that is nearly a directive. The arguments are code, message, span and hint of a diagnostic."""


def find_directive(block: str) -> re.Match[str] | None:
    """The first `:::` line that is, or is nearly, one of ours; the others belong to other extensions."""
    return next((match for match in _LINE.finditer(block) if _meant(match)), None)


def _meant(match: re.Match[str]) -> Sequence[str]:
    """The name in a line, or the names that it may be a misspelling of; empty for a line of another extension."""
    name = match["name"]
    if name in DIRECTIVES:
        return [name]
    # Nothing follows the name in the lines of mkdocstrings: `::: core` is a module of that name, not a misspelt score.
    if match["rest"].strip() and _is_near(name, _OF_A_CHECKLIST):
        return _OF_A_CHECKLIST
    return _STANDALONE if "-" in name and _is_near(name, _STANDALONE) else []


def _is_near(name: str, names: Sequence[str]) -> bool:
    return bool(difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.75))


def parse_directive(match: re.Match[str], span: Span) -> Directive:
    """Read a line that `find_directive` found. Raises `DirectiveError`."""
    name, words = match["name"], match["rest"].split()
    kind = DIRECTIVES.get(name)
    if kind is None:
        hint = did_you_mean(name.lower(), _meant(match))
        raise DirectiveError("unknown-directive", f"there is no directive '{name}'", span, hint)
    if kind.takes_checklist:
        return _parse_part(kind, match["rest"], span)
    if kind.options and words == ["show=begun"]:
        return Directive(kind, span, part=Part("begun"))
    if words:
        message = f"this line has a word too many: '{words[0]}'"
        hint = f"Write '::: {name}' and nothing else"
        raise DirectiveError("bad-directive", message, span, f"{hint}, or show=begun." if kind.options else f"{hint}.")
    return Directive(kind, span)


def _parse_part(kind: DirectiveKind, rest: str, span: Span) -> Directive:
    words = rest.split()
    plain = [word for word in words if "=" not in word]
    if len(plain) != 1 or words[0] != plain[0]:
        found = (
            "names no checklist"
            if not plain
            else "names an option before the checklist"
            if words[0] != plain[0]
            else "has spaces around a '='"
            if re.search(r"\s=|=\s", rest.strip())
            else f"has a word too many: '{plain[1]}'"
        )
        raise DirectiveError(
            "bad-directive", f"this line {found}", span, f"Write '::: {kind.name} ID', then options as key=value."
        )
    options: dict[str, str] = {}
    for word in words[1:]:
        key, _, value = word.partition("=")
        if key not in kind.options:
            hint = did_you_mean(key, kind.options) or f"Options of '{kind.name}': {', '.join(kind.options)}."
            raise DirectiveError("directive-option", f"'{kind.name}' has no option '{key}'", span, hint)
        if key in options:
            raise DirectiveError("directive-option", f"option '{key}' is here twice", span, "Keep one of the two.")
        options[key] = value.strip("\"'")
    return Directive(kind, span, plain[0], _part(kind, options, span))


def _part(kind: DirectiveKind, options: dict[str, str], span: Span) -> Part:
    level = options.get("level", "2")
    if level not in {"1", "2", "3", "4"}:
        raise DirectiveError("directive-option", f"level can't be '{level}'", span, "A heading level from 1 to 4.")
    show = options.get("show", "all")
    if show not in {"all", "items"}:
        raise DirectiveError(
            "directive-option",
            f"show can't be '{show}'",
            span,
            "Write show=items for the questions only, or leave it out.",
        )
    if kind.name == "score":
        return Part("score", None, int(level))
    return Part("items" if show == "items" else "all", options.get("section"), int(level))
