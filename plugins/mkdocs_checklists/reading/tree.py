"""The tree of a YAML file: nodes that keep the author's text and its place, and the questions that one asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..diagnostics.diagnostic import Diagnostic, Span

ANY_KEY = "*"

Path = tuple[str | int, ...]
"""The keys, and the places in lists, that lead from the top of a file to a node."""


@dataclass(slots=True)
class ScalarNode:
    """A single value: its text as typed (escapes of quoted text resolved)."""

    text: str
    span: Span
    plain: bool = False


@dataclass(slots=True)
class SequenceNode:
    """A list of nodes."""

    span: Span
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MappingNode:
    """Keys and values in the order of the file; each key is there once."""

    span: Span
    entries: dict[str, tuple[ScalarNode, Node]] = field(default_factory=dict)


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(slots=True)
class Source:
    """A file's text, for excerpts, and its tree: `None` when it could not be read as one YAML document.

    `dropped` names the keys whose values did not get into the tree, such as the second of two equal ones; `ANY_KEY` is
    there for a merge key, under which anything may have been meant.
    """

    name: str
    lines: list[str]
    root: Node | None
    dropped: set[str] = field(default_factory=set)

    def line(self, number: int) -> str:
        """Line `number`, counted from 1; empty when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def within(self, span: Span, words: str) -> Span:
        """The place of words inside a longer text; the text's own place where they can't be found."""
        for number in range(span.line, max(span.line, span.end_line) + 1):
            column = self.line(number).find(words, span.column - 1 if number == span.line else 0)
            if words and column >= 0:
                return Span(span.file, number, column + 1, number, column + 1 + len(words))
        return span

    def diagnostic(self, code: str, message: str, span: Span, hint: str = "", **more: Any) -> Diagnostic:
        """A diagnostic with the line it points at."""
        return Diagnostic(code, message, span, hint, excerpt=self.line(span.line), **more)

    def node(self, path: Sequence[str | int]) -> tuple[Node | None, Path]:
        """The node at `path` or, where that is not in the tree, the nearest one above it; with its own path.

        Locations of pydantic's may go on below a scalar that was taken for a list of one.
        """
        node, done = self.root, list[str | int]()
        for step in path:
            if isinstance(node, MappingNode) and step in node.entries:
                node = node.entries[str(step)][1]
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                break
            done.append(step)
        return node, tuple(done)

    def span(self, *path: str | int) -> Span:
        """The place of the value at `path`; of the nearest node above it where it was left out."""
        node, _ = self.node(path)
        return node.span if node is not None else Span(self.name)

    def key_span(self, *path: str | int) -> Span:
        """The place of the key (or value, in a list) that `path` ends with."""
        parent, done = self.node(path[:-1])
        if isinstance(parent, MappingNode) and len(done) == len(path) - 1 and path[-1] in parent.entries:
            return parent.entries[str(path[-1])][0].span
        return self.span(*path)

    def rest(self, span: Span) -> str:
        """What follows a place on its line."""
        return self.line(span.end_line)[span.end_column - 1 :]


def plain_data(node: Node) -> Any:
    """The tree as dicts, lists and texts. Its depth is bounded (`source.MAX_DEPTH`), so recursion is safe."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain_data(item) for item in node.items]
    return {key: plain_data(value) for key, (_, value) in node.entries.items()}
