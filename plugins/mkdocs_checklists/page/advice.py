"""The advice that goes with an answer: what to do, what that takes, where to read on, a text to copy."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from ..model.blanks import Piece, blanks, pieces
from ..model.checklist import Item
from ..model.fields import EVERY_ANSWER
from ..reading.tree import Path
from .writer import PartWriter

_MINUTES_PER_HOUR, _MINUTES_PER_DAY = 60, 8 * 60


class AdviceWriter(PartWriter):
    """Writes the advice of items: below a question, and in the result where its question is on another page."""

    def advice(self, parent: Element, path: Path, item: Item) -> None:
        """All that an item has of it; `path` leads to the item in the file."""
        if not (item.recommend or item.action or item.effort or item.cost or item.see or item.template):
            return
        advice = SubElement(parent, "div", {"data-advice": ""})
        if item.given:
            # Nobody can mend it; what follows is where to turn.
            self.write.plain(
                SubElement(SubElement(advice, "p", {"data-given": ""}), "small"), self.messages.text("given")
            )
        if item.action:
            self.write.plain(SubElement(SubElement(advice, "p", {"data-action": ""}), "strong"), item.action)
        texts: dict[str, list[str]] = {}
        for option, text in (item.recommend or {}).items():
            texts.setdefault(text, []).append(option)
        for text, options in texts.items():
            attributes = {} if EVERY_ANSWER in options else {"data-for": " ".join(options)}
            self.passage(advice, attributes, text, (*path, "recommend", options[0]))
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
            self.template(advice, item.template, "template")

    def template(self, parent: Element, text: str, summary: str) -> None:
        """A text to copy, folded; `summary` is the message above it. A script fills its blanks from the list of words below it."""
        named = dict.fromkeys(blanks(text))
        details = SubElement(parent, "details", {"data-template": ""} if named else {})
        self.write.plain(SubElement(details, "summary"), self.messages.text(summary))
        pre = SubElement(details, "pre", self.foreign)
        if not named:
            self.write.plain(pre, "".join(piece.text for piece in pieces(text)))
            return
        for line in text.splitlines(keepends=True):
            found = list(pieces(line))
            # What stands alone on its line goes with it where there is nothing to say.
            place = SubElement(pre, "span", {"data-line": ""}) if blanks(line) else pre
            for piece in found:
                self._piece(place, piece)
        words = SubElement(details, "ul", {"hidden": "hidden", **self.foreign})
        for item in self.checklist.items:
            if item.id in named:
                self._words(words, item)

    def _piece(self, place: Element, piece: Piece) -> None:
        # In an element of its own: `attr_list` looks for attributes in text behind an element.
        if piece.item is None:
            self.write.plain(SubElement(place, "span"), piece.text)
        else:
            self.write.plain(SubElement(place, "span", {"data-gap": piece.item}), self.messages.text("blank"))

    def _words(self, words: Element, item: Item) -> None:
        """What a blank stands for: before there is an answer, and after each that has words."""
        self.write.plain(SubElement(words, "li", {"data-fills": item.id}), self.messages.text("blank"))
        texts = item.clauses or {option.id: option.text for option in item.options or []}
        for answer in self.answers(item):
            if item.clauses or answer in texts:
                entry = SubElement(words, "li", {"data-fills": item.id, "data-for": answer})
                self.write.plain(entry, texts.get(answer, "").rstrip("\n"))

    def _effort(self, minutes: int) -> str:
        if minutes % _MINUTES_PER_DAY == 0:
            return self.messages.text("effort-days", count=minutes // _MINUTES_PER_DAY)
        if minutes % _MINUTES_PER_HOUR == 0:
            return self.messages.text("effort-hours", count=minutes // _MINUTES_PER_HOUR)
        return self.messages.text("effort-minutes", count=minutes)
