"""Plain data to YAML text, in any of the ways in which an author may write the same."""

import re
from collections.abc import Sequence
from itertools import cycle
from typing import Any

from mkdocs_checklists.lint.checklist import TEXT_KEYS

STYLES = 12
"""How many choices `to_yaml` tells apart; 0 is the plainest."""

# YAML ends a line at the first three, takes the next for the start of a stream, and drops spaces around a tab.
_ESCAPED = {"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P", "\ufeff": "\\uFEFF", "\t": "\\t", "\n": "\\n"}
_ONLY_ESCAPED = re.compile("[\x85\u2028\u2029\ufeff\t]")
_PLAIN = re.compile(r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=[^\s,\[\]{}]))(?:[^\n:#]|:(?=\S)|(?<=\S)#)*")
_PLAIN_IN_FLOW = re.compile(r"[^\W_][^\n:#?,\[\]{}\"']*")
_FOLD = re.compile(r"(?<=\S) (?=\S)")


def to_yaml(data: dict[str, Any], styles: Sequence[int]) -> str:
    """The text of a file. `styles` are numbers below `STYLES`, taken in turn for each choice there is."""
    return _Writer(styles).block(data, 0) + "\n"


class _Writer:
    def __init__(self, styles: Sequence[int]) -> None:
        self.style = cycle(styles).__next__

    def block(self, node: Any, indent: int, is_text: bool = False) -> str:
        """A collection with each entry on lines of its own, indented from the first one on."""
        pad, lines = " " * indent, []
        entries: list[tuple[str, Any, bool]]
        if isinstance(node, dict):
            entries = [(f"{self.key(key)}:", value, is_text or key in TEXT_KEYS) for key, value in node.items()]
        else:
            entries = [("-", value, is_text) for value in node]
        for head, value, within in entries:
            style = self.style()
            if style == 11:
                lines.append(f"{pad}# a comment: with 'quotes' and a - dash")
            if isinstance(value, str):
                body = " " + self.scalar(value, indent, within)
            elif not value or style in (3, 7):
                body = " " + self.flow(value, "\n" + " " * (indent + 2) if style == 7 else " ")
            elif head == "-":
                body = " " * (1 + style % 2) + self.block(value, indent + 2 + style % 2, within).lstrip(" ")
                if body.lstrip().startswith("#"):
                    body = "\n" + " " * (indent + 2 + style % 2) + body.lstrip()
            elif isinstance(value, list) and style in (1, 5):
                body = "\n" + self.block(value, indent, within)
            else:
                body = "\n" + self.block(value, indent + 2 + style % 3, within)
            lines.append(pad + head + body)
            if style == 10:
                lines.append("")
        return "\n".join(lines)

    def flow(self, node: Any, gap: str) -> str:
        if isinstance(node, str):
            return self.scalar(node, None)
        if isinstance(node, list):
            return "[" + f",{gap}".join(self.flow(value, gap) for value in node) + "]"
        return "{" + f",{gap}".join(f"{self.key(key)}: {self.flow(value, gap)}" for key, value in node.items()) + "}"

    def key(self, key: str) -> str:
        style = self.style()
        return f'"{key}"' if style == 9 or not key[0].isalpha() else f"'{key}'" if style == 8 else key

    def scalar(self, text: str, indent: int | None, is_text: bool = False) -> str:
        """A scalar in the style whose turn it is, where that can carry it. Without `indent`, inside brackets."""
        style = self.style()
        if not text:
            return '""'
        if _ONLY_ESCAPED.search(text) and not (style == 3 and set(_ONLY_ESCAPED.findall(text)) == {"\t"}):
            return _double(text, style)
        if style in (3, 4) and indent is not None:
            pad = "\n" + " " * (indent + 2)
            head = "|" + ("2" if text[0].isspace() else "") + ("-", "", "+")[len(text) % 3 if is_text else 0]
            return head + "".join(pad + line if line else "\n" for line in text.split("\n"))
        if "\n" not in text:
            pad = "\n" + " " * ((indent or 0) + 2)
            if style == 5 and indent is not None and not text[0].isspace():
                return ">-" + pad + _FOLD.sub(lambda _: pad, text)
            if style in (2, 6):
                quoted = "'" + text.replace("'", "''") + "'"
                return _FOLD.sub(lambda _: pad, quoted, count=1) if style == 6 and indent is not None else quoted
            plain = _PLAIN if indent is not None else _PLAIN_IN_FLOW
            if style not in (1, 7) and plain.fullmatch(text) and text == text.strip() and text[-1] != ":":
                return text
        return _double(text, style)


def _double(text: str, style: int) -> str:
    def escape(character: str) -> str:
        if character in _ESCAPED:
            return _ESCAPED[character]
        if character in '"\\':
            return "\\" + character
        return f"\\U{ord(character):08X}" if style == 7 and not character.isascii() else character

    return '"' + "".join(map(escape, text)) + '"'
