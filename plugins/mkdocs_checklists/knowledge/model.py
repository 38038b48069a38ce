"""The three files beside the checklists that hold what pages rest on: sources, dated facts, the words of a trade."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from ..model.fields import Day, Id, Ids, Inline, Link, Plain
from ..model.file import FileModel

SOURCES_FILE = "_sources.yml"
FACTS_FILE = "_facts.yml"
GLOSSARY_FILE = "_glossary.yml"

SourceKind = Literal["official", "academic", "survey", "secondary", "vendor", "opinion"]
KINDS: tuple[SourceKind, ...] = ("official", "academic", "survey", "secondary", "vendor", "opinion")
"""In the order in which a list of sources shows them: the strongest first."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceEntry(_Entry):
    """An entry of `_sources.yml`, below the id that pages cite as `[^ID]`."""

    text: Inline = Field(description="Author, title with its address, publisher and year. It has at least one link.")
    kind: SourceKind = Field(description="What speaks here, which readers are told.")
    note: Inline | None = Field(default=None, description="Age and limits: what the source can't show.")


class FactEntry(_Entry):
    """An entry of `_facts.yml`, below the id that pages name as `{fact:ID}`."""

    text: Inline = Field(description="One or two whole sentences that say from when they are.")
    source: Ids = Field(
        default=[], description="Ids of the sources. Those that the text cites itself are not said again."
    )
    reviewed: Day = Field(description="The day on which somebody last looked whether it still holds.")


class TermEntry(_Entry):
    """An entry of `_glossary.yml`. The id below which it stands is part of its address, `#term-ID`."""

    term: Plain = Field(description="The word, as it stands inside a sentence.")
    also: list[Plain] = Field(default=[], description="Other forms of the word that pages use, such as its plural.")
    text: Inline = Field(description="What it means, in one plain sentence.")
    see: Link | None = Field(default=None, description="Where one can read on.")


class Sources(RootModel[dict[Id, SourceEntry]], FileModel):
    """The file `_sources.yml`: id → source."""

    model_config = ConfigDict(frozen=True)
    file_hint: ClassVar[str] = "Write an id, and below it 'text:' and 'kind:', or delete the file."
    entry_noun: ClassVar[str] = "source"


class Facts(RootModel[dict[Id, FactEntry]], FileModel):
    """The file `_facts.yml`: id → fact."""

    model_config = ConfigDict(frozen=True)
    file_hint: ClassVar[str] = "Write an id, and below it 'text:' and 'reviewed:', or delete the file."
    entry_noun: ClassVar[str] = "fact"


class Glossary(RootModel[dict[Id, TermEntry]], FileModel):
    """The file `_glossary.yml`: id → term."""

    model_config = ConfigDict(frozen=True)
    file_hint: ClassVar[str] = "Write an id, and below it 'term:' and 'text:', or delete the file."
    entry_noun: ClassVar[str] = "term"
