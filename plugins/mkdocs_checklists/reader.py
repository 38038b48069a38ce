"""Nodes to a checklist: pydantic validates the file at once; every error is mapped to its place and worded for authors."""

from __future__ import annotations

import types
from collections.abc import Iterable
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .diagnostics import Diagnostics, Severity, Span, did_you_mean, name_some, shorten
from .model import Checklist, SharedScales
from .source import Mapping, Node, Scalar, Sequence, Source, read_source

Path = tuple[str | int, ...]
_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reading(Generic[_M]):
    """What reading a file gave.

    `model` is `None` when nothing could be made of the file. `complete` is false when parts had to be left out because they
    were wrong: then rules that reason from what is absent must not speak.
    """

    source: Source
    model: _M | None
    complete: bool
    diagnostics: Diagnostics

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


def _read(kind: type[_M], data: bytes, name: str) -> Reading[_M]:
    source, found = read_source(data, name)
    reported = {diagnostic.span for diagnostic in found}
    if source.root is None:
        return Reading(source, None, False, found)
    if not isinstance(source.root, Mapping):
        span = _span(source.root, name)
        found.add(
            source.diagnostic(
                "wrong-type", "the file does not start with keys", span, "A checklist starts with 'title: …'."
            )
        )
        return Reading(source, None, False, found)
    values = _values(source.root)
    # Whatever is wrong is reported once, from the file as it is; then the wrong parts are left out one layer at a time, so that
    # the rules over the whole checklist can speak in the same run.
    for attempt in range(4):
        try:
            model = kind.model_validate(values)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if attempt == 0:
                for detail in errors:
                    _report(source, found, kind, detail, reported)
            root = _without(source.root, errors)
            if root is None:
                break
            source = Source(source.name, source.lines, root)
            values = _values(root)
        else:
            return Reading(source, model, attempt == 0 and not found.errors, found)
    return Reading(source, None, False, found)


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


# Words that are wrong or missing get this in their place, so that the part they belong to still counts.
_STAND_IN = "-"
_WORDS = {"text", "title"}
_REQUIRED = {"id", "points", "min", "items"}


def _without(root: Mapping, errors: Iterable[ErrorDetails]) -> Mapping | None:
    """The tree less its wrong parts: an optional value is left out, and a part that lacks what it needs goes as a whole."""
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
        else:
            node, done = _walk(root, path)
            if not done:
                return None
            doomed.add(id(node))
    pruned = _pruned(root, doomed, replaced)
    assert isinstance(pruned, Mapping)
    return pruned


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
    source: Source, found: Diagnostics, kind: type[BaseModel], detail: ErrorDetails, reported: set[Span]
) -> None:
    path: Path = tuple(step for step in detail["loc"] if step != "[key]")
    node, done = _walk(source.root, path)
    span = _span(node, source.name)
    if span in reported:
        return
    of = _subject(source, path)
    key = next((str(step) for step in reversed(path) if isinstance(step, str) and step != "*"), "")
    context = detail.get("ctx", {})
    expected = str(context.get("expected", ""))
    given = shorten(node.text) if isinstance(node, Scalar) else ""

    def add(code: str, message: str, hint: str = "", at: Span = span) -> None:
        found.add(source.diagnostic(code, message, at, hint))

    match detail["type"]:
        case "extra_forbidden":
            allowed = _fields(kind, path[:-1])
            hint = did_you_mean(key, allowed) or f"Known here: {name_some(allowed, 30)}."
            add("unknown-key", f"{of}key '{shorten(key)}' is not known", hint, _key_span(source, path))
        case "missing":
            what = f"{of}key '{key}' is missing" if of else f"the checklist has no '{key}'"
            add("missing-key", what, f"Add '{key}: …' here.")
        case _ if isinstance(node, Scalar) and node.plain and not node.text:
            add("empty-text", f"{of}'{key}' has no value", _expectation(detail), _key_span(source, done))
        case "empty_text":
            add("empty-text", f"{of}'{key}' has no text", "Write some text, or delete the key where it is optional.")
        case "text_too_long":
            add(
                "too-long",
                f"{of}'{key}' is longer than {context['most']:,} characters",
                "Long texts belong in a page, not in a checklist.",
            )
        case "bad_id" if "[key]" in detail["loc"]:
            add("bad-id", f"{of}'{shorten(key)}' is not an id", _id_hint(shorten(key)), _key_span(source, path))
        case "bad_id":
            add("bad-id", f"{of}'{given}' is not an id", _id_hint(given))
        case "bad_number" | "out_of_range" | "bad_date" | "bad_duration" | "bad_flag" | "bad_link" as code:
            add(code.replace("_", "-"), f"{of}'{key}' can't be '{given}'", _expectation(detail))
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
                f"{of}'{key}' has {context['actual_length']} of at least {least} entries",
                "Add what is missing, each on a line that starts with '- '.",
            )
        case "too_long":
            most = context["max_length"]
            add("too-many", f"{of}'{key}' has {context['actual_length']} entries", f"It may have {most} at most.")
        case _:
            what = f"'{key}'" if path and isinstance(path[-1], str) else f"an entry of '{key}'"
            add("wrong-type", f"{of}{what} is {_shape(node)}", _expectation(detail))


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
    return f"Write {expected}." if expected else ""


def _shape(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return f"the text '{shorten(node.text)}'"
    return "a list" if isinstance(node, Sequence) else "keys with values"


def _id_hint(given: str) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in given.lower()).strip("-0123456789")
    words = "-".join(word for word in words.split("-") if word)
    rule = "An id is lower-case words joined by hyphens"
    return f"{rule}, such as '{shorten(words)}'." if words and words != given else f"{rule}; it starts with a letter."


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


def _fields(kind: type[BaseModel], path: SequenceOf[str | int]) -> list[str]:
    """The keys that the model allows at a path."""
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
        return [field.alias or name for name, field in current.model_fields.items()]
    return []


def _inner(annotation: Any) -> Any:
    """The annotation without `Annotated` and `| None`."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation
