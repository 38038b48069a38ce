"""Rules for expressions: what they name is known by then, what they divide by is never zero, and their value can change.

What an expression may name is settled by the reading order: inputs without a section, then each section's items and, behind
them, its inputs. A figure comes as soon as everything it is made of is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ..diagnostics.diagnostic import Span
from ..expressions.compiled import CompiledExpression, NameUse
from ..expressions.compiler import compile_condition, compile_formula
from ..expressions.implications import implies, is_constant
from ..expressions.intervals import Interval, interval_of
from ..expressions.scope import Scope, scope_of
from ..expressions.trees import Size, Tree, conjuncts, size
from ..model.checklist import Input, Item, Section
from ..reading.tree import Path
from .base import Draft, conditional_parts, items_of, sections
from .results import asked_results

# Without these in full, a name that seems unknown may only be lost.
_NEEDED = ("sections", "items", "options", "scale", "scales", "inputs", "figures", "outcomes", "id", "points")

# More than any sum of money or time has, and few enough to be computed at every key.
_MOST_DIGITS = 1_000
_FAR_TOO_MANY = 10**6


def check_expressions(draft: Draft) -> Mapping[Path, Tree]:
    """Check every `when` and `formula` of a file; of one without errors the trees are returned, by their paths."""
    ids = [part.id for _, part in conditional_parts(draft.checklist)]
    is_clear = len(set(ids)) == len(ids)
    if not is_clear or not draft.reading.has_all(*_NEEDED):
        return {}
    scope = scope_of(draft.checklist, draft.options_of)
    compiled = dict(_compiled(draft, scope))
    _Expressions(draft, scope, compiled).run()
    return {path: found.tree for path, found in compiled.items() if found.tree is not None}


def _compiled(draft: Draft, scope: Scope) -> Iterator[tuple[Path, CompiledExpression]]:
    """Every expression of a file by its path. This is the only place where expressions of checklists are compiled."""
    checklist = draft.checklist
    for path, part in conditional_parts(checklist):
        if part.when is not None:
            yield (*path, "when"), compile_condition(part.when, scope)
    for n, figure in enumerate(checklist.figures):
        yield ("figures", n, "formula"), compile_formula(figure.formula, scope)
    for n, gate in enumerate(checklist.gates):
        yield ("gates", n, "when"), compile_condition(gate.when, scope)
    later = scope_of(checklist, draft.options_of, with_outcomes=True)
    for n, note in enumerate(checklist.notes):
        yield ("notes", n, "when"), compile_condition(note.when, later)
    for n, verdict in enumerate(checklist.verdicts):
        yield ("verdicts", n, "when"), compile_condition(verdict.when, later)


@dataclass
class _Expressions:
    draft: Draft
    scope: Scope
    compiled: Mapping[Path, CompiledExpression]
    section_of: dict[str, str] = field(default_factory=dict)
    """The section of an item or an input, by the id of either."""
    places: dict[str, float] = field(default_factory=dict)
    """Where in the reading order a name has its value."""
    paths: dict[str, Path] = field(default_factory=dict)
    given: dict[str, tuple[Tree, ...]] = field(default_factory=dict)
    """The conditions under which a name is shown at all."""
    needs: dict[str, list[str]] = field(default_factory=dict)
    """The names that a name waits for."""
    counts: dict[str, str] = field(default_factory=dict)
    """Of each result the last item that it waits for."""
    bounds: dict[str, Interval] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    forward: list[tuple[NameUse, str, Path]] = field(default_factory=list)
    """What is asked for too early, by which name, and in which expression."""
    unguarded: list[tuple[Span, str]] = field(default_factory=list)

    def run(self) -> None:
        self._number_places()
        self._prepare()
        self._conditions()
        self._figures()
        self._forward()
        self._rules()
        self._unguarded()

    # The reading order

    def _number_places(self) -> None:
        place = 0
        inputs: list[tuple[Path, Input]] = [
            (("inputs", n), entry) for n, entry in enumerate(self.draft.checklist.inputs)
        ]

        def take(path: Path, part: Section | Item | Input) -> None:
            nonlocal place
            place += 1
            self.places[part.id], self.paths[part.id] = place, path

        def take_inputs(section: str | None) -> None:
            for path, entry in inputs:
                if entry.section == section:
                    take(path, entry)

        take_inputs(None)
        for path, section in sections(self.draft.checklist):
            take(path, section)
            for item in items_of(path, section):
                take(*item)
            take_inputs(section.id)
        for path, entry in inputs:
            # In a section that is not there, which is reported elsewhere.
            if entry.id not in self.places:
                take(path, entry)
        for n, figure in enumerate(self.draft.checklist.figures):
            self.paths[figure.id] = ("figures", n)

    def _prepare(self) -> None:
        """What every name waits for and lies between, before anything is reported: items and figures may ask for one another."""
        checklist = self.draft.checklist
        self.section_of = {item.id: section.id for section in checklist.sections for item in section.items}
        self.section_of |= {entry.id: entry.section for entry in checklist.inputs if entry.section}
        for path, part in conditional_parts(checklist):
            section = self.section_of.get(part.id)
            within = self.given.get(section, ()) if section else ()
            found = self.compiled.get((*path, "when"))
            self.given[part.id] = (*within, *conjuncts(found.tree)) if found and found.tree else within
            self.needs[part.id] = [section] if section else []
        for result in asked_results(self.draft):
            last = max(result.items, key=lambda name: self.places[name], default=None)
            self.needs[result.name], self.bounds[result.name] = result.items, result.bounds
            self.sizes[result.name] = result.size
            if last is not None:
                self.places[result.name] = self.places[last]
                self.counts[result.name] = last
        for entry in checklist.inputs:
            self.bounds[entry.id] = Interval(entry.min, entry.max)
            self.sizes[entry.id] = Size(len(str(int(max(abs(entry.min), abs(entry.max))))) + entry.decimals)
        for n, figure in enumerate(checklist.figures):
            found = self.compiled["figures", n, "formula"]
            if found.tree is not None:
                self.bounds[figure.id] = interval_of(found.tree, self._bounds, self.given[figure.id])
                self.sizes[figure.id] = self._size(found.tree)
            condition = self.compiled.get(("figures", n, "when"))
            # A figure has its value when the last thing that it is made of has one.
            uses = found.uses + (condition.uses if condition else [])
            self.places[figure.id] = max((self.places.get(use.id, 0) for use in uses), default=0)

    def _size(self, tree: Tree) -> Size:
        found = size(tree, lambda name: self.sizes.get(name, Size(0)))
        return Size(*(min(part, _FAR_TOO_MANY) for part in found))

    def _conditions(self) -> None:
        """The `when` of sections, items and inputs."""
        for path, section in sections(self.draft.checklist):
            self._condition(path, section)
            for item in items_of(path, section):
                self._condition(*item)
        for n, entry in enumerate(self.draft.checklist.inputs):
            self._condition(("inputs", n), entry)

    def _condition(self, path: Path, part: Section | Item | Input) -> None:
        if part.when is None:
            return
        path, name = (*path, "when"), part.id
        found = self._checked(path, self.given.get(self.section_of.get(name, ""), ()))
        self.needs[name] = [*self.needs.get(name, []), *(use.id for use in found.uses)]
        place = self.places[name]
        self.forward += [(use, name, path) for use in found.uses if self.places.get(use.id, 0) >= place]
        if found.tree is not None:
            self._constant(found.tree, path, f"'{name}' is never shown", f"'{name}' is always shown")

    def _figures(self) -> None:
        order = {figure.id: n for n, figure in enumerate(self.draft.checklist.figures)}
        for n, figure in enumerate(self.draft.checklist.figures):
            path: Path = ("figures", n)
            parts: list[tuple[Path, CompiledExpression]] = []
            if figure.when is not None:
                at = (*path, "when")
                found = self._checked(at, ())
                if found.tree is not None:
                    self._constant(
                        found.tree, at, f"'{figure.id}' is never computed", f"'{figure.id}' is always computed"
                    )
                parts.append((at, found))
            at = (*path, "formula")
            parts.append((at, self._checked(at, self.given[figure.id])))
            self.needs[figure.id] = [use.id for _, found in parts for use in found.uses]
            if sum(self.sizes.get(figure.id, ())) > _MOST_DIGITS:
                hint = "Multiply fewer numbers with one another, or lower 'max' of the inputs."
                message = f"figure '{figure.id}' can have more than {_MOST_DIGITS} digits"
                self.draft.report("bad-expression", message, self.draft.reading.span(*path, "formula"), hint)
            for at, found in parts:
                self.forward += [(use, figure.id, at) for use in found.uses if order.get(use.id, -1) >= n]

    def _forward(self) -> None:
        reported: set[frozenset[str]] = set()
        for use, name, path in self.forward:
            span = self._within(path, use.start, use.end)
            ring = self._ring(use.id, name)
            if use.id == name:
                self.draft.report(
                    "expression-cycle", f"'{name}' depends on itself", span, "It can't be known before it is known."
                )
            elif ring:
                if frozenset(ring) in reported:
                    continue
                reported.add(frozenset(ring))
                message = f"these wait for one another: {' → '.join([name, *ring])}"
                hint = "One of them has to be known first."
                if any(part in self.counts for part in ring):
                    hint = "What counts can't wait for what it counts for: ask for the score of another section."
                self.draft.report("expression-cycle", message, span, hint)
            elif use.id in self.counts:
                line = self.draft.reading.span(*self.paths[self.counts[use.id]], "id").line
                message = f"'{use.id}' is not known yet where '{name}' stands"
                hint = f"It also counts '{self.counts[use.id]}' in line {line}: move that up, or ask for the score of one section."
                self.draft.report("forward-reference", message, span, hint)
            else:
                line = self.draft.reading.span(*self.paths[use.id], "id").line
                self.draft.report(
                    "forward-reference",
                    f"'{use.id}' is not known yet where '{name}' stands",
                    span,
                    f"It stands in line {line}. Move it above '{name}', or ask for something that comes before.",
                )

    def _unguarded(self) -> None:
        # Report these only once the order is right: moving a name may mend them.
        for span, name in self.unguarded if not self.forward else ():
            hint = f"Where that does not hold nothing is known. Ask for it here too: {' and '.join(self._texts(name))}"
            self.draft.warn("hidden-reference", f"'{name}' is only there under a condition", span, hint)

    def _ring(self, start: str, end: str) -> list[str]:
        """A way from one name to another along what each waits for; empty where there is no way."""
        trails, seen = [[start]], {start}
        for trail in trails:
            if trail[-1] == end:
                return trail
            for name in self.needs.get(trail[-1], []):
                if name not in seen:
                    seen.add(name)
                    trails.append([*trail, name])
        return []

    # Gates, notes, verdicts

    def _rules(self) -> None:
        checklist = self.draft.checklist
        for n, gate in enumerate(checklist.gates):
            self._rule(("gates", n, "when"), f"the gate of '{gate.remove}'")
        for n in range(len(checklist.notes)):
            self._rule(("notes", n, "when"), "this note")
        earlier: tuple[Tree, ...] = ()
        for n, verdict in enumerate(checklist.verdicts):
            path: Path = ("verdicts", n, "when")
            found = self._checked(path, earlier)
            if found.tree is None:
                continue
            # The last one may be for all that is left.
            is_last = n == len(checklist.verdicts) - 1
            always = "" if is_last else f"verdict '{verdict.id}' always holds, so those below it never count"
            self._constant(found.tree, path, f"verdict '{verdict.id}' never holds", always, unknown=False)
            # A verdict is looked at only where those above it do not hold.
            earlier = (*earlier, ("not", found.tree))

    def _rule(self, path: Path, what: str) -> None:
        found = self._checked(path, ())
        if found.tree is not None:
            is_gate = path[0] == "gates"
            self._constant(found.tree, path, f"{what} never fires", f"{what} always fires", unknown=not is_gate)

    # What holds for all expressions

    def _checked(self, path: Path, within: tuple[Tree, ...]) -> CompiledExpression:
        """Report what is wrong with an expression itself, with what it refers to, and with what it divides by."""
        found = self.compiled[path]
        for problem in found.problems:
            span = self._within(path, problem.start, problem.end)
            self.draft.report(problem.code, problem.message, span, problem.hint)
        for use in found.uses:
            shown = () if use.may_lack or not use.hurts else self.given.get(use.id, ())
            facts = (*within, *use.given)
            # Where it is known, its condition holds.
            if {("known", ("get", use.id)), ("known", ("answer", use.id))} & {*facts}:
                continue
            if shown and not implies(facts, shown, self.scope.answers):
                self.unguarded.append((self._within(path, use.start, use.end), use.id))
        for division in found.divisions:
            interval = interval_of(division.divisor, self._bounds, (*within, *division.given))
            if interval.has_zero:
                hint = "Raise the lowest number of an input, or guard it: 'a / b if b > 0 else 0', or a figure's own 'when: b > 0'."
                span = self._within(path, division.start, division.end)
                self.draft.report(
                    "division-by-zero", "by the ranges of what it is made of, this can be zero", span, hint
                )
        return found

    def _texts(self, name: str) -> list[str]:
        """The conditions of a name and of its section, as they were written."""
        texts = {part.id: part.when for _, part in conditional_parts(self.draft.checklist)}
        return [text for text in (texts.get(self.section_of.get(name, "")), texts.get(name)) if text]

    def _bounds(self, name: str) -> Interval:
        return self.bounds.get(name, Interval())

    def _constant(self, tree: Tree, path: Path, never: str, always: str, *, unknown: bool = True) -> None:
        """Report a condition that has one value; with `unknown` it may be there to wait until something is known at all."""
        outcomes = [outcome.id for outcome in self.draft.checklist.outcomes]
        scope = self.scope
        ask = partial(
            is_constant,
            tree,
            scope.answers,
            outcomes,
            self._bounds,
            bands=scope.bands,
            section_bands=scope.section_bands,
        )
        value = ask()
        if value and unknown and not ask(unknown=True):
            return
        message = always if value else never
        if value is not None and message:
            hint = "Whatever is answered, the condition has one value. Compare with something that can change."
            self.draft.report("constant-condition", message, self.draft.reading.span(*path), hint)

    def _within(self, path: Path, start: int, end: int) -> Span:
        """The place of some characters of an expression; of the whole where they can't be found as they are."""
        text = self.compiled[path].text
        span = self.draft.reading.span(*path)
        line = self.draft.reading.source.line(span.line)
        at = line.find(text, max(0, span.column - 1))
        if span.line == span.end_line and at >= 0:
            return Span(span.file, span.line, at + start + 1, span.line, at + end + 1)
        # Over several lines: the same word, as often as it occurs before this one.
        word = text[start:end]
        places = [
            Span(span.file, number, match.start() + 1, number, match.end() + 1)
            for number in range(span.line, span.end_line + 1)
            for match in re.finditer(re.escape(word), self.draft.reading.source.line(number))
            if word and " " not in word
        ]
        before = len(re.findall(re.escape(word), text[:start]))
        return places[before] if before < len(places) else span
