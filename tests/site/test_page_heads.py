"""What other programs read in the head of each page: title, description, address, cards for sharing, structured data."""

import html
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import html5lib
import pytest
from mkdocs.utils.meta import get_data

from site_src.hooks.page_heads import Lists, item_list, json_for_script
from tests.helpers import REPOSITORY, Site, build_site, write_tree

CONTENT = REPOSITORY / "content"
SOURCES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.md"))
GUIDES = [source for source in SOURCES if source.startswith("guides/")]
OTHERS = [source for source in SOURCES if source not in GUIDES and source != "index.md"]
NAME = "Who Does the Work?"
HOOKS = (REPOSITORY / "site_src/hooks").as_posix()


@cache
def meta(source: str) -> dict[str, Any]:
    _, found = get_data((CONTENT / source).read_text("utf-8"))
    return found


def built(site: Site, source: str) -> Path:
    path = source.removesuffix(".md")
    return site.site_dir / ("index.html" if path == "index" else f"{path.removesuffix('/index')}/index.html")


def url_of(site: Site, source: str) -> str:
    return urljoin(site.url, built(site, source).relative_to(site.site_dir).as_posix().removesuffix("index.html"))


@cache
def head(path: Path) -> Any:
    tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
    return tree.find("head")


def named(path: Path) -> dict[str, str]:
    """What the `<meta>` elements of a page say. None stands there twice."""
    found: dict[str, str] = {}
    for element in head(path).findall("meta"):
        name = element.get("property") or element.get("name")
        if name:
            assert name not in found, name
            found[name] = element.get("content") or ""
    return found


def described(path: Path) -> dict[str, dict[str, Any]]:
    """The structured data of a page, by type."""
    (script,) = [s for s in head(path).findall("script") if s.get("type") == "application/ld+json"]
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    found = {part["@type"]: part for part in data["@graph"]}
    assert len(found) == len(data["@graph"])
    return found


def words(text: object) -> str:
    return " ".join(str(text).split())


def leads_somewhere(site: Site, url: str) -> bool:
    path = site.site_dir / urldefrag(url).url.removeprefix(site.url)
    return url.startswith(site.url) and (path.is_file() or (path / "index.html").is_file())


# --- title, description, address ---


@pytest.mark.parametrize("source", SOURCES)
def test_front_matter_has_a_title_and_a_description_of_its_own(source: str) -> None:
    assert words(meta(source)["title"])
    assert 40 <= len(words(meta(source)["description"])) <= 220
    same = [other for other in SOURCES if meta(other)["description"] == meta(source)["description"]]
    assert same == [source]


@pytest.mark.parametrize("source", SOURCES)
def test_title_ends_in_the_name_of_the_site_where_there_is_room(flagship: Site, source: str) -> None:
    (title,) = head(built(flagship, source)).findall("title")
    if source == "index.md":
        assert title.text == f"{NAME} – Checklists for small-business owners"
    else:
        own = words(meta(source)["title"])
        both = f"{own} – {NAME}"
        assert title.text == (both if len(both) <= 65 else own)
    assert len(title.text) <= 65


def test_no_two_pages_have_the_same_title(flagship: Site) -> None:
    titles = [head(path).find("title").text for path in flagship.site_dir.rglob("*.html")]
    assert len(titles) == len(SOURCES) + 1
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("source", SOURCES)
def test_description_and_address_are_those_of_the_page(flagship: Site, source: str) -> None:
    page = built(flagship, source)
    assert named(page)["description"] == words(meta(source)["description"])
    canonical = [link.get("href") for link in head(page).findall("link") if link.get("rel") == "canonical"]
    assert canonical == [url_of(flagship, source)]


def test_page_that_is_not_there_has_a_title_and_nothing_that_would_name_it_elsewhere(flagship: Site) -> None:
    page = flagship.site_dir / "404.html"
    assert head(page).find("title").text == f"Page not found – {NAME}"
    assert [name for name in named(page) if name.startswith(("og:", "twitter:", "article:"))] == []
    assert [link for link in head(page).findall("link") if link.get("rel") == "canonical"] == []
    assert [script for script in head(page).findall("script") if script.get("type") == "application/ld+json"] == []


# --- cards for sharing ---


@pytest.mark.parametrize("source", SOURCES)
def test_card_shows_the_page_and_a_picture_that_is_there(flagship: Site, source: str) -> None:
    found = named(built(flagship, source))
    is_guide = source in GUIDES
    title, description = words(meta(source)["title"]), words(meta(source)["description"])
    assert {name: text for name, text in found.items() if name.startswith("og:") and ":image" not in name} == {
        "og:site_name": NAME,
        "og:locale": "en_GB",
        "og:type": "article" if is_guide else "website",
        "og:url": url_of(flagship, source),
        "og:title": title,
        "og:description": description,
    }
    picture = f"{Path(source).stem}.png" if is_guide else "site.png"
    assert found["og:image"] == f"{flagship.url}assets/site/pictures/{picture}"
    assert leads_somewhere(flagship, found["og:image"])
    size = [found[f"og:image:{name}"] for name in ("type", "width", "height")]
    assert size == ["image/png", "1200", "630"]
    assert found["og:image:alt"] == (f"{title} – {NAME}" if is_guide else NAME)
    assert found["twitter:card"] == "summary_large_image"
    assert [found[f"twitter:{name}"] for name in ("title", "description", "image", "image:alt")] == [
        found[f"og:{name}"] for name in ("title", "description", "image", "image:alt")
    ]
    days = (found.get("article:published_time"), found.get("article:modified_time"))
    assert days == ((str(meta(source)["published"]), str(meta(source)["reviewed"])) if is_guide else (None, None))


# --- structured data ---


@pytest.mark.parametrize("source", GUIDES)
def test_guide_is_an_article_with_all_that_search_engines_ask_for(flagship: Site, source: str) -> None:
    article = described(built(flagship, source))["Article"]
    url = url_of(flagship, source)
    assert article["headline"] == words(meta(source)["title"])
    assert len(article["headline"]) <= 110
    assert article["description"] == words(meta(source)["description"])
    assert article["url"] == article["mainEntityOfPage"] == url
    published, reviewed = (date.fromisoformat(article[name]) for name in ("datePublished", "dateModified"))
    assert (published, reviewed) == (meta(source)["published"], meta(source)["reviewed"])
    assert published <= reviewed
    assert article["inLanguage"] == "en"
    assert article["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert article["author"] == article["publisher"]
    assert article["publisher"]["@type"] == "Organization"
    assert article["publisher"]["name"] == NAME
    assert leads_somewhere(flagship, article["publisher"]["logo"]["url"])
    assert article["image"]["url"] == named(built(flagship, source))["og:image"]
    assert (article["image"]["width"], article["image"]["height"]) == (1200, 630)


@pytest.mark.parametrize("source", [*GUIDES, *OTHERS])
def test_breadcrumbs_lead_from_home_to_the_page_over_pages_that_are_there(flagship: Site, source: str) -> None:
    steps = described(built(flagship, source))["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert (steps[0]["item"], steps[0]["name"]) == (flagship.url, NAME)
    assert (steps[-1]["item"], steps[-1]["name"]) == (url_of(flagship, source), words(meta(source)["title"]))
    assert all(leads_somewhere(flagship, step["item"]) for step in steps)


def test_breadcrumbs_name_the_page_between(flagship: Site) -> None:
    steps = described(built(flagship, "authors/reference.md"))["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == [NAME, "For authors", "Reference for authors"]


def test_home_is_the_site_with_its_search_and_its_guides(flagship: Site) -> None:
    found = described(built(flagship, "index.md"))
    site, guides = found["WebSite"], found["ItemList"]
    assert (site["name"], site["url"], site["publisher"]["name"]) == (NAME, flagship.url, NAME)
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{flagship.url}?q={{search_term_string}}"
    assert {entry["url"]: entry["name"] for entry in guides["itemListElement"]} == {
        url_of(flagship, source): words(meta(source)["title"]) for source in GUIDES
    }
    assert [entry["position"] for entry in guides["itemListElement"]] == list(range(1, guides["numberOfItems"] + 1))


def test_guides_at_home_stand_in_the_order_of_the_navigation(flagship: Site) -> None:
    configured = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    order = re.findall(r"^ +- .*: (guides/\S+\.md)$", configured, re.MULTILINE)
    entries = described(built(flagship, "index.md"))["ItemList"]["itemListElement"]
    assert [entry["url"] for entry in entries] == [url_of(flagship, source) for source in order]


@pytest.mark.parametrize("source", [source for source in OTHERS if source not in {"checklists.md", "glossary.md"}])
def test_any_other_page_claims_to_be_no_more_than_a_page(flagship: Site, source: str) -> None:
    found = described(built(flagship, source))
    assert set(found) == {"WebPage", "BreadcrumbList"}
    assert found["WebPage"]["name"] == words(meta(source)["title"])
    assert found["WebPage"]["isPartOf"]["@id"] == described(built(flagship, "index.md"))["WebSite"]["@id"]


@pytest.mark.parametrize("source", SOURCES)
def test_every_address_in_structured_data_is_whole_and_of_this_site(flagship: Site, source: str) -> None:
    found: list[str] = []

    def visit(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                visit(inner, name)
        elif isinstance(value, list):
            for inner in value:
                visit(inner, key)
        elif key in {"url", "item", "@id", "mainEntityOfPage"}:
            found.append(str(value))

    for part in described(built(flagship, source)).values():
        visit(part)
    assert found
    assert [url for url in found if not leads_somewhere(flagship, url)] == []


# --- pages that this site may or may not have ---

SMALL = {
    "mkdocs.yml": f"""\
site_name: Small & <b>bold</b>
site_url: https://example.org/kb/
site_description: About "it"
theme: {{name: material, font: false, custom_dir: {(REPOSITORY / "site_src/overrides").as_posix()}}}
plugins: []
extra: {{locale: en_GB, tagline: A tag}}
markdown_extensions: [def_list, attr_list]
hooks: ['{HOOKS}/front_matter.py', '{HOOKS}/page_heads.py']
""",
    "docs/index.md": "# Home\n",
    "docs/checklists.md": """\
---
title: All
---
# All

[Ready?](guides/one.md#ready) [Go on](guides/one.md#ready), [Cost](guides/one.md#cost), [home](index.md), <https://example.net/>
""",
    "docs/glossary.md": """\
---
title: Words
---
# Words

Deliverable {: #deliverable }
:   What you *get*.

Scope
:   What is in.
""",
    "docs/guides/one.md": """\
---
title: 'One </script><script>alert(1)</script> & "two"'
description: "Less < more & \\u2028 so \\"on\\" </script><script>alert(2)</script>"
published: 2026-01-02
---
# One

## Ready

## Cost
""",
    "docs/guides/index.md": "---\ntitle: Guides\n---\n# Guides\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = write_tree(tmp_path_factory.mktemp("heads"), SMALL)
    return Site("https://example.org/kb/", build_site(root).check().site_dir, root)


def test_overview_lists_every_checklist_that_it_links_to_once(small: Site) -> None:
    page = described(small.site_dir / "checklists/index.html")["CollectionPage"]
    assert [(entry["url"], entry["name"]) for entry in page["mainEntity"]["itemListElement"]] == [
        ("https://example.org/kb/guides/one/#ready", "Ready?"),
        ("https://example.org/kb/guides/one/#cost", "Cost"),
    ]


def test_glossary_is_a_set_of_terms(small: Site) -> None:
    page = described(small.site_dir / "glossary/index.html")["DefinedTermSet"]
    assert [(term["name"], term["description"], term.get("url")) for term in page["hasDefinedTerm"]] == [
        ("Deliverable", "What you get.", "https://example.org/kb/glossary/#deliverable"),
        ("Scope", "What is in.", None),
    ]


def test_no_word_of_a_page_can_leave_the_place_where_it_stands(small: Site) -> None:
    page = small.site_dir / "guides/one/index.html"
    title = 'One </script><script>alert(1)</script> & "two"'
    assert described(page)["Article"]["headline"] == title
    assert named(page)["og:title"] == title
    assert (head(page).findtext("title") or "").startswith(title)
    description = 'Less < more & \u2028 so "on" </script><script>alert(2)</script>'
    assert named(page)["og:description"] == description
    assert named(page)["description"] == description
    assert named(small.site_dir / "glossary/index.html")["description"] == 'About "it"'
    assert named(page)["og:site_name"] == "Small & <b>bold</b>"
    # The navigation has the title on every page.
    assert [path for path in small.site_dir.rglob("*.html") if "<script>alert" in path.read_text("utf-8")] == []


def test_folder_with_a_page_of_its_own_is_a_step_on_the_way(small: Site) -> None:
    steps = described(small.site_dir / "guides/one/index.html")["BreadcrumbList"]["itemListElement"]
    assert [step["item"].removeprefix(small.url) for step in steps] == ["", "guides/", "guides/one/"]


def test_guide_without_a_picture_has_the_one_of_the_site_and_is_as_new_as_it_is(small: Site) -> None:
    page = small.site_dir / "guides/one/index.html"
    assert named(page)["og:image"] == "https://example.org/kb/assets/site/pictures/site.png"
    assert described(page)["Article"]["dateModified"] == "2026-01-02"
    assert "article:modified_time" not in named(page)


def test_site_without_a_search_offers_none(small: Site) -> None:
    assert "potentialAction" not in described(small.site_dir / "index.html")["WebSite"]


def test_json_in_a_page_is_read_as_it_was_written() -> None:
    data = {"a": "</script><!--<script>&amp;\u2028", "b": [1, None]}
    text = json_for_script(data)
    assert json.loads(text) == data
    assert not set("<>&\u2028") & set(text)
    assert html.unescape(text) == text


def test_lists_are_read_from_any_markup() -> None:
    content = (
        '<p><a href="a"><b>One</b> two</a><a href="a">again</a><a id="x">no link</a></p>'
        '<dl><dt><dfn id="t">Term</dfn><a class="headerlink" href="#t">¶</a></dt><dd>Text <a href="b">link</a> end</dd>'
        "<dt>Bare</dt><dd>More</dd></dl>"
    )
    lists = Lists(content)
    assert [entry["name"] for entry in item_list(lists.links)["itemListElement"]] == ["One two"]
    assert lists.terms == [("t", "Term", "Text link end"), ("", "Bare", "More")]
