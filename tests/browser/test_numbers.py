"""What readers type for numbers, and how numbers are written: a table, and generated numbers beside Python's own rounding."""

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from mkdocs_checklists.expressions.trees import decimal_text, half_up
from tests.helpers import REPOSITORY, serve

HOURS = {"min": "0", "max": "400", "decimals": 1}
WHOLE = {"min": "1", "max": "5000", "decimals": 0}
MONEY = {"min": "-999999999999", "max": "999999999999", "decimals": 2}
FINE = {"min": "0.000001", "max": "9999", "decimals": 6}

TYPED: list[tuple[str, dict[str, Any], str]] = [
    # What is taken.
    ("", HOURS, ""),
    ("   ", HOURS, ""),
    ("12", HOURS, "12"),
    ("12.5", HOURS, "12.5"),
    ("12,5", HOURS, "12.5"),
    (" 12,5 ", HOURS, "12.5"),
    ("12.", HOURS, "12"),
    ("12,", HOURS, "12"),
    (".5", HOURS, "0.5"),
    (",5", HOURS, "0.5"),
    ("+7", HOURS, "7"),
    ("007", HOURS, "7"),
    ("0", HOURS, "0"),
    ("0,0", HOURS, "0"),
    ("12.50", HOURS, "12.5"),
    ("400", HOURS, "400"),
    ("1 200", WHOLE, "1200"),
    ("1\u00a0200", WHOLE, "1200"),
    ("1\u202f200", WHOLE, "1200"),
    ("1\u2009200", WHOLE, "1200"),
    ("1 200,5", MONEY, "1200.5"),
    ("123 456 789 012.34", MONEY, "123456789012.34"),
    ("999999999999", MONEY, "999999999999"),
    ("-5", MONEY, "-5"),
    ("−5,25", MONEY, "-5.25"),
    ("- 5", MONEY, "-5"),
    # The other reading is more than the field takes.
    ("1.200", HOURS, "1.2"),
    ("0.000001", FINE, "0.000001"),
    ("1234.5678", FINE, "1234.5678"),
    # What could mean two things.
    ("1,200", WHOLE, "thousands 1200"),
    ("1.200", WHOLE, "thousands 1200"),
    ("1,000", WHOLE, "ambiguous 1000 1"),
    ("1,200", MONEY, "ambiguous 1200 1.2"),
    ("12.250", MONEY, "ambiguous 12250 12.25"),
    ("-1.200", MONEY, "ambiguous -1200 -1.2"),
    ("1,234", FINE, "ambiguous 1234 1.234"),
    ("1,234.50", MONEY, "both"),
    ("1.234,50", MONEY, "both"),
    ("1,200,300", MONEY, "signs"),
    ("1.2.3", MONEY, "signs"),
    ("12 5", MONEY, "two"),
    ("1 2", MONEY, "two"),
    ("12 3456", MONEY, "two"),
    # What is no number, or none that is taken.
    ("abc", HOURS, "digits"),
    ("12h", HOURS, "digits"),
    ("12 %", HOURS, "digits"),
    ("1e5", MONEY, "digits"),
    ("0x10", MONEY, "digits"),
    ("Infinity", MONEY, "digits"),
    ("NaN", MONEY, "digits"),
    ("1_000", MONEY, "digits"),
    ("--5", MONEY, "digits"),
    ("5-", MONEY, "digits"),
    ("5-7", MONEY, "digits"),
    ("१२", MONEY, "digits"),
    ("<b>1</b>", MONEY, "digits"),
    ("-", MONEY, "unfinished"),
    (",", MONEY, "unfinished"),
    ("-.", MONEY, "unfinished"),
    ("-0", MONEY, "zero"),
    ("-0,00", MONEY, "zero"),
    ("12.55", HOURS, "decimals"),
    ("0.125", HOURS, "decimals"),
    ("1234,567", MONEY, "decimals"),
    ("12.5", WHOLE, "whole"),
    ("0", WHOLE, "low"),
    ("-1", HOURS, "low"),
    ("400.1", HOURS, "high"),
    ("5001", WHOLE, "high"),
    ("1" + "0" * 40, MONEY, "high"),
    ("-1" + "0" * 40, MONEY, "low"),
    ("1" * 200, MONEY, "high"),
    ("0." + "1" * 40, FINE, "decimals"),
]


@pytest.fixture(scope="module")
def assets_url() -> Iterator[str]:
    with serve(REPOSITORY / "plugins" / "mkdocs_checklists" / "assets") as url:
        yield url


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], assets_url: str) -> Page:
    page = new_context().new_page()
    page.goto(f"{assets_url}rules/exact.js")
    return page


def test_typed_text_becomes_a_number_or_a_problem(page: Page, assets_url: str) -> None:
    found = page.evaluate(
        """async ({ url, cases }) => {
            const { readTyped } = await import(`${url}calculator/typed-numbers.js`);
            return cases.map(([text, input]) => Object.values(readTyped(text, input)).join(" "));
        }""",
        {"url": assets_url, "cases": [[text, limits] for text, limits, _ in TYPED]},
    )
    assert [(text, read) for (text, _, _), read in zip(TYPED, found, strict=True)] == [
        (text, expected) for text, _, expected in TYPED
    ]


def test_whatever_is_no_number_is_kept_as_typed_and_never_computed_with(page: Page, assets_url: str) -> None:
    cases = [[text, limits] for text, limits, _ in TYPED]
    found = page.evaluate(
        """async ({ url, cases }) => {
            const { readTyped, toTyped, toWritten } = await import(`${url}calculator/typed-numbers.js`);
            const { readDecimal } = await import(`${url}rules/exact.js`);
            return cases.map(([text, input]) => {
                const written = toWritten(text, input);
                const typed = toTyped(written, ",");
                if ("number" in readTyped(text, input)) return toWritten(typed, input) === written;
                return typed === text && !readDecimal(written);
            });
        }""",
        {"url": assets_url, "cases": cases},
    )
    assert [text for (text, _), is_right in zip(cases, found, strict=True) if not is_right] == []


def test_both_languages_round_and_write_the_same_digits(page: Page, assets_url: str) -> None:
    chance = random.Random(11)
    cases = []
    for _ in range(4000):
        top = chance.choice([chance.randint(-20, 20), chance.randint(-(10**18), 10**18)])
        bottom = chance.choice([1, 2, 4, 8, 10, 1000, 3, 7, chance.randint(1, 10**9)])
        cases.append((Fraction(top, bottom), chance.randint(0, 6)))
    sent = [[str(value.numerator), str(value.denominator), decimals] for value, decimals in cases]
    found = page.evaluate(
        """async ({ url, cases }) => {
            const { toDecimal } = await import(`${url}rules/exact.js`);
            return cases.map(([top, bottom, decimals]) => toDecimal([BigInt(top), BigInt(bottom)], decimals));
        }""",
        {"url": assets_url, "cases": sent},
    )

    def digits(value: Fraction, decimals: int) -> str:
        whole, _, part = decimal_text(half_up(value, decimals)).partition(".")
        return f"{whole}.{part.ljust(decimals, '0')}" if decimals else whole

    # A zero that was rounded up from below has no sign in either.
    assert found == [digits(value, decimals) for value, decimals in cases]
