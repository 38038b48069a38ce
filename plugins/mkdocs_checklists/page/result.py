"""The panel of the result: the score with its bands, the tables by section and dimension, how it is scored."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from xml.etree.ElementTree import Element, SubElement

from ..scoring.rounding import first_shown
from ..words.method_score import Method
from .advice import AdviceWriter
from .calculator import CalculatorWriter
from .decision import DecisionWriter
from .plan import PlanWriter
from .writer import PartWriter, literal


class ResultWriter(PartWriter):
    """Writes the panel of the result, and what is in its place on a page without one."""

    @cached_property
    def calculator(self) -> CalculatorWriter:
        return self.other(CalculatorWriter)

    @cached_property
    def decision(self) -> DecisionWriter:
        return self.other(DecisionWriter)

    @cached_property
    def plan(self) -> PlanWriter:
        return self.other(PlanWriter)

    @cached_property
    def advice(self) -> AdviceWriter:
        return self.other(AdviceWriter)

    def panel(self, form: Element, level: int, on_page: set[str], *, tally: bool) -> None:
        """The panel of the result. `on_page` names the sections whose questions are on this page, and `FRONT`."""
        # With its title, because a page may show the results of several.
        name = self.messages.text("result-of", title=self.checklist.title)
        panel = SubElement(form, "section", {"data-panel": "", "aria-label": literal(name)})
        heading = SubElement(panel, f"h{level}", {"id": self.anchor("score")})
        self.write.plain(heading, self.messages.text("result"))
        # In the order in which a reader needs it: what comes out, what to do, and folded what explains it.
        self.calculator.panel(panel, level, on_page)
        self.decision.result(panel)
        if self.checklist.bands:
            if self.checklist.inputs:
                words = SubElement(panel, f"h{min(level + 1, 6)}", {"data-of-answers": ""})
                self.write.plain(words, self.messages.text("result-of-answers"))
            if tally:
                self._tally(panel)
            SubElement(panel, "div", {"data-score": ""})
            self._scale(panel)
            self._names(panel)
            SubElement(panel, "div", {"data-result": ""})
        self._template(panel)
        self.plan.panel(panel, level)
        self.decision.explanation(panel)
        if self.checklist.bands:
            self._bands(panel)
            self._section_table(panel, on_page)
            self._dimension_table(panel)
            method = Method(self.checklist, self.key, self.loaded.proof, self.messages)
            shares = method.shares(self._bands_with_ranges())
            self.method(panel, method.rules(), method.standing(), method.patterns(), shares)
        self._elsewhere(panel, on_page)

    def way_to_result(self, form: Element) -> None:
        """What a part needs on a page without the panel: the words of the verdicts, and the way to the page that has it."""
        titles = SubElement(form, "dl", {"data-titles": "", "hidden": "hidden"})
        found = [(band.id, band.title) for band in self.checklist.bands]
        found += [(outcome.id, outcome.title) for outcome in self.checklist.outcomes]
        for name, title in found:
            box = SubElement(titles, "div", {"data-band": name})
            # In an element of its own: `attr_list` looks for attributes at the end of text that is directly in a `dt`.
            self.write.plain(SubElement(SubElement(box, "dt"), "span"), title)
        uri = self.site.locate(self.loaded.id, "score") if self.site else None
        if uri:
            way = SubElement(SubElement(form, "p", {"data-way": ""}), "a", {"href": f"/{uri}#{self.anchor('score')}"})
            self.write.plain(way, self.messages.text("to-result"))
            self.write.link(way, self.loaded.reading.span())

    def _template(self, panel: Element) -> None:
        if self.checklist.template:
            self.advice.template(panel, self.checklist.template, "template-of-answers")

    def _tally(self, panel: Element) -> None:
        tally = SubElement(panel, "p", {"data-tally": ""})
        self.write.plain(tally, self.messages.text("tally-before") + " ")
        possible = sum(item.most for item in self.key.items)
        after = self.messages.text("tally-after", possible=possible) + self.messages.text("full-stop")
        self.write.after(SubElement(tally, "output"), f" {after} ")
        help_words = "tally-help-measured" if self.key.better == "neither" else "tally-help"
        words = self.messages.text(help_words, critical=self.messages.text("critical"))
        self.write.plain(SubElement(tally, "small"), words)

    def _scale(self, panel: Element) -> None:
        """The bands as a bar of 100 by 10 units; the script adds the marker."""
        turned = {} if self.key.better == "higher" else {"data-better": self.key.better}
        svg = SubElement(
            panel,
            "svg",
            {
                "data-scale": "",
                **turned,
                "viewBox": "0 0 100 10",
                "preserveAspectRatio": "none",
                "aria-hidden": "true",
                "focusable": "false",
            },
        )
        low, high = self._ends()
        width = high - low or 1
        bands = self.key.ascending_bands
        cuts = [max(low, cut) for _, cut in bands] + [high]
        cuts[0] = low
        for (name, _), start, end in zip(bands, cuts, cuts[1:], strict=False):
            attributes = {"data-band": name, "x": _decimal(Fraction(100 * (start - low), width)), "y": "0"}
            SubElement(
                svg, "rect", attributes | {"width": _decimal(Fraction(100 * (end - start), width)), "height": "10"}
            )

    def _names(self, panel: Element) -> None:
        """The names of the bands below their picture; with all else that they mean they are in the fold of the results."""
        names = SubElement(panel, "p", {"data-names": "", "aria-hidden": "true"})
        for name, title, scores in reversed(self._bands_with_ranges()):
            place = SubElement(names, "span", {"data-band": name})
            self.write.plain(SubElement(place, "b", self.foreign), title)
            place[-1].tail = " "
            self.write.plain(SubElement(place, "small"), scores)
            place.tail = " "

    def _ends(self) -> tuple[int, int]:
        """The ends of the scale, in the unit of the bands' cut scores."""
        if self.key.points:
            return self.key.sums
        low, high = self.key.range
        return low * 10**self.key.decimals, high * 10**self.key.decimals

    def _bands(self, panel: Element) -> None:
        dl = SubElement(self.fold(panel, "bands", "all-bands"), "dl", {"data-bands": ""})
        places = {band.id: n for n, band in enumerate(self.checklist.bands)}
        for name, band_title, scores_shown in self._bands_with_ranges():
            band = self.checklist.bands[places[name]]
            box = SubElement(dl, "div", {"data-band": name})
            dt = SubElement(box, "dt")
            title = SubElement(dt, "span", self.foreign)
            self.write.plain(title, band_title)
            title.tail = " "
            scores = SubElement(dt, "small")
            self.write.plain(scores, scores_shown)
            self.write.after(scores, " ")
            if points := self._hand_points(name):
                self.write.plain(SubElement(dt, "small", {"data-hand": ""}), points)
            dd = SubElement(box, "dd")
            if band.text:
                self.write.block(dd, band.text, self.loaded.reading.span("bands", places[name], "text"))

    def _range(self, low: int, high: int, decimals: int) -> str:
        lowest, highest = (self.messages.score(end, decimals) for end in (low, high))
        if low >= high:
            return self.messages.text("band-single", low=lowest)
        return self.messages.text("band-range", low=lowest, high=highest)

    def _hand_points(self, name: str) -> str:
        """The points that lead to a band when every question is answered, for scoring by hand."""
        if self.key.points or self.key.by_section:
            return ""
        least, most = sum(i.least for i in self.key.items), sum(i.most for i in self.key.items)
        starts = [least]
        low, high = self.key.range
        bands = self.key.ascending_bands
        for _, cut in bands[1:]:
            # The least points whose number, as it is rounded, reaches the cut score.
            bound, is_beyond = first_shown(cut, (low, high), self.key.decimals)
            points = least + (bound - low) * Fraction(most - least, high - low)
            starts.append(max(least, floor(points) + 1 if is_beyond else ceil(points)))
        index = [band for band, _ in bands].index(name)
        end = starts[index + 1] - 1 if index + 1 < len(starts) else most
        if starts[index] > end:
            return ""
        # Of a span, which plural category is right depends on both its ends; `other` is in nearly every language.
        count = end if starts[index] == end else 100
        return self.messages.text("band-points", count=count, range=self._range(starts[index], end, 0))

    def _section_table(self, panel: Element, on_page: set[str]) -> None:
        sections = [section for section in self.checklist.sections if section.items]
        if len(sections) < 2:
            return
        body = self._score_table(panel, "by-section")
        for section in sections:
            short = {"data-short": section.label} if section.label and not section.short else {}
            row = SubElement(body, "tr", {"data-section": section.id, **short})
            name = SubElement(row, "th", {"scope": "row", **self.foreign})
            title = section.short or self.labelled_title(section)
            if section.id in on_page:
                self.write.plain(SubElement(name, "a", {"href": f"#{self.anchor(section.id)}"}), title)
            else:
                self.link_to_page(name, title, section.id, section.id)
            SubElement(row, "td")

    def _dimension_table(self, panel: Element) -> None:
        titles = {dimension.id: dimension.title for dimension in self.checklist.dimensions}
        used = dict.fromkeys(item.dimension for item in self.key.items if item.dimension is not None)
        if not used:
            return
        body = self._score_table(panel, "by-dimension")
        # In the order in which the author has listed them.
        for name in sorted(used, key=[*titles, *used].index):
            row = SubElement(body, "tr", {"data-dimension": name})
            self.write.plain(SubElement(row, "th", {"scope": "row", **self.foreign}), titles.get(name, name))
            SubElement(row, "td")

    def _score_table(self, panel: Element, caption: str) -> Element:
        # A class and no attribute: themes dress every table that has none.
        named = {"class": "checklist-sections", "aria-label": literal(self.messages.text(caption))}
        table = SubElement(self.fold(panel, caption, caption), "table", named)
        return SubElement(table, "tbody")

    def _bands_with_ranges(self) -> list[tuple[str, str, str]]:
        """Id, title and scores of each band, the best first."""
        titles = {band.id: band.title for band in self.checklist.bands}
        ranges, top = {}, self._ends()[1]
        for name, cut in reversed(self.key.ascending_bands):
            ranges[name] = self._range(cut, top, self.key.decimals)
            top = cut - 1
        return [(name, titles[name], ranges[name]) for name, _ in reversed(self.key.bands)]

    def _elsewhere(self, panel: Element, on_page: set[str]) -> None:
        """Cards of the questions on other pages, with the advice of each."""
        away = [
            (("sections", n, "items", i), section.id, item)
            for n, section in enumerate(self.checklist.sections)
            for i, item in enumerate(section.items)
            if section.id not in on_page
        ]
        cards = self.elsewhere(panel, "data-item", [(item.id, item.text, section) for _, section, item in away])
        for card, (path, _, item) in zip(cards, away, strict=True):
            self.advice.advice(card, path, item)


def _decimal(value: Fraction) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".")
