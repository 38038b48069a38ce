"""The renderer without Markdown; what a page becomes is shown by `tests/golden/render`."""

from xml.etree.ElementTree import Element, tostring

import pytest

from mkdocs_checklists.diagnostics.diagnostic import Span
from mkdocs_checklists.page.article import Renderer, report_element, tally_css
from mkdocs_checklists.page.part import Part
from mkdocs_checklists.words.messages import load_messages
from tests.unit.texts import PLAIN, RICH, load

MESSAGES = load_messages()


class Writer:
    """Writes texts as they are, and takes note of each with its place."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str, int, int]] = []

    def plain(self, element: Element, text: str) -> None:
        element.text = text

    def after(self, element: Element, text: str) -> None:
        element.tail = text

    def inline(self, element: Element, text: str, span: Span) -> None:
        element.text = text
        self.texts.append(("inline", text, span.line, span.column))

    def block(self, element: Element, text: str, span: Span) -> None:
        self.texts.append(("block", text, span.line, span.column))

    def link(self, element: Element, span: Span) -> None:
        self.texts.append(("link", str(element.get("href")), span.line, span.column))


def renderer(text: str, writer: Writer | None = None) -> Renderer:
    return Renderer(load(text), MESSAGES, writer or Writer())


def test_every_text_and_link_comes_with_its_place_in_the_file() -> None:
    writer = Writer()
    text = PLAIN.replace("title: Ready?", "title: Ready?\nsummary: Sum", 1)
    text = text.replace("    title: Tests", "    title: Tests\n    why: Why\n    signs: [One, Two]\n    see: /a.md")
    text = text.replace("scale: yes-no}", "scale: yes-no, help: Help, recommend: {no: Do}, see: [/b.md, /c.md]}")

    renderer(text, writer).render(Part())

    assert writer.texts == [
        ("inline", "Sum", 2, 10),
        ("block", "Why", 6, 10),
        ("inline", "One", 7, 13),
        ("inline", "Two", 7, 18),
        ("link", "/a.md", 8, 10),
        ("inline", "Help", 10, 56),
        ("inline", "Do", 10, 78),
        ("link", "/b.md", 10, 89),
        ("link", "/c.md", 10, 96),
    ]


@pytest.mark.parametrize(
    ("part", "sections"), [(Part(), [0]), (Part(section="tests"), [0]), (Part("score"), []), (Part("items"), [0])]
)
def test_part_knows_its_sections(part: Part, sections: list[int]) -> None:
    assert [n for n, _ in renderer(RICH).sections(part)] == sections


def test_title_stands_before_the_element_so_that_site_generators_find_it() -> None:
    tags = [element.tag for element in renderer(PLAIN).render(Part(level=1))]

    assert tags == ["h1", "scored-checklist"]


def test_band_that_no_sum_of_points_reaches_has_no_points_to_score_by_hand() -> None:
    text = PLAIN.replace("min: 50, title: Ready}", "min: 60, title: Ready}, {id: fix, min: 50.0, title: Fix}")

    html = "".join(tostring(element, "unicode") for element in renderer(text).render(Part()))

    assert html.count("data-hand") == 2


def test_bands_start_where_the_rounded_score_reaches_them() -> None:
    # 66.67 is shown as 67: two of three points are enough for a band that starts at 67.
    items = "\n".join(f"      - {{id: i{n}, text: T, scale: yes-no}}" for n in range(3))
    text = PLAIN.replace("      - {id: green, text: Green?, scale: yes-no}", items).replace("min: 50", "min: 67")

    html = "".join(tostring(element, "unicode") for element in renderer(text).render(Part()))

    assert "2 to 3 points" in html
    assert "0 to 1 points" in html


def test_css_counts_each_value_of_points_once_and_leaves_zero_out() -> None:
    assert tally_css([load(RICH).key, load(RICH).key]) == (
        'input[data-points="-3"]:checked{counter-increment:checklist-points -3}\n'
        'input[data-points="-1"]:checked{counter-increment:checklist-points -1}\n'
        'input[data-points="1"]:checked{counter-increment:checklist-points 1}\n'
        'input[data-points="2"]:checked{counter-increment:checklist-points 2}\n'
        'input[data-points="6"]:checked{counter-increment:checklist-points 6}'
    )


def test_report_is_text_in_an_alert() -> None:
    assert tostring(report_element("a <b>\n^", MESSAGES), "unicode") == (
        '<div class="checklist-report" role="alert"><p><strong>This checklist has a mistake in its file. The page is complete '
        "again once it is mended.</strong></p><pre>a &lt;b&gt;\n^</pre></div>"
    )
