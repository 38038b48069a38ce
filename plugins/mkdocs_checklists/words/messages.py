"""Every word that the widgets say, by language.

A catalogue is `locale/LANGUAGE.json`, in the parts of `CATALOGUE_PARTS`. A text holds `{name}` for values; a text that depends on
a number `{count}` is given by plural category (`one`, `other`, …).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import floor
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, parse_pattern

from ..expressions.trees import decimal_text

Text = str | Mapping[str, str]


class CataloguePart(NamedTuple):
    """What one module of the browser says; `module` is empty for the words that Python writes into the page."""

    name: str
    module: str


CATALOGUE_PARTS = (
    CataloguePart("page", ""),
    CataloguePart("script", "messages.js"),  # What may have to be said at once.
    CataloguePart("return", "return-messages.js"),  # Only of answers from an earlier visit.
    CataloguePart("result", "result-messages.js"),  # Once there is a result.
    CataloguePart("rules", "rules-messages.js"),  # Only with outcomes, conditions or inputs.
    CataloguePart("cases", "cases-messages.js"),  # Once a table of cases is opened.
    CataloguePart("index", "index-messages.js"),  # Only in an index of checklists.
)

_VALUE = re.compile(r"\{\w+\}")
_PER_CENT = parse_pattern("#,##0.#%")
_TOO_LONG = 10**15
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Messages:
    """The catalogue of one language, with a site's own words laid over it."""

    language: str
    parts: Mapping[str, Mapping[str, Text]]
    """Name of a part of the catalogue -> name of a message -> its words."""
    are_of_site: bool = False
    """Whether the site has words of its own among them: they may be in the language of its pages, whatever `language` is."""

    def text(self, name: str, /, *, count: int | Decimal = 0, **values: object) -> str:
        """The words of message `name` of the page, with its values put in. `KeyError` when there is no such message."""
        message = self.parts["page"][name]
        if not isinstance(message, str):
            category = self._locale.plural_form(count)
            message = message.get(category, message["other"])
        for key, value in {"count": format_decimal(count, locale=self._locale), **values}.items():
            message = message.replace("{" + key + "}", str(value))
        return message

    def day(self, day: date) -> str:
        """A date as the language writes it out: 20 November 2026."""
        return str(format_date(day, "long", locale=Locale.parse(_date_locale(self.language), sep="-")))

    def number(self, number: int) -> str:
        """A whole number as the language groups its digits; above a thousand million million, more than a power of ten."""
        if number < _TOO_LONG:
            return str(format_decimal(number, locale=self._locale))
        return self.text("more-than", value=self._power(len(str(number)) - 1))

    def ways(self, number: int, *, is_bound: bool = False) -> str:
        """A number of ways to answer; where it is a bound there may be fewer."""
        # A number that is too long to write out is rounded down, and of a bound that would be wrong.
        if is_bound:
            shown = self._power(len(str(number))) if number >= _TOO_LONG else self.number(number)
            return self.text("up-to", value=shown)
        return self.number(number)

    def decimal(self, digits: str) -> str:
        """A number in digits (`-1234.5`), with all its decimals, as the language writes it."""
        text = str(format_decimal(Decimal(digits), locale=self._locale, decimal_quantization=False))
        return text.replace("-", "−")

    def points(self, number: int, parts: int) -> str:
        """Points that are counted in so many parts of one, with as many decimals as they have."""
        if number % parts == 0:
            return self.number(number // parts)
        digits = Decimal(decimal_text(Fraction(number, parts)))
        return str(format_decimal(digits, locale=self._locale, decimal_quantization=False))

    def score(self, score: int, decimals: int = 0) -> str:
        """A score or points in units of the last decimal (25 is 2.5), with all its decimals, as the browser writes it."""
        pattern = copy(self._locale.decimal_formats[None])
        pattern.frac_prec = (decimals, decimals)
        return str(pattern.apply(Decimal(score).scaleb(-decimals), self._locale))

    def share(self, share: Fraction, *, is_estimate: bool = False) -> str:
        """A share in per cent with one decimal, never rounded to none or to all of it.

        An estimate is neither, and where its first decimal would say nothing it is a whole number.
        """
        if is_estimate and Fraction(1, 100) <= share <= Fraction(99, 100):
            share = Fraction(floor(share * 100 + Fraction(1, 2)), 100)
        smallest = Fraction(1, 1000)
        if share < smallest and (share > 0 or is_estimate):
            return self.text("less-than", value=self._percent(smallest))
        if share > 1 - smallest and (share < 1 or is_estimate):
            return self.text("more-than", value=self._percent(1 - smallest))
        return self._percent(share)

    def _percent(self, share: Fraction) -> str:
        # Exact, so that half a tenth is never a matter of binary fractions.
        tenths = Decimal(floor(share * 1000 + Fraction(1, 2))) / 1000
        return str(_PER_CENT.apply(tenths, self._locale))

    def _power(self, exponent: int) -> str:
        return f"10{str(exponent).translate(_SUPERSCRIPTS)}"

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.language, sep="-")

    def to_script(self, part: str) -> str:
        """The words of a part as the ES module that `CATALOGUE_PARTS` names; all but `script` add theirs to those of `script`."""
        words = json.dumps(self.parts[part], ensure_ascii=False, indent=1, sort_keys=True)
        if part != "script":
            return f'import {{ messages }} from "./messages.js";\nObject.assign(messages, {words});\n'
        # The widget writes dates as the page does.
        language = json.dumps(_date_locale(self.language))
        has_plain_digits = json.dumps(self._locale.default_numbering_system == "latn")
        return (
            f"export const language = {language};\n"
            f"export const hasPlainDigits = {has_plain_digits};\n"
            f"export const messages = {words};\n"
        )


def language_attributes(language: str, around: str | None) -> dict[str, str]:
    """`lang` and `dir` for words in a language, as attributes; none where what is around them has the same, or is not known."""
    if around is None or _primary(language) == _primary(around):
        return {}
    try:
        order = Locale.parse(_primary(language)).character_order
    except (ValueError, UnknownLocaleError):
        return {"lang": language, "dir": "auto"}
    return {"lang": language, "dir": "rtl" if order == "right-to-left" else "ltr"}


def _primary(language: str) -> str:
    return re.split("[-_]", language, maxsplit=1)[0].lower()


def languages() -> list[str]:
    """The languages that the package has words for."""
    return sorted(
        file.name.removesuffix(".json")
        for file in (files("mkdocs_checklists") / "locale").iterdir()
        if file.name.endswith(".json")
    )


def load_messages(language: str = "en", overrides: Mapping[str, Text] | None = None) -> Messages:
    """The catalogue of a language; what it lacks is said in English.

    `overrides` replaces single messages by name. Raises `ValueError` naming an unknown language or message, or what is
    wrong with one.
    """
    if language not in languages():
        raise ValueError(f"no words for language '{language}'; known: {', '.join(languages())}")
    catalogues = [_catalogue("en"), _catalogue(language)]
    parts = {
        part.name: {name: text for catalogue in catalogues for name, text in catalogue[part.name].items()}
        for part in CATALOGUE_PARTS
    }
    for name, text in (overrides or {}).items():
        words = next((words for words in parts.values() if name in words), None)
        if words is None:
            known = sorted(name for words in parts.values() for name in words)
            raise ValueError(f"no message '{name}'; known: {', '.join(known)}")
        check_shape(name, text, words[name])
        words[name] = text
    return Messages(language, parts, are_of_site=bool(overrides))


def check_shape(name: str, text: object, like: Text) -> None:
    """A message is a text, or a text for each plural category where the package's own one is, with no other values in it."""
    if isinstance(like, str) and not isinstance(text, str):
        raise ValueError(f"message '{name}' must be a text")
    if not isinstance(text, str) and (
        not isinstance(text, Mapping)
        or "other" not in text
        or not all(isinstance(words, str) for words in text.values())
    ):
        raise ValueError(f"message '{name}' must be a text, or texts by plural category with 'other' among them")
    if not all(words.strip() for words in _forms(text)):
        raise ValueError(f"message '{name}' has no text")
    known = {value for words in _forms(like) for value in _VALUE.findall(words)}
    for value in (value for words in _forms(text) for value in _VALUE.findall(words)):
        if value not in known:
            raise ValueError(f"message '{name}' has no value {value}; known: {', '.join(sorted(known)) or 'none'}")


def _forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


@cache
def _catalogue(language: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("mkdocs_checklists") / "locale" / f"{language}.json").read_text("utf-8"))
    return data


def _date_locale(language: str) -> str:
    # Plain `en` is American to Babel ("November 20, 2026"); the day comes first wherever else English is written.
    return "en-GB" if language == "en" else language
