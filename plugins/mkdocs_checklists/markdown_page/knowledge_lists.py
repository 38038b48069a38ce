"""The lists of all that the site rests on: sources by kind, dated facts, the glossary."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from ..knowledge.files import first_link, without_citations
from ..knowledge.model import KINDS
from ..page.writer import link_text
from .state import PageState, Writer
from .text import without_emphasis


def source_list(page: PageState) -> list[Element]:
    """All sources below a heading for each kind, with what the kind is good for."""
    known = page.library.knowledge
    if known.sources is None:
        return []
    write, level = Writer(page, known.sources.source), _level(page)
    found: list[Element] = []
    for kind in KINDS:
        entries = [(name, source) for name, source in known.source.items() if source.kind == kind]
        if not entries:
            continue
        heading = Element(f"h{level}", {"id": f"sources-{kind}"})
        write.plain(heading, page.messages.text(f"sources-{kind}"))
        means = Element("p")
        write.plain(means, page.messages.text(f"sources-{kind}-means"))
        ul = Element("ul", {"data-list": "sources"})
        for name, source in sorted(entries, key=lambda entry: _sorted_by(entry[1].text)):
            li = SubElement(ul, "li", {"id": f"source-{name}"})
            write.inline(li, f"{known.source_text(name)} {source.note or ''}".strip(), known.sources.span(name))
        found += [heading, means, ul]
    return found


def fact_list(page: PageState) -> list[Element]:
    """All dated facts in the order of the file, each with the day of its review and its sources."""
    known = page.library.knowledge
    if known.facts is None:
        return []
    write = Writer(page, known.facts.source)
    ul = Element("ul", {"data-list": "facts"})
    for name, fact in known.fact.items():
        li = SubElement(ul, "li", {"id": f"fact-{name}"})
        span = known.facts.span(name, "text")
        write.inline(SubElement(li, "p"), without_citations(fact.text), span)
        small = SubElement(SubElement(li, "p"), "small")
        reviewed = page.messages.text("fact-reviewed", date=page.messages.day(fact.reviewed))
        sources = [source for source in known.fact_sources(name) if source in known.source]
        write.plain(small, f"{reviewed} " if sources else reviewed)
        if not sources:
            continue
        label = SubElement(small, "span")
        write.plain(label, page.messages.text("fact-sources", count=len(sources)))
        write.after(label, " ")
        for n, source in enumerate(sources):
            if n:
                write.after(small[-1], page.messages.text("semicolon"))
            words, url = first_link(known.source[source].text)
            a = SubElement(small, "a", {"href": _place_of_source(page, source) or url})
            write.plain(a, without_emphasis(words) or source)
            write.link(a, span)
    return [ul]


def glossary_list(page: PageState) -> list[Element]:
    """All terms in the order of the alphabet."""
    known = page.library.knowledge
    if known.glossary is None:
        return []
    write = Writer(page, known.glossary.source)
    dl = Element("dl")
    for name, term in sorted(known.term.items(), key=lambda entry: entry[1].term.casefold()):
        write.plain(SubElement(dl, "dt", {"id": f"term-{name}"}), term.term)
        dd = SubElement(dl, "dd")
        text = SubElement(dd, "span")
        write.inline(text, term.text, known.glossary.span(name, "text"))
        if term.see is not None:
            write.after(text, f" {page.messages.text('see')} ")
            a = SubElement(dd, "a", {"href": term.see})
            write.plain(a, link_text(term.see, page.context.uri, page.site))
            write.link(a, known.glossary.span(name, "see"))
            write.after(a, page.messages.text("full-stop"))
    return [dl]


def _level(page: PageState) -> int:
    """One below the heading above."""
    levels = [
        int(str(element.tag)[1]) for element in page.md.parser.root.iter() if re.fullmatch("h[1-6]", str(element.tag))
    ]
    return min(6, levels[-1] + 1) if levels else 2


def _place_of_source(page: PageState, source: str) -> str:
    """Where the list of sources has it; empty where there is no such list."""
    if page.text.has_standalone("source-list"):
        return f"#source-{source}"
    uri = page.site.listing("source-list") if page.site else None
    return f"/{uri}#source-{source}" if uri else ""


def _sorted_by(text: str) -> str:
    """What a reader sees first, without signs."""
    return re.sub(r"[^\w\s]+", "", without_emphasis(text)).strip().casefold()
