"""Holds ARCHITECTURE.md to the code: its tables of wings, its table of names, and every path that it gives."""

import re
from collections.abc import Mapping

import pytest

from tests.data_names import shared_names
from tests.helpers import REPOSITORY
from tests.test_architecture import ASSETS, BROWSER_WINGS, PACKAGE, WINGS, Wing

PAGE = (REPOSITORY / "ARCHITECTURE.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose first row starts with these words."""
    table = PAGE[PAGE.index(f"\n| {heading} |") + 1 :].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def named(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)/?`", cell))


@pytest.mark.parametrize(("heading", "wings"), [("wing", WINGS), ("wing of `assets/`", BROWSER_WINGS)])
def test_table_of_wings_is_that_which_the_code_is_held_to(heading: str, wings: Mapping[str, Wing]) -> None:
    found = {name: (named(imports), last) for first, _, imports, last in rows(heading) for name in named(first)}
    assert list(found) == list(wings)
    assert {name: imports for name, (imports, _) in found.items()} == {name: row.wings for name, row in wings.items()}
    if wings is WINGS:
        libraries = {name: set(re.findall(r"\b(?!py\b)[a-z_]+\b(?!`|\.py)", last)) for name, (_, last) in found.items()}
        expected = {name: row.libraries.union(*row.libraries_of.values()) for name, row in wings.items()}
        assert libraries == expected
    else:
        assert {name: named(last) for name, (_, last) in found.items()} == {n: row.later for n, row in wings.items()}


def test_table_of_data_names_is_what_python_scripts_and_styles_share() -> None:
    kinds = ("Python", "scripts", "styles")
    found = {
        name: {kind for kind, cell in zip(kinds, cells, strict=True) if cell}
        for (name,), cells, meaning in ((re.findall("`([^`]+)`", row[0]), row[1:4], row[4]) for row in rows("name"))
        if meaning
    }
    assert found == shared_names()


def test_every_path_is_there() -> None:
    paths = [path for path in re.findall(r"`([\w./-]+(?:/|\.(?:py|js|json|ts|yml|md)))`", PAGE) if "/" in path]
    roots = (REPOSITORY, PACKAGE, ASSETS)
    examples = {"keys/ID.json", "checklists/first-day.yml", "locale/LANGUAGE.json"}
    missing = [path for path in paths if path not in examples and not any((root / path).exists() for root in roots)]
    assert paths
    assert missing == []
