"""The links in texts of a checklist, looked at without a page, so that `checklists check` refuses what a build would refuse."""

from __future__ import annotations

from functools import cached_property
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from ..diagnostics.diagnostic import Diagnostic
from ..library.folder import Library
from ..library.loaded import LoadedChecklist
from ..model.texts import markdown_texts
from ..words.messages import load_messages
from .links import LinkResolver
from .state import PageState, Writer


class TextCheck:
    """Reads texts as a page with footnotes does. Pages of a site may be read with more extensions; these make the links."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: list[Diagnostic] = []

    @cached_property
    def _page(self) -> PageState:
        # Most files have no links in their texts, and then none of this is needed.
        md = Markdown(extensions=["footnotes"])
        return PageState(md, self._library, load_messages(), None, self._found.extend)

    def problems(self, loaded: LoadedChecklist) -> list[Diagnostic]:
        """What is wrong with the addresses in its texts, also where the file has errors elsewhere.

        Whether the pages of the site are there comes to light in a build.
        """
        reading = loaded.reading
        # Without one of these there is no link, and parsing takes its time.
        texts = (
            [text for text in markdown_texts(reading.model) if "[" in text.text or "<" in text.text]
            if reading.model
            else []
        )
        if not texts:
            return []
        page, md = self._page, self._page.md
        md.reset()
        page.reset()
        self._found.clear()
        root, writer = Element("div"), Writer(page, reading.source)
        for path, text, is_block in texts:
            write = writer.block if is_block else writer.inline
            write(SubElement(root, "div" if is_block else "p"), text, reading.span(*path))
        for processor in md.treeprocessors:
            processor.run(root)
        LinkResolver(md, page).run(root)
        return list(self._found)
