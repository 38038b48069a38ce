"""What an expression may name: the items with their options, the inputs and figures, the results, and where known the outcomes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..model.answers import Answer
from ..model.checklist import Checklist, Item, Option
from ..model.several import MOST_SETS, allowed_sets, many_of, set_count

OptionsOf = Callable[[Item], Sequence[Option]]
"""Finds the options of an item, which may be those of a scale."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name: items with their options. `outcomes` is `None` where no outcome is known yet.

    `sections` are those that have a score, `section_bands` the bands of those that have some of their own. With `decides`, points
    lead to outcomes, and there is no score. `several` are the items of which several options may be chosen, with all answers that
    there are.
    """

    items: Mapping[str, Collection[str]]
    numbers: Collection[str]
    outcomes: Collection[str] | None = None
    sections: Collection[str] = ()
    bands: Collection[str] = ()
    section_bands: Mapping[str, Collection[str]] = field(default_factory=dict)
    decides: bool = False
    several: Mapping[str, Sequence[Answer]] = field(default_factory=dict)

    @property
    def answers(self) -> Mapping[str, Collection[Answer]]:
        """All definite answers to each item."""
        return {**self.items, **self.several}

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
        section_bands={
            section.id: [band.id for band in section.bands] for section in checklist.sections if section.bands
        },
        decides=bool(checklist.outcomes),
        several={item.id: _sets(item, options_of(item)) for item in checklist.items if item.choose == "many"},
    )


def _sets(item: Item, options: Sequence[Option]) -> Sequence[Answer]:
    many = many_of(item, options)
    # More are refused elsewhere.
    return (
        allowed_sets(tuple(option.id for option in options), many) if set_count(len(options), many) <= MOST_SETS else ()
    )
