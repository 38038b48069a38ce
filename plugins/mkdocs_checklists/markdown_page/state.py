"""One page while it is converted: what its directives have put there, and how texts of a checklist get into its tree."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from ..diagnostics.diagnostic import Diagnostic, Severity, Span, format_report
from ..library.folder import Library
from ..library.loaded import LoadedChecklist
from ..model.addresses import link_problem
from ..model.phrases import phrase_runs
from ..page.article import Renderer, report_element
from ..page.directives import Part
from ..page.page_text import PageText
from ..page.site import Site
from ..page.writer import literal, text_language
from ..reading.tree import Source
from ..words.messages import Messages
from .text import FENCE, SUBSTITUTES, footnotes, restored, substituted, verbatim, without_options

Report = Callable[[list[Diagnostic]], None]

_LOG = logging.getLogger(__name__)
_GLOSSARY = re.compile(
    r"\ufeff?---[ \t]*\n(?:(?!---|\.\.\.)[^\n]*\n)*?"
    r"(?P<line>(?P<quote>['\"]?)glossary(?P=quote)[ \t]*+:[ \t]*+(?P<value>[^\n#]*+))(?:#[^\n]*+)?\n"
)
_OFF, _ON = {"false", "no", "off"}, {"true", "yes", "on", ""}


class ChecklistError(Exception):
    """A page or checklist has mistakes; the text is the report."""


@dataclass
class PageContext:
    """The page at hand. `uri` is its path from the top of the docs folder, `source` its whole text, each if known."""

    uri: str | None = None
    source: str | None = None
    is_without_terms: bool = False
    """Whether its front matter says `glossary: false`."""
    odd_flag: str = ""
    """What it says of the glossary, if that is neither true nor false."""


@dataclass
class PageState:
    """The state of one page while it is converted."""

    md: Markdown
    library: Library
    messages: Messages
    site: Site | None
    report: Report | None
    context: PageContext = field(default_factory=PageContext)
    text: PageText = field(default_factory=lambda: PageText("", None, []))
    shown: dict[tuple[str, str], Span] = field(default_factory=dict)
    waiting: list[tuple[Element, LoadedChecklist, Part]] = field(default_factory=list)
    parts: list[tuple[Element, LoadedChecklist]] = field(default_factory=list)
    links: list[tuple[Element, Source, Span]] = field(default_factory=list)
    notes: dict[str, tuple[Source, Span]] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)
    """The facts that have been put into texts, as often as they were."""

    def reset(self) -> None:
        self.shown, self.waiting, self.parts, self.links, self.notes, self.facts = {}, [], [], [], {}, []

    def start(self, lines: list[str]) -> None:
        self.reset()
        self.context = page_context(self.md)
        uri = self.context.uri or "page"
        self.text = PageText(self.site.display_name(uri) if self.site else uri, self.context.source, lines)

    def problem(self, diagnostics: list[Diagnostic]) -> Element:
        if self.report is None:
            raise ChecklistError(format_report(diagnostics))
        self.report(diagnostics)
        return atomic(report_element(format_report(diagnostics), self.messages))

    def tell(self, diagnostics: list[Diagnostic]) -> None:
        """Report what leaves the page as it is. Alone, an error ends the conversion and a warning goes into the log."""
        if self.report is not None:
            self.report(diagnostics)
            return
        errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
        if errors:
            raise ChecklistError(format_report(errors))
        for warning in diagnostics:
            _LOG.warning(warning.format())

    def renderer(self, loaded: LoadedChecklist) -> Renderer:
        return Renderer(loaded, self.messages, self.writer(loaded), self.site, self.context.uri)

    def writer(self, loaded: LoadedChecklist) -> Writer:
        """What writes the texts of a checklist, which may be in another language than our own words."""
        language = text_language(loaded.checklist, self.messages, self.site) if loaded.checklist else {}
        return Writer(self, loaded.reading.source, language)


def page_context(md: Markdown) -> PageContext:
    """What the engine says of the page: MkDocs and ProperDocs in a tree processor, Zensical in a preprocessor."""
    if "relpath" in md.treeprocessors:
        # Private to MkDocs, so nothing is taken for granted.
        file = getattr(md.treeprocessors["relpath"], "file", None)
        text = getattr(file, "content_string", None)
        match = _GLOSSARY.match(text or "")
        value = match["value"].rstrip(" \t").lower() if match else ""
        odd = match["line"].rstrip(" \t") if match and value not in _OFF | _ON else ""
        return PageContext(getattr(file, "src_uri", None), text, value in _OFF, odd)
    if "rendering_context" in md.preprocessors:
        page = getattr(md.preprocessors["rendering_context"], "page", None)
        meta = getattr(page, "meta", None)
        return PageContext(getattr(page, "path", None), None, isinstance(meta, dict) and meta.get("glossary") is False)
    return PageContext()


@dataclass
class Writer:
    """Writes the texts of a file into the page's tree: a `TextWriter` of `page/writer.py`."""

    page: PageState
    source: Source
    language: Mapping[str, str] = field(default_factory=dict)
    """`lang` and `dir` of the texts that only a file can have written; plain ones may be our own words."""

    def plain(self, element: Element, text: str) -> None:
        # At the end of a heading, a table cell or a block, `attr_list` takes this for attributes, handlers of events among them.
        # In an element of its own it is not at that end.
        if ends_in_braces(text) and self.page.md.is_block_level(element.tag):
            element = SubElement(element, "span")
        element.text = verbatim(text)

    def after(self, element: Element, text: str) -> None:
        element.tail = verbatim(text)

    def inline(self, element: Element, text: str, span: Span) -> None:
        element.text = substituted(text)
        element.attrib.update(self.language)
        self.page.links.append((element, self.source, span))

    def block(self, element: Element, text: str, span: Span) -> None:
        # `parseChunk` skips the preprocessors. Fenced code is stashed first, with its text as it is; raw HTML never gets to be.
        md = self.page.md
        lines = text.expandtabs(md.tab_length).split("\n")
        if "fenced_code_block" in md.preprocessors and any(FENCE.match(line) for line in lines):
            lines = md.preprocessors["fenced_code_block"].run(list(without_options(lines)))
            # The placeholder of the code is a block of its own, also without an empty line between it and the words around it.
            lines = [f"\n{line}\n" if HTML_PLACEHOLDER_RE.fullmatch(line) else line for line in lines]
        # Parsed into a box of its own, to find the links in it; only its children go into the page.
        box = Element("div")
        notes, references = footnotes(md), dict(md.references)
        md.parser.parseChunk(box, substituted("\n".join(lines).strip("\n")))
        for child in box:
            element.append(child)
            # Python-Markdown puts fenced code in the place of a paragraph that has nothing else, not even an attribute.
            if not HTML_PLACEHOLDER_RE.fullmatch((child.text or "").strip()):
                child.attrib.update(self.language)
            self.page.links.append((child, self.source, span))
        # What a text defines counts for the whole page: any other text can refer to it.
        for name, note in footnotes(md).items():
            if note != notes.get(name):
                self.page.notes[name] = self.source, span
        for label, (url, title) in list(md.references.items()):
            if (url, title) != references.get(label) and link_problem(restored(url)):
                del md.references[label]
                self.page.links.append((Element("a", href=url), self.source, span))

    def passage(self, element: Element, text: str, span: Span) -> None:
        self.block(element, text, span)
        for child in element.iter():
            # A heading among the questions would be one of the page, in its table of contents.
            if re.fullmatch("h[1-6]", str(child.tag)):
                child.tag = "p"

    def phrase(self, element: Element, text: str) -> None:
        runs = phrase_runs(text)
        element.attrib.update(self.language)
        if not any(run.tag for run in runs):
            self.plain(element, text)
            return
        for run in runs:
            # Behind an element, `attr_list` would take a brace for its attributes.
            words = AtomicString(literal(run.text).replace("{", SUBSTITUTES["{"]))
            if run.tag:
                SubElement(element, run.tag).text = words
            elif len(element):
                element[-1].tail = words
            else:
                element.text = words

    def link(self, element: Element, span: Span) -> None:
        self.page.links.append((element, self.source, span))


def ends_in_braces(text: str) -> bool:
    """Whether a text ends in braces that are set apart from what is before them, in the same line."""
    text = text.rstrip()
    line = text[text.rfind("\n") + 1 :]
    starts_there = line.startswith("{") and len(line) < len(text)
    return line.endswith("}") and (starts_there or " {" in line)


def atomic(element: Element) -> Element:
    for child in element.iter():
        if child.text:
            child.text = verbatim(child.text)
    return element
