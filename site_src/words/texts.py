"""The running text of a guide and of a checklist, as passages with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from mkdocs_checklists.markdown_page.headings import without_links
from mkdocs_checklists.markdown_page.text import without_emphasis
from mkdocs_checklists.page.page_text import outside_fences, without_comments
from mkdocs_checklists.reading.scanning import Ahead
from site_src.words.syllables import syllables

# What a reader doesn't read as a sentence, besides code and comments: front matter, tables, footnotes' definitions, headings,
# directives. None may look for the end of something again and again where it never comes.
_LEFT_OUT = (
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),
    re.compile(r"^\[\^[^\]\n]+\]:.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*", re.MULTILINE),
    re.compile(r"^#{1,6} .*$", re.MULTILINE),
    re.compile(r"^[ \t]*(?:\|.*|:::.*)$", re.MULTILINE),
    re.compile(r"^\*\*For whom:\*\*.*?(?=\n\n|\Z)", re.DOTALL | re.MULTILINE),
    re.compile(r"^<.*$", re.MULTILINE),
)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+", re.MULTILINE)
_TEXT_KEYS = ("summary", "why", "signs", "remedies", "text", "help", "recommend")


@dataclass(frozen=True)
class Passage:
    """A paragraph or an entry of a list; `line` is the line of its file where it starts, 0 where that is not known."""

    line: int
    text: str

    @cached_property
    def words(self) -> list[str]:
        return re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", self.text)

    @property
    def sentences(self) -> int:
        """How many sentences. A colon ends none, although it would lower the grade."""
        return max(1, len(re.findall(r"(?<![.?!])[.?!]++[”’)\]]*+(?=\s|$)", self.text)))

    @cached_property
    def grade(self) -> float:
        """The grade of Flesch and Kincaid (Kincaid and others, 1975); 0 for a text without words."""
        if not self.words:
            return 0.0
        count = len(self.words)
        return 0.39 * count / self.sentences + 11.8 * sum(map(syllables, self.words)) / count - 15.59


def plain(text: str) -> str:
    """The words of inline Markdown, as a reader sees them."""
    text = without_links(Ahead(text))
    text = re.sub(r"\[\^[^\[\]]+\]|\{[^{}\n]*\}", "", text)
    text = re.sub(r"<(https?://)?([^<>\s]+)>", r"\2", text)
    return without_emphasis(text)


def _passage(line: int, text: str) -> Passage:
    text = " ".join(plain(text).split())
    # Without its end, an entry of a list would run into the next.
    return Passage(line, text if not text or text[-1] in ".?!:" else f"{text}.")


def page_passages(path: Path) -> Iterator[Passage]:
    """The paragraphs and list entries of a page, without what `_LEFT_OUT` names."""
    text = path.read_text("utf-8")
    text = without_comments("\n".join(outside_fences(text.split("\n"))))
    for pattern in _LEFT_OUT:
        text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
    line = 1
    for block in re.split(r"(\n[ \t]*\n)", text):
        starts = [match.start() for match in _ITEM.finditer(block)]
        for start, end in zip([0, *starts], [*starts, len(block)], strict=True):
            part = block[start:end]
            before = start + len(part) - len(part.lstrip())
            if part := _ITEM.sub("", part, count=1).strip():
                yield _passage(line + block[:before].count("\n"), part)
        line += block.count("\n")


def checklist_passages(path: Path) -> Iterator[Passage]:
    """All sentences of a checklist: introductions, questions, advice, results. Not options and templates."""

    def visit(node: yaml.Node, key: str) -> Iterator[Passage]:
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                if name.value not in ("options", "scales", "template", "scale"):
                    yield from visit(value, key if key in ("recommend",) else name.value)
        elif isinstance(node, yaml.SequenceNode):
            for entry in node.value:
                yield from visit(entry, key)
        elif key in _TEXT_KEYS:
            for block in str(node.value).split("\n\n"):
                if block.strip():
                    yield _passage(node.start_mark.line + 1, _ITEM.sub("", block))

    root = yaml.compose(path.read_text("utf-8"))
    if root is not None:
        yield from visit(root, "")
