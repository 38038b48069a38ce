"""The three files beside the checklists: read, taken together, and what their texts refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..diagnostics.diagnostic import Diagnostic, Diagnostics, did_you_mean, name_some
from ..reading.reader import Reading, read_file_as
from .model import (
    FACTS_FILE,
    GLOSSARY_FILE,
    SOURCES_FILE,
    FactEntry,
    Facts,
    Glossary,
    SourceEntry,
    Sources,
    TermEntry,
)

FILES = (SOURCES_FILE, FACTS_FILE, GLOSSARY_FILE)

_LINK = re.compile(r"\[(?P<words>[^\[\]]*)\]\(\s*<?(?P<url>[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)")
# What has no end is passed over as a whole: nothing in it can have one.
_CITED = re.compile(r"\[\^(?P<id>[^\]\s]++)(?P<close>\]?)")


def read_sources(data: bytes, name: str) -> Reading[Sources]:
    """Read `_sources.yml`. Never raises on any input."""
    return read_file_as(Sources, data, name)


def read_facts(data: bytes, name: str) -> Reading[Facts]:
    """Read `_facts.yml`. Never raises on any input."""
    return read_file_as(Facts, data, name)


def read_glossary(data: bytes, name: str) -> Reading[Glossary]:
    """Read `_glossary.yml`. Never raises on any input."""
    return read_file_as(Glossary, data, name)


@dataclass(frozen=True)
class Knowledge:
    """The three files as they were read; `None` for one that is not there."""

    sources: Reading[Sources] | None = None
    facts: Reading[Facts] | None = None
    glossary: Reading[Glossary] | None = None
    unreadable: Diagnostics = field(default_factory=Diagnostics)
    """What is wrong with files that could not even be opened."""

    @property
    def source(self) -> Mapping[str, SourceEntry]:
        return self.sources.model.root if self.sources and self.sources.model else {}

    @property
    def fact(self) -> Mapping[str, FactEntry]:
        return self.facts.model.root if self.facts and self.facts.model else {}

    @property
    def term(self) -> Mapping[str, TermEntry]:
        return self.glossary.model.root if self.glossary and self.glossary.model else {}

    @property
    def readings(self) -> list[Reading[Any]]:
        return [reading for reading in (self.sources, self.facts, self.glossary) if reading is not None]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What is wrong with all three."""
        return [*self.unreadable.found, *(found for reading in self.readings for found in reading.diagnostics.found)]

    @cached_property
    def term_forms(self) -> TermForms:
        """How to find the terms in texts: made once, whatever the number of pages."""
        return TermForms(self.term)

    def source_text(self, name: str) -> str:
        """The text of a source as a sentence."""
        text = self.source[name].text
        return text if text.endswith((".", "!", "?")) else f"{text}."

    def fact_text(self, name: str) -> str:
        """The text of a fact with references to all of its sources."""
        fact = self.fact[name]
        own = set(cited(fact.text))
        return fact.text + "".join(f"[^{source}]" for source in dict.fromkeys(fact.source) if source not in own)

    def fact_sources(self, name: str) -> list[str]:
        """The ids of a fact's sources, those first that its text cites itself."""
        fact = self.fact[name]
        return list(dict.fromkeys([*cited(fact.text), *fact.source]))

    def unknown_source(self, name: str) -> str:
        """A hint for the id of a source that is not there."""
        return did_you_mean(name, self.source) or f"Sources of {SOURCES_FILE}: {name_some(self.source) or 'none'}."

    def unknown_fact(self, name: str) -> str:
        """A hint for the id of a fact that is not there."""
        if self.facts is None:
            return f"There is no file {FACTS_FILE} beside the checklists."
        return did_you_mean(name, self.fact) or f"Facts of {FACTS_FILE}: {name_some(self.fact) or 'none'}."


def cited(text: str) -> Iterator[str]:
    """The ids that a text cites as `[^id]`."""
    return (match["id"] for match in _CITED.finditer(text) if match["close"])


def without_citations(text: str) -> str:
    return _CITED.sub(lambda match: "" if match["close"] else match[0], text)


def addresses(text: str) -> Iterator[str]:
    """The addresses of all links of a text."""
    return (match["url"] for match in _LINK.finditer(text))


def first_link(text: str) -> tuple[str, str]:
    """The words and the address of the first link of a text; both empty without one."""
    match = _LINK.search(text)
    return (" ".join(match["words"].split()), match["url"]) if match else ("", "")


def forms_of(terms: Mapping[str, TermEntry]) -> Iterable[tuple[str, str]]:
    """Each form of each term with the term's id, the longest first."""
    forms = [(form, name) for name, term in terms.items() for form in (term.term, *term.also)]
    return sorted(forms, key=lambda entry: (-len(entry[0]), entry[0]))


class TermForms:
    """The forms of all terms, and a pattern that finds them as whole words."""

    def __init__(self, terms: Mapping[str, TermEntry]) -> None:
        self._terms: dict[str, tuple[str, bool]] = {}
        forms = list(forms_of(terms))
        for form, name in forms:
            self._terms.setdefault(form, (name, False))
        for form, name in forms:
            self._terms.setdefault(form[:1].upper() + form[1:], (name, True))
        # By first letter, or at each word of a page all forms would be tried, one after the other: of 40 terms that takes four
        # times as long, of 400 thirty times.
        letters: dict[str, list[str]] = {}
        # The longest first: of "statement of work" and "work" it is the former that the author means.
        for form in sorted(self._terms, key=len, reverse=True):
            rest = r"\s+".join(map(re.escape, form.split()))
            first = re.escape(form[0])
            letters.setdefault(first, []).append(rest.removeprefix(first))
        alternatives = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in letters.items())
        self.pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")

    def term(self, words: str) -> tuple[str, bool]:
        """The id of the term that the pattern has found, and whether only the start of a sentence makes it one."""
        return self._terms[" ".join(words.split())]
