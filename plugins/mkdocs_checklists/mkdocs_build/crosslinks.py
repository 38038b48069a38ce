"""Cross-links in MkDocs: what it knows of its pages, as data for `crosslinks`, and the way back into the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

from ..crosslinks.connections import RELATED, LinkedPage, connect, matches
from ..crosslinks.related import PLACEHOLDER, RelatedWriter
from ..diagnostics.diagnostic import Diagnostic, Severity, Span, did_you_mean
from ..page.page_text import PageText
from ..page.site import Site
from ..words.messages import Messages

_EMPTY = re.compile("<div [^>]*+(?P<end>(?:></div>)?)")
_NO_OPTION = "the option 'guides' is not set, so that nothing is known of related pages"


@dataclass(frozen=True)
class CrossLinks:
    """The cross-links of one build. `order` holds the uris of the pages in the navigation, `config` is the file of the option."""

    patterns: Sequence[str]
    site: Site
    messages: Messages
    order: Sequence[str]
    site_url: str
    config: str

    def mount(self, files: Files) -> list[Diagnostic]:
        """Put the blocks into the rendered pages, and say what is wrong with what pages name and lead to."""
        rendered = [file.page for file in files.documentation_pages(inclusion=InclusionLevel.is_included) if file.page]
        places = {uri: n for n, uri in enumerate(self.order)}
        rendered.sort(key=lambda page: (places.get(page.file.src_uri, len(places)), page.file.src_uri))
        pages = {page.file.src_uri: page for page in rendered if page.content is not None}
        problems = list(self._patterns(pages))
        linked = [self._linked(page) for page in pages.values() if self._is_guide(page) or _shows(page)]
        web = connect(linked if self.patterns else [], pages, self.site_url)
        for one in linked:
            if one.shows:
                page = pages[one.uri]
                connections = web.connections.get(one.uri)
                block = self._writer(pages, one.uri).html(connections) if connections else ""
                page.content = with_block(page.content or "", block)
        if not self.patterns:
            problems += [self._unset(one) for one in linked]
        return problems + web.problems

    def _is_guide(self, page: Page) -> bool:
        return any(matches(pattern, page.file.src_uri) for pattern in self.patterns)

    def _patterns(self, pages: dict[str, Page]) -> Iterator[Diagnostic]:
        for pattern in self.patterns:
            if not any(matches(pattern, uri) for uri in pages):
                hint = (
                    did_you_mean(pattern, pages) or "It is a path from the top of the docs folder, as in 'guides/*.md'."
                )
                message = f"no page fits '{pattern}', which the option 'guides' names"
                yield Diagnostic("no-guides", message, Span(self.config), hint, Severity.WARNING)

    def _linked(self, page: Page) -> LinkedPage:
        uri, content = page.file.src_uri, page.content or ""
        return LinkedPage(
            uri,
            self.site.display_name(uri),
            page.url,
            content,
            page.file.content_string,
            page.meta.get(RELATED),
            is_guide=self._is_guide(page),
            shows=_shows(page),
        )

    def _writer(self, pages: dict[str, Page], uri: str) -> RelatedWriter:
        def description(other: str) -> str:
            found = pages[other].meta.get("description") if other in pages else None
            return " ".join(found.split()) if isinstance(found, str) else ""

        def url(other: str, anchor: str) -> str:
            return self.site.url(other, anchor, uri) or ""

        return RelatedWriter(self.messages, url, lambda other: self.site.title(other) or other, description)

    def _unset(self, page: LinkedPage) -> Diagnostic:
        text = PageText(page.name, page.source, [])
        span = text.take("::: related-pages")
        hint = f"Write it under 'checklists:' in {self.config}, such as guides: [guides/*.md]."
        return Diagnostic("no-guides", _NO_OPTION, span, hint, Severity.WARNING, text.line(span.line))


def _shows(page: Page) -> bool:
    return _placeholder(page.content or "") is not None


def with_block(content: str, block: str) -> str:
    """The text of a page with the block where the page asks for it."""
    place = _placeholder(content)
    return content[: place.start()] + block + content[place.end() :] if place else content


def _placeholder(content: str) -> re.Match[str] | None:
    return next((empty for empty in _EMPTY.finditer(content) if empty["end"] and PLACEHOLDER in empty[0]), None)
