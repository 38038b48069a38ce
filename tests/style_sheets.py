"""Reads style sheets, as far as tests about their rules need it: rules, what they are nested in, and their declarations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers import REPOSITORY

SHEETS = (
    *sorted((REPOSITORY / "plugins/mkdocs_checklists/assets").rglob("*.css")),
    *sorted((REPOSITORY / "site_src/overrides").rglob("*.css")),
)
"""All that a page can load."""

_TEXT = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL)
_PIECE = re.compile(r'((?:"(?:\\.|[^"\\])*"|[^"{};])*)([{};]|$)', re.DOTALL)


@dataclass
class Rule:
    """A rule, or an at-rule with a block."""

    head: str
    """The selector, or the at-rule up to its block, on one line."""
    outer: tuple[str, ...]
    """The heads of what it is nested in, outermost first."""
    declarations: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_style(self) -> bool:
        return not self.head.startswith("@") and not any(head.startswith("@keyframes") for head in self.outer)


def rules_of(sheet: Path) -> Iterator[Rule]:
    """All rules of a sheet, in the order in which they open."""
    open_rules = [Rule("", ())]
    found = []
    for match in _PIECE.finditer(re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)):
        text, end = " ".join(match[1].split()), match[2]
        if end == "{":
            outer = tuple(rule.head for rule in open_rules[1:])
            open_rules.append(Rule(text, outer))
            found.append(open_rules[-1])
            continue
        if text:
            name, _, value = text.partition(":")
            open_rules[-1].declarations.append((name.strip(), value.strip()))
        if end == "}":
            open_rules.pop()
    assert len(open_rules) == 1, f"{sheet.name}: brackets do not match"
    yield from found
