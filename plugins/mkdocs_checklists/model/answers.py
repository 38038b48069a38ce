"""What an answer to a question may be, and what can be asked of it without its question.

`assets/base/answers.js` mirrors this module. What an answer is worth is in `scoring/answers.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Answer = str
"""The id of an option, or one of the two answers that need none: `na`, `unknown`."""

Answers = Mapping[str, Answer]
"""Item id to answer; input id to a number in digits. Ids that a key does not know are listed in the result, never an error."""

State = Literal["answered", "unknown", "na", "unanswered"]

NA: Answer = "na"
UNKNOWN: Answer = "unknown"

RESERVED_ANSWERS: Mapping[Answer, str] = {
    NA: "Use 'na: true' on the item.",
    UNKNOWN: "Use 'unknown: true' on the checklist.",
}
"""The answers that are no options, and how a checklist offers each."""

FORM = f'the id of an option, "{NA}" or "{UNKNOWN}"'
"""How an answer is written in a file of answers."""


def answer_from_json(value: Any) -> Answer | None:
    """An answer as it was filed; `None` for what can't be one, whatever the question."""
    return value if isinstance(value, str) else None


def applies(answer: Answer | None) -> bool:
    """Whether a question counts after this answer, or while there is none."""
    return answer != NA


def is_unknown(answer: Answer | None) -> bool:
    return answer == UNKNOWN


def definite(answer: Answer | None) -> Answer | None:
    """The answer where conditions and decisions can use it; `None` for one that is missing, `na` or `unknown`."""
    return None if answer in RESERVED_ANSWERS else answer


def state_of(answer: Answer | None) -> State:
    """What the result reports of a question."""
    if answer is None:
        return "unanswered"
    if not applies(answer):
        return "na"
    return "unknown" if is_unknown(answer) else "answered"


def chooses(answer: Answer, option: str) -> bool:
    """Whether a definite answer is, or has, this option: what `item == "option"` asks."""
    return answer == option
