"""The checklist as typed, frozen data: its parts, their keys and defaults, and a line of documentation each."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from .cases import TypicalCase
from .fields import (
    Advice,
    Allow,
    Amount,
    AtMost,
    Block,
    Day,
    Days,
    DimensionShares,
    Exact,
    ExpressionText,
    Flag,
    Id,
    Ids,
    Inline,
    Inlines,
    InputDecimals,
    Links,
    Minutes,
    OwnWords,
    Percent,
    Plain,
    PointsOf,
    Revision,
    Verbatim,
    Weight,
)
from .file import FileModel, PartModel
from .score_rules import Band, Dimension, ScoreRules, SectionCap

SECONDS_PER_QUESTION = 20
SECONDS_PER_NUMBER = 30  # It may have to be looked up.


def _allow(what: str) -> Any:
    return Field(
        default={},
        description=f"Warnings of the linter that are right for {what} and yet meant: code to reason.",
        examples=[{"two-ideas": "They are one act."}],
    )


class Option(PartModel):
    """One possible answer."""

    id: Id = Field(description="Stable name of the option, never reused.")
    text: Plain = Field(description="What the reader sees.")
    points: PointsOf = Field(
        description="What this answer earns before weighting; in a checklist with outcomes, points for each outcome.",
        examples=[2, {"keep": 1}],
    )
    was: Ids = Field(default=[], description="Earlier ids of this option, so that stored answers survive.")
    allow: Allow = _allow("this option")

    @property
    def earned(self) -> Exact:
        """The points of an option in a score; 0 where it has points for outcomes."""
        return 0 if isinstance(self.points, dict) else self.points

    @property
    def toward(self) -> dict[str, Exact]:
        """The points for each outcome that the option names."""
        return self.points if isinstance(self.points, dict) else {}


Scale = Annotated[list[Option], Field(min_length=2)]


class Item(PartModel):
    """One thing to answer: one of its options, or several of them."""

    id: Id = Field(description="Stable name of the item, unique in the file, never reused.")
    text: Plain = Field(description="The question; it may hold `code` and *emphasis*.")
    help: Block | None = Field(default=None, description="What the question means, shown under it.")
    scale: Id | None = Field(default=None, description="Name of a scale of this file, of `_scales.yml`, or `yes-no`.")
    options: Scale | None = Field(default=None, description="The possible answers in place of a scale, best first.")
    choose: Literal["one", "many"] = Field(
        default="one", description="Whether the reader chooses one option, or as many as are true."
    )
    at_most: AtMost | None = Field(
        default=None, description="With `choose: many`: how many options may be chosen together; all when left out."
    )
    none: Id | None = Field(
        default=None,
        description='With `choose: many`: the option that excludes all others, such as "None of these"; 0 points.',
    )
    when: ExpressionText | None = Field(default=None, description="Asked only where this condition holds.")
    example: Id | None = Field(default=None, description="The option that the example button of a calculator chooses.")
    weight: Weight = Field(default=1, description="Multiplies the points.")
    na: Flag = Field(default=False, description='Whether the reader may say "does not apply".')
    caps: dict[Id, Id] = Field(
        default={},
        description="Option id to band id: the best band still possible after this answer.",
        examples=[{"no": "wait"}],
    )
    recommend: Advice | None = Field(
        default=None,
        description="Advice: one text for every answer below the best, or a text per option id.",
        examples=["Do it.", {"no": "Do it."}],
    )
    given: Flag = Field(
        default=False,
        description="A fact of the case that nobody can mend: it scores and caps, and is never a thing to do.",
    )
    action: Plain | None = Field(default=None, description='The title of its advice in a result: "Build in a delay".')
    urgent: Ids = Field(default=[], description="Options whose advice comes before all other.")
    effort: Minutes | None = Field(
        default=None, description="What mending takes: 20 min, 2 h or 3 days (a day is eight hours)."
    )
    cost: Plain | None = Field(default=None, description="What mending costs, in words or as an amount.")
    after: Ids = Field(default=[], description="Items to mend first.")
    dimension: DimensionShares = Field(
        default={},
        description="What the item is about, across sections: a dimension, a list of them, or each with its share of the item.",
        examples=["people", {"people": 0.5, "paper": 0.5}],
    )
    fact: Id | None = Field(default=None, description="Name of a fact that items of several files ask for.")
    valid_for: Days | None = Field(
        default=None, description="How long an answer stays true: 90 days, 6 weeks, 3 months."
    )
    note: OwnWords = Field(
        default=False,
        description="A field for the reader's own words, kept with the answer and never scored: `true`, or the words above it.",
        examples=[True, "Who knows more?"],
    )
    evidence: Flag = Field(
        default=False,
        description="A field for a link to what shows that the answer is true, kept with it and never scored.",
    )
    template: Verbatim | None = Field(default=None, description="Finished text that the reader can copy.")
    clauses: dict[Id, Verbatim] = Field(
        default={},
        description="What a blank for this item stands for in a template, by answer.",
        examples=[{"no": "…"}],
    )
    see: Links = Field(default=[], description="Where to read on: /page.md, /page.md#anchor or an address.")
    was: Ids = Field(default=[], description="Earlier ids of this item, so that stored answers survive.")
    retired: Ids = Field(default=[], description="Ids of options that are gone; never to be used again.")
    allow: Allow = _allow("this item")


class Section(PartModel):
    """A part of the reading order, with heading and introduction."""

    id: Id = Field(description="Stable name of the section, unique in the file.")
    title: Plain = Field(description="The heading.")
    label: Plain | None = Field(default=None, description='Short words before the heading, such as "Mistake 1".')
    short: Plain | None = Field(default=None, description="Its name beside its score; label and title when left out.")
    why: Block | None = Field(default=None, description="Why this matters.")
    signs: Inlines = Field(default=[], description="How to notice it.")
    remedies: Inlines = Field(default=[], description="What to do instead.")
    see: Links = Field(default=[], description="Where to read on.")
    lead_in: Block | None = Field(
        default=None, description="What all questions of the section begin with, such as the time that they ask about."
    )
    when: ExpressionText | None = Field(default=None, description="Shown only where this condition holds.")
    weight: Weight | None = Field(
        default=None, description="With `combine: sections`: how much this section counts (1 when left out)."
    )
    items: list[Item] = Field(description="The questions; may be empty where the section is only read.")
    bands: Annotated[list[Band], Field(min_length=1)] = Field(
        default=[], description="What the score of this section by itself means, as the bands of the checklist do."
    )
    was: Ids = Field(default=[], description="Earlier ids of this section, so that links survive.")
    allow: Allow = _allow("something in this section")


class Outcome(PartModel):
    """One of several answers to a decision."""

    id: Id = Field(description="Stable name of the outcome; options give points to it.")
    title: Plain = Field(description="The outcome in a few words.")
    text: Block | None = Field(default=None, description="What it means and what to do.")
    see: Links = Field(default=[], description="Where to read on.")


class Gate(PartModel):
    """A rule that removes an outcome, and says why."""

    remove: Id = Field(description="The outcome.")
    when: ExpressionText = Field(description="The condition over questions, inputs and figures.")
    text: Inline = Field(description="Why the outcome is out.")


class Note(PartModel):
    """Extra advice where a condition holds."""

    when: ExpressionText = Field(description="The condition; it may also ask for the `outcome`.")
    text: Inline = Field(description="The advice.")
    see: Links = Field(default=[], description="Where to read on.")


class Decide(PartModel):
    """When an outcome is named."""

    lead: Percent = Field(default=8, description="By how much the best fit must lead, or it is a close call.")
    least: Percent = Field(default=55, description="The fit below which there is no clear answer.")
    ties: Ids = Field(default=[], description="Outcomes in the order that decides between equal fits.")


class Input(PartModel):
    """A number that the reader gives."""

    id: Id = Field(description="Stable name of the input, unique among items, inputs and figures.")
    text: Plain = Field(description="What is asked for.")
    short: Plain | None = Field(default=None, description="Its name in formulas; the text when left out.")
    unit: Plain | None = Field(default=None, description='The unit, such as "h" or "%".')
    min: Amount = Field(default=Fraction(0), description="The lowest number that is taken (0 when left out).")
    max: Amount = Field(
        default=Fraction(10**9), description="The highest number that is taken (1,000,000,000 when left out)."
    )
    decimals: InputDecimals = Field(default=0, description="How many decimals may be typed.")
    example: Amount | None = Field(default=None, description="What the example button fills in.")
    help: Block | None = Field(default=None, description="How to find the number.")
    section: Id | None = Field(
        default=None, description="The section behind whose questions it stands; before all sections when left out."
    )
    when: ExpressionText | None = Field(default=None, description="Asked only where this condition holds.")
    was: Ids = Field(default=[], description="Earlier ids of this input, so that stored numbers survive.")


class Figure(PartModel):
    """A number that is computed."""

    id: Id = Field(description="Stable name of the figure, unique among items, inputs and figures.")
    text: Plain = Field(description="What it is.")
    short: Plain | None = Field(default=None, description="Its name in formulas; the text when left out.")
    unit: Plain | None = Field(default=None, description="The unit.")
    decimals: InputDecimals = Field(default=0, description="How many decimals are shown, rounded half up.")
    formula: ExpressionText = Field(description="How it is computed from inputs, answers and figures above it.")
    help: Block | None = Field(default=None, description="What it tells.")
    when: ExpressionText | None = Field(default=None, description="Computed and shown only where this condition holds.")
    main: Flag = Field(default=False, description="Whether it leads the result; the first figure does when none is.")


class Verdict(PartModel):
    """A sentence chosen by a condition over figures."""

    id: Id = Field(description="Stable name of the verdict.")
    when: ExpressionText = Field(description="The condition; of several that hold, the first counts.")
    title: Plain = Field(description="The verdict in a few words.")
    text: Block | None = Field(default=None, description="What it means and what to do.")
    see: Links = Field(default=[], description="Where to read on.")


class Comparison(PartModel):
    """Figures of one unit, shown as bars side by side."""

    title: Plain = Field(description="What is compared.")
    figures: Annotated[list[Id], Field(min_length=2)] = Field(description="The figures.")


class Plan(PartModel):
    """Many runs of a decision in one table."""

    title: Plain = Field(description="The heading of the table.")
    columns: dict[Id, Plain] = Field(
        default={}, description="Further columns: item id to the heading of its column.", examples=[{"hours": "Hours"}]
    )


class Checklist(PartModel, FileModel):
    """A scored checklist: one file, whose name without `.yml` is its id."""

    file_noun: ClassVar[str] = "the checklist"
    file_hint: ClassVar[str] = "Write a checklist: title, sections and bands."

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["sections", "bands"]},
                {"required": ["sections", "outcomes"]},
                {"required": ["inputs"]},
            ]
        }
    )

    title: Plain = Field(description="The heading of the checklist.")
    summary: Inline | None = Field(default=None, description="One or two sentences under the heading.")
    decides: Plain | None = Field(
        default=None, description='What the result decides, in a few words, such as "Whether the release may go out".'
    )
    subject: Plain | None = Field(default=None, description='What one run is about, such as "task" or "candidate".')
    revision: Revision = Field(default=1, description="Raised when an old answer would no longer mean the same.")
    reviewed: Day | None = Field(default=None, description="The day a person last read and confirmed the whole file.")
    unknown: Flag = Field(default=True, description='Whether every item offers "I don\'t know".')
    scales: dict[Id, Scale] = Field(default={}, description="Named lists of options that items share.")
    sections: Annotated[list[Section], Field(min_length=1)] = Field(
        default=[], description="The parts, in reading order; may be missing where there are inputs."
    )
    bands: Annotated[list[Band], Field(min_length=1)] = Field(
        default=[],
        description="The results by score, the lowest at the bottom of the range; needed without outcomes and inputs.",
    )
    caps: list[SectionCap] = Field(
        default=[],
        description="Sections that hold the result down while their own score is low.",
        examples=[[{"section": "status", "below": 55, "band": "wait"}]],
    )
    score: ScoreRules = Field(
        default=ScoreRules(), description="How the score is computed and shown.", examples=[{"enough": 90}]
    )
    dimensions: list[Dimension] = Field(default=[], description="Titles of the dimensions that items name.")
    outcomes: Annotated[list[Outcome], Field(min_length=2)] = Field(
        default=[], description="The answers that a decision is between, in place of bands."
    )
    gates: list[Gate] = Field(default=[], description="Rules that remove an outcome.")
    notes: list[Note] = Field(default=[], description="Extra advice where a condition holds.")
    decide: Decide = Field(
        default=Decide(), description="From which fit and which lead on an outcome is named.", examples=[{"lead": 10}]
    )
    close: dict[Plain, Block] = Field(
        default={},
        description="What to do in a close call between two outcomes, by their ids with a `+` between them.",
        examples=[{"keep+automate": "Try it for a month."}],
    )
    inputs: list[Input] = Field(default=[], description="Numbers that the reader gives.")
    figures: list[Figure] = Field(default=[], description="Numbers that are computed, each from what stands above it.")
    verdicts: list[Verdict] = Field(default=[], description="Sentences chosen by conditions; the first that holds.")
    compare: list[Comparison] = Field(default=[], description="Figures to be shown side by side.")
    plan: Plan | None = Field(default=None, description="Many runs (tasks, candidates) of a decision in one table.")
    cases: list[TypicalCase] = Field(
        default=[], description="Typical cases, filled in, that the page offers as examples."
    )
    template: Verbatim | None = Field(default=None, description="Text to copy below the result, with blanks: `{ITEM}`.")
    was: Ids = Field(default=[], description="Earlier ids (file names) of this checklist.")
    retired: Ids = Field(default=[], description="Ids of items and sections that are gone; never to be used again.")
    language: Id = Field(
        default="en", description="Language of the texts; the rules for wording know English, `en`, only."
    )
    allow: Allow = _allow("something in this file")

    @property
    def items(self) -> list[Item]:
        """All items in reading order."""
        return [item for section in self.sections for item in section.items]


class SharedScales(PartModel, FileModel):
    """The file `_scales.yml`: scales that every checklist beside it may name."""

    file_hint: ClassVar[str] = "Write 'scales:' and the scales below it, or delete the file."

    scales: dict[Id, Scale] = Field(description="Named lists of options.")
    language: Id = Field(
        default="en", description="Language of the texts; the rules for wording know English, `en`, only."
    )
    allow: Allow = _allow("something in this file")
