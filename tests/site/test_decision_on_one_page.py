"""The decision on one page: the drawing says what the checklist says, and is read from above to below on a phone and on paper."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.model.checklist import Checklist
from tests.helpers import REPOSITORY, Site

PAGE = REPOSITORY / "content/decision-on-one-page.md"
ENDS = ["Automate it", "Keep it", "Hire an employee", "Outsource it"]


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    library = Library(REPOSITORY / "checklists")
    library.refresh()
    loaded = library.get("who-does-the-work")
    assert loaded is not None
    assert loaded.checklist is not None
    return loaded.checklist


def follow(answers: dict[str, str]) -> str:
    """The end that the three questions of the drawing lead to."""
    can_be_written = answers["steps-written"] in {"followed", "writable"} and answers["judgement"] in {
        "never",
        "rarely",
    }
    is_data = answers["digital-input"] in {"always", "mostly"}
    if can_be_written and is_data and answers["decides-about-person"] != "serious":
        return "automate"
    if answers["skill-inside"] == "free" or answers["firm-knowledge"] == "insider":
        return "keep"
    is_enough = answers["weekly-hours"] in {"up-to-20", "over-20"} and answers["need-ahead"] != "ending"
    if is_enough and (answers["firm-knowledge"] == "weeks" or answers["easy-to-buy"] == "hard"):
        return "hire"
    return "outsource"


def test_every_typical_task_comes_to_the_end_that_the_checklist_says(checklist: Checklist) -> None:
    ends = {case.id: follow({item: answer[0] for item, answer in case.answers.items()}) for case in checklist.cases}

    # Of a close call, one of the two.
    assert {case.id: case.says for case in checklist.cases if ends[case.id] not in str(case.says).split("+")} == {}
    assert set(ends.values()) == {outcome.id for outcome in checklist.outcomes}
    assert f"all {len(checklist.cases)} typical tasks" in PAGE.read_text("utf-8")


def test_guide_and_home_lead_to_it() -> None:
    for page in ("guides/who-does-the-work.md", "index.md"):
        assert PAGE.name in (REPOSITORY / "content" / page).read_text("utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_drawing_leads_to_the_right_and_down(width: int, scheme: str, reading_page: Page, flagship: Site) -> None:
    page = reading_page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(flagship.url + "decision-on-one-page/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    questions = page.locator(".site-drawing ~ ol > li")
    expect(questions.get_by_role("link")).to_have_text(ENDS)
    edges = "(e) => ['left', 'right', 'top', 'bottom'].map((side) => e.getBoundingClientRect()[side])"
    lowest = 0.0
    for question in questions.all():
        name = question.locator("> p").first.evaluate(edges)
        words = question.locator("> p").last.evaluate(edges)
        out, on = (entry.evaluate(edges) for entry in question.locator("ul > li").all())
        # Each below what came before it, and what a yes leads to beside it.
        assert lowest <= name[2] < name[3] <= words[2] + 1
        assert words[3] <= on[2] + 1
        assert out[0] > name[1]
        assert name[2] < (out[2] + out[3]) / 2 < words[3] + 1
        lowest = on[3] - 1


def test_drawing_is_one_sheet(page: Page, flagship: Site) -> None:
    page.goto(flagship.url + "decision-on-one-page/")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) == 1
    text = re.sub(r"\s+", " ", sheets[0].extract_text())
    assert [end for end in ENDS if end not in text] == []
