"""A writer of texts without Markdown, and a renderer that writes with it."""

from xml.etree.ElementTree import Element

from mkdocs_checklists.diagnostics.diagnostic import Span
from mkdocs_checklists.page.article import Renderer
from mkdocs_checklists.words.messages import Messages, load_messages
from tests.unit.texts import load

MESSAGES = load_messages()


class Writer:
    """Writes texts as they are, and keeps each with its place in the file."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str, int, int]] = []

    def plain(self, element: Element, text: str) -> None:
        element.text = text

    def after(self, element: Element, text: str) -> None:
        element.tail = text

    def inline(self, element: Element, text: str, span: Span) -> None:
        element.text = text
        self.texts.append(("inline", text, span.line, span.column))

    def block(self, element: Element, text: str, span: Span) -> None:
        self.texts.append(("block", text, span.line, span.column))

    def passage(self, element: Element, text: str, span: Span) -> None:
        self.texts.append(("passage", text, span.line, span.column))

    def phrase(self, element: Element, text: str) -> None:
        element.text = text

    def link(self, element: Element, span: Span) -> None:
        self.texts.append(("link", str(element.get("href")), span.line, span.column))


def renderer(text: str, writer: Writer | None = None, messages: Messages = MESSAGES) -> Renderer:
    return Renderer(load(text), messages, writer or Writer())
