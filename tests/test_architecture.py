"""Holds the package and its browser modules to their wings.

A wing is a folder with one subject. It imports only wings that its row names, and every row names only rows above its own; inside
a wing any order will do, without a circle. To add a module, put it into the wing whose subject it has.
"""

import ast
import posixpath
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY

PACKAGE = REPOSITORY / "plugins" / "mkdocs_checklists"
ASSETS = PACKAGE / "assets"


@dataclass(frozen=True)
class Wing:
    """What the modules of a folder may import."""

    wings: frozenset[str]
    libraries: frozenset[str] = frozenset()
    libraries_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Libraries that only one module of the wing may import."""
    later: frozenset[str] = frozenset()
    """Wings of the browser that may be loaded on demand, by `import()`."""


def wing(wings: str = "", *libraries: str, later: str = "", **libraries_of: set[str]) -> Wing:
    only = {module: frozenset(names) for module, names in libraries_of.items()}
    return Wing(frozenset(wings.split()), frozenset(libraries), only, frozenset(later.split()))


PYDANTIC = ("pydantic", "pydantic_core")

WINGS: Mapping[str, Wing] = {
    "diagnostics": wing(),
    "model": wing("diagnostics", *PYDANTIC),
    "reading": wing("diagnostics model", *PYDANTIC, source={"yaml"}),
    "expressions": wing("diagnostics model"),
    "checks": wing("diagnostics model reading expressions"),
    "knowledge": wing("diagnostics model reading", *PYDANTIC),
    "scoring": wing("diagnostics model expressions checks"),
    "proof": wing("model expressions scoring"),
    "library": wing("diagnostics model reading expressions checks knowledge scoring proof"),
    "lint": wing("diagnostics model reading checks proof library"),
    "words": wing("diagnostics model expressions checks scoring proof library", messages={"babel"}),
    "report": wing("diagnostics model scoring proof library words"),
    "crosslinks": wing("diagnostics words"),
    "page": wing("diagnostics model reading expressions scoring library words", browser_files={"rcssmin", "rjsmin"}),
    "markdown_page": wing(
        "diagnostics model reading expressions knowledge scoring library words crosslinks page", "markdown"
    ),
    "mkdocs_build": wing("diagnostics model library words crosslinks page markdown_page", "mkdocs"),
}
"""Each wing of the package, from the ground up."""

DOORS: Mapping[str, frozenset[str]] = {
    "__init__": frozenset(),
    "markdown_ext": frozenset({"markdown"}),
    "mkdocs_plugin": frozenset({"mkdocs"}),
    "reference": frozenset({*PYDANTIC, "click"}),
    "cli": frozenset({"click", "rich"}),
}
"""Named by entry points and in users' files, so these modules keep their places. They may import every wing."""

MAY_OPEN_FILES = {"reading/files", "words/messages", "page/browser_files", "cli"}
"""`files` decides what may be read; `messages` and `browser_files` read what the package itself ships, `cli` writes."""

BROWSER_WINGS: Mapping[str, Wing] = {
    "base": wing(),  # Before the first answer. What an earlier visit left, or an earlier id, is loaded on demand.
    "rules": wing("base"),  # At once, where a checklist has rules.
    "result": wing("base"),  # Once there is something to say, as the next wing.
    "decision": wing("base rules result"),
    "calculator": wing("base rules result"),  # At once, where there are inputs.
    "runs": wing("base"),  # Where a checklist has named runs.
    "plan": wing("base rules runs"),
    "overview": wing("base runs", later="rules calculator"),
    "cases": wing("base"),  # Once a table of cases is opened.
    "paper": wing("base result", later="decision"),  # Once a reader prints her result.
    "answering": wing("base rules", later="result decision calculator runs plan cases paper"),
}

ENTRIES: Mapping[str, str] = {"define": "answering", "define-index": "overview"}
"""Entry -> the wing that it registers an element of. Named in users' `mkdocs.yml`, as the style sheets beside them."""

MAY_TOUCH_STORES = {"base/storage", "runs/run-store"}


def name_of(path: Path, root: Path) -> str:
    return path.relative_to(root).with_suffix("").as_posix()


def top_of(name: str) -> str:
    """The wing of a module, or an empty text for one that is in none."""
    return name.rpartition("/")[0].partition("/")[0]


PYTHON = {name_of(path, PACKAGE): path for path in sorted(PACKAGE.rglob("*.py"))}
BROWSER = {name_of(path, ASSETS): path for path in sorted(ASSETS.rglob("*.js"))}
GENERATED = {name_of(path, ASSETS).removesuffix(".d") for path in ASSETS.rglob("*messages.d.ts")}
"""Made from the catalogue of words while a site is built."""

python_modules = pytest.mark.parametrize("name", PYTHON)
browser_modules = pytest.mark.parametrize("name", BROWSER)


def parse(name: str) -> ast.Module:
    return ast.parse(PYTHON[name].read_text("utf-8"), name)


def imported(name: str) -> Iterator[str]:
    """What a module imports: `wing/module` or `door` with a leading `/` for what is in the package, else a top-level package."""
    package = ["mkdocs_checklists", *name.split("/")[:-1]]
    for node in ast.walk(parse(name)):
        if isinstance(node, ast.Import):
            yield from (_in_package(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = package[: len(package) - node.level + 1] if node.level else []
            source = [*source, *(node.module or "").split(".")] if node.module else source
            for alias in node.names:
                whole = "/".join([*source[1:], alias.name])
                yield _in_package([*source, alias.name] if whole in PYTHON else source)


def _in_package(parts: list[str]) -> str:
    return f"/{'/'.join(parts[1:]) or '__init__'}" if parts[0] == "mkdocs_checklists" else parts[0]


def own_imports(name: str) -> set[str]:
    return {other.removeprefix("/") for other in imported(name) if other.startswith("/")}


def test_every_wing_names_only_wings_above_it() -> None:
    for table in (WINGS, BROWSER_WINGS):
        names = list(table)
        for number, (name, row) in enumerate(table.items()):
            assert row.wings <= set(names[:number]), name
            assert row.later <= set(names), name


@python_modules
def test_python_module_is_in_a_wing_or_is_a_door(name: str) -> None:
    assert top_of(name) in WINGS if "/" in name else name in DOORS


@python_modules
def test_python_module_imports_only_what_its_wing_names(name: str) -> None:
    wings = {top_of(other) or other for other in own_imports(name)}
    if name in DOORS:
        # A door may open on another one, never on the package as users import it.
        assert name == "__init__" or "__init__" not in wings
        return
    allowed = {top_of(name), *WINGS[top_of(name)].wings}
    assert wings - allowed == set()


@python_modules
def test_third_party_import_is_in_the_row_that_names_it(name: str) -> None:
    foreign = {other for other in imported(name) if not other.startswith("/")} - sys.stdlib_module_names
    if name in DOORS:
        allowed = DOORS[name]
    else:
        row = WINGS[top_of(name)]
        allowed = row.libraries | row.libraries_of.get(name.rpartition("/")[2], frozenset())
    assert foreign - allowed == set()


def circles(graph: Mapping[str, set[str]]) -> list[str]:
    """The modules that are left when those that import nothing that is left are taken away, again and again."""
    left = {name: {other for other in others if other in graph} for name, others in graph.items()}
    while free := [name for name, others in left.items() if not others]:
        left = {name: others - set(free) for name, others in left.items() if name not in free}
    return sorted(left)


def test_no_python_module_imports_itself_by_way_of_others() -> None:
    assert circles({name: own_imports(name) - {name} for name in PYTHON}) == []


def defined(name: str) -> Iterator[str]:
    """The public names that a module defines: functions, classes, constants, types."""
    for node in parse(name).body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names = [node.name]
            case ast.Assign():
                names = [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=id)):
                names = [id]
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))


def found_twice(names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The names that more than one module has, with these modules."""
    homes: dict[str, list[str]] = {}
    for module, own in names.items():
        for name in set(own):
            homes.setdefault(name, []).append(module)
    return {name: modules for name, modules in homes.items() if len(modules) > 1}


def test_public_name_is_defined_in_one_module_only() -> None:
    """So a name means one thing wherever it is met, and looking for it finds it."""
    assert found_twice({name: defined(name) for name in PYTHON}) == {}


@python_modules
def test_init_of_a_wing_is_empty(name: str) -> None:
    assert not name.endswith("/__init__") or PYTHON[name].read_text("utf-8") == ""


@python_modules
def test_only_named_modules_open_files(name: str) -> None:
    calls = (node for node in ast.walk(parse(name)) if isinstance(node, ast.Call))
    openers = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
    lines = [
        call.lineno
        for call in calls
        if (isinstance(call.func, ast.Name) and call.func.id == "open")
        or (isinstance(call.func, ast.Attribute) and call.func.attr in openers)
    ]
    assert name in MAY_OPEN_FILES or lines == []


def test_only_the_checks_compile_expressions() -> None:
    # Everything else takes the trees of a trusted checklist: a second scope may differ, and to compile again takes time.
    assert [name for name in PYTHON if "expressions/compiler" in own_imports(name)] == ["checks/expressions"]


ASK_FOR_ANSWERS = {"scoring", "proof", "checks", "expressions", "page", "words"}
"""Wings that ask `model/answers` and `scoring/answers` what an answer is, and never look for themselves."""

KNOW_ANSWERS: Mapping[str, str] = {
    "scoring/answers": "what answers are worth",
    "scoring/key_json": "`na` and `unknown` are names in the key's JSON form",
    "checks/bands": "`na` is a key of items",
    "page/writer": "the words of the two answers on a page",
    "words/method_score": "likewise in how a score is made",
    "words/method_decision": "likewise in how a decision is made",
}
"""Modules of those wings that name `na` or `unknown`, or look an answer up in points or caps, and why."""


def looks_into_answers(name: str) -> set[int]:
    """The lines of a module that name `na` or `unknown`, or look an answer up in the points or the caps of an item."""
    return {node.lineno for node in ast.walk(parse(name)) if isinstance(node, ast.expr) and _looks_into_answers(node)}


def _looks_into_answers(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return text in ("na", "unknown")
        case ast.Name(id="NA" | "UNKNOWN") | ast.Subscript(value=ast.Attribute(attr="points" | "caps")):
            return True
    return isinstance(node, ast.Attribute) and ast.unparse(node).endswith((".points.get", ".caps.get"))


@python_modules
def test_only_the_modules_of_answers_know_what_an_answer_is(name: str) -> None:
    if top_of(name) in ASK_FOR_ANSWERS:
        # The other way round, too: an exception that is needed no more goes.
        assert bool(looks_into_answers(name)) == (name in KNOW_ANSWERS), looks_into_answers(name)


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


def words_in(name: str, *words: str) -> set[str]:
    return set(re.findall(rf"\b(?:{'|'.join(words)})\b", code(BROWSER[name])))


def browser_imports(name: str) -> Iterator[tuple[str, bool]]:
    """What a browser module imports, as `wing/module` below `assets/`, and whether it does so on demand."""
    found = re.finditer(
        r"""(?:\bfrom|\bimport)\s*(\()?\s*["'`]([^"'`]+)["'`]""", code(BROWSER[name], keep_strings=True)
    )
    for match in found:
        assert match[2].startswith("."), match[2]
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        assert other.endswith(".js"), match[2]
        yield other.removesuffix(".js"), match[1] is not None


@browser_modules
def test_browser_module_is_in_a_wing_or_is_an_entry(name: str) -> None:
    assert top_of(name) in BROWSER_WINGS if "/" in name else name in ENTRIES


@browser_modules
def test_browser_module_imports_only_what_its_wing_names(name: str) -> None:
    for other, on_demand in browser_imports(name):
        if other in GENERATED:
            continue
        assert other in BROWSER, other
        if name in ENTRIES:
            allowed = {ENTRIES[name]}
        else:
            row = BROWSER_WINGS[top_of(name)]
            allowed = {top_of(name), *row.wings}
            allowed |= row.later if on_demand else set()
        assert top_of(other) in allowed, other


def exported(name: str) -> list[str]:
    text = code(BROWSER[name])
    names: list[str] = re.findall(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", text, re.MULTILINE)
    assert len(names) == len(re.findall(r"^export\b", text, re.MULTILINE)), (
        f"{name}: an export in a form not looked for"
    )
    return names


def test_name_is_exported_by_one_browser_module_only() -> None:
    assert found_twice({name: exported(name) for name in BROWSER}) == {}


def test_no_browser_module_imports_itself_by_way_of_others() -> None:
    assert circles({name: {other for other, _ in browser_imports(name)} - {name} for name in BROWSER}) == []


@browser_modules
def test_no_string_becomes_markup_or_code(name: str) -> None:
    found = words_in(
        name,
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


@browser_modules
def test_only_storage_touches_the_stores_of_the_browser(name: str) -> None:
    found = words_in(name, "indexedDB", "BroadcastChannel", "localStorage", "sessionStorage")
    assert name in MAY_TOUCH_STORES or found == set()


@browser_modules
def test_only_entries_register_elements(name: str) -> None:
    found = words_in(name, r"customElements\.define")
    assert name in ENTRIES or found == set()


@pytest.mark.parametrize("name", ["base/answers", "base/score"])
def test_browser_scorer_touches_no_page_clock_or_storage(name: str) -> None:
    found = words_in(
        name,
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


LOOKS_INTO_ANSWERS = re.compile(
    r"""["'`](?:na|unknown)["'`] | \.(?:points|caps|values\??)\.(?:get|has|keys)\b | :checked | \.checked\b
    | \bHTMLInputElement\b | \bquerySelector(?:All)?\(["'`]input\b""",
    re.VERBOSE,
)
"""How a browser module would know what an answer is, or in which fields it is."""

KNOW_ANSWERS_IN_BROWSER: Mapping[str, str] = {
    "base/answers": "what an answer may be, and what it is worth",
    "base/fields": "the fields that it is in",
    "base/several": "what several options of an answer are worth; loaded on demand",
    "result/panel": "`na` is a state in the result",
    "rules/unclear": "`na` is a state in the result",
    "result/way-up-fold": "boxes to try a step: no answers",
    "calculator/calculator": "fields for numbers",
    "calculator/example-offer": "likewise",
    "runs/runs": "the field for the name of a run",
}


@browser_modules
def test_only_answers_and_fields_know_what_an_answer_is_in_the_browser(name: str) -> None:
    found = LOOKS_INTO_ANSWERS.findall(code(BROWSER[name], keep_strings=True))
    assert bool(found) == (name in KNOW_ANSWERS_IN_BROWSER), found


def test_every_row_is_of_something_that_exists() -> None:
    assert set(WINGS) == {top_of(name) for name in PYTHON} - {""}
    assert set(DOORS) == {name for name in PYTHON if "/" not in name}
    assert set(BROWSER_WINGS) == {top_of(name) for name in BROWSER} - {""}
    assert set(ENTRIES) == {name for name in BROWSER if "/" not in name}
    assert set(PYTHON) >= MAY_OPEN_FILES | set(KNOW_ANSWERS)
    assert set(BROWSER) >= MAY_TOUCH_STORES | set(KNOW_ANSWERS_IN_BROWSER)


MOST_LINES, MOST_FILES = 400, 15


def test_no_module_is_long_and_no_folder_is_crowded() -> None:
    sources = [*PYTHON.items(), *BROWSER.items()]
    lengths = {name: path.read_text("utf-8").count("\n") for name, path in sources}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
    folders = {path.parent for path in (*PYTHON.values(), *BROWSER.values())}
    files = {str(folder): sum(1 for path in folder.iterdir() if path.is_file()) for folder in folders}
    assert {folder: count for folder, count in files.items() if count > MOST_FILES} == {}
