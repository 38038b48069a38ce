"""The calculator of a checklist: number inputs, figures with their formulas, verdicts, comparisons."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .part_writer import PartWriter


class CalculatorWriter(PartWriter):
    """Writes the inputs of a checklist, and what is computed from them."""

    def inputs(self, form: Element, section: str | None) -> None:
        """The inputs that stand behind the questions of a section, or in front of all sections."""

    def panel(self, panel: Element, level: int) -> None:
        """Figures, verdicts and comparisons, in the panel of the result. `level` is that of its heading."""
