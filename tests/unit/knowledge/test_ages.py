"""`checklists check --facts`: the dated facts, the oldest first."""

from pathlib import Path

from click.testing import CliRunner

from mkdocs_checklists.cli import main
from tests.helpers import write_tree
from tests.unit.texts import PLAIN

FACTS = """\
fresh: {text: "In 2026 it cost 5.", source: s1, reviewed: 2026-11-30}
rule: {text: "A law of 2024 starts on 1 January 2027.", source: s1, reviewed: 2026-11-01}
old-price: {text: "In 2019 it cost 4.", source: s1, reviewed: 2026-11-01}
undated: {text: "It costs nothing.", source: s1, reviewed: 2026-10-31}
"""
SOURCES = 's1: {text: "[A page](https://a.example), 2026", kind: vendor}\n'


def listed(tmp_path: Path, *options: str) -> str:
    tree = {"c/example.yml": PLAIN, "c/_facts.yml": FACTS, "c/_sources.yml": SOURCES}
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": "1796083200"})  # 2026-12-01
    return runner.invoke(
        main, ["check", *options, str(write_tree(tmp_path, tree) / "c")], catch_exceptions=False
    ).output


def test_facts_are_listed_by_review_and_then_by_their_year(tmp_path: Path) -> None:
    assert (
        "4 facts by age: reviewed, days since then, year of the fact, id\n"
        "   2026-10-31    31 days        undated\n"
        "   2026-11-01    30 days  2019  old-price\n"
        "   2026-11-01    30 days  2024  rule\n"
        "   2026-11-30      1 day  2026  fresh\n\n"
    ) in listed(tmp_path, "--facts")


def test_facts_are_listed_only_where_they_are_asked_for(tmp_path: Path) -> None:
    assert "by age" not in listed(tmp_path)


def test_folder_without_facts_has_none_to_list(tmp_path: Path) -> None:
    folder = write_tree(tmp_path, {"c/example.yml": PLAIN}) / "c"

    assert "0 facts by age" in CliRunner().invoke(main, ["check", "--facts", str(folder)]).output
