"""A tree to a model: pydantic validates the whole file at once, and every error is reported at its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..diagnostics.diagnostic import Diagnostic, Diagnostics, Severity, Span
from ..model.checklist import Checklist, SharedScales
from ..model.file import FileModel
from .source import read_source
from .tree import ANY_KEY, MappingNode, Node, Path, ScalarNode, SequenceNode, Source, plain_data
from .wording import misspelt_keys, path_of, worded

_Model = TypeVar("_Model", bound=FileModel)


@dataclass(frozen=True, slots=True)
class Reading(Generic[_Model]):
    """What reading a file gave.

    `model` is `None` when nothing could be made of the file. `lost` names the keys under which something had to be left out
    because it was wrong: rules that reason from what is absent there must not speak.
    """

    source: Source
    model: _Model | None
    lost: frozenset[str]
    diagnostics: Diagnostics

    def has_all(self, *keys: str) -> bool:
        """Whether everything that the author wrote under these keys, wherever they are, is in the model."""
        return self.lost.isdisjoint((*keys, ANY_KEY))

    def span(self, *path: str | int) -> Span:
        """The place of the value at `path`; of the nearest node above it where it was left out."""
        return self.source.span(*path)

    def key_span(self, *path: str | int) -> Span:
        """The place of the key (or value, in a list) that `path` ends with."""
        return self.source.key_span(*path)

    def report(self, code: str, message: str, span: Span, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        self.diagnostics.add(self.source.diagnostic(code, message, span, hint, severity=severity))


def read_checklist(data: bytes, name: str) -> Reading[Checklist]:
    """Read one checklist file. Never raises on any input."""
    return read_file_as(Checklist, data, name)


def read_shared_scales(data: bytes, name: str) -> Reading[SharedScales]:
    """Read `_scales.yml`. Never raises on any input."""
    return read_file_as(SharedScales, data, name)


def unread(diagnostic: Diagnostic) -> Reading[Checklist]:
    """The reading of a file that could not even be opened."""
    return Reading(Source(diagnostic.span.file, [], None), None, frozenset(), Diagnostics([diagnostic]))


def read_file_as(kind: type[_Model], data: bytes, name: str) -> Reading[_Model]:
    """Read a file that `kind` is the model of. Never raises on any input."""
    source, found = read_source(data, name)
    reported = {diagnostic.span for diagnostic in found}
    if source.root is None:
        found.found = [replace(d, hint=d.hint or kind.file_hint) if d.code == "empty-file" else d for d in found.found]
        return Reading(source, None, frozenset(), found)
    if not isinstance(source.root, MappingNode):
        found.add(source.diagnostic("wrong-type", "the file does not start with keys", source.span(), kind.file_hint))
        return Reading(source, None, frozenset(), found)
    values = plain_data(source.root)
    lost = set(source.dropped)
    # Whatever is wrong is reported once, from the file as it is; then the wrong parts are left out one layer at a time, so that
    # the rules over the whole checklist can speak in the same run.
    for attempt in range(4):
        try:
            model = kind.model_validate(values)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            misspelt = misspelt_keys(kind, errors)
            for detail in errors if attempt == 0 else ():
                diagnostic = worded(source, kind, detail, misspelt)
                if diagnostic and reported.isdisjoint({source.span(*path_of(detail)), diagnostic.span}):
                    found.add(diagnostic)
            lost.update(misspelt.near.values())
            root = _without(source, errors, lost)
            if root is None:
                break
            source = replace(source, root=root)
            values = plain_data(root)
        else:
            return Reading(source, model, frozenset(lost), found)
    return Reading(source, None, frozenset(lost), found)


# Words that are wrong or missing get this in their place, so that the part they belong to still counts.
_STAND_IN = "-"
_WORDS = {"text", "title"}
_REQUIRED = {"id", "points", "min", "items"}


def _without(source: Source, errors: Iterable[ErrorDetails], lost: set[str]) -> MappingNode | None:
    """The tree less its wrong parts: an optional value is left out, and a part that lacks what it needs goes as a whole.

    The keys under which something goes are added to `lost`.
    """
    doomed: set[int] = set()
    replaced: dict[int, str] = {}
    for detail in errors:
        path = path_of(detail)
        owner, above = source.node(path[:-1])
        if len(above) == len(path) - 1 and path[-1] in _WORDS and isinstance(owner, MappingNode):
            replaced[id(owner)] = str(path[-1])
        elif detail["type"] == "missing" or path[-1] in _REQUIRED:
            if not above:
                return None
            doomed.add(id(owner))
            lost.add(_field(above))
        else:
            node, done = source.node(path)
            if not done:
                return None
            doomed.add(id(node))
            lost.add(_field(done))
    assert source.root is not None
    pruned = _pruned(source.root, doomed, replaced)
    assert isinstance(pruned, MappingNode)
    return pruned


def _field(path: Path) -> str:
    """The last key of a path that the format knows, not one that the author named (a scale, an option)."""
    words = [step for step in path if isinstance(step, str)]
    named = len(words) > 1 and words[-2] in ("scales", "caps", "recommend", "allow")
    return words[-2] if named else words[-1]


def _pruned(node: Node, doomed: set[int], replaced: dict[int, str]) -> Node:
    if isinstance(node, SequenceNode):
        return SequenceNode(
            node.span, [_pruned(item, doomed, replaced) for item in node.items if id(item) not in doomed]
        )
    if not isinstance(node, MappingNode):
        return node
    kept: dict[str, tuple[ScalarNode, Node]] = {
        key: (word, _pruned(value, doomed, replaced))
        for key, (word, value) in node.entries.items()
        if id(value) not in doomed
    }
    if id(node) in replaced:
        stand_in = ScalarNode(_STAND_IN, node.span)
        kept[replaced[id(node)]] = (stand_in, stand_in)
    return MappingNode(node.span, kept)
