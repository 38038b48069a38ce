"""The links of texts from checklist files in the tree of a page: resolved, checked, named only once others are done with links."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX

from ..diagnostics.diagnostic import Diagnostic, Severity, Span, format_report, nearest
from ..model.addresses import (
    foreign_picture,
    link_problem,
    placeless_problem,
    relative_link,
    root_target,
    urlsplit_or_none,
)
from ..reading.tree import Source
from .state import ChecklistError, PageState
from .text import restored, stashed_text

LINK_TAGS = {"a": ("scored-a", "href"), "img": ("scored-img", "src")}


class LinkResolver(Treeprocessor):
    """Resolves and checks every link that came from a checklist file, or from one of the files beside it."""

    def __init__(self, md: Markdown, page: PageState) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        found: list[Diagnostic] = []
        # Footnotes stand at the end of the page, not where the text was.
        notes = [
            (item, *self.page.notes[name]) for item in root.iter("li") if (name := item.get("id")) in self.page.notes
        ]
        for holder, source, span in [*self.page.links, *notes]:
            for element in holder.iter():
                self._settle_attributes(element)
                if element.tag in LINK_TAGS:
                    self._link(element, source, span, found)
        self._prose(root)
        if found:
            if self.page.report is None:
                raise ChecklistError(format_report(found))
            self.page.report(found)

    def _prose(self, root: Element) -> None:
        """The author's own links are for others to check. They take addresses apart without looking, as said below."""
        for element in root.iter():
            _, attribute = LINK_TAGS.get(str(element.tag), ("", ""))
            url = restored(element.get(attribute, "")) if attribute else ""
            problem = link_problem(url) if url and urlsplit_or_none(url) is None else None
            if problem:
                code, message, hint = problem
                del element.attrib[attribute]
                element.tag = "span"
                span = self.page.text.find(url)
                self.page.tell([Diagnostic(code, message, span, hint, excerpt=self.page.text.line(span.line))])

    def _settle_attributes(self, element: Element) -> None:
        # Code in a title or an address is set aside by `pymdownx.inlinehilite`, as HTML that is written in its place when all
        # attributes have been escaped: a quotation mark in it would end the attribute.
        for name, value in element.attrib.items():
            # `attr_list` gives a name without a value none.
            if not value:
                continue
            element.set(name, HTML_PLACEHOLDER_RE.sub(lambda match: stashed_text(self.md, int(match[1])), value))

    def _link(self, element: Element, source: Source, span: Span, found: list[Diagnostic]) -> None:
        _, attribute = LINK_TAGS[str(element.tag)]
        url = restored(element.get(attribute, "")).replace(f"{STX}amp{ETX}", "&")
        element.set(attribute, url)
        if problem := link_problem(url) or self._settle(element, url, source, span):
            code, message, hint = problem
            found.append(source.diagnostic(code, message, source.within(span, url), hint))
            # The words stay, the link that leads nowhere goes.
            del element.attrib[attribute]
            element.tag = "span"
        elif attribute == "src" and "class" not in element.attrib and (problem := foreign_picture(url)):
            # A text of a checklist can give no class: with one, it is a sign that the site's Markdown makes, such as `:smile:`.
            code, message, hint = problem
            place = source.within(span, url)
            self.page.tell([source.diagnostic(code, message, place, hint, severity=Severity.WARNING)])

    def _settle(self, element: Element, url: str, source: Source, span: Span) -> tuple[str, str, str] | None:
        """Give a link its address as seen from this page; code, message and hint where it leads nowhere."""
        tag, attribute = LINK_TAGS[str(element.tag)]
        page, site = self.page.context.uri, self.page.site
        target = root_target(url, page)
        if target is not None and site is not None:
            resolved = site.url(target.uri, target.fragment, page or "")
            if resolved is None:
                # Without the ending, which makes any two short names look alike.
                known = {uri.removesuffix(".md"): uri for uri in site.known()}
                near = known.get(nearest(target.uri.removesuffix(".md"), known))
                hint = f"Did you mean '/{near}'?" if near else "Write the path from the top of the docs folder."
                return "unknown-page", f"there is no page '/{target.uri}'", hint
            element.set(attribute, resolved)
            element.tag = tag
            place = source.within(span, url)
            site.linked(target, lambda code, message, hint: source.diagnostic(code, message, place, hint))
        elif target is not None and page is not None and url.startswith("/"):
            element.set(attribute, relative_link(target, page))
        else:
            return placeless_problem(url)
        return None
