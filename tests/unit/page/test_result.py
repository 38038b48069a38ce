from xml.etree.ElementTree import Element, tostring

from mkdocs_checklists.page.article import Renderer
from mkdocs_checklists.page.directives import Part
from tests.unit.page.writing import MESSAGES, renderer
from tests.unit.texts import OTHER_LANGUAGE, PLAIN

PARTED = PLAIN.replace("    title: Tests\n", "    label: A\n    title: Tests\n").replace(
    "bands:", "  - {id: more, title: More, items: [{id: red, text: Red?, scale: yes-no}]}\nbands:"
)


def texts(page: Renderer, path: str) -> list[str]:
    """The whole text of each element of a page that a path leads to."""
    root = Element("div")
    root.extend(page.render(Part()))
    return ["".join(element.itertext()).strip() for element in root.iterfind(f".//{path}")]


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


def test_writers_of_the_parts_are_made_once_for_a_page() -> None:
    page = renderer(PLAIN)
    writers = [page.result, page.result.calculator, page.result.decision, page.result.plan, page.result.advice]

    page.render(Part())

    again = [page.result, page.result.calculator, page.result.decision, page.result.plan, page.result.advice]
    assert [id(one) for one in writers] == [id(one) for one in again]


def test_scores_of_bands_are_written_as_the_language_writes_numbers() -> None:
    text = PLAIN.replace("bands:", "score: {range: [-1000, 5], decimals: 1}\nbands:").replace("min: 50", "min: 2.5")
    text = text.replace("min: 0, title: Not yet", "min: -1000, title: Not yet")

    bands = [texts(renderer(text, messages=messages), "dt/small") for messages in (MESSAGES, OTHER_LANGUAGE)]

    assert bands == [
        ["2.5 to 5.0", "(1 point)", "-1,000.0 to 2.4", "(0 points)"],
        ["2,5 to 5,0", "(1 point)", "-1.000,0 to 2,4", "(0 points)"],
    ]


def test_method_names_each_band_with_the_scores_that_are_shown_beside_it() -> None:
    text = PLAIN.replace("bands:", "score: {range: [0, 5], decimals: 1}\nbands:").replace("min: 50", "min: 2.5")

    shares = texts(renderer(text, messages=OTHER_LANGUAGE), "details[@data-method]/ul/li")

    assert [share.partition(":")[0] for share in shares] == ["Ready (2,5 to 5,0)", "Not yet (0,0 to 2,4)"]


def test_punctuation_of_the_result_is_that_of_the_language() -> None:
    page = renderer(PARTED, messages=OTHER_LANGUAGE)

    assert texts(page, "p[@data-tally]")[0].startswith("Points so far:  of 2。 With")
    assert texts(page, "tbody/tr/th") == ["A ~ Tests", "More"]
    assert texts(page, "h3") == ["A ~ Tests", "More", "Your result"]


DECISION = """\
title: Keep it?
sections:
  - id: all
    label: A
    title: All
    items:
      - id: often
        text: How often?
        options:
          - {id: daily, text: Daily, points: {keep: 1000}}
          - {id: never, text: Never, points: {drop: -2}}
outcomes: [{id: keep, title: Keep it, see: [/a.md, /b.md]}, {id: drop, title: Drop it}]
"""


def test_numbers_and_punctuation_of_a_decision_are_those_of_the_language() -> None:
    page = renderer(DECISION, messages=OTHER_LANGUAGE)

    assert texts(page, "p[@data-see]") == ["Read on: a、b"]
    assert texts(page, "table/caption") == ["A ~ All"]
    assert texts(page, "ul[@data-letters]/li") == ["A ~ Keep it", "B ~ Drop it"]
    assert texts(page, "tbody/tr/td") == ["1.000", "0", "0", "−2", "0", "−2", "1.000", "0"]
