"""The panel of the result: the score with its bands, the tables by section and dimension, how it is scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from xml.etree.ElementTree import Element, SubElement

from ..model.checklist import Section
from ..model.score_rules import Dimension
from ..reading.tree import Path
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
            # A style sheet counts in whole numbers only.
            if tally and self.key.units.sums == 1:
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
        cuts = [max(low, Fraction(cut)) for _, cut in bands] + [high]
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

    def _ends(self) -> tuple[Fraction, Fraction]:
        """The ends of the scale, in the unit of the bands' cut scores."""
        key = self.key
        low, high = (Fraction(end, key.units.sums) for end in key.sums) if key.points else map(Fraction, key.range)
        return low * 10**key.decimals, high * 10**key.decimals

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
        # Below the lowest band of plain points, none is written upside down.
        return self._span(*(self.messages.score(end, decimals) for end in (low, max(low, high))))

    def _span(self, low: str, high: str) -> str:
        if low == high:
            return self.messages.text("band-single", low=low)
        return self.messages.text("band-range", low=low, high=high)

    def _hand_points(self, name: str) -> str:
        """The points that lead to a band when every question is answered, for scoring by hand."""
        key = self.key
        if key.points or key.by_section:
            return ""
        least, most = sum(item.least for item in key.items), sum(item.most for item in key.items)
        start = sum(map(key.floor, key.items))
        low, high = key.range
        starts = [least]
        bands = key.ascending_bands
        for _, cut in bands[1:]:
            # The least points whose number, as it is rounded, reaches the cut score.
            bound, is_beyond = first_shown(cut, (low, high), key.decimals)
            points = start + (bound - low) * Fraction(most - start, high - low)
            starts.append(max(least, floor(points) + 1 if is_beyond else ceil(points)))
        index = [band for band, _ in bands].index(name)
        end = starts[index + 1] - 1 if index + 1 < len(starts) else most
        if starts[index] > end:
            return ""
        # Of a span, which plural category is right depends on both its ends; `other` is in nearly every language.
        parts = key.units.sums
        count = end // parts if starts[index] == end and end % parts == 0 else 100
        ends = [self.messages.points(number, parts) for number in (starts[index], end)]
        return self.messages.text("band-points", count=count, range=self._span(*ends))

    def _section_table(self, panel: Element, on_page: set[str]) -> None:
        sections = [(n, section) for n, section in enumerate(self.checklist.sections) if section.items]
        speak = self.key.caps or any(section.bands for _, section in sections)
        if len(sections) < 2 and not speak:
            return
        fold, body = self._score_table(panel, "by-section", [section for _, section in sections])
        for _, section in sections:
            short = {"data-short": section.label} if section.label and not section.short else {}
            row = SubElement(body, "tr", {"data-section": section.id, **short})
            name = SubElement(row, "th", {"scope": "row", **self.foreign})
            title = section.short or self.labelled_title(section)
            if section.id in on_page:
                self.write.plain(SubElement(name, "a", {"href": f"#{self.anchor(section.id)}"}), title)
            else:
                self.link_to_page(name, title, section.id, section.id)
            SubElement(row, "td")
        for n, section in sections:
            self._bands_of(fold, ("sections", n), section, section.title)

    def _dimension_table(self, panel: Element) -> None:
        titles = {dimension.id: dimension.title for dimension in self.checklist.dimensions}
        used = dict.fromkeys(name for item in self.key.items for name in item.dimensions)
        if not used:
            return
        fold, body = self._score_table(panel, "by-dimension", self.checklist.dimensions)
        # In the order in which the author has listed them, each before those that it holds.
        for name, depth in [*self._dimensions(None), *((name, 0) for name in used if name not in titles)]:
            if name in used:
                level = {"data-depth": str(min(depth, 3))} if depth else {}
                row = SubElement(body, "tr", {"data-dimension": name, **level})
                self.write.plain(SubElement(row, "th", {"scope": "row", **self.foreign}), titles.get(name, name))
                SubElement(row, "td")
        for n, dimension in enumerate(self.checklist.dimensions):
            if dimension.id in used:
                self._bands_of(fold, ("dimensions", n), dimension, dimension.title)

    def _dimensions(self, holder: str | None, depth: int = 0) -> Iterator[tuple[str, int]]:
        for dimension in self.checklist.dimensions:
            if dimension.within == holder:
                yield dimension.id, depth
                yield from self._dimensions(dimension.id, depth + 1)

    def _bands_of(self, panel: Element, path: Path, part: Section | Dimension, title: str) -> None:
        """What the scores of a section or a dimension mean; the script repeats the awarded one in the table."""
        if not part.bands:
            return
        fold = SubElement(panel, "details", {"data-part-bands": f"{path[0]} {part.id}"})
        self.write.plain(SubElement(fold, "summary"), self.messages.text("part-bands", part=title))
        dl = SubElement(fold, "dl")
        places = {band.id: n for n, band in enumerate(part.bands)}
        decimals = self.key.decimals
        top = floor(self._top_of(path, part) * 10**decimals + Fraction(1, 2))
        ranges = {}
        for band in sorted(part.bands, key=lambda band: band.min, reverse=True):
            cut = ceil(band.min * 10**decimals)
            ranges[band.id] = self._range(cut, top, decimals)
            top = cut - 1
        # The best first, as in the bands of the whole.
        for band in sorted(part.bands, key=lambda band: band.min, reverse=self.key.better != "lower"):
            box = SubElement(dl, "div", {"data-band": band.id})
            dt = SubElement(box, "dt")
            name = SubElement(dt, "span", self.foreign)
            self.write.plain(name, band.title)
            name.tail = " "
            self.write.plain(SubElement(dt, "small"), ranges[band.id])
            dd = SubElement(box, "dd")
            if band.text:
                self.write.block(dd, band.text, self.loaded.reading.span(*path, "bands", places[band.id], "text"))

    def _top_of(self, path: Path, part: Section | Dimension) -> Fraction:
        """The highest score of a section or dimension."""
        key = self.key
        if not key.points:
            return Fraction(key.range[1])
        if path[0] == "sections":
            found = [
                (item, key.units.shares) for section in key.sections if section.id == part.id for item in section.items
            ]
        else:
            found = [(item, item.dimensions[part.id]) for item in key.items if part.id in item.dimensions]
        most = sum(share * (max(0, item.most) if item.na else item.most) for item, share in found)
        return Fraction(most, key.units.sums * key.units.shares)

    def _score_table(
        self, panel: Element, caption: str, parts: Sequence[Section | Dimension]
    ) -> tuple[Element, Element]:
        """The fold with the scores of parts, and the body of its table. Open where they have results in words."""
        fold = self.fold(panel, caption, caption)
        if any(part.bands for part in parts):
            fold.set("open", "")
        # A class and no attribute: themes dress every table that has none.
        named = {"class": "checklist-sections", "aria-label": literal(self.messages.text(caption))}
        return fold, SubElement(SubElement(fold, "table", named), "tbody")

    def _bands_with_ranges(self) -> list[tuple[str, str, str]]:
        """Id, title and scores of each band, the best first."""
        titles = {band.id: band.title for band in self.checklist.bands}
        # The highest number that is shown, rounded as every score is.
        ranges, top = {}, floor(self._ends()[1] + Fraction(1, 2))
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
