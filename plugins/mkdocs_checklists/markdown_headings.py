"""The headings of a page that may not be rendered yet: their words, and the places in the page that bear them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown.extensions.toc import slugify

from .directives import outside_fences
from .markdown_text import without_emphasis

_HEADING = re.compile(r"#{2,6} +(?P<words>.+?)(?: +#+)?(?: *\{[^}#]*(?:#(?P<id>[^\s}]+)[^}]*)?\})?$")


def without_markup(heading: str) -> str:
    """The words of a heading, near enough for the text of a link."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return html.unescape(without_emphasis(words))


def find_headings(text: str, toc: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Place and words of each heading below the title; `toc` are the options of Markdown's table of contents."""
    make_id, separator = toc.get("slugify", slugify), toc.get("separator", "-")
    for line in outside_fences(text.splitlines()):
        if heading := _HEADING.match(line):
            words = without_markup(heading["words"])
            yield heading["id"] or make_id(words, separator), words
