"""Any text at all is read or reported at a place inside it, never with a traceback."""

from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_checklists.checks.checklist import check
from mkdocs_checklists.diagnostics.diagnostic import format_report
from mkdocs_checklists.reading.reader import read_checklist
from tests.helpers import REPOSITORY
from tests.properties.places import assert_sensible, lines_of

WHOLE = (REPOSITORY / "checklists" / "costly-beliefs.yml").read_bytes()
LINES = WHOLE.splitlines(keepends=True)
PIECES = [
    b"",
    b"\t",
    b"- ",
    b"'",
    b'"',
    b"[",
    b"{",
    b": ",
    b"*a",
    b"&a ",
    b"!!int ",
    b"<<: ",
    b"| \n",
    b"\xff",
    b"\x00",
]
PIECES += [b"~", b"1e400", b"-"]


def assert_read_or_reported(data: bytes) -> None:
    """There is a trusted checklist, or errors; and whatever is reported has its place in the file."""
    reading = read_checklist(data, "any.yml")
    trusted = check(reading, {})
    assert (trusted is None) == bool(reading.diagnostics.errors)
    assert_sensible(reading.diagnostics, lines_of(data))


@given(st.binary(max_size=400))
@example(b"[" * 101 + b"]" * 101)
@example(b"{a: " * 101 + b"}" * 101)
@example(b"score: {range: [0, " + b"9" * 11 + b"]}")
@example(b"sections: [{items: [[[[]]]]}]\nbands: {a: b}\n")
@example(b"sections:\n- items:\n  - {id: a, caps: {a: {b: c}}, see: {a: b}, recommend: [x]}\nbands: [x]")
def test_any_bytes_give_a_report_or_a_checklist(data: bytes) -> None:
    assert_read_or_reported(data)


@given(st.text(max_size=400))
def test_any_text_gives_a_report_or_a_checklist(text: str) -> None:
    assert_read_or_reported(text.encode("utf-8", "surrogatepass"))


@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.sampled_from(PIECES))
def test_a_real_file_with_a_piece_replaced_gives_a_report_or_a_checklist(start: int, length: int, piece: bytes) -> None:
    assert_read_or_reported(WHOLE[:start] + piece + WHOLE[start + length :])


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=4, unique=True))
def test_a_real_file_with_lines_missing_gives_a_report_or_a_checklist(missing: list[int]) -> None:
    assert_read_or_reported(b"".join(line for n, line in enumerate(LINES) if n not in missing))


@given(st.integers(0, len(LINES) - 1), st.integers(0, 8))
def test_a_real_file_with_a_line_indented_otherwise_gives_a_report_or_a_checklist(number: int, spaces: int) -> None:
    changed = [b" " * spaces + line.lstrip() if n == number else line for n, line in enumerate(LINES)]

    assert_read_or_reported(b"".join(changed))


def test_the_file_the_properties_start_from_is_sound() -> None:
    reading = read_checklist(WHOLE, "any.yml")

    assert check(reading, {}) is not None
    assert format_report(reading.diagnostics) == ""
