"""A checklist to elements: headings, questions with native radio buttons, the panel of the result.

The page is complete before any script runs. Elements, not strings: inserted by the Markdown extension, they get inline
Markdown, the table of contents and link rewriting from the page's own pipeline, and its serialiser escapes the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from ..model.checklist import Item, Section
from ..model.fields import EVERY_ANSWER
from ..reading.reader import Path
from ..scoring.key import ItemKey, ScoringKey
from ..words.messages import Messages
from ..words.method_score import Method
from .calculator import FRONT, CalculatorWriter
from .decision import DecisionWriter
from .plan import PlanWriter
from .writer import PartWriter, in_attribute

ITEM_HEADING = "scored-item-heading-{}"
"""Tag of a question until the table of contents is made: then it becomes a heading, which so gets no entry and no permalink."""

_MINUTES_PER_HOUR, _MINUTES_PER_DAY = 60, 8 * 60


@dataclass(frozen=True, slots=True)
class Part:
    """What one directive puts on a page."""

    show: Literal["all", "items", "score"] = "all"
    section: str | None = None
    level: int = 2

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole article, with its title and the result."""
        return self.show == "all" and self.section is None

    @property
    def shows_result(self) -> bool:
        return self.show == "score" or self.is_whole

    def shows(self, section: str) -> bool:
        """Whether it shows the questions of a section."""
        return self.show != "score" and self.section in (None, section)

    @property
    def shows_front(self) -> bool:
        """Whether it shows the inputs that stand before all sections."""
        return self.show != "score" and self.section is None


class Renderer(PartWriter):
    """Renders the parts of one checklist on one page."""

    @property
    def _calculator(self) -> CalculatorWriter:
        return CalculatorWriter(self.loaded, self.messages, self.write, self.site, self.page)

    @property
    def _decision(self) -> DecisionWriter:
        return DecisionWriter(self.loaded, self.messages, self.write, self.site, self.page)

    @property
    def _plan(self) -> PlanWriter:
        return PlanWriter(self.loaded, self.messages, self.write, self.site, self.page)

    def sections(self, part: Part) -> list[tuple[int, Section]]:
        """The sections that a part shows, each with its place in the file."""
        return [(n, section) for n, section in enumerate(self.checklist.sections) if part.shows(section.id)]

    def element(self) -> tuple[Element, Element]:
        """The custom element of one part and the form in it. `method=dialog`: Enter never leaves the page."""
        element = Element("scored-checklist", {"data-checklist": self.loaded.id, "data-key": self.loaded.key_json})
        return element, SubElement(element, "form", {"method": "dialog"})

    def render(self, part: Part) -> list[Element]:
        """The elements of a part that shows questions."""
        element, form = self.element()
        whole = part.is_whole
        elements = [element]
        level = part.level
        if whole:
            # Before the custom element: site generators take a page's title from a heading at the top of the tree.
            title = Element(f"h{level}", {"id": self.loaded.id})
            self.write.plain(title, self.checklist.title)
            elements.insert(0, title)
            self._introduction(form)
            level += 1
        self._plan.runs(form)
        if part.shows_front:
            self._calculator.inputs(form, None)
        for n, section in self.sections(part):
            place = self.conditional(form, section.id, section.when, "div")
            self.condition(place, ("sections", n), section.when)
            if part.show == "all":
                self._section(place, n, section, level)
            elif section.items:
                # The table of the result leads to each section, also where its heading is not shown.
                self.anchors(place, section.id, *section.was)
            for i, item in enumerate(section.items):
                self._item(place, ("sections", n, "items", i), item, min(level + (part.show == "all"), 6))
            self._calculator.inputs(place, section.id)
        if whole:
            self.panel(form, level, {FRONT, *(section.id for section in self.checklist.sections)}, tally=True)
        return elements

    # Introduction and sections

    def _introduction(self, form: Element) -> None:
        if self.checklist.summary:
            self.write.inline(SubElement(form, "p"), self.checklist.summary, self.loaded.reading.span("summary"))
        self.facts(form)
        SubElement(form, "p", {"data-notice": ""})

    def _section(self, form: Element, n: int, section: Section, level: int) -> None:
        self.anchors(form, *section.was)
        heading = SubElement(form, f"h{level}", {"id": self.anchor(section.id)})
        if section.label:
            label = SubElement(heading, "span", {"data-label": ""})
            self.write.plain(label, section.label)
            SubElement(label, "span").text = ": "
        self.write.plain(SubElement(heading, "span"), section.title)
        path: Path = ("sections", n)
        if section.why:
            self.write.block(form, section.why, self.loaded.reading.span(*path, "why"))
        if section.signs or section.remedies:
            guidance = SubElement(form, "div", {"data-guidance": ""})
            for name, entries in (("signs", section.signs), ("remedies", section.remedies)):
                if entries:
                    box = SubElement(guidance, "div")
                    self.write.plain(SubElement(box, "p"), self.messages.text(name))
                    ul = SubElement(box, "ul")
                    for k, entry in enumerate(entries):
                        self.write.inline(SubElement(ul, "li"), entry, self.loaded.reading.span(*path, name, k))
        if section.see:
            see = SubElement(form, "p", {"data-see": ""})
            self.write.plain(see, self.messages.text("see") + " ")
            self.links(see, section.see, (*path, "see"))

    # Questions

    def _item(self, form: Element, path: Path, item: Item, level: int) -> None:
        described = {"aria-describedby": self.anchor(f"{item.id}--help")} if item.help else {}
        example = {"data-example": item.example} if item.example else {}
        fieldset = self.conditional(form, item.id, item.when, "fieldset", {**described, **example})
        legend = SubElement(fieldset, "legend")
        self.anchors(legend, *item.was)
        heading = SubElement(legend, ITEM_HEADING.format(level), {"id": self.anchor(item.id)})
        self.write.plain(heading, item.text)
        if item.caps:
            self.write.plain(SubElement(legend, "small"), self.messages.text("critical"))
        self.condition(fieldset, path, item.when)
        if item.help:
            place = SubElement(fieldset, "p", {"id": described["aria-describedby"]})
            self.write.inline(place, item.help, self.loaded.reading.span(*path, "help"))
        points = [option.earned for option in item.options or []]
        for option in item.options or []:
            self._choice(fieldset, item, option.id, option.text, item.weight * option.earned)
        if self.checklist.unknown:
            self._choice(fieldset, item, "unknown", self.messages.text("unknown"), item.weight * min(points))
        if item.na:
            self._choice(fieldset, item, "na", self.messages.text("na"), None)
        self._advice(fieldset, path, item)

    def _choice(self, fieldset: Element, item: Item, value: str, text: str, points: int | None) -> None:
        label = SubElement(fieldset, "label")
        attributes = {"type": "radio", "name": item.id, "value": value}
        if points is not None and not self.checklist.outcomes:
            attributes["data-points"] = str(points)
        choice = SubElement(label, "input", attributes)
        # The space also keeps a text that starts with a brace from being read as an attribute list.
        self.write.after(choice, f" {text}")

    def _advice(self, parent: Element, path: Path, item: Item) -> None:
        if not (item.recommend or item.effort or item.cost or item.see or item.template):
            return
        advice = SubElement(parent, "div", {"data-advice": ""})
        texts: dict[str, list[str]] = {}
        for option, text in (item.recommend or {}).items():
            texts.setdefault(text, []).append(option)
        for text, options in texts.items():
            attributes = {} if EVERY_ANSWER in options else {"data-for": " ".join(options)}
            span = self.loaded.reading.span(*path, "recommend", options[0])
            self.write.inline(SubElement(advice, "p", attributes), text, span)
        if item.effort or item.cost or item.see:
            more = SubElement(advice, "p", {"data-more": ""})
            facts = [self._effort(item.effort)] if item.effort else []
            facts += [self.messages.text("cost", cost=item.cost)] if item.cost else []
            if facts:
                small = SubElement(more, "small")
                self.write.plain(small, " · ".join(facts))
                small.tail = " "
            self.links(more, item.see, (*path, "see"))
        if item.template:
            details = SubElement(advice, "details")
            self.write.plain(SubElement(details, "summary"), self.messages.text("template"))
            self.write.plain(SubElement(details, "pre"), item.template)

    def _effort(self, minutes: int) -> str:
        if minutes % _MINUTES_PER_DAY == 0:
            return self.messages.text("effort-days", count=minutes // _MINUTES_PER_DAY)
        if minutes % _MINUTES_PER_HOUR == 0:
            return self.messages.text("effort-hours", count=minutes // _MINUTES_PER_HOUR)
        return self.messages.text("effort-minutes", count=minutes)

    # Result

    def panel(self, form: Element, level: int, on_page: set[str], *, tally: bool) -> None:
        """The panel of the result. `on_page` names the sections whose questions are on this page, and `FRONT`."""
        # With its title, because a page may show the results of several.
        name = self.messages.text("result-of", title=self.checklist.title)
        panel = SubElement(form, "section", {"data-panel": "", "aria-label": in_attribute(name)})
        heading = SubElement(panel, f"h{level}", {"id": self.anchor("score")})
        self.write.plain(heading, self.messages.text("result"))
        self._calculator.panel(panel, level, on_page)
        self._decision.panel(panel, level)
        if self.checklist.bands:
            if self.checklist.inputs:
                words = SubElement(panel, f"h{min(level + 1, 6)}", {"data-of-answers": ""})
                self.write.plain(words, self.messages.text("result-of-answers"))
            if tally:
                self._tally(panel)
            self._scale(panel)
            SubElement(panel, "div", {"data-result": ""})
            self._bands(panel)
            self._section_table(panel, on_page)
            self._dimension_table(panel)
            self._method(panel)
        self._plan.panel(panel, level)
        self._elsewhere(panel, on_page)

    def way_to_result(self, form: Element) -> None:
        """What a part needs on a page without the panel: the words of the verdicts, and the way to the page that has it."""
        titles = SubElement(form, "dl", {"data-titles": "", "hidden": "hidden"})
        found = [(band.id, band.title) for band in self.checklist.bands]
        found += [(outcome.id, outcome.title) for outcome in self.checklist.outcomes]
        for name, title in found:
            box = SubElement(titles, "div", {"data-band": name})
            # In an element of its own: `attr_list` looks for attributes at the end of what stands in a `dt` directly.
            self.write.plain(SubElement(SubElement(box, "dt"), "span"), title)
        uri = self.site.locate(self.loaded.id, "score") if self.site else None
        if uri:
            way = SubElement(SubElement(form, "p", {"data-way": ""}), "a", {"href": f"/{uri}#{self.anchor('score')}"})
            self.write.plain(way, self.messages.text("to-result"))
            self.write.link(way, self.loaded.reading.span())

    def _tally(self, panel: Element) -> None:
        tally = SubElement(panel, "p", {"data-tally": ""})
        self.write.plain(tally, self.messages.text("tally-before") + " ")
        possible = sum(item.most for item in self.key.items)
        self.write.after(SubElement(tally, "output"), f" {self.messages.text('tally-after', possible=possible)}. ")
        critical = self.messages.text("critical")
        self.write.plain(SubElement(tally, "small"), self.messages.text("tally-help", critical=critical))

    def _scale(self, panel: Element) -> None:
        """The bands as a bar of 100 by 10 units; the script adds the marker."""
        svg = SubElement(
            panel,
            "svg",
            {
                "data-scale": "",
                "viewBox": "0 0 100 10",
                "preserveAspectRatio": "none",
                "aria-hidden": "true",
                "focusable": "false",
            },
        )
        low, high = self._ends()
        width = high - low or 1
        cuts = [max(low, cut) for _, cut in self.key.bands] + [high]
        cuts[0] = low
        for (name, _), start, end in zip(self.key.bands, cuts, cuts[1:], strict=False):
            attributes = {"data-band": name, "x": _decimal(Fraction(100 * (start - low), width)), "y": "0"}
            SubElement(
                svg, "rect", attributes | {"width": _decimal(Fraction(100 * (end - start), width)), "height": "10"}
            )

    def _ends(self) -> tuple[int, int]:
        """The ends of the scale, in the unit of the bands' cut scores."""
        if self.key.points:
            return self.key.sums
        low, high = self.key.range
        return low * 10**self.key.decimals, high * 10**self.key.decimals

    def _bands(self, panel: Element) -> None:
        dl = SubElement(panel, "dl", {"data-bands": ""})
        places = {band.id: n for n, band in enumerate(self.checklist.bands)}
        for name, band_title, scores_shown in self._bands_with_ranges():
            band = self.checklist.bands[places[name]]
            box = SubElement(dl, "div", {"data-band": name})
            dt = SubElement(box, "dt")
            title = SubElement(dt, "span")
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
        ends = (f"{low / 10**decimals:.{decimals}f}", f"{high / 10**decimals:.{decimals}f}")
        if low >= high:
            return self.messages.text("band-single", low=ends[0])
        return self.messages.text("band-range", low=ends[0], high=ends[1])

    def _hand_points(self, name: str) -> str:
        """The points that lead to a band when every question is answered, for scoring by hand."""
        if self.key.points or self.key.by_section:
            return ""
        least, most = sum(i.least for i in self.key.items), sum(i.most for i in self.key.items)
        low, high = self._ends()
        starts = [least]
        for _, cut in self.key.bands[1:]:
            # The least points whose number, rounded half up, reaches the cut score.
            starts.append(max(least, ceil(least + (cut - Fraction(1, 2) - low) * Fraction(most - least, high - low))))
        index = [band for band, _ in self.key.bands].index(name)
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
            short = {"data-short": section.label} if section.label else {}
            row = SubElement(body, "tr", {"data-section": section.id, **short})
            name = SubElement(row, "th", {"scope": "row"})
            title = f"{section.label}: {section.title}" if section.label else section.title
            self._place_link(name, title, section.id, section.id, on_page)
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
            self.write.plain(SubElement(row, "th", {"scope": "row"}), titles.get(name, name))
            SubElement(row, "td")

    def _score_table(self, panel: Element, caption: str) -> Element:
        # A class and no attribute: themes dress every table that has none.
        table = SubElement(panel, "table", {"class": "checklist-sections"})
        self.write.plain(SubElement(table, "caption"), self.messages.text(caption))
        return SubElement(table, "tbody")

    def _method(self, panel: Element) -> None:
        details = SubElement(panel, "details", {"data-method": ""})
        self.write.plain(SubElement(details, "summary"), self.messages.text("method"))
        method = Method(self.checklist, self.key, self.loaded.proof, self.messages)
        self.write.plain(SubElement(details, "p"), method.rules())
        self.write.plain(SubElement(details, "p"), method.patterns())
        ul = SubElement(details, "ul")
        for share in method.shares(self._bands_with_ranges()):
            self.write.plain(SubElement(ul, "li"), share)
        self.proof_of_rules(details)
        self.write.plain(SubElement(details, "p"), method.standing())

    def _bands_with_ranges(self) -> list[tuple[str, str, str]]:
        """Id, title and scores of each band, the best first."""
        titles = {band.id: band.title for band in self.checklist.bands}
        found, top = [], self._ends()[1]
        for name, cut in reversed(self.key.bands):
            found.append((name, titles[name], self._range(cut, top, self.key.decimals)))
            top = cut - 1
        return found

    def _elsewhere(self, panel: Element, on_page: set[str]) -> None:
        """Cards with the words of questions that stand on other pages, so that the result can name them."""
        away = [
            (n, section)
            for n, section in enumerate(self.checklist.sections)
            if section.id not in on_page and section.items
        ]
        if not away:
            return
        ul = SubElement(panel, "ul", {"data-elsewhere": "", "hidden": "hidden"})
        for n, section in away:
            for i, item in enumerate(section.items):
                card = SubElement(ul, "li", {"data-item": item.id})
                self._place_link(card, item.text, section.id, item.id, on_page)
                self._advice(card, ("sections", n, "items", i), item)

    def _place_link(self, parent: Element, text: str, section: str, name: str, on_page: set[str]) -> None:
        """A link to a section or question, on this page or where it is; just its words where nobody knows."""
        if section in on_page:
            href = f"#{self.anchor(name)}"
        else:
            uri = self.site.locate(self.loaded.id, section) if self.site else None
            href = f"/{uri}#{self.anchor(name)}" if uri else ""
        element = SubElement(parent, "a", {"href": href}) if href else SubElement(parent, "span")
        self.write.plain(element, text)
        if href.startswith("/"):
            self.write.link(element, self.loaded.reading.span())


def tally_css(keys: Iterable[ScoringKey]) -> str:
    """The rules that count points without a script: one for each value that an answer can have."""
    values = {value for key in keys for item in key.items for value in _values(item)}
    rules = (
        f'input[data-points="{value}"]:checked{{counter-increment:checklist-points {value}}}'
        for value in sorted(values)
        if value
    )
    return "\n".join(rules)


def _values(item: ItemKey) -> list[int]:
    return [item.weight * points for points in item.points.values()]


def _decimal(value: Fraction) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def report_element(text: str, messages: Messages) -> Element:
    """What stands in place of a checklist that can't be shown while an author is at work on it."""
    box = Element("div", {"class": "checklist-report", "role": "alert"})
    SubElement(SubElement(box, "p"), "strong").text = messages.text("report")
    SubElement(box, "pre").text = text
    return box
