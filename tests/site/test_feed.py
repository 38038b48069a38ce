"""The files for machines beside the pages: feed.xml, sitemap.xml, robots.txt."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser
from uuid import UUID
from xml.etree import ElementTree

from mkdocs.utils.meta import get_data

from tests.helpers import REPOSITORY, Site, build_site, write_tree

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT = REPOSITORY / "content"
META = {
    path.relative_to(CONTENT).as_posix(): get_data(path.read_text("utf-8"))[1] for path in sorted(CONTENT.rglob("*.md"))
}
GUIDES = {source: meta for source, meta in META.items() if "published" in meta}
OVERRIDES = REPOSITORY / "site_src/overrides"
HOOKS = REPOSITORY / "site_src/hooks"
CONFIG = f"""\
site_name: Feed & more
theme: {{name: material, font: false, custom_dir: {OVERRIDES.as_posix()}, static_templates: [feed.xml, robots.txt]}}
plugins: []
extra: {{locale: en_GB}}
hooks: ['{(HOOKS / "front_matter.py").as_posix()}', '{(HOOKS / "page_heads.py").as_posix()}']
"""


def url_of(site: Site, source: str) -> str:
    return urljoin(site.url, re.sub(r"(^|/)index/$", r"\1", f"{source.removesuffix('.md')}/"))


def feed(site_dir: Path) -> ElementTree.Element:
    return ElementTree.fromstring((site_dir / "feed.xml").read_bytes())


def text(element: ElementTree.Element, name: str) -> str:
    """The words of the one child of this name: RFC 4287 allows no second of those asked for here."""
    (child,) = element.findall(ATOM + name)
    assert child.text
    return child.text


def links(element: ElementTree.Element) -> dict[str, tuple[str | None, str | None]]:
    return {link.get("rel") or "": (link.get("type"), link.get("href")) for link in element.findall(ATOM + "link")}


# --- the feed ---


def test_every_guide_is_dated() -> None:
    assert {source for source in META if source.startswith("guides/")} == set(GUIDES)
    assert all("reviewed" in meta for meta in GUIDES.values())


def test_feed_has_what_rfc_4287_asks_for(flagship: Site) -> None:
    root = feed(flagship.site_dir)
    assert root.tag == f"{ATOM}feed"
    assert text(root, "title") == "Who Does the Work? – new and revised guides"
    assert UUID(text(root, "id")).urn == text(root, "id")
    assert links(root) == {
        "self": ("application/atom+xml", f"{flagship.url}feed.xml"),
        "alternate": ("text/html", flagship.url),
    }
    (author,) = root.findall(f"{ATOM}author")
    assert text(author, "name") == "Who Does the Work?"
    entries = root.findall(f"{ATOM}entry")
    updated = [datetime.fromisoformat(text(entry, "updated")) for entry in entries]
    assert all(day.tzinfo for day in updated)
    assert datetime.fromisoformat(text(root, "updated")) == max(updated)
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in ids)


def test_feed_has_every_guide_with_its_days_the_latest_first(flagship: Site) -> None:
    entries = feed(flagship.site_dir).findall(f"{ATOM}entry")
    assert {links(entry)["alternate"][1]: entry for entry in entries}.keys() == {
        url_of(flagship, source) for source in GUIDES
    }
    for source, meta in GUIDES.items():
        (entry,) = [entry for entry in entries if links(entry)["alternate"][1] == url_of(flagship, source)]
        assert text(entry, "title") == meta["title"]
        assert text(entry, "summary") == " ".join(meta["description"].split())
        assert text(entry, "published") == f"{meta['published']}T00:00:00Z"
        assert text(entry, "updated") == f"{meta['reviewed']}T00:00:00Z"
    order = [(text(entry, "updated"), text(entry, "published")) for entry in entries]
    assert order == sorted(order, reverse=True)


def test_every_page_leads_to_the_feed(flagship: Site) -> None:
    for source in META:
        url = url_of(flagship, source)
        page = flagship.site_dir / url.removeprefix(flagship.url) / "index.html"
        (href,) = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" [^>]*href="([^"]+)"', page.read_text("utf-8")
        )
        assert urljoin(url, href) == f"{flagship.url}feed.xml"


def small(tmp_path: Path, url: str, *, second: str = "2026-02-01") -> Path:
    tree = {
        "mkdocs.yml": f"{CONFIG}site_url: {url}\n",
        "docs/index.md": "# Home\n",
        "docs/one.md": "---\ntitle: One < two\npublished: 2026-01-01\nreviewed: 2026-03-01\n---\n# One\n",
        "docs/two.md": f"---\ntitle: Two & three\npublished: {second}\n---\n# Two\n",
    }
    return build_site(write_tree(tmp_path, tree)).check().site_dir


def test_an_entry_keeps_its_name_when_the_site_moves_and_the_page_is_revised(tmp_path: Path) -> None:
    here = feed(small(tmp_path / "a", "https://example.org/kb/"))
    there = feed(small(tmp_path / "b", "https://example.net/", second="2026-04-01"))
    found = [
        {text(entry, "title"): text(entry, "id") for entry in root.findall(f"{ATOM}entry")} for root in (here, there)
    ]
    assert found[0] == found[1]
    assert text(here, "id") == text(there, "id")
    orders = [[text(entry, "title") for entry in root.findall(f"{ATOM}entry")] for root in (here, there)]
    assert orders == [["One < two", "Two & three"], ["Two & three", "One < two"]]
    assert (text(here, "updated"), text(there, "updated")) == ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")


def test_site_without_guides_has_no_feed_and_names_none(tmp_path: Path) -> None:
    tree = {"mkdocs.yml": f"{CONFIG}site_url: https://example.org/\n", "docs/index.md": "# Home\n"}
    site_dir = build_site(write_tree(tmp_path, tree)).check().site_dir
    assert not (site_dir / "feed.xml").exists()
    assert "atom+xml" not in (site_dir / "index.html").read_text("utf-8")


# --- the sitemap ---


def test_sitemap_has_every_page_and_dates_those_that_say_when_they_were_reviewed(flagship: Site) -> None:
    root = ElementTree.fromstring((flagship.site_dir / "sitemap.xml").read_bytes())
    found = {
        entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod") for entry in root.findall(f"{SITEMAP}url")
    }
    assert found == {
        url_of(flagship, source): str(meta["reviewed"]) if "reviewed" in meta else None for source, meta in META.items()
    }


def test_page_that_was_never_revised_is_as_new_as_its_first_day(tmp_path: Path) -> None:
    sitemap = (small(tmp_path, "https://example.org/kb/") / "sitemap.xml").read_text("utf-8")
    assert re.findall(r"<lastmod>(.*?)</lastmod>", sitemap) == ["2026-03-01", "2026-02-01"]


# --- robots.txt ---


def test_robots_may_read_everything_and_are_told_of_the_sitemap(flagship: Site) -> None:
    robots = RobotFileParser()
    robots.parse((flagship.site_dir / "robots.txt").read_text("utf-8").splitlines())
    assert robots.can_fetch("*", f"{flagship.url}guides/who-does-the-work/")
    assert robots.site_maps() == [f"{flagship.url}sitemap.xml"]
