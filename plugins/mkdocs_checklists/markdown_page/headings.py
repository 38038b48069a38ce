"""The headings of a page that may not be rendered yet: their words, and the places in the page that bear them."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markdown.extensions.toc import slugify

from ..page.page_text import outside_fences
from ..reading.scanning import Ahead
from .text import without_emphasis


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is typed: how many signs before it, its words as Markdown, and its anchor where it names one."""

    level: int
    words: str
    anchor: str = ""


def read_heading(line: str) -> Heading | None:
    """The heading that a line is: `## Words ## {#anchor .class}`, where all but signs and words may be missing."""
    level = len(line) - len(line.lstrip("#"))
    rest = line[level:]
    text = rest.lstrip(" ")
    if not 1 <= level <= 6 or text == rest:
        return None
    if not text:
        # Of spaces alone, the last one is the words.
        return Heading(level, " ") if len(rest) > 1 else None
    end, anchor = _attributes(text, is_title=level == 1)
    before = text[:end].rstrip("#")
    if len(before) < end and before.endswith(" "):
        end = len(before.rstrip(" "))
    return Heading(level, text[:end], anchor)


def _attributes(text: str, *, is_title: bool) -> tuple[int, str]:
    """Where the attributes at the end of a heading start, with the spaces before them, and the anchor in them.

    That of a title is not asked for: a link to it leads to the page.
    """
    if not text.endswith("}"):
        return len(text), ""
    last = len(text) - 1
    # Between the two braces there is no closing one, and what follows the first sign of an anchor is an anchor.
    start = text.find("{", max(text.rfind("}", 0, last) + 1, 1))
    while start >= 0:
        sign = text.find("#", start)
        if sign < 0 or is_title:
            return len(text[:start].rstrip(" ")), ""
        if not text[sign + 1].isspace() and sign + 1 < last:
            return len(text[:start].rstrip(" ")), text[sign + 1 : last].split(maxsplit=1)[0]
        start = text.find("{", sign)
    return len(text), ""


def without_markup(heading: str) -> str:
    """The words of a heading, near enough for the text of a link."""
    return html.unescape(without_emphasis(without_links(Ahead(heading))))


def without_links(ahead: Ahead) -> str:
    """Markdown with the words of each link and picture in its place."""
    text, done, at = ahead.text, 0, 0
    parts: list[str] = []
    while (at := ahead.find("[", at)) < len(text):
        close = ahead.find("]", at + 1)
        end = ahead.ends(")", ")", close + 2) if text.startswith("](", close) else 0
        if end:
            start = at - 1 if at > done and text[at - 1] == "!" else at
            parts += text[done:start], text[at + 1 : close]
            done = end
        at = end or at + 1
    return "".join([*parts, text[done:]])


def find_headings(text: str, toc: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Place and words of each heading below the title; `toc` are the options of Markdown's table of contents."""
    make_id, separator = toc.get("slugify", slugify), toc.get("separator", "-")
    for line in outside_fences(text.splitlines()):
        heading = read_heading(line)
        if heading is not None and heading.level > 1:
            words = without_markup(heading.words)
            yield heading.anchor or make_id(words, separator), words
