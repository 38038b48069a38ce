"""The cards on paper, and the reply that *Before I sign* writes."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.widget import open_widget, say
from tests.helpers import REPOSITORY, Site
from tests.sampling import mostly_slow

CARDS = sorted(path.stem for path in (REPOSITORY / "content/cards").glob("*.md") if path.stem != "index")


@pytest.mark.parametrize("name", mostly_slow(CARDS, kept=2))
def test_card_is_one_sheet_of_paper(page: Page, flagship: Site, name: str) -> None:
    page.goto(f"{flagship.url}cards/{name}/")

    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages

    assert len(sheets) == 1


@pytest.mark.parametrize("name", mostly_slow(CARDS, kept=2))
def test_card_is_one_screen(page: Page, flagship: Site, name: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{flagship.url}cards/{name}/")

    ends = page.locator("article > ol").evaluate_all(
        "lists => lists.map((list) => list.getBoundingClientRect().bottom)"
    )

    assert len(ends) == 3
    assert max(ends) <= 800, ends


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_card_scrolls_in_one_direction_only(page: Page, flagship: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{flagship.url}cards/domain-gone/")

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_language_school_gets_the_reply_with_the_clauses_to_change(page: Page, flagship: Site) -> None:
    widget = open_widget(page, flagship.url + "guides/before-i-sign/", "before-i-sign")
    widget.answer(
        {
            "How long are you bound at first?": "Up to a year",
            "How much notice must you give?": "A month or less",
            "What happens at the end of the term?": "It renews by itself for longer than a month",
            "How much do you pay before you have anything in hand?": "Half a job or more, or several months",
            "In whose name are the accounts?": say("unknown"),
        }
    )
    fold = widget.panel.locator("details", has_text=say("template-of-answers"))
    fold.locator("summary").click()
    letter = fold.locator("pre")

    expect(letter).to_contain_text("- Term: we may leave at the end of the third month")
    expect(letter).to_contain_text("- Renewal: the contract does not renew by itself.")
    expect(letter).to_contain_text("- Payment: a deposit of no more than a third.")
    expect(letter).to_contain_text("- Accounts: please list the accounts")
    # What is as it should be is not asked for, and what is open stays a blank.
    text = letter.inner_text()
    assert "Notice:" not in text
    assert text.count(say("blank")) == 8
