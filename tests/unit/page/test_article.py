"""The renderer without Markdown; what a page becomes is shown by `tests/golden/render`."""

from xml.etree.ElementTree import tostring

import pytest

from mkdocs_checklists.page.article import report_element
from mkdocs_checklists.page.directives import Part
from tests.unit.page.writing import MESSAGES, Writer, renderer
from tests.unit.texts import PLAIN, RICH


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


def test_each_box_of_a_question_with_several_answers_has_a_value_of_its_own() -> None:
    inputs = [field for element in renderer(RICH).render(Part()) for field in element.iter("input")]

    # Tools that fill in or read forms tell boxes of one name apart by nothing else.
    assert [field.get("value") for field in inputs if field.get("name") == "kept"] == [
        "code",
        "data",
        "logs",
        "nothing",
    ]


def test_report_is_text_in_an_alert() -> None:
    assert tostring(report_element("a <b>\n^", MESSAGES), "unicode") == (
        '<div class="checklist-report" role="alert"><p><strong>This checklist has a mistake in its file. The page is complete '
        "again once it is mended.</strong></p><pre>a &lt;b&gt;\n^</pre></div>"
    )
