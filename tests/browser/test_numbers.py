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

ENGLISH = {"sign": ".", "unit": ""}

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
    # Signs between thousands, where only one reading is left.
    ("1,200", WHOLE, "1200"),
    ("1,000", WHOLE, "1000"),
    ("15,000", MONEY, "15000"),
    ("1,200", MONEY, "1200"),
    ("1,200", HOURS, "high"),
    ("0,500", HOURS, "0.5"),
    ("1,234.56", MONEY, "1234.56"),
    ("1.234,50", MONEY, "1234.5"),
    ("12,000.00", MONEY, "12000"),
    ("−1,234.50", MONEY, "-1234.5"),
    ("1,000,000", MONEY, "1000000"),
    ("1.000.000", MONEY, "1000000"),
    ("1'234.50", MONEY, "1234.5"),
    ("1’234’567", MONEY, "1234567"),
    ("1'234", FINE, "1234"),
    ("1 234", FINE, "1234"),
    ("12,34,567.50", MONEY, "1234567.5"),
    ("1,00,000", MONEY, "100000"),
    ("1,234.5678", FINE, "1234.5678"),
    ("12,345", FINE, "12.345"),
    ("15,-", MONEY, "15"),
    ("15.–", MONEY, "15"),
    # The decimal sign of the page's language, in a field that takes so many decimals; what was kept comes back as this.
    ("1.234", FINE, "1.234"),
    # Other digits and signs.
    ("१२", MONEY, "12"),
    ("\u0661\u066c\u0662\u0663\u0664\u066b\u0665", MONEY, "1234.5"),
    ("\u061c-\u06f1\u06f2", MONEY, "-12"),
    ("\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15", MONEY, "1234.5"),
    # What could mean two things.
    ("1.200", WHOLE, "thousands 1200"),
    ("1.234", MONEY, "thousands 1234"),
    ("12.250", MONEY, "ambiguous 12250 12.25"),
    ("-1.200", MONEY, "ambiguous -1200 -1.2"),
    ("1,234", FINE, "ambiguous 1234 1.234"),
    ("-15,000", {**FINE, "min": "-99999", "max": "99999"}, "ambiguous -15000 -15"),
    ("1,23,4", MONEY, "signs"),
    ("1,2345,678", MONEY, "signs"),
    ("1,23.4", MONEY, "signs"),
    ("1.2.3", MONEY, "signs"),
    ("24.12.2026", MONEY, "signs"),
    ("1 234,567.8", MONEY, "two"),
    ("0,123,456", MONEY, "signs"),
    ("1'23", MONEY, "signs"),
    ("1\u066b234\u066b567", MONEY, "signs"),
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
    ("\U0001d7cf\U0001d7d0", MONEY, "digits"),
    ("½", MONEY, "digits"),
    ("5²", MONEY, "digits"),
    ("£15", MONEY, "digits"),
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


READ = """async ({ url, cases }) => {
    const { readTyped } = await import(`${url}calculator/typed-numbers.js`);
    return cases.map(([text, input, conventions]) => Object.values(readTyped(text, input, conventions)).join(" "));
}"""


def read(page: Page, url: str, cases: list[tuple[str, dict[str, Any], dict[str, str]]]) -> list[str]:
    return list(page.evaluate(READ, {"url": url, "cases": [list(case) for case in cases]}))


def test_typed_text_becomes_a_number_or_a_problem(page: Page, assets_url: str) -> None:
    found = read(page, assets_url, [(text, limits, ENGLISH) for text, limits, _ in TYPED])
    assert [(text, read) for (text, _, _), read in zip(TYPED, found, strict=True)] == [
        (text, expected) for text, _, expected in TYPED
    ]


# Where the comma comes before decimals.
TYPED_IN_GERMAN: list[tuple[str, dict[str, Any], str]] = [
    ("15.000", MONEY, "15000"),
    ("15.000", WHOLE, "high"),
    ("1.250", WHOLE, "1250"),
    ("15,000", MONEY, "ambiguous 15000 15"),
    ("15.000", {**FINE, "max": "99999"}, "ambiguous 15000 15"),
    ("1,234", FINE, "1.234"),
    ("1.234", FINE, "ambiguous 1234 1.234"),
    ("1,234", MONEY, "thousands 1234"),
    ("1.234.567,89", MONEY, "1234567.89"),
    ("1,234.56", MONEY, "1234.56"),
    ("12,5", HOURS, "12.5"),
    ("12.5", HOURS, "12.5"),
]


def test_each_language_has_its_conventions(page: Page, assets_url: str) -> None:
    found = read(page, assets_url, [(text, limits, {"sign": ",", "unit": ""}) for text, limits, _ in TYPED_IN_GERMAN])
    assert [(text, read) for (text, _, _), read in zip(TYPED_IN_GERMAN, found, strict=True)] == [
        (text, expected) for text, _, expected in TYPED_IN_GERMAN
    ]


TYPED_WITH_UNIT: list[tuple[str, str, str]] = [
    ("15000€", "EUR", "15000"),
    ("€ 15,000", "EUR", "15000"),
    ("15 000,50 EUR", "EUR", "15000.5"),
    ("eur 15", "EUR", "15"),
    ("15 euros", "EUR", "15"),
    ("-€15", "EUR", "-15"),
    ("€−15", "EUR", "-15"),
    ("€15,-", "EUR", "15"),
    ("£15,000", "GBP", "15000"),
    ("£15,000", "£", "15000"),
    ("GBP 15", "£", "15"),
    ("$1,234.56", "USD", "1234.56"),
    ("US$5", "USD", "5"),
    ("$5", "$", "5"),
    ("CHF 1'234.50", "CHF", "1234.5"),
    ("Fr. 12.50", "CHF", "12.5"),
    ("R12", "ZAR", "12"),
    ("12 h", "h", "12"),
    ("12h", "h", "12"),
    ("12 %", "%", "12"),
    ("40 per hour", "per hour", "40"),
    ("€40", "EUR per hour", "40"),
    ("€40 per hour", "EUR per hour", "40"),
    ("40 €/h", "EUR/h", "40"),
    ("40 EUR / h", "EUR / h", "40"),
    # Another unit, or one that is more than a currency.
    ("£15,000", "EUR", "digits"),
    ("15 USD", "EUR", "digits"),
    ("USD 15", "$", "digits"),
    ("€15", "thousand EUR", "digits"),
    ("€15", "EUR thousand", "digits"),
    ("12 min", "h", "digits"),
    ("h", "h", "digits"),
    ("12 h h", "h", "digits"),
    ("15000 EUR", "000 EUR", "digits"),
    ("-5", "-", "-5"),
    ("1e5", "e", "digits"),
]


def test_a_unit_that_the_input_names_may_come_with_the_number(page: Page, assets_url: str) -> None:
    found = read(page, assets_url, [(text, MONEY, {"sign": ".", "unit": unit}) for text, unit, _ in TYPED_WITH_UNIT])
    assert [(text, unit, read) for (text, unit, _), read in zip(TYPED_WITH_UNIT, found, strict=True)] == TYPED_WITH_UNIT


@pytest.mark.parametrize(
    "language", ["en", "en-GB", "en-IN", "de", "de-CH", "fr", "es", "pt-PT", "sv", "pl", "hi", "ar-EG", "fa", "ja"]
)
def test_numbers_that_we_show_can_be_pasted_back(page: Page, assets_url: str, language: str) -> None:
    chance = random.Random(language)
    cases = [
        (f"{chance.choice(['', '-'])}{chance.randint(1, 10 ** chance.randint(1, 9))}.{chance.randint(0, 99):02}", 2)
        for _ in range(200)
    ]
    cases += [(str(chance.randint(1, 10 ** chance.randint(1, 9))), 0) for _ in range(100)]
    found = page.evaluate(
        """async ({ url, cases, language }) => {
            const { readTyped } = await import(`${url}calculator/typed-numbers.js`);
            const { readDecimal, toDecimal } = await import(`${url}rules/exact.js`);
            const sign = new Intl.NumberFormat(language).formatToParts(0.5).find(({ type }) => type === "decimal").value;
            return cases.map(([digits, decimals]) => {
                const fixed = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
                const format = new Intl.NumberFormat(language, fixed);
                const shown = format.format(digits).replace("-", "−");
                const input = { min: "-9999999999", max: "9999999999", decimals: 2 };
                const { number = "" } = readTyped(`${shown} EUR`, input, { sign, unit: "EUR" });
                return [shown, number && toDecimal(readDecimal(number), decimals)];
            });
        }""",
        {"url": assets_url, "cases": cases, "language": language},
    )
    assert [
        (shown, read, digits) for (shown, read), (digits, _) in zip(found, cases, strict=True) if read != digits
    ] == []


def test_whatever_is_no_number_is_kept_as_typed_and_never_computed_with(page: Page, assets_url: str) -> None:
    cases = [[text, limits] for text, limits, _ in TYPED]
    found = page.evaluate(
        """async ({ url, cases }) => {
            const { readTyped, toTyped, toWritten } = await import(`${url}calculator/typed-numbers.js`);
            const { readDecimal } = await import(`${url}rules/exact.js`);
            return cases.map(([text, input]) => {
                const english = { sign: ".", unit: "" };
                const written = toWritten(text, input, english);
                for (const sign of [".", ","]) {
                    const typed = toTyped(written, sign);
                    const isKept = "number" in readTyped(text, input, english)
                        ? toWritten(typed, input, { sign, unit: "" }) === written
                        : typed === text && !readDecimal(written);
                    if (!isKept) return false;
                }
                return true;
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
