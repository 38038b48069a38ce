"""Every word that the widgets say, by language.

A catalogue is `locale/LANGUAGE.json`: the part `page` is said by Python, the others by the browser, `result` only once there is
a result, `tools` only of a checklist with outcomes, conditions or inputs, `index` only in an index of checklists. A text holds
`{name}` for values; a text that depends on a number `{count}` is given by plural category (`one`, `other`, …).
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
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, parse_pattern

Text = str | Mapping[str, str]

PARTS = ("page", "script", "return", "result", "tools", "index")
"""The parts of a catalogue, in the order in which `Messages` has them."""

_VALUE = re.compile(r"\{\w+\}")
_PER_CENT = parse_pattern("#,##0.#%")
_TOO_LONG = 10**15
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Messages:
    """The catalogue of one language, with a site's own words laid over it."""

    language: str
    page: Mapping[str, Text]
    script: Mapping[str, Text]
    on_return: Mapping[str, Text]
    result: Mapping[str, Text]
    tools: Mapping[str, Text]
    index: Mapping[str, Text]

    def text(self, name: str, /, *, count: int = 0, **values: object) -> str:
        """The words of message `name`, with its values put in. `KeyError` when the catalogue has no such message."""
        message = self.page[name]
        if not isinstance(message, str):
            category = self._locale.plural_form(count)
            message = message.get(category, message["other"])
        for key, value in {"count": count, **values}.items():
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

    def to_script(self) -> str:
        """What the browser may have to say at once, as the ES module `messages.js`."""
        # The widget writes dates as the page does.
        language = json.dumps(_date_locale(self.language))
        has_plain_digits = json.dumps(self._locale.default_numbering_system == "latn")
        return (
            f"export const language = {language};\n"
            f"export const hasPlainDigits = {has_plain_digits};\n"
            f"export const messages = {_as_script(self.script)};\n"
        )

    def to_return_script(self) -> str:
        """What is said only of answers from an earlier visit, as the ES module `return-messages.js`, likewise."""
        return _addition(self.on_return)

    def to_result_script(self) -> str:
        """What only the result says, as the ES module `result-messages.js`, which adds it to the others."""
        return _addition(self.result)

    def to_tools_script(self) -> str:
        """What only goes with outcomes, conditions and inputs, as the ES module `tools-messages.js`."""
        return _addition(self.tools)

    def to_index_script(self) -> str:
        """What only an index of checklists says, as the ES module `index-messages.js`."""
        return _addition(self.index)


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
    parts = [{k: v for catalogue in catalogues for k, v in catalogue[part].items()} for part in PARTS]
    for name, text in (overrides or {}).items():
        if not any(name in part for part in parts):
            raise ValueError(
                f"no message '{name}'; known: {', '.join(sorted({name for part in parts for name in part}))}"
            )
        for part in parts:
            if name in part:
                _check_shape(name, text, part[name])
                part[name] = text
    return Messages(language, *parts)


def _addition(words: Mapping[str, Text]) -> str:
    return f'import {{ messages }} from "./messages.js";\nObject.assign(messages, {_as_script(words)});\n'


def _as_script(words: Mapping[str, Text]) -> str:
    return json.dumps(words, ensure_ascii=False, indent=1, sort_keys=True)


def _check_shape(name: str, text: object, like: Text) -> None:
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
