"""A decision and a calculator in the browser: how soon an answer or a key shows its effect."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.browser import Visit, answer_some, settle
from bench.calculation import FIELDS, FORMULAS, calculator, calculator_page, decision, sum_page, sum_script
from bench.chromium import chromium, open_tab
from bench.clock import in_turns, percentile
from bench.contenders import checklist_page
from bench.questions import Questionnaire, write_questions
from bench.report import Findings, Part, Settings, Table, Target, ratio
from bench.sites import ASSETS, FOLDER, OURS, TALLY, Contender, Files, build, config, pages, write_site
from tests.pages_server import serve

QUESTIONS = 60
ANSWERS, KEYS = 30, 20
ROUNDS = 4

FORM = write_questions(QUESTIONS)


def _decision_files(forms: Iterable[Questionnaire]) -> Files:
    forms = tuple(forms)
    files = {f"checklists/{form.id}.yml": decision(form) for form in forms}
    return {"mkdocs.yml": config("checklists"), **files, **pages(forms, checklist_page)}


DECISION = replace(
    OURS, name="mkdocs-checklists, a decision", files=_decision_files, count="scored-checklist [data-bar]"
)
CHOOSING: tuple[Contender, ...] = (DECISION, TALLY)


@dataclass(frozen=True)
class Sums:
    """A way to put the calculator on a page, and where its fields and its figures are (CSS selectors)."""

    name: str
    files: Files
    page: str
    field: str
    figures: str


OUR_SUMS = Sums(
    "mkdocs-checklists, a calculator",
    {
        "mkdocs.yml": config("checklists"),
        "checklists/sums.yml": calculator(),
        "docs/index.md": "# Home\n",
        "docs/sums.md": calculator_page(),
    },
    "sums/",
    "scored-checklist [data-input] input",
    "scored-checklist [data-figure] output",
)
PLAIN_SUMS = Sums(
    "plain form, ten-line sum",
    {
        "mkdocs.yml": config(extensions="attr_list, md_in_html"),
        f"docs/{ASSETS}/sum.js": sum_script(),
        "docs/index.md": "# Home\n",
        "docs/sums.md": sum_page(f"../{ASSETS}/sum.js"),
    },
    "sums/",
    "form.sum input",
    "form.sum output",
)
COMPUTING = (OUR_SUMS, PLAIN_SUMS)

COLUMNS = ("p50", "to the plain one", "p95", "longest task")
CLICK = Table(
    f"From a click to the end of the frame that counts it, {QUESTIONS} questions: ms",
    COLUMNS,
    tuple(contender.name for contender in CHOOSING),
)
KEY = Table(
    f"From a key to the end of the frame with the new figures, {FIELDS} fields and {FORMULAS} formulas: ms",
    COLUMNS,
    tuple(contender.name for contender in COMPUTING),
)
WORK = Table(
    "Work of the main thread for one answer or key: mean, ms",
    ("all", "to the plain one", "script", "style", "layout"),
    (*(contender.name for contender in CHOOSING), *(sums.name for sums in COMPUTING)),
)
QUICK_CLICK = Target(
    "decision-click", f"Click to frame (p50) in a decision of {QUESTIONS} questions, to the tally", 1.2, "×"
)
QUICK_KEY = Target("calculator-key", f"Key to frame (p50) with {FORMULAS} formulas, to the ten-line sum", 1.2, "×")


@contextmanager
def _served() -> Iterator[dict[str, str]]:
    """Builds and serves the pages: name of the contender -> address."""
    with TemporaryDirectory() as folder, serve(Path(folder)) as base:
        found = {}
        sites: list[tuple[str, Files, str]] = [
            (contender.name, contender.files([FORM]), f"{FORM.id}/") for contender in CHOOSING
        ]
        sites += [(sums.name, sums.files, sums.page) for sums in COMPUTING]
        for number, (name, files, address) in enumerate(sites):
            built = build(write_site(Path(folder) / str(number), files), f"{base}{number}/site/")
            found[name] = f"{base}{built.relative_to(folder).as_posix()}/{address}"
        yield found


def _choose(browser: Browser, contender: Contender, url: str, visit: Visit, answers: int) -> None:
    with open_tab(browser, contender, url) as tab:
        tab.page.evaluate("probe.first")
        settle(tab, visit)
        answer_some(tab, visit, QUESTIONS, answers)


def _compute(browser: Browser, sums: Sums, url: str, visit: Visit, keys: int) -> None:
    selectors = json.dumps({"field": sums.field, "figures": sums.figures})
    script = (FOLDER / "typing.js").read_text("utf-8").rstrip()
    with open_tab(browser, OURS, url, answering=False, script=f"{script}({selectors});") as tab:
        tab.page.wait_for_load_state("load")
        fields = tab.page.locator(sums.field)
        for number in range(FIELDS):
            fields.nth(number).fill(str(number + 1))
        # Everything that filling in has set off is over.
        tab.page.wait_for_timeout(1000)
        for turn in range(keys):
            tab.ask("ready", turn % FIELDS)
            before = tab.work()
            tab.page.keyboard.press("End")
            tab.page.keyboard.press("5")
            sample = tab.page.evaluate("probe.sample")
            visit.work.append(tab.work().since(before))
            visit.waits.append(sample["wait"])
            visit.answer_tasks.append(sample["tasks"])


@dataclass
class _Found:
    visits: dict[str, Visit] = field(default_factory=dict)

    def visit(self, name: str) -> Visit:
        return self.visits.setdefault(name, Visit())


def measure(settings: Settings) -> Findings:
    found = _Found()
    with _served() as urls, chromium() as browser:
        for contender in in_turns(CHOOSING, settings.times(ROUNDS)):
            _choose(browser, contender, urls[contender.name], found.visit(contender.name), ANSWERS)
        for sums in in_turns(COMPUTING, settings.times(ROUNDS)):
            _compute(browser, sums, urls[sums.name], found.visit(sums.name), KEYS)
    return _tell(found)


def _tell(found: _Found) -> Findings:
    findings = Findings()
    for table, names in ((CLICK, [c.name for c in CHOOSING]), (KEY, [c.name for c in COMPUTING])):
        base = found.visit(names[-1])
        for name in names:
            visit = found.visit(name)
            p50, plain = percentile(visit.waits, 50), percentile(base.waits, 50)
            longest = max((task for tasks in visit.answer_tasks for task in tasks), default=0.0)
            shown = f"{longest:.0f}" if longest else "none"
            findings.put(table, name, f"{p50:.1f}", ratio(p50, plain), f"{percentile(visit.waits, 95):.1f}", shown)
            work = {part: mean(getattr(w, part) for w in visit.work) for part in ("all", "script", "style", "layout")}
            plain_work = mean(w.all for w in base.work)
            findings.put(
                WORK,
                name,
                f"{work['all']:.1f}",
                ratio(work["all"], plain_work),
                *(f"{work[part]:.1f}" for part in ("script", "style", "layout")),
            )
    for target, ours, plain_name in (
        (QUICK_CLICK, DECISION.name, TALLY.name),
        (QUICK_KEY, OUR_SUMS.name, PLAIN_SUMS.name),
    ):
        findings.values[target.id] = percentile(found.visit(ours).waits, 50) / percentile(
            found.visit(plain_name).waits, 50
        )
    return findings


PART = Part(
    name="rules",
    title="Deciding and computing in the browser",
    how=f"""\
A decision between four outcomes with {QUESTIONS} questions, gates, notes and a plan, beside the plain form with its ten-
line tally and the same questions, each answered {ANSWERS} times a round as in the part before. And a calculator with
{FIELDS} fields and {FORMULAS} formulas, each of which needs the one before, beside a plain form with a script of ten lines
(`bench/calculation.py`) that computes the same in binary fractions and writes all outputs at every event `input`. All
fields are filled in first; then one digit more is typed into each, by the browser's own input, once the page is at rest.
The time runs from the event `keydown` to the end of the first frame in which a figure has changed. {ROUNDS} rounds, in
turns.""",
    tables=(CLICK, KEY, WORK),
    targets=(QUICK_CLICK, QUICK_KEY),
    measure=measure,
)
