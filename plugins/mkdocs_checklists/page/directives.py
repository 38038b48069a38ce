"""The directive lines of a page: `::: checklist ID key=value …`, `::: score ID key=value …`, and those without a checklist."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..diagnostics.diagnostic import Span, did_you_mean
from .article import Part

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

_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})")


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


class PageText:
    """The text of a page, for the line numbers of its directives.

    Markdown drops front matter and stashes code before directives are met, so a directive is found again by its own words:
    the second `::: checklist x` that is met is the second such line outside fenced code.
    """

    def __init__(self, name: str, source: str | None, lines: list[str]) -> None:
        self.name = name
        self._lines = source.lstrip("\ufeff").splitlines() if source is not None else lines
        self._met: Counter[str] = Counter()

    def line(self, number: int) -> str:
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def has_standalone(self, name: str) -> bool:
        """Whether the page has the line `::: name`, above or below the place that is being made."""
        return name in self._standalone

    @cached_property
    def _standalone(self) -> set[str]:
        return find_standalone_names("\n".join(self._lines))

    def find(self, words: str) -> Span:
        """The place of the next appearance of these words outside fenced code, wherever in a line."""
        places = [
            (n, match.start() + 1)
            for n, line in enumerate(outside_fences(self._lines), start=1)
            for match in re.finditer(re.escape(words), line)
        ]
        key = f"inline {words}"
        index = min(self._met[key], len(places) - 1)
        self._met[key] += 1
        if index < 0:
            return Span(self.name)
        number, column = places[index]
        return Span(self.name, number, column, number, column + len(words))

    def take(self, directive: str) -> Span:
        """The place of the next line with these words."""
        words = directive.strip()
        places = [n for n, line in enumerate(outside_fences(self._lines), start=1) if line.strip() == words]
        index = min(self._met[words], len(places) - 1)
        self._met[words] += 1
        if index < 0:
            return Span(self.name)
        number = places[index]
        column = self.line(number).index(":::") + 1
        return Span(self.name, number, column, number, column + len(words))


def outside_fences(lines: list[str]) -> list[str]:
    """The lines, those of fenced code emptied."""
    kept: list[str] = []
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            kept.append("")
            if match and match["mark"].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif match:
            fence = match["mark"]
            kept.append("")
        else:
            kept.append(line)
    return kept


_COMMENT = re.compile("<!--(?:.*?-->|(?P<unclosed>.*))", re.DOTALL)
_OPENS_BLOCK = re.compile(r"[ \t]*(?:[-*+:]|\d+[.)]|!!!|\?\?\?\+?|===[!+]?|///|\[\^[^]]+]:)(?=[ \t]|$)|[ \t]{0,3}>")


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def find_directives(source: str) -> Iterator[Directive]:
    """The well-formed directives of a page's text, without looking at what its Markdown makes of them."""
    for line in _colon_lines(source):
        match = find_directive(line)
        if match is not None:
            try:
                yield parse_directive(match, Span(""))
            except DirectiveError:
                continue  # Reported with its place when the page is rendered.


def find_standalone_names(source: str) -> set[str]:
    """The names of the well-formed directives without a checklist in a page's text."""
    found = set()
    for line in _colon_lines(source):
        match = find_standalone(line)
        if match is not None and match["name"] in STANDALONE and not match["rest"].strip():
            found.add(match["name"])
    return found


def _colon_lines(source: str) -> Iterator[str]:
    """The lines of a page's text that may be directives, without the marks of the blocks that they stand in."""
    if ":::" not in source:
        return
    around: list[tuple[int, str]] = []
    """The lines that this one is further in than, the nearest last, each with its indent."""
    for line in without_comments("\n".join(outside_fences(source.splitlines()))).split("\n"):
        if not line.strip():
            continue
        indent = _indent(line)
        while around and around[-1][0] >= indent:
            around.pop()
        if ":::" in line:
            # In a list item, a quote, an admonition or a tab. What is as far in and in none of them is code.
            is_in_block = line.lstrip().startswith(">") or (around and _OPENS_BLOCK.match(around[-1][1]))
            yield line.lstrip(" \t>") if is_in_block else line
        around.append((indent, line))


def without_comments(text: str) -> str:
    """The text with empty lines where comments are; one that has no end is text."""

    def lines(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n") if found["unclosed"] is None else found[0]

    return _COMMENT.sub(lines, text)
