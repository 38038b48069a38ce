"""The sources, dated facts and terms of the site: all of them can be looked up, and pages say where they are from."""

import re
from functools import cache

import pytest

from mkdocs_checklists.knowledge.files import Knowledge, cited, first_link
from mkdocs_checklists.library.folder import Library
from tests.helpers import REPOSITORY, Site
from tests.site.pages import ids, pages, parsed

CONTENT = REPOSITORY / "content"
GUIDES = sorted(path.stem for path in (CONTENT / "guides").glob("*.md"))


@cache
def known() -> Knowledge:
    library = Library(REPOSITORY / "checklists")
    library.refresh()
    assert not library.knowledge.diagnostics
    return library.knowledge


def texts() -> list[str]:
    """What pages and checklists say."""
    files = [*CONTENT.glob("*.md"), *(CONTENT / "guides").glob("*.md"), *(REPOSITORY / "checklists").glob("[!_]*.yml")]
    return [path.read_text("utf-8") for path in files]


@pytest.mark.parametrize("name", known().source)
def test_source_has_an_address_and_a_year(name: str) -> None:
    source = known().source[name]
    words = re.sub(r"\([^)]*\)", "", f"{source.text} {source.note or ''}")

    assert first_link(source.text)[1].startswith("https://")
    assert re.search(r"\b20\d\d\b", words)


@pytest.mark.parametrize("name", known().fact)
def test_fact_says_from_when_it_is_and_where_it_is_from(name: str) -> None:
    fact = known().fact[name]

    assert re.search(r"\b20\d\d\b", fact.text)
    assert known().fact_sources(name)
    assert len(fact.text.split()) <= 60


def test_guides_define_no_footnotes_of_their_own() -> None:
    found = [
        name for name in GUIDES if re.search(r"^\[\^", (CONTENT / "guides" / f"{name}.md").read_text("utf-8"), re.M)
    ]

    assert found == []


def test_prices_and_deadlines_that_change_stand_in_the_file_of_facts_alone() -> None:
    text = "\n".join(texts())

    # What the facts say of the day on which they were read is nowhere said again.
    found = [name for name, fact in known().fact.items() if fact.text.split(". ")[0][:60] in " ".join(text.split())]
    assert found == []
    assert not re.search(r"In (?:early |mid-)?2026, [^.]*(?:help pages|fee|price)", " ".join(text.split()))


def test_every_fact_and_source_has_its_place_on_the_page_of_sources(flagship: Site) -> None:
    anchors = set(ids(flagship.site_dir / "sources" / "index.html"))

    assert {f"source-{name}" for name in known().source} <= anchors
    assert {f"fact-{name}" for name in known().fact} <= anchors


def test_every_term_has_its_place_in_the_glossary(flagship: Site) -> None:
    assert {f"term-{name}" for name in known().term} <= set(ids(flagship.site_dir / "glossary" / "index.html"))


@pytest.mark.parametrize("name", GUIDES)
def test_sources_of_a_guide_are_footnotes_in_the_order_in_which_it_cites_them(name: str, flagship: Site) -> None:
    tree, _ = parsed(flagship.site_dir / "guides" / name / "index.html")
    links = [link.get("href", "")[1:] for link in tree.iter("a") if link.get("class") == "footnote-ref"]
    notes = [item.get("id") for item in tree.iter("li") if (item.get("id") or "").startswith("fn:")]

    assert list(dict.fromkeys(links)) == notes


@pytest.mark.parametrize("name", GUIDES)
def test_facts_of_a_guide_stand_in_it_with_their_sources(name: str, flagship: Site) -> None:
    named = set(re.findall(r"\{fact:([a-z0-9-]+)\}", (CONTENT / "guides" / f"{name}.md").read_text("utf-8")))
    tree, _ = parsed(flagship.site_dir / "guides" / name / "index.html")
    shown = {element.get("data-fact"): element for element in tree.iter("span") if element.get("data-fact")}

    assert named <= set(shown)
    for fact in named:
        links = {link.get("href") for link in shown[fact].iter("a")}
        assert {f"#fn:{source}" for source in known().fact_sources(fact)} <= links


def test_each_term_is_explained_on_a_page(flagship: Site) -> None:
    explained = {
        (element.get("popovertarget") or "").removeprefix("term-")
        for page in pages(flagship)
        for element in parsed(page)[0].iter("button")
        if element.get("class") == "checklist-term"
    }

    assert explained
    assert explained <= set(known().term)


def test_no_text_shows_a_name_in_place_of_a_fact_or_a_source(flagship: Site) -> None:
    for page in pages(flagship):
        if "authors" in page.parts:
            continue
        words = "".join(text for text in parsed(page)[0].find(".//body").itertext())
        assert "{fact:" not in words, page
        assert list(cited(words)) == [], page
