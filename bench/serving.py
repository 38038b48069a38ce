"""How soon a saved file is seen under `mkdocs serve`."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.request import urlopen

from bench.clock import take_turns
from bench.questions import write_questions
from bench.report import Findings, Part, Settings, Table, ratio
from bench.sites import checklist_files, repository_site, write_site

LIMIT, STEP = 120.0, 0.01
"""Seconds until we give up, and between two looks."""
REST = 1.0
"""Seconds between two saves: what the one before has set off is over."""

SMALL, FLAGSHIP = "one checklist of 20 questions", "the site of this repository"
TABLE = Table(
    "From saving a file until its page is served anew",
    ("YAML file, s", "Markdown file, s", "YAML to Markdown"),
    (SMALL, FLAGSHIP),
)


def mark_question(text: str, word: str) -> str:
    """A checklist file with a word in its first question, which stands in one line and ends in `?`."""
    return re.sub(r"^( +text: .*?)(?: word\d+)?\?$", rf"\1 {word}?", text, count=1, flags=re.MULTILINE)


def mark_page(text: str, word: str) -> str:
    """A page with a word at its end."""
    return re.sub(r"\n*(?:word\d+\n)?\Z", f"\n\n{word}\n", text, count=1)


@dataclass(frozen=True)
class Place:
    """A site with a page that shows a checklist."""

    root: Path
    checklist: Path
    page: Path
    address: str
    words: Iterator[str] = field(default_factory=lambda: (f"word{number}" for number in count()))


def _small_site(root: Path) -> Place:
    form = write_questions(20)
    write_site(root, checklist_files([form]))
    return Place(root, root / f"checklists/{form.id}.yml", root / f"docs/{form.id}.md", f"{form.id}/")


def _flagship(root: Path) -> Place:
    repository_site(root)
    for page in sorted((root / "content").rglob("*.md")):
        found = re.search(r"^::: checklist (\S+)$", page.read_text("utf-8"), re.MULTILINE)
        # The guide for authors shows checklists that are not there.
        if found and (checklist := root / f"checklists/{found[1]}.yml").exists():
            address = page.relative_to(root / "content").with_suffix("").as_posix() + "/"
            return Place(root, checklist, page, address)
    raise ValueError("No page of the repository's site shows a checklist")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _serving(root: Path) -> Iterator[str]:
    address = f"127.0.0.1:{_free_port()}"
    command = (sys.executable, "-m", "mkdocs", "serve", "--livereload", "--quiet", "-a", address)
    environment = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    # Warnings about pages are no matter here.
    server = subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield f"http://{address}/"
    finally:
        server.terminate()
        server.wait()


def _wait(url: str, word: str) -> float:
    start = perf_counter()
    while perf_counter() - start < LIMIT:
        try:
            with urlopen(url, timeout=LIMIT) as response:
                if word in bytes(response.read()).decode():
                    return perf_counter() - start
        except OSError:
            pass  # Not there yet.
        sleep(STEP)
    raise TimeoutError(f"{word!r} did not come within {LIMIT:g} s")


def _save(file: Path, mark: Callable[[str, str], str], place: Place, base: str) -> float:
    """Seconds until the page shows a new word in a file."""
    word = next(place.words)
    before = file.read_text("utf-8")
    after = mark(before, word)
    if word not in after:
        raise ValueError(f"{file.name} has no place for a word")
    sleep(REST)
    file.write_text(after, "utf-8")
    return _wait(base + place.address, word)


def measure(settings: Settings) -> Findings:
    findings = Findings()
    for row, make in ((SMALL, _small_site), (FLAGSHIP, _flagship)):
        with TemporaryDirectory() as folder:
            place = make(Path(folder))
            with _serving(place.root) as base:
                _wait(base + place.address, "</html>")
                found = take_turns(
                    {
                        "yaml": partial(_save, place.checklist, mark_question, place, base),
                        "markdown": partial(_save, place.page, mark_page, place, base),
                    },
                    settings.times(5),
                )
        yaml, markdown = found["yaml"], found["markdown"]
        findings.put(TABLE, row, f"{yaml:.2f}", f"{markdown:.2f}", ratio(yaml, markdown))
    return findings


PART = Part(
    name="serve",
    title="While writing",
    how=f"""\
Under `mkdocs serve --livereload` a new word is saved into a question of the YAML file, or at the end of the Markdown page that
shows the checklist; the page is fetched every {1000 * STEP:g} ms until it contains the word. MkDocs itself waits 0.1 s after
a change before it builds. Median of five, YAML and Markdown in turns. The site of this repository is a copy.""",
    tables=(TABLE,),
    targets=(),
    measure=measure,
)
