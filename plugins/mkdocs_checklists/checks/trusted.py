"""The trusted checklist: what scoring, pages and proofs start from, so that they need not check or compile anything again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..expressions.trees import Tree
from ..model.checklist import Checklist
from ..reading.tree import Path
from .base import Draft, conditional_parts


@dataclass(frozen=True)
class TrustedChecklist:
    """A checklist that keeps all rules: every item has its options in place, and every reference leads somewhere."""

    checklist: Checklist
    trees: Mapping[Path, Tree]
    """Every `when` and `formula`, by its path in the file."""

    @cached_property
    def conditions(self) -> Mapping[str, Tree]:
        """The conditions of sections, items, inputs and figures, by the id of what they show."""
        parts = conditional_parts(self.checklist)
        return {part.id: self.trees[*path, "when"] for path, part in parts if part.when is not None}


def trusted(draft: Draft, trees: Mapping[Path, Tree]) -> TrustedChecklist:
    """The trusted checklist of a draft without errors: the options of each item's scale are copied into the item."""
    sections = [
        section.model_copy(
            update={
                "items": [
                    item if item.options else item.model_copy(update={"options": draft.options_of(item)})
                    for item in section.items
                ]
            }
        )
        for section in draft.checklist.sections
    ]
    return TrustedChecklist(draft.checklist.model_copy(update={"sections": sections}), trees)
