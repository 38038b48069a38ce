"""Citations and dated facts on a page: `{fact:ID}` becomes the fact, and `[^ID]` gets its footnote from the file of sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..diagnostics.diagnostic import Diagnostic, Diagnostics, Severity, Span, format_report
from ..knowledge.files import Knowledge, without_citations
from ..reading.scanning import Ahead
from ..reading.tree import Source
from .state import ChecklistError, PageState
from .text import SUBSTITUTES, footnote_extension, substituted

# Around a fact while it is text: which one it is, and where it ends. No text can hold these characters.
_OPEN, _BEHIND, _CLOSE = "\ufdd4", "\ufdd5", "\ufdd6"
# Before the text of a source, so that none is read as a list, a heading, or a note of its own.
_START = "\ufdd7"
_MARKS = re.compile(rf"[`\\<{{\[{SUBSTITUTES['{']}]")
_FACT = re.compile(rf"[{{{SUBSTITUTES['{']}]fact:")
_BLANK, _NAME_END = re.compile(r"[^ \t]"), re.compile(r"[{}\s]")
_TAG, _TAG_END, _CITED_END = re.compile("<[a-zA-Z/!]"), re.compile("[<>]"), re.compile(r"[\]\s]")

Origin = tuple[Source, Span] | None
"""Where a text came from: a checklist or a file beside it, or else the page."""


class Citations(Treeprocessor):
    """Puts facts in their place and defines the footnotes that the page cites and does not define.

    While texts are still Markdown: the text of a fact goes through the page's pipeline like the words around it.
    """

    def __init__(self, md: Markdown, page: PageState) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        known = self.page.library.knowledge
        if self.page.report is None and (errors := Diagnostics(known.diagnostics).errors):
            # Nobody else would say that the files could not be read.
            raise ChecklistError(format_report(errors))
        if not known.readings:
            return
        _Citer(self.md, self.page, known).settle(root)


@dataclass(frozen=True, slots=True)
class Token:
    """The name of a fact or a source in a text, and where it is."""

    start: int
    end: int
    name: str
    is_fact: bool


def find_tokens(ahead: Ahead) -> Iterator[Token]:
    """Where a text names facts and sources, but for code, HTML with its attributes, and what is behind a backslash."""
    text, at = ahead.text, 0
    while (at := ahead.find(_MARKS, at)) < len(text):
        end = 0
        if text[at] == "\\":
            end = at + 2
        elif text[at] == "`":
            end = ahead.ticks.same(at)
        elif _TAG.match(text, at):
            end = ahead.ends(_TAG_END, ">", at + 2)
        elif fact := _FACT.match(text, at):
            start = ahead.find(_BLANK, fact.end())
            behind = ahead.find(_NAME_END, start)
            end = ahead.ends(_BLANK, "}", behind)
            if end:
                yield Token(at, end, text[start:behind], is_fact=True)
        elif text.startswith("[^", at) and (behind := ahead.find(_CITED_END, at + 2)) > at + 2:
            end = ahead.ends(_CITED_END, "]", at + 2)
            if end:
                yield Token(at, end, text[at + 2 : behind], is_fact=False)
        at = end or at + 1


class _Citer:
    """Looks through one page and its footnotes, in the order in which they are read."""

    def __init__(self, md: Markdown, page: PageState, known: Knowledge) -> None:
        self.page, self.known = page, known
        self.notes: Any = footnote_extension(md)
        self.origins: dict[int, Origin] = {id(holder): (source, span) for holder, source, span in page.links}
        self.own_texts = [reading.source for reading in known.readings]
        self.cited: dict[str, Origin] = {}
        self.reported: set[str] = set()

    def settle(self, root: Element) -> None:
        self._visit(root, None)
        if self.notes is None:
            self._without_footnotes()
            return
        own = list(self.notes.footnotes)
        for name in own:
            origin = self.page.notes.get(self.notes.makeFootnoteId(name))
            self.notes.footnotes[name] = self._settled(self.notes.footnotes[name], origin)
        added = [name for name in self.cited if name not in own and name in self.known.source]
        for name in added:
            self._define(name)
        if added:
            # Numbers rise as one reads on; what is not cited comes last.
            texts = dict(self.notes.footnotes)
            order = [name for name in dict.fromkeys([*self.cited, *own]) if name in texts]
            self.notes.footnotes.clear()
            self.notes.footnotes.update((name, texts[name]) for name in order)
        self._unknown()

    def _visit(self, element: Element, origin: Origin) -> None:
        if element.tag in ("pre", "code", "script", "style"):
            return
        origin = self.origins.get(id(element), origin)
        if element.text and not isinstance(element.text, AtomicString):
            element.text = self._settled(element.text, origin)
        for child in element:
            self._visit(child, origin)
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = self._settled(child.tail, origin)

    def _settled(self, text: str, origin: Origin) -> str:
        """The text with its facts in place; what it cites is added to `cited`."""
        if "[^" not in text and "fact:" not in text:
            return text
        parts: list[str] = []
        done = 0
        for token in find_tokens(Ahead(text)):
            if token.is_fact:
                parts += text[done : token.start], self._fact(token.name, text[token.start : token.end], origin)
                done = token.end
            else:
                self.cited.setdefault(token.name, origin)
        return "".join([*parts, text[done:]])

    def _fact(self, name: str, words: str, origin: Origin) -> str:
        # A fact in the text of a fact would go on for ever.
        if origin is not None and origin[0] in self.own_texts:
            return words
        if name not in self.known.fact:
            self._report(
                "unknown-fact",
                f"there is no fact '{name}'",
                words,
                origin,
                self.known.unknown_fact(name),
                Severity.ERROR,
            )
            # Or an attribute list would be made of it.
            return words.replace("{", SUBSTITUTES["{"])
        for source in self.known.fact_sources(name):
            self.cited.setdefault(source, origin)
        text = self.known.fact_text(name)
        if self.notes is None:
            text = without_citations(text)
        self.page.facts.append(name)
        return f"{_OPEN}{len(self.page.facts) - 1}{_BEHIND}{substituted(text)}{_CLOSE}"

    def _define(self, name: str) -> None:
        source = self.known.source[name]
        words = [self.known.source_text(name), self.page.messages.text(f"source-{source.kind}"), source.note or ""]
        self.notes.setFootnote(name, _START + substituted(" ".join(words).strip()))
        reading = self.known.sources
        assert reading is not None
        self.page.notes[self.notes.makeFootnoteId(name)] = reading.source, reading.span(name)

    def _unknown(self) -> None:
        reading = self.known.sources
        # What could not be read may be there all the same.
        if reading is None or reading.model is None or reading.lost:
            return
        for name, origin in self.cited.items():
            if name not in self.notes.footnotes and re.fullmatch(r"[\w-]+", name):
                hint = self.known.unknown_source(name)
                self._report(
                    "unknown-source", f"there is no source '{name}'", f"[^{name}]", origin, hint, Severity.WARNING
                )

    def _without_footnotes(self) -> None:
        """Nothing would say that sources are shown as they are typed, or with a fact not at all."""
        for name, origin in self.cited.items():
            if name in self.known.source:
                self._report(
                    "no-footnotes",
                    f"source '{name}' is cited, and the site has no footnotes",
                    f"[^{name}]",
                    origin,
                    "Add 'footnotes' to 'markdown_extensions' in mkdocs.yml.",
                    Severity.WARNING,
                )
                return

    def _report(
        self, code: str, message: str, words: str, origin: Origin, hint: str, severity: Severity = Severity.WARNING
    ) -> None:
        if f"{code} {message}" in self.reported:
            return
        self.reported.add(f"{code} {message}")
        words = words.replace(SUBSTITUTES["{"], "{")
        if origin is not None:
            source, span = origin
            found = source.diagnostic(code, message, source.within(span, words), hint, severity=severity)
        else:
            span = self.page.text.find(words)
            found = Diagnostic(code, message, span, hint, severity, self.page.text.line(span.line))
        self.page.tell([found])


class FactSpans(Treeprocessor):
    """Makes an element of each fact once its Markdown is read, so that its links are those of its file."""

    def __init__(self, md: Markdown, page: PageState) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        reading = self.page.library.knowledge.facts
        if not self.page.facts or reading is None:
            return
        for parent in list(root.iter()):
            while (span := _cut_out(parent)) is not None:
                name = self.page.facts[int(span.attrib.pop("data-fact"))]
                span.set("data-fact", name)
                self.page.links.append((span, reading.source, reading.span(name, "text")))


def _cut_out(parent: Element) -> Element | None:
    """The first fact among the children of an element and the text around them, put into an element of its own there.

    Emphasis around a fact that has some itself leaves its two marks in different texts of the same parent.
    """
    texts = [parent.text or "", *(child.tail or "" for child in parent)]
    start = next((n for n, text in enumerate(texts) if _OPEN in text), None)
    if start is None:
        return None
    opened = re.search(rf"{_OPEN}(\d+){_BEHIND}", texts[start])
    end = next(
        (n for n in range(start, len(texts)) if _CLOSE in texts[n][opened.end() if opened and n == start else 0 :]),
        None,
    )
    if opened is None or end is None:
        return None
    closed = texts[end].index(_CLOSE, opened.end() if end == start else 0)
    span = Element("span", {"data-fact": opened[1]})
    span.text = texts[start][opened.end() : closed if end == start else None]
    inside = list(parent)[start:end]
    for child in inside:
        parent.remove(child)
        span.append(child)
    if inside:
        inside[-1].tail = texts[end][:closed]
    span.tail = texts[end][closed + 1 :]
    before = texts[start][: opened.start()]
    if start:
        parent[start - 1].tail = before
    else:
        parent.text = before
    parent.insert(start, span)
    return span


def without_marks(text: str) -> str:
    """The text without our marks; those of a fact are left where something has torn them apart, such as emphasis from within."""
    return re.sub(rf"{_OPEN}\d+{_BEHIND}|[{_CLOSE}{_START}]", "", text)
