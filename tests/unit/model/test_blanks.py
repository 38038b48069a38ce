"""Blanks in texts to copy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists.model.blanks import Piece, blanks, pieces
from mkdocs_checklists.model.fields import MAX_ID


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Dear all", [Piece("Dear all")]),
        ("{term}", [Piece("{term}", "term")]),
        ("On {b-c}, {a}.", [Piece("On "), Piece("{b-c}", "b-c"), Piece(", "), Piece("{a}", "a"), Piece(".")]),
        ("{{term}", [Piece("{term}")]),
        ("{{{term}", [Piece("{"), Piece("{term}", "term")]),
        ("{{{{term}}", [Piece("{{term}}")]),
        ("{ term } {Term} {} {1a} {a--b} {term", [Piece("{ term } {Term} {} {1a} {a--b} {term")]),
        ("{" + "a" * (MAX_ID + 1) + "}", [Piece("{" + "a" * (MAX_ID + 1) + "}")]),
    ],
)  # fmt: skip
def test_text_is_cut_at_its_blanks(text: str, found: list[Piece]) -> None:
    assert list(pieces(text)) == found


@given(st.text())
def test_escaped_text_comes_back_whole_and_has_no_blanks(text: str) -> None:
    escaped = text.replace("{", "{{")

    assert "".join(piece.text for piece in pieces(escaped)) == text
    assert blanks(escaped) == []


@given(st.lists(st.sampled_from(["{a}", "{b-c}", " {", "x", "\n"])))
def test_names_come_in_order(parts: list[str]) -> None:
    # A brace before a blank would escape it.
    text = ".".join(parts)

    assert blanks(text) == [part[1:-1] for part in parts if part in ("{a}", "{b-c}")]
