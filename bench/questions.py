"""The words that all contenders show: questions of a realistic shape, the same in every run."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["BANDS", "OPTIONS", "UNKNOWN", "Question", "Questionnaire", "Section", "write_questions"]

_WORDS = re.findall(
    r"\w+",
    """
    task provider week check written person result cost before after list date review sample price hour file owner
    access account process step customer reply quality brief example feedback contract number plan month team money
    shop order invoice report draft approve decide change rule simple clear named shared agreed
    """,
)

PER_SECTION = 10


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    points: int


OPTIONS = (
    Option("written", "Yes, written down and shared", 2),
    Option("partly", "Only in my head or in messages", 1),
    Option("missing", "No, nothing yet", 0),
)
UNKNOWN = Option("unknown", "I don’t know", 0)
"""The package offers it for every question, so every contender does."""


@dataclass(frozen=True)
class Band:
    id: str
    min: int
    title: str
    text: str


BANDS = (
    Band("ready", 80, "Ready", "Go on as planned."),
    Band("fix-first", 55, "Mend the flagged points first", "A few days of work."),
    Band("not-yet", 0, "Not yet", "Start with the points below."),
)


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    help: str
    weight: int
    advice: Mapping[str, str]
    """Option id -> what to do about that answer."""
    caps: Mapping[str, str]
    """Option id -> the best band that this answer leaves open."""
    na: bool


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    why: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    id: str
    title: str
    summary: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions


def write_questions(count: int, seed: int = 0) -> Questionnaire:
    """Questions in sections of ten; weights 1 to 3, two with caps, one that may not apply. The seed makes other words."""
    chance = random.Random(f"{count} {seed}")

    def some(words: int) -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(words))

    def question(number: int) -> Question:
        caps: Mapping[str, str] = {}
        if number == 0:
            caps = {"missing": "not-yet", "partly": "fix-first"}
        elif number == PER_SECTION:
            caps = {"missing": "fix-first"}
        return Question(
            id=f"{'-'.join(chance.sample(_WORDS, 2))}-{number}",
            text=f"{some(12).capitalize()}?",
            help=f"{some(14).capitalize()}.",
            weight=1 + number % 3,
            advice={"partly": f"{some(16).capitalize()}.", "missing": f"{some(14).capitalize()}."},
            caps=caps,
            na=number == 5,
        )

    def section(first: int) -> Section:
        numbers = range(first, min(first + PER_SECTION, count))
        return Section(
            id=f"part-{first // PER_SECTION + 1}",
            title=some(5).capitalize(),
            why=f"{some(40).capitalize()}.",
            questions=tuple(question(number) for number in numbers),
        )

    return Questionnaire(
        id=f"questions-{count}-{seed}",
        title=f"{count} questions, {some(3)}",
        summary=f"{some(12).capitalize()}.",
        sections=tuple(section(first) for first in range(0, count, PER_SECTION)),
    )
