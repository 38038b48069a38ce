"""What is no file is refused at once. Each command runs in a process of its own: should it wait, the test fails."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_checklists import Library
from mkdocs_checklists.reading.files import read_file, read_whole_text
from mkdocs_checklists.reading.source import MAX_BYTES
from tests.helpers import REPOSITORY, write_tree
from tests.unit.texts import PLAIN

ADVISED = PLAIN.replace("yes-no}", "yes-no, recommend: Do it., see: /}")
GENEROUS = 60
"""Seconds after which a command that should end at once is taken to hang."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "checklists/a.yml": ADVISED,
        "answers.json": '{"green": "no"}',
        "mkdocs.yml": "",
        "docs/index.md": "# Home\n",
    }
    return write_tree(tmp_path, files)


def run(folder: Path, *arguments: str, given: str | None = None) -> tuple[int, str]:
    """Exit code, and all that the command says but for what it proved."""
    done = subprocess.run(
        [sys.executable, "-c", "from mkdocs_checklists.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "plugins")},
        capture_output=True,
        text=True,
        input=given,
        timeout=GENEROUS,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def test_pipe_among_the_checklists_of_a_site_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "checklists/pipe.yml")
    os.mkfifo(folder / "docs/pipe.md")

    code, said = run(folder, "check")

    assert (code, said.splitlines()[-1]) == (0, "1 checklist: 0 errors, 0 warnings")


def test_pipe_under_the_name_of_a_shared_file_is_reported(folder: Path) -> None:
    os.mkfifo(folder / "checklists/_facts.yml")

    code, said = run(folder, "check")

    assert code == 1
    assert "checklists/_facts.yml: error: the file can't be read: it is a pipe, not a file [unreadable-file]" in said


@pytest.mark.parametrize("arguments", [("check", "pipe.yml"), ("score", "pipe.yml", "answers.json")])
def test_pipe_that_is_named_is_refused_in_one_line(folder: Path, arguments: tuple[str, ...]) -> None:
    os.mkfifo(folder / "pipe.yml")

    code, said = run(folder, *arguments)

    assert code == 1
    assert said.splitlines()[0] == "pipe.yml: error: the file can't be read: it is a pipe, not a file [unreadable-file]"


def test_answers_from_a_pipe_by_name_are_refused(folder: Path) -> None:
    os.mkfifo(folder / "answers.pipe")

    assert run(folder, "score", "checklists/a.yml", "answers.pipe") == (
        1,
        "answers.pipe: error: the file can't be read: it is a pipe, not a file [unreadable-file]",
    )


def test_answers_from_standard_input_are_scored(folder: Path) -> None:
    code, said = run(folder, "score", "checklists/a.yml", "/dev/stdin", given='{"green": "yes"}')

    assert (code, '"score": 100' in said) == (0, True)


def test_checklist_from_standard_input_is_scored(folder: Path) -> None:
    code, said = run(folder, "score", "/dev/stdin", "answers.json", given=ADVISED)

    assert (code, '"score": 0' in said) == (0, True)


def test_socket_and_device_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The address of a socket has to be short.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.yml")
        with pytest.raises(OSError, match="it is a socket, not a file"):
            read_file(tmp_path / "socket.yml")
    with pytest.raises(OSError, match="it is a device, not a file"):
        read_file(Path("/dev/zero"))


def test_folder_and_dead_link_are_refused_in_the_words_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "folder.yml").mkdir()
    (tmp_path / "dead.yml").symlink_to("gone.yml")

    with pytest.raises(IsADirectoryError, match="Is a directory"):
        read_file(tmp_path / "folder.yml")
    with pytest.raises(FileNotFoundError, match="No such file or directory"):
        read_file(tmp_path / "dead.yml")


def test_no_more_is_read_than_shows_that_a_file_is_too_large(tmp_path: Path) -> None:
    large = tmp_path / "large.yml"
    with large.open("wb") as file:
        file.truncate(200_000_000)  # Takes no room: the file is one hole.

    assert len(read_file(large)) == MAX_BYTES + 1
    assert read_whole_text(large) is None


def test_too_large_answers_are_refused(folder: Path) -> None:
    write_tree(folder, {"large.json": " " * MAX_BYTES + "{}"})

    assert run(folder, "score", "checklists/a.yml", "large.json") == (
        1,
        "large.json: error: the file has more than 5,000,000 bytes [too-large]\n"
        "   Answers are one short line a question.",
    )


def test_texts_of_a_library_are_those_of_its_checklists(folder: Path) -> None:
    write_tree(folder / "checklists", {"_draft.yml": "", "folder.yml/x.yml": "", "large.yml": "#" * (MAX_BYTES + 1)})
    os.mkfifo(folder / "checklists/pipe.yml")

    assert list(Library(folder / "checklists").texts()) == [ADVISED, None]


def test_nothing_counts_as_unused_where_a_page_can_not_be_read(folder: Path) -> None:
    facts = "rate:\n  text: In 2026 it was 3%.\n  source: office\n  reviewed: 2026-11-20\n"
    sources = 'office:\n  text: "[Rates](https://office.example/), 2026"\n  kind: official\n'
    write_tree(folder, {"checklists/_facts.yml": facts, "checklists/_sources.yml": sources})
    known = run(folder, "check")[1]
    write_tree(folder, {"docs/large.md": "#" * (MAX_BYTES + 1)})

    assert ("unused-fact" in known, "unused-fact" in run(folder, "check")[1]) == (True, False)
