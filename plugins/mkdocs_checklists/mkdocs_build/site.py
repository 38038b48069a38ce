"""What MkDocs knows of its pages, for everything that must not know MkDocs: `page.site.Site`."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import get_relative_url, meta

from ..diagnostics.diagnostic import Diagnostic, did_you_mean
from ..library.folder import Library
from ..markdown_page.headings import find_headings, read_heading, without_markup
from ..model.addresses import Target
from ..model.phrases import plain_phrase
from ..page.calculator import FRONT
from ..page.directives import Directive
from ..page.page_text import find_directives, find_standalone_names, outside_fences
from ..page.site import ARTICLE, Complain


class MkDocsSite:
    """What MkDocs knows of its pages: `page.site.Site`."""

    def __init__(self, config: MkDocsConfig, library: Library) -> None:
        self._config, self._library = config, library
        self._docs = library.display_name(Path(config.docs_dir))
        self._files = Files([])
        self._directives: dict[str, list[Directive]] = {}
        self._titles: dict[str, str | None] = {}
        self._headings: dict[str, dict[str, str]] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._listings: dict[str, str] = {}
        self._linked: list[tuple[Target, Complain]] = []
        self.order: list[str] = []
        """The uris of the pages in the navigation."""

    def survey(self, files: Files) -> None:
        """Read all pages' directives before the first is rendered: which page shows which part."""
        self._files = files
        for file in files.documentation_pages(inclusion=InclusionLevel.is_included):
            try:
                text = file.content_string
            except (OSError, ValueError):
                continue  # MkDocs itself says so, with the reason.
            for name in find_standalone_names(text):
                self._listings.setdefault(name, file.src_uri)
            directives = list(find_directives(text))
            self._directives[file.src_uri] = directives
            for directive in directives:
                loaded = self._library.get(directive.checklist)
                if loaded is None or loaded.checklist is None:
                    continue
                names = [section.id for section in loaded.checklist.sections if directive.part.shows(section.id)]
                if directive.part.shows_front:
                    names.append(FRONT)
                if directive.part.is_whole:
                    names.append(ARTICLE)
                for name in [*names, "score"] if directive.part.shows_result else names:
                    self._places.setdefault((loaded.id, name), file.src_uri)

    def title(self, uri: str) -> str | None:
        """From front matter, else the first heading: other pages may not be rendered yet."""
        if uri not in self._titles:
            self._titles[uri] = self._find_title(uri)
        return self._titles[uri]

    def _find_title(self, uri: str) -> str | None:
        file = self._files.get_file_from_path(uri)
        if file is None or not file.is_documentation_page():
            return None
        text, data = meta.get_data(file.content_string)
        if isinstance(data.get("title"), str):
            return html.unescape(data["title"])
        headings = map(read_heading, outside_fences(text.splitlines()))
        title = next((heading for heading in headings if heading is not None and heading.level == 1), None)
        return without_markup(title.words) if title is not None else self.own_title(uri)

    def heading(self, target: Target) -> str | None:
        """From the page's checklists and from its text, which may not be rendered yet: a heading that is repeated, or that
        something else makes, is not known here."""
        if target.uri not in self._headings:
            self._headings[target.uri] = dict(self._find_headings(target.uri))
        return self._headings[target.uri].get(target.fragment)

    def _find_headings(self, uri: str) -> Iterator[tuple[str, str]]:
        for directive in self._directives.get(uri, ()):
            loaded = self._library.get(directive.checklist)
            if loaded is None or loaded.checklist is None:
                continue
            if directive.part.show != "score":
                yield loaded.id, loaded.checklist.title
            for section in loaded.checklist.sections:
                if directive.part.shows(section.id):
                    yield f"{loaded.id}--{section.id}", section.title
                    yield from ((f"{loaded.id}--{item.id}", plain_phrase(item.text)) for item in section.items)
        file = self._files.get_file_from_path(uri)
        if file is None or not file.is_documentation_page():
            return
        text, _ = meta.get_data(file.content_string)
        yield from find_headings(text, self._config.mdx_configs.get("toc") or {})

    def own_title(self, uri: str) -> str | None:
        """The title of the checklist that is the whole page (`level=1`)."""
        for directive in self._directives.get(uri, ()):
            loaded = self._library.get(directive.checklist)
            if directive.part.level == 1 and directive.part.is_whole and loaded and loaded.checklist:
                return loaded.checklist.title
        return None

    def url(self, uri: str, fragment: str, page: str) -> str | None:
        target, source = self._files.get_file_from_path(uri), self._files.get_file_from_path(page)
        if target is None or source is None or target.inclusion.is_excluded():
            return None
        anchor = f"#{fragment}" if fragment else ""
        return anchor if uri == page and anchor else get_relative_url(target.url, source.url) + anchor

    def known(self) -> list[str]:
        return [file.src_uri for file in self._files.documentation_pages()]

    def reading_order(self) -> list[str]:
        found = (directive.checklist for uri in self.order for directive in self._directives.get(uri, ()))
        return list(dict.fromkeys(found))

    def locate(self, checklist: str, section: str) -> str | None:
        return self._places.get((checklist, section))

    def listing(self, name: str) -> str | None:
        return self._listings.get(name)

    def language(self) -> str | None:
        # Material's own option; themes of MkDocs write the locale into the page.
        language = self._config.theme.get("language") or self._config.theme.locale
        return str(language).replace("_", "-") if language else None

    def display_name(self, uri: str) -> str:
        return posixpath.join(self._docs, uri)

    def linked(self, target: Target, complain: Complain) -> None:
        if target.fragment:
            self._linked.append((target, complain))

    def dead_fragments(self, files: Files) -> list[Diagnostic]:
        """A diagnostic for each link to a part of a page that is not there."""
        found = []
        for target, complain in self._linked:
            file = files.get_file_from_path(target.uri)
            anchors = file.page.present_anchor_ids if file and file.page else None
            if anchors is not None and target.fragment not in anchors:
                hint = did_you_mean(target.fragment, anchors)
                found.append(
                    complain("unknown-anchor", f"page '/{target.uri}' has no anchor '#{target.fragment}'", hint)
                )
        self._linked.clear()
        return found
