"""The text of a page as its author typed it: where its lines are, and which of them are directives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from ..diagnostics.diagnostic import Span
from .directives import Directive, DirectiveError, find_directive, parse_directive

_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})")
_COMMENT = re.compile("<!--(?:.*?-->|(?P<unclosed>.*))", re.DOTALL)
_OPENS_BLOCK = re.compile(r"[ \t]*(?:[-*+:]|\d+[.)]|!!!|\?\?\?\+?|===[!+]?|///|\[\^[^]]+]:)(?=[ \t]|$)|[ \t]{0,3}>")


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


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def find_directives(source: str) -> Iterator[Directive]:
    """The well-formed directives of checklists in a page's text, without looking at what its Markdown makes of them."""
    return (directive for directive in _find_all(source) if directive.kind.takes_checklist)


def find_standalone_names(source: str) -> set[str]:
    """The names of the well-formed directives without a checklist in a page's text."""
    return {directive.kind.name for directive in _find_all(source) if not directive.kind.takes_checklist}


def _find_all(source: str) -> Iterator[Directive]:
    for line in _colon_lines(source):
        match = find_directive(line)
        if match is not None:
            try:
                yield parse_directive(match, Span(""))
            except DirectiveError:
                continue  # Reported with its line when the page is rendered.


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
            # In a list item, a quote, an admonition or a tab. Outside these, a line as far in is code.
            is_in_block = line.lstrip().startswith(">") or (around and _OPENS_BLOCK.match(around[-1][1]))
            yield line.lstrip(" \t>") if is_in_block else line
        around.append((indent, line))


def without_comments(text: str) -> str:
    """The text with empty lines where comments are; one that has no end is text."""

    def lines(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n") if found["unclosed"] is None else found[0]

    return _COMMENT.sub(lines, text)
