"""Going through a text from start to end once, where a regular expression would look ahead at every position anew."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_TICKS = re.compile("`+")


class Ahead:
    """Where things come next in a text, for a scanner that asks at one position after the other.

    What was found is kept for as long as it lies ahead. So asking for a thing at every position takes no more steps than going
    through the text once, and asking for what never comes takes them once as well.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = 0
        """Positions that were looked at, plus one a question: what a test counts."""
        self._found: dict[str | re.Pattern[str], tuple[int, int]] = {}

    def find(self, what: str | re.Pattern[str], at: int) -> int:
        """Where a string, or a character of a pattern's, comes next at `at` or behind; the length of the text if nowhere."""
        self.steps += 1
        asked, found = self._found.get(what, (0, -1))
        if not asked <= at <= found:
            if isinstance(what, str):
                found = self.text.find(what, at)
            else:
                match = what.search(self.text, at)
                found = match.start() if match else -1
            found = found if found >= 0 else len(self.text)
            self._found[what] = at, found
            self.steps += max(found - at, 0)
        return found

    def ends(self, what: str | re.Pattern[str], close: str, at: int) -> int:
        """The position behind what comes next at `at` or behind, if that is `close`; else 0."""
        found = self.find(what, at)
        return found + 1 if self.text.startswith(close, found) else 0

    @cached_property
    def ticks(self) -> Ticks:
        return Ticks(self)


class Ticks:
    """The runs of backticks in a text, which open and close code."""

    def __init__(self, ahead: Ahead) -> None:
        runs = [match.span() for match in _TICKS.finditer(ahead.text)]
        ahead.steps += len(ahead.text)
        self._ahead = ahead
        self._ends = [end for _, end in runs]
        self._starts = [start for start, _ in runs]
        self._longest = [0]
        """The length of the longest run from each one to the last, the last first."""
        self._places: dict[int, list[int]] = {}
        for start, end in reversed(runs):
            self._longest.append(max(self._longest[-1], end - start))
        for start, end in runs:
            self._places.setdefault(end - start, []).append(start)

    def same(self, at: int) -> int:
        """The end of the code that the run at `at` opens, as Markdown has it: a run of the same length ends it. 0 without one."""
        end = self._end(at)
        if at and self._ahead.text[at - 1] == "`":
            return 0  # In the middle of a run.
        places = self._places[end - at]
        n = bisect_right(places, at)
        return places[n] + end - at if n < len(places) else 0

    def any(self, at: int) -> int:
        """The end of what as many ticks as can be, at `at`, part from as many further on; 0 without any.

        So a run is taken apart, where nothing longer ends it.
        """
        n = bisect_right(self._ends, at)
        run = self._ends[n] - at
        later = min(run, self._longest[len(self._ends) - n - 1])
        inside = (run - 1) // 2
        if inside >= later:
            return at + 2 * inside + 1 if inside else 0
        while self._ends[n + 1] - self._starts[n + 1] < later:
            self._ahead.steps += 1
            n += 1
        return self._starts[n + 1] + later

    def _end(self, at: int) -> int:
        """The end of the run in which `at` lies."""
        self._ahead.steps += 1
        return self._ends[bisect_right(self._ends, at)]
