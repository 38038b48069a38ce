"""The directive lines of a page: `::: checklist ID key=value …`, `::: score ID key=value …`, and those without a checklist."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from ..diagnostics.diagnostic import Span, did_you_mean
from .part import Part

_LINE = re.compile(r"^ {0,3}:::[ \t]*(?P<name>[^\s{]+)(?P<rest>[^\n]*)$", re.MULTILINE)

_NAMES = ("checklist", "score")
_OPTIONS = {"checklist": ("section", "show", "level"), "score": ("level",)}
OPTIONS = {
    "::: checklist ID": "the whole article: title, sections with their questions, the result",
    "::: checklist ID section=SECTION": "one section, inside the page's own prose",
    "::: checklist ID show=items": "only the questions; with `section=` those of one section",
    "::: checklist ID level=1": "with a first heading of that level, 1 to 4 (2 when left out); a page may be this one line",
    "::: score ID": "only the result, of parts that stand elsewhere on this page or on others; also takes `level=`",
}
"""Each form of a directive, and what it shows; for the reference."""

STANDALONE: dict[str, str] = {
    "source-list": "all sources of `_sources.yml`, by kind, each with an anchor `#source-ID`",
    "fact-list": "all facts of `_facts.yml` with the day of their review, each with an anchor `#fact-ID`",
    "glossary-list": "all terms of `_glossary.yml`, each with an anchor `#term-ID`",
    "checklist-index": "all checklists that stand on some page: what each decides, what it takes, how far the reader is",
    "related-pages": "the pages that this one is related to, and the guides that mention it",
}
"""Directives without a checklist, and what each shows; for the reference.

Their names have a hyphen: `::: glossary` may be a module's name, a line of mkdocstrings; with a hyphen it can't be.
"""


@dataclass(frozen=True, slots=True)
class Directive:
    """What an author asked for in one line."""

    checklist: str
    part: Part
    span: Span


class DirectiveError(Exception):
    """A line that is nearly a directive. The arguments are code, message, span and hint of a diagnostic."""


def find_directive(block: str) -> re.Match[str] | None:
    """The first `:::` line that is, or is nearly, one of ours; the others belong to other extensions."""
    return next((match for match in _LINE.finditer(block) if _is_ours(match["name"], match["rest"])), None)


def _is_ours(name: str, rest: str) -> bool:
    # Nothing follows the name in the lines of mkdocstrings: `::: core` is a module of that name, not a misspelt score.
    is_near = bool(rest.strip()) and bool(difflib.get_close_matches(name.lower(), _NAMES, n=1, cutoff=0.75))
    return name in _NAMES or (is_near and name not in STANDALONE)


def find_standalone(block: str) -> re.Match[str] | None:
    """The first `:::` line that is, or is nearly, a directive without a checklist."""
    return next((match for match in _LINE.finditer(block) if "-" in match["name"] and _standalone(match["name"])), None)


def _standalone(name: str) -> str | None:
    near = difflib.get_close_matches(name.lower(), STANDALONE, n=1, cutoff=0.75)
    return near[0] if near else None


def parse_standalone(match: re.Match[str], span: Span) -> str:
    """The name in a line that `find_standalone` found. Raises `DirectiveError`."""
    name, rest = match["name"], match["rest"].split()
    if name not in STANDALONE:
        hint = did_you_mean(name.lower(), list(STANDALONE))
        raise DirectiveError("unknown-directive", f"there is no directive '{name}'", span, hint)
    if rest:
        message = f"this line has a word too many: '{rest[0]}'"
        raise DirectiveError("bad-directive", message, span, f"Write '::: {name}' and nothing else.")
    return name


def parse_directive(match: re.Match[str], span: Span) -> Directive:
    """Read a line that `find_directive` found. Raises `DirectiveError`."""
    name, words = match["name"], match["rest"].split()
    if name not in _NAMES:
        raise DirectiveError(
            "unknown-directive", f"there is no directive '{name}'", span, did_you_mean(name.lower(), _NAMES)
        )
    plain = [word for word in words if "=" not in word]
    if len(plain) != 1 or words[0] != plain[0]:
        found = (
            "names no checklist"
            if not plain
            else "names an option before the checklist"
            if words[0] != plain[0]
            else "has spaces around a '='"
            if re.search(r"\s=|=\s", match["rest"].strip())
            else f"has a word too many: '{plain[1]}'"
        )
        raise DirectiveError(
            "bad-directive", f"this line {found}", span, f"Write '::: {name} ID', then options as key=value."
        )
    options: dict[str, str] = {}
    for word in words[1:]:
        key, _, value = word.partition("=")
        if key not in _OPTIONS[name]:
            hint = did_you_mean(key, _OPTIONS[name]) or f"Options of '{name}': {', '.join(_OPTIONS[name])}."
            raise DirectiveError("directive-option", f"'{name}' has no option '{key}'", span, hint)
        if key in options:
            raise DirectiveError("directive-option", f"option '{key}' is here twice", span, "Keep one of the two.")
        options[key] = value.strip("\"'")
    return Directive(plain[0], _part(name, options, span), span)


def _part(name: str, options: dict[str, str], span: Span) -> Part:
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
    if name == "score":
        return Part("score", None, int(level))
    return Part("items" if show == "items" else "all", options.get("section"), int(level))
