"""What the linter has found in a file, each thing with its place, so that `allow:` can speak for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..checks.allowances import allowances
from ..diagnostics.codes import SILENCEABLE
from ..diagnostics.diagnostic import Diagnostic, Diagnostics, Severity, Span
from ..model.checklist import Checklist, SharedScales
from ..reading.reader import Reading
from ..reading.tree import Path

# These come and go with the days, so an `allow:` for one of them may be idle today and needed tomorrow.
_DATED = {"review-overdue", "review-in-future"}


@dataclass
class Findings:
    """Collects the warnings of one file."""

    reading: Reading[Checklist] | Reading[SharedScales]
    _found: list[tuple[Path, Diagnostic]] = field(default_factory=list)

    def add(self, code: str, message: str, path: Path, hint: str, span: Span | None = None) -> None:
        """Note a warning about what `path` leads to; `span` is the place to show where it is another one."""
        place = span or self.reading.span(*path)
        diagnostic = self.reading.source.diagnostic(code, message, place, hint, severity=Severity.WARNING)
        self._found.append((path, diagnostic))

    def settled(self, *, is_all: bool) -> Diagnostics:
        """The warnings, with those that the file allows marked as such.

        `is_all` is true if every rule was checked, so that an idle `allow:` can be reported too.
        """
        allow = dict(allowances(self.reading.model)) if self.reading.model else {}
        settled, used = Diagnostics(), set[tuple[Path, str]]()
        for path, diagnostic in self._found:
            code = diagnostic.code
            # The innermost one speaks; what is farther out is for other things.
            at = next((path[:end] for end in range(len(path), -1, -1) if code in allow.get(path[:end], {})), None)
            if at is None or code not in SILENCEABLE:
                settled.add(diagnostic)
            else:
                used.add((at, code))
                settled.add(replace(diagnostic, severity=Severity.ALLOWED, hint=f"Reason: {allow[at][code]}"))
        for at, reasons in allow.items():
            for code in reasons:
                if is_all and (at, code) not in used and code in SILENCEABLE - _DATED:
                    settled.add(self._idle(at, code))
        return settled

    def _idle(self, at: Path, code: str) -> Diagnostic:
        return self.reading.source.diagnostic(
            "idle-allow",
            f"'{code}' is allowed here, and nothing gives rise to it",
            self.reading.key_span(*at, "allow", code),
            "Delete it: it would hide the next fault of this kind.",
            severity=Severity.WARNING,
        )
