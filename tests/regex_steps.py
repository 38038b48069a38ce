"""Counts the steps that matching a regular expression takes, so that a test can tell a slow one without a clock.

It matches as Python's `re` does, by backtracking, one character or one attempt a step, without the engine's short cuts: so
the count is at least the engine's own. It knows what the expressions of this repository use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Groups = dict[int, tuple[int, int]]
Found = tuple[int, Groups] | None
Then = Callable[[int, Groups], Found]


class TooManySteps(Exception):
    """The limit was reached: a text of this length should not need so many."""


class Matcher:
    """One expression over one text."""

    def __init__(self, pattern: re.Pattern[str], text: str, limit: int = 10**9) -> None:
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self.text, self.limit, self.steps = text, limit, 0
        self.flags = pattern.flags

    def match(self, start: int = 0) -> Found:
        return self._sequence(list(self.tree), 0, start, {}, _done)

    def matches(self) -> Iterator[tuple[int, int]]:
        """The places that `finditer` finds."""
        start, barred = 0, -1
        while start <= len(self.text):
            self._step()
            found = self.match(start)
            if found is None or (found[0] == start == barred):
                start += 1
                continue
            yield start, found[0]
            barred = found[0]
            start = found[0] if found[0] > start else start + 1

    def _step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps > self.limit:
            raise TooManySteps(self.limit)

    def _sequence(self, nodes: list[Any], n: int, at: int, groups: Groups, then: Then) -> Found:
        while n < len(nodes) and nodes[n][0] in _SINGLE:
            if not self._is_single(nodes[n], at):
                return None
            at, n = at + 1, n + 1
        if n == len(nodes):
            return then(at, groups)
        return self._node(nodes[n], at, groups, partial(self._sequence_from, nodes, n + 1, then))

    def _sequence_from(self, nodes: list[Any], n: int, then: Then, at: int, groups: Groups) -> Found:
        return self._sequence(nodes, n, at, groups, then)

    def _node(self, node: Any, at: int, groups: Groups, then: Then) -> Found:
        op, value = node
        self._step()
        if op is ops.AT:
            return then(at, groups) if self._is_at(value, at) else None
        if op is ops.BRANCH:
            for branch in value[1]:
                if (found := self._sequence(list(branch), 0, at, groups, then)) is not None:
                    return found
            return None
        if op is ops.SUBPATTERN:
            number, on, off, inner = value
            assert not on
            assert not off

            def close(end: int, groups: Groups) -> Found:
                return then(end, groups if number is None else {**groups, number: (at, end)})

            return self._sequence(list(inner), 0, at, groups, close)
        if op is ops.ATOMIC_GROUP:
            alone = self._sequence(list(value), 0, at, groups, _done)
            return then(*alone) if alone is not None else None
        if op in (ops.ASSERT, ops.ASSERT_NOT):
            found = self._look(value, at, groups)
            if op is ops.ASSERT:
                return then(at, found[1]) if found is not None else None
            return then(at, groups) if found is None else None
        if op is ops.GROUPREF:
            start, end = groups.get(value, (0, -1))
            words = self.text[start:end]
            self._step(len(words))
            is_there = end >= start and self.text.startswith(words, at)
            return then(at + len(words), groups) if is_there else None
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            return self._repeat(op, value, at, groups, then)
        raise NotImplementedError(op)

    def _look(self, value: Any, at: int, groups: Groups) -> Found:
        direction, inner = value
        if direction < 0:
            width, most = inner.getwidth()
            assert width == most
            at -= width
            if at < 0:
                return None
        return self._sequence(list(inner), 0, at, groups, _done)

    def _repeat(self, op: Any, value: Any, at: int, groups: Groups, then: Then) -> Found:
        least, most, inner = value
        nodes = list(inner)
        most = len(self.text) + 1 if most is ops.MAXREPEAT else most
        if len(nodes) == 1 and nodes[0][0] in _SINGLE:
            return self._repeat_single(op, nodes[0], (least, most), at, groups, then)
        if op is ops.POSSESSIVE_REPEAT:
            count = 0
            while count < most:
                found = self._sequence(nodes, 0, at, groups, _done)
                if found is None or found[0] == at:
                    break
                (at, groups), count = found, count + 1
            return then(at, groups) if count >= least else None

        def more(count: int, at: int, groups: Groups) -> Found:
            self._step()

            def again(end: int, groups: Groups) -> Found:
                return more(count + 1, end, groups) if end > at or count < least else None

            if count < least:
                return self._sequence(nodes, 0, at, groups, again)
            if op is ops.MIN_REPEAT:
                found = then(at, groups)
                return found if found is not None or count >= most else self._sequence(nodes, 0, at, groups, again)
            found = self._sequence(nodes, 0, at, groups, again) if count < most else None
            return found if found is not None else then(at, groups)

        return more(0, at, groups)

    def _repeat_single(self, op: Any, node: Any, bounds: tuple[int, int], at: int, groups: Groups, then: Then) -> Found:
        least, most = bounds
        count = 0
        if op is ops.MIN_REPEAT:
            while True:
                if count >= least and (found := then(at + count, groups)) is not None:
                    return found
                if count >= most or not self._is_single(node, at + count):
                    return None
                count += 1
        while count < most and self._is_single(node, at + count):
            count += 1
        if op is ops.POSSESSIVE_REPEAT:
            return then(at + count, groups) if count >= least else None
        while count >= least:
            self._step()
            if (found := then(at + count, groups)) is not None:
                return found
            count -= 1
        return None

    def _is_single(self, node: Any, at: int) -> bool:
        self._step()
        if at >= len(self.text):
            return False
        op, value = node
        character = self.text[at]
        if op is ops.ANY:
            return bool(self.flags & re.DOTALL) or character != "\n"
        if op is ops.IN:
            return self._is_in(value, character)
        is_same = self._folded(character) == self._folded(chr(value))
        return is_same if op is ops.LITERAL else not is_same

    def _folded(self, character: str) -> str:
        return character.lower() if self.flags & re.IGNORECASE else character

    def _is_in(self, choices: list[Any], character: str) -> bool:
        is_negated, found = False, False
        for op, value in choices:
            if op is ops.NEGATE:
                is_negated = True
            elif op is ops.LITERAL:
                found |= self._folded(character) == self._folded(chr(value))
            elif op is ops.RANGE:
                low, high = value
                cases = {character, character.lower(), character.upper()} if self.flags & re.IGNORECASE else {character}
                found |= any(len(case) == 1 and low <= ord(case) <= high for case in cases)
            else:
                found |= self._is_of(value, character)
        return found is not is_negated

    def _is_of(self, category: Any, character: str) -> bool:
        is_plain = character.isascii() or not self.flags & re.ASCII
        kinds = {
            ops.CATEGORY_SPACE: is_plain and character.isspace(),
            ops.CATEGORY_DIGIT: is_plain and unicodedata.category(character) == "Nd",
            ops.CATEGORY_WORD: is_plain and (character.isalnum() or character == "_"),
        }
        opposite = {
            ops.CATEGORY_NOT_SPACE: ops.CATEGORY_SPACE,
            ops.CATEGORY_NOT_DIGIT: ops.CATEGORY_DIGIT,
            ops.CATEGORY_NOT_WORD: ops.CATEGORY_WORD,
        }
        return kinds[category] if category in kinds else not kinds[opposite[category]]

    def _is_at(self, place: Any, at: int) -> bool:
        self._step()
        text = self.text
        if place is ops.AT_BEGINNING:
            return at == 0 or (bool(self.flags & re.MULTILINE) and text[at - 1] == "\n")
        if place is ops.AT_BEGINNING_STRING:
            return at == 0
        if place is ops.AT_END:
            is_last = at == len(text) or (at == len(text) - 1 and text[at] == "\n")
            return is_last or (bool(self.flags & re.MULTILINE) and text[at] == "\n")
        if place is ops.AT_END_STRING:
            return at == len(text)
        before, after = at > 0 and self._is_word(at - 1), at < len(text) and self._is_word(at)
        return (before != after) is (place is ops.AT_BOUNDARY)

    def _is_word(self, at: int) -> bool:
        return self._is_of(ops.CATEGORY_WORD, self.text[at])


def _done(at: int, groups: Groups) -> Found:
    return at, groups


_SINGLE = (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN)
_INNER = {
    ops.SUBPATTERN: 3,
    ops.ASSERT: 1,
    ops.ASSERT_NOT: 1,
    ops.MAX_REPEAT: 2,
    ops.MIN_REPEAT: 2,
    ops.POSSESSIVE_REPEAT: 2,
}
_OF_KIND = {ops.CATEGORY_SPACE: " ", ops.CATEGORY_DIGIT: "1", ops.CATEGORY_WORD: "a"}


def pieces(pattern: re.Pattern[str]) -> list[str]:
    """Runs of plain characters in an expression, and one of each class: what texts that it fits are made of."""
    found = dict.fromkeys(["a", " "])
    run = ""

    def end() -> None:
        nonlocal run
        if run:
            found[run] = None
        run = ""

    def visit(nodes: Any) -> None:
        nonlocal run
        for op, value in nodes:
            if op is ops.LITERAL:
                run += chr(value)
                continue
            end()
            if op is ops.IN:
                for kind, what in value:
                    if kind in (ops.LITERAL, ops.RANGE):
                        found[chr(what if kind is ops.LITERAL else what[0])] = None
                    elif kind is not ops.NEGATE:
                        found[_OF_KIND.get(what, "a")] = None
            elif op is ops.NOT_LITERAL:
                found[chr(value)] = None
            elif op is ops.BRANCH:
                for branch in value[1]:
                    visit(branch)
                    end()
            elif op is ops.ATOMIC_GROUP:
                visit(value)
                end()
            elif op in _INNER:
                visit(value[_INNER[op]])
                end()

    visit(_parser.parse(pattern.pattern, pattern.flags))
    end()
    return list(found)
