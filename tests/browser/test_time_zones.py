"""Working across time zones: the hours that two places share, against Python's own time zones, and as a reader meets them.

Dates are past or near, and zones such as have kept their rules for years, because Python and Chromium bring time zones of
their own, each of another month.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.helpers import Site

ASSETS = "assets/site/shared-hours/"


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


def test_changes_within_a_year_are_those_that_python_finds_day_by_day(page: Page, flagship: Site) -> None:
    cases = [case for case in generated(80, seed=11) if (case[0].month, case[0].day) != (2, 29)]
    expected = [changes(*case) for case in cases]
    found = compute(page, flagship, cases, is_year=True)
    assert [(case, *pair) for case, *pair in zip(cases, found, expected, strict=True) if pair[0] != pair[1]] == []
    assert sum(bool(days) for days in expected) >= 20


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
