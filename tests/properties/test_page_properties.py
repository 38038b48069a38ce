"""What holds for the page that every valid checklist file becomes, whichever of its parts stand on it."""

import json
from collections import Counter
from functools import cache
from typing import Any

import html5lib
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_checklists import ChecklistExtension, LoadedChecklist
from mkdocs_checklists.diagnostics.diagnostic import Diagnostic, format_report
from mkdocs_checklists.model.phrases import plain_phrase
from tests.properties.checklist_files import checklist_files
from tests.properties.shelf import Shelf, load

FRAME = "<!DOCTYPE html>\n<html lang=en><head><title>Page</title></head><body>{}</body></html>"
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

# Extensions that many sites have, each of which could take a text for something of its own. Not those that make HTML which
# is not valid of any page: `pymdownx.magiclink` puts a link into a link.
EXTENSIONS: dict[str, list[str]] = {
    "by itself": [],
    "as MkDocs has them": ["fenced_code", "tables", "toc"],
    "among others": [
        *["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"],
        *["pymdownx.caret", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite"],
        *["pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tasklist"],
        "pymdownx.tilde",
    ],
}

# What a link in a text of the author's may have wrong.
LINK_CODES = {"bad-link", "hidden-host", "relative-link", "unsafe-link"}
# A character reference that HTML does not know is shown as it was typed, here and in Markdown everywhere.
REFERENCES = {"expected-named-entity", "illegal-codepoint-for-numeric-entity"}

PAGES = {
    "whole article": "::: checklist example",
    "whole page": "::: checklist example level=1",
    "items and score": "::: checklist example show=items\n\nWords.\n\n::: score example",
    "items at the lowest level": "::: checklist example level=4 show=items",
    "sections and score": "SECTIONS::: score example level=4",
    "score": "# Page\n\n::: score example",
}
"""What may be on a page. `SECTIONS` stands for each section on its own."""


def page_text(loaded: LoadedChecklist, page: str) -> str:
    assert loaded.checklist is not None
    sections = [f"::: checklist example section={section.id}\n\n" for section in loaded.checklist.sections]
    return PAGES[page].replace("SECTIONS", "".join(sections))


class Converter:
    """Makes pages of a checklist; a converter is made once, and starts each page anew as those of engines do."""

    def __init__(self, extensions: list[str]) -> None:
        self.shelf, self.reported = Shelf(), list[Diagnostic]()
        own = ChecklistExtension(library=self.shelf, report=self.reported.extend)
        self.md = Markdown(extensions=[*extensions, own])

    def convert(self, loaded: LoadedChecklist, page: str) -> str:
        self.shelf.loaded = loaded
        self.reported.clear()
        html: str = self.md.reset().convert(page)
        assert {diagnostic.code for diagnostic in self.reported} <= LINK_CODES, format_report(self.reported)
        return html


@cache
def converter(extensions: str) -> Converter:
    return Converter(EXTENSIONS[extensions])


def parse(html: str) -> Any:
    """The tree of a page, which has to be valid."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(FRAME.format(html))
    assert [error for error in parser.errors if error[1] not in REFERENCES] == []
    return tree


def words(element: Any) -> str:
    return "".join(element.itertext())


def below(element: Any, names: list[str]) -> list[Any]:
    return [inner for inner in element.iter() if inner.tag in names]


@given(checklist_files(), st.sampled_from(list(PAGES)), st.sampled_from(list(EXTENSIONS)))
def test_page_is_valid_and_whatever_it_refers_to_is_there(text: str, page: str, extensions: str) -> None:
    loaded = load(text)
    tree = parse(converter(extensions).convert(loaded, page_text(loaded, page)))

    ids = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    assert [name for name, count in ids.items() if count > 1] == []
    for element in tree.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers"):
            assert set(element.get(attribute, "").split()) <= set(ids)
        if element.get("href", "").startswith("#example"):
            assert element.get("href")[1:] in ids
        if element.tag == "input" and "task-list" not in str(element.get("class")):
            assert element.get("type") == "radio"
            assert element.get("name")
            assert element.get("value")


@given(checklist_files(), st.sampled_from(list(PAGES)), st.sampled_from(list(EXTENSIONS)))
def test_page_shows_each_question_and_all_plain_texts_as_they_were_typed(text: str, page: str, extensions: str) -> None:
    loaded = load(text)
    tree = parse(converter(extensions).convert(loaded, page_text(loaded, page)))

    for element in tree.iter("scored-checklist"):
        assert json.loads(element.get("data-key")) == json.loads(loaded.key_json)
    assert [question(fieldset) for fieldset in tree.iter("fieldset")] == ([] if page == "score" else questions(loaded))
    found = {words(element) for element in below(tree, [*HEADINGS, "dt", "pre", "span"])}
    assert [text for text in plain_texts(loaded, page) if text not in found] == []


Question = tuple[list[str], list[tuple[str, str, str]]]
"""What is asked (in the headings of the legend), and text, name and value of each answer."""


def question(fieldset: Any) -> Question:
    legend, labels = fieldset.findall("legend"), fieldset.findall("label")
    assert [fieldset[0]] == legend == below(fieldset, ["legend"])
    assert len(below(fieldset, ["input"])) == len(labels)
    return (
        [words(heading) for heading in below(legend[0], HEADINGS)],
        [(words(label), label[0].get("name"), label[0].get("value")) for label in labels],
    )


def questions(loaded: LoadedChecklist) -> list[Question]:
    assert loaded.checklist is not None
    unknown = [(" I don’t know", "unknown")] if loaded.checklist.unknown else []
    found = []
    for item in loaded.checklist.items:
        answers = [(f" {option.text}", option.id) for option in item.options or []]
        answers += unknown + ([(" Does not apply", "na")] if item.na else [])
        found.append(([plain_phrase(item.text)], [(text, item.id, value) for text, value in answers]))
    return found


def plain_texts(loaded: LoadedChecklist, page: str) -> list[str]:
    """The texts besides the questions that a page shows as they are."""
    checklist = loaded.checklist
    assert checklist is not None
    found = [band.title for band in checklist.bands]
    found += [item.template for item in checklist.items if item.template]
    if page.startswith(("whole", "sections")):
        found += [f"{s.label}: {s.title}" if s.label else s.title for s in checklist.sections]
    if page.startswith("whole"):
        found.append(checklist.title)
    return found
