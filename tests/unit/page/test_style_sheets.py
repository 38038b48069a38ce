"""What the style sheets must not do, because an engine would pass over it without a word."""

import re
from pathlib import Path

import pytest

from tests.style_sheets import SHEETS, rules_of

# Up to WebKitGTK 2.50 and Safari 26.0 (WebKit#49387) nested rules are skipped in printing, whichever of the two is nested in the
# other; and a rule for the screen that is nested goes on in print.
MEDIUM = re.compile(r"@media\b.*\b(?:print|screen)\b")
WIDTH = re.compile(r"(\d+)px double")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_for_paper_or_screen_alone_is_nested(sheet: Path) -> None:
    nested = []
    for rule in rules_of(sheet):
        around = [*rule.outer, rule.head]
        media = [at for at, head in enumerate(around) if MEDIUM.search(head)]
        # A style rule in a medium is fine; a style rule around one of the two is nesting.
        styles = [head for head in around[:-1] if not head.startswith("@")]
        if media and styles:
            nested.append(" { ".join(around))
    assert nested == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_margins_of_sheets_are_set_where_webkit_heeds_them(sheet: Path) -> None:
    # Inside a medium, or in a sheet for print alone, WebKitGTK passes over @page.
    pages = [rule for rule in rules_of(sheet) if rule.head.startswith("@page")]
    assert [rule.outer for rule in pages if rule.outer] == []
    assert not pages or sheet.name != "print.css"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_double_lines_are_wide_enough_to_be_drawn_as_two(sheet: Path) -> None:
    # WebKit rounds a third of the width up: of four pixels nothing is left between the two.
    widths = [
        int(width) for rule in rules_of(sheet) for _, value in rule.declarations for width in WIDTH.findall(value)
    ]
    assert [width for width in widths if width < 5] == []
