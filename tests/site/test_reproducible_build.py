"""Two builds of one state of the repository are the same to the byte, whoever makes them, where and when."""

import gzip
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY

INPUTS = ("mkdocs.yml", "checklists", "content", "site_src")
COMMITTED = 1_750_000_000  # 2025-06-15


def copy(to: Path, seed: int) -> Path:
    """The inputs of the site, made in an order of their own and with times of their own."""
    files = [
        file
        for name in INPUTS
        for file in sorted([REPOSITORY / name, *(REPOSITORY / name).rglob("*")])
        if file.is_file() and "__pycache__" not in file.parts
    ]
    chance = random.Random(seed)
    chance.shuffle(files)
    for file in files:
        target = to / file.relative_to(REPOSITORY)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        time = chance.randrange(1_000_000_000, 1_900_000_000)
        os.utime(target, (time, time))
    return to


def built(root: Path, **environment: str) -> dict[str, bytes]:
    """The files of the site, built as it is published: by a program of its own."""
    # Never with `-q`: it makes `--strict` overlook warnings.
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(root / "site")],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    site = root / "site"
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


@pytest.mark.slow  # two more builds of the whole site
def test_two_builds_of_one_commit_are_the_same_to_the_byte(tmp_path: Path) -> None:
    common = {"SOURCE_DATE_EPOCH": str(COMMITTED), "SITE_URL": "https://example.org/kb/"}
    one = built(copy(tmp_path / "one", 1), **common, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LANG="C", LC_ALL="C")
    two = built(
        copy(tmp_path / "another folder" / "two", 2),
        **common,
        PYTHONHASHSEED="2",
        TZ="Pacific/Pago_Pago",
        LC_ALL="C.UTF-8",
    )
    assert set(one) == set(two)
    assert {"index.html", "404.html", "sitemap.xml", "sitemap.xml.gz", "feed.xml", "search/search_index.json"} <= set(
        one
    )
    assert [name for name in one if one[name] != two[name]] == []
    # The days are those of the pages, in both forms of the list of pages; none is that of the build.
    assert b"2025-06-15" not in one["sitemap.xml"] + one["feed.xml"]
    assert gzip.decompress(one["sitemap.xml.gz"]) == one["sitemap.xml"]


@pytest.mark.skipif(not shutil.which("make") or not shutil.which("git"), reason="needs make and git")
@pytest.mark.parametrize(
    ("is_committed", "given", "expected"),
    [
        (True, None, str(COMMITTED)),
        (True, "1", "1"),
        (False, None, "unset"),
    ],
)
def test_make_build_takes_its_day_from_the_commit(
    tmp_path: Path, is_committed: bool, given: str | None, expected: str
) -> None:
    shutil.copyfile(REPOSITORY / "Makefile", tmp_path / "Makefile")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).touch()
    (tmp_path / ".venv/.ready").touch()
    program = tmp_path / ".venv/bin/mkdocs"
    program.write_text('#!/bin/sh\necho "SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH-unset}"\n', "utf-8")
    program.chmod(0o755)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE", "SOURCE_DATE"))
    }
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path.parent),
    }
    if given:
        environment["SOURCE_DATE_EPOCH"] = given
    if is_committed:
        day = {"GIT_AUTHOR_DATE": f"{COMMITTED} +0000", "GIT_COMMITTER_DATE": f"{COMMITTED} +0000"}
        who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
        for command in (["init", "-q"], ["add", "Makefile"], [*who, "commit", "-q", "-m", "One"]):
            subprocess.run(["git", *command], cwd=tmp_path, env=environment | day, check=True)
    run = subprocess.run(["make", "build"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"SOURCE_DATE_EPOCH={expected}" in run.stdout.splitlines()
    assert run.stderr == ""
