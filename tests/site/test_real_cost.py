"""The two calculators of the guide to the real cost of outsourcing: its worked examples, to the last digit."""

from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.scoring.key import ScoringKey
from mkdocs_checklists.scoring.rules import full_score
from tests.helpers import REPOSITORY

Numbers = dict[str, str]

TASK = ["months", "hours-now", "hour-value"]
BY_HOUR = ["provider-hours", "rate"]
PROVIDER = [
    "rework",
    "platform-fees",
    "tools",
    "upkeep",
    "my-hours",
    "find-hours",
    "train-hours",
    "one-off",
    "replace-chance",
]
EMPLOYEE = ["wage", "employee-hours", "load", "employee-tools", "employee-my-hours", "recruiting", "employee-training"]
SOFTWARE = ["build", "subscription", "software-upkeep", "software-my-hours", "exception-hours", "software-setup"]


@cache
def key(name: str) -> ScoringKey:
    library = Library(REPOSITORY / "checklists")
    library.refresh()
    loaded = library.get(name)
    assert loaded is not None
    assert not loaded.diagnostics.errors
    return loaded.key


def answers(names: list[str], numbers: str) -> Numbers:
    return dict(zip(names, numbers.split(), strict=True))


def by_hour(numbers: str) -> Numbers:
    """The task, a provider who charges by the hour, and no other option."""
    return {
        **answers([*TASK, *BY_HOUR, *PROVIDER], numbers),
        "fee-kind": "by-hour",
        "compare-employee": "no",
        "compare-software": "no",
    }


def figures(given: Numbers) -> dict[str, Any]:
    result = full_score(key("real-cost"), given)
    assert result["ignored"] == []
    shown: dict[str, Any] = result["figures"]
    return shown


def verdict(given: Numbers) -> str | None:
    chosen: str | None = full_score(key("real-cost"), given)["verdict"]
    return chosen


def nothing(*names: str) -> Numbers:
    return dict.fromkeys(names, "0")


# months, hours now, value of the hour; provider's hours, rate; rework, fees, tools, upkeep; own hours a month, to find,
# to train; set-up costs, chance to replace
BOOKKEEPER = by_hour("12 12 60  8 45  10 5 30 0  2 6 4  150 20")
CHEAP_DESIGNER = by_hour("6 10 70  12 12  60 5 0 0  7 5 5  0 50")
DEAR_DESIGNER = by_hour("6 10 70  8 45  10 5 0 0  2 5 2  0 10")
DATA_ENTRY = by_hour("12 20 40  22 12  5 5 15 0  3 6 6  0 30")
TOO_SMALL = by_hour("3 4 50  4 20  25 5 20 0  3 4 4  0 20")
FREELANCER = by_hour("12 80 40  80 30  5 5 20 0  8 10 10  200 30")
# build, subscription, repairs; own hours a month, for exceptions, to set up
DATA_SOFTWARE = DATA_ENTRY | {"compare-software": "yes"} | answers(SOFTWARE, "1200 30 50  1 1 8")
# wage, hours, full cost factor, tools; own hours a month; recruiting, own hours to find and train
EMPLOYED = FREELANCER | {"compare-employee": "yes"} | answers(EMPLOYEE, "20 87 1.34 40  6  1500 24")

GUIDE = (REPOSITORY / "content/guides/real-cost-of-outsourcing.md").read_text("utf-8")

NO_MONEY = nothing("rate", "tools", "upkeep", "one-off")
NO_ONCE = nothing("find-hours", "train-hours")
STRAINED_SOFTWARE = DATA_SOFTWARE | {"exception-hours": "10", "software-upkeep": "150"}


@pytest.mark.parametrize(
    ("given", "without", "figure", "value"),
    [
        # A. The bookkeeper.
        pytest.param(BOOKKEEPER, (), "fee", 360, id="A: fee"),
        pytest.param(BOOKKEEPER, ("platform-fees", "tools"), "cash-month", 396, id="A: with rework"),
        pytest.param(BOOKKEEPER, ("tools",), "cash-month", 415.80, id="A: with fees"),
        pytest.param(BOOKKEEPER, (), "cash-month", 445.80, id="A: cash a month"),
        pytest.param(BOOKKEEPER, ("one-off",), "total-cash", 5349.60, id="A: cash without set-up"),
        pytest.param(BOOKKEEPER, ("rate", "tools"), "total-cash", 180, id="A: set-up"),
        pytest.param(BOOKKEEPER, (), "total-cash", 5529.60, id="A: cash"),
        pytest.param(BOOKKEEPER, tuple(NO_ONCE), "freed", 120, id="A: hours a month"),
        pytest.param(BOOKKEEPER, (), "freed", 108, id="A: hours freed"),
        pytest.param(BOOKKEEPER, (), "cost-per-freed", 51.20, id="A: cost per freed hour"),
        pytest.param(BOOKKEEPER, tuple(NO_MONEY), "net-value", 6480, id="A: worth of the hours"),
        pytest.param(BOOKKEEPER, (), "net-value", 950.40, id="A: net value"),
        # B1. The cheap designer.
        pytest.param(CHEAP_DESIGNER, (), "fee", 144, id="B1: fee"),
        pytest.param(CHEAP_DESIGNER, ("platform-fees",), "cash-month", 230.40, id="B1: with rework"),
        pytest.param(CHEAP_DESIGNER, (), "cash-month", 241.92, id="B1: with fees"),
        pytest.param(CHEAP_DESIGNER, (), "total-cash", 1451.52, id="B1: cash"),
        pytest.param(CHEAP_DESIGNER, tuple(NO_ONCE), "freed", 18, id="B1: hours a month"),
        pytest.param(CHEAP_DESIGNER, (), "freed", 3, id="B1: hours freed"),
        pytest.param(CHEAP_DESIGNER, (), "cost-per-freed", 483.84, id="B1: cost per freed hour"),
        pytest.param(CHEAP_DESIGNER, (), "net-value", -1241.52, id="B1: net value"),
        # B2. The dearer designer.
        pytest.param(DEAR_DESIGNER, (), "fee", 360, id="B2: fee"),
        pytest.param(DEAR_DESIGNER, ("platform-fees",), "cash-month", 396, id="B2: with rework"),
        pytest.param(DEAR_DESIGNER, (), "cash-month", 415.80, id="B2: with fees"),
        pytest.param(DEAR_DESIGNER, (), "total-cash", 2494.80, id="B2: cash"),
        pytest.param(DEAR_DESIGNER, tuple(NO_ONCE), "freed", 48, id="B2: hours a month"),
        pytest.param(DEAR_DESIGNER, (), "freed", 40.3, id="B2: hours freed"),
        pytest.param(DEAR_DESIGNER, (), "cost-per-freed", 61.91, id="B2: cost per freed hour"),
        pytest.param(DEAR_DESIGNER, tuple(NO_MONEY), "net-value", 2821, id="B2: worth of the hours"),
        pytest.param(DEAR_DESIGNER, (), "net-value", 326.20, id="B2: net value"),
        # C. Data entry by a person, or by software.
        pytest.param(DATA_ENTRY, (), "fee", 264, id="C: fee"),
        pytest.param(DATA_ENTRY, ("platform-fees", "tools"), "cash-month", 277.20, id="C: with rework"),
        pytest.param(DATA_ENTRY, ("tools",), "cash-month", 291.06, id="C: with fees"),
        pytest.param(DATA_ENTRY, (), "cash-month", 306.06, id="C: cash a month"),
        pytest.param(DATA_ENTRY, (), "total-cash", 3672.72, id="C: cash"),
        pytest.param(DATA_ENTRY, tuple(NO_ONCE), "freed", 204, id="C: hours a month"),
        pytest.param(DATA_ENTRY, (), "freed", 188.4, id="C: hours freed"),
        pytest.param(DATA_ENTRY, (), "cost-per-freed", 19.49, id="C: cost per freed hour"),
        pytest.param(DATA_SOFTWARE, ("build",), "software-cash", 960, id="C: software: running costs"),
        pytest.param(DATA_SOFTWARE, (), "software-cash", 2160, id="C: software: cash"),
        pytest.param(DATA_SOFTWARE, ("software-setup",), "software-freed", 216, id="C: software: hours a month"),
        pytest.param(DATA_SOFTWARE, (), "software-freed", 208, id="C: software: hours freed"),
        pytest.param(DATA_SOFTWARE, (), "software-cost-per-freed", 10.38, id="C: software: cost per freed hour"),
        # D. Too small to hand over.
        pytest.param(TOO_SMALL, (), "fee", 80, id="D: fee"),
        pytest.param(TOO_SMALL, ("platform-fees", "tools"), "cash-month", 100, id="D: with rework"),
        pytest.param(TOO_SMALL, ("tools",), "cash-month", 105, id="D: with fees"),
        pytest.param(TOO_SMALL, (), "cash-month", 125, id="D: cash a month"),
        pytest.param(TOO_SMALL, (), "total-cash", 375, id="D: cash"),
        pytest.param(TOO_SMALL, tuple(NO_ONCE), "freed", 3, id="D: hours a month"),
        pytest.param(TOO_SMALL, (), "freed", -6.6, id="D: hours freed"),
        pytest.param(TOO_SMALL, (), "cost-per-freed", None, id="D: no cost per freed hour"),
        # E. Near full-time, by a freelancer or an employee.
        pytest.param(FREELANCER, (), "fee", 2400, id="E: fee"),
        pytest.param(FREELANCER, ("platform-fees", "tools"), "cash-month", 2520, id="E: with rework"),
        pytest.param(FREELANCER, ("tools",), "cash-month", 2646, id="E: with fees"),
        pytest.param(FREELANCER, (), "cash-month", 2666, id="E: cash a month"),
        pytest.param(FREELANCER, ("one-off",), "total-cash", 31992, id="E: cash without set-up"),
        pytest.param(FREELANCER, ("rate", "tools"), "total-cash", 260, id="E: set-up"),
        pytest.param(FREELANCER, (), "total-cash", 32252, id="E: cash"),
        pytest.param(FREELANCER, tuple(NO_ONCE), "freed", 864, id="E: hours a month"),
        pytest.param(FREELANCER, (), "freed", 838, id="E: hours freed"),
        pytest.param(FREELANCER, (), "cost-per-freed", 38.49, id="E: cost per freed hour"),
        pytest.param(EMPLOYED, ("employee-tools",), "employee-month", 2331.60, id="E: employee: wage at full cost"),
        pytest.param(EMPLOYED, (), "employee-month", 2371.60, id="E: employee: cash a month"),
        pytest.param(EMPLOYED, ("recruiting",), "employee-cash", 28459.20, id="E: employee: cash without recruiting"),
        pytest.param(EMPLOYED, (), "employee-cash", 29959.20, id="E: employee: cash"),
        pytest.param(EMPLOYED, ("employee-training",), "employee-freed", 888, id="E: employee: hours a month"),
        pytest.param(EMPLOYED, (), "employee-freed", 864, id="E: employee: hours freed"),
        # 29,959.20 / 864 is 34.675, which is rounded half up.
        pytest.param(EMPLOYED, (), "employee-cost-per-freed", 34.68, id="E: employee: cost per freed hour"),
    ],
)
def test_worked_example_comes_out_as_by_hand(
    given: Numbers, without: tuple[str, ...], figure: str, value: float | None
) -> None:
    assert figures({**given, **nothing(*without)})[figure] == value


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(BOOKKEEPER, "pays", id="A"),
        pytest.param(CHEAP_DESIGNER, "does-not-pay", id="B1"),
        pytest.param(DEAR_DESIGNER, "pays", id="B2"),
        pytest.param(DATA_ENTRY, "pays", id="C"),
        pytest.param(TOO_SMALL, "loses-time", id="D"),
        pytest.param(FREELANCER, "pays", id="E"),
    ],
)
def test_worked_example_has_the_verdict_of_the_guide(given: Numbers, expected: str) -> None:
    assert verdict(given) == expected


ONE_MONTH = {"fee-kind": "fixed"} | answers([*TASK, "fixed-fee", *PROVIDER], "1 10 60  600  0 0 0 0  0 0 0  0 0")
"""One month, a fixed fee and nothing besides: ten hours freed for 600, so one costs exactly the value of the own hour."""


@pytest.mark.parametrize(
    ("change", "freed", "cost", "expected"),
    [
        pytest.param({}, 10, 60, "pays", id="exactly the value of the hour"),
        pytest.param({"fixed-fee": "600.01"}, 10, 60, "for-quality", id="just above, though it rounds to the same"),
        pytest.param({"fixed-fee": "750"}, 10, 75, "for-quality", id="exactly a quarter more"),
        pytest.param({"fixed-fee": "750.01"}, 10, 75, "does-not-pay", id="just above a quarter more"),
        pytest.param({"my-hours": "10"}, 0, None, "loses-time", id="exactly no hour freed"),
        pytest.param({"my-hours": "9.99"}, 0, 60000, "does-not-pay", id="an hour freed that rounds to none"),
        pytest.param({"my-hours": "10.01"}, 0, None, "loses-time", id="an hour lost that rounds to none"),
        pytest.param({"fixed-fee": "0"}, 10, 0, "pays", id="free of charge"),
        pytest.param({"fixed-fee": "0", "my-hours": "10"}, 0, None, "loses-time", id="free of charge, no hour freed"),
    ],
)
def test_verdict_turns_exactly_at_its_lines(change: Numbers, freed: float, cost: float | None, expected: str) -> None:
    given = {**ONE_MONTH, **change}

    shown = figures(given)

    assert (shown["freed"], shown["cost-per-freed"], verdict(given)) == (freed, cost, expected)


@pytest.mark.parametrize(
    ("given", "hours", "pays", "fails"),
    [
        # 12 - (5,529.60 / 60 + 12) / 12 = 3.32
        pytest.param(BOOKKEEPER, 3.3, "3.32", "3.33", id="A"),
        # 10 - (1,451.52 / 70 + 15) / 6 = 4.044
        pytest.param(CHEAP_DESIGNER, 4.0, "4.04", "4.05", id="B1"),
        # 10 - (2,494.80 / 70 + 7.7) / 6 = 2.77666...
        pytest.param(DEAR_DESIGNER, 2.8, "2.77", "2.78", id="B2"),
        # 4 - (375 / 50 + 9.6) / 3 = -1.7: it can't pay at all
        pytest.param(TOO_SMALL, -1.7, None, "0", id="D"),
    ],
)
def test_it_pays_up_to_the_break_even_hours_and_no_longer(
    given: Numbers, hours: float, pays: str | None, fails: str
) -> None:
    assert figures(given)["break-even"] == hours
    assert pays is None or verdict({**given, "my-hours": pays}) == "pays"
    assert verdict({**given, "my-hours": fails}) in {"for-quality", "does-not-pay", "loses-time"}


def test_cost_at_the_break_even_hours_is_the_value_of_the_hour() -> None:
    assert figures({**BOOKKEEPER, "my-hours": "3.32"})["cost-per-freed"] == 60


def test_fixed_fee_stands_in_for_hours_and_rate() -> None:
    by_fee = {**BOOKKEEPER, "fee-kind": "fixed", "fixed-fee": "360"}

    assert figures(by_fee) == figures(BOOKKEEPER)
    assert figures({**by_fee, "fixed-fee": "400", "rate": "1"})["fee"] == 400
    assert figures({**BOOKKEEPER, "fixed-fee": "1"})["fee"] == 360


@pytest.mark.parametrize("name", [*TASK, *BY_HOUR, *PROVIDER, "fee-kind"])
def test_there_is_no_verdict_before_every_number_is_there(name: str) -> None:
    rest = {given: value for given, value in BOOKKEEPER.items() if given != name}

    assert verdict(rest) is None
    assert figures(rest)["net-value"] is None


@pytest.mark.parametrize(("option", "given"), [("employee", EMPLOYED), ("software", DATA_SOFTWARE)])
@pytest.mark.parametrize("answer", ["no", None])
def test_option_that_the_reader_does_not_want_has_no_figures(option: str, given: Numbers, answer: str | None) -> None:
    rest = {name: value for name, value in given.items() if name != f"compare-{option}"}
    shown = figures(rest | ({f"compare-{option}": answer} if answer else {}))

    assert {value for name, value in shown.items() if name.startswith(f"{option}-")} == {None}
    assert shown["cost-per-freed"] == figures(given)["cost-per-freed"]


def opening(notes: list[str]) -> list[str]:
    return [note.partition(".")[0] for note in notes]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(BOOKKEEPER, [], id="A: 1.32 hours to spare"),
        pytest.param(DEAR_DESIGNER, ["It is close"], id="B2: 0.78 hours to spare"),
        pytest.param({**BOOKKEEPER, "my-hours": "2.32"}, [], id="exactly an hour to spare"),
        pytest.param({**BOOKKEEPER, "my-hours": "2.33"}, ["It is close"], id="just under an hour to spare"),
        pytest.param(
            DATA_SOFTWARE, ["A freed hour costs less with the software than with the provider"], id="C: software wins"
        ),
        pytest.param(STRAINED_SOFTWARE, [], id="C: software loses"),
        pytest.param({**DATA_SOFTWARE, "exception-hours": "19"}, ["The software frees no hours"], id="C: no hours"),
        pytest.param(
            EMPLOYED,
            ["A freed hour costs less with the employee than with the provider"],
            id="E: the employee edges ahead",
        ),
        pytest.param({**EMPLOYED, "wage": "24"}, [], id="E: a higher wage"),
        pytest.param({**EMPLOYED, "employee-my-hours": "80"}, ["The employee frees no hours"], id="E: no hours"),
    ],
)
def test_notes_say_what_the_verdict_leaves_out(given: Numbers, expected: list[str]) -> None:
    assert opening(full_score(key("real-cost"), given)["notes"]) == expected


READINESS = [
    "task-timed",  # weight 3, critical
    "hour-valued",  # weight 3, critical
    "checking-counted",  # weight 3
    "rework-counted",  # weight 2
    "fees-counted",  # weight 1
    "seats-counted",  # weight 1
    "training-counted",  # weight 2
    "upkeep-counted",  # weight 2
    "replacing-counted",  # weight 2
    "second-option",  # weight 2
]


def test_example_numbers_are_those_of_the_guide() -> None:
    library = Library(REPOSITORY / "checklists")
    library.refresh()
    loaded = library.get("real-cost")
    assert loaded is not None
    assert loaded.checklist is not None
    expected = BOOKKEEPER | {"fixed-fee": "360"}
    # The employee's example is for the same small task as the provider's; with example E's it would be absurd side by side.
    expected |= {name: EMPLOYED[name] for name in EMPLOYEE} | {name: DATA_SOFTWARE[name] for name in SOFTWARE}
    expected |= {"employee-hours": "13", "employee-tools": "10", "employee-my-hours": "2", "recruiting": "300"}
    expected |= {"employee-training": "12"}

    for entry in loaded.checklist.inputs:
        assert entry.example == Fraction(expected[entry.id]), entry.id


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (BOOKKEEPER, "fee cash-month total-cash cost-per-freed net-value"),
        (CHEAP_DESIGNER, "total-cash cost-per-freed"),
        (DEAR_DESIGNER, "total-cash cost-per-freed net-value"),
        (DATA_SOFTWARE, "cash-month total-cash cost-per-freed software-cash software-cost-per-freed"),
        (STRAINED_SOFTWARE, "software-cost-per-freed"),
        (EMPLOYED, "cash-month total-cash cost-per-freed employee-month employee-cash employee-cost-per-freed"),
    ],
    ids=["A", "B1", "B2", "C", "C with exceptions", "E"],
)
def test_guide_tells_what_the_calculator_shows(given: Numbers, names: str) -> None:
    shown = figures(given)

    assert [name for name in names.split() if f"{shown[name]:,.2f}" not in GUIDE] == []


def readiness(points: str) -> dict[str, str]:
    """One sign per question: the points of its answer, `/` for "Does not apply", `-` for none. At most 42 points."""
    options = {
        item: ("yes", "partly", "no") if item == "hour-valued" else ("done", "started", "no") for item in READINESS
    }
    return {
        item: "na" if sign == "/" else options[item][2 - int(sign)]
        for item, sign in zip(READINESS, points, strict=True)
        if sign != "-"
    }


@pytest.mark.parametrize(
    ("points", "number", "band", "capped_by"),
    [
        pytest.param("2222222222", 100, "ready", [], id="all best: 42 of 42"),
        pytest.param("0222222222", 86, "not-yet", ["task-timed"], id="not timed: 36 of 42"),
        pytest.param("1222222222", 93, "fix-first", ["task-timed"], id="timing started: 39 of 42"),
        pytest.param("2022222222", 86, "not-yet", ["hour-valued"], id="no value: 36 of 42"),
        pytest.param("2122222222", 93, "fix-first", ["hour-valued"], id="value in the head: 39 of 42"),
        pytest.param("2202222222", 86, "fix-first", ["checking-counted"], id="no checking hours: 36 of 42"),
        pytest.param("1111111111", 50, "not-yet", [], id="all in the middle: 21 of 42"),
        pytest.param("0000000000", 0, "not-yet", [], id="all worst: 0 of 42"),
        pytest.param("2222/22/22", 100, "ready", [], id="neither fees nor upkeep: 36 of 36"),
        pytest.param("2210/01/21", 64, "fix-first", [], id="mixed: 23 of 36"),
        pytest.param("-222222222", 100, None, [], id="timing not answered: 36 of 36"),
    ],
)
def test_answers_about_the_sum_score_as_worked_out_by_hand(
    points: str, number: int, band: str | None, capped_by: list[str]
) -> None:
    result = full_score(key("real-cost"), readiness(points))

    assert (result["score"], result["band"], result["capped_by"]) == (number, band, capped_by)


def test_questions_that_steer_the_calculator_change_no_score() -> None:
    result = full_score(key("real-cost"), {**readiness("2210/01/21"), **EMPLOYED, "compare-software": "yes"})

    assert (result["score"], result["earned"], result["possible"]) == (64, 23, 36)
    assert result["recommendations"] == [
        "rework-counted",  # 4 points lost
        "checking-counted",  # 3
        "seats-counted",  # 2
        "training-counted",
        "second-option",
    ]


def fair_pay(there: str, home: str, offer: str) -> dict[str, Any]:
    return full_score(key("fair-pay"), {"local-rate": there, "home-rate": home, "offer": offer})


@pytest.mark.parametrize(
    ("offer", "share", "expected"),
    [
        ("7", -12.5, "below"),
        ("7.99", -0.1, "below"),
        ("8", 0, "at-market"),
        ("8.2", 2.5, "at-market"),
        ("8.40", 5, "at-market"),
        ("8.41", 5.1, "little-above"),
        ("10", 25, "little-above"),
        ("10.40", 30, "little-above"),
        ("10.41", 30.1, "well-above"),
        ("15", 87.5, "well-above"),
        ("25", 212.5, "well-above"),
        ("25.01", 212.6, "above-home"),
        ("26", 225, "above-home"),
    ],
)
def test_offer_is_placed_between_the_two_markets(offer: str, share: float, expected: str) -> None:
    result = fair_pay("8", "25", offer)

    assert result["verdict"] == expected
    assert result["figures"] == {"above-local": share, "at-market-limit": 8.4, "little-above-limit": 10.4}


@pytest.mark.parametrize("offer", ["7", "25", "26", "30"])
@pytest.mark.parametrize("there", ["25", "25.01"])
def test_no_saving_from_location_where_the_going_rate_is_no_lower(there: str, offer: str) -> None:
    result = fair_pay(there, "25", offer)

    assert result["verdict"] == "no-saving"
    assert result["figures"]["little-above-limit"] is None


@pytest.mark.parametrize(
    ("there", "home", "offer", "expected"),
    [
        pytest.param("20", "24", "24", "little-above", id="the rate at home is the lower limit"),
        pytest.param("20", "24", "24.01", "above-home", id="nothing lies between that limit and home"),
        pytest.param("20", "20.5", "21", "above-home", id="at market ends at the rate at home"),
        pytest.param("20", "20.5", "21.01", "above-home", id="above both"),
    ],
)
def test_limits_hold_where_the_two_markets_lie_close(there: str, home: str, offer: str, expected: str) -> None:
    assert fair_pay(there, home, offer)["verdict"] == expected
