"""What a page needs to know of the others: `Site`, which each site generator's adapter provides.

The Markdown extension runs in several site generators. What only the generator knows (which pages there are, what they are
called, which page shows which part) comes in through `Site`; without one, links are made relative and left to the generator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ..diagnostics.diagnostic import Diagnostic
from ..model.addresses import Target

ARTICLE = "#"
"""The place of a whole article, whose heading has the id of its checklist, among the names of sections."""

Complain = Callable[[str, str, str], Diagnostic]
"""Makes a diagnostic of a code, a message and a hint, at the place of the link."""


class Site(Protocol):
    """What a site generator knows of its pages. A *uri* is a path from the top of the docs folder, such as `guides/x.md`."""

    def title(self, uri: str) -> str | None:
        """The title of a page, or `None` while it is not known."""

    def heading(self, target: Target) -> str | None:
        """The words of the section or question that a link leads to, or `None` while they are not known."""

    def url(self, uri: str, fragment: str, page: str) -> str | None:
        """The address of a page or file as seen from `page`; `None` when there is no such file."""

    def known(self) -> list[str]:
        """The uris of all pages, for a hint."""

    def reading_order(self) -> list[str]:
        """The ids of the checklists in the order in which the navigation leads to them."""

    def locate(self, checklist: str, section: str) -> str | None:
        """The uri of the page that shows a section of a checklist, or its result (`score`), or all of it (`ARTICLE`)."""

    def listing(self, name: str) -> str | None:
        """The uri of the page with the directive `::: name`, if one has it."""

    def language(self) -> str | None:
        """The language that the pages say they are in, if they do."""

    def display_name(self, uri: str) -> str:
        """The path of a page as messages show it."""

    def linked(self, target: Target, complain: Complain) -> None:
        """A page has this link; `complain` makes the diagnostic, should its fragment turn out to lead nowhere."""
