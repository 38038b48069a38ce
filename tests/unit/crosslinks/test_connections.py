"""Which pages belong together, without MkDocs. What it says of mistakes is shown by `tests/golden/diagnostics`."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_checklists.crosslinks.connections import Connections, LinkedPage, Mention, connect, matches
from mkdocs_checklists.crosslinks.page_links import LinkPlace, read_links


def page(name: str, content: str = "", **more: Any) -> LinkedPage:
    return LinkedPage(f"guides/{name}.md", f"docs/guides/{name}.md", f"guides/{name}/", content, **more)


def connections(*pages: LinkedPage, known: list[str] | None = None, site_url: str = "") -> dict[str, Connections]:
    web = connect(pages, known or [one.uri for one in pages], site_url)
    return {uri.removeprefix("guides/").removesuffix(".md"): found for uri, found in web.connections.items()}


def codes(*pages: LinkedPage) -> list[tuple[str, str]]:
    web = connect(pages, [one.uri for one in pages])
    return [(problem.code, problem.span.file.rpartition("/")[2]) for problem in web.problems]


def names(mentions: tuple[Mention, ...]) -> list[str]:
    return [mention.uri.removeprefix("guides/").removesuffix(".md") for mention in mentions]


# --- which pages are guides ---


@pytest.mark.parametrize(
    ("pattern", "uri", "fits"),
    [
        ("guides/*.md", "guides/a.md", True),
        ("/guides/*.md", "guides/a.md", True),
        ("guides/*.md", "guides/more/a.md", False),
        ("guides/*.md", "guides/a.md.md", True),
        ("guides/*.md", "guides/a.mdx", False),
        ("guides/**/*.md", "guides/a.md", True),
        ("guides/**/*.md", "guides/more/and/a.md", True),
        ("guides/**", "guides/more/a.md", True),
        ("guides/**", "guide/a.md", False),
        ("guides/?.md", "guides/a.md", True),
        ("guides/?.md", "guides/ab.md", False),
        ("index.md", "index.md", True),
        ("index.md", "indexXmd", False),
        ("a[1]+(b).md", "a[1]+(b).md", True),
        ("*", "a\nb.md", True),
    ],
)
def test_pattern_names_pages(pattern: str, uri: str, fits: bool) -> None:
    assert matches(pattern, uri) is fits


# --- where links stand ---


def places(content: str) -> list[tuple[str, str, str]]:
    return [(href, place.anchor, place.words) for href, place in read_links(content)]


def test_link_stands_under_the_heading_above_it() -> None:
    content = """
        <h1 id="top">Title</h1><p><a href="x/">X</a></p>
        <h2 id="one">One <em>and</em>
           a half &amp; more<a class="headerlink" href="#one" title="Link">¶</a></h2><ul><li><a href="y/">Y</a></li></ul>
        <h3 id="two"><a href="z/">Two</a> things</h3>
        <h2>Without an id</h2><a href="w/">W</a><a>no link</a><a name="old"></a>
    """

    assert places(content) == [
        ("x/", "", "Title"),
        ("y/", "one", "One and a half & more"),
        ("z/", "two", "Two things"),
        ("w/", "two", "Two things"),
    ]


def test_permanent_link_is_known_by_where_it_leads_whatever_it_looks_like() -> None:
    content = '<h2 id="a">Words<a href="#a">§ link</a></h2><a href="x/">X</a>'

    assert places(content) == [("x/", "a", "Words")]


def test_what_stands_behind_a_question_or_a_checklist_is_not_under_it() -> None:
    content = """
        <h2 id="prose">Prose</h2>
        <scored-checklist><form>
          <h3 id="c--s">Section</h3>
          <fieldset><legend><h4 id="c--i">Is it?</h4></legend><label><input/>Yes</label><a href="in/">in</a></fieldset>
          <p><a href="between/">between</a></p>
          <fieldset><legend><h4 id="c--j">Is that?</h4></legend></fieldset>
        </form></scored-checklist>
        <p><a href="after/">after</a></p>
    """

    assert places(content) == [
        ("in/", "c--i", "Is it?"),
        ("between/", "c--s", "Section"),
        ("after/", "prose", "Prose"),
    ]


def test_link_in_a_footnote_stands_where_the_note_is_first_referred_to() -> None:
    content = """
        <h2 id="a">A</h2><p>x<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>
        <h2 id="b">B</h2><p>x<sup id="fnref2:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>
        <div class="footnote"><ol><li id="fn:1"><ul><li>y</li></ul><p><a href="x/">X</a>
        <a class="footnote-backref" href="#fnref:1">back</a></p></li></ol></div>
    """

    assert places(content) == [("x/", "a", "A")]


@pytest.mark.parametrize(
    "made",
    [
        '<div class="toc"><ul><li><a href="x/">X</a></li></ul><div></div></div>',
        '<ul data-elsewhere hidden><li><a href="x/">X</a></li></ul>',
        '<p data-way=""><a href="x/">See the result</a></p>',
        '<checklist-index><ul><li><a href="x/">X</a></li></ul></checklist-index>',
        '<span popover id="term-x">What it is <a href="x/">X</a></span>',
    ],
)
def test_what_was_made_is_not_the_authors_word(made: str) -> None:
    assert places(f'<h2 id="a">A</h2>{made}<p><a href="y/">Y</a></p>') == [("y/", "a", "A")]


@given(st.text(alphabet="<>/=\"'&;#!-ahilns123 \n\ud7ff"))
@example("<a>")
def test_strange_text_hides_a_link_at_most_and_makes_none(text: str) -> None:
    found = list(read_links(f'<h2 id="a">{text}</h2><fieldset>{text}</li></section><a href="x">{text}'))

    assert list(read_links(text)) == []
    assert {(href, place.anchor) for href, place in found} <= {("x", "a")}
    assert len(found) == 1 or "<" in text


# --- what belongs together ---


def test_relation_is_named_once_and_shown_at_both_ends_own_order_first() -> None:
    found = connections(
        page("a", related=["c.md", "/guides/b.md"]),
        page("b", related="d.md"),
        page("c"),
        page("d", related=["a.md"]),
    )

    assert {name: names(one.related) for name, one in found.items()} == {
        "a": ["c", "b", "d"],
        "b": ["d", "a"],
        "c": ["a"],
        "d": ["a", "b"],
    }
    assert all(one.mentioned == () for one in found.values())


def test_both_ends_may_name_each_other() -> None:
    found = connections(page("a", related=["b.md"]), page("b", related=["a.md"]))

    assert [names(found["a"].related), names(found["b"].related)] == [["b"], ["a"]]


def test_mention_names_each_place_once_and_the_top_none() -> None:
    links = """<p><a href="../b/">B</a></p><h2 id="x">X</h2><p><a href="../b/">B</a> <a href="../b/#more">again</a></p>
        <h2 id="y">Y</h2><p><a href="../b/?q">B</a></p>"""
    found = connections(page("a", links), page("b"), page("c", '<a href="../b/">B</a>'))

    assert found["b"].mentioned == (
        Mention("guides/a.md", (LinkPlace("x", "X"), LinkPlace("y", "Y"))),
        Mention("guides/c.md", ()),
    )


def test_related_page_that_mentions_this_one_keeps_its_places_and_is_not_said_twice() -> None:
    found = connections(page("a", '<h2 id="x">X</h2><a href="../b/">B</a>', related=["b.md"]), page("b"))

    assert found["b"] == Connections((Mention("guides/a.md", (LinkPlace("x", "X"),)),), ())
    assert found["a"] == Connections((Mention("guides/b.md", ()),), ())


@pytest.mark.parametrize(
    "href",
    [
        "../b/",
        "../b/index.html",
        "/kb/guides/b/#x",
        "https://example.org/kb/guides/b/",
        "//example.org/kb/guides/%62/",
    ],
)
def test_link_is_known_however_it_is_written(href: str) -> None:
    found = connections(page("a", f'<a href="{href}">B</a>'), page("b"), site_url="https://example.org/kb/")

    assert names(found["b"].mentioned) == ["a"]


@pytest.mark.parametrize("href", ["#b", "https://example.com/kb/guides/b/", "../b.md", "http://[", "mailto:b@b", ""])
def test_link_to_somewhere_else_is_no_mention(href: str) -> None:
    found = connections(page("a", f'<a href="{href}">B</a>'), page("b"), site_url="https://example.org/kb/")

    assert found["b"].mentioned == ()


def test_page_that_is_no_guide_mentions_nothing_and_may_be_related() -> None:
    about = LinkedPage(
        "about.md", "docs/about.md", "about/", '<a href="../guides/a/">A</a>', is_guide=False, shows=True
    )
    web = connect([page("a", related=["/about.md"]), about], ["guides/a.md", "about.md", "index.md"])

    assert web.connections["guides/a.md"] == Connections((Mention("about.md"),), ())
    assert web.connections["about.md"] == Connections((Mention("guides/a.md"),), ())
    assert web.problems == []


def test_pages_of_a_site_whose_addresses_are_files_are_told_apart() -> None:
    pages = [
        LinkedPage("a.md", "a.md", "a.html", '<a href="more/b.html#x">B</a>'),
        LinkedPage("more/b.md", "more/b.md", "more/b.html", '<a href="../index.html">Home</a>'),
        LinkedPage("index.md", "index.md", "index.html", '<a href="a.html">A</a>'),
    ]
    web = connect(pages, [one.uri for one in pages])

    assert {uri: [mention.uri for mention in one.mentioned] for uri, one in web.connections.items()} == {
        "a.md": ["index.md"],
        "more/b.md": ["a.md"],
        "index.md": ["more/b.md"],
    }


# --- guides that nobody finds ---


def test_guide_is_no_orphan_if_a_guide_links_to_it_names_it_or_shows_that_it_names_it() -> None:
    link = '<a href="../b/">B</a>'

    assert codes(page("a", link), page("b")) == [("orphan-guide", "a.md")]
    assert codes(page("a", related=["b.md"]), page("b")) == [("orphan-guide", "a.md")]
    assert codes(page("a", related=["b.md"]), page("b", shows=True)) == []
    assert codes(page("a", '<a href="#x">me</a>'), page("b", '<a href="../a/">A</a>')) == [("orphan-guide", "b.md")]


def test_only_guide_is_no_orphan() -> None:
    assert codes(page("a")) == []


def test_each_page_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fed: list[str] = []
    feed = HTMLParser.feed

    def watched(self: HTMLParser, text: str) -> None:
        fed.append(text)
        feed(self, text)

    monkeypatch.setattr(HTMLParser, "feed", watched)
    pages = [page(f"g{n}", f'<a href="../g{(n + 1) % 50}/">next</a>', related=[f"g{n // 2}.md"]) for n in range(50)]

    connect(pages, [one.uri for one in pages])

    assert fed == [one.content for one in pages]
