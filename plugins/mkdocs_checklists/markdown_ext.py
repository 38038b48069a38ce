"""The page directives: `::: checklist ID` and `::: score ID`, each on a line of its own, become elements of the page's tree.

Engine-neutral: MkDocs, ProperDocs and Zensical run the same extension. What an engine knows comes in as `site`, `page` and
`report`; without them the extension stands alone and raises `ChecklistError` on the first page with a mistake.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from .diagnostics import Diagnostic, Span, did_you_mean, format_report, name_some, nearest
from .directives import Directive, DirectiveError, PageText, find_directive, parse_directive
from .library import Library
from .links import Site, is_external, is_safe, relative_link, root_target, urlsplit_or_none
from .loaded import LoadedChecklist
from .messages import Messages, load_messages
from .render import Part, Renderer, report_element

Report = Callable[[list[Diagnostic]], None]

# In Markdown of a checklist these stand for themselves: no raw HTML, no attribute lists, no directives. They travel through the
# page's pipeline as characters that no text can hold (`source` refuses them), which every extension leaves in one piece.
_SUBSTITUTES = {"<": "\ufdd0", "{": "\ufdd1", ":::": "\ufdd2", "[": "\ufdd3"}
# An address in angle brackets is Markdown, not HTML.
_NO_AUTOLINK = re.compile(r"<(?!https?://[^<>\s]+>|[\w.+-]+@[\w-]+(?:\.[\w-]+)+>)")
_LINK_TAGS = {"a": ("scored-a", "href"), "img": ("scored-img", "src")}
_FENCE = re.compile(r"^\s*(?P<mark>`{3,}|~{3,})[ \t]*(?P<rest>.*)$")
_FENCE_OPTIONS = re.compile(r"\{[ \t]*\.?(?P<language>[\w#+-]*).*$")


class ChecklistError(Exception):
    """A page or checklist has mistakes; the text is the report."""


@dataclass
class PageContext:
    """The page at hand. `uri` is its path from the top of the docs folder, `source` its whole text, each if known."""

    uri: str | None = None
    source: str | None = None


class ChecklistExtension(Extension):
    """Python-Markdown extension `mkdocs_checklists`.

    Options: `path`, the folder of checklist files (from the current folder); `language`, of the words on the page. A site
    generator's adapter passes ready-made objects instead: `library`, `messages`, `site` (a `links.Site`), `report` (called
    with the mistakes of each page, which then shows a report in place of the checklist).
    """

    def __init__(
        self,
        *,
        library: Library | None = None,
        messages: Messages | None = None,
        site: Site | None = None,
        report: Report | None = None,
        **options: Any,
    ) -> None:
        self.config = {
            "path": ["checklists", "Folder of the checklist files"],
            "language": ["en", "Language of the words on the page"],
        }
        # Not in `config`: Python-Markdown would make truth values of these.
        self.library, self.messages, self.site, self.report = library, messages, site, report
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        library = self.library
        if library is None:
            library = Library(Path(self.getConfig("path")))
            library.refresh()
        messages = self.messages or load_messages(self.getConfig("language"))
        page = _Page(md, library, messages, self.site, self.report)
        md.registerExtension(self)
        self.page = page
        # Before every other preprocessor: lines as the author typed them.
        md.preprocessors.register(_PageStart(md, page), "checklist_page", 1000)
        # After `code` (80), so an indented directive stays a sample; before mkdocstrings (75), which claims every `:::` line.
        md.parser.blockprocessors.register(_DirectiveProcessor(md.parser, page), "checklist", 77)
        # Before `inline` (20): the panels that had to wait for the whole page hold Markdown.
        md.treeprocessors.register(_Panels(md, page), "checklist_panels", 30)
        # After `inline` (20), which makes the links; before `toc` (5) and MkDocs' own link check (0).
        md.treeprocessors.register(_Links(md, page), "checklist_links", 6)
        # Before `toc` (5), which would put its list in place of a text that happens to be its marker.
        md.treeprocessors.register(_Markers(md), "checklist_markers", 5.5)
        # After `toc` (5), which would give each question an entry and a permalink; after MkDocs' link check (0).
        md.treeprocessors.register(_Finish(md), "checklist_finish", -1)
        # After everything that could read the substitutes' text as code of its own.
        md.postprocessors.register(_Restore(md), "checklist_restore", 0)

    def reset(self) -> None:
        self.page.reset()


@dataclass
class _Page:
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
    links: list[tuple[Element, LoadedChecklist, Span]] = field(default_factory=list)
    notes: dict[str, tuple[LoadedChecklist, Span]] = field(default_factory=dict)

    def reset(self) -> None:
        self.shown, self.waiting, self.parts, self.links, self.notes = {}, [], [], [], {}

    def start(self, lines: list[str]) -> None:
        self.reset()
        self.context = _page_context(self.md)
        uri = self.context.uri or "page"
        self.text = PageText(self.site.display_name(uri) if self.site else uri, self.context.source, lines)

    def problem(self, diagnostics: list[Diagnostic]) -> Element:
        if self.report is None:
            raise ChecklistError(format_report(diagnostics))
        self.report(diagnostics)
        return _atomic(report_element(format_report(diagnostics), self.messages))

    def renderer(self, loaded: LoadedChecklist) -> Renderer:
        return Renderer(loaded, self.messages, _Writer(self, loaded), self.site, self.context.uri)


def _page_context(md: Markdown) -> PageContext:
    """What the engine says of the page: MkDocs and ProperDocs in a tree processor, Zensical in a preprocessor."""
    if "relpath" in md.treeprocessors:
        # Private to MkDocs, so nothing is taken for granted.
        file = getattr(md.treeprocessors["relpath"], "file", None)
        return PageContext(getattr(file, "src_uri", None), getattr(file, "content_string", None))
    if "rendering_context" in md.preprocessors:
        page = getattr(md.preprocessors["rendering_context"], "page", None)
        return PageContext(getattr(page, "path", None), None)
    return PageContext()


class _PageStart(Preprocessor):
    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        self.page.start(lines)
        return lines


class _DirectiveProcessor(BlockProcessor):
    def __init__(self, parser: BlockParser, page: _Page) -> None:
        super().__init__(parser)
        self.page = page

    def test(self, parent: Element, block: str) -> bool:
        return find_directive(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        block = blocks.pop(0)
        match = find_directive(block)
        assert match is not None
        span = self.page.text.take(match[0])
        try:
            elements = self._elements(parse_directive(match, span))
        except DirectiveError as error:
            elements = [self.page.problem([self._diagnostic(*error.args)])]
        if before := block[: match.start()].strip("\n"):
            self.parser.parseBlocks(parent, [before])
        parent.extend(elements)
        if after := block[match.end() :].strip("\n"):
            blocks.insert(0, after)
        return True

    def _elements(self, directive: Directive) -> list[Element]:
        page, span = self.page, directive.span
        loaded = page.library.get(directive.checklist)
        if loaded is None:
            known = page.library.ids
            new = page.library.renamed(directive.checklist)
            hint = f"It is called '{new}' now." if new else did_you_mean(directive.checklist, known)
            hint = (
                hint
                or f"Checklists in {page.library.display_name(page.library.directory)}: {name_some(known) or 'none'}."
            )
            return [
                page.problem(
                    [
                        self._diagnostic(
                            "unknown-checklist", f"there is no checklist '{directive.checklist}'", span, hint
                        )
                    ]
                )
            ]
        if loaded.checklist is None:
            return [page.problem(loaded.diagnostics.errors)]
        part = directive.part
        ids = [section.id for section in loaded.checklist.sections]
        if part.section is not None and part.section not in ids:
            hint = f"Sections: {name_some(ids)}. {did_you_mean(part.section, ids)}".strip()
            message = f"checklist '{loaded.id}' has no section '{part.section}'"
            return [page.problem([self._diagnostic("unknown-section", message, span, hint)])]
        renderer = page.renderer(loaded)
        # A section without items is known by its heading.
        names = [
            name
            for _, section in renderer.sections(part)
            for name in ([item.id for item in section.items] or [f"section {section.id}"])
        ]
        if part.shows_result:
            names.append("score")
        twice = [name for name in names if (loaded.id, name) in page.shown]
        if twice:
            first = page.shown[loaded.id, twice[0]]
            kind, _, name = twice[0].rpartition(" ")
            what = "the result" if name == "score" else f"{kind or 'item'} '{name}'"
            message = f"{what} of checklist '{loaded.id}' is on this page twice"
            hint = f"It stands first in line {first.line}. Show each part of a checklist once on a page."
            return [page.problem([self._diagnostic("twice-on-page", message, span, hint)])]
        page.shown.update({(loaded.id, name): span for name in names})
        page.shown.update({(loaded.id, f"section {section.id}"): span for _, section in renderer.sections(part)})
        if part.show == "score":
            element, form = renderer.element()
            page.waiting.append((form, loaded, part))
            return [element]
        elements = renderer.render(part)
        page.parts.append((elements[-1][0], loaded))
        return elements

    def _diagnostic(self, code: str, message: str, span: Span, hint: str = "") -> Diagnostic:
        return Diagnostic(code, message, span, hint, excerpt=self.page.text.line(span.line))


class _Panels(Treeprocessor):
    """Fills the panels of `::: score` once it is known which questions are on the page, and leads to a panel elsewhere."""

    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        for form, loaded, part in self.page.waiting:
            renderer = self.page.renderer(loaded)
            sections = {s.id for s in renderer.checklist.sections if (loaded.id, f"section {s.id}") in self.page.shown}
            renderer.panel(form, part.level, sections, tally=False)
        for form, loaded in self.page.parts:
            if (loaded.id, "score") not in self.page.shown:
                self.page.renderer(loaded).way_to_result(form)


class _Links(Treeprocessor):
    """Resolves and checks every link that came from a checklist file."""

    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        found: list[Diagnostic] = []
        # Footnotes stand at the end of the page, not where the text was.
        notes = [
            (item, *self.page.notes[name]) for item in root.iter("li") if (name := item.get("id")) in self.page.notes
        ]
        for holder, loaded, span in [*self.page.links, *notes]:
            for element in holder.iter():
                self._settle_attributes(element)
                if element.tag in _LINK_TAGS:
                    self._link(element, loaded, span, found)
        if found:
            if self.page.report is None:
                raise ChecklistError(format_report(found))
            self.page.report(found)

    def _settle_attributes(self, element: Element) -> None:
        # Code in a title or an address is set aside by `pymdownx.inlinehilite`, as HTML that is written in its place when all
        # attributes have been escaped: a quotation mark in it would end the attribute.
        for name, value in element.attrib.items():
            element.set(name, HTML_PLACEHOLDER_RE.sub(lambda match: _words_of(self.md, int(match[1])), value))

    def _link(self, element: Element, loaded: LoadedChecklist, span: Span, found: list[Diagnostic]) -> None:
        tag, attribute = _LINK_TAGS[str(element.tag)]
        url = _restored(element.get(attribute, "")).replace(f"{STX}amp{ETX}", "&")
        element.set(attribute, url)
        page, site = self.page.context.uri, self.page.site
        target = root_target(url, page)
        problem: tuple[str, str, str] | None = None
        if not is_safe(url):
            problem = "unsafe-link", f"'{url}' is not a link to a page", "Allowed are http, https, mailto and tel."
        elif urlsplit_or_none(url) is None:
            # MkDocs and other extensions take addresses apart without looking, and would stop the build with a traceback.
            problem = "bad-link", f"'{url}' is not an address", "Look at its host, the part after '//'."
        elif target is not None and site is not None:
            resolved = site.url(target.uri, target.fragment, page or "")
            if resolved is None:
                # Without the ending, which makes any two short names look alike.
                known = {uri.removesuffix(".md"): uri for uri in site.known()}
                near = known.get(nearest(target.uri.removesuffix(".md"), known))
                hint = f"Did you mean '/{near}'?" if near else "Write the path from the top of the docs folder."
                problem = "unknown-page", f"there is no page '/{target.uri}'", hint
            else:
                element.set(attribute, resolved)
                element.tag = tag
                place, source = self._at(loaded, span, url), loaded.reading.source
                site.linked(target, lambda code, message, hint: source.diagnostic(code, message, place, hint))
                return
        elif target is not None and page is not None and url.startswith("/"):
            element.set(attribute, relative_link(target, page))
        elif not is_external(url) and not url.startswith(("#", "/")):
            problem = (
                "relative-link",
                f"'{url}' is relative",
                "A checklist may be shown on several pages: write the path from the top of the docs folder, /page.md.",
            )
        if problem:
            code, message, hint = problem
            place = self._at(loaded, span, url)
            found.append(loaded.reading.source.diagnostic(code, message, place, hint))
            # The words stay, the link that leads nowhere goes.
            del element.attrib[attribute]
            element.tag = "span"

    def _at(self, loaded: LoadedChecklist, span: Span, url: str) -> Span:
        """The place of an address inside a longer text; the text's own place where it can't be found."""
        for line in range(span.line, max(span.line, span.end_line) + 1):
            column = loaded.reading.source.line(line).find(url)
            if url and column >= 0:
                return Span(span.file, line, column + 1, line, column + 1 + len(url))
        return span


class _Markers(Treeprocessor):
    """A question that reads `[TOC]` is a question."""

    def run(self, root: Element) -> None:
        marker = getattr(self.md.treeprocessors["toc"], "marker", None) if "toc" in self.md.treeprocessors else None
        for checklist in root.iter("scored-checklist"):
            for element in _outside_headings(checklist):
                if element.text and element.text.strip() == marker:
                    element.text = AtomicString(element.text.replace("[", _SUBSTITUTES["["]))


def _outside_headings(element: Element) -> Iterator[Element]:
    # The words of a heading also go into the table of contents, and `toc` looks for no marker there.
    for child in element:
        if not re.fullmatch("h[1-6]", str(child.tag)):
            yield child
            yield from _outside_headings(child)


class _Finish(Treeprocessor):
    """Gives elements their names that had to be hidden from the processors in between."""

    def run(self, root: Element) -> None:
        prefix = "scored-item-heading-"
        names = {hidden: tag for tag, (hidden, _) in _LINK_TAGS.items()}
        for element in root.iter():
            tag = str(element.tag)  # a comment's tag is a function
            if tag.startswith(prefix):
                element.tag = f"h{tag.removeprefix(prefix)}"
            elif tag in names:
                element.tag = names[tag]


class _Restore(Postprocessor):
    def run(self, text: str) -> str:
        return _restored(text.replace(_SUBSTITUTES["<"], "&lt;"))


def _restored(text: str) -> str:
    for character, substitute in _SUBSTITUTES.items():
        text = text.replace(substitute, character)
    return text


@dataclass
class _Writer:
    """Writes a checklist's texts into the page's tree: `render.TextWriter`."""

    page: _Page
    loaded: LoadedChecklist

    def plain(self, element: Element, text: str) -> None:
        element.text = _verbatim(text)

    def after(self, element: Element, text: str) -> None:
        element.tail = _verbatim(text)

    def inline(self, element: Element, text: str, span: Span) -> None:
        element.text = _substituted(text)
        self.page.links.append((element, self.loaded, span))

    def block(self, element: Element, text: str, span: Span) -> None:
        # `parseChunk` skips the preprocessors. Fenced code is stashed first, with its text as it is; raw HTML never gets to be.
        md = self.page.md
        lines = text.expandtabs(md.tab_length).split("\n")
        if "fenced_code_block" in md.preprocessors and any(_FENCE.match(line) for line in lines):
            lines = md.preprocessors["fenced_code_block"].run(list(_without_options(lines)))
            # What stands for the code is a block of its own, also where no empty line parts it from the words around it.
            lines = [f"\n{line}\n" if HTML_PLACEHOLDER_RE.fullmatch(line) else line for line in lines]
        # A box of its own takes note of the links; it is dissolved at once so that no wrapper is left in the page.
        box = Element("div")
        notes, references = _footnotes(md), dict(md.references)
        md.parser.parseChunk(box, _substituted("\n".join(lines).strip("\n")))
        for child in box:
            element.append(child)
            self.page.links.append((child, self.loaded, span))
        # What a text defines counts for the whole page, whoever refers to it.
        for name, note in _footnotes(md).items():
            if note != notes.get(name):
                self.page.notes[name] = self.loaded, span
        for label, (url, title) in list(md.references.items()):
            if (url, title) != references.get(label) and not is_safe(_restored(url)):
                del md.references[label]
                self.page.links.append((Element("a", href=url), self.loaded, span))

    def link(self, element: Element, span: Span) -> None:
        self.page.links.append((element, self.loaded, span))


def _words_of(md: Markdown, number: int) -> str:
    """The text of what is set aside as HTML."""
    stashed = md.htmlStash.rawHtmlBlocks[number] if number < len(md.htmlStash.rawHtmlBlocks) else ""
    if isinstance(stashed, Element):
        return "".join(stashed.itertext())
    return html.unescape(re.sub("<[^>]*>", "", stashed))


def _footnotes(md: Markdown) -> dict[str, str]:
    """The footnotes so far, by their ids in the page, if the site has footnotes."""
    if "footnote" not in md.parser.blockprocessors:
        return {}
    # pymdown-extensions and others bring processors of the same name: nothing is taken for granted.
    extension = getattr(md.parser.blockprocessors["footnote"], "footnotes", None)
    found = getattr(extension, "footnotes", None) or {}
    return {extension.makeFootnoteId(name): text for name, text in found.items()} if extension else {}


def _verbatim(text: str) -> AtomicString:
    # The serialiser takes `&lt;` for a character reference; here it is what the author wants to be read.
    return AtomicString(text.replace("&", "&amp;"))


def _substituted(text: str) -> str:
    text = _NO_AUTOLINK.sub(_SUBSTITUTES["<"], text)
    for character in ("{", ":::"):
        text = text.replace(character, _SUBSTITUTES[character])
    return text


def _without_options(lines: list[str]) -> Iterator[str]:
    """The lines; of a fence's options (``` {.python onclick=…}) only the language stays."""
    mark = ""
    for line in lines:
        fence = _FENCE.match(line)
        if fence is None:
            yield line
        elif mark:
            yield line
            if fence["mark"].startswith(mark) and not fence["rest"].strip():
                mark = ""
        else:
            mark = fence["mark"]
            yield _FENCE_OPTIONS.sub(r"\g<language>", line)


def _atomic(element: Element) -> Element:
    for child in element.iter():
        if child.text:
            child.text = _verbatim(child.text)
    return element


def makeExtension(**options: Any) -> ChecklistExtension:
    """The entry point of Python-Markdown for `- mkdocs_checklists.markdown_ext`."""
    return ChecklistExtension(**options)
