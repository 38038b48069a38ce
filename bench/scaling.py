"""Checking and building more and more files."""

import sys
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.clock import seconds
from bench.questions import write_questions
from bench.report import Findings, Part, Settings, Table, Target, ratio
from bench.sites import build, checklist_files, write_site

ITEMS = 50
TIMES = {10: 3, 100: 3, 1000: 1}
"""Number of files -> how often they are measured."""

ROWS = {count: f"{count:,} files" for count in TIMES}
COLUMNS = ("seconds", "ms a file", "cost of a file, to 100 files")
CHECK = Table(f"`checklists check`, files of {ITEMS} items", COLUMNS, tuple(ROWS.values()))
BUILD = Table(f"Build, one page a file of {ITEMS} items", COLUMNS, tuple(ROWS.values()))
SECONDS = Target("check-1000-files", f"Checking 1,000 files of {ITEMS} items", 10, "s")
CHECK_GROWTH = Target("check-linear", "Checking: cost of a file among 1,000, to that among 100", 1.2, "×")
BUILD_GROWTH = Target("build-linear", "Building: cost of a file among 1,000, to that among 100", 1.2, "×")


def measure(settings: Settings) -> Findings:
    findings = Findings()
    found: dict[tuple[Table, int], float] = {}
    with TemporaryDirectory() as folder:
        for count, times in TIMES.items():
            if settings.quick and count == max(TIMES):
                continue
            files = dict(checklist_files([write_questions(ITEMS, seed) for seed in range(count)]))
            # Else every page would list every other one, and the theme's work would grow with the square of their number.
            files["mkdocs.yml"] += "nav: [{Home: index.md}]\n"
            root = write_site(Path(folder) / str(count), files)
            check = (str(Path(sys.executable).with_name("checklists")), "check", str(root / "checklists"))
            for table, task in ((CHECK, check), (BUILD, partial(build, root))):
                found[table, count] = median(seconds(task) for _ in range(settings.times(times)))
    for (table, count), value in found.items():
        base = found[table, 100] / 100
        findings.put(table, ROWS[count], f"{value:.2f}", f"{1000 * value / count:.2f}", ratio(value / count, base))
    if not settings.quick:
        findings.values[SECONDS.id] = found[CHECK, 1000]
        findings.values[CHECK_GROWTH.id] = found[CHECK, 1000] / 10 / found[CHECK, 100]
        findings.values[BUILD_GROWTH.id] = found[BUILD, 1000] / 10 / found[BUILD, 100]
    return findings


PART = Part(
    name="scaling",
    title="Many checklists",
    how=f"""\
Checklists of {ITEMS} items in five sections: weights from 1 to 3, three options, two items with caps, one that may not apply,
advice for two answers, three bands. Checking is the command, with the start of Python, so few files look dear. Building is
in process, as above, with one page for each checklist; the pages are left out of the navigation, which MkDocs would write into
every one of them. Median of three; 1,000 files once.""",
    tables=(CHECK, BUILD),
    targets=(SECONDS, CHECK_GROWTH, BUILD_GROWTH),
    measure=measure,
)
