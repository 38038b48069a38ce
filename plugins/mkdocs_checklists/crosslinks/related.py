"""What `::: related-pages` becomes: the pages that a page is related to, and the guides that mention it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from ..words.messages import Messages
from .connections import Connections, Mention
from .page_links import LinkPlace

PLACEHOLDER = "data-related-pages"
"""The attribute of the element that is in a page until all pages are rendered."""

RELATED_CLASS = "checklist-related"

_PLACES_AT_ONCE = 3


@dataclass(frozen=True)
class RelatedWriter:
    """Writes the block of one page. `url` makes an address of a uri and an anchor, `title` and `description` know a uri."""

    messages: Messages
    url: Callable[[str, str], str]
    title: Callable[[str], str]
    description: Callable[[str], str]

    def html(self, connections: Connections) -> str:
        """The block; empty where there is nothing to show."""
        if not connections.related and not connections.mentioned:
            return ""
        # No ids: whatever they were, they could be those of the page's own headings.
        nav = Element("nav", {"class": RELATED_CLASS, "aria-label": self.messages.text("related-pages")})
        # The words of other pages are found there.
        nav.set("data-search-exclude", "")
        self._part(nav, "related", "mentions-under", connections.related)
        self._part(nav, "mentioned", "mentioned-under", connections.mentioned)
        return tostring(nav, encoding="unicode", method="html")

    def _part(self, nav: Element, name: str, words: str, mentions: Sequence[Mention]) -> None:
        if not mentions:
            return
        SubElement(nav, "h2").text = self.messages.text(name)
        # Some screen readers do not announce a list without bullets as one, unless it has the role.
        ul = SubElement(nav, "ul", {"role": "list"})
        for mention in mentions:
            li = SubElement(ul, "li")
            link = SubElement(SubElement(li, "p", {"data-title": ""}), "a", {"href": self.url(mention.uri, "")})
            link.text = self.title(mention.uri)
            # Only for related pages: for a mention, the heading it is under tells more.
            description = self.description(mention.uri) if name == "related" else ""
            if description:
                SubElement(li, "p").text = description
            if mention.places:
                self._places(li, words, mention)

    def _places(self, li: Element, name: str, mention: Mention) -> None:
        box = SubElement(li, "div", {"data-places": ""})
        words = SubElement(box, "span")
        words.text, words.tail = self.messages.text(name), " "
        self._list(box, mention.uri, mention.places[:_PLACES_AT_ONCE])
        if more := mention.places[_PLACES_AT_ONCE:]:
            details = SubElement(box, "details")
            SubElement(details, "summary").text = self.messages.text("mentions-more", count=len(more))
            self._list(details, mention.uri, more)

    def _list(self, parent: Element, uri: str, places: Sequence[LinkPlace]) -> None:
        ul = SubElement(parent, "ul", {"role": "list"})
        for place in places:
            SubElement(SubElement(ul, "li"), "a", {"href": self.url(uri, place.anchor)}).text = place.words
