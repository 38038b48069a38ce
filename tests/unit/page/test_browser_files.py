import posixpath
import re
from importlib.resources import files
from pathlib import Path

import pytest

from mkdocs_checklists.page.browser_files import (
    ENTRY,
    PAGE_NEEDS,
    STYLE,
    asset_files,
    content_hash,
    files_to_list,
    modules_at_once,
    tally_css,
)
from mkdocs_checklists.words.messages import load_messages
from tests.helpers import REPOSITORY
from tests.unit.texts import PLAIN, RICH, load

MESSAGES = load_messages()
ASSETS = REPOSITORY / "plugins/mkdocs_checklists/assets"


def test_files_are_the_modules_the_style_sheet_and_the_words() -> None:
    names = list(asset_files(MESSAGES, []))

    assert names == sorted(names)
    assert {ENTRY, STYLE, "messages.js"} <= set(names)
    assert all(re.fullmatch(r"(?:[a-z-]+/)?[a-z-]+\.(js|css)", name) for name in names)


def test_every_file_that_a_page_may_need_is_among_the_files() -> None:
    needed = {name for need in PAGE_NEEDS.values() for name in (need.style, need.entry, *need.at_once) if name}

    assert needed <= set(asset_files(MESSAGES, []))
    assert needed >= {path.name for kind in ("*.css", "define*.js") for path in ASSETS.glob(kind)}


def test_site_without_the_plugin_lists_all_entries_and_style_sheets() -> None:
    listed = {name for names in files_to_list().values() for name in names}

    assert listed == {path.name for kind in ("*.css", "define*.js") for path in ASSETS.glob(kind)}


def test_style_sheet_that_was_renamed_is_there_under_its_earlier_name() -> None:
    files = asset_files(MESSAGES, [])

    assert files["tools.css"] == files["rules.css"]


def test_every_module_that_is_imported_is_among_the_files() -> None:
    files = asset_files(MESSAGES, [])

    wanted = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), other))
        for name, content in files.items()
        for other in re.findall(r"(?:from|import\()\s*[\"'](\.[\w./-]+\.js)[\"']", content.decode())
    }

    assert wanted <= set(files)
    assert wanted


def test_modules_at_once_are_those_that_the_entry_cannot_run_without() -> None:
    files = {
        "define.js": b'import{A}from"./a.js";import "./b.js"\nimport * as all from\'./a.js\';a=import("./late.js")',
        "a.js": b'export*from"./c.js";const text="from";import("./late.js").catch(()=>0)',
        "b.js": b'import{A}from"./a.js";import{define}from"./define.js";import x from"https://example.org/x.js"',
        "c.js": b'say("from \\"./late.js\\"");import{y}from"./not-here.js";import"./deep/d.js"',
        "deep/d.js": b'import{A}from"../a.js";import{e}from"./e.js"',
        "deep/e.js": b"",
        "late.js": b'import"./later.js"',
        "later.js": b"",
    }
    assert modules_at_once(files, "define.js") == ["define.js", "a.js", "b.js", "c.js", "deep/d.js", "deep/e.js"]


def test_result_is_loaded_on_demand_and_the_rest_at_once() -> None:
    files = asset_files(MESSAGES, [])
    at_once = modules_at_once(files, ENTRY)
    on_demand = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), other))
        for name, content in files.items()
        for other in re.findall(r"""\bimport\(\s*["'](\.[\w./-]+\.js)["']\)""", content.decode())
    }

    assert at_once[0] == ENTRY
    assert "result/score-panel.js" in on_demand
    assert not on_demand & set(at_once)
    assert on_demand | set(at_once) <= set(files)


def test_style_sheet_ends_with_the_rules_that_count_points() -> None:
    style = asset_files(MESSAGES, [load(PLAIN).key])[STYLE].decode()

    assert style.endswith('}input[data-points="1"]:checked{counter-increment:checklist-points 1}')


@pytest.mark.parametrize("name", sorted({need.style for need in PAGE_NEEDS.values() if need.style}))
def test_no_space_that_means_something_is_lost_before_a_colon(name: str) -> None:
    # What makes the file small takes `[a] :is(b)` in a nested rule for a declaration, and would make it `[a]:is(b)`.
    source = (files("mkdocs_checklists") / "assets" / name).read_text("utf-8")
    selectors = re.findall(r"[\w\])*] :[a-z-]+\(", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL))

    assert [selector for selector in selectors if selector not in asset_files(MESSAGES, [])[name].decode()] == []


@pytest.mark.parametrize("declaration", ["border-collapse: collapse", "clip-path: inset(50%)"])
def test_reset_of_tables_and_what_is_only_heard_are_one_rule_each(declaration: str) -> None:
    found = {path.name: path.read_text("utf-8").count(declaration) for path in sorted(ASSETS.glob("*.css"))}

    assert found == {"checklist.css": 1, "pages.css": 0, "rules.css": 0, "terms.css": 0}


def test_name_of_the_folder_changes_with_any_file_and_only_then() -> None:
    hashes = [
        content_hash(asset_files(messages, keys))
        for messages, keys in (
            (MESSAGES, [load(PLAIN).key]),
            (MESSAGES, [load(PLAIN).key]),
            (MESSAGES, [load(RICH).key]),
            (load_messages("en", {"undo": "Take back"}), [load(PLAIN).key]),
        )
    ]

    assert re.fullmatch("[0-9a-f]{12}", hashes[0])
    assert (hashes[0] == hashes[1], len(set(hashes))) == (True, 3)


def test_hash_knows_names_from_contents() -> None:
    assert content_hash({"a": b"bc"}) != content_hash({"ab": b"c"})


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.css")), ids=lambda path: path.name)
def test_style_sheet_means_the_same_without_its_white_space(path: Path) -> None:
    # `rcssmin` takes the space before a colon for idle: `tbody :is(th)` would become `tbody:is(th)`. Write `tbody *:is(th)`.
    css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"^[^{};@]*\{", css, re.MULTILINE)
    assert [line for line in selectors if re.search(r"[\w)\]] +:", line)] == []


def test_css_counts_each_value_of_points_once_and_leaves_zero_out() -> None:
    whole = load(RICH.replace("points: 0.5", "points: -1").replace("from: zero, ", "")).key

    assert tally_css([whole, whole]) == (
        'input[data-points="-3"]:checked{counter-increment:checklist-points -3}\n'
        'input[data-points="-1"]:checked{counter-increment:checklist-points -1}\n'
        'input[data-points="1"]:checked{counter-increment:checklist-points 1}\n'
        'input[data-points="2"]:checked{counter-increment:checklist-points 2}\n'
        'input[data-points="6"]:checked{counter-increment:checklist-points 6}'
    )


def test_css_counts_nothing_of_a_checklist_with_fractions() -> None:
    assert tally_css([load(RICH).key]) == ""
