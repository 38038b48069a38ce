"""What each kind of directive puts on a page: one builder for every name in `page/directives.py`."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from ..crosslinks.related import PLACEHOLDER
from ..diagnostics.diagnostic import did_you_mean, name_some
from ..library.loaded import LoadedChecklist
from ..page.directives import Directive, DirectiveError
from ..page.overview import index_element
from .knowledge_lists import fact_list, glossary_list, source_list
from .state import PageState, Writer

Builder = Callable[[PageState, Directive], list[Element]]
"""Makes the elements in place of a directive line. Raises `DirectiveError`."""


def build(page: PageState, directive: Directive) -> list[Element]:
    """The elements in place of a directive line. Raises `DirectiveError`."""
    kind, span = directive.kind, directive.span
    if kind.is_once and (first := page.shown.setdefault(("", kind.name), span)) is not span:
        message = f"'{kind.name}' is on this page twice"
        raise DirectiveError("twice-on-page", message, span, f"It stands first in line {first.line}.")
    return BUILDERS[kind.name](page, directive)


def _part_of_checklist(page: PageState, directive: Directive) -> list[Element]:
    part, span = directive.part, directive.span
    loaded = page.library.get(directive.checklist)
    if loaded is None:
        known = page.library.ids
        new = page.library.renamed(directive.checklist)
        hint = f"It is called '{new}' now." if new else did_you_mean(directive.checklist, known)
        hint = (
            hint or f"Checklists in {page.library.display_name(page.library.directory)}: {name_some(known) or 'none'}."
        )
        raise DirectiveError("unknown-checklist", f"there is no checklist '{directive.checklist}'", span, hint)
    if loaded.checklist is None:
        return [page.problem(loaded.diagnostics.errors)]
    ids = [section.id for section in loaded.checklist.sections]
    if part.section is not None and part.section not in ids:
        hint = f"Sections: {name_some(ids)}. {did_you_mean(part.section, ids)}".strip()
        message = f"checklist '{loaded.id}' has no section '{part.section}'"
        raise DirectiveError("unknown-section", message, span, hint)
    renderer = page.renderer(loaded)
    sections = [section for _, section in renderer.sections(part)]
    # A section without items is known by its heading.
    names = [
        name for section in sections for name in ([item.id for item in section.items] or [f"section {section.id}"])
    ]
    if part.shows_front:
        names += [f"input {entry.id}" for entry in loaded.checklist.inputs if entry.section is None]
    if part.shows_result:
        names.append("score")
    twice = [name for name in names if (loaded.id, name) in page.shown]
    if twice:
        first = page.shown[loaded.id, twice[0]]
        kind, _, name = twice[0].rpartition(" ")
        what = "the result" if name == "score" else f"{kind or 'item'} '{name}'"
        message = f"{what} of checklist '{loaded.id}' is on this page twice"
        hint = f"It stands first in line {first.line}. Show each part of a checklist once on a page."
        raise DirectiveError("twice-on-page", message, span, hint)
    page.shown.update({(loaded.id, name): span for name in names})
    page.shown.update({(loaded.id, f"section {section.id}"): span for section in sections})
    if part.show == "score":
        element, form = renderer.element()
        page.waiting.append((form, loaded, part))
        return [element]
    elements = renderer.render(part)
    page.parts.append((elements[-1][0], loaded))
    return elements


def _checklist_index(page: PageState, directive: Directive) -> list[Element]:
    def write(loaded: LoadedChecklist) -> Writer:
        return page.writer(loaded)

    is_short = directive.part.show == "begun"
    return [
        index_element(page.library.checklists, page.messages, write, page.site, page.context.uri, is_short=is_short)
    ]


def _related_pages(page: PageState, _: Directive) -> list[Element]:
    # What there is to show is known once all pages are rendered. Engines that run no plugin leave it as it is: hidden.
    return [Element("div", {PLACEHOLDER: "", "hidden": "hidden"})]


BUILDERS: dict[str, Builder] = {
    "checklist": _part_of_checklist,
    "score": _part_of_checklist,
    "checklist-index": _checklist_index,
    "related-pages": _related_pages,
    "source-list": lambda page, _: source_list(page),
    "fact-list": lambda page, _: fact_list(page),
    "glossary-list": lambda page, _: glossary_list(page),
}
"""The builder of each kind of directive, by its name."""
