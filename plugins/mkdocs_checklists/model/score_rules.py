"""How a score comes about and what it means: the keys of `score`, bands, dimensions and caps by section."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import Block, CutScore, Decimals, Id, Percent, Plain, RangeEnd
from .file import PartModel

Better = Literal["higher", "lower", "neither"]


class Band(PartModel):
    """A named range of scores with its advice."""

    id: Id = Field(description="Stable name of the band.")
    min: CutScore = Field(description="The lowest score of the band, as the reader sees it.")
    title: Plain = Field(description="The verdict in a few words.")
    text: Block | None = Field(default=None, description="What the verdict means and what to do.")


class ScoreRules(PartModel):
    """How points become the number that the reader sees."""

    as_: Literal["percent", "points"] = Field(
        default="percent", alias="as", description="A share of what was possible, or the points themselves."
    )
    range: Annotated[list[RangeEnd], Field(min_length=2, max_length=2)] | None = Field(
        default=None,
        description="With `percent`: the ends of the reported scale; [0, 100] when left out.",
        examples=[[0, 3]],
    )
    decimals: Decimals = Field(default=0, description="Decimals of the number shown.")
    combine: Literal["items", "sections"] = Field(
        default="items",
        description="One sum over all items, or the weighted mean of the sections' shares (only with `percent`).",
    )
    better: Better = Field(
        default="higher",
        description="Whether a higher or a lower score is better; with `neither` the score is a measurement.",
    )
    from_: Literal["least", "zero"] = Field(
        default="least",
        alias="from",
        description="With `percent`: where the share begins, at the fewest points that the answered items allow, or at zero.",
    )
    open: Literal["left-out", "zero"] = Field(
        default="left-out",
        description="What an open question counts as, once any is answered: nothing at all, or zero points.",
    )
    enough: Percent = Field(
        default=70, description="Per cent of the applicable items that must be answered before a band is awarded."
    )


class Dimension(PartModel):
    """What a score is about, across sections."""

    id: Id = Field(description="The name that items give as `dimension`.")
    title: Plain = Field(description="What the reader sees.")
    within: Id | None = Field(default=None, description="The dimension that holds this one, and counts its items too.")
    bands: Annotated[list[Band], Field(min_length=1)] = Field(
        default=[], description="What the score of this dimension means, as the bands of the checklist do."
    )


class SectionCap(PartModel):
    """A section that holds the result down."""

    section: Id = Field(description="The section.")
    below: CutScore = Field(
        description="It holds the result down while its score, as the reader sees it, is below this; above it with `better: lower`."
    )
    band: Id = Field(description="The best band still possible then.")
