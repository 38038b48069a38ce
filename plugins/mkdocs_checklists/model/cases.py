"""Examples that the page of a checklist offers: typical cases, each with all answers and with what they lead to."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from .fields import Id, OneOrTwoIds, Plain, Plains

_ANSWER = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "array", "items": {"type": "string"}}]}

CaseAnswers = Annotated[
    dict[Id, Plains],
    WithJsonSchema({"type": "object", "additionalProperties": _ANSWER}),
]


class TypicalCase(BaseModel):
    """A typical case, filled in, that the reader may look at in place of her own answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id = Field(description="Stable name of the case.")
    title: Plain = Field(description="What the reader chooses it by.")
    group: Plain | None = Field(default=None, description="The heading that it stands under, such as a trade.")
    answers: CaseAnswers = Field(
        description="The answer to each question and number that the case is asked: an option, a list of them, or a number.",
        examples=[{"often": "daily", "hours": 6}],
    )
    says: OneOrTwoIds | None = Field(
        default=None,
        description="The band, outcome or verdict that it must lead to; for a close call two outcomes with a `+` between them.",
        examples=["keep", "keep+automate"],
    )
