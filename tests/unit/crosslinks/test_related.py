"""The block of related pages; where it stands in a site is shown by `test_mkdocs_crosslinks.py`."""

from mkdocs_checklists.crosslinks.connections import Connections, Mention
from mkdocs_checklists.crosslinks.page_links import LinkPlace
from mkdocs_checklists.crosslinks.related import RelatedWriter
from mkdocs_checklists.words.messages import load_messages

WRITER = RelatedWriter(
    load_messages(),
    lambda uri, anchor: f"../{uri.removesuffix('.md')}/" + (f"#{anchor}" if anchor else ""),
    lambda uri: {"a.md": "A & <b>"}.get(uri, uri),
    lambda uri: {"a.md": "What <i>it</i> says"}.get(uri, ""),
)


def places(count: int) -> tuple[LinkPlace, ...]:
    return tuple(LinkPlace(f"p{n}", f"Place {n}") for n in range(1, count + 1))


def test_nothing_to_show_is_nothing_at_all() -> None:
    assert WRITER.html(Connections((), ())) == ""


def test_page_stands_with_title_description_and_places_as_text() -> None:
    assert WRITER.html(Connections((Mention("a.md", (LinkPlace("x", "Under <x>"),)),), ())) == (
        '<nav class="checklist-related" aria-label="Related pages" data-search-exclude=""><h2>Related</h2><ul role="list">'
        '<li><p data-title=""><a href="../a/">A &amp; &lt;b&gt;</a></p><p>What &lt;i&gt;it&lt;/i&gt; says</p>'
        '<div data-places=""><span>Mentions this page under</span> <ul role="list">'
        '<li><a href="../a/#x">Under &lt;x&gt;</a></li></ul></div></li></ul></nav>'
    )


def test_mention_without_a_place_is_the_page_alone() -> None:
    html = WRITER.html(Connections((), (Mention("a.md"),)))

    assert html.endswith(
        '<h2>Mentioned in</h2><ul role="list"><li><p data-title=""><a href="../a/">A &amp; &lt;b&gt;</a></p></li></ul></nav>'
    )


def test_more_than_three_places_are_folded() -> None:
    three, four, nine = (WRITER.html(Connections((), (Mention("b.md", places(count)),))) for count in (3, 4, 9))

    assert "<details>" not in three
    assert (
        '<details><summary>and one more</summary><ul role="list"><li><a href="../b/#p4">Place 4</a></li></ul></details>'
        in four
    )
    assert "<summary>and 6 more</summary>" in nine
