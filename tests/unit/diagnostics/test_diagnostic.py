import pytest

from mkdocs_checklists.diagnostics import diagnostic as diagnostics
from mkdocs_checklists.diagnostics.diagnostic import (
    Diagnostic,
    Diagnostics,
    Severity,
    Span,
    count,
    did_you_mean,
    format_report,
    name_some,
    shorten,
)


def excerpt(line: str, column: int, end: int) -> list[str]:
    """The line and the caret below it, as a diagnostic shows them."""
    diagnostic = Diagnostic("code", "wrong", Span("a.yml", 7, column, 7, end), excerpt=line)
    return diagnostic.format().splitlines()[1:]


def test_diagnostic_is_headline_then_line_with_caret_then_hint() -> None:
    span = Span("checklists/a.yml", 41, 14, 41, 19)
    diagnostic = Diagnostic("unknown-scale", "no scale 'yesno'", span, "Use:\nyes-no", excerpt="      scale: yesno")

    assert diagnostic.format() == (
        "checklists/a.yml:41:14: error: no scale 'yesno' [unknown-scale]\n"
        "   41 |       scale: yesno\n"
        "      |              ^^^^^\n"
        "   Use:\n"
        "   yes-no"
    )


def test_diagnostic_of_a_whole_file_has_neither_position_nor_excerpt() -> None:
    diagnostic = Diagnostic("empty-file", "nothing", Span("a.yml"), severity=Severity.WARNING, excerpt="not shown")

    assert diagnostic.format() == "a.yml: warning: nothing [empty-file]"


def test_caret_stands_below_the_word_behind_wide_and_combining_characters() -> None:
    assert excerpt("測試 e\u0301 👍: x", 10, 11) == [
        "    7 | 測試 e\u0301 👍: x",
        "      |            ^",
    ]


def test_caret_of_a_wide_character_is_as_wide() -> None:
    assert excerpt("a 測試", 3, 5) == ["    7 | a 測試", "      |   ^^^^"]


def test_long_line_is_cut_to_a_window_around_the_place() -> None:
    line = "a" * 5_000 + "HERE" + "b" * 5_000

    assert excerpt(line, 5_001, 5_005) == [
        "    7 | " + "a" * 30 + "HERE" + "b" * 66,
        "      | " + " " * 30 + "^^^^",
    ]


def test_window_ends_with_the_line() -> None:
    assert excerpt("a" * 198 + "HI", 199, 201) == ["    7 | " + "a" * 98 + "HI", "      | " + " " * 98 + "^^"]


def test_caret_of_a_place_that_goes_on_in_the_next_line_ends_with_the_line() -> None:
    diagnostic = Diagnostic("code", "wrong", Span("a.yml", 1, 4, 3, 2), excerpt="a: 'bc")

    assert diagnostic.format().splitlines()[2] == "      |    ^^^"


def test_caret_behind_the_end_of_the_line_is_shown() -> None:
    assert excerpt("a: [", 5, 6) == ["    7 | a: [", "      |     ^"]


def test_characters_that_steer_a_terminal_or_reorder_the_line_are_replaced() -> None:
    diagnostic = Diagnostic("c", "\x1b[31mred\u202e", Span("a", 1, 1, 1, 2), "a\u2066b\x07", excerpt="\t\x1b]0;x\u200f")

    assert diagnostic.format() == "a:1:1: error: �[31mred� [c]\n    1 |  �]0;x�\n      | ^\n   a�b�"


def test_diagnostics_come_by_file_and_position_each_once() -> None:
    found = Diagnostics()
    places = [Span("b", 1, 1), Span("a", 10, 2), Span("a", 9, 30), Span("a", 10, 2), Span("a")]
    found.extend(Diagnostic("x", "same", span) for span in places)

    assert [(d.span.file, d.span.line, d.span.column) for d in found] == [
        ("a", 0, 0),
        ("a", 9, 30),
        ("a", 10, 2),
        ("b", 1, 1),
    ]


def test_errors_and_warnings_are_told_apart() -> None:
    error = Diagnostic("x", "bad", Span("a"))
    warning = Diagnostic("y", "odd", Span("a"), severity=Severity.WARNING)
    found = Diagnostics([warning, error])

    assert (found.errors, found.warnings) == ([error], [warning])


def test_report_has_an_empty_line_between_diagnostics() -> None:
    report = format_report([Diagnostic("x", "one", Span("a")), Diagnostic("y", "two", Span("b"))])

    assert report == "a: error: one [x]\n\nb: error: two [y]"


def test_hint_names_the_nearest_word_and_nothing_where_none_is_near() -> None:
    assert did_you_mean("wieght", ["weight", "height", "id"]) == "Did you mean 'weight'?"
    assert did_you_mean("colour", ["weight", "id"]) == ""


def test_word_of_more_than_200_characters_is_not_compared() -> None:
    assert did_you_mean("a" * 200, ["a" * 199]) == f"Did you mean '{'a' * 199}'?"
    assert did_you_mean("a" * 201, ["a" * 200]) == ""


def test_long_list_of_words_is_cut() -> None:
    assert name_some("abcde", most=3) == "a, b, c and 2 more"
    assert name_some("abc", most=3) == "a, b, c"


def test_quoted_text_is_one_short_line() -> None:
    assert shorten("one\n  two\tthree", 12) == "one two thr…"
    assert shorten("\x1b[0m") == "�[0m"


def test_excerpt_of_a_long_line_costs_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned: list[int] = []
    clean = diagnostics._printable

    def count(text: str) -> str:
        cleaned.append(len(text))
        return clean(text)

    monkeypatch.setattr(diagnostics, "_printable", count)

    excerpt("one, " * 2_000, 5_001, 5_004)

    assert cleaned
    assert max(cleaned) < 200


def test_word_that_starts_like_the_misspelt_one_is_found_among_thousands() -> None:
    known = [f"{first}{second}-{n}" for first in "abcdefgh" for second in "abcdefgh" for n in range(50)]

    assert did_you_mean("db-455", [*known, "db-4555"]) == "Did you mean 'db-4555'?"


@pytest.mark.parametrize(("number", "text"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors")])
def test_count_has_the_noun_in_its_number(number: int, text: str) -> None:
    assert count(number, "error") == text
