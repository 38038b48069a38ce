"""What pydantic finds wrong with a file, in words for authors."""

from __future__ import annotations

import json
import re
import types
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ..diagnostics.diagnostic import Diagnostic, Span, a_noun, name_some, nearest, shorten
from ..model.fields import MAX_ID
from ..model.file import FileModel
from .tree import ANY_KEY, MappingNode, Node, Path, ScalarNode, SequenceNode, Source


class Misspelt(NamedTuple):
    """Unknown keys that are nearly known ones: the known one by the path of the other, and the paths that were meant."""

    near: dict[Path, str]
    meant: set[Path]


def misspelt_keys(kind: type[FileModel], errors: Iterable[ErrorDetails]) -> Misspelt:
    found = Misspelt({}, set())
    for detail in errors:
        if detail["type"] == "extra_forbidden":
            path: Path = detail["loc"]
            near = nearest(str(path[-1]), _fields(kind, path[:-1]))
            if near:
                found.near[path] = near
                found.meant.add((*path[:-1], near))
    return found


def path_of(detail: ErrorDetails) -> Path:
    """Where in the file an error of pydantic's is."""
    return tuple(step for step in detail["loc"] if step != "[key]")


def worded(source: Source, kind: type[FileModel], detail: ErrorDetails, misspelt: Misspelt) -> Diagnostic | None:
    """An error of pydantic's as a diagnostic; `None` for one that only follows from another."""
    path = path_of(detail)
    node, done = source.node(path)
    span = source.span(*path)
    of = f"{kind.entry_noun} '{shorten(str(path[0]))}': " if kind.entry_noun and path[1:] else _subject(source, path)
    key = next((str(step) for step in reversed(path) if isinstance(step, str) and step != "*"), "")
    context = detail.get("ctx", {})
    expected = str(context.get("expected", ""))
    given = shorten(node.text) if isinstance(node, ScalarNode) else ""

    def diagnostic(code: str, message: str, hint: str = "", at: Span = span) -> Diagnostic:
        return source.diagnostic(code, message, at, hint)

    match detail["type"]:
        case "extra_forbidden":
            near = misspelt.near.get(path)
            hint = f"Did you mean '{near}'?" if near else f"Known here: {name_some(_fields(kind, path[:-1]), 30)}."
            # A key that nothing follows, not even a colon, is the rest of a text.
            if re.match(r"\s*[,}]", source.rest(source.key_span(*path))):
                hint += " A text with a comma needs quotes inside { }."
            return diagnostic("unknown-key", f"{of}key '{shorten(key)}' is not known", hint, source.key_span(*path))
        case "missing" if ANY_KEY in source.dropped:
            return None  # It may be in what was refused.
        case "missing" if path in misspelt.meant:
            return None  # It is there, misspelt.
        case "missing":
            what = f"{of}key '{key}' is missing" if of else f"{kind.file_noun} has no '{key}'"
            return diagnostic("missing-key", what, f"Add '{key}: …' here.")
        case _ if isinstance(node, ScalarNode) and node.plain and not node.text:
            at = source.key_span(*done)
            is_cut = re.match(r":?\s*#", source.rest(at))
            hint = (
                "A '#' starts a comment: a text that starts with one needs quotes." if is_cut else _expectation(detail)
            )
            return diagnostic("empty-text", f"{of}'{key}' has no value", hint, at)
        case "empty_text":
            return diagnostic(
                "empty-text", f"{of}'{key}' has no text", "Write some text, or delete the key where it is optional."
            )
        case "text_too_long":
            return diagnostic(
                "too-long",
                f"{of}'{key}' is longer than {context['most']:,} characters",
                "Long texts belong in a page, not in a checklist.",
            )
        case "bad_id" if "[key]" in detail["loc"]:
            return diagnostic("bad-id", f"{of}'{shorten(key)}' is not an id", _id_hint(key), source.key_span(*path))
        case "bad_id" if path[-1] == "id" and isinstance(node, ScalarNode):
            noun = next((_NOUNS[step] for step in reversed(path) if step in _NOUNS), "part")
            of = _subject(source, path[:-2])
            return diagnostic("bad-id", f"{of}'{given}' can't be the id of {a_noun(noun)}", _id_hint(node.text))
        case "bad_id" if isinstance(node, ScalarNode):
            return diagnostic("bad-id", f"{of}'{given}' is not an id", _id_hint(node.text))
        case "bad_number" | "out_of_range" | "bad_date" | "bad_duration" | "bad_flag" | "bad_link" as code:
            hint = _expectation(detail)
            if code == "bad_number" and re.match(r"\+|-?0[0-9]", given):
                hint += " No plus sign, no zeros in front."
            return diagnostic(code.replace("_", "-"), f"{of}'{key}' can't be '{given}'", hint)
        case "hidden_host":
            return diagnostic("hidden-host", f"{of}'{given}' {context['message']}", context["hint"])
        case "literal_error":
            hint = f"Write one of: {expected.replace(chr(39), '').replace(' or ', ', ')}."
            if not isinstance(node, ScalarNode):
                return diagnostic("wrong-type", f"{of}'{key}' has to be one word", hint)
            return diagnostic("bad-choice", f"{of}'{key}' can't be '{given}'", hint)
        case "too_short":
            least = context["min_length"]
            return diagnostic(
                "too-few",
                f"{of}'{key}' needs at least {least} {'entry' if least == 1 else 'entries'}, and has {context['actual_length']}",
                "Add what is missing, each on a line that starts with '- '.",
            )
        case "too_long":
            most = context["max_length"]
            return diagnostic(
                "too-many", f"{of}'{key}' has {context['actual_length']} entries", f"It may have {most} at most."
            )
        case _:
            what = f"'{key}'" if path and isinstance(path[-1], str) else f"an entry of '{key}'"
            field = _fields(kind, path[:-1]).get(key)
            # As YAML in one line, which is JSON without its quotes.
            examples = (json.dumps(example).replace('"', "") for example in (field and field.examples) or ())
            samples = " or ".join(f"'{key}: {example}'" for example in examples)
            hint = f"Write for example {samples}." if samples else _expectation(detail)
            return diagnostic("wrong-type", f"{of}{what} is {_shape(node)}", hint)


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
    if isinstance(node, ScalarNode):
        return f"the text '{shorten(node.text)}'"
    return "a list" if isinstance(node, SequenceNode) else "a set of keys"


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
            node, _ = source.node(path[: end + 1])
            name = node.entries.get("id") if isinstance(node, MappingNode) else None
            given = name[1].text if name and isinstance(name[1], ScalarNode) else ""
            return f"{_NOUNS[str(above)]} '{shorten(given)}': " if given else f"{_NOUNS[str(above)]} {step + 1}: "
    return ""


def _fields(kind: type[BaseModel], path: Sequence[str | int]) -> dict[str, FieldInfo]:
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
    """The annotation without `Annotated` and `| None`, and of a model without keys of its own, what it holds."""
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
