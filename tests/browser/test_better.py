"""What a result says where a high score is bad, where nothing is better, and where facts hold it down."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget import TREE, Widget, open_widget, say
from tests.helpers import SiteFactory

DAYS = """
    options:
      - {id: never, text: On no day, points: 0}
      - {id: some, text: On some days, points: 1}
      - {id: daily, text: Every day, points: 3}"""
SCREEN = f"""\
title: How are you?
score: {{as: points, better: lower, enough: 100}}
sections:
- id: days
  title: The last two weeks
  items:
  - id: low
    text: On how many days were you low?{DAYS}
    recommend: Write down when.
  - id: tired
    text: On how many days were you tired?{DAYS}
  - id: harm
    text: On how many days did you think of hurting yourself?{DAYS}
    urgent: [some, daily]
    action: Talk to somebody today
    recommend: Call your doctor, or the line for emergencies.
bands:
- {{id: severe, min: 6, title: Severe}}
- {{id: mild, min: 2, title: Mild}}
- {{id: minimal, min: 0, title: None or minimal}}
"""
MEASURE = """\
title: How do you decide?
score: {better: neither, enough: 100}
sections:
- id: habits
  title: Habits
  items:
  - {id: list, text: Is there a list of reasons?, scale: yes-no, recommend: {yes: Keep the list where others can see it.}}
  - {id: talk, text: Do you talk it over with others?, scale: yes-no}
bands:
- {id: slow, min: 60, title: Slow and careful}
- {id: quick, min: 0, title: Quick}
"""
FACTS = """\
title: Ready to hand over?
score: {enough: 100}
sections:
- id: firm
  title: The firm
  items:
  - id: product
    text: Does the task touch what you sell?
    options:
      - {id: no, text: It does not, points: 1}
      - {id: yes, text: It does, points: 0}
    given: true
    caps: {yes: wait}
    recommend: Ask somebody who has handed over such a task.
  - {id: written, text: Is the task written down?, scale: yes-no, recommend: Write it down., weight: 4}
bands:
- {id: ready, min: 80, title: Ready}
- {id: wait, min: 0, title: Wait}
"""


def widget_of(page: Page, site_factory: SiteFactory, text: str) -> Widget:
    tree = {**TREE, "checklists/turned.yml": text, "docs/turned.md": "# Turned\n\n::: checklist turned\n"}
    return open_widget(page, site_factory(tree).url + "turned/", checklist="turned")


def test_worst_answers_of_a_screen_are_never_called_the_best(page: Page, site_factory: SiteFactory) -> None:
    widget = widget_of(page, site_factory, SCREEN)
    widget.answer(
        {
            "On how many days were you low?": "Every day",
            "On how many days were you tired?": "Every day",
            "On how many days did you think of hurting yourself?": "Every day",
        }
    )

    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("verdict", band="Severe"))
    expect(widget.panel.locator("[data-number]")).to_have_text("9 of 9 points")
    expect(widget.panel).not_to_contain_text(say("all_best"))
    # The urgent answer first, by the title of its advice. Being tired has no advice, so it is nothing to do.
    first = widget.panel.locator("[data-result] ol").first
    expect(first.locator("a")).to_have_text(["Talk to somebody today", "On how many days were you low?"])
    way = widget.panel.locator("[data-way-up]").first
    expect(way.locator("summary")).to_have_text(say("way_up", count=2))
    expect(way.locator("small")).to_have_text([say("way_up_step", **{"from": "Every day", "to": "On no day"})] * 2)
    expect(widget.panel).not_to_contain_text(say("way_up_step", **{"from": "On no day", "to": "Every day"}))


def test_best_answers_of_a_screen_leave_nothing_to_mend(page: Page, site_factory: SiteFactory) -> None:
    widget = widget_of(page, site_factory, SCREEN)
    widget.answer(
        {
            "On how many days were you low?": "On no day",
            "On how many days were you tired?": "On no day",
            "On how many days did you think of hurting yourself?": "On no day",
        }
    )

    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("verdict", band="None or minimal"))
    expect(widget.panel).to_contain_text(say("all_best"))
    expect(widget.panel.get_by_text(say("to_do"))).to_be_hidden()
    expect(widget.panel.locator("[data-way-up]").first).to_be_hidden()


def test_answer_without_advice_that_is_not_the_best_is_neither_a_thing_to_do_nor_called_the_best(
    page: Page, site_factory: SiteFactory
) -> None:
    widget = widget_of(page, site_factory, SCREEN)
    widget.answer(
        {
            "On how many days were you low?": "On no day",
            "On how many days were you tired?": "On some days",
            "On how many days did you think of hurting yourself?": "On no day",
        }
    )

    expect(widget.panel).to_contain_text(say("complete", count=3))
    expect(widget.panel).not_to_contain_text(say("all_best"))
    expect(widget.panel.get_by_text(say("to_do"))).to_be_hidden()


def test_why_says_what_is_above_the_best_where_fewer_points_are_better(page: Page, site_factory: SiteFactory) -> None:
    widget = widget_of(page, site_factory, SCREEN)
    widget.answer({"On how many days were you low?": "On some days"})
    widget.panel.locator("[data-why] > summary").click()

    expect(widget.panel.locator("[data-gains] > li")).to_contain_text("1 of 3 points · 1 above the best")


@pytest.mark.parametrize(("answer", "band"), [("Yes", "Slow and careful"), ("No", "Quick")])
def test_measurement_is_neither_praised_nor_mended(
    page: Page, site_factory: SiteFactory, answer: str, band: str
) -> None:
    widget = widget_of(page, site_factory, MEASURE)
    widget.answer({"Is there a list of reasons?": answer, "Do you talk it over with others?": answer})

    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("verdict", band=band))
    expect(widget.panel).not_to_contain_text(say("all_best"))
    expect(widget.panel.locator("[data-way-up]:visible")).to_have_count(0)
    expect(widget.panel.get_by_text(say("to_do"))).to_have_count(0)
    # The author's own words, after the answer that they are for.
    advice = widget.panel.get_by_role("heading", name=say("advice"))
    expect(advice).to_be_visible() if answer == "Yes" else expect(advice).to_be_hidden()


def test_facts_that_hold_a_result_down_are_said_to_be_nothing_to_work_on(page: Page, site_factory: SiteFactory) -> None:
    widget = widget_of(page, site_factory, FACTS)
    widget.answer({"Does the task touch what you sell?": "It does", "Is the task written down?": "Yes"})

    expect(widget.panel).to_contain_text(say("capped", band="Ready", count=1))
    expect(widget.panel).to_contain_text(say("capped_given_help"))
    expect(widget.panel.locator("[data-result]")).to_contain_text("Ask somebody who has handed over such a task.")
    expect(widget.panel.get_by_text(say("to_do"))).to_be_hidden()
    expect(widget.panel.locator("[data-way-up]").first).to_be_hidden()


def test_points_that_a_fact_costs_are_named_where_no_work_makes_up_for_them(
    page: Page, site_factory: SiteFactory
) -> None:
    widget = widget_of(page, site_factory, FACTS.replace("    caps: {yes: wait}\n", "").replace("min: 80", "min: 90"))
    widget.answer({"Does the task touch what you sell?": "It does", "Is the task written down?": "No"})

    expect(widget.panel.get_by_text(say("way_up_given"))).to_be_visible()
    expect(widget.panel.locator("[data-result] ol").first.locator("a")).to_have_text(["Is the task written down?"])
