"""The decision of a checklist: outcomes with what each means, gates with their reasons, notes, how it is all weighed."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from ..model.checklist import Item, Outcome, Section
from ..model.fields import close_pair
from ..model.several import least_of, many_of, most_of
from ..reading.tree import Path
from ..words.formulas import FormulaWords
from ..words.method_decision import MethodOfDecision
from .writer import PartWriter


class DecisionWriter(PartWriter):
    """Writes the outcomes of a decision, and how they are found."""

    def result(self, panel: Element) -> None:
        """The place of the result, in its panel."""
        if self.checklist.outcomes:
            where = self.messages.text("by-hand-where", method=self.messages.text("method"))
            self.write.plain(SubElement(panel, "p", {"data-hand": ""}), where)
            SubElement(panel, "div", {"data-result": ""})

    def explanation(self, panel: Element) -> None:
        """Outcomes, gates, notes and how they are found: folded, below the result."""
        if self.checklist.outcomes:
            self._outcomes(panel)
        if self.checklist.notes:
            self._notes(panel)
        if self.checklist.outcomes:
            self._method_of_decision(panel)

    def _outcomes(self, panel: Element) -> None:
        # The script takes the titles of outcomes where it takes those of bands.
        dl = SubElement(self.fold(panel, "bands", "all-outcomes"), "dl", {"data-bands": "", "data-outcomes": ""})
        for n, outcome in enumerate(self.checklist.outcomes):
            box = SubElement(dl, "div", {"data-band": outcome.id})
            self.write.plain(SubElement(SubElement(box, "dt"), "span", self.foreign), outcome.title)
            dd = SubElement(box, "dd")
            if outcome.text or outcome.see:
                self._meaning(SubElement(dd, "div", {"data-means": ""}), n, outcome)
            self._gates(dd, outcome.id)
        # The script shows this text; it is written here because only Python knows the subject.
        subject = self.checklist.subject
        words = self.messages.text("unclear-subject", subject=subject) if subject else self.messages.text("unclear")
        self.write.plain(SubElement(panel, "p", {"data-unclear": "", "hidden": "hidden"}), words)
        if self.checklist.close:
            self._close_calls(panel)

    def _close_calls(self, panel: Element) -> None:
        """What to do in a close call between two. The script copies the text of the pair into the result."""
        titles = {outcome.id: outcome.title for outcome in self.checklist.outcomes}
        details = SubElement(panel, "details", {"data-all-close": ""})
        self.write.plain(SubElement(details, "summary"), self.messages.text("close-calls"))
        dl = SubElement(details, "dl")
        for key, text in self.checklist.close.items():
            # In the order of the file, so that the script finds a pair whichever of the two is ahead.
            best, second = (name for name in titles if name in close_pair(key))
            box = SubElement(dl, "div", {"data-close": f"{best}+{second}"})
            term = self.messages.text("close-pair", first=titles[best], second=titles[second])
            self.write.plain(SubElement(SubElement(box, "dt"), "span"), term)
            place = SubElement(SubElement(box, "dd"), "div")
            self.write.block(place, text, self.loaded.reading.span("close", key))

    def _meaning(self, place: Element, n: int, outcome: Outcome) -> None:
        path: Path = ("outcomes", n)
        if outcome.text:
            self.write.block(place, outcome.text, self.loaded.reading.span(*path, "text"))
        self.see(place, outcome.see, path)

    def _gates(self, dd: Element, outcome: str) -> None:
        gates = [(n, gate) for n, gate in enumerate(self.checklist.gates) if gate.remove == outcome]
        if not gates:
            return
        # Folded: what did rule it out is shown above the list; the rest is for readers who want to know.
        details = SubElement(dd, "details")
        self.write.plain(SubElement(details, "summary"), self.messages.text("gates", count=len(gates)))
        ul = SubElement(details, "ul", {"data-gates": ""})
        for n, gate in gates:
            li = SubElement(ul, "li", {"data-gate": str(n)})
            self.write.inline(SubElement(li, "span"), gate.text, self.loaded.reading.span("gates", n, "text"))
            self._condition(li, ("gates", n))

    def _notes(self, panel: Element) -> None:
        details = SubElement(panel, "details", {"data-all-notes": ""})
        self.write.plain(SubElement(details, "summary"), self.messages.text("notes"))
        self.write.plain(SubElement(details, "p"), self.messages.text("notes-help"))
        ul = SubElement(details, "ul", {"data-notes": ""})
        for n, note in enumerate(self.checklist.notes):
            li = SubElement(ul, "li", {"data-note": str(n)})
            path: Path = ("notes", n)
            self.write.inline(SubElement(li, "span"), note.text, self.loaded.reading.span(*path, "text"))
            self.see(li, note.see, path)
            self._condition(li, path)

    def _condition(self, place: Element, path: Path) -> None:
        """In small print, so that a copy can leave it out."""
        tree = self.loaded.tree(*path, "when")
        words = FormulaWords(self.checklist, self.messages).plain_condition(tree, "when")
        self.write.plain(SubElement(place, "small"), words)

    # How it is weighed

    def _method_of_decision(self, panel: Element) -> None:
        method = MethodOfDecision(self.checklist, self.key, self.messages)
        fold = self.method(panel, method.rules(), method.standing())
        by_hand = SubElement(fold, "details", {"data-by-hand": ""})
        self.write.plain(SubElement(by_hand, "summary"), self.messages.text("by-hand"))
        ol = SubElement(by_hand, "ol")
        for step in method.steps():
            self.write.plain(SubElement(ol, "li"), step)
        legend = SubElement(by_hand, "ul", {"data-letters": ""})
        for n, outcome in enumerate(self.checklist.outcomes):
            title = f"{_letter(n)}{self.messages.text('colon')}{outcome.title}"
            self.write.plain(SubElement(legend, "li"), title)
        for section in self.checklist.sections:
            if section.items:
                self._points(by_hand, section)

    def _points(self, parent: Element, section: Section) -> None:
        # A class, because themes dress every table that has none.
        table = SubElement(parent, "table", {"class": "checklist-points", "data-of": section.id})
        self.write.plain(SubElement(table, "caption"), self.labelled_title(section))
        head = SubElement(SubElement(table, "thead"), "tr")
        self.write.plain(SubElement(head, "th", {"scope": "col"}), self.messages.text("answer"))
        for n, outcome in enumerate(self.checklist.outcomes):
            cell = SubElement(head, "th", {"scope": "col"})
            SubElement(cell, "span", {"aria-hidden": "true"}).text = _letter(n)
            self.write.plain(SubElement(cell, "span", self.foreign), outcome.title)
        for item in section.items:
            self._points_of(SubElement(table, "tbody", {"data-of": item.id}), item)

    def _points_of(self, body: Element, item: Item) -> None:
        outcomes = [outcome.id for outcome in self.checklist.outcomes]
        question = SubElement(SubElement(body, "tr"), "th", {"scope": "rowgroup", "colspan": str(len(outcomes) + 1)})
        self.write.phrase(question, item.text)
        options = item.options or []
        for option in options:
            points = [item.weight * option.toward.get(name, 0) for name in outcomes]
            self._row(body, {"data-option": option.id}, option.text, [self._signed(number) for number in points])
        # To be added up beside one's own points.
        many = many_of(item, options)
        columns = [{option.id: option.toward.get(name, 0) for option in options} for name in outcomes]
        for name, end_of in (("least", least_of), ("most", most_of)):
            ends = [self._signed(item.weight * end_of(column, many)) for column in columns]
            self._row(body, {"data-end": ""}, self.messages.text(name), ends)

    def _signed(self, number: int) -> str:
        return self.messages.decimal(str(number))

    def _row(self, body: Element, attributes: dict[str, str], head: str, cells: list[str]) -> None:
        row = SubElement(body, "tr", attributes)
        self.write.plain(SubElement(row, "th", {"scope": "row"}), head)
        for cell in cells:
            SubElement(row, "td").text = cell


def _letter(n: int) -> str:
    """A to Z, then AA: the short name of an outcome where its title has no room."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)
