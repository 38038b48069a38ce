"""Lists, paragraphs and code in the texts of a question, as a reader meets them below it and in the result."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.widget import Widget, open_widget, say
from tests.helpers import DEFAULT_CONFIG, SiteFactory

TEXT = """\
title: Ready?
sections:
  - id: tests
    title: Tests
    lead_in: "In the last *two* weeks:"
    items:
      - id: green
        text: Was `make test` *green*?
        help: |
          Look at both:

          - the first run
          - the second run
        scale: yes-no
        recommend: |
          Run it twice.

          1. By day
          2. By night

          `make test`
      - {id: fast, text: Was it fast?, scale: yes-no}
bands:
  - {id: ready, min: 60, title: Ready}
  - {id: not-yet, min: 0, title: Not yet}
"""


@pytest.fixture
def widget(page: Page, site_factory: SiteFactory) -> Widget:
    tree = {"checklists/task.yml": TEXT, "docs/index.md": "::: checklist task level=1\n"}
    return open_widget(page, site_factory(tree).url)


def test_a_question_is_read_out_with_what_all_of_its_section_begin_with(page: Page, widget: Widget) -> None:
    question = page.get_by_role("group", name="Was make test green?")
    expect(question).to_have_accessible_description(re.compile("^In the last two weeks: +Look at both: +the first run"))
    expect(page.get_by_role("group", name="Was it fast?")).to_have_accessible_description("In the last two weeks:")
    expect(question.get_by_role("listitem")).to_have_text(["the first run", "the second run"])
    assert violations(page, include="scored-checklist") == []


def test_advice_keeps_its_paragraphs_and_lists_in_the_result(page: Page, widget: Widget) -> None:
    page.get_by_role("group", name="Was make test green?").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="Was it fast?").get_by_label("Yes", exact=True).check()
    expect(widget.panel).to_contain_text(say("complete", count=2))
    listed = (
        widget.panel.get_by_role("listitem").filter(has_text="Was make test green?").filter(has_text="Run it twice.")
    )
    listed.first.locator("summary").press("Enter")
    expect(listed.first.get_by_role("listitem")).to_have_text(["By day", "By night"])
    expect(listed.first.locator("code")).to_have_text("make test")
    # Signs are signs, not words.
    expect(widget.panel).not_to_contain_text("`")
    expect(widget.panel).not_to_contain_text("*green*")
    assert violations(page, include="scored-checklist") == []


ARABIC = TEXT.replace("title: Ready?", "title: جاهز؟").replace("Was it fast?", "هل كان سريعا؟")


def test_our_words_on_a_page_in_arabic_read_from_left_to_right(page: Page, site_factory: SiteFactory) -> None:
    tree = {
        "mkdocs.yml": DEFAULT_CONFIG.replace("name: material", "name: material, language: ar"),
        "checklists/task.yml": ARABIC,
        "docs/index.md": "::: checklist task level=1\n",
    }
    widget = open_widget(page, site_factory(tree).url)
    assert page.locator("body").get_attribute("dir") == "rtl"
    page.get_by_role("group", name="هل كان سريعا؟").get_by_label("Yes", exact=True).check()
    notes = page.locator("[data-meta]")
    expect(notes).to_have_css("direction", "ltr")
    expect(widget.parts.first).to_have_attribute("lang", "en")
    # A file that does not say otherwise is in the language of the page.
    question = page.locator("legend").filter(has_text="هل كان سريعا؟").get_by_role("heading")
    expect(question).to_have_css("direction", "rtl")
    assert question.get_attribute("lang") == "ar"
    expect(page.get_by_role("heading", level=1)).to_have_css("direction", "rtl")


def test_a_file_in_another_language_says_so_on_its_texts_only(page: Page, site_factory: SiteFactory) -> None:
    tree = {"checklists/task.yml": f"language: ar\n{ARABIC}", "docs/index.md": "::: checklist task level=1\n"}
    widget = open_widget(page, site_factory(tree).url)
    assert widget.parts.first.get_attribute("lang") is None
    assert page.locator("legend").filter(has_text="هل كان سريعا؟").get_by_role("heading").get_attribute("dir") == "rtl"
    expect(page.locator("[data-meta]")).to_have_css("direction", "ltr")
    assert page.get_by_role("heading", level=1).get_attribute("lang") == "ar"
