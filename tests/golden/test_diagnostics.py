"""What authors read when something is wrong, in full: one golden file a behaviour, at least one for every code."""

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_checklists.cli import main
from mkdocs_checklists.diagnostics.codes import CODES
from tests.golden.cases import Case, read_cases
from tests.helpers import build_site, write_tree

CASES = read_cases("diagnostics")

HEAD = b"title: Ready?\nsections:\n  - id: tests\n    title: Tests\n    items:\n      - {id: green, text: Green?, scale: yes-no"
TAIL = b"}\nbands: [{id: any, min: 0, title: Any}]\n"

# Inputs that nobody would want to read in a file.
GENERATED: dict[str, bytes] = {
    "101 levels of nesting": b"[" * 101 + b"]" * 101,
    "101 levels of nesting with an item around them": HEAD + b", help: " + b"[" * 96 + b"]" * 96 + TAIL,
    "five million bytes and one": b"#" * 5_000_001,
    "a question of 20,001 characters": HEAD.replace(b"Green?", b"a" * 20_000 + b"?") + TAIL,
    "a weight of 101 digits": HEAD + b", weight: " + b"9" * 101 + TAIL,
    "an unknown key behind 10,000 characters": HEAD.replace(b"Green?", b"a" * 10_000) + b", wieght: 2" + TAIL,
    "UTF-16": "title: Ready?\n".encode("utf-16"),
    "a mark of byte order, CRLF and an unknown key": b"\xef\xbb\xbf"
    + (HEAD + b", wieght: 2" + TAIL).replace(b"\n", b"\r\n"),
    "100 questions of great weights and fine points": HEAD.replace(b"yes-no", b"fine")
    + b"".join(b"}\n      - {id: i%d, text: Green?, scale: fine, weight: 999.9999" % n for n in range(99))
    + TAIL
    + b"scales: {fine: [{id: yes, text: Yes, points: 999.9999}, {id: no, text: No, points: 0}]}\n",
    "answers of 101 levels": b'{"green": ' + b"[" * 100 + b"]" * 100 + b"}",
}

DAY_OF_THE_CHECK = "1795348800"
"""Noon of 22 November 2026: what is overdue must not depend on when the tests run."""

SITE = {
    "mkdocs.yml": "site_name: Test\ntheme: {name: null, custom_dir: theme}\nplugins: [checklists]\n",
    "theme/main.html": "{{ page.content }}",
    "docs/index.md": "",
}


def run(case: Case, root: Path) -> str:
    """Run what the case names in a folder with its files; return all that it says, with its exit code if not 0."""
    command, *arguments = shlex.split(
        case.data.get("run", "mkdocs build" if "page" in case.data else "checklists check")
    )
    if command == "mkdocs":
        write_tree(root, SITE)
        case.write_input(root, GENERATED)
        return build_site(root).report
    case.write_input(root, GENERATED)
    before = Path.cwd()
    os.chdir(root)
    try:
        runner = CliRunner(env={"FORCE_COLOR": None, "SOURCE_DATE_EPOCH": DAY_OF_THE_CHECK})
        result = runner.invoke(main, arguments, catch_exceptions=False)
    finally:
        os.chdir(before)
    return result.output + (f"\nexit {result.exit_code}" if result.exit_code else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_report_is_the_golden_one(case: Case, tmp_path: Path, renew: bool) -> None:
    report = run(case, tmp_path)

    case.compare("report", report.replace(str(tmp_path), "ROOT"), renew=renew)


def test_every_code_has_a_golden_report() -> None:
    headline = re.compile(r": (?:error|warning): .* \[([a-z-]+)\]$", re.MULTILINE)
    shown = {code for case in CASES for code in headline.findall(case.data["report"])}

    assert shown == set(CODES)
