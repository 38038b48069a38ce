"""Sources, dated facts and terms together: what pages may cite, and rules over the three files that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..diagnostics.diagnostic import Diagnostic, Diagnostics, did_you_mean, name_some
from ..model.addresses import is_external, link_problem
from ..reading.reader import Path, Reading
from ..reading.scanning import Ahead
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
_FACT, _SOURCE = "{fact:", "[^"
_FACT_END, _SOURCE_END = re.compile(r"[{}\n]"), re.compile(r"[\]\s]")
_MARKS = re.compile(r"[`\\{\[]")


@dataclass(frozen=True)
class Knowledge:
    """What the three files say; a file that is not there says nothing."""

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
        said = set(cited(fact.text))
        return fact.text + "".join(f"[^{source}]" for source in dict.fromkeys(fact.source) if source not in said)

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


def first_link(text: str) -> tuple[str, str]:
    """The words and the address of the first link of a text; both empty without one."""
    match = _LINK.search(text)
    return (" ".join(match["words"].split()), match["url"]) if match else ("", "")


def check_knowledge(
    sources: Reading[Sources] | None, facts: Reading[Facts] | None, glossary: Reading[Glossary] | None
) -> Knowledge:
    """The three files as one; what is wrong with them as a whole is added to their readings."""
    known = Knowledge(sources, facts, glossary)
    if sources is not None:
        _check_sources(sources, known.source)
    if facts is not None:
        _check_facts(facts, known)
    if glossary is not None:
        _check_terms(glossary, known.term)
    return known


def _check_sources(reading: Reading[Sources], sources: Mapping[str, SourceEntry]) -> None:
    for name, source in sources.items():
        if not first_link(source.text)[1]:
            reading.report(
                "source-without-link",
                f"source '{name}' has no link",
                reading.span(name, "text"),
                "Link its title: [Title](https://…).",
            )
        for key, text in (("text", source.text), ("note", source.note or "")):
            _check_links(reading, (name, key), text)
            _check_nested(reading, (name, key), text)


def _check_facts(reading: Reading[Facts], known: Knowledge) -> None:
    for name, fact in known.fact.items():
        for n, source in enumerate(fact.source):
            if source not in known.source:
                _unknown(reading, (name, "source", n), name, source, known)
        for source in dict.fromkeys(cited(fact.text)):
            if source not in known.source:
                _unknown(reading, (name, "text"), name, source, known, f"[^{source}]")
        _check_links(reading, (name, "text"), fact.text)
        _check_nested(reading, (name, "text"), fact.text, may_cite=True)


def _unknown(reading: Reading[Facts], path: Path, name: str, source: str, known: Knowledge, words: str = "") -> None:
    # What could not be read may be there all the same.
    if known.sources is not None and (known.sources.model is None or known.sources.lost):
        return
    message = f"fact '{name}' rests on source '{source}', which is not there"
    place = reading.source.within(reading.span(*path), words)
    reading.report("unknown-source", message, place, known.unknown_source(source))


def _check_terms(reading: Reading[Glossary], terms: Mapping[str, TermEntry]) -> None:
    first: dict[str, str] = {}
    for name, term in terms.items():
        forms: list[tuple[Path, str]] = [((name, "term"), term.term)]
        forms += [((name, "also", n), form) for n, form in enumerate(term.also)]
        for path, form in forms:
            if form in first:
                reading.report(
                    "duplicate-term",
                    f"'{form}' is in the glossary twice",
                    reading.span(*path),
                    f"Term '{first[form]}' has it first. Keep it in one of the two.",
                )
            first.setdefault(form, name)
        _check_links(reading, (name, "text"), term.text)
        _check_nested(reading, (name, "text"), term.text)


def _check_nested(reading: Reading[Any], path: Path, text: str, *, may_cite: bool = False) -> None:
    """A fact is put into a page, and a footnote belongs to one. In a text that is itself put there, readers would see the name."""
    for start, end in find_names(Ahead(text)):
        words, is_fact = text[start:end], text[start] == "{"
        if is_fact or not may_cite:
            message = f"'{words}' can't stand in this text"
            hint = "Write the words out." if is_fact else "Link to the source, or cite it where pages use this text."
            reading.report("nested-reference", message, reading.source.within(reading.span(*path), words), hint)


def find_names(ahead: Ahead) -> Iterator[tuple[int, int]]:
    """The places of `{fact:ID}` and `[^ID]` in a text, but for those in code and behind a backslash."""
    text, at = ahead.text, 0
    while (at := ahead.find(_MARKS, at)) < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == "`":
            end, is_name = ahead.ticks.any(at), False
        elif text.startswith(_FACT, at):
            end, is_name = ahead.ends(_FACT_END, "}", at + len(_FACT)), True
        else:
            # A name of at least one letter: the first character behind the mark is not the end.
            is_cited = text.startswith(_SOURCE, at) and ahead.find(_SOURCE_END, at + 2) > at + 2
            end, is_name = (ahead.ends(_SOURCE_END, "]", at + 2) if is_cited else 0), True
        if end and is_name:
            yield at, end
        at = end or at + 1


def _check_links(reading: Reading[Any], path: Path, text: str) -> None:
    for match in _LINK.finditer(text):
        if problem := _link_problem(match["url"]):
            code, message, hint = problem
            reading.report(code, message, reading.source.within(reading.span(*path), match["url"]), hint)


def _link_problem(url: str) -> tuple[str, str, str] | None:
    """What can be known of a link before there is a site; a page that is not there comes to light in a build."""
    if problem := link_problem(url):
        return problem
    if not is_external(url) and not url.startswith(("/", "#")):
        hint = "The text may stand on several pages: write the path from the top of the docs folder, /page.md."
        return "relative-link", f"'{url}' is relative", hint
    return None


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
