"""What most browser tests share: two small checklists on a small site, and a driver that acts and looks as a reader does.

Questions and options are named by their words, and what the widget says by the catalogue, so that tests do not depend on
how the widget is built. Only what is documented is used otherwise: the element, its attributes, `data-notice`, its events.
"""

import json
import re
import time
from collections.abc import Iterable, Mapping
from textwrap import dedent
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.helpers import REPOSITORY

NAMED = "Is the task named in one sentence?"
SIGN = "Is there a sign that anyone could check?"
SUPPLIES = "Is there a list of what you supply?"
DATE = "Is a date set to look back?"
QUESTIONS = (NAMED, SIGN, SUPPLIES, DATE)

YES, PARTLY, NO = "Yes, written down", "Only in my head", "No"
UNKNOWN, NA = "I don’t know", "Does not apply"

ALL_BEST = dict.fromkeys(QUESTIONS, YES)

TASK = """\
title: Ready to hand this task over?
summary: Four questions about one task.
reviewed: 2026-11-20
scales:
  paper:
    - {id: yes, text: "Yes, written down", points: 2}
    - {id: partly, text: Only in my head, points: 1}
    - {id: no, text: No, points: 0}
sections:
  - id: task
    label: Part 1
    title: The task itself
    why: Most first hand-overs start from a feeling.
    signs: [The quotes lie far apart.]
    remedies: [Split the complaint into tasks.]
    items:
      - id: named
        text: Is the task named in one sentence?
        help: "*Marketing is not working* is a complaint."
        scale: paper
        weight: 3
        caps: {no: not-yet, partly: fix-first}
        recommend: {no: Write one sentence with a verb., partly: Write the sentence down.}
        effort: 20 min
        template: "The task: [verb] [what] for [whom]."
      - id: sign
        text: Is there a sign that anyone could check?
        scale: paper
        weight: 2
        recommend: Choose one number or date.
  - id: terms
    title: The terms
    items:
      - id: supplies
        text: Is there a list of what you supply?
        scale: paper
        na: true
        recommend: List what the other side cannot start without.
      - id: date
        text: Is a date set to look back?
        scale: paper
bands:
  - {id: ready, min: 80, title: Ready to go, text: Hand it over.}
  - {id: fix-first, min: 55, title: Fix the flagged points first, text: A few days of work.}
  - {id: not-yet, min: 0, title: Not yet, text: Mend what is listed first.}
"""
"""Most that can be earned: 14 points. `named` decides the result."""

TREE: Mapping[str, str] = {
    # The same words under several ids, so that no page is another page's continuation.
    "checklists/task.yml": TASK,
    "checklists/spread.yml": TASK,
    "checklists/twin.yml": TASK.replace("Ready to hand this task over?", "The twin of the other checklist"),
    "docs/index.md": "# Home\n\n[Whole](whole.md) [Parts](parts.md) [Two](two.md) [First](first.md)\n",
    "docs/whole.md": "::: checklist task level=1\n",
    "docs/parts.md": dedent("""\
        # Parts

        ::: checklist task section=task

        Prose between the parts.

        ::: checklist task section=terms show=items

        More prose.

        ::: score task
        """),
    "docs/two.md": "# Two\n\n::: checklist task\n\n::: checklist twin\n",
    "docs/first.md": "# First\n\n::: checklist spread section=task\n\n[Go on](second.md)\n",
    "docs/second.md": "# Second\n\n::: checklist spread section=terms\n\n[To the result](result.md)\n",
    "docs/result.md": "# Result\n\n::: score spread\n",
}
"""The small site of most tests: `site_factory(TREE)`."""

DATABASE, STORE = "mkdocs-checklists", "runs"

LIMIT = 30_000
"""Milliseconds that a test waits for what ought to happen, as Playwright does."""

_WORDS = json.loads((REPOSITORY / "plugins/mkdocs_checklists/locale/en.json").read_text("utf-8"))

_LISTEN = """
window.told = [];
for (const name of ["checklist-changed", "checklist-scored"])
  document.addEventListener(name, (event) => told.push({ name, detail: event.detail, from: event.target.dataset.checklist }));
"""

# Runs `work(store)` in one transaction and resolves, once it is complete, to the value in the box that `work` returns.
_TRANSACT = f"""
const transact = (mode, work) => new Promise((resolve, reject) => {{
  const request = indexedDB.open("{DATABASE}");
  request.onupgradeneeded = () => request.result.createObjectStore("{STORE}");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {{
    const transaction = request.result.transaction("{STORE}", mode);
    const box = work(transaction.objectStore("{STORE}"));
    transaction.oncomplete = () => {{ request.result.close(); resolve(box.value); }};
    transaction.onabort = () => reject(transaction.error);
  }};
}});
const readAll = () => transact("readonly", (store) => {{
  const box = {{}};
  const keys = store.getAllKeys();
  const values = store.getAll();
  values.onsuccess = () => {{ box.value = keys.result.map((key, at) => [key, values.result[at]]); }};
  return box;
}});
"""

Record = tuple[list[str], Any]


def say(message: str, /, **values: object) -> str:
    """What the widget says, from the catalogue; `count` chooses the form."""
    words = next(part[message] for part in _WORDS.values() if message in part)
    if isinstance(words, dict):
        words = words["one" if values["count"] == 1 else "other"]
    return re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), words)


def write_checklist(*questions: str, title: str = "Many questions", extra: str = "") -> str:
    """The YAML of one checklist with these questions, each with the same three answers and advice."""
    items = "".join(
        f"      - {{id: q{n}, text: {json.dumps(text)}, scale: paper, recommend: Mend point {n}.}}\n"
        for n, text in enumerate(questions, start=1)
    )
    head, _, rest = TASK.partition("sections:\n")
    bands = rest[rest.index("bands:\n") :]
    head = head.replace("title: Ready to hand this task over?", f"title: {json.dumps(title)}")
    return f"{head}{extra}sections:\n  - id: only\n    title: All of it\n    items:\n{items}{bands}"


class Widget:
    """One checklist on a page, with all its parts there, as a reader meets it."""

    def __init__(self, page: Page | Locator, checklist: str = "task") -> None:
        self.parts = page.locator(f'scored-checklist[data-checklist="{checklist}"]')
        self.panel = self.parts.get_by_role("region", name=say("result"))
        self.notice = self.parts.locator("[data-notice]")
        # Out of the way where the result is in view.
        self.bar = self.parts.get_by_role("group", name=say("progress"), include_hidden=True)
        self.live = self.parts.get_by_role("status")
        self.chosen = self.parts.get_by_role("radio", checked=True)

    def question(self, text: str) -> Locator:
        return self.parts.get_by_role("group", name=text)

    def option(self, question: str, answer: str) -> Locator:
        place = self.question(question)
        return place.get_by_role("radio", name=answer, exact=True).or_(
            place.get_by_role("checkbox", name=answer, exact=True)
        )

    def answer(self, answers: Mapping[str, str]) -> None:
        for question, answer in answers.items():
            self.option(question, answer).check()

    def clear(self, question: str) -> None:
        self.question(question).get_by_role("button", name=say("clear")).click()

    def button(self, message: str) -> Locator:
        """A button of the result, by the message on it."""
        return self.panel.get_by_role("button", name=say(message))

    def press(self, message: str) -> None:
        """Press a button of the result by the keyboard: the panel follows an answer a little later, and moves its buttons then."""
        self.button(message).press("Enter")

    def open(self, message: str) -> None:
        """Open a fold of the result, by the message on it."""
        fold = (
            self.panel.locator("details")
            .filter(has=self.panel.page.locator(f"summary:text-is({json.dumps(say(message))})"))
            .last
        )
        fold.locator("> summary").press("Enter")
        expect(fold).to_have_js_property("open", True)

    def expect_answers(self, answers: Mapping[str, str]) -> None:
        """Exactly these answers are chosen."""
        for question, answer in answers.items():
            expect(self.option(question, answer)).to_be_checked()
        expect(self.chosen).to_have_count(len(answers))

    def expect_answered(self, answered: int, total: int = 4) -> None:
        """The bar says so, which it does from the moment the script is at work."""
        expect(self.bar.first).to_contain_text(say("answered", answered=answered, total=total))

    def expect_verdict(self, band: str) -> None:
        expect(self.panel).to_contain_text(say("verdict", band=band))

    def expect_score(self, score: int) -> None:
        expect(self.panel).to_contain_text(say("score", score=score, top=100))

    def expect_no_verdict(self) -> None:
        expect(self.panel).to_contain_text(say("provisional"))


def open_widget(page: Page, url: str, checklist: str = "task") -> Widget:
    """Open a page and wait until its checklist remembers and scores: what was stored has been read."""
    page.goto(url)
    widget = Widget(page, checklist)
    wait_for_widget(widget)
    return widget


def wait_for_widget(widget: Widget) -> None:
    """The line about the reader's answers stands there once storage has replied."""
    expect(widget.notice.first).not_to_be_empty()


def wait_until(page: Page, condition: str, value: Any = None) -> None:
    """Wait until a function of JavaScript, which may be an async one, returns something true for a value.

    Playwright's own `wait_for_function` takes the promise of an async function for its answer. And it evaluates a mere
    expression anew each time, which the policy of the pages forbids.
    """
    page.evaluate(
        f"""(value) => new Promise((resolve, reject) => {{
            const condition = {condition};
            const end = performance.now() + {LIMIT};
            const look = async () => {{
                if (await condition(value)) resolve(null);
                else if (performance.now() < end) setTimeout(() => look().catch(reject), 20);
                else reject(new Error("It never came to be: " + condition));
            }};
            look().catch(reject);
        }})""",
        value,
    )


def expect_of_all(elements: Locator, script: str, expected: object) -> None:
    """Wait until a function of JavaScript over all the elements returns this: parts of a result are drawn one after the other."""
    end = time.monotonic() + LIMIT / 1000
    while (found := elements.evaluate_all(script)) != expected and time.monotonic() < end:
        elements.page.evaluate("() => new Promise((resolve) => requestAnimationFrame(resolve))")
    assert found == expected


def click_at_rest(link: Locator) -> None:
    """Follow a link within a page once Material has noted where the page stands: a tenth of a second after it scrolled.

    It would note that in the history entry that the click makes, and scroll back there.
    """
    # Not Playwright's own scrolling, which gives up where that part of the page is drawn anew at this moment.
    link.evaluate("(link) => link.scrollIntoView({ block: 'center' })")
    wait_until(link.page, "() => history.state && Math.abs(history.state.y - scrollY) < 1")
    link.click()


def listen(page: Page | BrowserContext) -> None:
    """Note the widget's events of every page that is opened from now on: `told(page)`."""
    page.add_init_script(_LISTEN)


def told(page: Page, least: int = 0) -> list[dict[str, Any]]:
    """The events so far, as they arrived at the document: name, detail, checklist of the element that fired.

    Waits for the `least` number of them: what a button does may be loaded when it is pressed first.
    """
    if least:
        wait_until(page, "(least) => told.length >= least", least)
    events: list[dict[str, Any]] = page.evaluate("told")
    return events


def stored(page: Page) -> list[Record]:
    """Everything in the store, as [key, record], sorted by key."""
    records: list[Record] = page.evaluate(f"() => {{ {_TRANSACT} return readAll(); }}")
    return records


def store(page: Page, *records: Record) -> None:
    """Write records as another release, another program or a fault might have, or as they were."""
    page.evaluate(
        f"""(records) => {{ {_TRANSACT} return transact("readwrite", (store) => {{
            for (const [key, record] of records) store.put(record, key);
            return {{ value: null }};
        }}); }}""",
        list(records),
    )


def store_expression(page: Page, key: Iterable[str], expression: str) -> None:
    """Write a record that only JavaScript can say, such as a Map or a hole."""
    page.evaluate(
        f"""(key) => {{ {_TRANSACT} return transact("readwrite", (store) => {{
            store.put({expression}, key);
            return {{ value: null }};
        }}); }}""",
        list(key),
    )


def wait_until_stored(page: Page, answers: Mapping[str, str], checklist: str = "task") -> None:
    """Wait until the store holds exactly these answers (item id -> option id) for a checklist, in whichever slot."""
    wait_until(
        page,
        f"""async ([checklist, expected]) => {{ {_TRANSACT}
            const sorted = (pairs) => JSON.stringify(pairs.sort());
            return (await readAll()).some(([key, run]) => key[1] === checklist && run?.format === 1 && run.answers &&
                sorted(Object.entries(run.answers).map(([item, entry]) => [item, entry?.choice])) === sorted(expected));
        }}""",
        [checklist, [list(pair) for pair in answers.items()]],
    )


def an_entry(choice: str, at: str = "2025-05-03T10:00:00.000Z", revision: int = 1) -> dict[str, Any]:
    """An answer as it is stored."""
    return {"choice": choice, "at": at, "revision": revision}


def a_run(answers: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A record as it is stored."""
    return {"format": 1, "revision": 1, "answers": dict(answers), **more}


def slot_of(url: str, checklist: str = "task") -> list[str]:
    """The key of a record on the site with this base address."""
    path = re.sub(r"^https?://[^/]+", "", url)
    return [f"{path}assets/checklists/", checklist, "default"]
