"""Rules for the wording of questions and options: what makes a question hard to answer truly, found in its words.

They come from survey research, as far as a program can follow it:

- *Two ideas.* Where the answer to a double-barrelled question differs between its parts, it is indeterminate: nobody
  knows which part it is about (A. B. Masters, "To agree or disagree", 2019, with examples from polls).
- *Not to be observed.* Asked whether they agree, people tend to say yes: with pairs of opposite statements the effect
  averages about 10 per cent (Masters, as above). A choice between described alternatives does better (Pew Research
  Center, "Writing Survey Questions"). The form of a scale explains much of what a question measures
  wrongly (A. DeCastellarnau, "A classification of response scale characteristics that affect data quality", Quality &
  Quantity, 2018), so that labels have to be clear. What feels *good* or *adequate* has no label at all.
- *Options* cover all cases and do not overlap (Pew, as above). Two degrees without a number do overlap: where one ends
  and the other starts is anybody's guess.
- *Length and negation.* Of 426 questions that were asked again, some kinds were the less reliable the more words they
  had (D. F. Alwin and B. A. Beattie, "The KISS Principle in Survey Design", Sociological Methodology 46, 2016). The
  limit of 25 words is ours. Double negatives confuse, and creep in unobserved (J. M. Converse and S. Presser, "Survey
  Questions: Handcrafting the Standardized Questionnaire", 1986).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .question_words import BY_LANGUAGE, QuestionWords

# The patterns look at one question, and people do not read longer ones; a longer one is reported for its length alone.
_LONGEST = 600


class Flaw(NamedTuple):
    """What is wrong with a question: a code, the rest of a sentence about it, and what to do."""

    code: str
    message: str
    hint: str


def words_for(language: str) -> QuestionWords | None:
    """What is known of a language; `None` where only the rules apply that need no words."""
    return BY_LANGUAGE.get(language.partition("-")[0])


def question_flaws(text: str, words: QuestionWords) -> list[Flaw]:
    """What is wrong with the wording of a question, each kind of fault once."""
    plain = _plain(text)
    found = []
    number = len(re.findall(r"[^\W_][^\s/]*", plain))
    if number > words.most_words:
        found.append(
            Flaw(
                "long-question",
                f"has a question of {number} words",
                f"Ask it in {words.most_words} words at most. What needs explaining goes into 'help:'.",
            )
        )
    plain = plain[:_LONGEST]
    if joint := _joint(plain, words):
        found.append(
            Flaw(
                "two-ideas",
                f"asks two things in one question: “{joint}”",
                "Who can say yes to one of them only has no answer: make two questions of it.",
            )
        )
    if doubt := _doubt(plain, words):
        found.append(
            Flaw(
                "not-observable",
                f"asks {doubt[0]}: “{doubt[1]}”",
                "Ask for something that can be seen or counted, such as a paper, a date or a number.",
            )
        )
    denials = [match[0] for match in words.negatives.finditer(words.not_negative.sub("", plain))]
    if len(denials) > 1 and not (len(denials) == 2 and denials[0].lower() == "neither"):
        found.append(
            Flaw(
                "double-negative",
                f"denies twice in one question: “{denials[0]}” and “{denials[1]}”",
                "Ask for what should be so, not for the absence of what should not.",
            )
        )
    return found


def vague_option(texts: Sequence[str], words: QuestionWords) -> int | None:
    """The first option that two people would understand differently; `None` where there is none."""
    plain = [words.answer_start.sub("", _plain(text).lower().rstrip(".!")) for text in texts]
    for n, text in enumerate(plain):
        if words.agreement.search(text):
            return n
    vague = [n for n, text in enumerate(plain) if words.degrees.search(text)]
    # One alone is whatever lies between its neighbours.
    return vague[0] if len(vague) > 1 else None


def repeated_option(texts: Sequence[str]) -> tuple[int, int] | None:
    """The first two options that read the same."""
    seen: dict[str, int] = {}
    for n, text in enumerate(texts):
        first = seen.setdefault(_plain(text).casefold().strip(" .!"), n)
        if first != n:
            return first, n
    return None


def _joint(plain: str, words: QuestionWords) -> str:
    """The words that join two ideas; empty where none do."""
    # What is quoted or stands in brackets is named, not asked.
    text = re.sub(r"“[^”]*”|\"[^\"]*\"|‘[^']*'", "X", plain)
    text = " ".join(re.sub(r" ?\([^()]*\)", "", text).split())
    head, colon, _ = text.partition(": ")
    if colon and words.openers.search(head):
        text = f"{head}?"
    for phrase in words.one_idea:
        text = phrase.sub("X", text)
    for pattern in words.joined:
        if match := pattern.search(text):
            return _quoted(match)
    if not words.related.search(text) and not words.counted.search(text):
        for pattern in words.pairs:
            if match := pattern.search(text):
                return _quoted(match)
    return ""


def _doubt(plain: str, words: QuestionWords) -> tuple[str, str] | None:
    text = re.sub(r"“[^”]*”|\"[^\"]*\"", "X", plain)
    for pattern, asks in words.doubts:
        if match := pattern.search(text):
            return asks, _quoted(match)
    return None


def _quoted(match: re.Match[str]) -> str:
    """The words of a match, without those in the middle where there are too many to read."""
    parts = match[0].strip(" ,").split()
    return " ".join(parts if len(parts) <= 8 else [*parts[:3], "…", *parts[-4:]])


def _plain(text: str) -> str:
    """One line, with the apostrophes that the patterns know."""
    return " ".join(re.sub("[’\u02bc]", "'", text).split())
