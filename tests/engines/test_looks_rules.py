"""Every declaration of every style sheet is one that every engine takes: what it does not take, it drops without a word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.face import Face
from tests.pages_server import serve
from tests.style_sheets import SHEETS, rules_of

# What may be missing in an engine, because nothing is lost but a refinement.
REFINEMENTS = {
    "field-sizing": "a field for words does not grow with them, and can be drawn larger by hand",
    "forced-color-adjust": "WebKit, which forces no colours",
    "hanging-punctuation": "quotation marks are in the line instead of before it",
    "orphans": "a paragraph leaves one line behind on a sheet",
    "text-wrap": "the last line of a paragraph is a single word",
    "widows": "a sheet begins with the last line of a paragraph",
}

_DEFINED = {
    name: value for sheet in SHEETS for rule in rules_of(sheet) for name, value in rule.declarations if name[:2] == "--"
}
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:\s*,\s*((?:[^()]|\((?:[^()]|\([^()]*\))*\))*))?\)")


def resolved(value: str) -> str:
    """A value without variables, which any engine would take for right until it is computed."""
    while match := _VARIABLE.search(value):
        known = _DEFINED.get(match[1], match[2] or "")
        value = value[: match.start()] + known + value[match.end() :]
    return value.removesuffix("!important").strip()


def declarations() -> Iterator[tuple[str, str, list[str], str]]:
    """Sheet, rule, property with its twins that bear a prefix, and value of all that must work everywhere."""
    for sheet in SHEETS:
        for rule in rules_of(sheet):
            # What asks before it uses something need not be asked again. Faces and sheets have properties of their own.
            if any("@supports" in head for head in rule.outer) or rule.head.startswith(("@font-face", "@page")):
                continue
            twins: dict[tuple[str, str], list[str]] = {}
            for name, value in rule.declarations:
                own = name.removeprefix("-webkit-").removeprefix("-moz-")
                if not name.startswith("--") and own not in REFINEMENTS and (plain := resolved(value)):
                    twins.setdefault((own, plain), []).append(name)
            for (_, plain), names in twins.items():
                yield sheet.name, rule.head, names, plain


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("blank")
    (folder / "index.html").write_text("<!doctype html><title>Blank</title>", "utf-8")
    with serve(folder) as url:
        yield url


def test_every_declaration_is_taken(face: Face, blank: str) -> None:
    face.open(blank)
    asked = list(declarations())
    assert len(asked) > 1_000
    find = "(asked) => asked.filter(([, , names, value]) => !names.some((name) => CSS.supports(name, value)))"
    assert face.evaluate(find, asked) == []


# Parts of controls that only their own engine has, in rules that have no other selector.
_FOREIGN = re.compile(r"::(?:-webkit-|-moz-|details-content)")


def test_every_selector_is_understood(face: Face, blank: str) -> None:
    face.open(blank)
    asked = [
        (sheet.name, rule.head)
        for sheet in SHEETS
        for rule in rules_of(sheet)
        if rule.is_style and not _FOREIGN.search(rule.head)
    ]
    assert len(asked) > 500
    find = """(asked) => asked.filter(([, selector]) => {
        try { document.querySelector(selector); } catch { return true; }
        return false;
    })"""
    assert face.evaluate(find, asked) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_parts_that_one_engine_lacks_have_rules_of_their_own(sheet: Path) -> None:
    # A selector that is not understood takes the others of its rule with it.
    mixed = []
    for rule in rules_of(sheet):
        parts = {match[0] for match in _FOREIGN.finditer(rule.head)}
        if len(parts) > 1 or (parts and rule.head.count(",") >= len(_FOREIGN.findall(rule.head))):
            mixed.append(rule.head)
    assert mixed == []
