"""What every part of a checklist's page is written with: its data, its words, and how its texts get into the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import Protocol, TypeVar
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from ..diagnostics.diagnostic import Span
from ..library.loaded import LoadedChecklist
from ..model.addresses import root_target
from ..model.answers import NA, UNKNOWN, Answer
from ..model.checklist import SECONDS_PER_NUMBER, SECONDS_PER_QUESTION, Checklist, Item, Section
from ..reading.tree import Path
from ..scoring.key import ScoringKey
from ..words.formulas import FormulaWords
from ..words.messages import Messages, language_attributes
from ..words.method_proof import RulesMethod
from .site import Site

_MINUTES_PER_HOUR, _MANY_HOURS = 60, 10


class TextWriter(Protocol):
    """Puts text of the three kinds into the tree. `Span` is its span in the YAML file, for diagnostics about its links."""

    def plain(self, element: Element, text: str) -> None:
        """Literal text, as the content of an element that is empty so far."""

    def after(self, element: Element, text: str) -> None:
        """Literal text, right behind an element."""

    def inline(self, element: Element, text: str, span: Span) -> None:
        """Inline Markdown."""

    def block(self, element: Element, text: str, span: Span) -> None:
        """Markdown with paragraphs and lists."""

    def passage(self, element: Element, text: str, span: Span) -> None:
        """Markdown with paragraphs, lists and code, and without headings of its own."""

    def phrase(self, element: Element, text: str) -> None:
        """Literal text with code and emphasis, as the content of an element that is empty so far."""

    def link(self, element: Element, span: Span) -> None:
        """The page has a link that was made from data: it is checked and resolved like one in a text."""


def literal(text: str) -> str:
    """Text as the serialiser has to get it so that readers see what the author typed: it takes `&lt;` for a character reference.

    Needed for attributes; what goes through a `TextWriter` is made literal there.
    """
    return text.replace("&", "&amp;")


_Writer = TypeVar("_Writer", bound="PartWriter")


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

    def other(self, kind: type[_Writer]) -> _Writer:
        """A writer of another kind, for the same checklist on the same page."""
        return kind(self.loaded, self.messages, self.write, self.site, self.page)

    @cached_property
    def foreign(self) -> dict[str, str]:
        """`lang` and `dir` of the file's texts, where our own words around them are in another language."""
        return text_language(self.checklist, self.messages, self.site)

    def anchor(self, name: str) -> str:
        """The stable anchor of a section, an item, an input or the result (`score`)."""
        return f"{self.loaded.id}--{name}"

    def labelled_title(self, section: Section) -> str:
        """The title of a section, after its label if it has one."""
        return f"{section.label}{self.messages.text('colon')}{section.title}" if section.label else section.title

    def answers(self, item: Item) -> dict[Answer, str]:
        """The words of every answer that a question offers, in the order of the page."""
        words = {option.id: option.text for option in item.options or []}
        if self.checklist.unknown:
            words[UNKNOWN] = self.messages.text("unknown")
        if item.na:
            words[NA] = self.messages.text("na")
        return words

    def passage(self, parent: Element, attributes: Mapping[str, str], text: str, path: Path) -> None:
        """A paragraph; a text of several lines may hold several of them, lists and code. `path` leads to it in the file."""
        span = self.loaded.reading.span(*path)
        if "\n" in text:
            self.write.passage(SubElement(parent, "div", dict(attributes)), text, span)
        else:
            self.write.inline(SubElement(parent, "p", dict(attributes)), text, span)

    def facts(self, parent: Element) -> None:
        """How much there is to answer at most, how long that takes, and when somebody last looked it all over."""
        meta = SubElement(parent, "p", {"data-meta": ""})
        if not self.checklist.reviewed:
            self.write.plain(meta, self.facts_in_words())
            return
        self.write.plain(meta, " · ".join([self.facts_in_words(), self.messages.text("reviewed") + " "]))
        time = SubElement(meta, "time", {"datetime": self.checklist.reviewed.isoformat()})
        self.write.plain(time, self.messages.day(self.checklist.reviewed))

    def facts_in_words(self) -> str:
        """How many questions and numbers a reader is asked at most, and how long that takes."""
        path, say = self.loaded.longest_path, self.messages.text
        facts = []
        for name, most, there in (
            ("questions", path.questions, len(self.key.items)),
            ("numbers", path.numbers, len(self.checklist.inputs)),
        ):
            if there:
                words = say(name, count=most)
                facts.append(words if most == there else say("up-to", value=words))
        seconds = path.questions * SECONDS_PER_QUESTION + path.numbers * SECONDS_PER_NUMBER
        return " · ".join([*facts, self._duration(seconds)])

    def _duration(self, seconds: int) -> str:
        """How long it takes: in minutes up to an hour, then in hours, of which half ones count up to ten."""
        minutes = max(1, ceil(seconds / 60))
        if minutes <= _MINUTES_PER_HOUR:
            return self.messages.text("minutes", count=minutes)
        hours = Decimal(ceil(minutes / 30)) / 2
        return self.messages.text("hours", count=hours if hours < _MANY_HOURS else ceil(hours))

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

    def fold(self, panel: Element, name: str, summary: str) -> Element:
        """A fold of the result, closed where a script runs; the reader's choice is remembered by `name`."""
        fold = SubElement(panel, "details", {"data-fold": name})
        self.write.plain(SubElement(fold, "summary"), self.messages.text(summary))
        return fold

    def method(
        self, panel: Element, rules: str, standing: str, patterns: str = "", shares: Iterable[str] = ()
    ) -> Element:
        """The fold *How this is scored*: the rules, where the ways to answer lead, what was proved, how old all that is."""
        fold = SubElement(panel, "details", {"data-method": ""})
        self.write.plain(SubElement(fold, "summary"), self.messages.text("method"))
        self.write.plain(SubElement(fold, "p"), rules)
        self._patterns(fold, patterns, shares)
        proof = RulesMethod(self.key, self.loaded.rules_proof, self.messages)
        outcomes = [(outcome.id, outcome.title) for outcome in self.checklist.outcomes]
        self._patterns(fold, proof.patterns(), proof.shares(outcomes))
        if proved := proof.proved():
            self.write.plain(SubElement(fold, "p"), proved)
        self.write.plain(SubElement(fold, "p"), standing)
        return fold

    def _patterns(self, fold: Element, patterns: str, shares: Iterable[str]) -> None:
        if not patterns:
            return
        self.write.plain(SubElement(fold, "p"), patterns)
        ul = SubElement(fold, "ul")
        for share in shares:
            self.write.plain(SubElement(ul, "li"), share)

    def anchors(self, parent: Element, *names: str) -> None:
        """Places that links lead to, such as those of earlier ids."""
        for name in names:
            SubElement(parent, "span", {"id": self.anchor(name)})

    def elsewhere(self, panel: Element, attribute: str, away: list[tuple[str, str, str]]) -> list[Element]:
        """Hidden cards of what is asked on other pages, so that the result can name it and lead there.

        `attribute` takes the id: `data-item` or `data-input`; `away` has the id, words and section of each.
        """
        if not away:
            return []
        ul = SubElement(panel, "ul", {"data-elsewhere": "", "hidden": "hidden"})
        cards = [SubElement(ul, "li", {attribute: name}) for name, _, _ in away]
        for card, (name, text, section) in zip(cards, away, strict=True):
            self.link_to_page(card, text, section, name, is_phrase=attribute == "data-item")
        return cards

    def link_to_page(self, parent: Element, text: str, section: str, name: str, *, is_phrase: bool = False) -> None:
        """A link to something of a section on another page; only its words where no page is known to show the section."""
        write = self.write.phrase if is_phrase else self.write.plain
        uri = self.site.locate(self.loaded.id, section) if self.site else None
        if not uri:
            write(SubElement(parent, "span"), text)
            return
        link = SubElement(parent, "a", {"href": f"/{uri}#{self.anchor(name)}"})
        write(link, text)
        self.write.link(link, self.loaded.reading.span())

    def see(self, parent: Element, links: list[str], path: Path) -> None:
        """The paragraph that says where to read on, if there is such; `path` leads to what has the links in the file."""
        if links:
            paragraph = SubElement(parent, "p", {"data-see": ""})
            self.write.plain(paragraph, self.messages.text("see") + " ")
            self.links(paragraph, links, (*path, "see"))

    def links(self, parent: Element, links: list[str], path: Path) -> None:
        """Links to where one can read on, with commas between them; `path` leads to the list in the file."""
        for n, link in enumerate(links):
            if n:
                self.write.after(parent[-1], self.messages.text("comma"))
            a = SubElement(parent, "a", {"href": link})
            self.write.plain(a, link_text(link, self.page, self.site))
            self.write.link(a, self.loaded.reading.span(*path, n))


def own_language(messages: Messages, site: Site | None) -> dict[str, str]:
    """`lang` and `dir` of our own words, where the page around them is in another language."""
    return {} if messages.are_of_site else language_attributes(messages.language, site.language() if site else None)


def text_language(checklist: Checklist, messages: Messages, site: Site | None) -> dict[str, str]:
    """`lang` and `dir` of the texts of a checklist among the words of a catalogue.

    A file that does not say its language is taken for one in the language of the page.
    """
    page = site.language() if site else None
    language = checklist.language if "language" in checklist.model_fields_set else page
    around = page if messages.are_of_site else messages.language
    return language_attributes(language, around) if language else {}


def link_text(link: str, page: str | None, site: Site | None) -> str:
    """The words of a link that was written without any: the title of its page, the host of another site.

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
