"""That a diagnostic leads somewhere: to a code of the documentation, and to a place inside its file."""

import re
from collections.abc import Iterable

from mkdocs_checklists.diagnostics.codes import CODES
from mkdocs_checklists.diagnostics.diagnostic import Diagnostic


def lines_of(data: bytes) -> list[str]:
    """The lines of a file as an editor counts them."""
    return re.split("\r\n|\r|\n", data.decode("utf-8-sig", errors="replace"))


def assert_sensible(diagnostics: Iterable[Diagnostic], lines: list[str]) -> None:
    """Every diagnostic has a code of the documentation and a place that the file has."""
    for found in diagnostics:
        span = found.span
        assert found.code in CODES, found
        if span.line == 0:
            assert (span.column, span.end_line, span.end_column) == (0, 0, 0), found
            continue
        assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column), found
        for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
            assert line <= len(lines), found
            assert 1 <= column <= len(lines[line - 1]) + 1, found
        assert found.excerpt == lines[span.line - 1], found
