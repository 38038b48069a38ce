"""Texts to copy, such as the brief: read whole on a phone, copied as they were written, and on one sheet of paper."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.widget import wait_until
from tests.helpers import Site

BRIEF = "guides/task-brief/"


@pytest.mark.parametrize("width", [320, 390])
def test_no_line_ends_outside_the_screen(page: Page, flagship: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(flagship.url + BRIEF)
    texts = page.locator("pre > code").filter(has_text="BRIEF")
    expect(texts).to_have_count(2)
    for text in texts.all():
        assert text.evaluate("code => code.scrollWidth <= code.clientWidth")


@pytest.mark.browser_context_args(
    permissions=["clipboard-read", "clipboard-write"], viewport={"width": 390, "height": 700}
)
def test_what_is_copied_has_the_lines_that_were_written(page: Page, flagship: Site) -> None:
    page.goto(flagship.url + BRIEF)
    page.get_by_role("button", name="Copy to clipboard").first.click()
    wait_until(page, "async () => (await navigator.clipboard.readText()).startsWith('BRIEF')")
    copied = page.evaluate("navigator.clipboard.readText()")
    # Broken on a phone, and one line all the same.
    assert "for [the job] or [each hour, at most how many]\n" in copied


def test_the_brief_is_on_one_sheet(page: Page, flagship: Site) -> None:
    page.goto(flagship.url + BRIEF)
    sheets = [
        sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    ]
    first, second = (text for text in sheets if "\nFirm:" in text)
    assert "Signed: [name, date]" in first
    assert "Signed: the writer" in second
