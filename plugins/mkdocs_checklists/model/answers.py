"""What an answer to a question may be, and what can be asked of it without its question.

`assets/base/answers.js` mirrors this module. What an answer is worth is in `scoring/answers.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Answer = str
"""The id of an option, the ids of several in the order of the file with `+` between them, or one of the two answers that need
no option: `na`, `unknown`. Several are one text, so that a release from before there were any keeps what it can't read."""

Filed = Answer | Sequence[str]
"""An answer as it may be handed in: several options also as a list of ids, in any order."""

Answers = Mapping[str, Filed]
"""Item id to answer; input id to a number in digits. Ids that a key does not know are listed in the result, never an error."""

Resolved = Mapping[str, Answer]
"""Answers as they count: under present ids, each as this module says."""

State = Literal["answered", "unknown", "na", "unanswered"]

NA: Answer = "na"
UNKNOWN: Answer = "unknown"

RESERVED_ANSWERS: Mapping[Answer, str] = {
    NA: "Use 'na: true' on the item.",
    UNKNOWN: "Use 'unknown: true' on the checklist.",
}
"""The answers that are no options, and how a checklist offers each."""


def answers_beside_options(*, unknown: bool, na: bool) -> list[Answer]:
    """The answers that need no option, of those that a question offers."""
    return [answer for answer, is_offered in ((UNKNOWN, unknown), (NA, na)) if is_offered]


_JOINT = "+"

FORM = f'the id of an option, "{NA}" or "{UNKNOWN}"'
FORM_OF_SEVERAL = f'a list of ids of options, "{NA}" or "{UNKNOWN}"'
"""How an answer is written in a file of answers."""


def answer_from_json(value: Any) -> Answer | None:
    """An answer as it was filed; `None` for what can't be one, whatever the question."""
    if isinstance(value, list) and all(isinstance(option, str) for option in value):
        return answer_of(value)
    return value if isinstance(value, str) else None


def answer_of(options: Iterable[str]) -> Answer:
    """The answer that has these options."""
    return _JOINT.join(options)


def options_in(answer: Answer) -> list[str]:
    """The options that an answer has, if it has any."""
    return answer.split(_JOINT)


def written(filed: Filed) -> Answer:
    """An answer as it was handed in, as one text."""
    return filed if isinstance(filed, str) else answer_of(filed)


Beside = Literal["words", "evidence"]
"""What a reader may write beside an answer: her own words, and a link to what shows it."""


def beside(item: str, kind: Beside) -> str:
    """The id under which it is filed: no item has one with a slash in it."""
    return f"{item}/{kind}"


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
    """Whether a definite answer is, or has, this option: what `item == "option"` and `"option" in item` ask."""
    return answer == option or option in options_in(answer)
