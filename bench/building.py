"""Building 100 pages of 20 questions."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clock import seconds, take_turns
from bench.questions import write_questions
from bench.report import Findings, Part, Settings, Table, Target, ratio
from bench.sites import OURS, PLAIN, QUIZ, Files, build, checklist_files, plain_files, quiz_files, write_site

PAGES, QUESTIONS = 100, 20
SITES: dict[str, Callable[..., Files]] = {OURS.name: checklist_files, PLAIN: plain_files, QUIZ.name: quiz_files}

TABLE = Table(
    f"{PAGES} pages of {QUESTIONS} questions",
    ("in process, s", "to plain lists", "command, s", "to plain lists"),
    tuple(SITES),
)
TARGET = Target("build-to-plain-lists", "Building checklists in process, to plain lists", 1.25, "×")


def measure(settings: Settings) -> Findings:
    findings = Findings()
    with TemporaryDirectory() as folder:
        forms = [write_questions(QUESTIONS, seed) for seed in range(settings.times(PAGES))]
        roots = {name: write_site(Path(folder) / str(n), files(forms)) for n, (name, files) in enumerate(SITES.items())}
        for root in roots.values():
            build(root)  # What is loaded once is loaded now.
        inside = take_turns(
            {name: partial(seconds, partial(build, root)) for name, root in roots.items()}, settings.times(5)
        )
        commands = {
            name: (sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "-f", str(root / "mkdocs.yml"))
            for name, root in roots.items()
        }
        outside = take_turns({name: partial(seconds, command) for name, command in commands.items()}, settings.times(3))
    for name in SITES:
        findings.put(
            TABLE,
            name,
            f"{inside[name]:.2f}",
            ratio(inside[name], inside[PLAIN]),
            f"{outside[name]:.2f}",
            ratio(outside[name], outside[PLAIN]),
        )
    findings.values[TARGET.id] = inside[OURS.name] / inside[PLAIN]
    return findings


PART = Part(
    name="build",
    title="Building a site",
    how=f"""\
Three sites of {PAGES} pages with the same words, in Material with its search: as checklists of this package, as nested lists
in plain Markdown, and as quizzes of mkdocs-quiz. *In process* is the time that MkDocs' own `build` takes once everything is
imported and one build has been made; median of five builds. *Command* is `mkdocs build --clean` as a process of its own, with
the start of Python; median of three. The three sites take turns.""",
    tables=(TABLE,),
    targets=(TARGET,),
    measure=measure,
)
