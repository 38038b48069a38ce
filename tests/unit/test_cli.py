"""The commands: exit codes and output. What `check` says of mistakes is shown by `tests/golden/diagnostics`."""

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from mkdocs_checklists.cli import MOST_SHOWN, main
from mkdocs_checklists.page.browser_files import asset_files
from mkdocs_checklists.page.cases import checklist_files
from mkdocs_checklists.words.messages import load_messages
from tests.helpers import write_tree
from tests.unit.proof.test_rules_proof import CALCULATOR, DECISION
from tests.unit.texts import PLAIN, load

ADVISED = PLAIN.replace("yes-no}", "yes-no, recommend: Do it., see: /}")


@pytest.fixture(autouse=True)
def without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with one checklist; the test runs inside it."""
    before = Path.cwd()
    os.chdir(write_tree(tmp_path, {"checklists/example.yml": ADVISED, "answers.json": '{"green": "no"}'}))
    yield tmp_path
    os.chdir(before)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def outcome(*arguments: str) -> tuple[int, str, str]:
    result = run(*arguments)
    return result.exit_code, result.stdout, result.stderr


def test_verdicts_are_listed_below_what_was_proved_of_a_file(folder: Path) -> None:
    code, out, _ = outcome("check", "--verdicts")

    assert code == 0
    assert out == outcome("check")[1].replace(
        "can be reached.\n",
        "can be reached.\n"
        "   The best answers lead to ready. With one weak answer:\n"
        "      green\n"
        "         no  moves to not-yet\n"
        "   0 of 1 weak answer leave the verdict as it is.\n"
        "   0 of 1 question never move it.\n",
    )


def test_without_weak_answers_there_are_no_verdicts_to_list(folder: Path) -> None:
    (folder / "checklists" / "example.yml").write_text(PLAIN + "score: {better: neither}\n", "utf-8")

    assert outcome("check", "--verdicts") == outcome("check")


def test_check_of_a_fine_folder_counts_and_exits_with_0(folder: Path) -> None:
    assert outcome("check") == (
        0,
        "checklists/example.yml: 1 question, 2 ways to answer\n"
        "   ready 50%, not-yet 50% (counted exactly)\n"
        "   Bands cover 0 to 100 without gaps. Every band, cap and advice can be reached.\n\n"
        "1 checklist: 0 errors, 0 warnings\n",
        "",
    )


def test_check_of_a_decision_says_where_answers_lead(folder: Path) -> None:
    write_tree(folder, {"checklists/example.yml": DECISION})

    assert outcome("check")[1].splitlines()[:3] == [
        "checklists/example.yml: 2 questions, 2 outcomes, 4 ways to answer",
        "   keep 25%, hire 25%, close call 25%, no clear answer 25% (counted exactly)",
        "   Every outcome can win.",
    ]


def test_check_of_a_large_decision_says_that_it_drew_at_random(folder: Path) -> None:
    item = "      - {id: q%d, text: Often?, options: [{id: a, text: A, points: {keep: 1}}, {id: b, text: B, points: {hire: 1}}]}\n"
    more = "".join(item % n for n in range(60))
    write_tree(folder, {"checklists/example.yml": DECISION.replace("outcomes:", more + "outcomes:")})

    lines = outcome("check")[1].splitlines()
    assert lines[0] == "checklists/example.yml: 62 questions, 2 outcomes, more than 10^18 ways to answer"
    assert lines[1].endswith("(shares of 10,000 drawn at random)")


def test_check_of_a_calculator_says_what_it_is_made_of(folder: Path) -> None:
    write_tree(folder, {"checklists/example.yml": CALCULATOR})

    assert outcome("check")[1].splitlines()[:2] == [
        "checklists/example.yml: 4 inputs, 3 figures, 3 verdicts",
        "   No expression can fail. Every verdict can be reached. Every condition can hold.",
    ]


def test_check_takes_files_and_folders_and_says_each_problem_once(folder: Path) -> None:
    write_tree(folder, {"other/a.yml": ADVISED, "other/b.yml": ""})

    code, output, _ = outcome("check", "checklists", "other/b.yml", "other")

    assert code == 1
    assert output.count("(counted exactly)") == 2
    assert output.splitlines()[8:] == [
        "other/b.yml: error: the file is empty [empty-file]",
        "   Write a checklist: title, sections and bands.",
        "",
        "3 checklists: 1 error, 0 warnings",
    ]


def test_check_with_warnings_only_exits_with_0(folder: Path) -> None:
    write_tree(folder, {"checklists/example.yml": PLAIN})

    code, output, _ = outcome("check")

    assert (code, output.splitlines()[-1]) == (0, "1 checklist: 0 errors, 2 warnings")


def test_check_counts_what_is_allowed_and_lists_it_only_where_it_is_asked_to(folder: Path) -> None:
    reasons = "allow: {no-advice: The page has it., no-place-to-go: It is short.}\n"
    write_tree(folder, {"checklists/example.yml": PLAIN + reasons})

    code, output, _ = outcome("check")
    assert (code, output.splitlines()[-1]) == (0, "1 checklist: 0 errors, 0 warnings, 2 allowed")
    assert "It is short." not in output

    code, output, _ = outcome("check", "--allowed")
    assert (code, output.splitlines()[-1]) == (0, "1 checklist: 0 errors, 0 warnings, 2 allowed")
    assert ": allowed: item 'green' has no link to read on after 'no' [no-place-to-go]\n" in output
    assert "\n   Reason: It is short.\n" in output


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        # A year after the review, and the day after that; the day before, in the place where the day starts last.
        ("1763769600", []),  # 22 November 2025
        ("1763856000", ["review-overdue"]),
        ("1732147200", []),  # 21 November 2024
        ("1732060800", ["review-in-future"]),
    ],
)
def test_check_takes_the_day_from_the_environment(
    day: str, codes: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
    write_tree(folder, {"checklists/example.yml": ADVISED + "reviewed: 2024-11-22\n"})

    assert re.findall(r"\[(review-[a-z-]+)\]", outcome("check")[1]) == codes


def test_check_takes_the_day_from_the_clock(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    today = datetime.now().astimezone().date()
    write_tree(folder, {"checklists/example.yml": ADVISED + f"reviewed: {today}\n"})

    assert outcome("check")[1].endswith("\n1 checklist: 0 errors, 0 warnings\n")


@pytest.mark.parametrize("day", ["yesterday", "9" * 30])
def test_check_says_what_is_wrong_with_the_day(day: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", day)

    assert outcome("check") == (1, "", f"Error: SOURCE_DATE_EPOCH is not a number of seconds: {day}\n")


def test_check_looks_at_the_shared_scales_beside_a_file(folder: Path) -> None:
    scale = "scales: {rising: [{id: no, text: No, points: 0}, {id: yes, text: Yes, points: 1}]}\n"
    write_tree(folder, {"checklists/_scales.yml": scale})

    output = outcome("check", "checklists/example.yml", "checklists")[1]

    assert output.count("[options-out-of-order]") == 1


def test_check_of_shared_scales_alone(folder: Path) -> None:
    write_tree(folder, {"checklists/_scales.yml": "scales: {a: []}\n"})

    code, output, _ = outcome("check", "checklists/_scales.yml")

    assert (code, output.splitlines()[0], output.splitlines()[-1]) == (
        1,
        "checklists/_scales.yml:1:13: error: 'a' needs at least 2 entries, and has 0 [too-few]",
        "0 checklists: 1 error, 0 warnings",
    )


def test_check_of_shared_scales_that_are_not_there(folder: Path) -> None:
    code, output, _ = outcome("check", "nowhere/_scales.yml")

    assert code == 1
    assert output.startswith("nowhere/_scales.yml: error: ")
    assert "[unreadable-file]" in output


def test_check_prints_the_first_problems_of_a_file_and_counts_all(folder: Path) -> None:
    write_tree(folder, {"a.yml": PLAIN + "".join(f"unknown-{n}: 1\n" for n in range(MOST_SHOWN + 2)), "b.yml": ""})

    code, output, _ = outcome("check", "a.yml", "b.yml")

    assert (code, output.count("[unknown-key]"), output.count("[empty-file]")) == (1, MOST_SHOWN, 1)
    assert "\na.yml: and 2 more problems in this file\n" in output
    assert output.splitlines()[-1] == f"2 checklists: {MOST_SHOWN + 3} errors, 0 warnings"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "key '\\u2192 \\U0001f44d' is not known"),
        (("reference",), "| `unknown-scale` |"),
        (("score", "checklists/example.yml", "answers.json"), r'"\u2192 \ud83d\udc4d"'),
    ],
)
def test_characters_that_the_output_can_not_take_are_written_as_numbers(
    arguments: tuple[str, ...], said: str, folder: Path
) -> None:
    write_tree(folder, {"answers.json": '{"→ 👍": "x"}'})
    if arguments == ("check",):
        write_tree(folder, {"checklists/example.yml": PLAIN.replace("yes-no}", "yes-no, → 👍: 2}")})

    result = CliRunner(charset="cp1252").invoke(main, arguments, catch_exceptions=False)

    assert said in result.stdout_bytes.decode("cp1252")


def test_check_of_a_folder_that_may_not_be_read_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert outcome("check") == (
        1,
        "checklists: error: the folder can't be read: Permission denied [unreadable-file]\n\n"
        "0 checklists: 1 error, 0 warnings\n",
        "",
    )


def test_check_of_a_folder_that_may_not_be_searched_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **more: object) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os.path, "isdir", lambda path: str(path) == "checklists")

    code, output, _ = outcome("check", "checklists")

    assert (code, output.splitlines()[0]) == (
        1,
        "checklists/example.yml: error: the file can't be read: Permission denied [unreadable-file]",
    )


def test_output_has_the_same_words_in_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(
        folder, {"checklists/example.yml": PLAIN.replace("Ready?", "[red]Ready[/red]", 1).replace("yes-no", "yesno")}
    )
    plain = run("check").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")

    coloured = run("check").stdout

    assert "\x1b[1;31merror\x1b[0m" in coloured
    assert coloured.replace("\x1b[1;31m", "").replace("\x1b[0m", "") == plain


def test_score_prints_one_json_object_and_nothing_else(folder: Path) -> None:
    code, output, errors = outcome("score", "checklists/example.yml", "answers.json")

    assert (code, errors) == (0, "")
    assert json.loads(output) == {
        "checklist": "example",
        "revision": 1,
        "score": 0,
        "earned": 0,
        "least": 0,
        "possible": 1,
        "completeness": 100,
        "ends": [0, 100],
        "provisional": False,
        "missing": [],
        "needed": 0,
        "band": "not-yet",
        "band_by_score": "not-yet",
        "capped_by": [],
        "sections": {"tests": {"score": 0, "earned": 0, "least": 0, "possible": 1, "completeness": 100}},
        "dimensions": {},
        "recommendations": ["green"],
        "find_out": [],
        "way_up": ["green"],
        "way_up_time": ["green"],
        "states": {"green": "answered"},
        "ignored": [],
    }


def test_score_lists_what_it_does_not_know(folder: Path) -> None:
    write_tree(folder, {"answers.json": '\ufeff{"gone": 3, "green": "maybe", "__proto__": {"a": null}}'})

    result = json.loads(run("score", "checklists/example.yml", "answers.json").stdout)

    assert (result["ignored"], result["states"], result["score"]) == (
        ["gone", "green=maybe", "__proto__"],
        {"green": "unanswered"},
        None,
    )


def test_score_uses_the_shared_scales_beside_the_file(folder: Path) -> None:
    scales = "scales: {often: [{id: always, text: A, points: 1}, {id: never, text: N, points: 0}]}\n"
    write_tree(
        folder,
        {"x/_scales.yml": scales, "x/a.yml": PLAIN.replace("yes-no", "often"), "answers.json": '{"green": "always"}'},
    )

    assert json.loads(run("score", "x/a.yml", "answers.json").stdout)["band"] == "ready"


def test_score_repeats_what_is_no_character(folder: Path) -> None:
    write_tree(folder, {"answers.json": r'{"\ud800": "x", "gr\u00fcn": "yes"}'})

    assert json.loads(run("score", "checklists/example.yml", "answers.json").stdout)["ignored"] == ["\ud800", "grün"]


@pytest.mark.parametrize(
    ("file", "answers"),
    [
        ("checklists/example.yml", "[]"),
        ("checklists/example.yml", "no"),
        ("checklists/example.yml", '{"green": 1}'),
        ("checklists/gone.yml", "{}"),
        ("checklists", "{}"),
        ("nowhere/at/all", "{}"),
        ("answers.json", "{}"),
    ],
)
def test_score_without_a_result_prints_only_an_error(file: str, answers: str, folder: Path) -> None:
    write_tree(folder, {"answers.json": answers})

    code, output, errors = outcome("score", file, "answers.json")

    assert (code, output) == (1, "")
    assert ": error: " in errors


def test_score_of_a_file_with_warnings_prints_the_result_alone(folder: Path) -> None:
    write_tree(folder, {"checklists/example.yml": PLAIN.replace("min: 50", "min: 50.5")})

    code, output, errors = outcome("score", "checklists/example.yml", "answers.json")

    assert (code, json.loads(output)["score"], errors) == (0, 0, "")


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        ((), "Checklist"),
        (("--scales",), "SharedScales"),
        (("--sources",), "Sources"),
        (("--facts",), "Facts"),
        (("--glossary",), "Glossary"),
    ],
)
def test_schema_prints_a_json_schema(arguments: tuple[str, ...], title: str) -> None:
    schema = json.loads(run("schema", *arguments).stdout)

    jsonschema.Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["title"]) == ("https://json-schema.org/draft/2020-12/schema", title)


def test_schemas_of_sources_facts_and_terms_describe_an_entry() -> None:
    entries: dict[str, dict[str, object]] = {
        "sources": {"text": "[A](https://a.example/)", "kind": "survey"},
        "facts": {"text": "In 2026.", "source": "a", "reviewed": "2026-11-20"},
        "glossary": {"term": "work", "text": "What is done.", "also": ["works"]},
    }
    for name, entry in entries.items():
        validator = jsonschema.Draft202012Validator(json.loads(run("schema", f"--{name}").stdout))
        assert validator.is_valid({"an-id": entry})
        assert not validator.is_valid({"an-id": {**entry, "txt": "A"}})
        assert not validator.is_valid({"an-id": {"text": "A"}})


def test_assets_writes_the_browser_files_again_and_again(folder: Path) -> None:
    loaded = load(ADVISED)
    expected = asset_files(load_messages(), [loaded.key]) | checklist_files([loaded])

    outcomes = [outcome("assets", "docs/assets/checklists") for _ in range(2)]

    assert outcomes == [(0, "".join(f"docs/assets/checklists/{name}\n" for name in expected), "")] * 2
    written = folder / "docs/assets/checklists"
    found = {path.relative_to(written).as_posix(): path.read_bytes() for path in written.rglob("*") if path.is_file()}
    assert found == expected


def test_assets_of_broken_checklists_are_not_written(folder: Path) -> None:
    write_tree(folder, {"lists/a.yml": ""})

    code, output, errors = outcome("assets", "out", "--checklists", "lists")

    assert (code, output, (folder / "out").exists()) == (1, "", False)
    assert errors.startswith("lists/a.yml: error: the file is empty")


def test_reference_is_the_same_whatever_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    narrow = run("reference").stdout
    monkeypatch.setenv("COLUMNS", "200")

    assert run("reference").stdout == narrow
    assert "| `unknown-scale` |" in narrow


@pytest.mark.parametrize("arguments", [("check", "--nope"), ("nope",), ("score", "one.yml")])
def test_wrong_use_exits_with_2_and_says_how(arguments: tuple[str, ...]) -> None:
    code, output, errors = outcome(*arguments)

    assert (code, output) == (2, "")
    assert errors.startswith("Usage: ")


def test_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == "main, version 0.1.0\n"
