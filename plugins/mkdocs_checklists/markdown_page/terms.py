"""Terms of the glossary where a page first uses them: the word opens its definition, with the platform's popover alone."""

from __future__ import annotations

import string
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..diagnostics.diagnostic import Diagnostic, Severity, shorten
from ..knowledge.files import Knowledge
from ..page.writer import link_text, literal
from .state import PageState, Writer

LIST = "glossary-list"
"""The directive that lists all terms, and makes its page the one that definitions lead to."""

# Where text runs on, and what in it is no place for a control or has one of its own.
_RUNNING = frozenset({"p", "li", "td", "dd"})
_CONTROLS = {"a", "abbr", "button", "fieldset", "label", "legend", "meter", "output", "select", "summary", "textarea"}
_HEADS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "th"}
_NO_PROSE = {"code", "kbd", "math", "pre", "samp", "script", "style", "sup", "svg"}
_LEFT_OUT = frozenset(_CONTROLS | _HEADS | _NO_PROSE)
# What a script shows and hides, so that readers may not see the first use; headings in disguise; lists of sources; reports.
_LEFT_OUT_ATTRIBUTES = frozenset(
    {"data-panel", "data-when", "data-condition", "data-label", "data-list", "hidden", "popover"}
)
_LEFT_OUT_CLASSES = frozenset({"footnote", "toc", "admonition-title", "checklist-report"})
_MADE = ("checklist-term", "checklist-term__text")
_SENTENCE_END = tuple(".!?:…")
# What may stand between the end of a sentence and the first word of the next.
_BETWEEN = f"{string.whitespace}\u00a0\u202f\"'“”‘’()[]"


class Terms(Treeprocessor):
    """Gives the first use of each term on a page its definition."""

    def __init__(self, md: Markdown, page: PageState) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        page = self.page
        known = page.library.knowledge
        if not known.term or page.text.has_standalone(LIST) or page.context.is_without_terms:
            return
        if odd := page.context.odd_flag:
            span = page.text.find(odd)
            message, hint = (
                f"'{shorten(odd)}' says neither yes nor no",
                "Write 'glossary: false', without quotation marks.",
            )
            page.tell([Diagnostic("bad-flag", message, span, hint, Severity.WARNING, page.text.line(span.line))])
        _Finder(self.md, page, known).visit(root, is_running=False)


class _Finder:
    """Looks through one page, in the order in which it is read."""

    def __init__(self, md: Markdown, page: PageState, known: Knowledge) -> None:
        self.md, self.page, self.known = md, page, known
        self.used: set[str] = set()
        self.is_start = True
        """Whether a sentence starts behind what has been read."""

    def visit(self, element: Element, *, is_running: bool) -> None:
        if element.tag in _RUNNING:
            is_running, self.is_start = True, True
        if is_running:
            element.text, made = self._split(element.text)
            for n, part in enumerate(made):
                element.insert(n, part)
        for child in [child for child in element if child.get("class") not in _MADE]:
            if self._is_left_out(child):
                self.is_start = False
            else:
                self.visit(child, is_running=is_running)
            if is_running:
                child.tail, made = self._split(child.tail)
                if made:
                    for n, part in enumerate(made, start=list(element).index(child) + 1):
                        element.insert(n, part)

    def _is_left_out(self, element: Element) -> bool:
        return (
            callable(element.tag)  # that of a comment is a function
            or element.tag in _LEFT_OUT
            or not _LEFT_OUT_ATTRIBUTES.isdisjoint(element.keys())
            or not _LEFT_OUT_CLASSES.isdisjoint(element.get("class", "").split())
        )

    def _split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """The text up to the first term that is new on the page, and the elements from there on."""
        if not text:
            return text, []
        # Skip atomic strings: they are literal text, not prose.
        if isinstance(text, AtomicString):
            self.is_start = self._starts_behind(text)
            return text, []
        made: list[Element] = []
        head, start = text, 0
        forms = self.known.term_forms
        for match in forms.pattern.finditer(text):
            name, is_for_starts = forms.term(match[0])
            if name in self.used:
                continue
            if is_for_starts and not self._starts_behind(text[: match.start()]):
                continue
            self.used.add(name)
            between = text[start : match.start()]
            if made:
                made[-1].tail = between
            else:
                head = between
            made += [self._button(name, match[0]), self._popover(name)]
            start = match.end()
        if made:
            made[-1].tail = text[start:]
        self.is_start = self._starts_behind(text)
        return head, made

    def _starts_behind(self, text: str) -> bool:
        """Whether a sentence starts behind a text that is read next."""
        rest = text.rstrip(_BETWEEN)
        return rest.endswith(_SENTENCE_END) if rest else self.is_start

    def _button(self, name: str, words: str) -> Element:
        button = Element(
            "button",
            {
                "type": "button",
                "class": _MADE[0],
                "popovertarget": f"term-{name}",
                # The name stays the word, or the sentence could not be listened to.
                "aria-description": self.page.messages.text("term"),
            },
        )
        button.text = AtomicString(words)
        return button

    def _popover(self, name: str) -> Element:
        reading = self.known.glossary
        assert reading is not None
        term, page = self.known.term[name], self.page
        write = Writer(page, reading.source)
        box = Element(
            "span",
            {
                "popover": "auto",
                "id": f"term-{name}",
                "class": _MADE[1],
                "role": "note",
                "aria-label": literal(term.term),
                # The words are found in the glossary.
                "data-search-exclude": "",
            },
        )
        links = []
        if term.see is not None:
            links.append((link_text(term.see, page.context.uri, page.site), term.see))
        if listed := page.site and page.site.listing(LIST):
            links.append((page.messages.text("term-list"), f"/{listed}#term-{name}"))
        for words, url in links:
            link = SubElement(box, "a", {"href": url, "data-onward": ""})
            write.plain(link, words)
            write.after(link, " ")
            write.link(link, reading.span(name, "see"))
        # After its links, so that each is known by its own place. No element around the text: Material's search would index again
        # from the end of the first `span` in it.
        write.inline(box, f"{term.text} ", reading.span(name, "text"))
        close = {"type": "button", "popovertarget": f"term-{name}", "popovertargetaction": "hide"}
        write.plain(SubElement(box, "button", close), page.messages.text("term-close"))
        # Everything else on the page has been through it.
        holder = Element("div")
        holder.append(box)
        self.md.treeprocessors["inline"].run(holder)
        return box
