"""Many runs of one checklist: each has a name and answers of its own, and the plan sets them all side by side."""

import io
import re
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from pypdf import PdfReader

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.scoring.key import ScoringKey
from mkdocs_checklists.scoring.rules import full_score
from tests.browser.test_accessibility import assert_fits, violations
from tests.browser.test_remembering import hold_back
from tests.browser.test_storage_trouble import FULL, NO_ENTRY
from tests.browser.widget import (
    Widget,
    a_run,
    an_entry,
    say,
    slot_of,
    store,
    store_expression,
    stored,
    wait_for_widget,
    wait_until,
    wait_until_stored,
)
from tests.helpers import SiteFactory, write_tree
from tests.sampling import mostly_slow

CHECKLIST = "who"
WHO = """\
title: Who does this task?
summary: Three questions about one task.
subject: task
sections:
  - id: type
    title: What kind of task it is
    items:
      - id: judgement
        text: How often does it need a decision that no rule covers?
        options:
          - {id: never, text: Almost never, points: {software: 3, other: 1}}
          - {id: some, text: Now and then, points: {other: 3}}
          - {id: mostly, text: Most of the time, points: {keep: 3, software: -3}}
      - id: error
        text: What does an error cost?
        options:
          - {id: little, text: Little, points: {software: 2, other: 2}}
          - {id: much, text: A customer, points: {keep: 3}}
  - id: size
    title: How much there is of it
    items:
      - id: hours
        text: How many hours a week does it take?
        options:
          - {id: few, text: Under two, points: {keep: 2}}
          - {id: several, text: Two to ten, points: {other: 1, software: 1}}
          - {id: many, text: More than ten, points: {other: 2, software: 1}}
outcomes:
  - {id: keep, title: Keep it yourself, text: You are the best for it.}
  - {id: other, title: Hand it over, text: Someone else can do it.}
  - {id: software, title: Leave it to software, text: A rule is enough.}
gates:
  - {remove: software, when: judgement == "mostly", text: There is no rule to follow.}
plan:
  title: Who does what
  columns: {hours: Hours a week}
"""
TREE: Mapping[str, str] = {
    "checklists/who.yml": WHO,
    "docs/index.md": "# Home\n\n[Whole](whole.md)\n",
    "docs/whole.md": "::: checklist who level=1\n",
    "docs/parts.md": "# Parts\n\n::: checklist who section=size\n\n::: score who\n",
}

TASKS: Mapping[str, Mapping[str, str]] = {
    "Invoices": {"judgement": "never", "error": "little", "hours": "many"},
    "newsletter": {"judgement": "some", "error": "little", "hours": "several"},
    "Quotes": {"judgement": "mostly", "error": "much", "hours": "few"},
    "Éclair tasting": {"judgement": "never", "error": "much", "hours": "few"},
    "Bookkeeping": {"judgement": "mostly", "error": "little"},
}
TITLES = {"keep": "Keep it yourself", "other": "Hand it over", "software": "Leave it to software"}
HOURS = {"few": "Under two", "several": "Two to ten", "many": "More than ten", "unknown": "I don’t know"}
NewContext = Callable[..., BrowserContext]


@pytest.fixture
def url(widget_site: SiteFactory) -> str:
    return widget_site(TREE).url


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> ScoringKey:
    library = Library(write_tree(tmp_path_factory.mktemp("who"), {"who.yml": WHO}))
    library.refresh()
    loaded = library.get(CHECKLIST)
    assert loaded is not None
    return loaded.key


class Plan(Widget):
    """The checklist, its names and its plan, as a reader meets them."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, CHECKLIST)
        self.page = page
        self.field = self.parts.get_by_role("textbox", name=say("run_name", subject="task"))
        self.choice = self.parts.get_by_role("combobox", name=say("run_switch", subject="task"))
        self.another = self.parts.get_by_role("button", name=say("run_add", subject="task"))
        self.region = self.parts.get_by_role("region", name="Who does what")
        self.table = self.region.get_by_role("table").filter(visible=True)

    def fill(self, name: str, answers: Mapping[str, str]) -> None:
        self.field.fill(name)
        for item, option in answers.items():
            self.parts.locator(f'input[name="{item}"][value="{option}"]').check()

    def add(self, name: str, answers: Mapping[str, str]) -> None:
        self.another.click()
        expect(self.field).to_be_focused()
        expect(self.chosen).to_have_count(0)
        self.fill(name, answers)

    def rows(self) -> list[list[str]]:
        """The table in words: name, result, fit, hours; a star before the run that is open."""
        read = """(table) => [...table.tBodies[0].rows].map((row) => [
            (row.querySelector("small").textContent ? "*" : "") + row.querySelector("button").textContent,
            ...[...row.cells].slice(1, -1).map((cell) => cell.textContent)])"""
        found: list[list[str]] = self.table.evaluate(read) if self.table.count() else []
        return found

    def expect_rows(self, rows: list[list[str]]) -> None:
        try:
            wait_until(
                self.page,
                """(expected) => {
                    const table = document.querySelector("[data-plan] > [data-made] > table:not([hidden])");
                    const read = [...(table?.tBodies[0].rows ?? [])].map((row) => [
                        (row.querySelector("small").textContent ? "*" : "") + row.querySelector("button").textContent,
                        ...[...row.cells].slice(1, -1).map((cell) => cell.textContent)]);
                    return JSON.stringify(read) === JSON.stringify(expected);
                }""",
                rows,
            )
        except Exception:
            assert self.rows() == rows
            raise

    def names(self) -> list[str]:
        return [row[0].removeprefix("*") for row in self.rows()]

    def expect_names(self, *names: str) -> None:
        buttons = self.table.locator("tbody th button")
        expect(buttons).to_have_text(list(names))

    def named(self, name: str) -> Locator:
        """What opens a run."""
        return self.table.get_by_role("button", name=name, exact=True)

    def remover(self, name: str) -> Locator:
        return self.table.get_by_role("button", name=say("plan_remove_named", name=name))

    def sorter(self, column: str) -> Locator:
        return self.table.get_by_role("columnheader", name=column).get_by_role("button")

    def expect_open(self, name: str, answers: Mapping[str, str]) -> None:
        expect(self.field).to_have_value(name)
        for item, option in answers.items():
            expect(self.parts.locator(f'input[name="{item}"][value="{option}"]')).to_be_checked()
        expect(self.chosen).to_have_count(len(answers))

    def expect_said(self, words: str) -> None:
        expect(self.parts.get_by_role("status").filter(has_text=words)).to_have_count(1)


def open_plan(page: Page, url: str) -> Plan:
    page.goto(url)
    plan = Plan(page)
    wait_for_widget(plan)
    expect(plan.field).to_be_visible()
    return plan


def fill_plan(page: Page, url: str, tasks: Mapping[str, Mapping[str, str]] = TASKS) -> Plan:
    """Open a plan in which these tasks were named and answered on an earlier visit, the last one at the end."""
    page.goto(url)
    site = slot_of(url, CHECKLIST)[0]
    for number, (name, answers) in enumerate(tasks.items(), start=1):
        entries = {item: an_entry(option) for item, option in answers.items()}
        made = f"2025-05-03T10:00:0{number}.000Z"
        run = a_run(entries, name=name, made=made, opened=number)
        store(page, ([site, CHECKLIST, "default" if number == 1 else f"task-{number}"], run))
    plan = open_plan(page, url + "whole/")
    expect(plan.field).to_have_value(list(tasks)[-1])
    return plan


def wait_until_names_stored(page: Page, names: list[str]) -> None:
    wait_until(
        page,
        """(names) => new Promise((resolve) => {
            const request = indexedDB.open("mkdocs-checklists");
            request.onsuccess = () => {
                const all = request.result.transaction("runs").objectStore("runs").getAll();
                all.onsuccess = () => {
                    request.result.close();
                    const there = all.result.filter((run) => run?.name && !run.removed?.at);
                    const found = there.map(({ name }) => `${name}`.replace(" Object", ""));
                    resolve(JSON.stringify(found.sort()) === JSON.stringify(names.sort()));
                };
            };
        })""",
        names,
    )


def row_of(key: ScoringKey, name: str, answers: Mapping[str, str]) -> list[str]:
    """What the plan must say, worked out in Python."""
    result = full_score(key, answers)
    hours = HOURS.get(answers.get("hours", ""), "")
    if result["provisional"]:
        return [name, say("answered", answered=len(answers), total=3), "", hours]
    fits = {
        outcome: fit for outcome, fit in result["fits"].items() if fit is not None and outcome not in result["removed"]
    }
    if result["outcome"]:
        return [name, TITLES[result["outcome"]], str(fits[result["outcome"]]), hours]
    if result["close_call"]:
        best, second = result["close_call"]
        return [name, say("plan_close", best=TITLES[best], second=TITLES[second]), str(fits[best]), hours]
    return [name, say("plan_unclear"), str(max(fits.values())) if fits else "", hours]


def rows_of(key: ScoringKey, open_: str, tasks: Mapping[str, Mapping[str, str]] = TASKS) -> list[list[str]]:
    return [row_of(key, f"*{name}" if name == open_ else name, answers) for name, answers in tasks.items()]


# --- the table ----------------------------------------------------------------------------------------------------


def test_plan_says_of_every_task_what_python_says(page: Page, url: str, key: ScoringKey) -> None:
    plan = fill_plan(page, url)
    expected = rows_of(key, "Bookkeeping")
    # The tasks of this test show every kind of result.
    assert {row[1] for row in expected} >= set(TITLES.values()) | {say("answered", answered=2, total=3)}
    plan.expect_rows(expected)


def test_every_set_of_answers_gives_the_row_that_python_gives(page: Page, url: str, key: ScoringKey) -> None:
    page.goto(url)
    choices = {item.id: [*item.points, None] for item in key.items}
    sets = [
        {item: choice for item, choice in zip(choices, chosen, strict=True) if choice}
        for chosen in product(*choices.values())
    ]
    tasks = {f"Task with {number:02}": answers for number, answers in enumerate(sets) if answers}
    for number, (name, answers) in enumerate(tasks.items()):
        entries = {item: an_entry(choice) for item, choice in answers.items()}
        store(
            page,
            (
                [slot_of(url, CHECKLIST)[0], CHECKLIST, f"r{number:03}"],
                a_run(entries, name=name, made=f"2025-01-01T00:{number:04}"),
            ),
        )
    plan = open_plan(page, url + "whole/")
    results = {row[1] for row in rows_of(key, "", tasks)}
    assert say("plan_unclear") in results
    assert any("close call" in result for result in results)
    plan.expect_rows(
        [
            [f"*{say('run_unnamed', subject='Task', number=1)}", say("answered", answered=0, total=3), "", ""],
            *rows_of(key, "", tasks),
        ]
    )


def test_row_follows_each_answer_and_each_letter_of_the_name(page: Page, url: str, key: ScoringKey) -> None:
    plan = fill_plan(page, url, {"Invoices": TASKS["Invoices"]})
    plan.expect_rows(rows_of(key, "Invoices", {"Invoices": TASKS["Invoices"]}))
    plan.parts.locator('input[name="judgement"][value="mostly"]').check()
    changed = {"Invoices": {**TASKS["Invoices"], "judgement": "mostly"}}
    plan.expect_rows(rows_of(key, "Invoices", changed))
    plan.field.press("End")
    plan.field.press_sequentially(" to shops")
    plan.expect_names("Invoices to shops")
    expect(plan.field).to_be_focused()
    wait_until_names_stored(page, ["Invoices to shops"])


def test_further_columns_come_from_questions_on_other_pages_too(
    page: Page, site_factory: SiteFactory, key: ScoringKey
) -> None:
    tree = {
        **TREE,
        "checklists/who.yml": WHO,
        "docs/whole.md": "::: checklist who show=items\n",
        "docs/parts.md": "# P\n\n::: score who\n",
    }
    url = site_factory(tree).url
    fill_plan(page, url, {"Invoices": TASKS["Invoices"], "Quotes": TASKS["Quotes"]})
    page.goto(url + "parts/")
    plan = Plan(page)
    plan.expect_rows(rows_of(key, "Quotes", {name: TASKS[name] for name in ("Invoices", "Quotes")}))
    plan.named("Invoices").click()
    plan.expect_rows(rows_of(key, "Invoices", {name: TASKS[name] for name in ("Invoices", "Quotes")}))
    expect(plan.named("Invoices")).to_be_focused()
    page.goto(url + "whole/")
    plan.expect_open("Invoices", TASKS["Invoices"])


def test_part_of_a_checklist_on_a_page_of_its_own_shows_and_names_the_task_that_is_open(page: Page, url: str) -> None:
    fill_plan(page, url, {"Invoices": TASKS["Invoices"], "Quotes": TASKS["Quotes"]})
    page.goto(url + "parts/")
    plan = Plan(page)
    plan.expect_open("Quotes", {"hours": "few"})


# --- sorting ------------------------------------------------------------------------------------------------------

SORTED = {
    "Task": ["Bookkeeping", "Éclair tasting", "Invoices", "newsletter", "Quotes"],
    "Hours a week": ["Quotes", "Éclair tasting", "newsletter", "Invoices", "Bookkeeping"],
}


def test_columns_sort_both_ways_by_mouse_and_keyboard(page: Page, url: str, key: ScoringKey) -> None:
    plan = fill_plan(page, url)
    added = list(TASKS)
    rows = {row[0]: row for row in rows_of(key, "")}
    # What is close stands behind what is clear, with the same outcome.
    places = [rows[name][1] for name in ("Quotes", "newsletter", "Invoices", "Éclair tasting")]
    order: dict[str, Callable[[str], Any]] = {
        "Task": SORTED["Task"].index,
        "Result": lambda name: places.index(rows[name][1]) if rows[name][1] in places else None,
        "Fit (of 100)": lambda name: int(rows[name][2]) if rows[name][2] else None,
        "Hours a week": lambda name: list(HOURS.values()).index(rows[name][3]) if rows[name][3] else None,
    }
    for column, value in order.items():
        known = [name for name in added if value(name) is not None]
        rest = [name for name in added if value(name) is None]
        head = plan.table.get_by_role("columnheader", name=column)
        plan.sorter(column).click()
        plan.expect_names(*sorted(known, key=value), *rest)
        expect(head).to_have_attribute("aria-sort", "ascending")
        plan.expect_said(say("plan_sorted", column=column))
        plan.sorter(column).press("Enter")
        # A stable order: what is equal stays in the order in which it was added.
        plan.expect_names(*sorted(known, key=value, reverse=True), *rest)
        expect(head).to_have_attribute("aria-sort", "descending")
        plan.expect_said(say("plan_reversed", column=column))
        plan.sorter(column).press("Space")
        plan.expect_names(*sorted(known, key=value), *rest)
        expect(plan.sorter(column)).to_be_focused()
        expect(plan.table.locator("[aria-sort]")).to_have_count(1)


@pytest.mark.material
def test_order_is_stable_and_kept_while_the_page_lives(page: Page, url: str) -> None:
    plan = fill_plan(page, url)
    plan.sorter("Hours a week").click()
    plan.expect_names(*SORTED["Hours a week"])
    plan.sorter("Hours a week").click()
    plan.expect_names("Invoices", "newsletter", "Quotes", "Éclair tasting", "Bookkeeping")
    plan.named("Quotes").click()
    plan.expect_names("Invoices", "newsletter", "Quotes", "Éclair tasting", "Bookkeeping")
    page.evaluate("window.stillHere = true")
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(plan.parts).to_have_count(0)
    page.go_back()
    plan.expect_names("Invoices", "newsletter", "Quotes", "Éclair tasting", "Bookkeeping")
    assert page.evaluate("stillHere")
    page.reload()
    plan.expect_names(*TASKS)


# --- opening, naming, removing ------------------------------------------------------------------------------------


def test_name_in_the_plan_opens_the_task_with_its_answers(page: Page, url: str, key: ScoringKey) -> None:
    plan = fill_plan(page, url)
    plan.named("newsletter").click()
    plan.expect_open("newsletter", TASKS["newsletter"])
    group = plan.parts.get_by_role("group", name="Task: newsletter")
    expect(group).to_be_focused()
    expect(group).to_be_in_viewport()
    plan.expect_said(say("run_opened", subject="Task", name="newsletter", answered=3, total=3))
    plan.expect_rows(rows_of(key, "newsletter"))
    plan.expect_answered(3, 3)


def test_list_above_the_questions_turns_to_another_task(page: Page, url: str) -> None:
    plan = fill_plan(page, url)
    plan.choice.focus()
    plan.choice.select_option(label=say("run_progress", name="Quotes", answered=3, total=3))
    plan.expect_open("Quotes", TASKS["Quotes"])
    expect(plan.choice).to_be_focused()
    plan.expect_said(say("run_opened", subject="Task", name="Quotes", answered=3, total=3))


def test_answers_and_clearing_touch_only_the_task_that_is_open(page: Page, url: str) -> None:
    plan = fill_plan(page, url, {name: TASKS[name] for name in ("Invoices", "Quotes")})
    plan.parts.locator('input[name="hours"][value="many"]').check()
    plan.named("Invoices").click()
    plan.expect_open("Invoices", TASKS["Invoices"])
    plan.question("What does an error cost?").get_by_role("button", name=say("clear")).click()
    plan.named("Quotes").click()
    plan.expect_open("Quotes", {**TASKS["Quotes"], "hours": "many"})
    plan.named("Invoices").click()
    plan.expect_open("Invoices", {"judgement": "never", "hours": "many"})


def test_reload_keeps_the_open_task_and_all_rows(page: Page, url: str, key: ScoringKey) -> None:
    plan = fill_plan(page, url)
    plan.named("Quotes").click()
    plan.expect_open("Quotes", TASKS["Quotes"])
    page.reload()
    plan.expect_open("Quotes", TASKS["Quotes"])
    plan.expect_rows(rows_of(key, "Quotes"))


def test_next_visit_begins_with_the_task_that_was_open_last(
    page: Page, context: BrowserContext, url: str, key: ScoringKey
) -> None:
    plan = fill_plan(page, url)
    plan.named("newsletter").click()
    plan.expect_open("newsletter", TASKS["newsletter"])
    wait_until(
        page,
        """() => new Promise((resolve) => {
            const request = indexedDB.open("mkdocs-checklists");
            request.onsuccess = () => {
                const all = request.result.transaction("runs").objectStore("runs").getAll();
                all.onsuccess = () => {
                    request.result.close();
                    const last = all.result.reduce((a, b) => ((b.opened ?? 0) > (a.opened ?? 0) ? b : a));
                    resolve(last.name === "newsletter");
                };
            };
        })""",
    )
    page.close()
    later = open_plan(context.new_page(), url + "whole/")
    later.expect_open("newsletter", TASKS["newsletter"])
    later.expect_rows(rows_of(key, "newsletter"))


def test_removed_task_comes_back_with_everything(page: Page, url: str, key: ScoringKey) -> None:
    plan = fill_plan(page, url)
    before = stored(page)
    plan.remover("newsletter").click()
    rest = {name: answers for name, answers in TASKS.items() if name != "newsletter"}
    plan.expect_rows(rows_of(key, "Bookkeeping", rest))
    undo = plan.region.get_by_role("button", name=say("plan_undo"))
    expect(undo).to_be_focused()
    plan.expect_said(say("plan_removed", name="newsletter"))
    wait_until_names_stored(page, list(rest))
    # Also after a reload; and what it was, no release shows any more.
    page.reload()
    plan.expect_rows(rows_of(key, "Bookkeeping", rest))
    assert all(record["answers"] == {} for _, record in stored(page) if record.get("removed"))
    undo.click()
    plan.expect_rows(rows_of(key, "Bookkeeping"))
    expect(plan.named("newsletter")).to_be_focused()
    plan.expect_said(say("plan_restored", name="newsletter"))
    expect(undo).to_have_count(0)
    wait_until_names_stored(page, list(TASKS))
    assert stored(page) == before


def test_removing_the_open_task_opens_another(page: Page, url: str, key: ScoringKey) -> None:
    tasks = {name: TASKS[name] for name in ("Invoices", "Quotes")}
    plan = fill_plan(page, url, tasks)
    plan.remover("Quotes").click()
    plan.expect_open("Invoices", TASKS["Invoices"])
    plan.expect_rows(rows_of(key, "Invoices", {"Invoices": TASKS["Invoices"]}))
    plan.remover("Invoices").click()
    plan.expect_open("", {})
    expect(plan.table).to_have_count(0)
    expect(plan.region).to_contain_text(say("plan_removed", name="Invoices"))
    plan.region.get_by_role("button", name=say("plan_undo")).click()
    plan.named("Invoices").click()
    plan.expect_open("Invoices", TASKS["Invoices"])
    plan.region.get_by_role("button", name=say("plan_undo")).click()
    plan.expect_rows(rows_of(key, "Invoices", tasks))
    page.reload()
    plan.expect_rows(rows_of(key, "Invoices", tasks))


def test_what_was_removed_long_ago_is_gone_for_good(page: Page, url: str) -> None:
    site = slot_of(url, CHECKLIST)[0]
    removed = {"at": "2024-01-01T00:00:00.000Z", "name": "Old", "answers": {"hours": an_entry("few")}}
    page.goto(url)
    store(page, ([site, CHECKLIST, "old"], a_run({}, removed=removed)))
    plan = open_plan(page, url + "whole/")
    plan.fill("New", {})
    wait_until_names_stored(page, ["New"])
    # The date of it stays: what is filed under an earlier id of the checklist must not come back in its place.
    assert {key[2]: record for key, record in stored(page)}["old"] == a_run({}, adopted=removed["at"])


def test_task_without_name_and_answers_serves_before_another_is_made(page: Page, url: str) -> None:
    plan = open_plan(page, url + "whole/")
    plan.another.click()
    expect(plan.field).to_be_focused()
    assert stored(page) == []
    plan.fill("Invoices", {})
    plan.another.click()
    plan.another.click()
    plan.expect_names("Invoices", say("run_unnamed", subject="Task", number=2))
    # It is not missed once another is open.
    plan.named("Invoices").click()
    plan.expect_names("Invoices")


def test_there_is_a_limit_with_a_clear_word(page: Page, url: str) -> None:
    page.goto(url)
    site = slot_of(url, CHECKLIST)[0]
    store(
        page,
        *(
            ([site, CHECKLIST, f"r{n}"], a_run({"hours": an_entry("few")}, name=f"Task {n}", opened=n))
            for n in range(200)
        ),
    )
    plan = open_plan(page, url + "whole/")
    plan.expect_open("Task 199", {"hours": "few"})
    expect(plan.table.locator("tbody tr")).to_have_count(200)
    plan.another.click()
    expect(plan.parts.get_by_text(say("run_limit", count=200)).first).to_be_visible()
    expect(plan.table.locator("tbody tr")).to_have_count(200)
    plan.remover("Task 7").click()
    plan.another.click()
    plan.expect_open("", {})


# --- readers who never name anything -------------------------------------------------------------------------------


def test_without_a_name_nothing_changes(page: Page, url: str) -> None:
    plan = open_plan(page, url + "whole/")
    expect(plan.region).to_contain_text(say("plan_empty", subject="task"))
    expect(plan.table).to_have_count(0)
    plan.parts.locator('input[name="hours"][value="few"]').check()
    wait_until_stored(page, {"hours": "few"}, CHECKLIST)
    ((slot, record),) = stored(page)
    assert slot == slot_of(url, CHECKLIST)
    assert set(record) == {"format", "revision", "answers"}
    plan.region.get_by_role("button", name=say("run_name", subject="task")).click()
    expect(plan.field).to_be_focused()


def test_answers_from_before_there_were_names_stay_the_first_task(page: Page, url: str, key: ScoringKey) -> None:
    entries = {item: an_entry(choice) for item, choice in TASKS["Quotes"].items()}
    record = a_run({**entries, "gone": an_entry("x")}, cleared={"at": "2025-01-01T00:00:00.000Z", "answers": {}})
    page.goto(url)
    store(page, (slot_of(url, CHECKLIST), record))
    plan = open_plan(page, url + "whole/")
    plan.expect_open("", TASKS["Quotes"])
    plan.field.fill("Quotes")
    plan.add("Invoices", TASKS["Invoices"])
    plan.expect_rows(rows_of(key, "Invoices", {name: TASKS[name] for name in ("Quotes", "Invoices")}))
    wait_until_names_stored(page, ["Quotes", "Invoices"])
    kept = {slot[2]: run for slot, run in stored(page)}["default"]
    assert {name: kept[name] for name in record} == record
    assert kept["name"] == "Quotes"


def test_answers_given_later_leave_name_and_age_in_the_record(page: Page, url: str) -> None:
    plan = fill_plan(page, url, {"Invoices": {}})
    plan.parts.locator('input[name="hours"][value="few"]').check()
    wait_until_stored(page, {"hours": "few"}, CHECKLIST)
    ((_, record),) = stored(page)
    assert record["name"] == "Invoices"
    plan.button("reset")
    page.reload()
    plan.expect_open("Invoices", {"hours": "few"})


def test_runs_under_an_earlier_id_of_the_file_are_there_and_stay_removed(
    page: Page, site_factory: SiteFactory, key: ScoringKey
) -> None:
    renamed = WHO.replace("subject: task", "subject: task\nwas: [decide]")
    url = site_factory({**TREE, "checklists/who.yml": renamed}).url
    site = slot_of(url)[0]
    page.goto(url)
    for run, name in (("default", "Invoices"), ("a", "Quotes"), ("b", "newsletter")):
        entries = {item: an_entry(choice) for item, choice in TASKS[name].items()}
        store(page, ([site, "decide", run], a_run(entries, name=name, made=f"2025-01-01T{run}")))
    plan = open_plan(page, url + "whole/")
    plan.expect_rows(rows_of(key, "Invoices", {name: TASKS[name] for name in ("Invoices", "Quotes", "newsletter")}))
    plan.remover("Quotes").click()
    wait_until(page, "() => document.activeElement.textContent")
    plan.named("newsletter").click()
    plan.expect_open("newsletter", TASKS["newsletter"])
    wait_until_names_stored(page, ["Invoices", "Invoices", "Quotes", "newsletter", "newsletter"])
    page.reload()
    plan.expect_rows(rows_of(key, "newsletter", {name: TASKS[name] for name in ("Invoices", "newsletter")}))


def test_answer_before_the_plan_is_there_goes_to_the_task_that_was_open(page: Page, url: str, key: ScoringKey) -> None:
    tasks = {name: dict(TASKS[name]) for name in ("Invoices", "Quotes")}
    plan = fill_plan(page, url, tasks)
    let_it_come = hold_back(page, "plan.js")
    page.reload()
    few = plan.parts.locator('input[name="hours"][value="few"]')
    several = plan.parts.locator('input[name="hours"][value="several"]')
    given, choice = (few, "few") if tasks["Quotes"].get("hours") != "few" else (several, "several")
    given.check()
    tasks["Quotes"]["hours"] = choice
    wait_until_stored(page, tasks["Quotes"], CHECKLIST)
    let_it_come()
    plan.expect_open("Quotes", tasks["Quotes"])
    plan.expect_rows(rows_of(key, "Quotes", tasks))


# --- tabs ---------------------------------------------------------------------------------------------------------


def test_changes_in_one_tab_reach_the_other(page: Page, context: BrowserContext, url: str, key: ScoringKey) -> None:
    tasks = {name: dict(TASKS[name]) for name in ("Invoices", "Quotes")}
    one = fill_plan(page, url, tasks)
    other = open_plan(context.new_page(), url + "whole/")
    other.expect_open("Quotes", tasks["Quotes"])
    other.named("Invoices").click()
    other.expect_open("Invoices", tasks["Invoices"])
    # Each tab has a task of its own open.
    one.expect_rows(rows_of(key, "Quotes", tasks))
    other.parts.locator('input[name="hours"][value="few"]').check()
    tasks["Invoices"]["hours"] = "few"
    one.expect_rows(rows_of(key, "Quotes", tasks))
    one.field.fill("Offers")
    other.expect_names("Invoices", "Offers")
    one.add("newsletter", TASKS["newsletter"])
    other.expect_names("Invoices", "Offers", "newsletter")
    # What one tab removes, the other no longer shows.
    one.remover("Invoices").click()
    other.expect_names("Offers", "newsletter")
    other.expect_open("Offers", tasks["Quotes"])
    other.region.get_by_role("button", name=say("plan_undo")).click()
    one.expect_names("Invoices", "Offers", "newsletter")
    page.reload()
    one.expect_open("newsletter", TASKS["newsletter"])


def test_typing_on_in_a_task_that_another_tab_has_removed_renames_no_other(
    page: Page, context: BrowserContext, url: str
) -> None:
    tasks = {name: TASKS[name] for name in ("Invoices", "Quotes")}
    one = fill_plan(page, url, tasks)
    other = open_plan(context.new_page(), url + "whole/")
    other.expect_open("Quotes", tasks["Quotes"])
    other.field.focus()
    one.remover("Quotes").click()
    other.expect_open("Invoices", tasks["Invoices"])
    expect(other.field).not_to_be_focused()
    other.expect_said("Invoices")
    other.field.page.keyboard.type(" and more")
    other.expect_names("Invoices")
    wait_until_names_stored(page, ["Invoices"])


# --- storage in trouble -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", mostly_slow((name for name in NO_ENTRY if name != "failing reads"), kept=3))
def test_without_storage_all_tasks_of_this_visit_stay(page: Page, url: str, key: ScoringKey, trouble: str) -> None:
    page.add_init_script(NO_ENTRY[trouble])
    plan = open_plan(page, url + "whole/")
    expect(plan.notice).to_have_text(say("notice_unavailable"))
    tasks = {name: TASKS[name] for name in ("Invoices", "newsletter", "Quotes")}
    for number, (name, answers) in enumerate(tasks.items()):
        plan.add(name, answers) if number else plan.fill(name, answers)
    expect(plan.parts.get_by_text(say("run_unsaved"))).to_be_visible()
    plan.expect_rows(rows_of(key, "Quotes", tasks))
    plan.named("Invoices").click()
    plan.expect_open("Invoices", TASKS["Invoices"])
    plan.remover("Invoices").click()
    plan.expect_open("newsletter", TASKS["newsletter"])
    plan.expect_names("newsletter", "Quotes")
    plan.region.get_by_role("button", name=say("plan_undo")).click()
    plan.expect_rows(rows_of(key, "newsletter", tasks))
    plan.choice.select_option(label=say("run_progress", name="Quotes", answered=3, total=3))
    plan.expect_open("Quotes", TASKS["Quotes"])


@pytest.mark.parametrize("when", FULL)
def test_full_storage_keeps_tasks_for_the_visit_and_stores_them_once_there_is_room(
    page: Page, url: str, key: ScoringKey, when: str
) -> None:
    plan = fill_plan(page, url, {"Invoices": TASKS["Invoices"]})
    page.evaluate(f"() => {{ window.put = IDBObjectStore.prototype.put; {FULL[when]} }}")
    plan.add("Quotes", TASKS["Quotes"])
    expect(plan.parts.get_by_text(say("run_unsaved"))).to_be_visible()
    tasks = {name: TASKS[name] for name in ("Invoices", "Quotes")}
    plan.named("Invoices").click()
    plan.expect_open("Invoices", TASKS["Invoices"])
    plan.expect_rows(rows_of(key, "Invoices", tasks))
    plan.named("Quotes").click()
    plan.expect_open("Quotes", TASKS["Quotes"])
    page.evaluate("() => { IDBObjectStore.prototype.put = put; }")
    plan.parts.locator('input[name="hours"][value="many"]').check()
    plan.field.press("End")
    plan.field.press_sequentially("!")
    wait_until_names_stored(page, ["Invoices", "Quotes!"])
    wait_until_stored(page, {**TASKS["Quotes"], "hours": "many"}, CHECKLIST)
    expect(plan.parts.get_by_text(say("run_unsaved"))).to_have_count(0)


DAMAGED = {
    "text": "'x'",
    "a list": "[1]",
    "no answers": "{ format: 1, revision: 1, name: 'Bad' }",
    "a later format": "{ format: 2, name: 'Later', answers: {} }",
    "a Map": "new Map()",
}


READ = """(keys) => new Promise((resolve) => {
    const request = indexedDB.open("mkdocs-checklists");
    request.onsuccess = () => {
        const store = request.result.transaction("runs").objectStore("runs");
        const found = keys.map((key) => store.get(key));
        found.at(-1).onsuccess = () => {
            request.result.close();
            resolve(found.map(({ result }) => Object.prototype.toString.call(result) + JSON.stringify(result)));
        };
    };
})"""


def test_damaged_records_are_passed_over_and_left_alone(page: Page, url: str, key: ScoringKey) -> None:
    site = slot_of(url, CHECKLIST)[0]
    page.goto(url)
    for number, expression in enumerate(DAMAGED.values()):
        store_expression(page, [site, CHECKLIST, f"bad{number}"], expression)
    store_expression(
        page,
        [site, CHECKLIST, "odd"],
        """{ format: 1, revision: 1, answers: { hours: { choice: 'few', at: '2025-01-01', revision: 1 }, error: 7 },
            name: { not: 'text' }, made: 7, opened: 'x', removed: 5 }""",
    )
    before = page.evaluate(READ, [[site, CHECKLIST, f"bad{number}"] for number in range(len(DAMAGED))])
    plan = open_plan(page, url + "whole/")
    plan.fill("Quotes", TASKS["Quotes"])
    wait_until_stored(page, TASKS["Quotes"], CHECKLIST)
    wait_until_names_stored(page, ["Bad", "Later", "Quotes", "[object]"])
    plan.expect_rows(
        [
            row_of(key, "*Quotes", TASKS["Quotes"]),
            [say("run_unnamed", subject="Task", number=2), say("answered", answered=1, total=3), "", "Under two"],
        ]
    )
    # What could be read of a record can be changed; what could not is set aside in it.
    plan.named(say("run_unnamed", subject="Task", number=2)).click()
    plan.expect_open("", {"hours": "few"})
    plan.field.fill("Odd")
    wait_until_names_stored(page, ["Bad", "Later", "Odd", "Quotes"])
    assert page.evaluate(READ, [[site, CHECKLIST, f"bad{number}"] for number in range(len(DAMAGED))]) == before
    odd = {slot[2]: run for slot, run in stored(page)}["odd"]
    assert odd["answers"]["error"] == 7
    assert odd["removed"] == 5
    assert sorted(odd["set_aside"], key=str) == [["name", {"not": "text"}], ["opened", "x"]]


# --- hostile names ------------------------------------------------------------------------------------------------

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</table><script>alert(1)</script>",
    "{name} {count} {{7*7}}",
    "&lt;b&gt; &amp;",
    "ש\u202eevil\u202c",
    "a" * 80,
    "👩‍👩‍👧‍👦" * 7,
    "  spaces  ",
]


@pytest.mark.material
def test_hostile_names_are_text_everywhere(page: Page, url: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a name was run: {dialog.message}"))
    plan = fill_plan(page, url, {name: {} for name in HOSTILE})
    assert plan.names() == [name.strip() for name in HOSTILE]
    for name in HOSTILE:
        plan.table.locator("tbody th button").nth(HOSTILE.index(name)).click()
        expect(plan.field).to_have_value(name)
        expect(plan.parts.get_by_role("status").filter(has_text=name.strip()[:40])).to_have_count(1)
    page.set_viewport_size({"width": 320, "height": 700})
    assert_fits(page)


def test_name_is_eighty_characters_at_most(page: Page, url: str) -> None:
    plan = open_plan(page, url + "whole/")
    plan.field.press_sequentially("x" * 90)
    expect(plan.field).to_have_value("x" * 80)
    site = slot_of(url, CHECKLIST)[0]
    store(page, ([site, CHECKLIST, "long"], a_run({}, name="y" * 100_000, opened=9)))
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(plan.field).to_have_value("y" * 80)


# --- keyboard, hearing, sizes -------------------------------------------------------------------------------------


def test_everything_is_done_by_keyboard(page: Page, url: str, key: ScoringKey) -> None:
    plan = open_plan(page, url + "whole/")
    plan.field.focus()
    page.keyboard.type("Invoices")
    page.keyboard.press("Enter")
    expect(plan.field).to_be_focused()
    page.keyboard.press("Tab")
    expect(plan.another).to_be_focused()
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    plan.expect_answered(3, 3)
    plan.another.focus()
    page.keyboard.press("Enter")
    expect(plan.field).to_be_focused()
    page.keyboard.type("Quotes")
    page.keyboard.press("Tab")
    expect(plan.choice).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(plan.field).to_have_value("Invoices")
    expect(plan.choice).to_be_focused()
    plan.named("Quotes").focus()
    page.keyboard.press("Space")
    expect(plan.parts.get_by_role("group", name="Task: Quotes")).to_be_focused()
    plan.remover("Invoices").focus()
    page.keyboard.press("Enter")
    expect(plan.region.get_by_role("button", name=say("plan_undo"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(plan.named("Invoices")).to_be_focused()


@pytest.mark.material
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_plan_has_no_violation_and_fits(new_context: NewContext, url: str, scheme: str, width: int) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    plan = open_plan(page, url + "whole/")
    assert violations(page, include="scored-checklist") == []
    for number, (name, answers) in enumerate(TASKS.items()):
        plan.add(name, answers) if number else plan.fill(name, answers)
    plan.sorter("Result").click()
    plan.remover("Quotes").click()
    assert violations(page, include="scored-checklist") == []
    assert_fits(page)
    small = plan.parts.locator("button, select, input[type=text]").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height).filter((height) => height && height < 44)"
    )
    assert small == []


def test_table_is_heard_as_one_also_where_it_is_laid_out_as_cards(new_context: NewContext, url: str) -> None:
    page = new_context(viewport={"width": 320, "height": 800}).new_page()
    plan = fill_plan(page, url, {"Invoices": TASKS["Invoices"]})
    expect(plan.table).to_match_aria_snapshot(f"""
      - table "{say("plan_order")}":
        - caption: {say("plan_order")}
        - rowgroup:
          - row:
            - columnheader "Task":
              - button "Task"
            - columnheader "Result":
              - button "Result"
            - columnheader "Fit (of 100)":
              - button "Fit (of 100)"
            - columnheader "Hours a week":
              - button "Hours a week"
            - cell
        - rowgroup:
          - row:
            - rowheader "Invoices {say("plan_open")}":
              - button "Invoices"
              - text: {say("plan_open")}
            - cell "Leave it to software"
            - cell "100"
            - cell "More than ten"
            - cell:
              - button "{say("plan_remove_named", name="Invoices")}"
    """)


# --- without a script, on paper, in a theme that swaps pages -------------------------------------------------------


def printed(page: Page) -> list[str]:
    """The text of each sheet."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in reader.pages]


@pytest.mark.material
def test_without_javascript_there_is_a_table_to_fill_in_by_hand(new_context: NewContext, url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url + "whole/")
    plan = Plan(page)
    expect(plan.region.get_by_role("columnheader")).to_have_text(["Task", "Result", "Fit (of 100)", "Hours a week"])
    expect(plan.region.get_by_role("row")).to_have_count(9)
    expect(plan.region).to_contain_text(say("plan-paper", subject="task"))
    expect(plan.field).to_have_count(0)
    box = page.locator("[data-runs]").bounding_box()
    assert box is None or box["height"] == 0


def test_unnamed_plan_is_printed_as_a_table_to_fill_in(page: Page, url: str) -> None:
    open_plan(page, url + "whole/")
    text = " ".join(printed(page))
    assert say("plan-paper", subject="task") in text
    assert say("plan_empty", subject="task")[:30] not in text
    assert say("run_add", subject="task") not in text
    assert "Task:" in text


@pytest.mark.material
def test_table_to_fill_in_is_hidden_where_a_theme_wraps_tables(page: Page, url: str) -> None:
    plan = open_plan(page, url + "whole/")
    blank = page.locator("table[data-blank]")
    # As the script of MkDocs' own theme readthedocs does.
    blank.evaluate("""(table) => {
        const wrapper = document.createElement("div");
        table.before(wrapper);
        wrapper.append(table);
    }""")
    expect(plan.region.locator("[data-made]").first).to_be_attached()
    expect(blank).to_be_hidden()


def test_plan_is_printed_on_a_sheet_of_its_own_without_buttons(page: Page, url: str) -> None:
    plan = fill_plan(page, url)
    sheets = printed(page)
    (sheet,) = [sheet for sheet in sheets if "Who does what" in sheet]
    assert all(name in sheet for name in TASKS)
    assert say("plan_remove") not in sheet
    assert "How many hours" not in sheet
    assert "Task: Bookkeeping" in sheets[0]
    assert say("plan-paper", subject="task") not in " ".join(sheets)
    assert plan.names() == list(TASKS)


def test_print_the_plan_prints_only_the_plan(page: Page, url: str) -> None:
    plan = fill_plan(page, url)
    page.evaluate("window.print = () => { window.printed = true; }")
    plan.region.get_by_role("button", name=say("plan_print")).click()
    assert page.evaluate("window.printed")
    sheets = printed(page)
    assert len(sheets) == 1
    assert all(name in sheets[0] for name in TASKS)
    assert "Who does this task?" not in sheets[0]
    assert say("plan_print") not in sheets[0]
    # Once that is done, the page is printed as ever.
    assert "Who does this task?" in " ".join(printed(page))


@pytest.mark.material
def test_going_away_and_back_in_a_theme_that_swaps_pages_keeps_the_open_task(
    page: Page, url: str, key: ScoringKey
) -> None:
    plan = fill_plan(page, url)
    page.evaluate("window.stillHere = true")
    plan.named("Quotes").click()
    for _ in range(2):
        page.get_by_role("link", name="Home", exact=True).first.click()
        expect(plan.parts).to_have_count(0)
        page.get_by_role("link", name="Whole", exact=True).click()
        plan.expect_open("Quotes", TASKS["Quotes"])
        plan.expect_rows(rows_of(key, "Quotes"))
        expect(plan.field).to_have_count(1)
    assert page.evaluate("stillHere")
    plan.parts.locator('input[name="hours"][value="many"]').check()
    wait_until_stored(page, {**TASKS["Quotes"], "hours": "many"}, CHECKLIST)


def test_head_takes_the_room_that_was_kept_for_it(page: Page, url: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/plan/plan.js", hold)
    with page.expect_request("**/plan/plan.js"):
        page.goto(url + "whole/")
    plan = Plan(page)
    wait_for_widget(plan)
    top = "() => document.querySelector('fieldset').getBoundingClientRect().top"
    before = page.evaluate(top)
    for route in held:
        route.continue_()
    expect(plan.field).to_be_visible()
    assert page.evaluate(top) == before
