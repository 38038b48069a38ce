"""Rules that need the whole checklist: unique ids, known references, bands that tile the range, caps that can bite.

The result is a *trusted* checklist: every item has its options in place, and every reference leads somewhere.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from ..diagnostics.diagnostic import Diagnostic, Severity, Span, a_noun, did_you_mean, name_some
from ..model.checklist import EVERY_ANSWER, Checklist, Item, Option, SharedScales
from ..reading.reader import Reading
from ..reading.tree import Path
from .allowances import check_allowances
from .decision import check_decision
from .expressions import check_expressions

# Answers that every item understands, and the words of the expression language (`when:`, formulas): an id can never be
# changed later, so what Python's grammar would not take as a name in an expression is refused from the start.
RESERVED_ANSWERS = frozenset({"na", "unknown"})
RESERVED_NAMES = (
    RESERVED_ANSWERS | {"min", "max", "round", "outcome"} | {word.lower() for word in keyword.kwlist if word.isalpha()}
)

_Named = tuple[Path, str]

# To compare each of thousands of wrong ids with each of thousands of right ones takes minutes, and nobody reads so many hints.
_MOST_SUGGESTIONS = 200

BUILT_IN_SCALES: Mapping[str, list[Option]] = {
    "yes-no": [
        Option.model_validate({"id": "yes", "text": "Yes", "points": "1"}),
        Option.model_validate({"id": "no", "text": "No", "points": "0"}),
    ]
}


def check_shared_scales(reading: Reading[SharedScales]) -> dict[str, list[Option]]:
    """The scales of `_scales.yml`; what is wrong with them is added to the reading's diagnostics."""
    if reading.model is None:
        return {}
    for name, options in reading.model.scales.items():
        _check_options(reading, options, ("scales", name))
    check_allowances(reading)
    return reading.model.scales


def check(
    reading: Reading[Checklist],
    shared_scales: Mapping[str, list[Option]],
    shared_errors: SequenceOf[Diagnostic] = (),
) -> Checklist | None:
    """Check a checklist as a whole and return it with every scale put in its place.

    `None` when the file has an error. What is found is added to the reading's diagnostics; so are the errors of the shared
    scales where the checklist needs one of those.
    """
    if reading.model is None:
        return None
    _Checks(reading, reading.model, shared_scales, shared_errors).run()
    if reading.diagnostics.errors:
        return None
    return with_options(reading.model, shared_scales)


def with_options(checklist: Checklist, shared_scales: Mapping[str, list[Option]]) -> Checklist:
    """The checklist with the options of each item's scale copied into the item. All scales must be known."""
    scales = {**BUILT_IN_SCALES, **shared_scales, **checklist.scales}
    sections = [
        section.model_copy(
            update={
                "items": [
                    item if item.options else item.model_copy(update={"options": scales[str(item.scale)]})
                    for item in section.items
                ]
            }
        )
        for section in checklist.sections
    ]
    return checklist.model_copy(update={"sections": sections})


@dataclass
class _Checks:
    reading: Reading[Checklist]
    checklist: Checklist
    shared_scales: Mapping[str, list[Option]]
    shared_errors: SequenceOf[Diagnostic]
    scales: dict[str, list[Option]] = field(init=False)
    used_scales: set[str] = field(default_factory=set)
    bands: dict[str, None] = field(init=False)
    top: str = field(init=False)

    def __post_init__(self) -> None:
        self.scales = {**BUILT_IN_SCALES, **self.shared_scales, **self.checklist.scales}
        self.bands = dict.fromkeys(band.id for band in self.checklist.bands)
        self.top = max(self.checklist.bands, key=lambda band: band.min).id if self.bands else ""

    def run(self) -> None:
        check_allowances(self.reading)
        self._names()
        for name, options in self.checklist.scales.items():
            _check_options(self.reading, options, ("scales", name))
        for path, item in self._items():
            self._item(path, item)
        self._references()
        self._score_rules()
        if self.bands and self.reading.has_all("bands", "score", "range", "decimals", "as"):
            self._bands()
        if self.reading.has_all("sections", "items", "scale"):
            self._unused_scales()
        if self.checklist.sections and self.reading.has_all("sections", "items") and not self._asks_anything():
            self._error(
                "too-few",
                "the checklist has no item",
                self.reading.key_span("sections"),
                "Add at least one question to a section.",
            )

        check_decision(self.reading, self.checklist, self._options_of)
        check_expressions(self.reading, self.checklist, self._options_of)

    def _asks_anything(self) -> bool:
        return bool(self.checklist.items or self.checklist.inputs)

    def _options_of(self, item: Item) -> list[Option]:
        """The options of an item, wherever they stand; none where that is not known."""
        return item.options or self.scales.get(item.scale or "", [])

    def _items(self) -> Iterator[tuple[Path, Item]]:
        for s, section in enumerate(self.checklist.sections):
            for i, item in enumerate(section.items):
                yield ("sections", s, "items", i), item

    # Ids

    def _names(self) -> None:
        checklist = self.checklist
        bands: list[_Named] = [(("bands", n, "id"), band.id) for n, band in enumerate(checklist.bands)]
        sections: list[_Named] = [(("sections", n, "id"), section.id) for n, section in enumerate(checklist.sections)]
        items: list[_Named] = [((*path, "id"), item.id) for path, item in self._items()]
        dimensions: list[_Named] = [(("dimensions", n, "id"), part.id) for n, part in enumerate(checklist.dimensions)]
        inputs: list[_Named] = [(("inputs", n, "id"), part.id) for n, part in enumerate(checklist.inputs)]
        figures: list[_Named] = [(("figures", n, "id"), part.id) for n, part in enumerate(checklist.figures)]
        for noun, named in (
            ("band", bands),
            ("section", sections),
            ("item", items),
            ("dimension", dimensions),
            ("input", inputs),
            ("figure", figures),
        ):
            _check_unique(self.reading, noun, named)
        for noun, named in (("item", items), ("section", sections), ("input", inputs), ("figure", figures)):
            for path, name in named:
                if name in RESERVED_NAMES:
                    self._error(
                        "reserved-id",
                        f"'{name}' can't be the id of {a_noun(noun)}",
                        self.reading.span(*path),
                        "Answers and the words of expressions are reserved: join it to another word, as in 'my-word'.",
                    )
        # A section and an item of one name would share the anchor `#ID--NAME`.
        places = {name: path for path, name in sections}
        for noun, named in (("item", items), ("input", inputs), ("figure", figures)):
            for path, name in named:
                if name in places:
                    self._error(
                        "duplicate-id",
                        f"{noun} '{name}' has the id of a section",
                        self.reading.span(*path),
                        "Sections and items share their anchors: choose another id for one of them.",
                    )
        asked: dict[str, str] = {name: "an item" for _, name in items}
        for noun, named in (("input", inputs), ("figure", figures)):
            for path, name in named:
                if name in asked and asked[name] != a_noun(noun):
                    self._error(
                        "duplicate-id",
                        f"{noun} '{name}' has the id of {asked[name]}",
                        self.reading.span(*path),
                        "Expressions know all of them by their ids: choose another one.",
                    )
                asked.setdefault(name, a_noun(noun))
        for path, name in (*sections, *items, *inputs, *figures):
            if name == "score":
                self._error(
                    "reserved-id",
                    f"'{name}' can't be an id here",
                    self.reading.span(*path),
                    "The anchor of the result has this name.",
                )
        answered = {name: path for path, name in (*inputs, *items)}
        self._earlier_names(answered, {name: path for path, name in sections})

    def _earlier_names(self, items: Mapping[str, Path], sections: Mapping[str, Path]) -> None:
        """An id that is gone is never used again, and belongs to one thing only."""
        gone: dict[str, Path] = {}
        live = {**sections, **items}

        def take(name: str, path: Path, known: Mapping[str, Path]) -> None:
            if name in known:
                line = self.reading.span(*known[name]).line
                self._error(
                    "reused-id",
                    f"'{name}' is in use, so it can't be an earlier id",
                    self.reading.span(*path),
                    f"It stands in line {line}. An id is never used again.",
                )
            elif name in gone:
                line = self.reading.span(*gone[name]).line
                self._error(
                    "reused-id",
                    f"'{name}' is named as an earlier id twice",
                    self.reading.span(*path),
                    f"It stands first in line {line}.",
                )
            gone.setdefault(name, path)

        for n, name in enumerate(self.checklist.retired):
            take(name, ("retired", n), live)
        for s, section in enumerate(self.checklist.sections):
            for n, name in enumerate(section.was):
                take(name, ("sections", s, "was", n), live)
        for path, item in self._items():
            for n, name in enumerate(item.was):
                take(name, (*path, "was", n), live)
        for k, entry in enumerate(self.checklist.inputs):
            for n, name in enumerate(entry.was):
                take(name, ("inputs", k, "was", n), live)

    # Items

    def _item(self, path: Path, item: Item) -> None:
        of = f"item '{item.id}'"
        if item.scale and item.options:
            self._error(
                "scale-and-options",
                f"{of} has both a scale and options",
                self.reading.key_span(*path, "options"),
                "Keep one of the two.",
            )
        if item.options:
            _check_options(self.reading, item.options, (*path, "options"))
            options, whole = item.options, self.reading.has_all("options")
        elif item.scale is None:
            if self.reading.has_all("scale", "options"):
                self._error(
                    "no-options",
                    f"{of} has nothing to choose from",
                    self.reading.span(*path, "id"),
                    f"Add 'scale: …' or 'options:'. Scales: {name_some(self.scales)}.",
                )
            return
        elif self.shared_errors and item.scale not in {**BUILT_IN_SCALES, **self.checklist.scales}:
            # Nobody can say what is wrong here before the shared scales are mended.
            self.reading.diagnostics.extend(self.shared_errors)
            return
        elif item.scale not in self.scales:
            hint = f"Known scales: {name_some(self.scales)}. {did_you_mean(item.scale, self.scales)}".strip()
            if self.reading.has_all("scales"):
                self._error(
                    "unknown-scale",
                    f"{of} uses scale '{item.scale}', which is not defined",
                    self.reading.span(*path, "scale"),
                    hint,
                )
            return
        else:
            self.used_scales.add(item.scale)
            options, whole = self.scales[item.scale], self.reading.has_all("scales")
        ids = [option.id for option in options]
        if whole:
            self._known_options(of, (*path, "caps"), item.caps, ids)
            self._known_options(of, (*path, "recommend"), item.recommend or {}, ids)
            if item.example is not None and item.example not in ids:
                hint = f"Options: {name_some(ids)}. {did_you_mean(item.example, ids)}".strip()
                span = self.reading.span(*path, "example")
                self._error("unknown-option", f"{of} has no option '{item.example}'", span, hint)
        for option, band in item.caps.items():
            span = self.reading.span(*path, "caps", option)
            if not self.reading.has_all("bands"):
                continue
            if band not in self.bands:
                self._error(
                    "unknown-band",
                    f"{of} caps at band '{band}', which is not defined",
                    span,
                    f"Bands: {name_some(list(self.bands))}. {did_you_mean(band, self.bands)}".strip(),
                )
            elif band == self.top:
                self._warn(
                    "idle-cap",
                    f"{of}: a cap at the highest band changes nothing",
                    span,
                    f"Name a lower band than '{self.top}', or delete it.",
                )
        is_plain = not self.checklist.outcomes and all(isinstance(option.points, int) for option in options)
        if whole and item.weight and is_plain and len({option.earned for option in options}) == 1:
            self._warn(
                "flat-item",
                f"{of}: every option has the same points",
                self.reading.span(*path, "id"),
                "Give the options different points, or 'weight: 0' where it only informs.",
            )
        for n, name in enumerate(item.retired):
            earlier = [old for option in options for old in option.was]
            if name in ids or name in earlier:
                self._error(
                    "reused-id",
                    f"{of}: option '{name}' is in use, so it can't be retired",
                    self.reading.span(*path, "retired", n),
                    "An id is never used again: give the option another one, or delete this.",
                )

    def _known_options(self, of: str, path: Path, named: Iterable[str], ids: list[str]) -> None:
        for name in named:
            if name not in ids and name != EVERY_ANSWER:
                hint = f"Options: {name_some(ids)}. {did_you_mean(name, ids)}".strip()
                self._error("unknown-option", f"{of} has no option '{name}'", self.reading.key_span(*path, name), hint)

    # References

    def _references(self) -> None:
        ids = {item.id: path for path, item in self._items()}
        titled = [dimension.id for dimension in self.checklist.dimensions]
        unknown = 0
        for path, item in self._items():
            for n, name in enumerate(item.after):
                span = self.reading.span(*path, "after", n)
                if name == item.id:
                    self._error("after-itself", f"item '{name}' comes after itself", span, "Delete it.")
                elif name not in ids and self.reading.has_all("sections", "items"):
                    unknown += 1
                    near = did_you_mean(name, ids) if unknown <= _MOST_SUGGESTIONS else ""
                    self._error(
                        "unknown-item",
                        f"item '{item.id}' comes after '{name}', which is not an item",
                        span,
                        near or "Write the id of another item of this file.",
                    )
            if titled and item.dimension and item.dimension not in titled and self.reading.has_all("dimensions"):
                hint = f"Dimensions: {name_some(titled)}. {did_you_mean(item.dimension, titled)}".strip()
                self._error(
                    "unknown-dimension",
                    f"item '{item.id}' names dimension '{item.dimension}', which is not defined",
                    self.reading.span(*path, "dimension"),
                    hint,
                )
        self._after_cycles({item.id: (path, item.after) for path, item in self._items()})

    def _after_cycles(self, after: Mapping[str, tuple[Path, list[str]]]) -> None:
        """Report each ring of `after` once, at the item of it that comes first in the file."""
        settled: set[str] = set()
        for start in after:
            trail: list[str] = []
            stack = [(start, iter(after[start][1]))]
            while stack:
                name, rest = stack[-1]
                if name not in trail:
                    trail.append(name)
                following = next((n for n in rest if n in after and n not in settled and n != name), None)
                if following is None:
                    settled.add(name)
                    trail.pop()
                    stack.pop()
                elif following in trail:
                    ring = [*trail[trail.index(following) :], following]
                    path = after[following][0]
                    self._error(
                        "after-cycle",
                        f"these items wait for one another: {' → '.join(ring)}",
                        self.reading.key_span(*path, "after"),
                        "One of them has to come first.",
                    )
                else:
                    stack.append((following, iter(after[following][1])))

    # Score and bands

    def _score_rules(self) -> None:
        rules = self.checklist.score
        if not self.reading.has_all("score", "as", "combine"):
            return
        if rules.as_ == "points":
            if rules.range is not None:
                self._error(
                    "score-rules",
                    "'range' goes with 'as: percent' only",
                    self.reading.key_span("score", "range"),
                    "Delete it: points are shown as they are.",
                )
            if rules.combine == "sections":
                self._error(
                    "score-rules",
                    "'combine: sections' goes with 'as: percent' only",
                    self.reading.key_span("score", "combine"),
                    "Points are summed over all items.",
                )
            if rules.decimals:
                self._warn(
                    "score-rules",
                    "points are whole numbers, so 'decimals' changes nothing",
                    self.reading.key_span("score", "decimals"),
                    "Delete it.",
                )
        elif rules.range is not None and rules.range[0] >= rules.range[1]:
            self._error(
                "score-rules",
                f"the range starts at {rules.range[0]} and ends at {rules.range[1]}",
                self.reading.key_span("score", "range"),
                "Write the lower end first: [0, 100].",
            )
        if rules.combine != "sections":
            for n, section in enumerate(self.checklist.sections):
                if section.weight is not None:
                    self._warn(
                        "score-rules",
                        f"section '{section.id}': its weight counts only with 'combine: sections'",
                        self.reading.key_span("sections", n, "weight"),
                        "Delete it, or add 'score: {combine: sections}'.",
                    )

    def _bands(self) -> None:
        bottom, top = self._ends()
        points = self.checklist.score.as_ == "points"
        if bottom >= top and not points:
            return  # A range upside down, which was reported.
        if points and not self.reading.has_all("sections", "items", "scale", "options", "scales", "weight", "na"):
            return
        places = sorted((band.min, n) for n, band in enumerate(self.checklist.bands))
        for (cut, n), (following, m) in pairwise(places):
            if cut == following:
                first, second = sorted((n, m))
                name, other = self.checklist.bands[second].id, self.checklist.bands[first].id
                self._error(
                    "duplicate-band",
                    f"bands '{other}' and '{name}' start at the same score",
                    self.reading.span("bands", second, "min"),
                    "Give each band a lowest score of its own.",
                )
        lowest, n = places[0]
        span = self.reading.span("bands", n, "min")
        if lowest > bottom or (lowest < bottom and not points):
            name = self.checklist.bands[n].id
            self._error(
                "band-gap",
                f"the lowest band '{name}' starts at {_number(lowest)}, the scores at {_number(bottom)}",
                span,
                f"Write 'min: {_number(bottom)}' there.",
            )
        for cut, n in places:
            name, span = self.checklist.bands[n].id, self.reading.span("bands", n, "min")
            if cut > top:
                self._error(
                    "band-unreachable",
                    f"band '{name}' starts at {_number(cut)}, above the highest score {_number(top)}",
                    span,
                    "Lower it." if points else "Lower it, or raise the range.",
                )
            elif (cut * 10**self.checklist.score.decimals).denominator != 1:
                decimals = self.checklist.score.decimals
                shown = f"{decimals} decimal{'s' if decimals > 1 else ''}" if decimals else "no decimals"
                self._warn(
                    "band-decimals",
                    f"band '{name}' starts at {_number(cut)}, but scores have {shown}",
                    span,
                    "Bands go by the number that the reader sees: round it, or raise 'decimals'.",
                )

    def _ends(self) -> tuple[Fraction, Fraction]:
        """The lowest and the highest score that can be."""
        rules = self.checklist.score
        if rules.as_ == "percent":
            low, high = rules.range or (0, 100)
            return Fraction(low), Fraction(high)
        least = most = 0
        for _, item in self._items():
            options = item.options or self.scales.get(item.scale or "", [])
            points = [item.weight * option.earned for option in options] or [0]
            # An item that may be left out can add nothing.
            least += min(points) if not item.na else min(0, *points)
            most += max(points) if not item.na else max(0, *points)
        return Fraction(least), Fraction(most)

    def _unused_scales(self) -> None:
        for name in self.checklist.scales:
            if name not in self.used_scales:
                self._warn(
                    "unused-scale",
                    f"no item uses scale '{name}'",
                    self.reading.key_span("scales", name),
                    "Delete it, or name it in an item.",
                )

    def _error(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.reading.report(code, message, span, hint)

    def _warn(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.reading.report(code, message, span, hint, Severity.WARNING)


def _check_options(reading: Reading[Checklist] | Reading[SharedScales], options: list[Option], path: Path) -> None:
    _check_unique(reading, "option", [((*path, n, "id"), option.id) for n, option in enumerate(options)])
    live, gone = {option.id for option in options}, set[str]()
    for n, option in enumerate(options):
        if option.id in RESERVED_ANSWERS:
            hint = "Use 'na: true' on the item." if option.id == "na" else "Use 'unknown: true' on the checklist."
            reading.report(
                "reserved-id", f"'{option.id}' can't be the id of an option", reading.span(*path, n, "id"), hint
            )
        for k, name in enumerate(option.was):
            if name in live or name in gone:
                message = (
                    "is in use, so it can't be an earlier id" if name in live else "is named as an earlier id twice"
                )
                reading.report(
                    "reused-id", f"'{name}' {message}", reading.span(*path, n, "was", k), "An id is never used again."
                )
            gone.add(name)


def _check_unique(
    reading: Reading[Checklist] | Reading[SharedScales], noun: str, named: list[tuple[Path, str]]
) -> None:
    first: dict[str, Path] = {}
    for path, name in named:
        if name in first:
            line = reading.span(*first[name]).line
            reading.report(
                "duplicate-id",
                f"{noun} '{name}' is there twice",
                reading.span(*path),
                f"It stands first in line {line}. Give one of them another id.",
            )
        first.setdefault(name, path)


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):g}"
