"""What holds for every checklist file, sound or damaged, in `checklists check`, on a page and in `checklists score`."""

import json
import re
from contextlib import nullcontext, suppress
from datetime import date
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_checklists import (
    ChecklistError,
    ChecklistExtension,
    Library,
    LoadedChecklist,
    key_from_json,
    score,
)
from mkdocs_checklists.diagnostics.diagnostic import Diagnostic, Diagnostics, format_report
from mkdocs_checklists.lint.checklist import lint
from mkdocs_checklists.reading.source import read_source
from mkdocs_checklists.reading.tree import MappingNode, ScalarNode, SequenceNode
from mkdocs_checklists.scoring.answers_file import AnswersError, read_answers
from tests.helpers import write_tree
from tests.properties.checklist_files import (
    SHARED_SCALES,
    Part,
    checklist_files,
    checklists,
    styles,
    written,
)
from tests.properties.damaged_files import damaged_files
from tests.properties.places import assert_sensible, lines_of
from tests.properties.shelf import Shelf, load

LINE = "::: checklist example"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A folder with shared scales; each example writes its file into it."""
    root = write_tree(tmp_path_factory.mktemp("lists"), {"_scales.yml": SHARED_SCALES})
    library = Library(root, root)
    library.load_shared(root / "_scales.yml")
    return library


def check_and_show(library: Library, data: bytes) -> None:
    """What `checklists check` and a page make of a file."""
    path = library.directory / "example.yml"
    path.write_bytes(data)
    loaded = library.load(path)
    lines = lines_of(data)

    assert_sensible(lint(loaded, date(2026, 11, 22)), lines)
    assert_sensible(loaded.diagnostics, lines)
    assert format_report(loaded.diagnostics) or loaded.checklist
    assert (loaded.checklist is None) == bool(loaded.diagnostics.errors)
    show(loaded, lines)


def show(loaded: LoadedChecklist, lines: list[str]) -> None:
    shelf = Shelf()
    shelf.loaded = loaded
    reported: list[Diagnostic] = []
    html = Markdown(extensions=[ChecklistExtension(library=shelf, report=reported.extend)]).convert(
        "::: checklist example"
    )
    assert_sensible(Diagnostics(reported), lines)
    assert ("<form" in html) == (loaded.checklist is not None)
    with (
        nullcontext()
        if not reported
        else pytest.raises(ChecklistError, match=f"^{re.escape(format_report(reported))}$")
    ):
        assert Markdown(extensions=[ChecklistExtension(library=shelf)]).convert(LINE) == html


@given(text=damaged_files())
def test_damaged_file_gives_diagnostics_that_have_a_place_in_it(library: Library, text: str) -> None:
    check_and_show(library, text.encode("utf-8", "surrogatepass"))


@given(
    data=st.one_of(
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=200)
    )
)
def test_any_content_gives_diagnostics_that_have_a_place_in_it(library: Library, data: bytes) -> None:
    check_and_show(library, data)


@given(checklist_files())
def test_valid_file_has_no_errors_and_a_key_that_survives_its_json_form(text: str) -> None:
    loaded = load(text)

    assert format_report(loaded.diagnostics.errors) == ""
    assert key_from_json(json.loads(loaded.key_json)) == loaded.key


@given(checklists(), styles())
def test_every_style_of_yaml_says_the_same(data: Part, style: list[int]) -> None:
    source, found = read_source(written(data, style).encode(), "example.yml")

    assert not list(found)
    assert source.root is not None
    assert trimmed(source.root) == trimmed(data)


def trimmed(node: Any) -> Any:
    """Data of the file. How many line breaks stand at the end of a text is a matter of style."""
    if isinstance(node, str | ScalarNode):
        return (node if isinstance(node, str) else node.text).rstrip("\n")
    if isinstance(node, list | SequenceNode):
        return [trimmed(entry) for entry in (node if isinstance(node, list) else node.items)]
    if isinstance(node, MappingNode):
        return {key: trimmed(value) for key, (_, value) in node.entries.items()}
    return {key: trimmed(value) for key, value in node.items()}


JSON_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.sampled_from(["na", "yes", "unknown"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


@given(checklist_files(), JSON_VALUES, st.lists(st.one_of(st.integers(0, 5), JSON_VALUES), max_size=8), st.booleans())
def test_any_json_value_is_scored_or_refused(text: str, other: Any, choices: list[Any], ascii_only: bool) -> None:
    key = load(text).key
    answers = other
    if choices:
        names = [name for item in key.items for name in (item.id, *item.was)] + [*key.retired, "nobody"]
        answers = {**other} if isinstance(other, dict) else {}
        for name, choice, item in zip(names, cycle(choices), cycle(key.items)):
            offered = [*item.points, *item.was_options, "na", "unknown"]
            answers[name] = offered[choice % len(offered)] if isinstance(choice, int) else choice

    data = json.dumps(answers, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    with suppress(AnswersError):
        result = score(key, read_answers(data, key)).to_json()
        assert json.loads(json.dumps(result)) == result
