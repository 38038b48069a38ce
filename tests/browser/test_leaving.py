"""An answer given at the last moment is kept: it is on its way to storage when the click is over."""

import pytest
from playwright.sync_api import Page

from tests.browser.trip import TRIP
from tests.browser.widget import TASK, open_widget, wait_until_stored
from tests.helpers import SiteFactory

CALCULATOR = """\
title: What does it cost?
sections:
  - id: only
    title: All of it
    items:
      - {id: done, text: Is it done?, scale: yes-no, recommend: Do it.}
inputs:
  - {id: hours, text: Hours a month, unit: h, min: 0, max: 400, decimals: 1}
figures:
  - {id: year, text: Hours a year, unit: h, formula: hours * 12}
bands:
  - {id: fine, min: 50, title: Fine}
  - {id: open, min: 0, title: Not yet}
"""

TREE = {
    "checklists/task.yml": TASK,
    "checklists/trip.yml": TRIP,
    "checklists/cost.yml": CALCULATOR,
    "docs/index.md": "# Home\n",
    "docs/task.md": "::: checklist task\n",
    "docs/trip.md": "::: checklist trip\n",
    "docs/cost.md": "::: checklist cost\n",
}

# Checklist -> how an answer is given in one go, without a pause for anything, and what must be stored.
CHOOSE = "(item) => document.querySelector(`input[name=${item[0]}][value=${item[1]}]`).click()"
TYPE = """(item) => {
    const field = document.querySelector(`input[name=${item[0]}]`);
    field.value = item[1];
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""
CASES = {
    "plain": ("task", CHOOSE, ("named", "yes")),
    "with rules": ("trip", CHOOSE, ("distance", "far")),
    "a number": ("cost", TYPE, ("hours", "12.5")),
    "beside a number": ("cost", CHOOSE, ("done", "yes")),
}


# Notes whenever something is about to be written.
NOTE_WRITES = """
window.writes = 0;
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (names, mode, ...more) {
    if (mode === "readwrite") writes += 1;
    return transaction.call(this, names, mode, ...more);
};
"""


@pytest.mark.parametrize("case", CASES)
def test_answer_is_handed_to_storage_before_anything_else_can_happen(
    page: Page, site_factory: SiteFactory, case: str
) -> None:
    # However soon the page is closed after that, the browser has been asked to keep it.
    checklist, act, (item, choice) = CASES[case]
    page.add_init_script(NOTE_WRITES)
    widget = open_widget(page, f"{site_factory(TREE).url}{checklist}/", checklist)
    # What an answer needs has come: a calculator takes its fields over by a module of its own.
    widget.expect_answered(0, total={"task": 4, "trip": 3, "cost": 1}[checklist])
    if checklist == "cost":
        page.locator("input[name=hours][type=text]").wait_for()
    # Only promises that are kept already can go on between the answer and the look: no timer, no frame, no reply.
    look = f"""async (given) => {{
        window.writes = 0;
        ({act})(given);
        for (let turn = 0; turn < 50; turn += 1) await null;
        return window.writes;
    }}"""
    assert page.evaluate(look, [item, choice]) == 1
    wait_until_stored(page, {item: choice}, checklist)
