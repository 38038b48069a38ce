"""Rules over the whole file for outcomes and their points, for inputs and figures, and for the tables made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

from ..diagnostics.diagnostic import Severity, Span, did_you_mean, name_some
from ..expressions.trees import decimal_text
from ..model.checklist import Checklist, Input, Item, Option
from ..reading.reader import Reading
from ..reading.tree import Path

Options = Callable[[Item], SequenceOf[Option]]


def check_decision(reading: Reading[Checklist], checklist: Checklist, options: Options) -> None:
    """Check outcomes, inputs and figures; what is found is added to the reading's diagnostics."""
    checks = _Decision(reading, checklist, options)
    checks.parts()
    checks.points()
    checks.outcomes()
    checks.inputs()
    checks.figures()
    checks.plan()


@dataclass(frozen=True)
class _Decision:
    reading: Reading[Checklist]
    checklist: Checklist
    options: Options

    @property
    def _outcomes(self) -> list[str]:
        return [outcome.id for outcome in self.checklist.outcomes]

    # What goes with what

    def parts(self) -> None:
        checklist, reading = self.checklist, self.reading
        has = {name: bool(getattr(checklist, name)) for name in ("bands", "outcomes", "inputs", "sections")}
        if not has["sections"] and not has["inputs"] and reading.has_all("sections", "inputs"):
            self._missing("sections")
        is_led = any(has[name] for name in ("bands", "outcomes", "inputs"))
        if not is_led and reading.has_all("bands", "outcomes", "inputs"):
            self._missing("bands")
        if has["outcomes"] and has["bands"]:
            self._error(
                "outcomes-and-bands",
                "a checklist with outcomes has no bands",
                reading.key_span("bands"),
                "Points lead either to a score with bands or to an outcome: delete one of the two.",
            )
        if not has["outcomes"] and reading.has_all("outcomes"):
            for name in ("gates", "decide", "plan"):
                if name in checklist.model_fields_set:
                    self._error(
                        "needs-outcomes",
                        f"'{name}' goes with outcomes only",
                        reading.key_span(name),
                        "Delete it, or add 'outcomes:'.",
                    )
        if checklist.plan and not checklist.subject:
            self._error(
                "missing-key",
                "a plan needs to know what one run is about",
                reading.key_span("plan"),
                "Add 'subject: task', or whatever is decided in each run.",
            )
        if not has["inputs"] and reading.has_all("inputs"):
            for name in ("figures", "verdicts", "compare"):
                if name in checklist.model_fields_set and getattr(checklist, name):
                    self._error(
                        "needs-inputs",
                        f"'{name}' goes with inputs only",
                        reading.key_span(name),
                        "Delete it, or add 'inputs:'.",
                    )

    def _missing(self, name: str) -> None:
        span = self.reading.span()
        self._error("missing-key", f"the checklist has no '{name}'", span, f"Add '{name}: …' here.")

    # Points

    def points(self) -> None:
        """Points for each outcome in a decision, and plain points everywhere else."""
        if not self.reading.has_all("outcomes"):
            return
        told: set[Span] = set()
        for path, item in self._items():
            at: Path = (*path, "options") if item.options else ("scales", str(item.scale))
            for n, option in enumerate(self.options(item)):
                where = (*at, n, "points")
                # Of a scale from another file only its name is here.
                span = self.reading.span(
                    *where if item.options or item.scale in self.checklist.scales else (*path, "scale")
                )
                if self._outcomes and isinstance(option.points, int) and item.weight:
                    self._error(
                        "outcome-points",
                        f"item '{item.id}': option '{option.id}' has plain points, which count for no outcome",
                        span,
                        f"Write 'points: {{{self._outcomes[0]}: 1}}', or 'weight: 0' for a question that only informs.",
                    )
                    break
                if span in told:
                    continue
                told.add(span)
                if not self._outcomes and isinstance(option.points, dict):
                    self._error(
                        "outcome-points",
                        f"option '{option.id}' gives points to outcomes, and there are none",
                        span,
                        "Write one number, or add 'outcomes:'.",
                    )
                for name in option.toward:
                    if self._outcomes and name not in self._outcomes:
                        self._unknown_outcome(name, self.reading.key_span(*where, name))

    def _items(self) -> Iterator[tuple[Path, Item]]:
        for s, section in enumerate(self.checklist.sections):
            for i, item in enumerate(section.items):
                yield ("sections", s, "items", i), item

    # Outcomes, gates

    def outcomes(self) -> None:
        names = self._outcomes
        self._unique("outcome", [(("outcomes", n, "id"), name) for n, name in enumerate(names)])
        if not names:
            return
        whole = self.reading.has_all("outcomes")
        for n, gate in enumerate(self.checklist.gates):
            if whole and gate.remove not in names:
                self._unknown_outcome(gate.remove, self.reading.span("gates", n, "remove"))
        for n, name in enumerate(self.checklist.decide.ties):
            if whole and name not in names:
                self._unknown_outcome(name, self.reading.span("decide", "ties", n))
        self._unique("outcome", [(("decide", "ties", n), name) for n, name in enumerate(self.checklist.decide.ties)])
        if not self.reading.has_all("sections", "items", "options", "scale", "scales", "points", "outcomes", "weight"):
            return
        for n, name in enumerate(names):
            given = [[option.toward.get(name, 0) for option in self.options(item)] for item in self._weighed()]
            if not any(len(set(points)) > 1 for points in given):
                self._error(
                    "unfed-outcome",
                    f"no answer speaks for or against outcome '{name}'",
                    self.reading.span("outcomes", n, "id"),
                    "Give it points in some options, different ones in one question.",
                )

    def _weighed(self) -> Iterable[Item]:
        return (item for item in self.checklist.items if item.weight)

    def _unknown_outcome(self, name: str, span: Span) -> None:
        hint = f"Outcomes: {name_some(self._outcomes)}. {did_you_mean(name, self._outcomes)}".strip()
        self._error("unknown-outcome", f"there is no outcome '{name}'", span, hint)

    # Inputs and figures

    def inputs(self) -> None:
        sections = [section.id for section in self.checklist.sections]
        for n, entry in enumerate(self.checklist.inputs):
            path: Path = ("inputs", n)
            if entry.min >= entry.max:
                key = "min" if "min" in entry.model_fields_set else "max"
                self._error(
                    "input-range",
                    f"input '{entry.id}' goes from {decimal_text(entry.min)} to {decimal_text(entry.max)}",
                    self.reading.span(*path, key),
                    "'min' has to be below 'max'.",
                )
            else:
                self._example(path, entry)
            if entry.section is not None and entry.section not in sections and self.reading.has_all("sections"):
                hint = f"Sections: {name_some(sections) or 'none'}. {did_you_mean(entry.section, sections)}".strip()
                self._error(
                    "unknown-section",
                    f"input '{entry.id}' stands in section '{entry.section}', which is not defined",
                    self.reading.span(*path, "section"),
                    hint,
                )

    def _example(self, path: Path, entry: Input) -> None:
        for key, value in (("min", entry.min), ("max", entry.max), ("example", entry.example)):
            if value is None or key not in entry.model_fields_set:
                continue
            if (value * 10**entry.decimals).denominator != 1:
                decimals = (
                    f"{entry.decimals} decimal{'s' if entry.decimals > 1 else ''}" if entry.decimals else "no decimals"
                )
                self._error(
                    "input-range",
                    f"input '{entry.id}' takes {decimals}, and its '{key}' is {decimal_text(value)}",
                    self.reading.span(*path, key),
                    "Raise 'decimals', or round the number.",
                )
            elif key == "example" and not entry.min <= value <= entry.max:
                self._error(
                    "input-range",
                    f"the example of input '{entry.id}' is not between {decimal_text(entry.min)} and {decimal_text(entry.max)}",
                    self.reading.span(*path, key),
                    "Choose a number that the input takes.",
                )

    def figures(self) -> None:
        checklist = self.checklist
        figures = {figure.id: figure for figure in checklist.figures}
        mains = [n for n, figure in enumerate(checklist.figures) if figure.main]
        for n in mains[1:]:
            self._error(
                "duplicate-main",
                f"figure '{checklist.figures[n].id}' can't lead the result as well",
                self.reading.span("figures", n, "main"),
                f"'{checklist.figures[mains[0]].id}' does already.",
            )
        self._unique("verdict", [(("verdicts", n, "id"), verdict.id) for n, verdict in enumerate(checklist.verdicts)])
        for n, comparison in enumerate(checklist.compare):
            known = [figures[name] for name in comparison.figures if name in figures]
            for k, name in enumerate(comparison.figures):
                span = self.reading.span("compare", n, "figures", k)
                if name not in figures:
                    if self.reading.has_all("figures"):
                        near = did_you_mean(name, figures) or f"Figures: {name_some(figures)}."
                        self._error("unknown-figure", f"there is no figure '{name}'", span, near)
                elif figures[name].unit != known[0].unit:
                    units = f"'{known[0].unit or 'none'}' and '{figures[name].unit or 'none'}'"
                    self._error(
                        "mixed-units", f"the units {units} can't be compared", span, "Compare figures of one unit."
                    )

    # The table of runs

    def plan(self) -> None:
        plan = self.checklist.plan
        if plan is None or not self.reading.has_all("sections", "items"):
            return
        ids = [item.id for item in self.checklist.items]
        for name in plan.columns:
            if name not in ids:
                hint = did_you_mean(name, ids) or "Name an item of this file."
                span = self.reading.key_span("plan", "columns", name)
                self._error("unknown-item", f"the plan has a column for '{name}', which is not an item", span, hint)

    def _unique(self, noun: str, named: list[tuple[Path, str]]) -> None:
        first: dict[str, Path] = {}
        for path, name in named:
            if name in first:
                line = self.reading.span(*first[name]).line
                self._error(
                    "duplicate-id",
                    f"{noun} '{name}' is there twice",
                    self.reading.span(*path),
                    f"It stands first in line {line}. Give one of them another id.",
                )
            first.setdefault(name, path)

    def _error(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.reading.report(code, message, span, hint, Severity.ERROR)
