"""Working across time zones: the hours that two places share, against Python's own time zones, and as a reader meets them.

Dates are past or near, and zones such as have kept their rules for years, because Python and Chromium bring time zones of
their own, each of another month.
"""

import io
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from tests.browser.test_accessibility import LOOKS, violations
from tests.browser.widget import wait_until
from tests.browser_log import BrowserLog
from tests.browser_sharing import looking_at
from tests.helpers import Site

GUIDE = "guides/five-costly-outsourcing-beliefs/"
ASSETS = "assets/site/shared-hours/"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)

NewContext = Callable[..., BrowserContext]

# --- the arithmetic -----------------------------------------------------------------------------------------------

ZONES = [
    "America/Havana",  # clocks change at midnight
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",  # no more summer time since 2019, and before that from midnight on
    "America/St_Johns",  # a half hour
    "Asia/Kathmandu",  # 45 minutes
    "Asia/Kolkata",
    "Asia/Manila",
    "Asia/Tokyo",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Australia/Sydney",
    "Europe/London",
    "Europe/Warsaw",
    "Pacific/Apia",  # left out 30 December 2011
    "Pacific/Auckland",
    "Pacific/Chatham",  # 45 minutes, and summer time
    "Pacific/Kiritimati",  # 14 hours ahead
    "Pacific/Pago_Pago",  # 11 hours behind
    "UTC",
]
FIRST, LAST = date(2011, 1, 1), date(2024, 12, 31)
EPOCH = date(1970, 1, 1)

Hours = tuple[str, int, int]
Span = tuple[int, int]


def instant(zone: str, day: date, minutes: int) -> int:
    wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(minutes=minutes)
    return round(wall.timestamp() * 1000)


@cache  # Every day is a neighbour of others.
def working_hours(hours: Hours, day: date) -> Span:
    zone, start, end = hours
    begin = instant(zone, day, start)
    return begin, max(begin, instant(zone, day if end > start else day + timedelta(1), end))


def meet(day: date, here: Hours, there: Hours) -> tuple[Span, list[Span], list[Span]]:
    own = working_hours(here, day)
    theirs = [working_hours(there, day + timedelta(apart)) for apart in range(-4, 5)]
    pieces = sorted((max(own[0], a), min(own[1], b)) for a, b in theirs if max(own[0], a) < min(own[1], b))
    shared: list[Span] = []
    for a, b in pieces:
        if shared and a <= shared[-1][1]:
            shared[-1] = (shared[-1][0], max(b, shared[-1][1]))
        else:
            shared.append((a, b))
    return own, theirs, shared


def nearest(own: Span, theirs: list[Span]) -> int:
    return min(max(0, own[0] - b if b <= own[0] else a - own[1]) for a, b in theirs)


def wall(zone: str, at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone)).replace(tzinfo=None)


def as_read(day: date, here: Hours, there: Hours) -> list[Any]:
    """What a reader sees of a day, whatever its date: lengths, and times on both clocks."""
    midnight = datetime(day.year, day.month, day.day)
    return [(b - a, *(wall(zone, a) - midnight for zone in (here[0], there[0]))) for a, b in meet(day, here, there)[2]]


def changes(day: date, here: Hours, there: Hours) -> list[str]:
    """The days on which something new begins that lasts, looked at one by one."""
    days = [day + timedelta(n) for n in range((day.replace(year=day.year + 1) - day).days + 2)]
    read = [as_read(one, here, there) for one in days]
    known, found = read[0], []
    for at in range(1, len(days) - 1):
        if known != read[at] == read[at + 1]:
            known = read[at]
            found.append(days[at].isoformat())
    return found


@cache
def clock_changes(zone: str) -> list[date]:
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days)]
    offsets = [
        datetime(day.year, day.month, day.day, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for day in days
    ]
    return [days[at] for at in range(len(days) - 1) if offsets[at] != offsets[at + 1]]


def generated(count: int, seed: int) -> Iterator[tuple[date, Hours, Hours]]:
    chance = random.Random(seed)

    def some_hours(zone: str) -> Hours:
        start = chance.randrange(0, 1440, chance.choice([1, 15, 60]))
        return zone, start, (start + chance.randrange(0, 1440, 15)) % 1440

    for _ in range(count):
        pair = chance.choices(ZONES, k=2)
        near = clock_changes(chance.choice(pair))
        if near and chance.random() < 0.6:
            day = chance.choice(near) + timedelta(chance.randrange(-2, 4))
        else:
            day = FIRST + timedelta(chance.randrange((LAST - FIRST).days))
        yield day, some_hours(pair[0]), some_hours(pair[1])


EDGES: list[tuple[date, Hours, Hours]] = [
    # Clocks go forward over all of it, here and there.
    (date(2023, 3, 12), ("America/Los_Angeles", 150, 180), ("America/Los_Angeles", 0, 480)),
    (date(2023, 3, 12), ("America/Los_Angeles", 0, 480), ("America/Los_Angeles", 150, 180)),
    # Round the clock: days there that touch are one.
    (date(2023, 5, 3), ("Europe/London", 540, 1020), ("Asia/Tokyo", 1260, 1260)),
    (date(2023, 5, 3), ("Asia/Tokyo", 1260, 1260), ("Europe/London", 540, 1020)),
    # A date that there was not.
    (date(2011, 12, 30), ("Pacific/Apia", 540, 1020), ("Pacific/Auckland", 540, 1020)),
    (date(2011, 12, 30), ("Pacific/Auckland", 540, 1020), ("Pacific/Apia", 540, 1020)),
]


def number(day: date) -> int:
    return (day - EPOCH).days


COMPUTE = """async ([url, cases]) => {
    const { changesAhead, nearestMiss, sharedHours, writeDay } = await import(url);
    const hours = ([zone, start, end]) => ({ zone, start, end });
    const span = ({ from, to }) => [from, to];
    return cases.map(([day, one, other, isYear]) => {
        const [here, there] = [hours(one), hours(other)];
        if (isYear) return changesAhead(day, here, there).map((change) => change.zones.length ? writeDay(change.day) : "nowhere");
        const meeting = sharedHours(day, here, there);
        const gap = meeting.shared.length ? null : nearestMiss(meeting).gap;
        return [span(meeting.here), meeting.shared.map(span), gap];
    });
}"""


def compute(page: Page, site: Site, cases: list[tuple[date, Hours, Hours]], *, is_year: bool = False) -> list[Any]:
    page.goto(site.url + "about/")
    given = [[number(day), here, there, is_year] for day, here, there in cases]
    found = page.evaluate(COMPUTE, [f"{site.url}{ASSETS}time-zones.js", given])
    assert isinstance(found, list)
    return found


def test_shared_hours_are_those_that_python_finds(page: Page, flagship: Site) -> None:
    cases = [*EDGES, *generated(600, seed=7)]
    expected: list[Any] = []
    for case in cases:
        own, theirs, shared = meet(*case)
        expected.append([list(own), [list(span) for span in shared], None if shared else nearest(own, theirs)])
    found = compute(page, flagship, cases)
    assert [(case, *pair) for case, *pair in zip(cases, found, expected, strict=True) if pair[0] != pair[1]] == []
    # The cases are worth their while.
    assert {len(shared) for _, shared, _ in expected} == {0, 1, 2}


@pytest.mark.slow
def test_changes_within_a_year_are_those_that_python_finds_day_by_day(page: Page, flagship: Site) -> None:
    cases = [case for case in generated(80, seed=11) if (case[0].month, case[0].day) != (2, 29)]
    expected = [changes(*case) for case in cases]
    found = compute(page, flagship, cases, is_year=True)
    assert [(case, *pair) for case, *pair in zip(cases, found, expected, strict=True) if pair[0] != pair[1]] == []
    assert sum(bool(days) for days in expected) >= 20


@pytest.mark.slow
def test_year_from_a_leap_day_and_unknown_zones_do_no_harm(page: Page, flagship: Site) -> None:
    page.goto(flagship.url + "about/")
    found = page.evaluate(
        """async (url) => {
            const { changesAhead, isTimeZone, readDay, readTime, sharedHours } = await import(url);
            const london = { zone: "Europe/London", start: 540, end: 1020 };
            const nowhere = { zone: "Mars/Olympus", start: 540, end: 1020 };
            const tokyo = { zone: "Asia/Tokyo", start: 1020, end: 60 };
            return {
                leap: changesAhead(readDay("2024-02-29"), london, tokyo).length,
                unknown: [sharedHours(1, london, nowhere), sharedHours(1, nowhere, london)],
                ahead: changesAhead(1, london, nowhere),
                names: ["Europe/London", "Asia/Kolkata", "", "London", "Mars/Olympus", "constructor"].map(isTimeZone),
                days: ["2027-02-28", "2027-02-29", "2027-13-01", "1999-12-31", "2100-01-01", "", "tomorrow"].map(readDay),
                times: ["00:00", "23:59", "09:30:15", "24:00", "9:00", "09:60", ""].map(readTime),
            };
        }""",
        f"{flagship.url}{ASSETS}time-zones.js",
    )
    assert found == {
        "leap": 2,
        "unknown": [None, None],
        "ahead": [],
        "names": [True, True, False, False, False, False],
        "days": [number(date(2027, 2, 28)), None, None, None, None, None, None],
        "times": [0, 1439, 570, None, None, None, None],
    }


# --- the guide without a script -----------------------------------------------------------------------------------

EXAMPLES = {
    "London": "Europe/London",
    "Warsaw": "Europe/Warsaw",
    "Kolkata": "Asia/Kolkata",
    "New York": "America/New_York",
    "Manila": "Asia/Manila",
    "Los Angeles": "America/Los_Angeles",
    "Auckland": "Pacific/Auckland",
}


def in_words(day: date, here: str, there: str) -> str:
    """A cell of the table of examples."""
    shared = meet(day, (EXAMPLES[here], 540, 1020), (EXAMPLES[there], 540, 1020))[2]
    if not shared:
        return "none"
    [(begin, end)] = shared
    hours, rest = divmod((end - begin) // 60_000, 60)
    edges = [f"{at.hour}:{at.minute:02}" for at in (wall(EXAMPLES[here], begin), wall(EXAMPLES[here], end))]
    apart = (wall(EXAMPLES[there], begin).date() - day).days
    length = f"{hours}{ {0: '', 30: '½'}[rest] } hours, {edges[0]} to {edges[1]}"
    return length + {0: "", 1: ", their next day"}[apart]


def test_examples_in_the_guide_are_true(page: Page, flagship: Site) -> None:
    page.goto(flagship.url + GUIDE)
    table = page.get_by_role("table").filter(has_text="They work in")
    head, *rows = [
        row.get_by_role("cell").or_(row.get_by_role("columnheader")).all_inner_texts()
        for row in table.get_by_role("row").all()
    ]
    days = [datetime.strptime(cell.removeprefix("You share on "), "%d %B %Y").date() for cell in head[2:]]
    assert [day.month for day in days] == [1, 7]
    assert rows == [[here, there, *(in_words(day, here, there) for day in days)] for here, there, *_ in rows]
    # The sentence before the tool.
    assert [cell[:7] for row in rows if row[1] == "Auckland" for cell in row[2:]] == ["5 hours", "3 hours"]


def test_without_javascript_the_page_says_how_to_count_and_offers_nothing_to_press(
    new_context: NewContext, flagship: Site
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(flagship.url + GUIDE)
    expect(page.get_by_text("Look up the time in both places")).to_be_visible()
    expect(page.get_by_role("cell", name="2½ hours, 9:00 to 11:30")).to_be_visible()
    tool = page.locator("shared-hours")
    expect(tool).to_have_count(1)
    expect(tool.locator("*")).to_have_count(0)
    expect(tool).to_be_empty()


# --- the tool -----------------------------------------------------------------------------------------------------


class Tool:
    """The form and its result, by the words on them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("shared-hours")
        self.you = self.element.get_by_role("group", name="You")
        self.them = self.element.get_by_role("group", name="The provider")
        self.my_place, self.their_place = (side.get_by_label("Place") for side in (self.you, self.them))
        self.my_start, self.my_end = self.you.get_by_label("You begin at"), self.you.get_by_label("You end at")
        self.their_start = self.them.get_by_label("They begin at")
        self.their_end = self.them.get_by_label("They end at")
        self.day = self.element.get_by_label("Day")
        self.result = self.element.locator("[data-result]")
        self.answer = self.element.locator("[data-answer]")
        self.status = self.element.get_by_role("status")
        self.fields = [
            *(self.my_place, self.my_start, self.my_end),
            *(self.their_place, self.their_start, self.their_end, self.day),
        ]

    def fill(self, day: str, hours: str, there: str, hours_there: str) -> None:
        self.day.fill(day)
        for (start, end), text in (
            ((self.my_start, self.my_end), hours),
            ((self.their_start, self.their_end), hours_there),
        ):
            begins, ends = text.split("-")
            start.fill(begins)
            end.fill(ends)
        self.their_place.select_option(label=there)

    def lines(self) -> list[str]:
        """The result, line by line, without what stands there for the eye or for paper only."""
        lines = self.result.locator("> p:not([data-paper]), > ul > li").all_inner_texts()
        return [line.replace("\u00a0", " ") for line in lines]


def open_tool(page: Page, site: Site) -> Tool:
    page.clock.set_fixed_time(NOW)
    page.goto(site.url + GUIDE)
    tool = Tool(page)
    expect(tool.result).not_to_be_empty()
    return tool


@pytest.fixture(scope="module")
def _open_tool(browser: Browser, browser_context_args: dict[str, Any], flagship: Site) -> Iterator[Tool]:
    context = browser.new_context(**browser_context_args)
    yield open_tool(context.new_page(), flagship)
    context.close()


@pytest.fixture
def tool(_open_tool: Tool, browser_log: BrowserLog) -> Iterator[Tool]:
    """The tool on a page that stays open, for tests that fill in every field but the reader's own place."""
    with looking_at(_open_tool.page, browser_log):
        yield _open_tool


def described(field: Locator) -> str:
    """All that is said with a field besides its name."""
    return str(
        field.evaluate(
            """(field) => (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)
                .map((id) => document.getElementById(id).textContent).join(" ")"""
        )
    )


def test_readers_own_place_day_and_hours_are_set_and_nothing_is_claimed(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    expect(tool.my_place.locator("option:checked")).to_have_text("United Kingdom: London")
    assert described(tool.my_place) == "Taken from your device."
    expect(tool.their_place).to_have_value("")
    for field, value in zip(
        tool.fields, ["Europe/London", "09:00", "17:00", "", "09:00", "17:00", "2026-11-25"], strict=True
    ):
        expect(field).to_have_value(value)
        expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(tool.element).to_contain_text("Both working days start as 09:00 to 17:00: put in the real hours.")
    assert tool.lines() == ["Choose where the provider works, and the hours you share will stand here."]


@pytest.mark.browser_context_args(timezone_id="Asia/Kolkata")
def test_places_stand_under_the_names_they_have_today(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    expect(tool.my_place.locator("option:checked")).to_have_text("India: Kolkata")
    labels = tool.their_place.locator("option").all_inner_texts()
    assert {
        "Nepal: Kathmandu",
        "Philippines: Manila",
        "Singapore",
        "Ukraine: Kyiv",
        "United States: Knox, Indiana",
        "United States: New York",
        "Argentina: Buenos Aires",
    } <= set(labels)
    assert len(labels) == len(set(labels))
    assert not [label for label in labels if "_" in label or "/" in label]


ROUTINE = (
    "Routine work can live with few hours in common. For work that is full of questions, count last week’s questions that "
    "could not wait, and see whether these hours would have held them."
)
NEVER = (
    "Routine work can live without shared hours. Work that is full of questions cannot: agree on fixed times for calls, or "
    "give it to somebody whose day is closer to yours."
)
STAYS = "In the 12 months after that day, these hours stay as they are, by the rules in your browser."
CHANGES = "In the 12 months after that day, this changes:"


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        pytest.param(
            ("2026-11-25", "09:00-17:00", "United States: New York", "09:00-17:00"),
            [
                "You share 3 hours: 14:00 to 17:00 with you, 09:00 to 12:00 there.",
                ROUTINE,
                CHANGES,
                "From Sunday, 14 March 2027, when the clocks have changed in New York: "
                "4 hours: 13:00 to 17:00 with you, 09:00 to 13:00 there.",
                "From Sunday, 28 March 2027, when the clocks have changed in London: "
                "3 hours: 14:00 to 17:00 with you, 09:00 to 12:00 there.",
                "From Sunday, 31 October 2027, when the clocks have changed in London: "
                "4 hours: 13:00 to 17:00 with you, 09:00 to 13:00 there.",
                "From Sunday, 7 November 2027, when the clocks have changed in New York: "
                "3 hours: 14:00 to 17:00 with you, 09:00 to 12:00 there.",
            ],
            id="both have summer time, on other days",
        ),
        pytest.param(
            ("2026-11-25", "08:30-16:00", "Nepal: Kathmandu", "10:00-18:00"),
            [
                "You share 3 hours and 45 minutes: 08:30 to 12:15 with you, 14:15 to 18:00 there.",
                ROUTINE,
                CHANGES,
                "From Sunday, 28 March 2027, when the clocks have changed in London: "
                "4 hours and 45 minutes: 08:30 to 13:15 with you, 13:15 to 18:00 there.",
                "From Sunday, 31 October 2027, when the clocks have changed in London: "
                "3 hours and 45 minutes: 08:30 to 12:15 with you, 14:15 to 18:00 there.",
            ],
            id="three quarters of an hour",
        ),
        pytest.param(
            ("2026-11-25", "09:00-17:00", "Jersey", "09:00-17:00"),
            [
                "You share 8 hours: 09:00 to 17:00 in both places.",
                "That is your whole working day.",
                ROUTINE,
                STAYS,
            ],
            id="the same time",
        ),
        pytest.param(
            ("2026-11-25", "09:00-17:00", "Philippines: Manila", "09:00-16:00"),
            [
                "You share no hours on this day.",
                "Their working day ends at 16:00 there. That is 08:00 with you, 1 hour before yours begins.",
                "To share one hour, you would begin 2 hours earlier, at 07:00. "
                "Or they would end 2 hours later, at 18:00. You can also split it between you.",
                NEVER,
                "In the 12 months after that day, you share no hours either, by the rules in your browser.",
            ],
            id="nothing, not even in summer",
        ),
        pytest.param(
            ("2026-11-25", "09:00-17:00", "Philippines: Manila", "09:00-17:00"),
            [
                "You share no hours on this day.",
                "Their working day ends at 17:00 there. That is 09:00 with you, just when yours begins.",
                "To share one hour, you would begin 1 hour earlier, at 08:00. "
                "Or they would end 1 hour later, at 18:00. You can also split it between you.",
                NEVER,
                CHANGES,
                "From Sunday, 28 March 2027, when the clocks have changed in London: "
                "1 hour: 09:00 to 10:00 with you, 16:00 to 17:00 there.",
                "From Sunday, 31 October 2027, when the clocks have changed in London: no shared hours.",
            ],
            id="the two days touch",
        ),
        pytest.param(
            ("2026-11-25", "09:00-17:00", "Philippines: Manila", "21:00-05:00"),
            [
                "You share 4 hours: 13:00 to 17:00 with you, 21:00 to 01:00 there.",
                ROUTINE,
                CHANGES,
                "From Sunday, 28 March 2027, when the clocks have changed in London: "
                "3 hours: 14:00 to 17:00 with you, 21:00 to 00:00 there.",
                "From Sunday, 31 October 2027, when the clocks have changed in London: "
                "4 hours: 13:00 to 17:00 with you, 21:00 to 01:00 there.",
            ],
            id="they work at night",
        ),
        pytest.param(
            ("2026-11-25", "22:00-06:00", "Japan: Tokyo", "09:00-14:00"),
            [
                "You share 5 hours: 00:00 to 05:00 (Thursday 26 November) with you, "
                "09:00 to 14:00 (Thursday 26 November) there.",
                "That is their whole working day.",
                ROUTINE,
                CHANGES,
                "From Sunday, 28 March 2027, when the clocks have changed in London: "
                "5 hours: 01:00 to 06:00 (Monday 29 March) with you, 09:00 to 14:00 (Monday 29 March) there.",
                "From Sunday, 31 October 2027, when the clocks have changed in London: "
                "5 hours: 00:00 to 05:00 (Monday 1 November) with you, 09:00 to 14:00 (Monday 1 November) there.",
            ],
            id="you work at night",
        ),
        pytest.param(
            ("2026-11-25", "09:00-17:00", "Poland: Warsaw", "16:00-11:00"),
            [
                "You share 3 hours: 09:00 to 10:00 and 15:00 to 17:00 with you, 10:00 to 11:00 and 16:00 to 18:00 there.",
                ROUTINE,
                STAYS,
            ],
            id="twice a day",
        ),
        pytest.param(
            ("2027-03-28", "00:00-08:00", "India: Kolkata", "06:00-14:00"),
            [
                "You share 6 hours and 30 minutes: 00:30 to 08:00 with you, 06:00 to 12:30 there.",
                "On this day the clocks change in London.",
                ROUTINE,
                CHANGES,
                "From Monday, 29 March 2027, when the clocks have changed in London: "
                "6 hours and 30 minutes: 01:30 to 08:00 with you, 06:00 to 12:30 there.",
                "From Monday, 1 November 2027, when the clocks have changed in London: "
                "7 hours and 30 minutes: 00:30 to 08:00 with you, 06:00 to 13:30 there.",
                "From Monday, 27 March 2028, when the clocks have changed in London: "
                "6 hours and 30 minutes: 01:30 to 08:00 with you, 06:00 to 12:30 there.",
            ],
            id="the night in which the clocks go forward",
        ),
    ],
)
def test_result_says_all_there_is_to_say(tool: Tool, given: tuple[str, str, str, str], lines: list[str]) -> None:
    tool.fill(*given)
    expect(tool.answer).to_be_visible()
    assert tool.lines() == lines


@pytest.mark.browser_context_args(timezone_id="America/Los_Angeles", locale="en-US")
@pytest.mark.slow
def test_on_the_other_side_of_the_date_line_the_date_is_said_and_times_are_written_as_the_reader_does(
    page: Page, flagship: Site
) -> None:
    tool = open_tool(page, flagship)
    tool.fill("2027-01-15", "09:00-17:00", "New Zealand: Auckland", "09:00-17:00")
    expect(tool.answer).to_have_text(
        "You share 5 hours: 12:00 PM to 5:00 PM with you, 9:00 AM to 2:00 PM (Saturday, January 16) there."
    )
    hours = tool.element.locator("svg text:not([data-part])")
    expect(hours).to_have_text(["12 AM", "6 AM", "12 PM", "6 PM", "12 AM"])


@pytest.mark.browser_context_args(locale="de-DE")
@pytest.mark.slow
def test_page_keeps_its_language_with_a_reader_of_another_one(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    tool.fill("2026-11-25", "14:00-18:00", "India: Kolkata", "19:00-21:00")
    expect(tool.answer).to_have_text("You share 1 hour and 30 minutes: 14:00 to 15:30 with you, 19:30 to 21:00 there.")


def test_picture_shows_both_days_and_what_they_share_in_its_place(tool: Tool) -> None:
    tool.fill("2026-11-25", "09:00-17:00", "United States: New York", "09:00-17:00")
    picture = tool.element.locator("[data-picture]")
    expect(picture).to_have_attribute("aria-hidden", "true")
    expect(picture.locator("text")).to_have_text(
        ["You: London", "There: New York", "00:00", "06:00", "12:00", "18:00", "00:00"]
    )
    expect(picture.locator("p")).to_have_text("On the clock in London. Striped: the hours you share.")
    parts = picture.locator("svg > rect").evaluate_all(
        """(all) => all.map((one) => [one.dataset.part, ...["x", "width"].map((name) => {
            const share = one[name].baseVal.value / one.ownerSVGElement.getBoundingClientRect().width;
            return Math.round(share * 2400) / 100;
        })])"""
    )
    assert parts == [
        *(["day", 0, 24], ["work", 9, 8], ["shared", 14, 3]),
        *(["day", 0, 24], ["work", 14, 8], ["shared", 14, 3]),
    ]
    # Striped, and with a thicker edge: not by its colour alone.
    assert picture.locator("[data-part=shared]").first.evaluate(
        "(one) => [one.getAttribute('fill'), parseFloat(getComputedStyle(one).strokeWidth)]"
    ) == ["url(#shared-hours-hatching)", 3]
    expect(tool.element.locator("[style]")).to_have_count(0)

    tool.fill("2026-11-25", "22:00-06:00", "Philippines: Manila", "09:00-17:00")
    expect(picture.locator("text")).to_contain_text(["You", "There", "18:00", "00:00", "06:00", "12:00", "18:00"])


def test_form_is_filled_in_by_keyboard_alone(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    tool.my_place.focus()
    # Each time has parts: hour, minute, and half of the day where the browser counts so; then the button that opens the picker.
    for field in tool.fields[1:]:
        for _ in range(6):
            page.keyboard.press("Tab")
            if field.evaluate("(field) => field === document.activeElement"):
                break
        expect(field).to_be_focused()
        outline = field.evaluate("(field) => getComputedStyle(field).outlineStyle")
        assert outline == "solid"
    tool.their_place.focus()
    page.keyboard.type("India")
    expect(tool.their_place.locator("option:checked")).to_have_text("India: Kolkata")
    expect(tool.answer).to_have_text("You share 2 hours and 30 minutes: 09:00 to 11:30 with you, 14:30 to 17:00 there.")
    tool.my_start.focus()
    page.keyboard.press("ArrowDown")
    expect(tool.answer).to_contain_text("You share 3 hours and 30 minutes: 08:00 to 11:30 with you")


def test_result_is_spoken_once_it_has_settled(page: Page, flagship: Site) -> None:
    page.clock.install(time=NOW)
    page.goto(flagship.url + GUIDE)
    tool = Tool(page)
    expect(tool.status).to_have_text("Choose where the provider works, and the hours you share will stand here.")
    page.clock.pause_at(NOW + timedelta(hours=1))
    page.evaluate("""() => {
        window.spoken = [];
        const status = document.querySelector("shared-hours [role=status]");
        new MutationObserver(() => spoken.push(status.textContent)).observe(status, { childList: true });
    }""")
    tool.fill("2026-11-25", "08:00-17:00", "Philippines: Manila", "09:00-16:00")
    expect(tool.answer).to_be_visible()
    page.clock.run_for(900)
    tool.my_start.fill("09:00")
    expect(tool.answer).to_have_text("You share no hours on this day.")
    page.clock.run_for(900)
    assert page.evaluate("spoken") == []
    page.clock.run_for(200)
    assert [text.replace("\u00a0", " ") for text in page.evaluate("spoken")] == [
        "You share no hours on this day. Their working day ends at 16:00 there. "
        "That is 08:00 with you, 1 hour before yours begins."
    ]


MISSING_TIME = "Put in a time, such as 09:00."
MISSING_DAY = "Put in a day from 2000 to 2099, such as Wednesday, 25 November 2026."
PENDING = "The hours you share will stand here once what is marked has been put right."


def test_what_is_missing_or_impossible_is_said_beside_its_field_and_nothing_is_computed(
    page: Page, flagship: Site
) -> None:
    tool = open_tool(page, flagship)
    tool.fill("2026-11-25", "09:00-17:00", "India: Kolkata", "09:00-17:00")
    expect(tool.answer).to_be_visible()
    for field, wrong, right, error in (
        (tool.my_start, "", "09:00", MISSING_TIME),
        (tool.their_end, "", "17:00", MISSING_TIME),
        (tool.my_end, "09:00", "17:00", "Work begins at this time. Put in another one."),
        (tool.day, "", "2026-11-25", MISSING_DAY),
        (tool.day, "1999-12-31", "2026-11-25", MISSING_DAY),
    ):
        help_before = described(field)
        field.fill(wrong)
        expect(tool.answer).to_have_count(0)
        field.blur()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert described(field) == f"{error} {help_before}".strip()
        expect(tool.element.get_by_text(error)).to_be_visible()
        assert tool.lines() == [PENDING]
        expect(tool.element.locator("svg")).to_have_count(0)
        field.fill(right)
        expect(field).not_to_have_attribute("aria-invalid", "true")
        assert described(field) == help_before
        expect(tool.answer).to_be_visible()


def test_nobody_is_told_off_while_still_typing(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    tool.their_place.select_option(label="India: Kolkata")
    tool.day.focus()
    page.keyboard.press("Backspace")
    assert tool.lines() == ["The hours you share will stand here once the form is complete."]
    expect(tool.element.locator("[aria-invalid]")).to_have_count(0)
    tool.my_start.focus()
    expect(tool.day).to_have_attribute("aria-invalid", "true")


def test_end_on_the_next_day_is_said_beside_it(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    tool.their_end.fill("06:00")
    assert described(tool.their_end) == "On the next day."
    tool.their_end.fill("18:00")
    assert described(tool.their_end) == ""


@pytest.mark.slow
def test_place_that_the_browser_does_not_know_is_no_fault(page: Page, flagship: Site) -> None:
    # As on a device with newer time zones than its browser has.
    page.add_init_script("""
        const { resolvedOptions } = Intl.DateTimeFormat.prototype;
        Intl.DateTimeFormat.prototype.resolvedOptions = function () {
            return { ...resolvedOptions.call(this), timeZone: "Mars/Olympus" };
        };
    """)
    tool = open_tool(page, flagship)
    expect(tool.my_place).to_have_value("")
    assert tool.lines() == ["Choose both places, and the hours you share will stand here."]
    tool.their_place.select_option(label="India: Kolkata")
    tool.my_place.evaluate("(field) => field.append(new Option('Mars: Olympus', 'Mars/Olympus'))")
    tool.my_place.select_option(label="Mars: Olympus")
    assert described(tool.my_place) == "Your browser does not know the time there. Choose a city with the same time."
    assert tool.lines() == [PENDING]
    tool.my_place.select_option(label="United Kingdom: London")
    expect(tool.answer).to_be_visible()


@pytest.mark.slow
def test_browser_that_cannot_tell_the_countries_names_continents(page: Page, flagship: Site) -> None:
    page.add_init_script("delete Intl.Locale.prototype.getTimeZones; delete Intl.Locale.prototype.timeZones;")
    tool = open_tool(page, flagship)
    expect(tool.my_place.locator("option:checked")).to_have_text("Europe: London")
    tool.their_place.select_option(label="America: Knox, Indiana")
    expect(tool.answer).to_be_visible()


# --- its place in the site ----------------------------------------------------------------------------------------

COUNT_LISTENERS = """
window.listeners = 0;
const mine = () => new Error().stack.includes("/shared-hours/element.js");
const { addEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  if (!(this instanceof AbortSignal) && mine()) {
    listeners += 1;
    options?.signal?.addEventListener("abort", () => { listeners -= 1; });
  }
  return addEventListener.call(this ?? window, type, listener, options);
};
"""


@pytest.mark.slow
def test_tool_comes_and_goes_with_its_page_and_is_loaded_for_that_page_alone(page: Page, flagship: Site) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url) if ASSETS in request.url else None)
    page.add_init_script(COUNT_LISTENERS)
    page.clock.set_fixed_time(NOW)
    page.goto(flagship.url)
    page.evaluate("window.stillHere = true")
    tool = Tool(page)
    for time in range(3):
        assert bool(requested) == bool(time)
        page.get_by_role("link", name="Five costly outsourcing beliefs").first.click()
        expect(tool.result).not_to_be_empty()
        tool.their_place.select_option(label="India: Kolkata")
        expect(tool.answer).to_have_count(1)
        expect(tool.element.get_by_role("combobox")).to_have_count(2)
        before = page.evaluate("listeners")
        assert before > 0
        tool.element.evaluate("(element) => { window.element = element; }")
        page.get_by_role("link", name="Who Does the Work?").first.click()
        expect(tool.element).to_have_count(0)
        wait_until(page, "() => listeners === 0 && !element.childNodes.length")
    assert page.evaluate("stillHere")
    scripts = [address for address in requested if address.endswith(".js")]
    assert sorted(scripts) == sorted(set(scripts))
    page.go_back()
    expect(tool.element.get_by_role("combobox")).to_have_count(2)
    assert page.evaluate("listeners") == before


@pytest.mark.slow
def test_element_that_is_moved_at_once_is_built_once(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    tool.element.evaluate("(element) => { for (let n = 0; n < 3; n += 1) element.parentElement.append(element); }")
    expect(tool.result).to_have_count(1)
    tool.their_place.select_option(label="India: Kolkata")
    expect(tool.answer).to_have_count(1)
    # As a browser saves a page to a file, or a theme keeps it to write it back.
    page.evaluate("""() => {
        const copy = new DOMParser().parseFromString(document.querySelector("shared-hours").outerHTML, "text/html");
        document.querySelector("shared-hours").replaceWith(copy.querySelector("shared-hours"));
    }""")
    expect(tool.result).to_have_count(1)
    expect(tool.my_place).to_have_value("Europe/London")


@pytest.mark.slow
def test_nothing_is_stored_and_nothing_is_sent(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    stored = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
    before = page.evaluate(stored)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    tool.fill("2026-11-25", "09:00-17:00", "India: Kolkata", "09:00-17:00")
    expect(tool.status).to_contain_text("You share 2 hours and 30 minutes")
    assert requested == []
    assert page.evaluate(stored) == before
    assert page.url == flagship.url + GUIDE


def test_question_about_shared_hours_leads_to_the_tool_and_back(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    page.get_by_role("group", name="Do you share enough working hours").get_by_role("link", name="here is how").click()
    page.wait_for_url("**/#working-across-time-zones")
    expect(page.get_by_role("heading", name="Working across time zones")).to_be_in_viewport()
    expect(tool.result).to_have_count(1)
    page.get_by_role("link", name="the question about shared hours").click()
    page.wait_for_url("**/#costly-beliefs--shared-hours")


@pytest.mark.slow
def test_theme_that_puts_the_page_anew_for_a_link_within_it_takes_nothing_away(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    tool.fill("2027-07-14", "08:00-16:30", "India: Kolkata", "10:00-18:00")
    tool.element.evaluate("(element) => { window.element = element; }")
    page.get_by_role("link", name="the question about shared hours").click()
    wait_until(page, "() => !element.isConnected")
    expect(tool.answer).to_have_text("You share 5 hours and 30 minutes: 08:00 to 13:30 with you, 12:30 to 18:00 there.")
    page.reload()
    expect(tool.their_place).to_have_value("")


# --- for everybody ------------------------------------------------------------------------------------------------


def test_tool_has_no_violation_with_a_result_and_with_an_error(tool: Tool) -> None:
    page = tool.page
    tool.fill("2026-11-25", "22:00-06:00", "India: Kolkata", "09:00-17:00")
    expect(tool.answer).to_be_visible()
    assert violations(page, include="shared-hours") == []
    tool.my_start.fill("")
    tool.my_start.blur()
    expect(tool.my_start).to_have_attribute("aria-invalid", "true")
    assert violations(page, include="shared-hours") == []


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 320),
        ("dark", 390),
        ("light", 1280),
        *(pytest.param(*view, marks=pytest.mark.slow) for view in (("dark", 320), ("light", 390), ("dark", 1280))),
    ],
)
def test_tool_fits_and_is_clear_in_every_scheme_and_width(
    tool: Tool, scheme: Literal["light", "dark"], width: int
) -> None:
    page = tool.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    tool.fill("2026-11-25", "09:00-17:00", "Vietnam: Ho Chi Minh City", "09:00-23:00")
    tool.day.fill("")
    tool.day.blur()
    assert violations(page, LOOKS, include="shared-hours") == []
    tool.day.fill("2026-11-25")
    expect(tool.answer).to_be_visible()
    assert violations(page, LOOKS, include="shared-hours") == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    heights = [field.evaluate("(field) => field.getBoundingClientRect().height") for field in tool.fields]
    assert min(heights) >= 44
    # Every word of the picture lies within it, and none upon another.
    boxes = tool.element.locator("svg text").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.right, box.top, box.bottom])"
    )
    frame = tool.element.bounding_box()
    assert frame is not None
    assert min(box[0] for box in boxes) >= frame["x"] - 1
    assert max(box[1] for box in boxes) <= frame["x"] + frame["width"] + 1
    for at, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert left >= other[1] or right <= other[0] or top >= other[3] or bottom <= other[2]


@pytest.mark.slow
def test_picture_keeps_to_forced_colours(new_context: NewContext, flagship: Site) -> None:
    page = new_context(forced_colors="active").new_page()
    tool = open_tool(page, flagship)
    tool.fill("2026-11-25", "09:00-17:00", "India: Kolkata", "09:00-17:00")
    parts = tool.element.locator("svg [data-part]")
    shades = parts.evaluate_all("(all) => all.map((one) => [one.dataset.part, getComputedStyle(one).fill])")
    system = dict(
        page.evaluate("""() => ["Canvas", "CanvasText"].map((name) => {
            const probe = document.body.appendChild(document.createElement("p"));
            probe.style.color = name;
            return [name, getComputedStyle(probe).color];
        })""")
    )
    fills = {part: shade for part, shade in shades if part != "shared"}
    canvas, text = system["Canvas"], system["CanvasText"]
    assert fills == {"day": canvas, "work": canvas, "ground": canvas, "stroke": text, "name": text}


def on_paper(page: Page) -> str:
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return re.sub(r"\s+", "", " ".join(sheet.extract_text() for sheet in reader.pages))


@pytest.mark.slow
def test_paper_has_the_result_and_nothing_to_press(page: Page, flagship: Site) -> None:
    tool = open_tool(page, flagship)
    assert "Choosewheretheproviderworks" not in on_paper(page)
    tool.fill("2026-11-25", "09:00-17:00", "India: Kolkata", "10:00-18:00")
    expect(tool.answer).to_be_visible()
    page.emulate_media(media="print")
    expect(tool.my_place).to_be_hidden()
    text = on_paper(page)
    assert "Wednesday,25November2026.You:London,09:00to17:00.There:Kolkata,10:00to18:00." in text
    assert "Youshare3hoursand30minutes:09:00to12:30withyou,14:30to18:00there." in text
    assert "There:Kolkata" in text
    assert "Choosewheretheproviderworks" not in text
