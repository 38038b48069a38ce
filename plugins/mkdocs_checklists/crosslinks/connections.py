"""Which guides belong together: what the front matter names, and what links in their rendered pages really lead to.

Pure: pages come in as data, connections and diagnostics come out. Each page is parsed once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from ..diagnostics.diagnostic import Diagnostic, Severity, Span, nearest
from .page_links import LinkPlace, read_links

RELATED = "related"
"""The key of the front matter."""


@dataclass(frozen=True)
class LinkedPage:
    """A page as the site generator knows it. `url` is its address from the top of the site, `content` its rendered text."""

    uri: str
    name: str
    url: str
    content: str
    source: str = ""
    related: object = None
    is_guide: bool = True
    shows: bool = False
    """Whether the page says what it is related to."""

    @cached_property
    def lines(self) -> list[str]:
        return self.source.lstrip("\ufeff").splitlines()


@dataclass(frozen=True, slots=True)
class Mention:
    """A page that has to do with another one, and where it links to that."""

    uri: str
    places: tuple[LinkPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Connections:
    """What a page shows. A related page that also links here keeps its places, and is not mentioned again."""

    related: tuple[Mention, ...]
    mentioned: tuple[Mention, ...]


@dataclass
class Web:
    """All connections, and what is wrong with them."""

    connections: dict[str, Connections] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


_PARTS = re.compile(r"\*\*/|\*\*|[*?]|[^*?]+")


def matches(pattern: str, uri: str) -> bool:
    """Whether a page is meant by a pattern: `*` and `?` stay within a folder, `**` goes through folders."""
    # All places that the pattern so far can end at. As a regular expression, ten stars would try every way to part a name.
    places = {0}
    for part in _PARTS.findall(pattern.removeprefix("/")):
        places = _reached(part, uri, places)
    return len(uri) in places


def _reached(part: str, uri: str, places: set[int]) -> set[int]:
    """The places in the uri that one part of a pattern leads to, from any of `places`."""
    if part == "?":
        return {at + 1 for at in places if uri[at : at + 1] not in ("", "/")}
    first = min(places, default=len(uri) + 1)
    if part == "**":
        return set(range(first, len(uri) + 1))
    if part not in ("*", "**/"):
        return {at + len(part) for at in places if uri.startswith(part, at)}
    reached, is_within = set(places), False
    for at in range(first, len(uri)):
        # What stays within a folder goes on to the next slash; whole folders end behind it, and each has a name.
        if uri[at] != "/":
            is_within = is_within or at in reached
            if is_within and part == "*":
                reached.add(at + 1)
        elif is_within:
            is_within = False
            if part == "**/":
                reached.add(at + 1)
    return reached


def connect(pages: Sequence[LinkedPage], known: Iterable[str], site_url: str = "") -> Web:
    """Connect pages, which come in reading order. `known` are the uris of all pages that may be named as related."""
    web = Web()
    known = dict.fromkeys(known)
    named = {page.uri: _related(page, known, web.problems) for page in pages}
    guides = [page for page in pages if page.is_guide]
    mentions = _mentions(guides, pages, site_url or "http://site.invalid/")
    naming: dict[str, list[str]] = {}
    for page in pages:
        for target in named[page.uri]:
            naming.setdefault(target, []).append(page.uri)
    for page in pages:
        found = mentions.get(page.uri, {})
        related = list(dict.fromkeys([*named[page.uri], *naming.get(page.uri, ())]))
        web.connections[page.uri] = Connections(
            tuple(Mention(uri, found.get(uri, ())) for uri in related),
            tuple(Mention(uri, places) for uri, places in found.items() if uri not in related),
        )
    shown = {page.uri for page in pages if page.shows}
    if len(guides) > 1:
        for page in guides:
            others = {*mentions.get(page.uri, ()), *naming.get(page.uri, ())}
            # Named by this guide alone, another page leads here if it shows what it is related to.
            others |= shown & set(named[page.uri])
            if not others:
                message, hint = _ORPHAN
                web.problems.append(_warn("orphan-guide", message, Span(page.name), hint))
    return web


_ORPHAN = (
    "no other guide leads to this one",
    "Link to it from a guide that readers have before it, or name it under 'related' there.",
)


# --- what the front matter names


def _related(page: LinkedPage, known: Collection[str], problems: list[Diagnostic]) -> list[str]:
    entries = [page.related] if isinstance(page.related, str) else page.related
    if entries is None:
        return []
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        message = f"'{RELATED}' must be a list of pages"
        hint = "Write paths such as [other.md, /guides/plan.md]."
        problems.append(_warn("wrong-type", message, _place(page, f"{RELATED}:"), hint, page))
        return []
    found: list[str] = []
    for n, entry in enumerate(entries):
        uri = _resolve(entry, page.uri)
        span = _place(page, entry, entries[:n].count(entry))
        if uri == page.uri:
            message = "this page names itself as related"
            problems.append(_warn("related-to-itself", message, span, "Take the entry out.", page))
        elif uri not in known:
            message = f"there is no page '{entry}' to be related to"
            problems.append(_warn("unknown-related", message, span, _near(entry, uri, page, known), page))
        elif uri in found:
            message = f"'{entry}' is named as related twice"
            problems.append(_warn("related-twice", message, span, "Take one of the entries out.", page))
        else:
            found.append(uri)
    return found


def _resolve(entry: str, page: str) -> str:
    base = "" if entry.startswith("/") else posixpath.dirname(page)
    return posixpath.normpath(posixpath.join(base, entry.strip().lstrip("/")))


def _near(entry: str, uri: str, page: LinkedPage, known: Collection[str]) -> str:
    if "#" in entry:
        return "Name the whole page: a path without '#'."
    # Without the ending, which makes any two short names look alike.
    names = {other.removesuffix(".md"): other for other in known if other != page.uri}
    near = names.get(nearest(uri.removesuffix(".md"), names))
    if near is None or posixpath.splitext(uri)[1] not in ("", ".md"):
        return "Write the path from this page, or with a '/' at its start from the top of the docs folder."
    written = f"/{near}" if entry.startswith("/") else posixpath.relpath(near, posixpath.dirname(page.uri) or ".")
    return f"Did you mean '{written}'?"


def _place(page: LinkedPage, words: str, nth: int = 0) -> Span:
    """Where words are under `related` in the front matter: their n-th occurrence there; the whole page where it can't be found."""
    is_inside = False
    for number, line in enumerate(page.lines, start=1):
        if number > 1 and line.strip() in ("---", "..."):
            break
        is_inside = line.startswith(f"{RELATED}:") or (is_inside and not re.match(r"[^\s#-]", line))
        if not is_inside:
            continue
        for match in re.finditer(rf"(?<![\w./-]){re.escape(words)}(?![\w./-])", line):
            if nth == 0:
                return Span(page.name, number, match.start() + 1, number, match.end() + 1)
            nth -= 1
    return Span(page.name)


def _warn(code: str, message: str, span: Span, hint: str, page: LinkedPage | None = None) -> Diagnostic:
    excerpt = page.lines[span.line - 1] if page and span.line else ""
    return Diagnostic(code, message, span, hint, Severity.WARNING, excerpt)


# --- what links lead to

_Mentions = dict[str, dict[str, tuple[LinkPlace, ...]]]
"""Target -> source -> places, both in reading order."""


def _mentions(guides: Sequence[LinkedPage], pages: Sequence[LinkedPage], site_url: str) -> _Mentions:
    targets = {_path(urljoin(site_url, page.url)): page.uri for page in pages}
    found: _Mentions = {}
    for guide in guides:
        base = urljoin(site_url, guide.url)
        places: dict[str, dict[LinkPlace, None]] = {}
        for href, place in read_links(guide.content):
            target = _target(href, base, targets)
            if target is not None and target != guide.uri:
                places.setdefault(target, {})[place] = None
        for target, by_place in places.items():
            # A link before the first heading tells no more than the title.
            found.setdefault(target, {})[guide.uri] = tuple(place for place in by_place if place.anchor)
    return found


def _target(href: str, base: str, targets: Mapping[str, str]) -> str | None:
    if href.startswith("#"):
        return None
    try:
        return targets.get(_path(urljoin(base, href)))
    except ValueError:
        return None  # Not an address: reported elsewhere.


def _path(url: str) -> str:
    """An address without what does not tell pages apart."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{unquote(parts.path).removesuffix('index.html')}"
