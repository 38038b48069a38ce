"""The page directives (`::: checklist ID` and others), each on a line of its own, become elements of the page's tree.

Engine-neutral: MkDocs, ProperDocs and Zensical run the same extension. What an engine knows comes in as `site`, `page` and
`report`; without them the extension works alone and raises `ChecklistError` on the first page with a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from markdown.util import AtomicString

from .diagnostics.diagnostic import Diagnostic, Span
from .library.folder import Library
from .markdown_page.blocks import build
from .markdown_page.citations import Citations, FactSpans, without_marks
from .markdown_page.links import LINK_TAGS, LinkResolver
from .markdown_page.state import PageState, Report
from .markdown_page.terms import Terms
from .markdown_page.text import SUBSTITUTES, restored
from .page.article import ITEM_HEADING
from .page.calculator import FRONT
from .page.directives import DirectiveError, find_directive, parse_directive
from .page.site import Site
from .words.messages import Messages, load_messages


class ChecklistExtension(Extension):
    """Python-Markdown extension `mkdocs_checklists`.

    Options: `path`, the folder of checklist files (from the current folder); `language`, of the words on the page. A site
    generator's adapter passes ready-made objects instead: `library`, `messages`, `site` (a `page.site.Site`), `report` (called
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
        page = PageState(md, library, messages, self.site, self.report)
        md.registerExtension(self)
        self.page = page
        # Before every other preprocessor: lines as the author typed them.
        md.preprocessors.register(_PageStart(md, page), "checklist_page", 1000)
        # After `code` (80), so an indented directive stays a sample; before mkdocstrings (75), which claims every `:::` line.
        md.parser.blockprocessors.register(_DirectiveProcessor(md.parser, page), "checklist", 77)
        # Before `inline` (20) and `footnote` (50): the panels that had to wait for the whole page hold Markdown, with notes.
        md.treeprocessors.register(_Panels(md, page), "checklist_panels", 60)
        # Before `footnote` (50), which makes the notes of what is defined by then.
        md.treeprocessors.register(Citations(md, page), "checklist_citations", 55)
        # After `inline` (20), before all that looks at its links.
        md.treeprocessors.register(FactSpans(md, page), "checklist_facts", 19.5)
        # After `inline` (20) and `attr_list` (8); before `abbr` (7) and the links (6), since a definition may have both.
        md.treeprocessors.register(Terms(md, page), "checklist_terms", 7.5)
        # After `inline` (20), which makes the links; before `toc` (5) and MkDocs' own link check (0).
        md.treeprocessors.register(LinkResolver(md, page), "checklist_links", 6)
        # Before `toc` (5), which would put its list in place of a text that happens to be its marker.
        md.treeprocessors.register(_Markers(md), "checklist_markers", 5.5)
        # After `toc` (5), which would give each question an entry and a permalink; after MkDocs' link check (0).
        md.treeprocessors.register(_Finish(md), "checklist_finish", -1)
        # After everything that could read the substitutes' text as code of its own.
        md.postprocessors.register(_Restore(md), "checklist_restore", 0)

    def reset(self) -> None:
        self.page.reset()


class _PageStart(Preprocessor):
    def __init__(self, md: Markdown, page: PageState) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        self.page.start(lines)
        return lines


class _DirectiveProcessor(BlockProcessor):
    """Puts elements in the place of a directive line; the lines around it in its block stay."""

    def __init__(self, parser: BlockParser, page: PageState) -> None:
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
            elements = build(self.page, parse_directive(match, span))
        except DirectiveError as error:
            elements = [self.page.problem([self._diagnostic(*error.args)])]
        if before := block[: match.start()].strip("\n"):
            self.parser.parseBlocks(parent, [before])
        parent.extend(elements)
        if after := block[match.end() :].strip("\n"):
            blocks.insert(0, after)
        return True

    def _diagnostic(self, code: str, message: str, span: Span, hint: str = "") -> Diagnostic:
        return Diagnostic(code, message, span, hint, excerpt=self.page.text.line(span.line))


class _Panels(Treeprocessor):
    """Fills the panels of `::: score` once it is known which questions are on the page, and leads to a panel elsewhere."""

    def __init__(self, md: Markdown, page: PageState) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        for form, loaded, part in self.page.waiting:
            renderer = self.page.renderer(loaded)
            on_page = {s.id for s in renderer.checklist.sections if (loaded.id, f"section {s.id}") in self.page.shown}
            if any((loaded.id, f"input {entry.id}") in self.page.shown for entry in renderer.checklist.inputs):
                on_page.add(FRONT)
            renderer.result.panel(form, part.level, on_page, tally=False)
        for form, loaded in self.page.parts:
            if (loaded.id, "score") not in self.page.shown:
                self.page.renderer(loaded).result.way_to_result(form)


class _Markers(Treeprocessor):
    """A question that reads `[TOC]` is a question."""

    def run(self, root: Element) -> None:
        marker = getattr(self.md.treeprocessors["toc"], "marker", None) if "toc" in self.md.treeprocessors else None
        for checklist in root.iter("scored-checklist"):
            for element in _outside_headings(checklist):
                if element.text and element.text.strip() == marker:
                    element.text = AtomicString(element.text.replace("[", SUBSTITUTES["["]))


def _outside_headings(element: Element) -> Iterator[Element]:
    # The words of a heading also go into the table of contents, and `toc` looks for no marker there.
    for child in element:
        if not re.fullmatch("h[1-6]", str(child.tag)):
            yield child
            yield from _outside_headings(child)


class _Finish(Treeprocessor):
    """Gives elements their names that had to be hidden from the processors in between."""

    def run(self, root: Element) -> None:
        prefix = ITEM_HEADING.format("")
        names = {hidden: tag for tag, (hidden, _) in LINK_TAGS.items()}
        for element in root.iter():
            tag = str(element.tag)  # a comment's tag is a function
            if tag.startswith(prefix):
                element.tag = f"h{tag.removeprefix(prefix)}"
            elif tag in names:
                element.tag = names[tag]


class _Restore(Postprocessor):
    def run(self, text: str) -> str:
        return restored(without_marks(text).replace(SUBSTITUTES["<"], "&lt;"))


def makeExtension(**options: Any) -> ChecklistExtension:
    """The entry point of Python-Markdown for `- mkdocs_checklists.markdown_ext`."""
    return ChecklistExtension(**options)
