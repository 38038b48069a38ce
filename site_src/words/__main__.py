"""Measures the words of the guides: how long each one is, and what reading grade its sentences ask for.

`make lint` runs it, with the spelling check beside it. The limits are the project's own: readers are on a phone and have ten
minutes. The grade is that of Flesch and Kincaid: years of US schooling, from the lengths of sentences and words alone. So it
finds long-winded sentences; it can't tell whether a text makes sense.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_src.words.texts import Passage, checklist_passages, page_passages

GUIDES = Path("content/guides")
CARDS = Path("content/cards")
CHECKLISTS = Path("checklists")
GRADE = 9.0
WORDS = range(900, 1801)


@dataclass(frozen=True)
class Measure:
    """What was found in one text."""

    name: str
    words: int
    grade: float
    hardest: list[tuple[float, Passage]]
    """The passages above the limit, the hardest first."""


def measure(name: str, passages: list[Passage]) -> Measure:
    hard = sorted(
        ((passage.grade, passage) for passage in passages if len(passage.words) >= 20 and passage.grade > GRADE),
        key=lambda entry: -entry[0],
    )
    whole = Passage(0, "\n".join(passage.text for passage in passages))
    return Measure(name, sum(len(passage.words) for passage in passages), whole.grade, hard)


def problems(found: Measure, is_guide: bool) -> Iterator[str]:
    if found.grade > GRADE:
        yield f"{found.name}: reading grade {found.grade:.1f}, at most {GRADE:g}"
        for grade, passage in found.hardest[:5]:
            yield f"  line {passage.line}, grade {grade:.1f}: {' '.join(passage.text.split())[:100]}"
    if is_guide and found.words not in WORDS:
        yield f"{found.name}: {found.words} words of its own, should be {WORDS.start} to {WORDS.stop - 1}"


def main() -> int:
    said: list[str] = []
    print("grade  words")
    for path in sorted(GUIDES.glob("*.md")):
        found = measure(path.as_posix(), list(page_passages(path)))
        print(f"{found.grade:5.1f}  {found.words:5}  {found.name}")
        said += problems(found, is_guide=True)
    others = [(path, page_passages) for path in sorted(CARDS.glob("*.md"))]
    others += [(path, checklist_passages) for path in sorted(CHECKLISTS.glob("[!_]*.yml"))]
    for path, passages in others:
        found = measure(path.as_posix(), list(passages(path)))
        print(f"{found.grade:5.1f}  {found.words:5}  {found.name}")
        said += problems(found, is_guide=False)
    if said:
        print("\n".join(said), file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
