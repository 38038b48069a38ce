"""Holds the package and its browser modules to their layers.

A module imports only from rows above its own. To add a module, put its name into the row where it belongs; to add a
row, insert one. A name in `LATER` may be missing.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY

PACKAGE = REPOSITORY / "plugins" / "mkdocs_checklists"
ASSETS = PACKAGE / "assets"

PYDANTIC = {"pydantic", "pydantic_core"}

# Each row: module -> the third-party packages that it may import.
PYTHON_ROWS: tuple[dict[str, set[str]], ...] = (
    {"diagnostics": set(), "codes": set(), "question_words": set(), "scanning": set()},
    {"question_rules": set(), "links": set()},
    {"source": {"yaml"}},
    {"files": set()},
    {"model": PYDANTIC},
    {"model_knowledge": PYDANTIC},
    {"reader": PYDANTIC},  # It words the errors that pydantic reports.
    {"allowances": set()},
    {"trees": set()},
    {"expressions": set()},
    {"intervals": set()},
    {"conditions": set()},
    {"rules_checks": set(), "decision_checks": set()},
    {"checks": set(), "rules_key": set()},
    {"scoring_key": set()},
    {"scoring": set(), "page_links": set()},
    {"crosslinks": set()},
    {"knowledge": set()},
    {"way_up": set()},
    {"outcomes": set()},
    {"patterns": set()},
    {"proof": set(), "witnesses": set(), "deciding": set()},
    {"rules_proof": set()},
    {"loaded": set()},
    {"answers": set(), "findings": set(), "index_key": set()},
    {"lint_questions": set(), "lint_reach": set()},
    {"lint": set()},
    {"messages": {"babel"}},
    {"method": set(), "rules_method": set(), "formula_words": set()},
    {"method_decision": set()},
    {"part_writer": set()},
    {"render_calculator": set(), "render_decision": set()},
    {"render_plan": set(), "render_index": set(), "render_related": set()},
    {"render": set()},
    {"library": set(), "assets": {"rcssmin", "rjsmin"}, "directives": set()},
    {"markdown_text": {"markdown"}},
    {"markdown_headings": {"markdown"}},
    {"markdown_page": {"markdown"}},
    {"markdown_links": {"markdown"}, "markdown_knowledge": {"markdown"}, "markdown_terms": {"markdown"}},
    {"knowledge_lists": set()},
    {"standalone": set()},
    {"markdown_ext": {"markdown"}},
    {"mkdocs_crosslinks": {"mkdocs"}, "mkdocs_site": {"mkdocs"}},
    {"mkdocs_plugin": {"mkdocs"}, "lint_knowledge": set()},
    {"reference": PYDANTIC | {"click"}},  # It describes the fields of the model and the commands.
    {"cli": {"click", "rich"}},
    {"__init__": set(), "__main__": set()},
)
# `files` decides what may be read; `messages` and `assets` read what the package itself ships, `cli` writes.
MAY_OPEN_FILES = {"files", "cli", "messages", "assets"}

JAVASCRIPT_ROWS: tuple[set[str], ...] = (
    {"earlier.js"},  # Only for a checklist that was renamed.
    {"score.js", "messages.js", "share.js", "exact.js", "drawing.js"},
    {"storage.js", "view.js", "way-up.js", "rules.js"}
    | {"return-messages.js", "result-messages.js", "tools-messages.js", "index-messages.js"},
    {"spoken.js", "returning.js"},  # Neither before the first answer.
    {"run-records.js", "plan-rows.js"},  # With a plan only, as the next four rows.
    {"run-store.js"},
    {"runs.js"},
    {"run-head.js", "plan-table.js"},
    {"plan.js"},
    {"numbers.js", "numerals.js", "sensitivity.js"},  # With inputs only, as the next two rows.
    {"number-field.js", "arithmetic.js", "comparisons.js", "example-offer.js", "sensitivity-fold.js"},
    {"site-runs.js", "progress.js"},  # With an index of checklists only, as the next two rows.
    {"checklist-index.js"},
    {"define-index.js"},
    {"calculator.js"},
    {"places.js"},  # Once there is something to say.
    # With outcomes or notes only, likewise.
    {"change.js", "notes.js", "weights.js"},
    {"change-fold.js"},
    {"decision.js"},
    {"tools.js"},  # With rules only.
    {"session.js"},
    {"why.js", "profile.js", "way-up-fold.js"},  # From here on: loaded once there is something to say.
    {"result.js", "actions.js"},
    {"checklist-element.js"},
    {"define.js"},
)

LATER = {"__main__", "share.js"}
# Made from the catalogue of words while a site is built.
GENERATED = {"messages.js", "return-messages.js", "result-messages.js", "tools-messages.js", "index-messages.js"}

PYTHON_ROW = {name: number for number, row in enumerate(PYTHON_ROWS) for name in row}
THIRD_PARTY = {name: allowed for row in PYTHON_ROWS for name, allowed in row.items()}
JAVASCRIPT_ROW = {name: number for number, row in enumerate(JAVASCRIPT_ROWS) for name in row}

python_modules = pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
javascript_modules = pytest.mark.parametrize("path", sorted(ASSETS.glob("*.js")), ids=lambda path: path.name)


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports: `.name` for a module of the package, else the name of the top-level package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (in_package(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = ("mkdocs_checklists." if node.level else "") + (node.module or "")
            if source.rstrip(".") == "mkdocs_checklists":
                # A name that is no module comes from the package's own `__init__`.
                yield from (f".{alias.name if is_module(alias.name) else '__init__'}" for alias in node.names)
            else:
                yield in_package(source)


def in_package(name: str) -> str:
    top, _, rest = name.partition(".")
    return f".{rest.split('.')[0] or '__init__'}" if top == "mkdocs_checklists" else top


def is_module(name: str) -> bool:
    return (PACKAGE / f"{name}.py").exists()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@python_modules
def test_python_module_has_a_place_in_the_table(path: Path) -> None:
    assert path.stem in PYTHON_ROW


@python_modules
def test_python_module_imports_only_from_rows_above(path: Path) -> None:
    own = {name.removeprefix(".") for name in imported(parse(path)) if name.startswith(".")}
    row = PYTHON_ROW.get(path.stem, 0)
    assert {name for name in own if PYTHON_ROW.get(name, row) >= row} == set()


@python_modules
def test_third_party_import_stays_in_the_row_that_names_it(path: Path) -> None:
    foreign = {name for name in imported(parse(path)) if not name.startswith(".")} - sys.stdlib_module_names
    assert foreign - THIRD_PARTY.get(path.stem, set()) == set()


@python_modules
def test_only_named_modules_open_files(path: Path) -> None:
    calls = (node for node in ast.walk(parse(path)) if isinstance(node, ast.Call))
    openers = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
    lines = [
        call.lineno
        for call in calls
        if (isinstance(call.func, ast.Name) and call.func.id == "open")
        or (isinstance(call.func, ast.Attribute) and call.func.attr in openers)
    ]
    assert path.stem in MAY_OPEN_FILES or lines == []


def test_package_names_nothing_of_the_flagship_site() -> None:
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".json", ".ts"}]
    words = re.compile(r"site_src|outsourc|freelanc", re.IGNORECASE)
    assert [str(path) for path in files if words.search(path.read_text("utf-8"))] == []


def code(path: Path, *, keep_strings: bool = False) -> str:
    """Return a JavaScript file without its comments, and without its plain strings unless they are to be kept."""

    def replace(match: re.Match[str]) -> str:
        is_string = match[0][0] in "\"'"
        if is_string:
            return match[0] if keep_strings else '""'
        return match[0] if match[0][0] == "`" else " "

    pattern = r""" "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:\\.|[^`\\])*` | //[^\n]* | /\*.*?\*/ """
    return re.sub(pattern, replace, path.read_text("utf-8"), flags=re.DOTALL | re.VERBOSE)


def words_in(path: Path, *words: str) -> set[str]:
    return set(re.findall(rf"\b(?:{'|'.join(words)})\b", code(path)))


@javascript_modules
def test_javascript_module_has_a_place_in_the_table(path: Path) -> None:
    assert path.name in JAVASCRIPT_ROW


@javascript_modules
def test_javascript_module_imports_only_from_rows_above(path: Path) -> None:
    sources = re.findall(r"""(?:\bfrom|\bimport)\s*\(?\s*["'`]([^"'`]+)["'`]""", code(path, keep_strings=True))
    row = JAVASCRIPT_ROW.get(path.name, 0)
    allowed = {f"./{name}" for name, other in JAVASCRIPT_ROW.items() if other < row}
    assert set(sources) - allowed == set()


@javascript_modules
def test_no_string_becomes_markup_or_code(path: Path) -> None:
    found = words_in(
        path,
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "setHTMLUnsafe",
        "parseHTMLUnsafe",
        "createContextualFragment",
        r"document\.write(?:ln)?",
        "eval",
        "Function",
    )
    assert found == set()


@javascript_modules
def test_only_storage_touches_the_stores_of_the_browser(path: Path) -> None:
    found = words_in(path, "indexedDB", "BroadcastChannel", "localStorage", "sessionStorage")
    assert path.name in {"storage.js", "run-store.js", "site-runs.js"} or found == set()


@javascript_modules
def test_only_define_registers_elements(path: Path) -> None:
    found = words_in(path, r"customElements\.define")
    assert path.name in {"define.js", "define-index.js"} or found == set()


def test_browser_scorer_touches_no_page_clock_or_storage() -> None:
    found = words_in(
        ASSETS / "score.js",
        "document",
        "window",
        "globalThis",
        "self",
        "navigator",
        "performance",
        "crypto",
        "fetch",
        "Date",
        "setTimeout",
        r"Math\.random",
    )
    assert found == set()


def test_every_module_of_the_tables_exists() -> None:
    expected = {name for name in PYTHON_ROW if name not in LATER}
    assert expected - {path.stem for path in PACKAGE.glob("*.py")} == set()
    expected = {name for name in JAVASCRIPT_ROW if name not in LATER | GENERATED}
    assert expected - {path.name for path in ASSETS.glob("*.js")} == set()
