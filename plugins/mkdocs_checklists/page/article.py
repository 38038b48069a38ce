"""A checklist to elements: title and introduction, sections, questions with native radio buttons or check boxes, then the result.

The page is complete before any script runs. Elements, not strings: inserted by the Markdown extension, they get inline
Markdown, the table of contents and link rewriting from the page's own pipeline, and its serialiser escapes the text.
"""

from __future__ import annotations

from functools import cached_property
from xml.etree.ElementTree import Element, SubElement

from ..model.answers import Answer, Beside, beside
from ..model.checklist import Item, Section
from ..reading.tree import Path
from ..scoring.answers import is_alone, points_of
from ..scoring.key import ItemKey
from ..words.messages import Messages, language_attributes
from .calculator import FRONT
from .part import Part
from .result import ResultWriter
from .writer import PartWriter, own_language

ITEM_HEADING = "scored-item-heading-{}"
"""Tag of a question until the table of contents is made: then it becomes a heading, which so gets no entry and no permalink."""


_MOST_WORDS = 2_000
"""Characters that a reader may write into one field."""


class Renderer(PartWriter):
    """Renders the parts of one checklist on one page."""

    @cached_property
    def result(self) -> ResultWriter:
        """The writer of the result, with those of its parts, of which some also write among the questions."""
        return self.other(ResultWriter)

    def sections(self, part: Part) -> list[tuple[int, Section]]:
        """The sections that a part shows, each with its number in the file."""
        return [(n, section) for n, section in enumerate(self.checklist.sections) if part.shows(section.id)]

    def element(self) -> tuple[Element, Element]:
        """The custom element of one part and the form in it. `method=dialog`: Enter never leaves the page."""
        attributes = {"data-checklist": self.loaded.id, "data-key": self.loaded.key_json}
        element = Element("scored-checklist", {**attributes, **own_language(self.messages, self.site)})
        return element, SubElement(element, "form", {"method": "dialog"})

    def render(self, part: Part) -> list[Element]:
        """The elements of a part that shows questions. A part that shows only the result is written by `result`."""
        element, form = self.element()
        whole = part.is_whole
        elements = [element]
        level = part.level
        if whole:
            # Before the custom element: site generators take a page's title from a heading at the top of the tree.
            title = Element(f"h{level}", {"id": self.loaded.id, **self.title_language()})
            self.write.plain(title, self.checklist.title)
            elements.insert(0, title)
            self._introduction(form)
            level += 1
        if self._is_first(part):
            self.anchors(form, "score--steps")
        self.result.plan.runs(form)
        if part.shows_front:
            self.result.calculator.inputs(form, None)
        for n, section in self.sections(part):
            place = self.conditional(form, section.id, section.when, "div")
            self.condition(place, ("sections", n), section.when)
            if part.show == "all":
                self._section(place, n, section, level)
            elif section.items:
                # The table of the result leads to each section, also where its heading is not shown.
                self.anchors(place, section.id, *section.was)
            self._lead_in(place, n, section)
            for i, item in enumerate(section.items):
                self._item(place, ("sections", n, "items", i), item, min(level + (part.show == "all"), 6))
            self.result.calculator.inputs(place, section.id)
        if whole:
            self.result.panel(form, level, {FRONT, *(section.id for section in self.checklist.sections)}, tally=True)
        return elements

    def _is_first(self, part: Part) -> bool:
        """Whether it has the first questions of the checklist, and so the place that a link to the questions alone leads to."""
        first = next((section.id for section in self.checklist.sections if section.items), None)
        return first is not None and part.shows(first)

    # Introduction and sections

    def title_language(self) -> dict[str, str]:
        """Of the title, which is outside the element with our own words."""
        page = self.site.language() if self.site else None
        is_said = "language" in self.checklist.model_fields_set
        return language_attributes(self.checklist.language, page) if is_said else {}

    def _introduction(self, form: Element) -> None:
        if self.checklist.summary:
            self.write.inline(SubElement(form, "p"), self.checklist.summary, self.loaded.reading.span("summary"))
        self.facts(form)
        if len(self.key.items) > 1:
            # Without a script it leads to the first question, which is right below.
            way = SubElement(form, "p", {"data-way-of-steps": ""})
            self.write.plain(
                SubElement(way, "a", {"href": f"#{self.anchor('score--steps')}"}), self.messages.text("steps-link")
            )
        SubElement(form, "p", {"data-notice": ""})

    def _section(self, form: Element, n: int, section: Section, level: int) -> None:
        self.anchors(form, *section.was)
        heading = SubElement(form, f"h{level}", {"id": self.anchor(section.id), **self.foreign})
        if section.label:
            label = SubElement(heading, "span", {"data-label": ""})
            self.write.plain(label, section.label)
            self.write.plain(SubElement(label, "span"), self.messages.text("colon"))
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
        self.see(form, section.see, path)

    # Questions

    def _lead_in(self, form: Element, n: int, section: Section) -> None:
        if section.lead_in and section.items:
            attributes = {"data-lead-in": "", "id": self.anchor(f"{section.id}--lead-in")}
            self.passage(form, attributes, section.lead_in, ("sections", n, "lead_in"))

    def _item(self, form: Element, path: Path, item: Item, level: int) -> None:
        section = self.checklist.sections[int(path[1])]
        # Read out with each question: who comes to one by a link has not heard what all of them begin with.
        notes = [f"{section.id}--lead-in"] if section.lead_in else []
        notes += [f"{item.id}--help"] if item.help else []
        key = self._item_keys[item.id]
        notes += [f"{item.id}--choose"] if key.many else []
        described = {"aria-describedby": " ".join(map(self.anchor, notes))} if notes else {}
        example = {"data-example": item.example} if item.example else {}
        fieldset = self.conditional(form, item.id, item.when, "fieldset", {**described, **example})
        legend = SubElement(fieldset, "legend")
        self.anchors(legend, *item.was)
        heading = SubElement(legend, ITEM_HEADING.format(level), {"id": self.anchor(item.id)})
        self.write.phrase(heading, item.text)
        if item.caps:
            self.write.plain(SubElement(legend, "small"), self.messages.text("critical"))
        self.condition(fieldset, path, item.when)
        if item.help:
            self.passage(fieldset, {"id": self.anchor(f"{item.id}--help")}, item.help, (*path, "help"))
        if key.many:
            words = "choose-many" if item.at_most is None else "choose-at-most"
            place = SubElement(fieldset, "p", {"id": self.anchor(f"{item.id}--choose")})
            self.write.plain(place, self.messages.text(words, count=key.many.at_most))
        for answer, text in self.answers(item).items():
            self._choice(fieldset, key, answer, text)
        self._beside(fieldset, item)
        self.result.advice.advice(fieldset, path, item)

    def _beside(self, fieldset: Element, item: Item) -> None:
        """Fields for what the reader may write beside her answer. Their names are no item's, so nothing takes them for answers."""
        prompt = item.note if isinstance(item.note, str) else self.messages.text("note-prompt") if item.note else ""
        if prompt:
            field = {"rows": "2", "maxlength": str(_MOST_WORDS)}
            self._field_beside(fieldset, item, "words", prompt, "textarea", field)
        if item.evidence:
            field = {"type": "url", "maxlength": str(_MOST_WORDS), "inputmode": "url"}
            self._field_beside(fieldset, item, "evidence", self.messages.text("evidence-prompt"), "input", field)

    def _field_beside(
        self, fieldset: Element, item: Item, kind: Beside, prompt: str, tag: str, attributes: dict[str, str]
    ) -> None:
        name = self.anchor(f"{item.id}--{kind}")
        place = SubElement(fieldset, "div", {"data-beside": beside(item.id, kind)})
        foreign = self.foreign if prompt == item.note else {}
        self.write.plain(SubElement(place, "span", {"id": name, **foreign}), prompt)
        # Named by the question too: a list of fields, as screen readers offer it, has these without it.
        named = f"{name} {self.anchor(item.id)}"
        SubElement(
            place, tag, {**attributes, "name": beside(item.id, kind), "aria-labelledby": named, "autocomplete": "off"}
        )

    @cached_property
    def _item_keys(self) -> dict[str, ItemKey]:
        return {item.id: item for item in self.key.items}

    def _choice(self, fieldset: Element, item: ItemKey, answer: Answer, text: str) -> None:
        label = SubElement(fieldset, "label", self.foreign if answer in item.points else {})
        attributes = {"type": "checkbox" if item.many else "radio", "name": item.id, "value": answer}
        if item.many and is_alone(item, answer):
            attributes["data-excludes"] = ""
        points = points_of(item, answer)
        if points is not None and not self.checklist.outcomes:
            attributes["data-points"] = str(item.weight * points)
        choice = SubElement(label, "input", attributes)
        # The space also keeps a text that starts with a brace from being read as an attribute list.
        self.write.after(choice, f" {text}")


def report_element(text: str, messages: Messages) -> Element:
    """Shown instead of a checklist with mistakes while an author is at work on it."""
    box = Element("div", {"class": "checklist-report", "role": "alert"})
    SubElement(SubElement(box, "p"), "strong").text = messages.text("report")
    SubElement(box, "pre").text = text
    return box
