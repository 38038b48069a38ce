"""Rules over sources, facts and terms that need more than one entry, or more than its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..model.addresses import is_external, link_problem
from ..reading.reader import Reading
from ..reading.scanning import Ahead
from ..reading.tree import Path
from .files import Knowledge, addresses, cited, first_link
from .model import Facts, Glossary, SourceEntry, Sources, TermEntry

_FACT, _SOURCE = "{fact:", "[^"
_FACT_END, _SOURCE_END = re.compile(r"[{}\n]"), re.compile(r"[\]\s]")
_MARKS = re.compile(r"[`\\{\[]")


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
    for address in addresses(text):
        if problem := _link_problem(address):
            code, message, hint = problem
            reading.report(code, message, reading.source.within(reading.span(*path), address), hint)


def _link_problem(url: str) -> tuple[str, str, str] | None:
    """What can be known of a link before there is a site; a page that is not there comes to light in a build."""
    if problem := link_problem(url):
        return problem
    if not is_external(url) and not url.startswith(("/", "#")):
        hint = "The text may stand on several pages: write the path from the top of the docs folder, /page.md."
        return "relative-link", f"'{url}' is relative", hint
    return None
