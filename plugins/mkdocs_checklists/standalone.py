"""What stands on a page in place of a `::: NAME` line without a checklist."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from .knowledge_lists import fact_list, glossary_list, source_list
from .markdown_page import PageState

BUILDERS: dict[str, Callable[[PageState], list[Element]]] = {
    "source-list": source_list,
    "fact-list": fact_list,
    "glossary-list": glossary_list,
}
"""The name of each directive in `directives.STANDALONE`, and what makes its elements."""
