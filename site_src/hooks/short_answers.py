"""The questions of the guides with their answers on one page, and at the top of each guide a list of its own.

A hook for MkDocs. The texts are written once, in the guides: a question is a heading below *Short answers*, or any other that ends
in a question mark. The page with all of them has the line `<!-- short answers -->`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

GUIDES = "guides/"
PLACE = "<!-- short answers -->"
SECTION = "Short answers"

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6}) +(.+?) *#* *$")
_TARGET = re.compile(r"(?<=\]\()(?![a-z]+:|/)[^)\s]+")

_order: list[str] = []
"""The guides in the order of the navigation, in which the page shows them."""


@dataclass(frozen=True)
class Question:
    """A heading that asks something, and what stands below it."""

    title: str
    answer: str

    @property
    def anchor(self) -> str:
        return slugify(self.title, "-")


def questions(markdown: str) -> list[Question]:
    """The questions of a guide, in its order. An answer ends where a checklist or the next heading begins."""
    return [Question(title, answer) for title, answer in _questions(markdown)]


def _questions(markdown: str) -> Iterator[tuple[str, str]]:
    title, lines, is_short, fence = "", list[str](), False, ""
    for line in [*markdown.split("\n"), "# "]:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.match(line)
        ends = not fence and (line.startswith((":::", "# ")) or heading)
        if not ends:
            lines.append(line)
            continue
        if title and (answer := "\n".join(lines).strip()):
            yield title, answer
        title, lines = "", []
        if heading:
            level, words = len(heading[1]), heading[2]
            is_short = words == SECTION if level == 2 else is_short
            title = words if (level == 3 and is_short) or (level in (2, 3) and words.endswith("?")) else ""


def from_the_top(text: str, folder: str = GUIDES, page: str = "") -> str:
    """The text with its links as a page at the top of the docs folder has to write them."""

    def target(match: re.Match[str]) -> str:
        path, mark, anchor = match[0].partition("#")
        return posixpath.normpath(posixpath.join(folder, path)) + mark + anchor if path else page + mark + anchor

    return _TARGET.sub(target, text)


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
    _order[:] = [page.file.src_uri for page in nav.pages if page.file.src_uri.startswith(GUIDES)]


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    if page.file.src_uri.startswith(GUIDES):
        return _with_list(markdown)
    if PLACE not in markdown:
        return None
    return markdown.replace(PLACE, "\n\n".join(_answers(uri, files) for uri in _order))


def _with_list(markdown: str) -> str:
    """A fold with links to the questions, before the first section."""
    found = questions(markdown)
    start = re.search(r"^(?:## |:::)", markdown, re.MULTILINE)
    if not found or start is None:
        return markdown
    links = "".join(f'<li><a href="#{question.anchor}">{escape(question.title)}</a></li>' for question in found)
    words = f"Short answers: {len(found)} questions"
    # Searched for, a question should lead to its answer and not to this list.
    fold = f'<details class="question" data-search-exclude><summary>{words}</summary><ul>{links}</ul></details>'
    return f"{markdown[: start.start()]}{fold}\n\n{markdown[start.start() :]}"


def _answers(uri: str, files: Files) -> str:
    """The questions of one guide with their answers, below a link to it."""
    file = files.get_file_from_path(uri)
    if file is None:
        return ""
    markdown, meta = get_data(file.content_string)
    parts = [f"## [{meta.get('title', uri)}]({uri})"]
    for question in questions(markdown):
        parts += [f"### {question.title}", from_the_top(question.answer, page=uri)]
    return "\n\n".join(parts)
