"""What becomes of the text of an expression: its tree, what is wrong with it, what it names, and what it divides by."""

from __future__ import annotations

from dataclasses import dataclass, field

from .syntax import Problem
from .trees import Tree


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name in an expression, with the conditions that are known to hold where its value counts.

    `id` is what gives the value: an item, an input, a figure, or a result (see `result_name`). With `may_lack`, the expression
    has a value without this one too.
    """

    id: str
    given: tuple[Tree, ...]
    start: int
    end: int
    hurts: bool = True
    """Whether what is not known can mislead here. Where a condition asks for one thing plainly, it can only fail to hold."""
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """A divisor in an expression, with the conditions that are known to hold where it counts."""

    divisor: Tree
    given: tuple[Tree, ...]
    start: int
    end: int


@dataclass(slots=True)
class CompiledExpression:
    """A compiled expression; `tree` is `None` when there is any problem."""

    text: str
    tree: Tree | None = None
    problems: list[Problem] = field(default_factory=list)
    uses: list[NameUse] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
