"""The advice that goes with an answer: what to do, what that takes, where to read on, a text to copy."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from ..model.checklist import Item
from ..model.fields import EVERY_ANSWER
from ..reading.tree import Path
from .writer import PartWriter

_MINUTES_PER_HOUR, _MINUTES_PER_DAY = 60, 8 * 60


class AdviceWriter(PartWriter):
    """Writes the advice of items: below a question, and in the result where its question is on another page."""

    def advice(self, parent: Element, path: Path, item: Item) -> None:
        """All that an item has of it; `path` leads to the item in the file."""
        if not (item.recommend or item.effort or item.cost or item.see or item.template):
            return
        advice = SubElement(parent, "div", {"data-advice": ""})
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
            details = SubElement(advice, "details")
            self.write.plain(SubElement(details, "summary"), self.messages.text("template"))
            self.write.plain(SubElement(details, "pre", self.foreign), item.template)

    def _effort(self, minutes: int) -> str:
        if minutes % _MINUTES_PER_DAY == 0:
            return self.messages.text("effort-days", count=minutes // _MINUTES_PER_DAY)
        if minutes % _MINUTES_PER_HOUR == 0:
            return self.messages.text("effort-hours", count=minutes // _MINUTES_PER_HOUR)
        return self.messages.text("effort-minutes", count=minutes)
