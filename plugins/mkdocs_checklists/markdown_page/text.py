"""Texts of a checklist on their way through a page's pipeline of Markdown: literal text is kept from being interpreted."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from ..page.writer import literal

# In Markdown of a checklist these stand for themselves: no raw HTML, no attribute lists, no directives. They travel through the
# page's pipeline as characters that no text can hold (`source` refuses them), which every extension leaves in one piece.
SUBSTITUTES = {"<": "\ufdd0", "{": "\ufdd1", ":::": "\ufdd2", "[": "\ufdd3"}
# An address in angle brackets is Markdown, not HTML.
_NO_AUTOLINK = re.compile(r"<(?!https?://[^<>\s]+>|[\w.+-]+@[\w-]+(?:\.[\w-]+)+>)")
FENCE = re.compile(r"^\s*(?P<mark>`{3,}|~{3,})[ \t]*(?P<rest>.*)$")
# A line between words is not looked at again at each of its characters.
_EMPHASIS = re.compile(r"\*+|`+|(?<!\w)_++|(?<!_)_++(?!\w)")
_TAG = re.compile("<[^>]*+(?P<close>>?)")
_FENCE_OPTIONS = re.compile(r"\{[ \t]*\.?(?P<language>[\w#+-]*).*$")


def verbatim(text: str) -> AtomicString:
    """Text that no extension interprets and no serialiser takes for a reference."""
    return AtomicString(literal(text))


def substituted(text: str) -> str:
    text = _NO_AUTOLINK.sub(SUBSTITUTES["<"], text)
    for character in ("{", ":::"):
        text = text.replace(character, SUBSTITUTES[character])
    return text


def without_options(lines: list[str]) -> Iterator[str]:
    """The lines; of a fence's options (``` {.python onclick=…}) only the language stays."""
    mark = ""
    for line in lines:
        fence = FENCE.match(line)
        if fence is None:
            yield line
        elif mark:
            yield line
            if fence["mark"].startswith(mark) and not fence["rest"].strip():
                mark = ""
        else:
            mark = fence["mark"]
            yield _FENCE_OPTIONS.sub(r"\g<language>", line)


def restored(text: str) -> str:
    for character, substitute in SUBSTITUTES.items():
        text = text.replace(substitute, character)
    return text


def without_emphasis(text: str) -> str:
    """Markdown without the signs of emphasis and code."""
    return _EMPHASIS.sub("", text)


def stashed_text(md: Markdown, number: int) -> str:
    """The text of what is set aside as HTML."""
    stashed = md.htmlStash.rawHtmlBlocks[number] if number < len(md.htmlStash.rawHtmlBlocks) else ""
    if isinstance(stashed, Element):
        return "".join(stashed.itertext())
    return html.unescape(_TAG.sub(lambda tag: "" if tag["close"] else tag[0], stashed))


def footnote_extension(md: Markdown) -> Any:
    """The extension `footnotes`, if the site has it."""
    if "footnote" not in md.parser.blockprocessors:
        return None
    # pymdown-extensions and others bring processors of the same name: nothing is taken for granted.
    extension = getattr(md.parser.blockprocessors["footnote"], "footnotes", None)
    return extension if hasattr(extension, "makeFootnoteId") else None


def footnotes(md: Markdown) -> dict[str, str]:
    """The footnotes so far, by their ids in the page, if the site has footnotes."""
    extension = footnote_extension(md)
    found = getattr(extension, "footnotes", None) or {}
    return {extension.makeFootnoteId(name): text for name, text in found.items()}
