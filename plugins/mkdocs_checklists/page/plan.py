"""Many runs of a decision: the place for their names above the questions, and the table that sets them side by side.

The browser fills both. On paper, and wherever no script runs, the table is empty, to be filled in by hand.
"""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, SubElement

from .writer import PartWriter, literal

_ROWS = 8
"""Of the table to fill in by hand."""


class PlanWriter(PartWriter):
    """Writes what goes with many runs of one checklist."""

    def runs(self, form: Element) -> None:
        """Above questions: the place for the name of the run that they are answered for."""
        if self.checklist.plan and self.checklist.subject:
            SubElement(form, "div", {"data-runs": literal(self.checklist.subject)})

    def panel(self, panel: Element, level: int) -> None:
        """The table, below the result. `level` is that of the panel's heading."""
        plan, subject = self.checklist.plan, self.checklist.subject
        if plan is None or not subject:
            return
        data = {"data-plan": self._words(), "data-subject": literal(subject)}
        # Not named by its heading: that gets a permalink, whose sign would be part of the name.
        section = SubElement(panel, "section", {**data, "aria-label": literal(plan.title)})
        heading = SubElement(section, f"h{min(level + 1, 6)}", {"id": self.anchor("score--plan")})
        self.write.plain(heading, plan.title)
        hint = SubElement(section, "p", {"data-blank": ""})
        self.write.plain(hint, self.messages.text("plan-paper", subject=subject))
        # Themes dress every table that has no class.
        table = SubElement(section, "table", {"class": "checklist-plan", "data-blank": ""})
        row = SubElement(SubElement(table, "thead"), "tr")
        columns = {
            "run": subject[:1].upper() + subject[1:],
            "result": self.messages.text("plan-result"),
            "fit": self.messages.text("plan-fit"),
        }
        # An item may bear the name of one of ours.
        for column, title in [*columns.items(), *((f"item {item}", text) for item, text in plan.columns.items())]:
            self.write.plain(SubElement(row, "th", {"scope": "col", "data-column": column}), title)
        body = SubElement(table, "tbody")
        for _ in range(_ROWS):
            row = SubElement(body, "tr")
            for _ in range(len(columns) + len(plan.columns)):
                SubElement(row, "td")

    def _words(self) -> str:
        """What the table says, for the browser: its questions may be asked on another page."""
        assert self.checklist.plan is not None
        items = {item.id: item for item in self.checklist.items}
        outcomes = {outcome.id: outcome.title for outcome in self.checklist.outcomes}
        answers = {name: self.answers(items[name]) for name in self.checklist.plan.columns if name in items}
        words = {"outcomes": outcomes, "answers": answers}
        return literal(json.dumps(words, ensure_ascii=False, separators=(",", ":")))
