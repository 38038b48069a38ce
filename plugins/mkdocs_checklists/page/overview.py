"""The overview of checklists: what each decides, what it takes, where it starts. The script adds how far the reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement

from ..library.loaded import LoadedChecklist
from ..words.messages import Messages
from .calculator import FRONT
from .overview_files import index_key, version_of
from .site import ARTICLE, Site
from .writer import PartWriter, TextWriter, own_language

INDEX = "checklist-index"
"""The custom element around the list."""

PageAnchor = tuple[str, str]
"""A page and an anchor in it."""


class IndexWriter(PartWriter):
    """Writes the entry of one checklist."""

    def start(self) -> PageAnchor | None:
        """Where its first question or number stands; `None` where no page shows any."""
        if uri := self._locate(ARTICLE):
            return uri, self.loaded.id
        for section, anchor in self._anchors():
            if uri := self._locate(section):
                return uri, self.anchor(anchor)
        return None

    def _anchors(self) -> Iterable[PageAnchor]:
        """Each section with something to answer, and a place in it that is there however it is shown."""
        first = {entry.section or FRONT: entry.id for entry in reversed(self.checklist.inputs)}
        if FRONT in first:
            yield FRONT, first[FRONT]
        for section in self.checklist.sections:
            if section.items:
                yield section.id, section.id
            elif section.id in first:
                yield section.id, first[section.id]

    def _locate(self, section: str) -> str | None:
        return self.site.locate(self.loaded.id, section) if self.site else None

    def _is_on_one_page(self, uri: str) -> bool:
        """Whether all its questions and the result are there, so that the script can lead to any of them."""
        return {self._locate(section) for section in ("score", *(section for section, _ in self._anchors()))} == {uri}

    def entry(self, parent: Element, start: PageAnchor | None, *, is_short: bool) -> None:
        """One entry of the list; without a start, as in engines that don't report their pages, it has no links. A short one has
        the title and how far the reader is."""
        attributes = {"data-entry": self.loaded.id, "data-version": version_of(index_key(self.loaded))}
        if self.checklist.was:
            attributes["data-was"] = " ".join(self.checklist.was)
        if start and self._is_on_one_page(start[0]):
            attributes["data-whole"] = ""
        li = SubElement(parent, "li", attributes)
        title = SubElement(li, "p", {"data-title": ""})
        self.write.plain(self._link(title, start), self.checklist.title)
        if self.checklist.decides and not is_short:
            decides = SubElement(li, "p", {"data-decides": ""})
            words = SubElement(decides, "span")
            self.write.plain(words, self.messages.text("decides"))
            self.write.after(words, f" {self.checklist.decides}")
        if self.checklist.summary and not is_short:
            self.write.inline(SubElement(li, "p"), self.checklist.summary, self.loaded.reading.span("summary"))
        if not is_short:
            self.facts(li)
        standing = SubElement(li, "p", {"data-standing": ""})
        SubElement(standing, "span", {"data-progress": ""}).tail = " "
        if start:
            way = self._link(standing, start)
            self.write.plain(SubElement(way, "span"), self.messages.text("begin"))
            # Twelve links that only say "Begin" are no help in a list of links.
            self.write.plain(
                SubElement(way, "span", {"data-of": ""}), self.messages.text("colon") + self.checklist.title
            )

    def _link(self, parent: Element, start: PageAnchor | None) -> Element:
        if start is None:
            return SubElement(parent, "span")
        link = SubElement(parent, "a", {"href": f"/{start[0]}#{start[1]}"})
        self.write.link(link, self.loaded.reading.span("title"))
        return link


def index_element(
    checklists: Iterable[LoadedChecklist],
    messages: Messages,
    writer: Callable[[LoadedChecklist], TextWriter],
    site: Site | None,
    page: str | None,
    *,
    is_short: bool = False,
) -> Element:
    """The index, in the order in which the navigation leads to them; what it does not lead to, by title.

    A short one is for readers who come back: it is hidden until the script has found what they have begun.
    """
    writers = [
        IndexWriter(loaded, messages, writer(loaded), site, page)
        for loaded in checklists
        if loaded.checklist is not None
    ]
    entries = [(one, one.start()) for one in writers]
    if site is not None:
        entries = [(one, start) for one, start in entries if start]
    places = {name: n for n, name in enumerate(site.reading_order() if site else ())}

    def rank(entry: tuple[IndexWriter, PageAnchor | None]) -> tuple[int, str]:
        one = entry[0]
        return places.get(one.loaded.id, len(places)), one.checklist.title.casefold()

    short = {"data-short-list": "", "hidden": "hidden"} if is_short else {}
    element = Element(INDEX, {**own_language(messages, site), **short})
    SubElement(element, "p", {"data-begun": "", "hidden": "hidden"})
    # Some screen readers take a list without bullets for plain text, unless it has the role.
    ul = SubElement(element, "ul", {"role": "list"})
    for one, start in sorted(entries, key=rank):
        one.entry(ul, start, is_short=is_short)
    return element
