"""The calculator of a checklist: number inputs, figures with their formulas, verdicts, comparisons."""

from __future__ import annotations

from functools import cached_property
from xml.etree.ElementTree import Element, SubElement

from ..expressions.trees import decimal_text
from ..model.checklist import Comparison, Figure, Input, Verdict
from ..words.formulas import FormulaWords, Name, Runs, joined
from .writer import PartWriter

MANY = 12
FRONT = ""
"""The place of the inputs that stand before all sections, among the names of sections."""


class CalculatorWriter(PartWriter):
    """Writes the inputs of a checklist, and what is computed from them."""

    # Inputs

    def inputs(self, form: Element, section: str | None) -> None:
        """The inputs that stand behind the questions of a section, or in front of all sections."""
        entries = [(n, entry) for n, entry in enumerate(self.checklist.inputs) if entry.section == section]
        if not entries:
            return
        named = {"role": "group", "aria-label": self.messages.text("inputs")} if len(entries) > 1 else {}
        group = SubElement(form, "div", {"data-inputs": "", **named})
        for n, entry in entries:
            self._input(group, n, entry)

    def _input(self, group: Element, n: int, entry: Input) -> None:
        name, number = self.anchor(entry.id), decimal_text
        attributes = {"data-input": entry.id, "id": name}
        if entry.when is not None:
            attributes["data-when"] = entry.id
        if entry.example is not None:
            attributes["data-example"] = number(entry.example)
        place = SubElement(group, "div", attributes)
        self.anchors(place, *entry.was)
        label = SubElement(place, "label", {"for": f"{name}--number"})
        self.write.plain(SubElement(label, "span", self.foreign), entry.text)
        if entry.unit:
            label[-1].tail = " "
            small = SubElement(label, "small")
            small.text = "("
            unit = SubElement(small, "span", {"data-unit": ""})
            self.write.plain(unit, entry.unit)
            unit.tail = ")"
        if entry.when is not None:
            words = self._words.condition(self.loaded.tree("inputs", n, "when"), "only-if")
            self.sentence(SubElement(place, "p", {"data-condition": ""}), words)
        if entry.help:
            self.passage(place, {"id": f"{name}--help"}, entry.help, ("inputs", n, "help"))
        # Keyboards with digits only, on some phones, have no minus.
        keyboard = "decimal" if entry.min >= 0 else "text"
        SubElement(
            place,
            "input",
            {
                "type": "number",
                "id": f"{name}--number",
                "name": entry.id,
                "min": number(entry.min),
                "max": number(entry.max),
                "step": "1" if not entry.decimals else f"0.{'1'.zfill(entry.decimals)}",
                "inputmode": keyboard,
                # We keep the numbers; what a browser puts back may be older.
                "autocomplete": "off",
                "aria-describedby": f"{name}--help {name}--range" if entry.help else f"{name}--range",
            },
        )
        self.write.plain(SubElement(place, "small", {"id": f"{name}--range"}), self._range(entry))

    def _range(self, entry: Input) -> str:
        """Which numbers are taken, in words."""
        is_open = entry.max == Input.model_fields["max"].default
        name = "input-least" if is_open else "input-range-whole" if not entry.decimals else "input-range"
        if is_open and not entry.decimals:
            name = "input-least-whole"
        low, high = (self.messages.decimal(decimal_text(end)) for end in (entry.min, entry.max))
        return self.messages.text(name, count=entry.decimals, low=low, high=high)

    # What is computed

    def panel(self, panel: Element, level: int, on_page: set[str]) -> None:
        """Verdicts, figures and comparisons, in the panel of the result. `level` is that of its heading; `on_page` names
        the sections whose inputs are on this page, with `FRONT` for those before all sections."""
        if not self.checklist.inputs:
            return
        heading = f"h{min(level + 1, 6)}"
        # In a box of its own: the score that may follow arranges its parts in the panel by itself.
        box = SubElement(panel, "div", {"data-computed": ""})
        if self.checklist.verdicts:
            self._verdicts(box)
        if self.checklist.figures:
            self._figures(box)
        for comparison in self.checklist.compare:
            self._comparison(box, heading, comparison)
        if self.checklist.figures:
            self._arithmetic(box)
        if not self.checklist.bands and not self.checklist.outcomes:
            self._method_of_numbers(panel)
        away = [(entry.id, entry.text, entry.section or FRONT) for entry in self.checklist.inputs]
        self.elsewhere(panel, "data-input", [entry for entry in away if entry[2] not in on_page])

    def _verdicts(self, panel: Element) -> None:
        dl = SubElement(panel, "dl", {"data-verdicts": ""})
        for n, verdict in enumerate(self.checklist.verdicts):
            box = SubElement(dl, "div", {"data-verdict": verdict.id})
            self._term(box, "dt", verdict.title)
            self._verdict(SubElement(box, "dd"), n, verdict)

    def _verdict(self, place: Element, n: int, verdict: Verdict) -> None:
        # The first that holds counts.
        tree = self.loaded.tree("verdicts", n, "when")
        condition = self._words.condition(tree, "otherwise-when" if n else "when")
        self.sentence(SubElement(place, "p", {"data-condition": ""}), condition)
        if verdict.text:
            self.write.block(place, verdict.text, self.loaded.reading.span("verdicts", n, "text"))
        self.see(place, verdict.see, ("verdicts", n))

    def _figures(self, panel: Element) -> None:
        """The figures as a list of names and numbers, the main one first."""
        dl = SubElement(panel, "dl", {"data-figures": "", **self._many()})
        places = {figure.id: n for n, figure in enumerate(self.checklist.figures)}
        for figure in sorted(self.checklist.figures, key=lambda figure: figure is not self._main):
            box = SubElement(dl, "div", self._conditional({"data-figure": figure.id}, figure))
            if figure is self._main:
                box.set("data-main", "")
            self._term(box, "dt", figure.text)
            dd = SubElement(box, "dd")
            self._value(dd, figure)
            if figure.help:
                # A `dd` of its own, so that CSS can put it below both name and number.
                help_place = SubElement(box, "dd", {"data-help": ""})
                self.passage(help_place, {}, figure.help, ("figures", places[figure.id], "help"))

    def _value(self, parent: Element, figure: Figure) -> None:
        # By default an output is read out at every key; the script announces what matters once the reader pauses.
        output = SubElement(parent, "output", {"aria-live": "off"})
        if figure.unit:
            output.tail = " "
            self.write.plain(SubElement(parent, "span", {"data-unit": ""}), figure.unit)

    def _comparison(self, panel: Element, heading: str, comparison: Comparison) -> None:
        figures = {figure.id: figure for figure in self.checklist.figures}
        # A class and no attribute: themes dress every table that has none.
        table = SubElement(panel, "table", {"class": "checklist-compare"})
        self.write.plain(SubElement(table, "caption"), comparison.title)
        body = SubElement(table, "tbody")
        for figure in (figures[name] for name in comparison.figures):
            row = SubElement(body, "tr", self._conditional({"data-figure": figure.id}, figure))
            self._term(row, "th", figure.text).set("scope", "row")
            self._value(SubElement(row, "td"), figure)

    def _arithmetic(self, panel: Element) -> None:
        fold = SubElement(panel, "details", {"data-arithmetic": ""})
        self.write.plain(SubElement(fold, "summary"), self.messages.text("arithmetic"))
        ol = SubElement(fold, "ol", self._many())
        for n, figure in enumerate(self.checklist.figures):
            line = SubElement(ol, "li", self._conditional({"data-formula": figure.id}, figure))
            name = Name(figure.id, self._words.names[figure.id])
            formula = self._words.formula(self.loaded.tree("figures", n, "formula"))
            self.sentence(SubElement(line, "p"), joined((name, " = ", *formula)))
            if figure.when is not None:
                condition = self._words.condition(self.loaded.tree("figures", n, "when"), "only-if")
                self.sentence(SubElement(line, "p", {"data-condition": ""}), condition)
        self.write.plain(SubElement(fold, "p"), self.messages.text("arithmetic-exact"))

    def _method_of_numbers(self, panel: Element) -> None:
        say = self.messages.text
        standing = [say("method-numbers-revision", revision=self.key.revision)]
        if self.checklist.reviewed:
            standing.append(say("method-numbers-reviewed", date=self.messages.day(self.checklist.reviewed)))
        self.method(panel, say("method-numbers"), " ".join(standing))

    # Words

    def sentence(self, element: Element, runs: Runs) -> None:
        """Words with names in them, each of which the script can find."""
        last: Element | None = None
        for run in runs:
            if isinstance(run, Name):
                last = SubElement(element, "var", {"data-name": run.id})
                self.write.plain(last, run.text)
            elif last is None:
                self.write.plain(element, run)
            else:
                self.write.after(last, run)

    def _term(self, parent: Element, tag: str, text: str) -> Element:
        """A heading of a list or a row. `attr_list` would look for attributes in text that is directly in it."""
        term = SubElement(parent, tag)
        self.write.plain(SubElement(term, "span", self.foreign), text)
        return term

    def _conditional(self, attributes: dict[str, str], figure: Figure) -> dict[str, str]:
        return attributes if figure.when is None else {**attributes, "data-when": figure.id}

    def _many(self) -> dict[str, str]:
        """Marks a list of figures that is long to lay out."""
        return {"data-many": ""} if len(self.checklist.figures) > MANY else {}

    @cached_property
    def _main(self) -> Figure:
        """The figure that leads the result."""
        return next((figure for figure in self.checklist.figures if figure.main), self.checklist.figures[0])

    @cached_property
    def _words(self) -> FormulaWords:
        return FormulaWords(self.checklist, self.messages)
