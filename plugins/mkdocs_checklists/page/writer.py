"""What every part of a checklist's page is written with: its data, its words, and how its texts get into the tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from ..diagnostics.diagnostic import Span
from ..library.loaded import LoadedChecklist
from ..model.addresses import Site, root_target
from ..model.checklist import Checklist
from ..reading.reader import Path
from ..scoring.key import ScoringKey
from ..words.formulas import FormulaWords
from ..words.messages import Messages
from ..words.method_proof import RulesMethod


class TextWriter(Protocol):
    """Puts text of the three kinds into the tree. `Span` is where it stands in the YAML file, for what is wrong with its links."""

    def plain(self, element: Element, text: str) -> None:
        """Text that nothing may interpret, as the content of an element that is empty so far."""

    def after(self, element: Element, text: str) -> None:
        """Text that nothing may interpret, right behind an element."""

    def inline(self, element: Element, text: str, span: Span) -> None:
        """Inline Markdown."""

    def block(self, element: Element, text: str, span: Span) -> None:
        """Markdown with paragraphs and lists."""

    def link(self, element: Element, span: Span) -> None:
        """Takes note of a link that was made from data."""


def in_attribute(text: str) -> str:
    """Text as the value of an attribute. The serialiser takes `&lt;` for a character reference; the author wants it to be read."""
    return text.replace("&", "&amp;")


@dataclass
class PartWriter:
    """Writes parts of one checklist on one page."""

    loaded: LoadedChecklist
    messages: Messages
    write: TextWriter
    site: Site | None = None
    page: str | None = None
    checklist: Checklist = field(init=False)
    key: ScoringKey = field(init=False)

    def __post_init__(self) -> None:
        assert self.loaded.checklist is not None
        self.checklist, self.key = self.loaded.checklist, self.loaded.key

    def anchor(self, name: str) -> str:
        """The stable anchor of a section, an item, an input or the result (`score`)."""
        return f"{self.loaded.id}--{name}"

    def facts(self, parent: Element) -> None:
        """How much there is to answer, how long that takes, and when somebody last looked it all over."""
        questions, numbers = len(self.key.items), len(self.checklist.inputs)
        facts = [self.messages.text("questions", count=questions)] if questions else []
        facts += [self.messages.text("numbers", count=numbers)] if numbers else []
        facts.append(self.messages.text("minutes", count=self.checklist.minutes))
        meta = SubElement(parent, "p", {"data-meta": ""})
        if not self.checklist.reviewed:
            self.write.plain(meta, " · ".join(facts))
            return
        self.write.plain(meta, " · ".join([*facts, self.messages.text("reviewed") + " "]))
        time = SubElement(meta, "time", {"datetime": self.checklist.reviewed.isoformat()})
        self.write.plain(time, self.messages.day(self.checklist.reviewed))

    def conditional(
        self, parent: Element, name: str, when: str | None, tag: str, attributes: Mapping[str, str] | None = None
    ) -> Element:
        """An element for what a condition may hide; a plain `div` without a condition would be in the way, so then the parent."""
        attributes = dict(attributes or {})
        if when is None:
            return parent if tag == "div" else SubElement(parent, tag, attributes)
        return SubElement(parent, tag, {**attributes, "data-when": name})

    def condition(self, place: Element, path: Path, when: str | None) -> None:
        """The `when` of the part at `path` in words, for those who read without a script."""
        if when is not None:
            tree = self.loaded.tree(*path, "when")
            words = FormulaWords(self.checklist, self.messages).plain_condition(tree, "only-if")
            self.write.plain(SubElement(place, "p", {"data-condition": ""}), words)

    def proof_of_rules(self, place: Element) -> None:
        """What was proved of outcomes, conditions and figures, and where the ways to answer lead."""
        method = RulesMethod(self.key, self.loaded.rules_proof, self.messages)
        if patterns := method.patterns():
            self.write.plain(SubElement(place, "p"), patterns)
            ul = SubElement(place, "ul")
            for share in method.shares([(outcome.id, outcome.title) for outcome in self.checklist.outcomes]):
                self.write.plain(SubElement(ul, "li"), share)
        if proved := method.proved():
            self.write.plain(SubElement(place, "p"), proved)

    def anchors(self, parent: Element, *names: str) -> None:
        """Places that links lead to, such as those of earlier ids."""
        for name in names:
            SubElement(parent, "span", {"id": self.anchor(name)})

    def links(self, parent: Element, links: list[str], path: Path) -> None:
        """Links to where one can read on, with commas between them; `path` is where the list stands in the file."""
        for n, link in enumerate(links):
            if n:
                parent[-1].tail = ", "
            a = SubElement(parent, "a", {"href": link})
            self.write.plain(a, link_text(link, self.page, self.site))
            self.write.link(a, self.loaded.reading.span(*path, n))


def link_text(link: str, page: str | None, site: Site | None) -> str:
    """The words of a link that has none of its own: the title of its page, the host of another site.

    A link to a section starts with the section: two links to one page would look alike, and its own page's title would tell
    the reader nothing.
    """
    target = root_target(link, page)
    if target is None:
        return (urlsplit(link).hostname or link) if "://" in link else link.removeprefix("mailto:")
    title = (site.title(target.uri) if site else None) or re.sub(r"\.md$", "", target.uri)
    heading = site.heading(target) if site and target.fragment else None
    if heading is None or heading == title:
        return title
    return heading if target.uri == page else f"{heading} ({title})"
