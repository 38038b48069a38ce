"""What stands on a page in place of a `::: NAME` line without a checklist."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from ..crosslinks.related import PLACEHOLDER
from ..library.loaded import LoadedChecklist
from ..page.overview import index_element
from .knowledge_lists import fact_list, glossary_list, source_list
from .state import PageState, Writer


def _checklist_index(page: PageState) -> list[Element]:
    def write(loaded: LoadedChecklist) -> Writer:
        return Writer(page, loaded.reading.source)

    return [index_element(page.library.checklists, page.messages, write, page.site, page.context.uri)]


def _related_pages(page: PageState) -> list[Element]:
    # What there is to show is known once all pages are rendered. Engines that run no plugin leave it as it is: hidden.
    return [Element("div", {PLACEHOLDER: "", "hidden": "hidden"})]


BUILDERS: dict[str, Callable[[PageState], list[Element]]] = {
    "checklist-index": _checklist_index,
    "related-pages": _related_pages,
    "source-list": source_list,
    "fact-list": fact_list,
    "glossary-list": glossary_list,
}
"""The name of each directive in `directives.STANDALONE`, and what makes its elements."""

ONCE = frozenset({"checklist-index", "related-pages"})
"""Those that can stand on a page once only."""
