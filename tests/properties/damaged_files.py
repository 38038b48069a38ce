"""Strategy of files that were valid, with a few things done to them that authors, editors and merges do."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from tests.properties.checklist_files import Part, checklists, styles, texts, written

# The sign ␣ is a space, ↵ the end of a line, → a tab.
_PIECES = """
-␣ ' " [ ] { } :␣ : # ␣#␣ ␣#x , *a &a␣ !!int␣ <<:␣ |␣↵ > ? ~ 1e400 - ↵ ↵---↵ ↵...↵ % @ ` ␣␣ \\x null →
"""
PIECES = [piece.replace("␣", " ").replace("↵", "\n").replace("→", "\t") for piece in _PIECES.split()]
PIECES += ["", "\x00", "\u2028", "\x85", "\r", "\ufeff", "\ud800"]
_WORDS = [
    "",
    "a",
    "0",
    "-1",
    "1.5",
    "1e9",
    "true",
    "2026-02-30",
    "20 min",
    "javascript:x",
    "http://[",
    "NA",
    "na",
    "score",
]


@st.composite
def damaged_files(draw: st.DrawFn) -> str:
    """Files that were valid, with a few things done to them that authors do, and that editors and merges do."""
    data = draw(checklists())
    for _ in range(draw(st.integers(0, 2))):
        _with_another_type(data, draw(st.integers(0, 999)), draw(_values()))
    text = written(data, draw(styles()))
    change = st.tuples(
        st.sampled_from(sorted(_CHANGES)), st.integers(0, 9999), st.integers(0, 40), st.sampled_from(PIECES)
    )
    for name, place, size, piece in draw(st.lists(change, max_size=3)):
        text = _CHANGES[name](text, place % (len(text) + 1), size, piece)
    return text


def _values() -> st.SearchStrategy[Any]:
    """Values that mostly do not belong where they get to be."""
    return st.recursive(
        st.one_of(st.sampled_from(_WORDS), texts(), st.just("x" * 20_001)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(["a", "no", "*", "id", "text"]), inner, max_size=2),
        ),
        max_leaves=4,
    )


def _with_another_type(data: Part, place: int, value: Any) -> None:
    """Put a value in another one's place."""
    found = list(_places(data))
    owner, key = found[place % len(found)]
    owner[key] = value


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield node, key
        yield from _places(value)


def _replaced(text: str, place: int, size: int, piece: str) -> str:
    return text[:place] + piece + text[place + size :]


def _dropped(text: str, place: int, size: int, piece: str) -> str:
    lines = text.split("\n")
    n = text.count("\n", 0, place)
    return "\n".join(lines[:n] + lines[n + 1 + size // 10 :])


def _doubled(text: str, place: int, size: int, piece: str) -> str:
    lines = text.split("\n")
    n = text.count("\n", 0, place)
    return "\n".join(lines[: n + 1 + size // 10] + lines[n:])


def _indented(text: str, place: int, size: int, piece: str) -> str:
    lines = text.split("\n")
    n = text.count("\n", 0, place)
    lines[n] = " " * (size % 9) + lines[n].lstrip(" ")
    return "\n".join(lines)


def _misspelt(text: str, place: int, size: int, piece: str) -> str:
    keys = list(re.finditer(r"(?<![\w-])[\w-]+(?=[\"']?:\s)", text))
    if not keys:
        return text
    key = keys[place % len(keys)]
    letters = list(key[0])
    n = size % len(letters)
    if size % 3:
        letters[n : n + 2] = letters[n : n + 2][::-1]
    else:
        letters.insert(n, "x")
    return text[: key.start()] + "".join(letters) + text[key.end() :]


_CHANGES: dict[str, Callable[[str, int, int, str], str]] = {
    "a piece replaced": _replaced,
    "lines doubled": _doubled,
    "lines dropped": _dropped,
    "lines indented otherwise": _indented,
    "misspelt": _misspelt,
}
