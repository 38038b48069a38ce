"""The calculator as a reader meets it: typing, figures, arithmetic, verdict, comparison, example, what matters most."""

import json
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from mkdocs_checklists.checks.checklist import check
from mkdocs_checklists.reading.reader import read_checklist
from mkdocs_checklists.scoring.key import ScoringKey, scoring_key
from mkdocs_checklists.scoring.rules import full_score
from tests.browser.test_accessibility import violations
from tests.browser.test_paper import printed, squeeze
from tests.browser.widget import listen, say, store, stored, told, wait_until, wait_until_stored
from tests.helpers import SiteFactory

WORTH = """\
title: Is it worth handing over?
reviewed: 2026-11-20
inputs:
  - {id: now, text: Hours a month this takes you, short: hours now, unit: h, max: 400, decimals: 1, example: 12}
  - {id: mine, text: Hours you would still spend, short: my hours, unit: h, max: 400, decimals: 1, example: 3}
  - {id: months, text: For how many months, short: months, min: 1, max: 120, example: 12}
  - {id: price, text: What they ask a month, short: their price, unit: €, max: 99999, decimals: 2, example: 350}
figures:
  - {id: freed, text: Hours freed, unit: h, decimals: 1, formula: months * (now - mine), main: true}
  - {id: cost, text: What it costs, unit: €, decimals: 2, formula: months * price}
  - {id: lost, text: What you lose, unit: €, decimals: 2, formula: 0 - cost / 2}
  - {id: per-hour, text: Price of an hour freed, unit: €, decimals: 2, formula: cost / freed, when: freed > 0}
verdicts:
  - {id: loses, when: freed <= 0, title: It costs you time as well, text: Do not hand it over.}
  - {id: cheap, when: per_hour <= 40, title: It is worth it, text: "It frees *time* cheaply."}
  - {id: dear, when: per_hour > 40, title: You would be buying time}
compare:
  - {title: Money in and out, figures: [cost, lost]}
"""
NOW, MINE, MONTHS, PRICE = (
    "Hours a month this takes you",
    "Hours you would still spend",
    "For how many months",
    "What they ask a month",
)
EXAMPLE = {NOW: "12", MINE: "3", MONTHS: "12", PRICE: "350"}

MIXED = """\
title: Questions and numbers
inputs:
  - {id: base, text: The base, decimals: 12}
sections:
  - id: who
    title: Who
    items:
      - {id: does, text: Who does it?, options: [{id: me, text: I do, points: 1}, {id: them, text: They do, points: 0}]}
  - id: pay-part
    title: The pay
    items: []
inputs_: []
figures:
  - {id: sum, text: The sum, decimals: 1, formula: base + pay, when: does == "them"}
  - {id: third, text: A third, decimals: 2, formula: base / 3}
  - {id: thrice, text: Three thirds, decimals: 2, formula: third * 3}
bands: [{id: only, min: 0, title: Done}]
""".replace("inputs_: []\n", "").replace(
    "  - {id: base, text: The base, decimals: 12}\n",
    "  - {id: base, text: The base, min: -1000, decimals: 6}\n"
    '  - {id: pay, text: What you pay, section: pay-part, when: does == "them", decimals: 6}\n',
)

APART = """\
title: Numbers on two pages
inputs:
  - {id: front, text: First of all, example: 3}
  - {id: pay, text: What you pay, section: money, example: 4}
sections:
  - {id: money, title: Money, items: []}
figures:
  - {id: sum, text: The sum, formula: front + pay}
"""

TREE: Mapping[str, str] = {
    "checklists/worth.yml": WORTH,
    "checklists/mixed.yml": MIXED,
    "docs/index.md": "# Home\n\n[Worth](worth.md) [Mixed](mixed.md)\n",
    "docs/worth.md": "::: checklist worth level=1\n",
    "docs/mixed.md": "::: checklist mixed level=1\n",
}


class Calculator:
    """A calculator on a page, named by its words."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.get_by_role("region", name=say("result"))
        self.alerts = page.get_by_role("alert")

    def field(self, text: str) -> Locator:
        return self.page.get_by_role("textbox", name=text)

    def place(self, text: str) -> Locator:
        return self.page.locator("[data-inputs] > [data-input]").filter(has=self.page.get_by_label(text))

    def fill(self, numbers: Mapping[str, str]) -> None:
        for text, number in numbers.items():
            self.field(text).fill(number)

    def figure(self, text: str) -> Locator:
        return self.panel.locator("[data-figures] > [data-figure]").filter(has_text=re.compile(f"^{re.escape(text)}"))

    def number(self, text: str) -> Locator:
        return self.figure(text).locator("output")

    def line(self, text: str) -> Locator:
        return self.panel.locator("[data-arithmetic] li").filter(has_text=re.compile(f"^{re.escape(text)} ="))

    def button(self, message: str) -> Locator:
        return self.page.get_by_role("button", name=say(message))

    @property
    def verdict(self) -> Locator:
        return self.panel.locator("[data-verdicts] > [data-awarded] > dt")


def open_calculator(page: Page, url: str) -> Calculator:
    """Open a page and wait until its fields are the script's."""
    page.goto(url)
    calculator = Calculator(page)
    expect(page.locator("[data-notice]").first).not_to_be_empty()
    wait_until(page, "() => !document.querySelector('scored-checklist input[type=number]')")
    return calculator


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url + "worth/"


@pytest.fixture
def mixed_url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url + "mixed/"


@pytest.fixture
def calculator(page: Page, url: str) -> Calculator:
    return open_calculator(page, url)


# --- typing --------------------------------------------------------------------------------------------------------


def test_nothing_is_filled_in_and_nothing_is_computed(calculator: Calculator) -> None:
    for text in EXAMPLE:
        expect(calculator.field(text)).to_have_value("")
    expect(calculator.panel).to_contain_text(say("number_none"))
    expect(calculator.number("Hours freed")).to_have_text("–")
    expect(calculator.verdict).to_have_count(0)


def test_a_comma_from_the_keyboard_is_a_decimal_sign(calculator: Calculator) -> None:
    calculator.fill({MINE: "3", MONTHS: "2"})
    calculator.field(NOW).press_sequentially("12,5")
    expect(calculator.number("Hours freed")).to_have_text("19.0")
    expect(calculator.field(NOW)).to_have_value("12,5")
    wait_until_stored(calculator.page, {"mine": "3", "months": "2", "now": "12.5"}, "worth")


def test_what_was_typed_before_the_script_counts(page: Page, url: str) -> None:
    hold: list[Any] = []
    page.route(re.compile(r"/define\.js$"), lambda route: hold.append(route))  # noqa: PLW0108 - Playwright counts arguments
    page.goto(url, wait_until="commit")
    for text, number in EXAMPLE.items():
        page.get_by_role("spinbutton", name=text).fill(number)
    for route in hold:
        route.continue_()
    expect(Calculator(page).number("Hours freed")).to_have_text("108.0")
    wait_until_stored(page, {"now": "12", "mine": "3", "months": "12", "price": "350"}, "worth")


def test_copied_numbers_may_hold_spaces(calculator: Calculator) -> None:
    calculator.fill({**EXAMPLE, PRICE: "1\u202f250,50 "})
    expect(calculator.number("What it costs")).to_have_text("15,006.00")
    expect(calculator.field(PRICE)).to_have_value("1\u202f250,50 ")
    expect(calculator.alerts).to_have_count(0)


def test_pasted_numbers_may_have_their_unit_and_signs_between_thousands(calculator: Calculator) -> None:
    calculator.fill({NOW: "12 h", MINE: "3h", MONTHS: "12", PRICE: "€1,250.50"})
    expect(calculator.number("What it costs")).to_have_text("15,006.00")
    expect(calculator.number("Hours freed")).to_have_text("108.0")
    # What is shown can be pasted back.
    shown = calculator.figure("What it costs").locator("dd").first.inner_text()
    assert shown == "15,006.00 €"
    calculator.fill({PRICE: shown, MONTHS: "1"})
    expect(calculator.number("What it costs")).to_have_text("15,006.00")
    calculator.field(PRICE).blur()
    expect(calculator.alerts).to_have_count(0)
    expect(calculator.field(PRICE)).to_have_value(shown)
    wait_until_stored(calculator.page, {"now": "12", "mine": "3", "months": "1", "price": "15006"}, "worth")


def test_a_number_that_an_earlier_release_could_not_read_counts(page: Page, url: str) -> None:
    calculator = open_calculator(page, url)
    calculator.fill({MONTHS: "12", PRICE: "x"})
    wait_until_stored(page, {"months": "12", "price": "?x"}, "worth")
    key, run = stored(page)[0]
    run["answers"]["price"]["choice"] = "?1,250.50"
    page.goto("about:blank")
    page.goto(url)
    store(page, (key, run))
    page.reload()
    expect(calculator.number("What it costs")).to_have_text("15,006.00")
    expect(calculator.alerts).to_have_count(0)
    wait_until_stored(page, {"months": "12", "price": "1250.5"}, "worth")


def test_an_unfinished_number_is_no_mistake_until_the_field_is_left(calculator: Calculator) -> None:
    field = calculator.field(PRICE)
    field.press_sequentially("12.3")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    field.fill("1.2")
    field.press_sequentially("50")
    expect(calculator.alerts).to_have_count(0)
    field.press("Tab")
    expect(calculator.alerts).to_have_text(say("problem_ambiguous", whole=1250, part="1.25"))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        re.compile(re.escape(say("problem_ambiguous", whole=1250, part="1.25")))
    )
    field.fill("1250")
    expect(calculator.alerts).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")


NO_NUMBERS = [
    ("abc", say("problem_unit", unit="€", example="12.5")),
    ("1e5", say("problem_unit", unit="€", example="12.5")),
    ("-0", say("problem_zero")),
    ("-1", say("problem_low", end="0")),
    ("100000", say("problem_high", end="99,999")),
    ("9" * 60, say("problem_high", end="99,999")),
    ("1.125", say("problem_thousands", whole="1125")),
    ("0.125", say("problem_decimals", count=2)),
    ("1 2", say("problem_two")),
    ("£350", say("problem_unit", unit="€", example="12.5")),
    ("1,23.4", say("problem_signs")),
    ("1.2.3", say("problem_signs")),
    ("-", say("problem_unit", unit="€", example="12.5")),
]


def test_what_is_no_number_is_told_kept_and_not_computed_with(
    calculator: Calculator, subtests: pytest.Subtests
) -> None:
    page = calculator.page
    for typed, words in NO_NUMBERS:
        with subtests.test(typed=typed):
            calculator.fill(EXAMPLE)
            expect(calculator.number("What it costs")).to_have_text("4,200.00")
            calculator.field(PRICE).fill(typed)
            expect(calculator.number("What it costs")).to_have_text("–")
            expect(calculator.number("Hours freed")).to_have_text("108.0")
            calculator.field(PRICE).blur()
            expect(calculator.place(PRICE)).to_contain_text(words)
            expect(calculator.field(PRICE)).to_have_value(typed)
            wait_until_stored(page, {"now": "12", "mine": "3", "months": "12", "price": f"?{typed}"}, "worth")
            page.reload()
            expect(calculator.field(PRICE)).to_have_value(typed)
            expect(calculator.place(PRICE)).to_contain_text(words)
            expect(calculator.number("What it costs")).to_have_text("–")


def test_clearing_a_field_clears_its_answer(calculator: Calculator) -> None:
    calculator.fill(EXAMPLE)
    calculator.field(PRICE).fill("")
    wait_until_stored(calculator.page, {"now": "12", "mine": "3", "months": "12"}, "worth")
    expect(calculator.figure("What it costs")).to_contain_text(say("number_missing", name=PRICE))


def test_enter_leaves_the_page_as_it_is(calculator: Calculator) -> None:
    calculator.fill(EXAMPLE)
    calculator.field(NOW).press("Enter")
    expect(calculator.number("Hours freed")).to_have_text("108.0")
    expect(calculator.page).to_have_url(re.compile(r"/worth/$"))


# --- figures and arithmetic ------------------------------------------------------------------------------------------


def test_the_arithmetic_stands_there_in_words_and_numbers(calculator: Calculator) -> None:
    calculator.fill(EXAMPLE)
    line = calculator.line("Hours freed")
    expect(line).to_contain_text("Hours freed = months × (hours now − my hours)")
    expect(line).to_contain_text("= 12 × (12 − 3)")
    expect(line).to_contain_text("= 108.0 h")
    expect(calculator.line("Price of an hour freed")).to_contain_text("≈ 38.89 €")
    calculator.fill({NOW: "2.5"})
    expect(line).to_contain_text("= 12 × (2.5 − 3)")
    expect(line).to_contain_text("= −6.0 h")
    # Hidden where it has no meaning.
    expect(calculator.line("Price of an hour freed")).to_be_hidden()
    expect(calculator.figure("Price of an hour freed")).to_be_hidden()


def test_a_figure_names_what_it_lacks_and_leads_there(calculator: Calculator) -> None:
    calculator.fill({NOW: "12"})
    missing = calculator.figure("Hours freed").locator("[data-missing]")
    expect(missing).to_have_text(f"{say('number_missing', name=MONTHS)} {say('number_missing_more', count=1)}")
    missing.get_by_role("link", name=MONTHS).click()
    expect(calculator.field(MONTHS)).to_be_focused()
    calculator.page.keyboard.type("12")
    expect(missing).to_have_text(say("number_missing", name=MINE))


def test_figures_are_exact(page: Page, mixed_url: str) -> None:
    calculator = open_calculator(page, mixed_url)
    calculator.fill({"The base": "0.1"})
    page.get_by_role("radio", name="They do").check()
    calculator.fill({"What you pay": "0.2"})
    expect(calculator.number("The sum")).to_have_text("0.3")
    expect(calculator.line("Three thirds")).to_contain_text("= ≈ 0.033333 × 3 = 0.10")


def test_money_of_twelve_digits_shows_them_all(page: Page, site_factory: SiteFactory) -> None:
    text = WORTH.replace("max: 99999, decimals: 2, example", "max: 999999999999, decimals: 2, example")
    tree = {"checklists/worth.yml": text, "docs/index.md": "::: checklist worth level=1\n"}
    calculator = open_calculator(page, site_factory(tree).url)
    calculator.fill({PRICE: "999999999999", MONTHS: "1"})
    expect(calculator.number("What it costs")).to_have_text("999,999,999,999.00")
    calculator.fill({PRICE: "123456789012.34"})
    expect(calculator.number("What it costs")).to_have_text("123,456,789,012.34")
    expect(calculator.number("What you lose")).to_have_text("−61,728,394,506.17")


def test_a_hidden_input_counts_for_nothing_and_keeps_its_number(page: Page, mixed_url: str) -> None:
    calculator = open_calculator(page, mixed_url)
    calculator.fill({"The base": "-5"})
    expect(calculator.field("What you pay")).to_be_hidden()
    page.get_by_role("radio", name="They do").check()
    calculator.fill({"What you pay": "7"})
    expect(calculator.number("The sum")).to_have_text("2.0")
    expect(calculator.line("The sum")).to_contain_text("= −5 + 7")
    page.get_by_role("radio", name="I do", exact=True).check()
    expect(calculator.field("What you pay")).to_be_hidden()
    expect(calculator.figure("The sum")).to_be_hidden()
    page.get_by_role("radio", name="They do").check()
    expect(calculator.field("What you pay")).to_have_value("7")
    expect(calculator.number("The sum")).to_have_text("2.0")


def test_numbers_of_other_pages_are_led_to_and_kept(page: Page, site_factory: SiteFactory) -> None:
    tree = {
        "checklists/apart.yml": APART + "  - {id: half, text: Half of it, decimals: 1, formula: sum / 2}\n",
        "docs/index.md": "# Sum\n\n::: checklist apart section=money show=items\n\n::: score apart\n",
        "docs/whole.md": "# Whole\n\n::: checklist apart\n",
    }
    url = site_factory(tree).url
    calculator = open_calculator(page, url)
    calculator.fill({"What you pay": "4"})
    missing = calculator.figure("The sum").locator("[data-missing]")
    expect(missing).to_have_text(say("number_missing", name="First of all"))
    missing.get_by_role("link").click()
    expect(page).to_have_url(f"{url}whole/#apart--front")
    calculator.fill({"First of all": "3"})
    expect(calculator.number("The sum")).to_have_text("7")
    page.go_back()
    expect(calculator.number("The sum")).to_have_text("7")
    expect(page.locator("[data-notice]")).to_have_count(1)


# --- verdict and comparison ------------------------------------------------------------------------------------------


def test_the_first_verdict_that_holds_leads_the_result(calculator: Calculator) -> None:
    calculator.fill(EXAMPLE)
    expect(calculator.verdict).to_have_text("It is worth it")
    expect(calculator.panel.locator("[data-verdicts] em")).to_have_text("time")
    expect(calculator.panel.get_by_text("You would be buying time")).to_be_hidden()
    calculator.fill({PRICE: "360,01"})
    expect(calculator.verdict).to_have_text("You would be buying time")
    calculator.fill({MINE: "12"})
    expect(calculator.verdict).to_have_text("It costs you time as well")
    calculator.fill({MINE: ""})
    expect(calculator.verdict).to_have_count(0)


def test_verdict_and_main_figure_are_spoken_once_things_settle(calculator: Calculator) -> None:
    calculator.fill(EXAMPLE)
    live = calculator.page.locator("[data-live]")
    expect(live).to_have_text(f"It is worth it. {say('number_spoken', name='Hours freed', value='108.0 h')}")
    for output in calculator.panel.locator("output").all():
        expect(output).to_have_attribute("aria-live", "off")


def test_with_questions_their_result_is_spoken_too(page: Page, mixed_url: str) -> None:
    calculator = open_calculator(page, mixed_url)
    page.get_by_role("radio", name="They do").check()
    calculator.fill({"The base": "1", "What you pay": "2"})
    spoken = say("number_spoken", name="The sum", value="3.0")
    expect(page.locator("[data-live]").first).to_have_text(
        f"{spoken} {say('verdict', band='Done')}. {say('score', score=0, top=100)}."
    )


def test_figures_side_by_side_with_numbers_words_and_bars_of_one_scale(calculator: Calculator) -> None:
    calculator.fill(EXAMPLE)
    rows = calculator.panel.get_by_role("table", name="Money in and out").get_by_role("row")
    expect(rows.nth(0)).to_contain_text("4,200.00 €")
    expect(rows.nth(0)).to_contain_text(say("number_most"))
    expect(rows.nth(1)).to_contain_text("−2,100.00 €")
    expect(rows.nth(1)).to_contain_text(say("number_least"))
    bars = [[float(row.locator("rect").get_attribute(name) or 0) for name in ("x", "width")] for row in rows.all()]
    # From below zero to zero, and from zero on.
    assert [[round(x, 3) for x in bar] for bar in bars] == [[33.333, 66.667], [0, 33.333]]
    expect(rows.nth(1).locator("svg")).to_have_attribute("data-below", "")
    calculator.fill({PRICE: ""})
    expect(rows.nth(0).locator("output")).to_have_text("–")
    expect(rows.nth(0).locator("svg")).to_be_hidden()


# --- example, reset, other tabs ----------------------------------------------------------------------------------------


def test_the_example_is_filled_in_on_demand_and_taken_out_again(calculator: Calculator) -> None:
    page = calculator.page
    calculator.button("example").click()
    for text, number in EXAMPLE.items():
        expect(calculator.field(text)).to_have_value(number)
    note = page.get_by_text(say("example_note", count=4))
    expect(note).to_be_visible()
    expect(calculator.button("example_undo")).to_be_focused()
    expect(calculator.button("example")).to_be_hidden()
    # A number of her own stays.
    calculator.fill({NOW: "20"})
    expect(page.get_by_text(say("example_note", count=3))).to_be_visible()
    calculator.button("example_undo").click()
    expect(calculator.field(NOW)).to_have_value("20")
    for text in (MINE, MONTHS, PRICE):
        expect(calculator.field(text)).to_have_value("")
    wait_until_stored(page, {"now": "20"}, "worth")
    expect(calculator.button("example")).to_be_hidden()
    calculator.fill({NOW: ""})
    expect(calculator.button("example")).to_be_visible()


def test_the_example_is_still_called_so_after_a_reload(calculator: Calculator) -> None:
    calculator.button("example").click()
    wait_until_stored(calculator.page, {"now": "12", "mine": "3", "months": "12", "price": "350"}, "worth")
    calculator.page.reload()
    expect(calculator.page.get_by_text(say("example_note", count=4))).to_be_visible()
    calculator.button("example_undo").click()
    wait_until_stored(calculator.page, {}, "worth")
    expect(calculator.button("example")).to_be_visible()


def test_start_again_clears_the_fields_and_undo_brings_them_back(calculator: Calculator) -> None:
    calculator.fill({**EXAMPLE, PRICE: "abc"})
    calculator.panel.get_by_role("button", name=say("reset")).click()
    for text in EXAMPLE:
        expect(calculator.field(text)).to_have_value("")
    expect(calculator.alerts).to_have_count(0)
    undo = calculator.panel.get_by_role("button", name=say("undo"))
    expect(undo).to_be_focused()
    undo.click()
    expect(calculator.field(NOW)).to_have_value("12")
    expect(calculator.field(PRICE)).to_have_value("abc")
    expect(calculator.place(PRICE)).to_contain_text(say("problem_unit", unit="€", example="12.5"))


def test_numbers_are_back_after_a_reload_and_the_page_says_so(calculator: Calculator) -> None:
    page = calculator.page
    calculator.fill({NOW: "12,5"})
    wait_until_stored(page, {"now": "12.5"}, "worth")
    page.reload()
    expect(calculator.field(NOW)).to_have_value("12.5")
    expect(page.locator("[data-notice]")).to_have_text(say("notice_today"))


def test_another_tab_is_followed_but_not_into_the_field_where_one_types(calculator: Calculator) -> None:
    other = open_calculator(calculator.page.context.new_page(), calculator.page.url)
    calculator.field(NOW).press_sequentially("5")
    wait_until_stored(calculator.page, {"now": "5"}, "worth")
    expect(other.field(NOW)).to_have_value("5")
    other.fill({MONTHS: "7"})
    other.fill({NOW: "6"})
    expect(calculator.field(MONTHS)).to_have_value("7")
    expect(calculator.field(NOW)).to_have_value("5")
    calculator.field(NOW).blur()
    expect(calculator.field(NOW)).to_have_value("6")


def test_each_change_is_told_as_it_is_kept(page: Page, url: str) -> None:
    listen(page)
    calculator = open_calculator(page, url)
    calculator.fill({NOW: "1 2", MINE: "3,50", MONTHS: "x"})
    changes = [event["detail"] for event in told(page) if event["name"] == "checklist-changed"]
    assert changes == [
        {"checklist": "worth", "item": "now", "answer": "?1 2"},
        {"checklist": "worth", "item": "mine", "answer": "3.5"},
        {"checklist": "worth", "item": "months", "answer": "?x"},
    ]


def test_rubbish_in_a_renamed_field_does_not_bring_the_old_number_back(page: Page, site_factory: SiteFactory) -> None:
    text = WORTH.replace("example: 350}", "example: 350, was: [cost-before]}")
    url = site_factory({"checklists/worth.yml": text, "docs/index.md": "::: checklist worth level=1\n"}).url
    page.goto(url)
    path = re.sub(r"^https?://[^/]+", "", url)
    entry = {"choice": "10", "at": "2025-05-03T10:00:00.000Z", "revision": 1}
    run = {"format": 1, "revision": 1, "answers": {"cost-before": entry}}
    store(page, ([f"{path}assets/checklists/", "worth", "default"], run))
    page.reload()
    calculator = Calculator(page)
    expect(calculator.field(PRICE)).to_have_value("10")
    calculator.fill({MONTHS: "2"})
    expect(calculator.number("What it costs")).to_have_text("20.00")
    calculator.fill({PRICE: "rubbish"})
    expect(calculator.number("What it costs")).to_have_text("–")


def test_following_a_link_within_the_site_and_coming_back_finds_the_numbers(calculator: Calculator) -> None:
    page = calculator.page
    calculator.fill(EXAMPLE)
    page.locator("nav").get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    page.go_back()
    expect(calculator.field(NOW)).to_have_value("12")
    expect(calculator.number("Hours freed")).to_have_text("108.0")
    calculator.fill({NOW: "13"})
    expect(calculator.number("Hours freed")).to_have_text("120.0")
    expect(calculator.line("Hours freed")).to_contain_text("= 12 × (13 − 3)")


# --- which number matters most ------------------------------------------------------------------------------------------


def key_of(text: str) -> ScoringKey:
    reading = read_checklist(text.encode(), "worth.yml")
    checklist = check(reading, {})
    assert checklist is not None
    return scoring_key("worth", checklist)


def decimal(steps: int, decimals: int) -> str:
    value = Fraction(steps, 10**decimals)
    return f"{float(value):.{decimals}f}" if decimals else str(steps)


def brute_force(
    key: ScoringKey, answers: Mapping[str, str], name: str, low: int, high: int, decimals: int
) -> int | None:
    """The nearest number of steps with another verdict: every one is tried, the smaller first."""
    present = full_score(key, answers)["verdict"]
    at = int(Fraction(answers[name]) * 10**decimals)
    for off in range(1, max(at - low, high - at) + 1):
        for steps in (at - off, at + off):
            if (
                low <= steps <= high
                and full_score(key, {**answers, name: decimal(steps, decimals)})["verdict"] != present
            ):
                return steps
    return None


@pytest.mark.parametrize(
    "answers",
    [
        {"now": "12", "mine": "3", "months": "12", "price": "350"},
        {"now": "12", "mine": "3", "months": "12", "price": "360.01"},
        {"now": "0", "mine": "0", "months": "1", "price": "0"},
        {"now": "3.1", "mine": "3", "months": "1", "price": "4"},
        {"now": "400", "mine": "0.1", "months": "120", "price": "99999"},
    ],
)
@pytest.mark.sources
def test_the_value_at_which_the_verdict_changes_is_the_nearest_there_is(
    calculator: Calculator, answers: dict[str, str]
) -> None:
    key = key_of(WORTH)
    expected = {
        name: brute_force(key, answers, name, low, high, decimals)
        for name, low, high, decimals in (("now", 0, 4000, 1), ("mine", 0, 4000, 1), ("months", 1, 120, 0))
    }
    found = calculator.page.evaluate(
        """async (answers) => {
            const part = document.querySelector("scored-checklist");
            const base = document.querySelector("link[rel=modulepreload][href*='score.js']").href.replace("base/score.js", "");
            const { readKey } = await import(`${base}base/score.js`);
            const { makeEvaluate } = await import(`${base}rules/rules.js`);
            const { weighInputs } = await import(`${base}calculator/sensitivity.js`);
            const key = readKey(JSON.parse(part.dataset.key));
            const work = weighInputs(key, makeEvaluate(key), new Map(Object.entries(answers)), "freed");
            let step = work.next();
            while (!step.done) step = work.next();
            return Object.fromEntries(step.value.map(({ input, turn }) =>
                [input.id, turn && Number(turn.value[0] * 10n ** BigInt(input.decimals) / turn.value[1])]));
        }""",
        answers,
    )
    assert {name: found[name] for name in expected} == expected


def test_what_matters_most_is_said_in_words_nearest_first(calculator: Calculator) -> None:
    calculator.fill(EXAMPLE)
    fold = calculator.panel.locator("[data-sensitivity]")
    fold.get_by_text(say("sensitivity")).click()
    entries = fold.get_by_role("listitem")
    expect(entries.nth(0)).to_contain_text(NOW)
    expect(entries.nth(0)).to_contain_text(say("sensitivity_at", value="10.8 h", name="Hours freed", figure="93.6 h"))
    turn = say("sensitivity_more", turn="360.01 €", share="2.9%")
    dear = "You would be buying time"
    expect(entries.nth(1)).to_contain_text(PRICE)
    expect(entries.nth(1)).to_contain_text(say("sensitivity_turn", value="350 €", turn=turn, verdict=dear))
    expect(entries.nth(1)).to_contain_text(say("sensitivity_same", name="Hours freed"))
    # Whatever the months, an hour costs the same.
    expect(entries.nth(3)).to_contain_text(MONTHS)
    expect(entries.nth(3)).to_contain_text(say("sensitivity_firm", value="12", low="1", high="120"))
    # It follows.
    calculator.fill({PRICE: "360"})
    expect(entries.nth(0)).to_contain_text(PRICE)


def test_with_many_formulas_the_work_is_done_in_slices(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory({"checklists/many.yml": many(20, 40), "docs/index.md": "::: checklist many level=1\n"}).url
    calculator = open_calculator(page, url)
    calculator.button("example").click()
    expect(calculator.verdict).to_have_text("High")
    turns = page.evaluate(
        """async () => {
            const fold = document.querySelector("[data-sensitivity]");
            // A clock by which every look at it takes a millisecond: how fast the machine is makes no difference.
            let time = performance.now();
            performance.now = () => (time += 1);
            fold.open = true;
            let turns = 0;
            while (!fold.querySelector("li")) {
                turns += 1;
                await new Promise((resolve) => setTimeout(resolve));
            }
            return turns;
        }"""
    )
    # Hundreds of evaluations, of which only a few fit between two looks at what the reader does.
    assert turns > 20, turns


def test_work_that_a_closed_fold_has_interrupted_is_done_when_it_is_opened_again(
    page: Page, site_factory: SiteFactory
) -> None:
    url = site_factory({"checklists/many.yml": many(20, 40), "docs/index.md": "::: checklist many level=1\n"}).url
    calculator = open_calculator(page, url)
    calculator.button("example").click()
    expect(calculator.verdict).to_have_text("High")
    is_done = page.evaluate(
        """async () => {
            const fold = document.querySelector("[data-sensitivity]");
            const toggled = () => new Promise((resolve) => fold.addEventListener("toggle", resolve, { once: true }));
            const { now } = performance;
            let time = now.call(performance);
            performance.now = () => (time += 1);
            for (const isOpen of [true, false, true]) {
                fold.open = isOpen;
                await toggled();
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
            performance.now = now;
            return fold.querySelector("li") !== null;
        }"""
    )
    assert not is_done
    expect(page.locator("[data-sensitivity] li").first).to_be_visible()


def many(inputs: int, figures: int) -> str:
    lines = ["title: Many", "inputs:"]
    lines += [f"  - {{id: n{i}, text: Number {i}, max: 100000, decimals: 2, example: {i + 10}}}" for i in range(inputs)]
    lines += ["figures:", "  - {id: f0, text: Figure 0, decimals: 2, formula: n0 + n1}"]
    for f in range(1, figures):
        formula = f"round(f{f - 1} / 3 + n{f % inputs} * 1.25, 4) + max(n{(f + 1) % inputs}, n{(f + 2) % inputs} - 5)"
        lines.append(f'  - {{id: f{f}, text: Figure {f}, decimals: 2, formula: "{formula}"}}')
    last = f"f{figures - 1}"
    lines += [
        "verdicts:",
        f"  - {{id: high, when: {last} > 20, title: High}}",
        f"  - {{id: low, when: {last} <= 20, title: Low}}",
    ]
    return "\n".join(lines) + "\n"


# --- without a script, on paper, for everyone -----------------------------------------------------------------------------


def test_without_javascript_everything_is_there_in_words(new_context: Callable[..., BrowserContext], url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url)
    for text in EXAMPLE:
        field = page.get_by_role("spinbutton", name=text)
        expect(field).to_be_editable()
        expect(field).to_have_value("")
    panel = page.get_by_role("region", name=say("result"))
    expect(panel).to_contain_text("Hours freed = months × (hours now − my hours)")
    expect(panel).to_contain_text("Otherwise, when Price of an hour freed is at most 40.")
    for title in ("It costs you time as well", "It is worth it", "You would be buying time"):
        expect(panel.get_by_text(title)).to_be_visible()
    expect(page.get_by_role("button", name=say("example"))).to_have_count(0)


def test_on_paper_there_is_room_for_numbers_and_the_formulas(calculator: Calculator) -> None:
    empty = printed(calculator.page)
    for words in (NOW, "Hours freed = months × (hours now − my hours)", "It is worth it", say("arithmetic-exact")):
        assert squeeze(words) in empty
    calculator.fill(EXAMPLE)
    full = printed(calculator.page)
    for words in ("108.0", "= 12 × (12 − 3)", "It is worth it", "4,200.00"):
        assert squeeze(words) in full
    assert squeeze("You would be buying time") not in full


def test_axe_finds_nothing(calculator: Calculator) -> None:
    assert violations(calculator.page, include="scored-checklist") == []
    calculator.fill({**EXAMPLE, PRICE: "x"})
    calculator.field(PRICE).blur()
    expect(calculator.place(PRICE)).to_contain_text(say("problem_unit", unit="€", example="12.5"))
    assert violations(calculator.page, include="scored-checklist") == []
    calculator.fill(EXAMPLE)
    calculator.panel.get_by_text(say("sensitivity")).click()
    expect(calculator.panel.locator("[data-sensitivity] li")).to_have_count(4)
    assert violations(calculator.page, include="scored-checklist") == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways_and_fields_are_large_enough(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    calculator = open_calculator(page, url)
    calculator.fill({**EXAMPLE, PRICE: "99999"})
    calculator.fill({MINE: "x" * 60})
    calculator.field(MINE).blur()
    calculator.fill({MINE: "3"})
    calculator.panel.get_by_text(say("sensitivity")).click()
    expect(calculator.panel.locator("[data-sensitivity] li")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for text in EXAMPLE:
        box = calculator.field(text).bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_hostile_words_stay_words(page: Page, site_factory: SiteFactory) -> None:
    bad = '<img src=x onerror=alert(1)> </script> {name} "'
    text = WORTH.replace("text: What they ask a month", f"text: {json.dumps(bad)}")
    text = text.replace("unit: h, decimals: 1, formula", f"unit: {json.dumps('<b>h</b>')}, decimals: 1, formula")
    text = text.replace("title: It is worth it", f"title: {json.dumps('<i>' + bad)}")
    url = site_factory({"checklists/worth.yml": text, "docs/index.md": "::: checklist worth level=1\n"}).url
    calculator = open_calculator(page, url)
    calculator.fill({NOW: "12", MINE: "3", MONTHS: "12"})
    expect(calculator.figure("What it costs")).to_contain_text(say("number_missing", name=bad))
    page.get_by_role("textbox", name=bad).fill("350")
    expect(calculator.verdict).to_have_text("<i>" + bad)
    expect(calculator.line("Hours freed")).to_contain_text("= 108.0 <b>h</b>")
    calculator.panel.get_by_text(say("sensitivity")).click()
    expect(calculator.panel.locator("[data-sensitivity] li").filter(has_text=bad)).to_have_count(1)
    expect(page.locator("scored-checklist img")).to_have_count(0)


@pytest.mark.sources
def test_the_modules_of_the_calculator_are_named_in_the_head_of_its_page_only(site_factory: SiteFactory) -> None:
    site = site_factory(TREE)
    for page, is_named in (("worth/index.html", True), ("index.html", False)):
        html = (site.site_dir / page).read_text("utf-8")
        for name in ("answering/equipment.js", "calculator/calculator.js", "calculator/typed-numbers.js"):
            assert bool(re.search(rf'rel="modulepreload" href="[^"]*/{re.escape(name)}"', html)) == is_named
