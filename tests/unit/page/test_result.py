from xml.etree.ElementTree import tostring

from mkdocs_checklists.page.part import Part
from tests.unit.page.writing import renderer
from tests.unit.texts import PLAIN


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
