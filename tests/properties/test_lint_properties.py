"""What holds for the linter, whatever a question reads and whatever a file allows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import cycle

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists import LoadedChecklist
from mkdocs_checklists.checks.checklist import check, check_shared_scales
from mkdocs_checklists.diagnostics.codes import LINT_CODES, SILENCEABLE
from mkdocs_checklists.diagnostics.diagnostic import Diagnostic, Severity
from mkdocs_checklists.lint.checklist import lint
from mkdocs_checklists.lint.question_rules import question_flaws, repeated_option, vague_option
from mkdocs_checklists.lint.question_words import BY_LANGUAGE
from mkdocs_checklists.reading.reader import read_checklist, read_shared_scales
from tests.properties.checklist_files import SHARED_SCALES, Part, allowances, checklists, texts, written

SHARED = check_shared_scales(read_shared_scales(SHARED_SCALES.encode(), "_scales.yml"))
TODAY = date(2026, 11, 22)

# Words that the patterns look for, in any order.
_WORDS = """
is are do does has been have you they it the a an your and or and/or as well as plan budget signed filed kept
who what when how many much often write sends agree that feel think good adequate properly regularly likely to
not never nobody without no , ? : ( ) “ ” ' ’ / plan/budget between both Marks Spencer terms 25 more than X
"""
WORDS = _WORDS.split()


def questions() -> st.SearchStrategy[str]:
    return st.one_of(texts(), st.text(), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


def linted(data: Part) -> tuple[LoadedChecklist, list[Diagnostic]]:
    reading = read_checklist(written(data, [0]).encode(), "example.yml")
    loaded = LoadedChecklist("example", reading, check(reading, SHARED))
    return loaded, list(lint(loaded, TODAY))


def without_allow(part: object) -> object:
    if isinstance(part, dict):
        return {key: without_allow(value) for key, value in part.items() if key != "allow"}
    return [without_allow(entry) for entry in part] if isinstance(part, list) else part


def parts_of(data: Part) -> Iterator[Part]:
    yield data
    for section in data["sections"]:
        yield section
        for item in section["items"]:
            yield item
            yield from item.get("options", ())
    for scale in data.get("scales", {}).values():
        yield from scale


def said(diagnostics: list[Diagnostic]) -> Counter[tuple[str, str]]:
    """What is reported, wherever it is, but for what depends on the allowances.

    A file without any advice gets one warning for all of it, or one for each question where a question has a reason.
    """
    depending = {"idle-allow", "no-advice", "no-place-to-go"}
    return Counter((found.code, found.message) for found in diagnostics if found.code not in depending)


@given(text=questions())
def test_any_question_is_judged_and_the_same_way_each_time(text: str) -> None:
    for words in BY_LANGUAGE.values():
        flaws = question_flaws(text, words)

        assert flaws == question_flaws(text, words)
        assert {flaw.code for flaw in flaws} <= set(LINT_CODES)
        assert len({flaw.code for flaw in flaws}) == len(flaws)
        assert all(flaw.message and flaw.hint for flaw in flaws)


@given(text=questions())
def test_white_space_and_the_form_of_an_apostrophe_change_nothing(text: str) -> None:
    plain = " ".join(text.replace("’", "'").split())

    for words in BY_LANGUAGE.values():
        assert question_flaws(text, words) == question_flaws(plain, words)


@given(options=st.lists(questions(), max_size=6))
def test_any_options_are_judged(options: list[str]) -> None:
    pair = repeated_option(options)
    assert pair is None or pair[0] < pair[1] < len(options)
    for words in BY_LANGUAGE.values():
        vague = vague_option(options, words)
        assert vague is None or vague < len(options)


@given(data=checklists(), reasons=st.lists(allowances(cycle(["Because."]).__next__), min_size=1, max_size=5))
def test_what_is_allowed_is_still_said_and_nothing_else_changes(data: Part, reasons: list[Part]) -> None:
    bare = without_allow(data)
    assert isinstance(bare, dict)
    loaded, before = linted(bare)
    given_reason = cycle([*reasons, {}])
    for part in parts_of(bare):
        if reason := next(given_reason):
            part["allow"] = reason
    again, after = linted(bare)

    assert loaded.diagnostics.errors == again.diagnostics.errors == []
    assert (loaded.checklist is None) == (again.checklist is None)
    assert said(before) == said(after)
    assert all(found.severity is Severity.WARNING for found in before)
    assert {found.code for found in after if found.severity is Severity.ALLOWED} <= SILENCEABLE


@given(data=checklists())
def test_file_that_allows_everything_has_no_warnings_of_the_linter(data: Part) -> None:
    bare = without_allow(data)
    assert isinstance(bare, dict)
    bare["allow"] = dict.fromkeys(SILENCEABLE, "Because.")

    _, found = linted(bare)

    assert {problem.code for problem in found if problem.severity is Severity.WARNING} <= {"idle-allow"}


@given(data=checklists())
def test_key_of_a_checklist_does_not_know_what_is_allowed(data: Part) -> None:
    bare = without_allow(data)
    assert isinstance(bare, dict)

    assert linted(data)[0].key_json == linted(bare)[0].key_json
