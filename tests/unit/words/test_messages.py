import json
import os
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mkdocs_checklists.words.messages import Messages, load_messages
from tests.browser_binary import use_node_of_the_environment


def test_words_depend_on_the_number() -> None:
    messages = load_messages()

    assert [messages.text("questions", count=n) for n in (0, 1, 2)] == ["0 questions", "1 question", "2 questions"]


def test_values_are_put_in_once_and_as_they_are() -> None:
    messages = Messages("en", {"page": {"cost": "Costs {cost} for {count}"}})

    assert messages.text("cost", cost="{count} <b>", count=2) == "Costs {count} <b> for 2"


def test_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no words for language 'xx'; known: en"):
        load_messages("xx")


def test_words_of_a_site_replace_those_of_the_package() -> None:
    messages = load_messages("en", {"unknown": "No idea", "undo": "Take back"})

    assert (messages.text("unknown"), messages.parts["script"]["undo"]) == ("No idea", "Take back")
    assert load_messages("en").text("unknown") == "I don’t know"


def test_misspelt_word_of_a_site_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no message 'unknwon'; known: .*unknown"):
        load_messages("en", {"unknwon": "No idea"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("unknown", {"one": "x", "other": "y"}),
        ("unknown", 1),
        ("questions", {"one": "x"}),
        ("questions", {"one": "x", "other": 2}),
        ("questions", ["x"]),
    ],
)
def test_word_of_a_site_has_the_shape_of_the_one_that_it_replaces(name: str, text: Any) -> None:
    with pytest.raises(ValueError, match=f"message '{name}' must be a text"):
        load_messages("en", {name: text})


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("unknown", " ", "message 'unknown' has no text"),
        ("questions", {"one": "", "other": "{count} steps"}, "message 'questions' has no text"),
        (
            "answered",
            "{answerd} of {total}",
            "message 'answered' has no value {answerd}; known: {answered}, {total}",
        ),
        ("undo", "Undo {count}", "message 'undo' has no value {count}; known: none"),
        ("questions", {"other": "{number} steps"}, "message 'questions' has no value {number}; known: {count}"),
    ],
)
def test_word_of_a_site_says_something_and_names_only_values_that_there_are(name: str, text: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}$"):
        load_messages("en", {name: text})


def test_word_of_a_site_may_leave_values_out() -> None:
    assert load_messages("en", {"answered": "{answered} done { }"}).parts["script"]["answered"] == "{answered} done { }"


def test_message_that_is_not_there_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        load_messages().text("nothing")


@pytest.mark.parametrize(
    ("language", "score", "decimals", "words"),
    [
        ("en", 25, 1, "2.5"),
        ("en", 50, 1, "5.0"),
        ("en", -20, 0, "-20"),
        ("en", 1234567, 3, "1,234.567"),
        ("de", 50, 1, "5,0"),
        ("de", -123450, 2, "-1.234,50"),
        ("de", 0, 1, "0,0"),
    ],
)
def test_score_has_all_its_decimals_as_the_language_writes_them(
    language: str, score: int, decimals: int, words: str
) -> None:
    assert replace(load_messages(), language=language).score(score, decimals) == words


def test_date_is_written_out_with_the_day_first() -> None:
    assert load_messages().day(date(2026, 11, 2)) == "2 November 2026"


def test_browser_half_is_a_module_that_gives_the_same_words(tmp_path: Path) -> None:
    hostile = "\"</script> ${} `\\ \u2028 '\n"
    (tmp_path / "messages.mjs").write_text(load_messages("en", {"undo": hostile}).to_script("script"), "utf-8")
    use_node_of_the_environment()
    node = os.environ.get("PLAYWRIGHT_NODEJS_PATH", "node")
    program = (
        "import { language, messages } from './messages.mjs'; console.log(JSON.stringify([language, messages.undo]))"
    )

    result = subprocess.run(
        [node, "--input-type=module", "-e", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert json.loads(result.stdout) == ["en-GB", hostile]
