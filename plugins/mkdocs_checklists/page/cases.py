"""The cases that a checklist offers as examples: a table of what each leads to, and the answers of all in a file of their own.

Without a script the table can be read. The browser adds the buttons, and fetches the answers once the table is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from ..expressions.trees import half_up
from ..library.cases import ScoredCase
from ..library.loaded import LoadedChecklist
from .overview_files import index_files, version_of
from .writer import PartWriter

CASES_FOLDER = "cases"
"""Beside the browser's other files."""


class CasesWriter(PartWriter):
    """Writes the table of cases."""

    def offer(self, form: Element) -> None:
        """The table, folded; nothing where there are no cases."""
        cases = self.loaded.cases
        if not cases:
            return
        fold = SubElement(form, "details", {"data-cases": version_of(_answers(self.loaded))})
        self.write.plain(SubElement(fold, "summary"), self.messages.text("cases", count=len(cases)))
        # Themes dress every table that has no class.
        table = SubElement(fold, "table", {"class": "checklist-cases"})
        head = SubElement(SubElement(table, "thead"), "tr")
        for words in ("case", "case-result"):
            self.write.plain(SubElement(head, "th", {"scope": "col"}), self.messages.text(words))
        for group in dict.fromkeys(found.case.group for found in cases):
            body = SubElement(table, "tbody")
            if group is not None:
                heading = SubElement(
                    SubElement(body, "tr"), "th", {"scope": "rowgroup", "colspan": "2", **self.foreign}
                )
                self.write.plain(heading, group)
            for found in cases:
                if found.case.group == group:
                    self._row(body, found)

    def _row(self, body: Element, found: ScoredCase) -> None:
        row = SubElement(body, "tr", {"data-case": found.case.id})
        name = SubElement(row, "th", {"scope": "row"})
        self.write.plain(SubElement(name, "span", self.foreign), found.case.title)
        self.write.plain(SubElement(SubElement(row, "td"), "span"), self._result(found))

    def _result(self, found: ScoredCase) -> str:
        checklist, say = self.checklist, self.messages.text
        titles = {outcome.id: outcome.title for outcome in checklist.outcomes}
        bands = {band.id: band.title for band in checklist.bands}
        verdicts = {verdict.id: verdict.title for verdict in checklist.verdicts}
        words = []
        if found.evaluation.verdict:
            words.append(verdicts[found.evaluation.verdict])
        elif number := self._main_figure(found):
            words.append(number)
        if found.close_call:
            best, second = found.close_call
            words.append(say("case-close", best=titles[best], second=titles[second]))
        elif found.outcome:
            words.append(titles[found.outcome])
        if found.result.band:
            words.append(bands[found.result.band])
        return " · ".join(words) or say("case-unclear")

    def _main_figure(self, found: ScoredCase) -> str:
        figures = self.checklist.figures
        main = next((figure for figure in figures if figure.main), figures[0] if figures else None)
        value = found.evaluation.figures.get(main.id) if main else None
        if main is None or value is None:
            return ""
        units = int(half_up(value, main.decimals) * 10**main.decimals)
        number = self.messages.score(units, main.decimals)
        return f"{main.text}{self.messages.text('colon')}{number} {main.unit or ''}".strip()


def _answers(loaded: LoadedChecklist) -> str:
    """Case -> item or input -> answer, as JSON."""
    answers = {found.case.id: dict(found.answers) for found in loaded.cases}
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"))


def case_files(checklists: Iterable[LoadedChecklist]) -> dict[str, bytes]:
    """File name to content, for all checklists without errors that have cases."""
    return {
        f"{CASES_FOLDER}/{loaded.id}.json": _answers(loaded).encode()
        for loaded in checklists
        if loaded.checklist and loaded.checklist.cases
    }


def checklist_files(checklists: Iterable[LoadedChecklist]) -> dict[str, bytes]:
    """All files that the browser may fetch of checklists, for a site that can't know which of them its pages need."""
    found = list(checklists)
    return index_files(found) | case_files(found)
