"""Each language's own catalogue is whole: the messages of English, with their values, in the plural forms of the language."""

import copy
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from babel import Locale

from mkdocs_checklists.words.messages import CATALOGUE_PARTS, check_shape, languages

COUNTS = range(10_001)
"""No count of a page is larger."""


def catalogue(language: str) -> Any:
    return json.loads((files("mkdocs_checklists") / "locale" / f"{language}.json").read_text("utf-8"))


ENGLISH = catalogue("en")


def mistakes(language: str, words: Any) -> Iterator[str]:
    """What is wrong with the catalogue of a language."""
    parts = [part.name for part in CATALOGUE_PARTS]
    if list(words) != parts:
        yield f"parts are {list(words)}, not {parts}"
    for part in set(parts) & set(words):
        yield from (f"{name} is missing in {part}" for name in ENGLISH[part] if name not in words[part])
        yield from (f"{name} is surplus in {part}" for name in words[part] if name not in ENGLISH[part])
        for name in set(words[part]) & set(ENGLISH[part]):
            try:
                check_shape(name, words[part][name], ENGLISH[part][name])
            except ValueError as error:
                yield str(error)
            else:
                yield from (
                    f"{name} {mistake}" for mistake in mistakes_in(language, words[part][name], ENGLISH[part][name])
                )


def mistakes_in(language: str, text: str | dict[str, str], english: str | dict[str, str]) -> Iterator[str]:
    """What is wrong with one message that has the right shape. A site may leave values out; a language may not."""
    if isinstance(text, str) != isinstance(english, str):
        yield "must have a form for each plural category"
        return
    if not isinstance(text, str):
        rule = Locale.parse(language, sep="-").plural_form
        needed = {rule(count) for count in COUNTS} | {"other"}
        yield from (f"has no form '{form}'" for form in sorted(needed - set(text)))
        yield from (
            f"has a form '{form}' that the language has not" for form in sorted(set(text) - rule.tags - {"other"})
        )
    forms = {"": text} if isinstance(text, str) else text
    values = values_of(english if isinstance(english, str) else english["other"])
    for form, words in forms.items():
        # "One question" has no need of its number.
        needed_here = values if form in ("", "other") else values - {"{count}"}
        yield from (f"lacks {value} {form}".strip() for value in sorted(needed_here - values_of(words)))
        if re.search(r"[{}]", re.sub(r"\{\w+\}", "", words)):
            yield f"has a brace that belongs to no value {form}".strip()


def values_of(words: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", words))


@pytest.mark.parametrize("language", languages())
def test_catalogue_of_a_language_is_whole(language: str) -> None:
    assert list(mistakes(language, catalogue(language))) == []


def test_name_of_a_message_is_in_one_part_only() -> None:
    names = [name for words in ENGLISH.values() for name in words]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("part", "name", "text", "found"),
    [
        ("page", "result", "Ergebnis {tital}", ["message 'result' has no value {tital}; known: none"]),
        ("script", "none", "", ["message 'none' has no text"]),
        ("script", "none", None, ["none is missing in script"]),
        ("script", "keine", "Keine", ["keine is surplus in script"]),
        ("page", "result-of", "Ihr Ergebnis", ["result-of lacks {title}"]),
        (
            "page",
            "result-of",
            "Ihr Ergebnis: {title",
            ["result-of lacks {title}", "result-of has a brace that belongs to no value"],
        ),
        ("page", "questions", "{count} Fragen", ["questions must have a form for each plural category"]),
        ("page", "questions", {"one": "Eine Frage", "other": "Fragen"}, ["questions lacks {count} other"]),
        ("page", "questions", {"other": "{count} Fragen"}, ["questions has no form 'one'"]),
        (
            "page",
            "questions",
            {"one": "Eine Frage", "few": "{count} Fragen", "other": "{count} Fragen"},
            ["questions has a form 'few' that the language has not"],
        ),
        (
            "page",
            "effort-days",
            {"one": "Ein Tag"},
            ["message 'effort-days' must be a text, or texts by plural category with 'other' among them"],
        ),
    ],
)
def test_mistake_in_a_german_catalogue_is_found(part: str, name: str, text: Any, found: list[str]) -> None:
    german = copy.deepcopy(ENGLISH)
    german[part] |= {name: text}
    if text is None:
        del german[part][name]

    assert list(mistakes("de", german)) == found


def test_language_with_more_plural_forms_needs_them_all() -> None:
    polish = {
        part: {name: text for name, text in words.items() if isinstance(text, str)} for part, words in ENGLISH.items()
    }
    forms = {"one": "{count} pytanie", "few": "{count} pytania", "other": "{count} pytania"}

    assert list(mistakes_in("pl", forms, ENGLISH["page"]["questions"])) == ["has no form 'many'"]
    assert list(mistakes_in("pl", forms | {"many": "{count} pytań"}, ENGLISH["page"]["questions"])) == []
    assert "questions is missing in page" in list(mistakes("pl", polish))


def test_catalogue_without_a_part_is_found() -> None:
    assert list(mistakes("de", {part: words for part, words in ENGLISH.items() if part != "index"})) == [
        "parts are ['page', 'script', 'return', 'result', 'rules', 'cases'],"
        " not ['page', 'script', 'return', 'result', 'rules', 'cases', 'index']"
    ]
