"""What machines read of a page besides its words: the picture for sharing, structured data (schema.org), the feed.

A hook for MkDocs. It puts together what is true of a page, from its front matter and the navigation, and hands it to the
templates: `head` for a page (partials/head.html), `feed` for feed.xml. The days were checked by front_matter.py.

Nothing here looks at a clock: two builds of one state of the repository stay the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import urldefrag, urljoin
from uuid import UUID, uuid5

from markupsafe import escape as for_templates
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

PICTURES = Path(__file__).parent.parent / "pictures/pictures.json"
PICTURE_FOLDER = "assets/site/pictures/"
LOGO = "assets/site/touch-icon.png"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

# Pages that are a list of something, by their place among the pages.
CHECKLISTS = "checklists.md"
GLOSSARY = "glossary.md"

# Never to be changed: by these a feed reader knows the feed, and an entry that it has shown, wherever the site may move.
FEED_ID = UUID("6f0d9a3e-6c1b-4d52-9a55-0f9c5b7f6a11")

Data = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Head:
    """What the template of a page writes into its head."""

    title: str
    type: str
    picture: Picture
    has_feed: bool
    published: date | None
    reviewed: date | None
    data: str
    """JSON that can stand inside a `<script>`."""


@dataclass(frozen=True)
class Entry:
    """One page in the feed."""

    id: str
    title: str
    url: str
    summary: str
    published: date
    updated: date


@dataclass(frozen=True)
class Feed:
    id: str
    updated: date
    entries: Sequence[Entry]


def title_of(page: Page) -> str:
    """As Material has it: what the page calls itself goes before what the navigation calls it, and both are HTML."""
    return unescape(str(page.meta.get("title") or page.title or ""))


def json_for_script(data: Data) -> str:
    """JSON without a sign that could end a `<script>` or start anything else."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


# --- what a page lists ---


class Lists(HTMLParser):
    """The links of a page, and the terms that it explains, in reading order."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        """Address and words."""
        self.terms: list[tuple[str, str, str]] = []
        """Anchor, term and explanation, of every `<dt>` with the `<dd>` behind it."""
        self._open: list[str] | None = None
        self._href = self._anchor = self._term = ""
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in attributes and self._open is None:
            self._href, self._open = attributes["href"], []
        elif tag in {"dt", "dd"}:
            self._open = []
            if tag == "dt":
                self._anchor = attributes.get("id", "")
        elif not self._anchor and "id" in attributes:
            self._anchor = attributes["id"]  # Of something within the term.

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open is None:
            return
        words = " ".join("".join(self._open).replace("¶", "").split())
        if tag == "a" and self._href:
            self.links.append((self._href, words))
            self._href, self._open = "", None
        elif tag == "dt":
            self._term, self._open = words, None
        elif tag == "dd":
            self.terms.append((self._anchor, self._term, words))
            self._anchor, self._open = "", None


def item_list(items: Iterable[tuple[str, str]]) -> Data:
    """A list of addresses with their names; what leads to the same place counts once, by its first name."""
    names: dict[str, str] = {}
    for url, name in items:
        if name:
            names.setdefault(url, name)
    return {
        "@type": "ItemList",
        "numberOfItems": len(names),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": url, "name": name}
            for number, (url, name) in enumerate(names.items(), start=1)
        ],
    }


# --- one build ---


class Site:
    """What holds for all pages of one build."""

    def __init__(self, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        self.url = str(config.site_url)
        self.name = config.site_name
        self.description = " ".join(str(config.site_description or "").split())
        self.language = str(config.theme.get("language") or "en")
        self.has_search = any(name in config.plugins for name in ("search", "material/search"))
        others = (file.page for file in files.documentation_pages() if file.page is not None)
        self.pages = {page.file.src_uri: page for page in (*nav.pages, *others)}
        """Those of the navigation first, in its order."""
        self._pictures = json.loads(PICTURES.read_text("utf-8"))

    def address(self, path: str) -> str:
        return urljoin(self.url, path)

    @cached_property
    def articles(self) -> Sequence[Page]:
        """The guides: every page that says when it was published, in the order of the navigation.

        Every page asks for them, and only once all front matter is read, so they are looked for once.
        """
        return [page for page in self.pages.values() if "published" in page.meta]

    def picture(self, page: Page) -> Picture:
        known = self._pictures["pictures"]
        entry = known.get(page.file.src_uri) or known[""]
        return Picture(
            self.address(PICTURE_FOLDER + entry["file"]),
            self._pictures["width"],
            self._pictures["height"],
            f"{entry['title']} – {self.name}" if entry["title"] != self.name else self.name,
        )

    def parents(self, page: Page) -> list[Page]:
        """The pages above a page, by their files: authors.md, or authors/index.md, is above authors/decisions.md.

        The sections of the navigation have no page of their own, so they can't be steps on the way.
        """
        found: list[Page] = []
        for folder in PurePosixPath(page.file.src_uri).parents:
            names = (f"{folder}/index.md", f"{folder}.md") if folder.name else ()
            found += [self.pages[name] for name in names if name in self.pages and self.pages[name] is not page]
        return found[::-1]

    # --- structured data ---

    def organization(self) -> Data:
        logo = {"@type": "ImageObject", "url": self.address(LOGO), "width": 180, "height": 180}
        return {
            "@type": "Organization",
            "@id": f"{self.url}#publisher",
            "name": self.name,
            "url": self.url,
            "logo": logo,
        }

    def website(self) -> Data:
        data: Data = {
            "@type": "WebSite",
            "@id": f"{self.url}#website",
            "url": self.url,
            "name": self.name,
            "description": self.description,
            "inLanguage": self.language,
            "license": LICENCE,
            "publisher": self.organization(),
        }
        if self.has_search:
            # Material's script opens its search with these words.
            data["potentialAction"] = {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{self.url}?q={{search_term_string}}"},
                "query-input": "required name=search_term_string",
            }
        return data

    def breadcrumbs(self, page: Page) -> Data:
        steps = [(self.url, self.name), *((str(p.canonical_url), title_of(p)) for p in [*self.parents(page), page])]
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "item": url, "name": name}
                for number, (url, name) in enumerate(steps, start=1)
            ],
        }

    def _page(self, kind: str, page: Page) -> Data:
        """What is true of every page."""
        data: Data = {
            "@type": kind,
            "@id": page.canonical_url,
            "url": page.canonical_url,
            "name": title_of(page),
            "description": str(page.meta.get("description") or self.description),
            "inLanguage": self.language,
            "license": LICENCE,
            "isPartOf": {"@type": "WebSite", "@id": f"{self.url}#website", "name": self.name, "url": self.url},
        }
        if "reviewed" in page.meta:
            data["dateModified"] = page.meta["reviewed"].isoformat()
        return data

    def article(self, page: Page) -> Data:
        picture, published = self.picture(page), page.meta["published"]
        data = self._page("Article", page)
        data["headline"] = data.pop("name")
        return data | {
            "mainEntityOfPage": page.canonical_url,
            "datePublished": published.isoformat(),
            "dateModified": page.meta.get("reviewed", published).isoformat(),
            "author": self.organization(),
            "publisher": self.organization(),
            "image": {
                "@type": "ImageObject",
                "url": picture.url,
                "width": picture.width,
                "height": picture.height,
            },
            "isAccessibleForFree": True,
        }

    def checklists(self, page: Page) -> Data:
        """The overview: what it links to in the guides."""
        here, guides = str(page.canonical_url), {guide.canonical_url for guide in self.articles}
        links = ((urljoin(here, href), words) for href, words in Lists(page.content or "").links)
        found = item_list((url, words) for url, words in links if urldefrag(url).url in guides)
        return self._page("CollectionPage", page) | {"mainEntity": found}

    def glossary(self, page: Page) -> Data:
        here = str(page.canonical_url)
        terms = [
            {
                "@type": "DefinedTerm",
                "name": term,
                "description": text,
                **({"@id": f"{here}#{anchor}", "url": f"{here}#{anchor}"} if anchor else {}),
            }
            for anchor, term, text in Lists(page.content or "").terms
        ]
        return self._page("DefinedTermSet", page) | {"hasDefinedTerm": terms}

    def graph(self, page: Page) -> Data:
        if page.is_homepage:
            guides = item_list((str(guide.canonical_url), title_of(guide)) for guide in self.articles)
            parts = [self.website(), {"@id": f"{self.url}#guides", "name": "Guides", **guides}]
        else:
            if "published" in page.meta:
                about = self.article(page)
            elif page.file.src_uri == CHECKLISTS:
                about = self.checklists(page)
            elif page.file.src_uri == GLOSSARY:
                about = self.glossary(page)
            else:
                about = self._page("WebPage", page)
            parts = [about, self.breadcrumbs(page)]
        return {"@context": "https://schema.org", "@graph": parts}

    def head(self, page: Page) -> Head:
        return Head(
            title=title_of(page),
            type="article" if "published" in page.meta else "website",
            picture=self.picture(page),
            has_feed=bool(self.articles),
            published=page.meta.get("published"),
            reviewed=page.meta.get("reviewed"),
            data=json_for_script(self.graph(page)),
        )

    def feed(self) -> Feed | None:
        """New and revised guides, the latest first; nothing where there is none."""
        entries = [
            Entry(
                id=uuid5(FEED_ID, page.file.src_uri).urn,
                title=title_of(page),
                url=str(page.canonical_url),
                summary=str(page.meta.get("description") or ""),
                published=page.meta["published"],
                updated=page.meta.get("reviewed", page.meta["published"]),
            )
            for page in self.articles
        ]
        entries.sort(key=lambda entry: (entry.updated, entry.published), reverse=True)
        return Feed(FEED_ID.urn, entries[0].updated, entries) if entries else None


class PageHeads:
    """One build after another."""

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        # Without an address of the site nothing can be named from outside.
        self._site = Site(config, nav, files) if config.site_url else None

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        # Material writes a title as HTML in a dozen places. What an author means is text, with a reference such as &amp; at most.
        if "title" in page.meta:
            page.meta["title"] = escape(unescape(str(page.meta["title"])), quote=False)

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if self._site:
            cast(Data, context)["head"] = self._site.head(page)
        # Material puts it between quotation marks as it is. A template that escapes what it is given leaves this alone. Not
        # before now: for everything else, what stands in the front matter is text.
        if description := page.meta.get("description") or config.site_description:
            page.meta["description"] = for_templates(str(description).strip())
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if self._site and template_name == "feed.xml":
            cast(Data, context)["feed"] = self._site.feed()
        return context


_heads = PageHeads()
on_nav = _heads.on_nav
on_page_markdown = _heads.on_page_markdown
on_page_context = _heads.on_page_context
on_template_context = _heads.on_template_context
