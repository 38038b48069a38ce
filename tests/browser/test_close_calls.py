"""Close calls and unclear results: what each of two outcomes means, what is true of either, and what is not known."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.trip import BAG, CLOSE, DISTANCE, LOAD, NEAR, RAIN, TRIP, UNCLEAR, WET
from tests.browser.widget import UNKNOWN, Widget, open_widget, say
from tests.helpers import SiteFactory

TEXT = TRIP.replace(
    "subject: trip\n", "subject: trip\nplan: {title: Our trips}\nclose: {ride+walk: Take the *bus*.}\n"
).replace(
    "notes:\n",
    'notes:\n  - {when: outcome == "walk", text: Mind the road.}\n'
    '  - {when: outcome == "walk" or outcome == "ride", text: Start early.}\n'
    "  - {when: known(outcome), text: It is clear.}\n",
)
PAGES = {
    "checklists/trip.yml": TEXT,
    "docs/index.md": "::: checklist-index\n",
    "docs/trip.md": "::: checklist trip level=1\n",
}
WORDS = re.compile(r"\s+")


@pytest.fixture
def site_url(site_factory: SiteFactory) -> str:
    return site_factory(PAGES).url


@pytest.fixture
def widget(page: Page, site_url: str) -> Widget:
    return open_widget(page, site_url + "trip/", "trip")


def test_close_call_shows_what_each_of_the_two_means_side_by_side_with_the_authors_words(widget: Widget) -> None:
    widget.answer(CLOSE)

    expect(widget.panel.get_by_role("heading", name=say("close_both"))).to_be_visible()
    sides = widget.panel.locator("[data-one]")
    expect(sides).to_have_count(2)
    walk, ride = (WORDS.sub(" ", text).strip() for text in sides.all_inner_texts())
    assert walk == "Walk Take good shoes. Read on: example.org Mind the road."
    assert ride == "Ride a bicycle Pump the tyres."
    expect(sides.first.get_by_role("link")).to_have_attribute("href", "https://example.org/shoes")
    text = widget.panel.locator("[data-result]").get_by_text("Take the bus.")
    expect(text).to_be_visible()
    expect(text.locator("em")).to_have_text("bus")
    boxes = [side.bounding_box() for side in sides.all()]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    assert violations(widget.panel.page, include="scored-checklist") == []


def test_note_that_is_true_of_either_is_advice_and_one_about_a_clear_outcome_is_not(widget: Widget) -> None:
    widget.answer(CLOSE)

    now = widget.panel.locator("[data-notes-now] li")
    expect(now).to_have_count(2)
    assert [text.split("\n")[0] for text in now.all_inner_texts()] == ["Start early.", "Take a coat."]


def test_in_a_narrow_column_the_two_stand_one_below_the_other(widget: Widget) -> None:
    widget.panel.page.set_viewport_size({"width": 390, "height": 800})
    widget.answer(CLOSE)
    expect(widget.panel.locator("[data-one]")).to_have_count(2)

    first, second = (side.bounding_box() for side in widget.panel.locator("[data-one]").all())
    assert first
    assert second
    assert first["x"] == second["x"]
    assert first["y"] + first["height"] <= second["y"]


def test_without_a_clear_answer_what_comes_nearest_is_shown_and_what_is_ruled_out_is_folded(widget: Widget) -> None:
    widget.answer(UNCLEAR)

    expect(widget.panel.get_by_role("heading", name=say("unclear_both"))).to_be_visible()
    expect(widget.panel.locator("[data-one] > b")).to_have_text(["Walk", "Take the car"])
    removed = widget.panel.locator("[data-removed]")
    widget.open("fits")
    expect(removed).to_be_hidden()
    widget.panel.get_by_text(say("ruled_out", count=1)).click()
    expect(removed).to_contain_text("No bicycle carries that.")


def test_where_no_answer_is_known_too_little_is_known(widget: Widget) -> None:
    widget.parts.get_by_role("textbox", name=say("run_name", subject="trip")).fill("Home")
    widget.answer({DISTANCE: UNKNOWN, LOAD: UNKNOWN, RAIN: UNKNOWN})

    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("too_little"))
    expect(widget.panel.locator("[data-number]")).to_have_text(say("fit_unknown", known=0, applicable=3))
    expect(widget.panel.get_by_role("heading", name=say("find_out"))).to_be_visible()
    expect(widget.panel.locator("[data-one]")).to_have_count(0)
    expect(widget.parts.get_by_role("row", name="Home")).to_contain_text(say("plan_too_little"))
    expect(widget.live.filter(has_text=say("too_little"))).to_have_count(1)


def test_index_says_that_too_little_is_known(widget: Widget, site_url: str) -> None:
    widget.answer({DISTANCE: UNKNOWN, LOAD: UNKNOWN, RAIN: UNKNOWN})
    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("too_little"))
    page = widget.panel.page
    page.goto(site_url)

    expect(page.locator("[data-entry=trip]")).to_contain_text(say("plan_too_little"))


def test_some_that_is_known_and_leads_nowhere_is_no_clear_answer(widget: Widget) -> None:
    widget.answer(UNCLEAR)

    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("unclear-subject", subject="trip"))


def test_answers_after_a_close_call_take_the_two_away(widget: Widget) -> None:
    widget.answer({DISTANCE: NEAR, LOAD: BAG, RAIN: WET})
    expect(widget.panel.locator("[data-one]")).to_have_count(2)
    widget.answer({LOAD: "Nothing"})

    widget.expect_verdict("Walk")
    expect(widget.panel.locator("[data-one]")).to_have_count(0)
