"""What a build refuses of a checklist, `checklists check` refuses too: the golden files of builds, checked without a site."""

import re
from pathlib import Path

import pytest

from tests.golden.cases import Case
from tests.golden.test_diagnostics import CASES, run

NEEDS_SITE = {
    "unknown-page",
    "unknown-anchor",
    "several-pages",  # Of the page beside it.
    "no-footnotes",
    "unknown-source",
    "no-place-to-go",
}
"""What can only be known with the pages, or by what the site's configuration says."""

_OF_A_FILE = re.compile(
    r"(?:^|: )(checklists/\w[\w-]*\.yml:\d+:\d+: (?:error|warning): .* \[([a-z-]+)\])$", re.MULTILINE
)
_BUILDS = [case for case in CASES if "page" in case.data and _OF_A_FILE.search(case.data["report"])]


@pytest.mark.parametrize("case", _BUILDS, ids=lambda case: case.path.stem)
def test_check_refuses_what_a_build_refuses(case: Case, tmp_path: Path) -> None:
    without_site = {key: value for key, value in case.data.items() if key not in ("page", "run")}
    checked = run(Case(case.path, without_site), tmp_path)

    found = {line for line, _ in _OF_A_FILE.findall(checked)}
    assert [
        line for line, code in _OF_A_FILE.findall(case.data["report"]) if code not in NEEDS_SITE and line not in found
    ] == []


def test_there_are_builds_to_compare_with() -> None:
    assert len(_BUILDS) > 10
