"""The days in the front matter: a wrong one fails a strict build, and says where and how."""

from datetime import date, datetime
from pathlib import Path

import pytest

from site_src.hooks.front_matter import day
from tests.helpers import REPOSITORY, build_site, write_tree

HOOK = REPOSITORY / "site_src/hooks/front_matter.py"
CONFIG = f"""\
site_name: Days
theme: {{name: null, custom_dir: theme}}
plugins: []
hooks: ['{HOOK.as_posix()}']
"""


def said(tmp_path: Path, front_matter: str) -> tuple[str, str]:
    """What a strict build reports, and what the page's template knows of the days."""
    tree = {
        "mkdocs.yml": CONFIG,
        "theme/main.html": "days: {{ page.meta.published }} {{ page.meta.reviewed }}",
        "docs/page.md": f"---\n{front_matter}---\n# Page\n",
    }
    found = build_site(write_tree(tmp_path, tree), strict=False)
    return found.report.replace("WARNING: front_matter: ", ""), found.read("page/index.html").removeprefix("days: ")


@pytest.mark.parametrize(
    "text",
    ["published: 2026-11-20\nreviewed: 2026-11-22\n", "published: '2026-11-20'\nreviewed: \"2026-11-22\"\n"],
)
def test_days_are_days_with_or_without_quotes(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, f"title: Page\n{text}") == ("", "2026-11-20 2026-11-22")


def test_page_without_days_is_none_of_its_business(tmp_path: Path) -> None:
    assert said(tmp_path, "title: Page\n") == ("", " ")


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2026-11", "20.11.2026", "20261120", "2026-11-20 10:00:00", "'2026-02-30'", "7", "[2026-11-20]", ""],
)
def test_what_is_no_day_is_told_with_file_and_line_and_left_out(tmp_path: Path, value: str) -> None:
    report, page = said(tmp_path, f"title: Page\npublished: 2026-11-01\nreviewed: {value}\n")
    assert report.startswith("page.md:4: `reviewed` is ")
    assert report.endswith("which is no day: write it as 2026-11-22")
    assert page == "2026-11-01 "


def test_day_that_the_calendar_lacks_would_hide_the_whole_front_matter_and_is_told(tmp_path: Path) -> None:
    report, page = said(tmp_path, "title: Page\nreviewed: 2026-02-30\n")
    assert report == 'page.md:3: `reviewed` is "2026-02-30", which is no day: write it as 2026-11-22'
    assert page == " "


@pytest.mark.parametrize("value", ["2026", "[a, b]", "{a: b}", "true", ""])
def test_title_that_is_no_text_is_told(tmp_path: Path, value: str) -> None:
    report, _ = said(tmp_path, f"description: Fine\ntitle: {value}\n")
    assert report.startswith("page.md:3: `title` is ")
    assert report.endswith("which is no text: put it into quotes")


def test_front_matter_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    report, _ = said(tmp_path, "title: [Page\n")
    assert report.startswith("page.md: the front matter can't be read: ")


def test_review_before_publication_is_told(tmp_path: Path) -> None:
    report, _ = said(tmp_path, "published: 2026-11-22\nreviewed: 2026-11-20\n")
    assert report == "page.md:3: `reviewed` is 2026-11-20, before the page was published, on 2026-11-22"


def test_a_wrong_day_fails_a_strict_build(tmp_path: Path) -> None:
    tree = {"mkdocs.yml": CONFIG, "theme/main.html": "", "docs/a.md": "---\nreviewed: soon\n---\n# A\n"}
    assert build_site(write_tree(tmp_path, tree)).failure is not None


def test_a_moment_is_no_day() -> None:
    assert day(datetime(2026, 11, 20, 10)) is None
    assert day(date(2026, 11, 20)) == date(2026, 11, 20)
