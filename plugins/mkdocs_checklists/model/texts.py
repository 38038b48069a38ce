"""The texts of a model that are Markdown, found by the types of its fields: what reads them all needs no list of keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from .fields import text_kind


class MarkdownText(NamedTuple):
    """A text with its path in the file. A block may hold paragraphs and lists."""

    path: tuple[str | int, ...]
    text: str
    is_block: bool


def markdown_texts(part: BaseModel, path: tuple[str | int, ...] = ()) -> Iterator[MarkdownText]:
    """Every text of a part that is inline or block Markdown, in the order of the model."""
    kinds = _kinds_of(type(part))
    for name in type(part).model_fields:
        if value := getattr(part, name):
            yield from _texts(value, (*path, name), kinds.get(name))


def _texts(value: Any, path: tuple[str | int, ...], kind: str | None) -> Iterator[MarkdownText]:
    if isinstance(value, BaseModel):
        yield from markdown_texts(value, path)
    elif isinstance(value, list):
        for n, entry in enumerate(value):
            yield from _texts(entry, (*path, n), kind)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _texts(entry, (*path, key), kind)
    elif kind and isinstance(value, str):
        yield MarkdownText(path, value, kind == "Markdown")


@cache
def _kinds_of(model: type[BaseModel]) -> dict[str, str]:
    """The fields of a model that hold Markdown, with its kind."""
    found = {name: _kind((field.annotation, *field.metadata)) for name, field in model.model_fields.items()}
    return {name: kind for name, kind in found.items() if kind}


def _kind(annotations: tuple[Any, ...]) -> str:
    for annotation in annotations:
        if (kind := text_kind(annotation)) in ("inline Markdown", "Markdown"):
            return kind
        metadata = getattr(annotation, "__metadata__", ())
        if kind := _kind((*get_args(annotation)[:1], *metadata) if metadata else get_args(annotation)):
            return kind
    return ""
