"""A key that an author writes does something: left out of a golden file of the rendering, it changes the page."""

import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
import yaml
from markdown import Markdown
from pydantic import BaseModel

from mkdocs_checklists import ChecklistError, ChecklistExtension
from mkdocs_checklists.knowledge.model import Facts, Glossary, Sources
from mkdocs_checklists.model.checklist import Checklist, SharedScales
from mkdocs_checklists.reference import MODELS as DOCUMENTED
from tests.golden.cases import read_cases
from tests.helpers import REPOSITORY, write_tree

CASES = read_cases("render")
MODELS: Mapping[str, type[BaseModel]] = {
    "_scales.yml": SharedScales,
    "_sources.yml": Sources,
    "_facts.yml": Facts,
    "_glossary.yml": Glossary,
}

ELSEWHERE = {
    "allow": "tests/unit/lint",
    "also": "tests/golden/render/terms.yml",
    "decides": "tests/unit/page/test_overview.py",
    "language": "tests/unit/lint",
    "retired": "tests/unit/checks",
    "says": "tests/golden/diagnostics/case-verdict.yml",
}
"""Keys that do nothing on the page of a checklist alone -> where it is shown what they do."""

WAITING = {"after", "fact", "valid_for"}
"""Keys that do nothing yet, as the guide says under *Keys that wait*."""

OPTIONAL = [
    (model.__name__, field.alias or name)
    for _, model, _ in DOCUMENTED
    for name, field in model.model_fields.items()
    if not field.is_required() and name not in {*ELSEWHERE, *WAITING}
]


def keys(value: Any, kind: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every key in a value as YAML has it: the model that it is a field of, its name, the mapping that it is in."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if root := kind.model_fields.get("root"):
            yield from keys(value, root.annotation)
        elif isinstance(value, dict):
            fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
            for name in list(value):
                yield kind.__name__, name, value
                yield from keys(value[name], fields.get(name))
    elif get_origin(kind) in {Union, types.UnionType}:
        for part in get_args(kind):
            yield from keys(value, part)
    elif get_origin(kind) is list and isinstance(value, list):
        for entry in value:
            yield from keys(entry, get_args(kind)[0])
    elif get_origin(kind) is dict and isinstance(value, dict):
        for entry in value.values():
            yield from keys(entry, get_args(kind)[1])


def page_of(root: Path, files: Mapping[str, Any], page: str) -> str:
    """What a page becomes; its first mistake, if it has one, which is a change as well: the key was needed."""
    write_tree(root, {f"checklists/{name}": yaml.safe_dump(data, sort_keys=False) for name, data in files.items()})
    try:
        return Markdown(extensions=[ChecklistExtension(path=str(root / "checklists"))]).convert(page)
    except ChecklistError as error:
        return str(error)


@pytest.fixture(scope="module")
def that_change_a_page(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """The keys of models that change the page of some golden file when they are left out there."""
    found: set[tuple[str, str]] = set()
    for case in CASES:
        root = tmp_path_factory.mktemp("keys")
        texts = {"checklists/example.yml": case.data.get("input", ""), **case.data.get("files", {})}
        files = {
            # Texts alone, as the package reads them.
            Path(path).name: yaml.load(text, yaml.CBaseLoader)
            for path, text in texts.items()
            if path.startswith("checklists/") and text
        }
        whole = page_of(root, files, case.data["page"])
        for file, data in files.items():
            for model, key, mapping in list(keys(data, MODELS.get(file, Checklist))):
                if (model, key) in found:
                    continue
                before = dict(mapping)
                del mapping[key]
                if page_of(root, files, case.data["page"]) != whole:
                    found.add((model, key))
                mapping.clear()
                mapping.update(before)
    return found


@pytest.mark.parametrize(("model", "key"), OPTIONAL)
def test_key_that_is_left_out_changes_the_page(model: str, key: str, that_change_a_page: set[tuple[str, str]]) -> None:
    assert (model, key) in that_change_a_page, f"no file of tests/golden/render shows what `{key}` of {model} does"


@pytest.mark.parametrize("path", sorted(set(ELSEWHERE.values())))
def test_what_is_shown_elsewhere_is_there(path: str) -> None:
    assert (REPOSITORY / path).exists()
