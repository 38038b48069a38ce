"""Every order of what can happen to a checklist: nothing is lost, nothing comes back by itself, whatever comes first.

Two tabs of one browser run the real modules. What they ask for (storage, messages between tabs, time, modules that are loaded
on demand) is given by doubles that do nothing until an order says so: `storage.js`, `channels.js`, `clock.js`, `page.js`. Beside
them goes a model of a few lines, `model.js`. After each order everything is delivered, but for modules that never come;
then both tabs and the storage must hold what the model says, and the offer to undo must be there as long as it should. After
that the reader answers once more, and the modules come or fail, which must lose nothing either. A press must show what
it does before anything else happens.

The events, of the reader's tab unless they say otherwise: `open` (the script runs, or the theme puts the checklist into the page),
`load` (storage, messages and short timers, until there is no more), answers, `clear`, `confirm`, `reset`, `undo`, `leave`
(the theme takes the checklist out), `close` (a hundredth of a second later the page is gone), answers, resets and undoes in the
other tab, `come` and `fail` (of the modules that were asked for; without either they never come). An order holds only
what can happen: no undo without an offer, no press before the script runs, where it is an input of the bare page that is clicked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.helpers import SiteFactory, serve
from tests.orders.kinds import checklists_html, write_stage
from tests.orders.product import Fault

SETTINGS: dict[str, dict[str, Any]] = {
    # `here`: which modules come at once in the reader's tab. Those of the other tab all do.
    "plain": {"kind": "plain", "start": [("a", "no"), ("b", "partly")], "here": "^(?!answering/actions)"},
    "plain, all late": {"kind": "plain", "start": [], "here": "^$"},
    "renamed": {"kind": "plain", "start": [("a", "no"), ("former", "partly"), ("b", "no")], "here": "^"},
    "renamed, all late": {"kind": "plain", "start": [("a", "no"), ("former", "partly"), ("b", "no")], "here": "^$"},
    "rules, all late": {"kind": "rules", "start": [("a", "no")], "here": "^$"},
    "plan": {"kind": "plan", "start": [("a", "no")], "here": "^(?!answering/actions)"},
    "plan, all at once": {"kind": "plan", "start": [("a", "no")], "here": "^"},
}
DRAWN = 40
"""Of each setting: more than two hundred in all."""
LONGEST = 12
"""How many events a drawn order has: twice as many as where every order is tried."""

MOST = 6
EVENTS = (
    "open",
    "load",
    "yes",
    "other",
    "clear",
    "reset",
    "undo",
    "leave",
    "close",
    "there answer",
    "there reset",
    "there undo",
    "come",
    "fail",
)
FIRST = ("open", "yes", "other", "there answer", "there reset")
"""What can come first: the other tab is open already, and the reader's page has come, without its script."""

Play = Callable[..., Any]


@pytest.fixture
def play(page: Page, site_factory: SiteFactory, tmp_path: Path) -> Iterator[Play]:
    """Call a function of `orders.js` in a page with the kind of checklist of a setting. A fault makes it another product."""
    elements = checklists_html(site_factory)
    with ExitStack() as servers:

        def call(function: str, setting: str, *values: Any, faults: Iterable[Fault] = ()) -> Any:
            stage = write_stage(Path(mkdtemp(dir=tmp_path)) / "stage", faults)
            page.goto(servers.enter_context(serve(stage)))
            return page.evaluate(
                """async ([name, html, ...values]) => {
                    const orders = await import("./orders.js");
                    await orders.prepare(html);
                    return orders[name](...values);
                }""",
                [function, elements[SETTINGS[setting]["kind"]], SETTINGS[setting], *values],
            )

        yield call


def report(findings: Iterable[Mapping[str, Any]]) -> str:
    """The shortest orders in which something was wrong, with the first thing that was."""
    found = sorted(findings, key=lambda finding: len(finding["order"]))
    return "\n".join(f"{', '.join(finding['order'])}: {finding['problems'][0]}" for finding in found[:10])


@pytest.mark.parametrize("setting", SETTINGS)
def test_drawn_orders_lose_nothing(play: Play, setting: str) -> None:
    findings = play("playDrawn", setting, DRAWN, LONGEST)
    assert not findings, report(findings)


narrow_settings = pytest.mark.parametrize("setting", ["plain", "rules, all late"])


@narrow_settings
def test_every_order_begins_in_one_of_these_ways(play: Play, setting: str) -> None:
    assert play("playAll", setting, EVENTS, [], 1)["count"] == 1 + len(FIRST)


@pytest.mark.slow
@pytest.mark.parametrize("first", FIRST)
@narrow_settings
def test_every_order_of_up_to_six_events_loses_nothing(play: Play, setting: str, first: str) -> None:
    """35,754 orders of the plain checklist and 49,124 of one with rules: all that can happen with these events.

    Left out are events that differ from one of these only by a name, such as a third answer to a question. In the plain
    checklist only the module that leads the reader on after a press is late: where the panel is late too, nothing can be reset
    in six events. In the one with rules every module is.
    """
    played = play("playAll", setting, EVENTS, [first], MOST)
    assert not played["findings"], (
        f"{played['count']} orders; wrong are {len(played['findings'])}:\n{report(played['findings'])}"
    )


ONCE_WRONG = {
    "the first press waited for its module, and cleared a newer answer": ("plain", "open, load, clear, yes, come"),
    "a reset waited for its module, and took what was stored besides": ("plain", "open, yes, reset, load, come"),
    "nothing was read or stored while the module for rules was on its way": (
        "rules, all late",
        "open, yes, load, leave",
    ),
    "what undo brings back is older than what the page had stored, and was shown no more": (
        "plain",
        "open, load, reset, load, yes, clear, undo",
    ),
    "what undo brings back was dropped when the page read what was stored before": (
        "plain",
        "open, load, reset, load, yes, load, back, clear, undo",
    ),
    "what undo brings back gave way to what the page had stored without being told": (
        "plain",
        "open, load, reset, load, yes, reply, reply, clear, undo, back",
    ),
    "a page that was gone before storage replied had told no other tab": (
        "plain",
        "open, load, yes, reply, reply, kill",
    ),
    "other tabs heard nothing of what was stored once the checklist had left the page": (
        "plain",
        "open, load, yes, back, leave, load",
    ),
    "what was on its way to storage twice had told no other tab the second time": (
        "plain",
        "open, load, full, there reset, yes, leave, open",
    ),
    "what was being stored when the checklist left was not written again on a page from the cache": (
        "plain",
        "open, load, yes, leave, open, back",
    ),
    "what was being stored for one task was not written again when another was open": (
        "plan, all at once",
        "open, load, yes, add, back",
    ),
    "what found no room for one task was not tried again when another was open": (
        "plan, all at once",
        "open, load, full, yes, add",
    ),
    "undo brought back what an item had been answered with under its earlier id, beside a newer answer": (
        "renamed",
        "there reset, there answer, open, load, clear, there undo",
    ),
    "what undo had brought back under an earlier id in another tab was not cleared": (
        "renamed",
        "open, load, there reset, load, yes, there undo, load, clear",
    ),
    "what undo brought back gave way to an answer that was being cleared": (
        "plain, all late",
        "yes, there answer, there reset, no, open, yes, reply, load, there answer, back, clear, undo",
    ),
    "what undo brought back counted as stored, though another tab had cleared it in between": (
        "renamed, all late",
        "yes, open, load, fail, there answer, no, come, there reset, there answer, hear, other, reset, undo, there reset",
    ),
    "a message to a page that was just back from the cache let its own answer beat a newer one of another tab": (
        "plain",
        "no, there reset, there answer, yes, other, no, there undo, open, reset, reply, reply, wait, reply, there reset, undo,"
        " yes, there answer, back",
    ),
}


@pytest.mark.parametrize("what", ONCE_WRONG)
def test_order_in_which_answers_were_lost_once(play: Play, what: str) -> None:
    setting, order = ONCE_WRONG[what]
    played = play("playThis", setting, order.split(", "))
    assert (", ".join(played["order"]), played["problems"]) == (order, [])


# --- the drawn orders find what they are for --------------------------------------------------------------------------

SESSION = "answering/session.js"
FAULTS = {
    "a reset waits for its module": Fault(
        "answering/element.js",
        'if (deed === "reset") session.reset(this);',
        'if (deed === "reset") import("./actions.js").then(() => session.reset(this), () => {});',
    ),
    "a press that needs its module does nothing without it": Fault(
        "answering/element.js",
        'if (deed === "clear") session.answer(item, null, this);',
        'if (deed === "clear") import("./actions.js").then(() => session.answer(item, null, this), () => {});',
    ),
    "undo overwrites a newer answer": Fault(
        SESSION, "if (!this.#ids(id).some((name) => answers.has(name))) this.#pending", "this.#pending"
    ),
    "what finds no room is forgotten": Fault(
        SESSION, 'if (status !== "kept") break;', 'if (status !== "kept") { this.#pending.clear(); break; }'
    ),
    "what is answered while something is stored is forgotten": Fault(
        SESSION, "if (this.#pending.get(id) === entry) this.#pending.delete(id);", "this.#pending.delete(id);"
    ),
    "what is answered before storage replies is lost by leaving": Fault(
        SESSION, "if (!this.parts.size && !this.#pending.size && !this.#found.size)", "if (!this.parts.size)"
    ),
    "an answer that was cleared before storage replied comes back": Fault(
        SESSION,
        "this.#pending.set(id, null);",
        "this.#isLoaded ? this.#pending.set(id, null) : this.#pending.delete(id);",
    ),
    "a reset is kept for no undo": Fault(
        SESSION, "this.#cleared = this.#pendingCleared = cleared;", "this.#cleared = cleared;"
    ),
    "other tabs hear of nothing": Fault("base/storage.js", "this.tell();\n      });", "});"),
    "a page back from the cache waits for what it had begun": Fault(
        SESSION, "this.#batch = undefined;\n    this.reload();", "this.reload();"
    ),
    "a click before the script runs counts as restored": Fault(
        "answering/element.js",
        "adopt(readAnswers(this, more), this, !this.#wasConnected);",
        "adopt(readAnswers(this, more), this, false);",
    ),
}


@pytest.mark.parametrize(
    "fault", [fault if fault == next(iter(FAULTS)) else pytest.param(fault, marks=pytest.mark.slow) for fault in FAULTS]
)
def test_drawn_orders_find_a_deliberate_fault(play: Play, fault: str) -> None:
    assert any(play("playDrawn", setting, DRAWN, LONGEST, faults=[FAULTS[fault]]) for setting in SETTINGS)
