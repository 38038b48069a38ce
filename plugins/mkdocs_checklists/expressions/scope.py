"""What an expression may name: the items with their options, the inputs and figures, the results, and where known the outcomes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from ..model.checklist import Checklist, Item, Option

OptionsOf = Callable[[Item], Sequence[Option]]
"""Finds the options of an item, which may be those of a scale."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name. `outcomes` is `None` where no outcome is known yet.

    `sections` are those that have a score. With `decides`, points lead to outcomes, and there is no score.
    """

    items: Mapping[str, Collection[str]]
    numbers: Collection[str]
    outcomes: Collection[str] | None = None
    sections: Collection[str] = ()
    bands: Collection[str] = ()
    decides: bool = False

    def has(self, name: str) -> bool:
        """Whether an author gave something this id."""
        return name in self.items or name in self.numbers


def scope_of(checklist: Checklist, options_of: OptionsOf, *, with_outcomes: bool = False) -> Scope:
    """Every name of a checklist that an expression can use; `with_outcomes` for notes and verdicts, as they follow the decision."""
    outcomes = [outcome.id for outcome in checklist.outcomes] if with_outcomes else []
    return Scope(
        {item.id: [option.id for option in options_of(item)] for item in checklist.items},
        # A dictionary: there may be hundreds, and each name of each expression is looked for.
        dict.fromkeys([*(entry.id for entry in checklist.inputs), *(figure.id for figure in checklist.figures)]),
        outcomes or None,
        sections=[section.id for section in checklist.sections if section.items],
        bands=[band.id for band in checklist.bands],
        decides=bool(checklist.outcomes),
    )
