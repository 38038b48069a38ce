"""The decision of a checklist: outcomes with what each means, gates with their reasons, notes, the plan of many runs."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .part_writer import PartWriter


class DecisionWriter(PartWriter):
    """Writes the outcomes of a decision, and how they are found."""

    def panel(self, panel: Element, level: int) -> None:
        """Outcomes, gates and notes, in the panel of the result. `level` is that of its heading."""
