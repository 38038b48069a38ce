"""Blanks in texts to copy: `{item}` stands for the words of an answer, `{{` for a brace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .fields import ID_PATTERN, MAX_ID

_PIECE = re.compile(rf"(?P<brace>\{{\{{)|\{{(?P<item>{ID_PATTERN})\}}")


class Piece(NamedTuple):
    """A stretch of a text: words as they are, or a blank for the answer to an item."""

    text: str
    item: str | None = None


def pieces(text: str) -> Iterator[Piece]:
    """The text without its escapes, cut at its blanks. Braces around anything that can't be an id are text."""
    end, words = 0, ""
    for match in _PIECE.finditer(text):
        words += text[end : match.start()]
        end = match.end()
        item = match["item"]
        if item is None:
            words += "{"
        elif len(item) > MAX_ID:
            words += match[0]
        else:
            if words:
                yield Piece(words)
            yield Piece(match[0], item)
            words = ""
    if words := words + text[end:]:
        yield Piece(words)


def blanks(text: str) -> list[str]:
    """The items that a text has blanks for, in order, each as often as it is named."""
    return [piece.item for piece in pieces(text) if piece.item is not None]
