"""Readers look for what is on their mind; what they find may be a question of a checklist."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.helpers import Site

OWNERS_WORDS = {
    "ghosted": "eight-first-time-outsourcing-mistakes/#can-i-get-my-deposit-or-part-of-the-money-back",
    "vanished": "cards/freelancer-late/",
    "deposit": "eight-first-time-outsourcing-mistakes/#can-i-get-my-deposit-or-part-of-the-money-back",
    "raise": "real-cost-of-outsourcing/#",
    "ChatGPT": "tasks-never-to-automate/#may-i-put-client-data-into-chatgpt-or-another-ai-tool",
    "domain": "cards/domain-gone/",
    "VA": "real-cost-of-outsourcing/#what-does-it-cost-to-lose-somebody",
    "terminate": "#how-do-i-set-a-last-date",
    "ads": "hiring-a-social-media-manager/#how-long-a-contract-and-may-they-ask-for-money-in-advance",
    "translator": "who-does-the-work/#a-freelancer-or-an-agency",
    "fire": "#how-do-i-set-a-last-date",
    "renewal": "before-i-sign/",
    "refund": "tasks-never-to-automate/#",
}
"""What owners type, and a place that it has to find."""

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


def places(page: Page, words: str) -> list[list[str]]:
    """The addresses that the search shows for these words, page by page, the best first."""
    field = page.get_by_role("textbox", name="Search")
    # Of the last words nothing is left: what is shown then belongs to these.
    field.fill("")
    field.press("End")
    expect(page.locator(".md-search-result__item")).to_have_count(0)
    field.fill(words)
    field.press("End")
    expect(page.locator(".md-search-result__item").first).to_be_attached()
    found: list[list[str]] = page.locator(".md-search-result__item").evaluate_all(
        "items => items.map((item) => [...item.querySelectorAll('a')].map(({ href }) => href.replace(/[?][^#]*/, '')))"
    )
    return found


def test_what_owners_type_is_found_and_no_page_for_authors_is_above_a_guide(
    page: Page, searchable_flagship: Site
) -> None:
    page.goto(searchable_flagship.url)
    missing, above = {}, {}
    for words, place in OWNERS_WORDS.items():
        found = places(page, words)
        if not any(place in address for group in found for address in group):
            missing[words] = found
        kinds = ["guide" if re.search("/(guides|cards)/", group[0]) else "other" for group in found]
        authors = [n for n, group in enumerate(found) if "/authors/" in group[0]]
        if authors and "guide" in kinds[authors[0] :]:
            above[words] = found
    assert missing == {}
    assert above == {}


@pytest.mark.parametrize("words", ["decision", "question", "points", "glossary", "calculator"])
def test_words_of_authors_find_guides_first(page: Page, searchable_flagship: Site, words: str) -> None:
    page.goto(searchable_flagship.url)

    found = places(page, words)

    assert "/authors/" not in found[0][0]
