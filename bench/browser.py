"""Answering in the browser: how soon, how quickly, at what cost."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import mean, median

from playwright.sync_api import Browser

from bench.chromium import SIZES, Tab, Work, chromium, open_tab, served_pages
from bench.clock import in_turns, percentile
from bench.report import Findings, Part, Settings, Table, Target, ratio
from bench.sites import CONTENDERS, OURS, TALLY, Contender

ANSWERS = 30
"""So many are timed in each page."""
ROUNDS, MORE_LOADS = 2, 5
"""How often each page is loaded and answered, and how often loaded only."""
SETTLE = 1000
"""Milliseconds after loading, until all that it has set off is over."""

LARGEST = max(SIZES)
NAMES = tuple(contender.name for contender in CONTENDERS)
WITH_RATIOS = tuple(text for size in SIZES for text in (f"{size} questions", "to the tally"))

FIRST = Table("From the start of navigation until an answer counts, ms", WITH_RATIOS, NAMES)
MEDIAN = Table("From a click to the end of the frame that counts it: p50, ms", WITH_RATIOS, NAMES)
SLOW = Table("From a click to the end of the frame that counts it: p95, ms", WITH_RATIOS, NAMES)
WORK = Table(
    f"Work of the main thread for one answer at {LARGEST} questions: mean, ms",
    ("all", "to the tally", "script", "style", "layout", "paint and the rest"),
    NAMES,
)
LONG = Table(
    "Long tasks (over 50 ms): how many in a page, and the longest, ms",
    tuple(f"{when}, {size}" for when in ("loading", "answering") for size in SIZES),
    NAMES,
)
OWN = Table(
    f"Longest stretch of its own script in a frame over 50 ms at {LARGEST} questions, ms",
    ("loading", "answering"),
    NAMES,
)
HEAP = Table(
    "JavaScript heap, MB",
    tuple(f"{when}, {size}" for when in ("loaded", "all answered") for size in SIZES),
    NAMES,
)

SOON = Target("first-answer", f"Until an answer counts at {LARGEST} questions, to the tally", 1.3, "×")
QUICK = Target("click-to-frame", f"Click to frame (p50) at {LARGEST} questions, to the tally", 1.2, "×")
NO_LONG_LOAD = Target("long-task-load", f"Longest script of ours while loading {LARGEST} questions", 50, "ms")
NO_LONG_ANSWER = Target("long-task-answer", f"Longest task while answering {LARGEST} questions", 50, "ms")


@dataclass
class Visit:
    """What was found in the pages of one contender and one size, over all repetitions."""

    first: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    load_tasks: list[list[float]] = field(default_factory=list)
    load_scripts: list[float] = field(default_factory=list)
    answer_tasks: list[list[float]] = field(default_factory=list)
    answer_scripts: list[float] = field(default_factory=list)
    loaded_heap: list[float] = field(default_factory=list)
    answered_heap: list[float] = field(default_factory=list)


def settle(tab: Tab, visit: Visit) -> None:
    """Waits until loading is over, and takes its long tasks and the heap."""
    tab.page.wait_for_load_state("load")
    tab.page.wait_for_timeout(SETTLE)
    found = tab.page.evaluate("probe.load()")
    visit.load_tasks.append(found["tasks"])
    visit.load_scripts += found["scripts"]
    visit.loaded_heap.append(tab.heap())


def answer_some(tab: Tab, visit: Visit, size: int, answers: int) -> None:
    """Presses options as a reader does, all over the page, from the second question on."""
    tasks: list[float] = []
    numbers = sorted({1 + n * (size - 1) // answers for n in range(answers)})
    for turn, number in enumerate(numbers):
        x, y = tab.ask("place", number, turn % 3)
        tab.page.mouse.move(x, y)
        before = tab.work()
        tab.page.mouse.click(x, y)
        sample = tab.page.evaluate("probe.sample")
        visit.work.append(tab.work().since(before))
        visit.waits.append(sample["wait"])
        tasks += sample["tasks"]
        visit.answer_scripts += sample["scripts"]
    visit.answer_tasks.append(tasks)


def _visit(browser: Browser, contender: Contender, url: str, size: int, visit: Visit, *, answers: int) -> None:
    with open_tab(browser, contender, url) as tab:
        visit.first.append(tab.page.evaluate("probe.first"))
        if not answers:
            return
        settle(tab, visit)
        answer_some(tab, visit, size, answers)
        counted = tab.page.evaluate("probe.answerAll()")
        if counted != size:
            raise RuntimeError(f"{contender.name} counts {counted} of {size} answers")
        visit.answered_heap.append(tab.heap())


def _long(found: list[list[float]]) -> str:
    longest = max((task for tasks in found for task in tasks), default=0.0)
    return f"{mean(len(tasks) for tasks in found):.1f}, {longest:.0f}" if longest else "none"


def _largest(values: Iterable[float]) -> str:
    longest = max(values, default=0.0)
    return f"{longest:.0f}" if longest else "none"


def measure(settings: Settings) -> Findings:
    visits = {(contender.name, size): Visit() for contender in CONTENDERS for size in SIZES}
    pairs = [(contender, size) for contender in CONTENDERS for size in SIZES]
    with served_pages(SIZES) as urls, chromium() as browser:
        for contender, size in pairs:
            # The server compresses each file once, which is not what is measured.
            _visit(browser, contender, urls[contender.name, size], size, Visit(), answers=0)
        for answers, times in ((ANSWERS, settings.times(ROUNDS)), (0, 0 if settings.quick else MORE_LOADS)):
            for contender, size in in_turns(pairs, times):
                name = contender.name
                _visit(browser, contender, urls[name, size], size, visits[name, size], answers=answers)
    return _tell(visits)


def _tell(visits: dict[tuple[str, int], Visit]) -> Findings:
    findings = Findings()

    def compare(table: Table, value: Callable[[Visit], float]) -> None:
        for name in NAMES:
            cells: list[str] = []
            for size in SIZES:
                own, base = value(visits[name, size]), value(visits[TALLY.name, size])
                cells += [f"{own:.1f}", ratio(own, base)]
            findings.put(table, name, *cells)

    def p50(visit: Visit) -> float:
        return percentile(visit.waits, 50)

    def first(visit: Visit) -> float:
        return median(visit.first)

    compare(FIRST, first)
    compare(MEDIAN, p50)
    compare(SLOW, lambda visit: percentile(visit.waits, 95))
    base = mean(work.all for work in visits[TALLY.name, LARGEST].work)
    for name in NAMES:
        sizes = [visits[name, size] for size in SIZES]
        largest = visits[name, LARGEST]
        everything, script, style, layout = (
            mean(getattr(work, part) for work in largest.work) for part in ("all", "script", "style", "layout")
        )
        rest = everything - script - style - layout
        findings.put(
            WORK,
            name,
            f"{everything:.1f}",
            ratio(everything, base),
            *(f"{part:.1f}" for part in (script, style, layout, rest)),
        )
        findings.put(
            LONG,
            name,
            *(_long(visit.load_tasks) for visit in sizes),
            *(_long(visit.answer_tasks) for visit in sizes),
        )
        findings.put(OWN, name, _largest(largest.load_scripts), _largest(largest.answer_scripts))
        findings.put(
            HEAP,
            name,
            *(f"{median(visit.loaded_heap):.1f}" for visit in sizes),
            *(f"{median(visit.answered_heap):.1f}" for visit in sizes),
        )
    ours, tally = visits[OURS.name, LARGEST], visits[TALLY.name, LARGEST]
    findings.values[SOON.id] = first(ours) / first(tally)
    findings.values[QUICK.id] = p50(ours) / p50(tally)
    findings.values[NO_LONG_LOAD.id] = max(ours.load_scripts, default=0.0)
    findings.values[NO_LONG_ANSWER.id] = max((task for tasks in ours.answer_tasks for task in tasks), default=0.0)
    return findings


PART = Part(
    name="browser",
    title="Answering in the browser",
    how=f"""\
The same questions in the same theme (Material with its search and table of contents), in headless Chromium, served over
loopback and compressed, with nothing cached, in a window of 1280 by 900. Contenders and sizes take turns, in another order each
round; {ROUNDS} rounds with answers and {MORE_LOADS} more that only load.

- *Plain form, ten-line tally*: headings, field sets, legends, labels, radios and all the words, and `bench/tally.js`, which
  adds up the points at every change. It keeps nothing, explains nothing and never changes the height of the page.
- *mkdocs-quiz*: a quiz for each question, with its settings as they come; the best option is the right one.
- *SurveyJS*: survey-js-ui with one radio group for each question, all on one page, with its settings as they come and its bar of
  progress. It is not given the advice.

**Until an answer counts**: from the start of the navigation. A script that stands in the page before all others
(`bench/probe.js`) presses in every frame another of the first three options of the first question, from the frame in which
there is one, until the number of answered questions that the page shows is above zero; the time ends with that frame. So an
answer given before the page's own script is at work counts as soon as that script takes it in. Median of all rounds.

**Click to frame**: {ANSWERS} questions (19 where there are 20) all over the page are brought into view and, once the page is at
rest, answered with a press of the mouse by the browser's own input. The time runs from that press (the time stamp of the event
`click`) to the end of the first frame in which the shown number of answers has changed: after its scripts, style, layout, paint
and commit. Frames come 60 times a second, so about 8 ms of every number are waiting for the next one. All rounds together.

**Work of the main thread**: from the press until the page is at rest again a tenth of a second later, from Chromium's own
counters (`Performance.getMetrics`). It contains no waiting, and what is put off until after the frame.

**Long tasks**: entries `longtask`, loading with the presses of the first measurement, answering from each press until the page is
at rest. Their length is that of all work in the task, the theme's and the browser's too. Which scripts ran in a frame of over
50 ms says `long-animation-frame`; the longest stretch of a contender's own is in a table of its own.

**Heap**: after garbage collection, with one question answered, and with all.""",
    tables=(FIRST, MEDIAN, SLOW, WORK, LONG, OWN, HEAP),
    targets=(SOON, QUICK, NO_LONG_LOAD, NO_LONG_ANSWER),
    measure=measure,
)
