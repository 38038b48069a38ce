"""The links that an author has put into a page, read from its rendered text, each with the heading or question above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What ends a heading's reach: prose behind a question does not belong to the question.
_SCOPES = frozenset({"article", "aside", "details", "fieldset", "li", "nav", "scored-checklist", "section"})
_MADE = frozenset({"checklist-index", "template"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """Where on a page a link is: the heading or question above it. The top of the page has no anchor."""

    anchor: str
    words: str


def read_links(content: str) -> Iterator[tuple[str, LinkPlace]]:
    """The links in a page's text, each with its place. What is not the author's word is left out: lists that were made, such
    as a table of contents, and ways back from footnotes. A link in a footnote stands where the note is referred to."""
    reader = _LinkReader()
    reader.feed(content)
    reader.close()
    return ((href, LinkPlace(place.anchor, " ".join("".join(place.words).split()))) for href, place in reader.links)


@dataclass(slots=True, eq=False)
class _Heading:
    anchor: str = ""
    words: list[str] = field(default_factory=list)


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, _Heading]] = []
        self._place = _Heading()
        self._scopes: list[tuple[str, _Heading]] = []
        self._notes: dict[str, _Heading] = {}
        self._open = self._anchor = ""
        """The heading that is being read, and its id."""
        self._is_sign = False
        self._left_out = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left_out:
            self._depth += tag == self._left_out
            return
        if tag in _VOID:
            return
        attributes = dict(attrs)
        if _is_made(tag, attributes):
            self._left_out, self._depth = tag, 1
        elif tag in _HEADINGS:
            anchor = attributes.get("id")
            if anchor:
                # The title of a page stands for all of it.
                self._place = _Heading("" if tag == "h1" else anchor)
                self._open, self._anchor = tag, anchor
        elif tag in _SCOPES:
            self._scopes.append((tag, self._place))
            self._place = self._notes.get(attributes.get("id") or "", self._place)
        elif tag == "a":
            self._link(attributes)

    def _link(self, attributes: Mapping[str, str | None]) -> None:
        href, classes = attributes.get("href"), (attributes.get("class") or "").split()
        if href is None or "footnote-backref" in classes:
            return
        if "footnote-ref" in classes:
            self._notes.setdefault(href.removeprefix("#"), self._place)
        elif self._open and href == f"#{self._anchor}":
            # The sign behind a heading that links to the heading itself.
            self._is_sign = True
        else:
            self.links.append((href, self._place))

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._depth -= tag == self._left_out
            if not self._depth:
                self._left_out = ""
        elif tag == self._open:
            self._open = ""
        elif tag == "a":
            self._is_sign = False
        elif tag in _SCOPES and any(tag == open_tag for open_tag, _ in self._scopes):
            while self._scopes:
                open_tag, self._place = self._scopes.pop()
                if open_tag == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self._open and not self._is_sign and not self._left_out:
            self._place.words.append(data)


def _is_made(tag: str, attributes: Mapping[str, str | None]) -> bool:
    return (
        "hidden" in attributes
        or "popover" in attributes
        or "data-way" in attributes
        or tag in _MADE
        or "toc" in (attributes.get("class") or "").split()
    )
