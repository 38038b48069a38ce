"""Readers look for what is on their mind; what they find may be a question of a checklist."""

import pytest
from playwright.sync_api import Page, expect

from tests.helpers import Site

QUESTIONS = [
    pytest.param("named in one sentence that starts with a verb", "first-time-outsourcing--one-sentence", id="verb"),
    pytest.param(
        "decides each week what the provider does first", "costly-beliefs--who-sets-priorities", id="priorities"
    ),
    pytest.param("decision that no rule covers", "who-does-the-work--judgement", id="decision"),
]


@pytest.mark.parametrize(("words", "anchor"), QUESTIONS)
def test_search_finds_a_question_by_its_words_and_lands_on_it(
    page: Page, searchable_flagship: Site, words: str, anchor: str
) -> None:
    page.goto(searchable_flagship.url)
    field = page.get_by_role("textbox", name="Search")
    field.fill(words)
    field.press("End")  # Material listens to keys.
    result = page.locator(f".md-search-result__item a[href*='#{anchor}']").first
    expect(result).to_be_attached()
    # Places further down a page are folded under its first result.
    fold = page.locator(".md-search-result__item", has=result).locator("summary")
    if not result.is_visible():
        fold.click()

    result.click()

    heading = page.locator(f"[id='{anchor}']")
    expect(heading).to_be_in_viewport()
    expect(heading).to_contain_text(words.rpartition(" ")[2])
