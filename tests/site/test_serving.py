"""An author at work: `mkdocs serve` outlives a broken file, shows what is wrong in its place, and recovers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.helpers import write_tree

LIMIT = 60.0

CHECKLIST = """\
title: Ready to go?
sections:
  - id: only
    title: All of it
    items:
      - {id: named, text: Is it named?, scale: yes-no}
bands:
  - {id: ready, min: 80, title: Ready}
  - {id: not-yet, min: 0, title: Not yet}
"""

FILES = {
    "mkdocs.yml": "site_name: Desk\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [search, checklists]\n",
    "checklists/desk.yml": CHECKLIST,
    "docs/index.md": "# Desk\n\nProse before.\n\n::: checklist desk\n\nProse after.\n",
    "docs/other.md": "# Other\n\nNothing to answer.\n",
}


class Desk:
    """A folder that is being served."""

    def __init__(self, root: Path, process: subprocess.Popen[bytes], url: str, log: Path) -> None:
        self.root, self.process, self.url, self.log = root, process, url, log

    def write(self, text: str) -> None:
        (self.root / "checklists/desk.yml").write_text(text, "utf-8")

    def read(self, path: str = "") -> str:
        """The page as it is served now; nothing while the server is still building its first."""
        try:
            with urlopen(self.url + path, timeout=10) as response:
                return unescape(response.read().decode())
        except (URLError, ConnectionError, TimeoutError):
            return ""

    def wait_for(self, condition: Callable[[str], bool]) -> str:
        """The page once it is as expected. Looks at it again and again, since a server pushes nothing here."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the server has ended:\n{self.log.read_text()}"
            if condition(page := self.read()):
                return page
            time.sleep(0.1)
        pytest.fail(f"the page never came to be as expected:\n{self.read()}\n{self.log.read_text()}")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = write_tree(tmp_path / "desk", FILES)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "serve.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=root, stdout=output, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONUNBUFFERED": "1"}
        )
        try:
            yield Desk(root, process, f"http://127.0.0.1:{port}/", log)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def test_broken_file_is_reported_in_its_place_until_it_is_mended(desk: Desk) -> None:
    desk.wait_for(lambda page: "Is it named?" in page)

    desk.write(CHECKLIST.replace("scale: yes-no", "scale: yesno"))
    page = desk.wait_for(lambda page: "checklist-report" in page)
    assert "<fieldset" not in page
    assert "Prose before." in page
    assert "Prose after." in page
    assert "checklists/desk.yml:6:" in page
    assert "[unknown-scale]" in page
    assert "Did you mean 'yes-no'?" in page
    assert "Nothing to answer." in desk.read("other/")

    # Broken in another way: nothing of it can be read any more.
    desk.write("title: [\n")
    page = desk.wait_for(lambda page: "[unknown-scale]" not in page)
    assert "checklist-report" in page
    assert "checklists/desk.yml:" in page

    desk.write(CHECKLIST.replace("Is it named?", "Is it named and dated?"))
    page = desk.wait_for(lambda page: "Is it named and dated?" in page)
    assert "checklist-report" not in page
    assert "Traceback" not in desk.log.read_text()


def test_file_that_goes_and_comes_back_is_noticed(desk: Desk) -> None:
    desk.wait_for(lambda page: "Is it named?" in page)
    (desk.root / "checklists/desk.yml").unlink()
    page = desk.wait_for(lambda page: "checklist-report" in page)
    assert "[unknown-checklist]" in page
    desk.write(CHECKLIST)
    desk.wait_for(lambda page: "Is it named?" in page and "checklist-report" not in page)


def test_changes_of_facts_sources_and_terms_are_noticed(desk: Desk) -> None:
    desk.wait_for(lambda page: "Is it named?" in page)
    (desk.root / "docs/index.md").write_text("# Desk\n\nProse before: {fact:price}\n", "utf-8")
    desk.wait_for(lambda page: "{fact:price}" in page)

    facts = desk.root / "checklists/_facts.yml"
    facts.write_text("price: {text: In 2026 it cost 6., reviewed: 2026-11-20}\n", "utf-8")
    desk.wait_for(lambda page: "Prose before: <span" in page and "In 2026 it cost 6." in page)
    facts.write_text("price: {text: In 2027 it cost 7., reviewed: 2027-11-20}\n", "utf-8")
    desk.wait_for(lambda page: "In 2027 it cost 7." in page)

    glossary = desk.root / "checklists/_glossary.yml"
    glossary.write_text("prose: {term: prose, text: Words without rhymes.}\n", "utf-8")
    page = desk.wait_for(lambda page: "Words without rhymes." in page)
    assert "terms.css" in page
    glossary.write_text("prose: {term: prose, txt: Words without rhymes.}\n", "utf-8")
    desk.wait_for(lambda page: "Words without rhymes." not in page)
    assert "Did you mean 'text'?" in desk.log.read_text("utf-8")

    sources = desk.root / "checklists/_sources.yml"
    sources.write_text("study: {text: '[A](https://a.example/), 2020', kind: survey}\n", "utf-8")
    facts.write_text("price: {text: In 2028., source: study, reviewed: 2027-11-20}\n", "utf-8")
    desk.wait_for(lambda page: "In 2028." in page)
    facts.unlink()
    desk.wait_for(lambda page: "{fact:price}" in page)
    assert "Traceback" not in desk.log.read_text("utf-8")
