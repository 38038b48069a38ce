"""The result fits one screen of a phone, reads in one order by eye and by keyboard, and the bar goes where it says nothing new."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.trip import CLOSE, TRIP, open_trip
from tests.browser.trip import TREE as TRIP_TREE
from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    SUPPLIES,
    TASK,
    TREE,
    open_widget,
    say,
    wait_until,
)
from tests.helpers import Site, SiteFactory

# With a title for what there is to do, as an author would give it.
WITH_ACTIONS = TASK.replace(
    "        effort: 20 min\n", "        effort: 20 min\n        action: Write it down\n"
).replace(
    "        recommend: Choose one number or date.\n",
    "        recommend: Choose one number or date.\n        action: Choose a sign\n",
)

CALCULATOR = """\
title: Does it pay?
inputs:
  - {id: hours, text: Hours a month, max: 100}
figures:
  - {id: cost, text: Cost of an hour, formula: "600 / max(hours, 1)", main: true}
verdicts:
  - {id: pays, title: It pays, when: cost < 50}
  - {id: no, title: It does not pay, when: cost >= 50}
sections:
  - id: only
    title: Questions
    items:
      - {id: sure, text: Are you sure?, scale: yes-no}
      - {id: now, text: Now?, scale: yes-no}
bands:
  - {id: yes, min: 50, title: "Sure"}
  - {id: no, min: 0, title: "Not sure"}
"""

# Where each thing that can have the focus is on the page, in the order of the document.
TOPS = """(panel) => [...panel.querySelectorAll("a[href], button, summary")]
  .filter((element) => element.checkVisibility())
  .map((element) => Math.round(element.getBoundingClientRect().top))"""


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def test_result_with_three_things_to_do_fits_one_screen_of_a_phone(phone: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(
        phone, site_factory({"checklists/task.yml": WITH_ACTIONS, "docs/index.md": "::: checklist task"}).url
    )
    widget.answer({NAMED: PARTLY, SIGN: NO, SUPPLIES: NO, DATE: NO})

    steps = widget.panel.get_by_role("list").filter(has_text="Write it down").get_by_role("listitem")
    expect(steps).to_have_count(3)
    expect(steps.first.get_by_role("link")).to_have_text("Write it down")
    expect(widget.panel.locator("[data-meaning]")).to_have_text("Mend what is listed first.")
    panel, button = widget.panel.bounding_box(), widget.button("reset").bounding_box()
    assert panel is not None
    assert button is not None
    assert button["y"] + button["height"] - panel["y"] <= 844


def test_thing_to_do_opens_to_the_question_and_how_it_is_done(phone: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(
        phone, site_factory({"checklists/task.yml": WITH_ACTIONS, "docs/index.md": "::: checklist task"}).url
    )
    widget.answer({NAMED: PARTLY})

    step = widget.panel.get_by_role("listitem").filter(has_text="Write it down")
    expect(step.get_by_text("Write the sentence down.")).to_be_hidden()
    step.locator("summary").press("Enter")
    expect(step.get_by_text("Write the sentence down.")).to_be_visible()
    expect(step.get_by_text(NAMED)).to_be_visible()
    # What the reader has opened stays open when another answer comes.
    widget.answer({SIGN: NO})
    expect(widget.panel.get_by_role("link", name="Choose a sign")).to_be_visible()
    expect(step.get_by_text("Write the sentence down.")).to_be_visible()


def test_long_meaning_of_a_result_shows_its_first_paragraph(page: Page, site_factory: SiteFactory) -> None:
    text = TASK.replace("text: Hand it over.", 'text: "Hand it over.\\n\\nThen look back."')
    widget = open_widget(page, site_factory({"checklists/task.yml": text, "docs/index.md": "::: checklist task"}).url)
    widget.answer(ALL_BEST)

    meaning = widget.panel.locator("[data-meaning]")
    expect(meaning.get_by_text("Hand it over.")).to_be_visible()
    expect(meaning.get_by_text("Then look back.")).to_be_hidden()
    widget.open("more_meaning")
    expect(meaning.get_by_text("Then look back.")).to_be_visible()


@pytest.mark.parametrize("kind", ["score", "decision"])
def test_order_of_the_keyboard_is_the_order_on_the_screen(kind: str, page: Page, site_factory: SiteFactory) -> None:
    name, text = ("task", TASK) if kind == "score" else ("trip", TRIP)
    widget = open_widget(
        page, site_factory({f"checklists/{name}.yml": text, "docs/index.md": f"::: checklist {name}"}).url, name
    )
    for question in widget.parts.locator("fieldset").all():
        if question.is_visible():
            question.get_by_role("radio").nth(1).check()
    expect(widget.panel.locator("[data-verdict]")).to_be_visible()
    expect(widget.button("reset")).to_be_visible()

    tops = widget.panel.evaluate(TOPS)

    assert len(tops) > 5
    assert tops == sorted(tops)


def test_bar_is_away_while_the_result_is_in_view(phone: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(phone, site_factory(TREE).url + "whole/")
    widget.answer({NAMED: NO})
    expect(widget.bar).to_be_visible()

    widget.panel.scroll_into_view_if_needed()
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(widget.bar).to_be_hidden()

    phone.evaluate("scrollTo(0, 0)")
    expect(widget.bar).to_be_visible()


def test_bar_says_the_verdict_of_a_calculator(page: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(
        page, site_factory({"checklists/pays.yml": CALCULATOR, "docs/index.md": "::: checklist pays"}).url, "pays"
    )
    widget.parts.get_by_role("textbox", name="Hours a month").fill("20")
    expect(widget.bar).to_contain_text("It pays")


def test_bar_names_both_outcomes_of_a_close_call(page: Page, site_factory: SiteFactory) -> None:
    widget = open_trip(page, site_factory(TRIP_TREE).url)
    widget.answer(CLOSE)
    expect(widget.bar.first).to_contain_text("Walk / Ride a bicycle")


def test_verdict_of_a_calculator_is_right_below_its_last_number(page: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(
        page, site_factory({"checklists/pays.yml": CALCULATOR, "docs/index.md": "::: checklist pays"}).url, "pays"
    )
    so_far = widget.parts.locator("[data-so-far]")
    expect(so_far).to_be_hidden()

    widget.parts.get_by_role("textbox", name="Hours a month").fill("20")

    expect(so_far).to_have_text(re.compile(r"^It pays\. Cost of an hour: 30"))
    so_far.get_by_role("link", name=say("result_link")).press("Enter")
    expect(page).to_have_url(re.compile("#pays--score$"))
    widget.parts.get_by_role("textbox", name="Hours a month").fill("")
    expect(so_far).to_be_hidden()


def test_header_comes_back_on_scrolling_up(phone: Page, flagship: Site) -> None:
    phone.goto(flagship.url + "guides/task-brief/", wait_until="networkidle")
    header = phone.locator(".md-header")
    phone.mouse.move(200, 500)
    for distance in (600, 600, 600):
        scroll_by(phone, distance)
    expect(header).not_to_be_in_viewport()
    # Material takes two events to see that somebody scrolls up.
    for distance in (-150, -150, -150):
        scroll_by(phone, distance)
    expect(header).to_be_in_viewport()


def scroll_by(page: Page, distance: int) -> None:
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, distance)
    wait_until(page, "(goal) => Math.abs(scrollY - goal) < 1", before + distance)


def test_header_of_a_wide_screen_stays(page: Page, flagship: Site) -> None:
    page.goto(flagship.url + "guides/task-brief/")
    page.mouse.move(600, 500)
    for _ in range(4):
        page.mouse.wheel(0, 600)
    wait_until(page, "() => scrollY > 1000")
    expect(page.locator(".md-header")).to_be_in_viewport()


def test_lists_of_pages_printed_from_a_dark_device_are_ink_on_paper(page: Page, flagship: Site) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(flagship.url + "guides/task-brief/")
    for place in page.locator(".checklist-related").all():
        colour = place.evaluate("(element) => getComputedStyle(element).color")
        assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 130, colour
    expect(page.locator(".checklist-related")).not_to_have_count(0)
