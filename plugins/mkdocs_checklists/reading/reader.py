"""Nodes to a checklist: pydantic validates the file at once; every error is mapped to its place and worded for authors."""

from __future__ import annotations

import json
import re
import types
import unicodedata
from collections.abc import Iterable
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ..diagnostics.diagnostic import Diagnostic, Diagnostics, Severity, Span, a_noun, name_some, nearest, shorten
from ..knowledge.model import Facts, Glossary, Sources
from ..model.checklist import Checklist, SharedScales
from ..model.fields import MAX_ID
from .source import ANY_KEY, Mapping, Node, Scalar, Sequence, Source, read_source

Path = tuple[str | int, ...]
_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reading(Generic[_M]):
    """What reading a file gave.

    `model` is `None` when nothing could be made of the file. `lost` names the keys under which something had to be left out
    because it was wrong: rules that reason from what is absent there must not speak.
    """

    source: Source
    model: _M | None
    lost: frozenset[str]
    diagnostics: Diagnostics

    def has_all(self, *keys: str) -> bool:
        """Whether everything that the author wrote under these keys, wherever they are, is in the model."""
        return self.lost.isdisjoint((*keys, ANY_KEY))

    def span(self, *path: str | int) -> Span:
        """The place of the value at `path`; of the nearest node above it where it was left out."""
        return _span(_walk(self.source.root, path)[0], self.source.name)

    def key_span(self, *path: str | int) -> Span:
        """The place of the key (or value, in a list) that `path` ends with."""
        return _key_span(self.source, path)

    def report(self, code: str, message: str, span: Span, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        self.diagnostics.add(self.source.diagnostic(code, message, span, hint, severity=severity))


def read_checklist(data: bytes, name: str) -> Reading[Checklist]:
    """Read one checklist file. Never raises on any input."""
    return _read(Checklist, data, name)


def read_shared_scales(data: bytes, name: str) -> Reading[SharedScales]:
    """Read `_scales.yml`. Never raises on any input."""
    return _read(SharedScales, data, name)


def read_sources(data: bytes, name: str) -> Reading[Sources]:
    """Read `_sources.yml`. Never raises on any input."""
    return _read(Sources, data, name)


def read_facts(data: bytes, name: str) -> Reading[Facts]:
    """Read `_facts.yml`. Never raises on any input."""
    return _read(Facts, data, name)


def read_glossary(data: bytes, name: str) -> Reading[Glossary]:
    """Read `_glossary.yml`. Never raises on any input."""
    return _read(Glossary, data, name)


def unread(diagnostic: Diagnostic) -> Reading[Checklist]:
    """The reading of a file that could not even be opened."""
    return Reading(Source(diagnostic.span.file, [], None), None, frozenset(), Diagnostics([diagnostic]))


# What a file starts with, by its model.
_START: dict[type[BaseModel], tuple[str, str]] = {
    Checklist: ("the checklist", "Write a checklist: title, sections and bands."),
    SharedScales: ("the file", "Write 'scales:' and the scales below it, or delete the file."),
    Sources: ("the file", "Write an id, and below it 'text:' and 'kind:', or delete the file."),
    Facts: ("the file", "Write an id, and below it 'text:' and 'reviewed:', or delete the file."),
    Glossary: ("the file", "Write an id, and below it 'term:' and 'text:', or delete the file."),
}
# What the entries of a file that has nothing else are called.
_ENTRIES: dict[type[BaseModel], str] = {Sources: "source", Facts: "fact", Glossary: "term"}


def _read(kind: type[_M], data: bytes, name: str) -> Reading[_M]:
    source, found = read_source(data, name)
    reported = {diagnostic.span for diagnostic in found}
    if source.root is None:
        found.found = [replace(d, hint=d.hint or _START[kind][1]) if d.code == "empty-file" else d for d in found.found]
        return Reading(source, None, frozenset(), found)
    if not isinstance(source.root, Mapping):
        span = _span(source.root, name)
        found.add(source.diagnostic("wrong-type", "the file does not start with keys", span, _START[kind][1]))
        return Reading(source, None, frozenset(), found)
    values = _values(source.root)
    lost = set(source.dropped)
    # Whatever is wrong is reported once, from the file as it is; then the wrong parts are left out one layer at a time, so that
    # the rules over the whole checklist can speak in the same run.
    for attempt in range(4):
        try:
            model = kind.model_validate(values)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            misspelt = _misspelt(kind, errors)
            if attempt == 0:
                for detail in errors:
                    _report(source, found, kind, detail, misspelt, reported)
            lost.update(misspelt.near.values())
            root = _without(source.root, errors, lost)
            if root is None:
                break
            source = replace(source, root=root)
            values = _values(root)
        else:
            return Reading(source, model, frozenset(lost), found)
    return Reading(source, None, frozenset(lost), found)


class _Misspelt(NamedTuple):
    """Unknown keys that are nearly known ones: the known one by the path of the other, and the paths that were meant."""

    near: dict[Path, str]
    meant: set[Path]


def _misspelt(kind: type[BaseModel], errors: Iterable[ErrorDetails]) -> _Misspelt:
    found = _Misspelt({}, set())
    for detail in errors:
        if detail["type"] == "extra_forbidden":
            path: Path = detail["loc"]
            near = nearest(str(path[-1]), _fields(kind, path[:-1]))
            if near:
                found.near[path] = near
                found.meant.add((*path[:-1], near))
    return found


def _values(node: Node) -> Any:
    """Plain data of a tree. Depth is bounded by `source.MAX_DEPTH`, so recursion is safe."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_values(item) for item in node.items]
    return {key: _values(value) for key, (_, value) in node.entries.items()}


def _walk(node: Node | None, path: SequenceOf[str | int]) -> tuple[Node | None, Path]:
    """Follow a path as far as it goes; pydantic's locations may go on below a scalar that stood for a list of one."""
    done: list[str | int] = []
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            node = node.entries[str(step)][1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
        done.append(step)
    return node, tuple(done)


def _span(node: Node | None, name: str) -> Span:
    """The place of a node; of a mapping or list, its first line."""
    return node.span if node is not None else Span(name)


def _key_span(source: Source, path: SequenceOf[str | int]) -> Span:
    parent, done = _walk(source.root, path[:-1])
    if isinstance(parent, Mapping) and len(done) == len(path) - 1 and path[-1] in parent.entries:
        return parent.entries[str(path[-1])][0].span
    return _span(_walk(source.root, path)[0], source.name)


def _rest(source: Source, span: Span) -> str:
    """What follows a place on its line."""
    return source.line(span.end_line)[span.end_column - 1 :]


# Words that are wrong or missing get this in their place, so that the part they belong to still counts.
_STAND_IN = "-"
_WORDS = {"text", "title"}
_REQUIRED = {"id", "points", "min", "items"}


def _without(root: Mapping, errors: Iterable[ErrorDetails], lost: set[str]) -> Mapping | None:
    """The tree less its wrong parts: an optional value is left out, and a part that lacks what it needs goes as a whole.

    The keys under which something goes are added to `lost`.
    """
    doomed: set[int] = set()
    replaced: dict[int, str] = {}
    for detail in errors:
        path: Path = tuple(step for step in detail["loc"] if step != "[key]")
        owner, above = _walk(root, path[:-1])
        if len(above) == len(path) - 1 and path[-1] in _WORDS and isinstance(owner, Mapping):
            replaced[id(owner)] = str(path[-1])
        elif detail["type"] == "missing" or path[-1] in _REQUIRED:
            if not above:
                return None
            doomed.add(id(owner))
            lost.add(_field(above))
        else:
            node, done = _walk(root, path)
            if not done:
                return None
            doomed.add(id(node))
            lost.add(_field(done))
    pruned = _pruned(root, doomed, replaced)
    assert isinstance(pruned, Mapping)
    return pruned


def _field(path: Path) -> str:
    """The last key of a path that the format knows, not one that the author named (a scale, an option)."""
    words = [step for step in path if isinstance(step, str)]
    named = len(words) > 1 and words[-2] in ("scales", "caps", "recommend", "allow")
    return words[-2] if named else words[-1]


def _pruned(node: Node, doomed: set[int], replaced: dict[int, str]) -> Node:
    if isinstance(node, Sequence):
        return Sequence(node.span, [_pruned(item, doomed, replaced) for item in node.items if id(item) not in doomed])
    if not isinstance(node, Mapping):
        return node
    kept: dict[str, tuple[Scalar, Node]] = {
        key: (word, _pruned(value, doomed, replaced))
        for key, (word, value) in node.entries.items()
        if id(value) not in doomed
    }
    if id(node) in replaced:
        stand_in = Scalar(_STAND_IN, node.span)
        kept[replaced[id(node)]] = (stand_in, stand_in)
    return Mapping(node.span, kept)


def _report(
    source: Source,
    found: Diagnostics,
    kind: type[BaseModel],
    detail: ErrorDetails,
    misspelt: _Misspelt,
    reported: set[Span],
) -> None:
    path: Path = tuple(step for step in detail["loc"] if step != "[key]")
    node, done = _walk(source.root, path)
    span = _span(node, source.name)
    if span in reported:
        return
    of = f"{_ENTRIES[kind]} '{shorten(str(path[0]))}': " if kind in _ENTRIES and path[1:] else _subject(source, path)
    key = next((str(step) for step in reversed(path) if isinstance(step, str) and step != "*"), "")
    context = detail.get("ctx", {})
    expected = str(context.get("expected", ""))
    given = shorten(node.text) if isinstance(node, Scalar) else ""

    def add(code: str, message: str, hint: str = "", at: Span = span) -> None:
        if at not in reported:
            found.add(source.diagnostic(code, message, at, hint))

    match detail["type"]:
        case "extra_forbidden":
            near = misspelt.near.get(path)
            hint = f"Did you mean '{near}'?" if near else f"Known here: {name_some(_fields(kind, path[:-1]), 30)}."
            # A key that nothing follows, not even a colon, is the rest of a text.
            if re.match(r"\s*[,}]", _rest(source, _key_span(source, path))):
                hint += " A text with a comma needs quotes inside { }."
            add("unknown-key", f"{of}key '{shorten(key)}' is not known", hint, _key_span(source, path))
        case "missing" if ANY_KEY in source.dropped:
            pass  # It may be in what was refused.
        case "missing" if path in misspelt.meant:
            pass  # It is there, misspelt.
        case "missing":
            what = f"{of}key '{key}' is missing" if of else f"{_START[kind][0]} has no '{key}'"
            add("missing-key", what, f"Add '{key}: …' here.")
        case _ if isinstance(node, Scalar) and node.plain and not node.text:
            at = _key_span(source, done)
            is_cut = re.match(r":?\s*#", _rest(source, at))
            hint = (
                "A '#' starts a comment: a text that starts with one needs quotes." if is_cut else _expectation(detail)
            )
            add("empty-text", f"{of}'{key}' has no value", hint, at)
        case "empty_text":
            add("empty-text", f"{of}'{key}' has no text", "Write some text, or delete the key where it is optional.")
        case "text_too_long":
            add(
                "too-long",
                f"{of}'{key}' is longer than {context['most']:,} characters",
                "Long texts belong in a page, not in a checklist.",
            )
        case "bad_id" if "[key]" in detail["loc"]:
            add("bad-id", f"{of}'{shorten(key)}' is not an id", _id_hint(key), _key_span(source, path))
        case "bad_id" if path[-1] == "id" and isinstance(node, Scalar):
            noun = next((_NOUNS[step] for step in reversed(path) if step in _NOUNS), "part")
            of = _subject(source, path[:-2])
            add("bad-id", f"{of}'{given}' can't be the id of {a_noun(noun)}", _id_hint(node.text))
        case "bad_id" if isinstance(node, Scalar):
            add("bad-id", f"{of}'{given}' is not an id", _id_hint(node.text))
        case "bad_number" | "out_of_range" | "bad_date" | "bad_duration" | "bad_flag" | "bad_link" as code:
            hint = _expectation(detail)
            if code == "bad_number" and re.match(r"\+|-?0[0-9]", given):
                hint += " No plus sign, no zeros in front."
            add(code.replace("_", "-"), f"{of}'{key}' can't be '{given}'", hint)
        case "hidden_host":
            add("hidden-host", f"{of}'{given}' {context['message']}", context["hint"])
        case "literal_error":
            add(
                "bad-choice",
                f"{of}'{key}' can't be '{given}'",
                f"Write one of: {expected.replace(chr(39), '').replace(' or ', ', ')}.",
            )
        case "too_short":
            least = context["min_length"]
            add(
                "too-few",
                f"{of}'{key}' needs at least {least} {'entry' if least == 1 else 'entries'}, and has {context['actual_length']}",
                "Add what is missing, each on a line that starts with '- '.",
            )
        case "too_long":
            most = context["max_length"]
            add("too-many", f"{of}'{key}' has {context['actual_length']} entries", f"It may have {most} at most.")
        case _:
            what = f"'{key}'" if path and isinstance(path[-1], str) else f"an entry of '{key}'"
            field = _fields(kind, path[:-1]).get(key)
            # As YAML in one line, which is JSON without its quotes.
            examples = (json.dumps(example).replace('"', "") for example in (field and field.examples) or ())
            samples = " or ".join(f"'{key}: {example}'" for example in examples)
            hint = f"Write for example {samples}." if samples else _expectation(detail)
            add("wrong-type", f"{of}{what} is {_shape(node)}", hint)


def _expectation(detail: ErrorDetails) -> str:
    expected = detail.get("ctx", {}).get("expected")
    shapes = {
        "list_type": "a list, one entry a line, each starting with '- '",
        "dict_type": "keys with values, one a line",
        "model_type": "keys with values, one a line",
        "model_attributes_type": "keys with values, one a line",
        "empty_text": "some text",
    }
    expected = expected or shapes.get(detail["type"])
    return f"Write {expected}".rstrip("…") + ("…" if str(expected).endswith("…") else ".") if expected else ""


def _shape(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return f"the text '{shorten(node.text)}'"
    return "a list" if isinstance(node, Sequence) else "a set of keys"


def _id_hint(given: str) -> str:
    if len(given) > MAX_ID:
        return f"An id has {MAX_ID} characters at most."
    ascii_only = unicodedata.normalize("NFKD", given.lower()).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", re.sub("['’]", "", ascii_only))
    rule = "An id is lower-case words joined by hyphens"
    return (
        f"{rule}, such as '{'-'.join(words)}'."
        if words and words[0][0].isalpha()
        else f"{rule}; it starts with a letter."
    )


_NOUNS = {
    "sections": "section",
    "items": "item",
    "options": "option",
    "bands": "band",
    "scales": "scale",
    "dimensions": "dimension",
}


def _subject(source: Source, path: Path) -> str:
    """The smallest named thing that a path lies in: `item 'x': `; empty at the top of the file."""
    for end in range(len(path) - 1, 0, -1):
        step, above = path[end], path[end - 1]
        if above == "scales" and isinstance(step, str) and end < len(path) - 1:
            return f"scale '{shorten(step)}': "
        if isinstance(step, int) and above in _NOUNS and end < len(path) - 1:
            node, _ = _walk(source.root, path[: end + 1])
            name = node.entries.get("id") if isinstance(node, Mapping) else None
            given = name[1].text if name and isinstance(name[1], Scalar) else ""
            return f"{_NOUNS[str(above)]} '{shorten(given)}': " if given else f"{_NOUNS[str(above)]} {step + 1}: "
    return ""


def _fields(kind: type[BaseModel], path: SequenceOf[str | int]) -> dict[str, FieldInfo]:
    """The keys that the model allows at a path, with their fields."""
    current: Any = kind
    for step in path:
        current = _inner(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            names = {field.alias or name: field for name, field in current.model_fields.items()}
            current = names[str(step)].annotation if step in names else None
        elif get_origin(current) in (list, dict):
            current = get_args(current)[-1]
    current = _inner(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return {field.alias or name: field for name, field in current.model_fields.items()}
    return {}


def _inner(annotation: Any) -> Any:
    """The annotation without `Annotated` and `| None`, and what a model without keys of its own stands for."""
    while True:
        origin = get_origin(annotation)
        if isinstance(annotation, type) and issubclass(annotation, RootModel):
            annotation = annotation.model_fields["root"].annotation
            continue
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation
