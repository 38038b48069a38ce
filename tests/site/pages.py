"""The built pages of the site, taken apart."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib

from tests.helpers import Site


@cache
def parsed(path: Path) -> tuple[Any, list[tuple[str, str]]]:
    """The tree of a page, and what is wrong with its HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(path.read_text("utf-8"))
    return tree, [(code, str(data.get("name", ""))) for _, code, data in parser.errors]


def pages(site: Site) -> list[Path]:
    return sorted(site.site_dir.rglob("*.html"))


def url_of(site: Site, path: Path) -> str:
    return urljoin(site.url, path.relative_to(site.site_dir).as_posix().removesuffix("index.html"))


def ids(path: Path) -> list[str]:
    return [element.get("id") for element in parsed(path)[0].iter() if element.get("id") is not None]


def dead_links(site: Site) -> list[str]:
    """The links within the site that lead to no page, to no anchor, or out of the folder in which the site stands."""
    dead = []
    for page in pages(site):
        for element in parsed(page)[0].iter():
            for name in ("href", "src"):
                value = element.get(name)
                url = urljoin(url_of(site, page), value or "")
                if value is None or urlsplit(url).netloc != urlsplit(site.url).netloc:
                    continue
                path, _, fragment = url.removeprefix(site.url).partition("#")
                target = site.site_dir / unquote(path.partition("?")[0])
                target = target / "index.html" if target.is_dir() else target
                if not url.startswith(site.url) or not target.is_file():
                    dead.append(f"{page.relative_to(site.site_dir)}: {value}")
                # Material's own links to the top of the page and into its search.
                elif fragment and not fragment.startswith("__") and unquote(fragment) not in ids(target):
                    dead.append(f"{page.relative_to(site.site_dir)}: {value} (anchor)")
    return dead


def text_below(tree: Any, anchor: str) -> str:
    """The words from the heading with this id to the next one of its level; of the whole article without an id."""
    article = tree.find(".//article")
    words: list[str] = []
    level: int | None = None if anchor else 6
    done = False

    def visit(element: Any) -> None:
        nonlocal level, done
        heading = re.fullmatch("h([1-6])", str(element.tag))
        if anchor and heading and level is not None and int(heading[1]) <= level:
            done = True
        if anchor and level is None and element.get("id") == anchor:
            level = int(heading[1]) if heading else 6
        # The definition of a word stands behind it and is not read with the sentence.
        if done or element.tag == "sup" or element.get("class") == "headerlink" or element.get("popover") is not None:
            return
        if level is not None:
            words.append(element.text or "")
        for child in element:
            visit(child)
            if level is not None and not done:
                words.append(child.tail or "")

    visit(article)
    return " ".join("".join(words).split())


def links_below(tree: Any, anchor: str) -> list[str]:
    """The addresses of the links from the heading with this id to the next one of its level; of all without an id."""
    found: list[str] = []
    level: int | None = None if anchor else 6
    for element in tree.find(".//article").iter():
        heading = re.fullmatch("h([1-6])", str(element.tag))
        if anchor and heading and level is not None and int(heading[1]) <= level:
            break
        if anchor and level is None and element.get("id") == anchor:
            level = int(heading[1]) if heading else 6
        if level is not None and element.tag == "a" and element.get("href"):
            found.append(element.get("href"))
    return found
