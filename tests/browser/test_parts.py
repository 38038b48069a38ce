"""The result of sections and dimensions: bands of their own, what holds the whole down, fractions, shares from zero."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.widget import Widget, open_widget, say
from tests.helpers import DEFAULT_CONFIG, SiteFactory

PARTS = """\
title: Ready?
caps: [{section: status, below: 55, band: fix}]
dimensions:
  - {id: people, title: People, bands: [{id: able, min: 50, title: They can do it}, {id: alone, min: 0, title: One alone}]}
sections:
  - id: status
    title: Where it is
    bands:
      - {id: seen, min: 55, title: You see where it is}
      - {id: unseen, min: 0, title: You hear of trouble late, text: "Agree on *one line* a week.\\n\\n[Why](/index.md)"}
    items:
      - {id: weekly, text: Is there a weekly line?, scale: yes-no, recommend: Ask for one.}
  - id: team
    title: Who does it
    items:
      - {id: deputy, text: Is there a deputy?, scale: yes-no, weight: 3, dimension: {people: 0.5}, recommend: Name one.}
      - {id: dates, text: Does each task have a date?, scale: yes-no, weight: 2.5, dimension: people, recommend: Write it.}
bands:
  - {id: go, min: 70, title: Go on}
  - {id: fix, min: 30, title: Mend this first}
  - {id: wait, min: 0, title: Wait}
"""

ZERO = """\
title: How much of it?
score: {from: zero, open: zero, enough: 0}
sections:
  - id: all
    title: All
    items:
      - {id: a, text: First?, options: [{id: most, text: Most, points: 1.5}, {id: some, text: Some, points: 0.25}]}
      - {id: b, text: Second?, scale: yes-no, weight: 0.5}
bands: [{id: good, min: 50, title: Good}, {id: bad, min: 0, title: Bad}]
"""

TREE = {
    "mkdocs.yml": DEFAULT_CONFIG,
    "checklists/parts.yml": PARTS,
    "checklists/zero.yml": ZERO,
    "docs/index.md": "# Start",
    "docs/parts.md": "::: checklist parts",
    "docs/zero.md": "::: checklist zero",
}

WEEKLY, DEPUTY, DATES = "Is there a weekly line?", "Is there a deputy?", "Does each task have a date?"


@pytest.fixture
def parts(page: Page, site_factory: SiteFactory) -> Widget:
    return open_widget(page, site_factory(TREE).url + "parts/", "parts")


def test_section_that_is_low_holds_the_result_down_and_its_band_gives_advice(parts: Widget) -> None:
    parts.answer({WEEKLY: "No", DEPUTY: "Yes", DATES: "Yes"})

    # 5.5 of 6.5 is 85, which would be *Go on*.
    expect(parts.panel.locator("[data-verdict]")).to_contain_text("Mend this first")
    held = parts.panel.locator("[data-result]")
    expect(held).to_contain_text(say("capped_sections", count=1, band="Go on"))
    expect(held.get_by_role("link", name="Where it is")).to_have_attribute("href", re.compile(r"#parts--status$"))
    row = parts.panel.locator("tr[data-section=status]")
    expect(row).to_contain_text("You hear of trouble late")
    expect(row.locator("em")).to_have_text("one line")
    expect(row.get_by_role("link", name="Why")).to_be_visible()


def test_band_of_a_part_comes_with_enough_answers_and_follows_them(parts: Widget) -> None:
    people = parts.panel.locator("tr[data-dimension=people]")

    parts.answer({DEPUTY: "Yes"})
    expect(people).to_contain_text("1 of 2 answered")
    expect(people).not_to_contain_text("They can do it")

    # Half of 3, and nothing of 2.5: 1.5 of 4 is 38.
    parts.answer({DATES: "No"})
    expect(people).to_contain_text("38 of 100")
    expect(people).to_contain_text("One alone")

    # 2.5 of 4 is 63.
    parts.answer({DEPUTY: "No", DATES: "Yes"})
    expect(people).to_contain_text("They can do it")
    expect(people).not_to_contain_text("One alone")


def test_share_from_zero_with_open_questions_and_fractions_is_explained(page: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(page, site_factory(TREE).url + "zero/", "zero")

    widget.answer({"First?": "Some"})

    # A quarter of 2: the open question is half a point that was not earned.
    expect(widget.panel.locator("[data-number]")).to_have_text("13 of 100")
    why = widget.panel.locator("details[data-why]")
    why.locator("summary").click()
    expect(why).to_contain_text("Your answers gave 0.25 points of 2. That is 13 of 100.")
    expect(why).to_contain_text("One question is not answered. It counts as zero points.")
    expect(why).to_contain_text("0.25 of 1.5 points · 1.25 lost")


def test_points_in_fractions_are_not_counted_without_a_script(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_factory(TREE).url + "zero/")

    expect(page.locator("[data-bands]")).to_contain_text("(1 to 2 points)")
    expect(page.locator("[data-tally]")).to_have_count(0)


def test_bands_of_parts_can_be_read_without_a_script(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_factory(TREE).url + "parts/")

    page.get_by_text("Where it is: what the scores mean").click()

    expect(page.get_by_text("You hear of trouble late")).to_be_visible()
    expect(page.get_by_text("Agree on one line a week.")).to_be_visible()
