"""The reader's story, the same in every engine: what was answered is there, whatever she does and wherever she goes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.test_calculator import EXAMPLE, MINE, MONTHS, NOW, PRICE
from tests.browser.widget import ALL_BEST, DATE, NAMED, NO, PARTLY, SIGN, SUPPLIES, TASK, YES, say
from tests.engines.face import Face
from tests.engines.reader import Reader
from tests.engines.sites import TREE, ChangingSite, changing_site, elsewhere
from tests.helpers import SiteFactory

pytestmark = pytest.mark.slow

TWO = {NAMED: PARTLY, SIGN: YES}
TWO_STORED = {"named": "partly", "sign": "yes"}

KEPT_OR_NOT = pytest.mark.parametrize(
    ("engine", "cache"),
    [("chromium", False), ("firefox", True), ("firefox", False), ("webkit", True), ("webkit", False)],
    indirect=["engine"],
)
"""With and without pages that are kept as they are. Chromium keeps none while it is driven."""


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ChangingSite]:
    with changing_site(tmp_path) as site:
        yield site


@pytest.fixture
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with elsewhere(tmp_path_factory.mktemp("elsewhere")) as url:
        yield url


def go_and_come_back(reader: Reader, elsewhere: str, *, cache: bool) -> None:
    """Leave for another page, and press Back; see that the page was kept, or was not, as the test asks."""
    reader.face.evaluate("() => { document.documentElement.dataset.stamp = ''; }")
    reader.face.open(elsewhere)
    reader.back()
    assert reader.face.evaluate("() => 'stamp' in document.documentElement.dataset") == cache


# --- answers ------------------------------------------------------------------------------------------------------


def test_answers_and_score_are_there_after_a_reload(face: Face, url: str) -> None:
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(ALL_BEST | {NAMED: PARTLY})
    reader.expect_text(say("verdict", band="Fix the flagged points first"), "[data-panel]")
    reader.expect_score(79)
    reader.clear(DATE)
    reader.expect_answered(3)
    expected = {NAMED: PARTLY, SIGN: YES, SUPPLIES: YES}
    reader.expect_stored({"named": "partly", "sign": "yes", "supplies": "yes"})
    reader.reload()
    reader.expect_answers(expected)
    reader.expect_answered(3)
    reader.expect_text(say("notice_today"), "[data-notice]")


def test_reload_leaves_what_is_stored_as_it_was(face: Face, url: str) -> None:
    # F2: an answer keeps its own date, or nobody would know from when it is.
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    before = reader.stored()
    for _ in range(2):
        reader.reload()
        reader.expect_answers(TWO)
        # What the page might still write goes before this, which is stored in the same store.
        reader.answer({DATE: YES})
        reader.expect_stored({**TWO_STORED, "date": "yes"})
        reader.clear(DATE)
        reader.expect_stored(TWO_STORED)
    assert reader.stored() == before


def test_tabs_follow_one_another_at_once(face: Face, url: str) -> None:
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    second = reader.new_tab(url + "task/")
    reader.expect_answers(TWO)
    reader.answer({SIGN: NO, DATE: YES})
    face.switch(0)
    reader.expect_answers({NAMED: PARTLY, SIGN: NO, DATE: YES})
    reader.clear(NAMED)
    face.switch(second)
    reader.expect_answers({SIGN: NO, DATE: YES})
    face.close_tab()
    face.switch(0)
    reader.reload()
    reader.expect_answers({SIGN: NO, DATE: YES})


def test_reset_and_undo_work_from_either_tab(face: Face, url: str) -> None:
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    second = reader.new_tab(url + "task/")
    reader.press("reset")
    reader.expect_answers({})
    face.switch(0)
    reader.expect_answers({})
    reader.expect_text(say("cleared", count=2))
    reader.press("undo")
    reader.expect_answers(TWO)
    face.switch(second)
    reader.expect_answers(TWO)
    reader.expect_stored(TWO_STORED)
    reader.reload()
    reader.expect_answers(TWO)


# --- away and back ------------------------------------------------------------------------------------------------


@KEPT_OR_NOT
@pytest.mark.parametrize("place", ["this site", "another site"])
def test_answers_are_there_after_back(
    visit: Callable[..., Face], url: str, other_site: str, cache: bool, place: str
) -> None:
    # F5: WebKit empties the fields of a page that it kept, after the page was told that it is shown again.
    reader = Reader(visit(cache=cache))
    reader.open(url + "task/")
    reader.answer(ALL_BEST)
    reader.expect_stored(dict.fromkeys(("named", "sign", "supplies", "date"), "yes"))
    # Firefox keeps no page that is still loading something, such as what draws the result.
    reader.expect_score(100)
    go_and_come_back(reader, url + "words/" if place == "this site" else other_site, cache=cache)
    reader.expect_answers(ALL_BEST)
    reader.expect_answered(4)
    # What is shown after a further click is all there is, and all that is stored.
    reader.answer({SIGN: NO})
    reader.expect_answers(ALL_BEST | {SIGN: NO})
    reader.expect_stored({"named": "yes", "sign": "no", "supplies": "yes", "date": "yes"})


@KEPT_OR_NOT
def test_back_does_not_undo_a_reset_in_another_tab(visit: Callable[..., Face], url: str, cache: bool) -> None:
    # F4: Firefox restores the fields of a page that it did not keep, and they were taken for clicks.
    face = visit(cache=cache)
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    face.open(url + "words/")
    reader.new_tab(url + "task/")
    reader.expect_answers(TWO)
    reader.press("reset")
    reader.expect_stored({})
    face.switch(0)
    reader.back()
    reader.expect_answers({})
    reader.expect_text(say("cleared", count=2))
    reader.expect_stored({})
    reader.press("undo")
    reader.expect_answers(TWO)


@KEPT_OR_NOT
def test_answers_of_another_tab_are_there_after_back(visit: Callable[..., Face], url: str, cache: bool) -> None:
    face = visit(cache=cache)
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    face.open(url + "words/")
    reader.new_tab(url + "task/")
    reader.answer({NAMED: NO, DATE: YES})
    reader.expect_stored({"named": "no", "sign": "yes", "date": "yes"})
    face.switch(0)
    reader.back()
    reader.expect_answers({NAMED: NO, SIGN: YES, DATE: YES})
    reader.expect_stored({"named": "no", "sign": "yes", "date": "yes"})


# --- the author has changed the site ------------------------------------------------------------------------------

OTHER_ORDER = TASK.replace(
    '    - {id: yes, text: "Yes, written down", points: 2}\n    - {id: partly, text: Only in my head, points: 1}\n',
    '    - {id: partly, text: Only in my head, points: 1}\n    - {id: yes, text: "Yes, written down", points: 2}\n',
)
RENAMED = TASK.replace("- id: sign\n", "- id: mark\n        was: [sign]\n")
RAISED = TASK.replace("reviewed:", "revision: 2\nreviewed:")
EDITS = {"other order": OTHER_ORDER, "renamed": RENAMED, "raised": RAISED}


@pytest.mark.parametrize("edit", EDITS)
def test_answers_are_right_after_the_author_changed_the_checklist(face: Face, site: ChangingSite, edit: str) -> None:
    site.publish(TREE)
    reader = Reader(face)
    reader.open(site.url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    site.publish({"checklists/task.yml": EDITS[edit]})
    reader.reload()
    reader.expect_answers(TWO)
    if edit == "raised":
        # F2: a reload confirms nothing.
        reader.expect_text(say("notice_unconfirmed", count=2), "[data-notice]")
        reader.reload()
        reader.expect_text(say("notice_unconfirmed", count=2), "[data-notice]")
        reader.press("confirm_button")
        reader.expect_text(say("notice_unconfirmed", count=1), "[data-notice]")
        revisions = {record["answers"]["sign"]["revision"] for _, record in reader.stored()}
        assert revisions == {1}
    reader.answer({SIGN: NO})
    reader.reload()
    reader.expect_answers({NAMED: PARTLY, SIGN: NO})


def test_answers_are_there_when_the_assets_have_another_folder(
    face: Face, site: ChangingSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.publish(TREE)
    reader = Reader(face)
    reader.open(site.url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    folder = face.evaluate(FOLDER)
    move_assets(site.publish({}).site_dir, folder, "0123456789ab")
    reader.reload()
    reader.expect_answers(TWO)
    assert face.evaluate(FOLDER) == "0123456789ab"
    reader.answer({SIGN: NO})
    reader.expect_stored({"named": "partly", "sign": "no"})


FOLDER = "() => [...document.scripts].map(({ src }) => /checklists\\/([0-9a-f]{12})\\//.exec(src)?.[1]).find(Boolean)"


def move_assets(site_dir: Path, old: str, new: str) -> None:
    """What a release with other scripts does: the folder that is named by their content has another name."""
    (site_dir / "assets/checklists" / old).rename(site_dir / "assets/checklists" / new)
    for page in site_dir.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")


# --- the plan -----------------------------------------------------------------------------------------------------

JUDGEMENT, ERROR, HOURS = (
    "How often does it need a decision that no rule covers?",
    "What does an error cost?",
    "How many hours a week does it take?",
)
INVOICES = {JUDGEMENT: "Almost never", ERROR: "Little", HOURS: "Under two"}
NEWSLETTER = {JUDGEMENT: "Now and then", ERROR: "A customer", HOURS: "Two to ten"}
NAME = say("run_name", subject="task")

_ROWS = """() => {
    const table = document.querySelector("[data-plan] > [data-made] > table:not([hidden])");
    return [...(table?.tBodies[0].rows ?? [])].map((row) =>
        [row.querySelector("button").textContent, ...[...row.cells].slice(1, -1).map((cell) => cell.textContent)]);
}"""
INVOICES_ROW = ["Invoices", "Leave it to software", "89", "Under two"]
NEWSLETTER_ROW = ["Newsletter", "Hand it over", "57", "Two to ten"]


def fill_plan(reader: Reader, url: str) -> None:
    """Two tasks; the second is open."""
    reader.open(url + "who/")
    reader.write("Invoices", NAME)
    reader.answer(INVOICES)
    reader.press("run_add", subject="task")
    reader.expect_answers({})
    reader.write("Newsletter", NAME)
    reader.answer(NEWSLETTER)
    expect_plan(reader)
    reader.eventually(lambda: sorted(record["name"] for _, record in reader.stored()), ["Invoices", "Newsletter"])


def kept(reader: Reader) -> list[tuple[str, dict[str, object]]]:
    """What is stored of each task but when it was opened: its name, and the answers with their dates."""
    return sorted((record["name"], record["answers"]) for _, record in reader.stored())


def expect_plan(reader: Reader) -> None:
    reader.eventually(lambda: reader.face.evaluate(_ROWS), [INVOICES_ROW, NEWSLETTER_ROW])


def expect_open(reader: Reader, name: str, answers: dict[str, str]) -> None:
    reader.expect_answers(answers)
    reader.eventually(lambda: reader.value(NAME), name)


def test_reload_leaves_the_answers_of_every_task(face: Face, url: str) -> None:
    # F1: the fields that Firefox restores are those of the task that was open, and the page starts with another one.
    reader = Reader(face, "who")
    fill_plan(reader, url)
    before = kept(reader)
    reader.reload()
    expect_plan(reader)
    expect_open(reader, "Newsletter", NEWSLETTER)
    reader.pick(say("run_switch", subject="task"), "Invoices")
    expect_open(reader, "Invoices", INVOICES)
    expect_plan(reader)
    reader.reload()
    expect_plan(reader)
    expect_open(reader, "Invoices", INVOICES)
    assert kept(reader) == before


@KEPT_OR_NOT
def test_plan_is_whole_after_back(visit: Callable[..., Face], url: str, cache: bool) -> None:
    reader = Reader(visit(cache=cache), "who")
    fill_plan(reader, url)
    before = kept(reader)
    go_and_come_back(reader, url + "words/", cache=cache)
    expect_plan(reader)
    expect_open(reader, "Newsletter", NEWSLETTER)
    assert kept(reader) == before


def test_task_of_the_plan_may_be_another_one_in_another_tab(face: Face, url: str) -> None:
    reader = Reader(face, "who")
    fill_plan(reader, url)
    second = reader.new_tab(url + "who/")
    expect_plan(reader)
    reader.pick(say("run_switch", subject="task"), "Invoices")
    expect_open(reader, "Invoices", INVOICES)
    reader.answer({HOURS: "More than ten"})
    face.switch(0)
    expect_open(reader, "Newsletter", NEWSLETTER)
    rows = [["Invoices", "Leave it to software", "100", "More than ten"], NEWSLETTER_ROW]
    reader.eventually(lambda: face.evaluate(_ROWS)[0][3], "More than ten")
    assert face.evaluate(_ROWS)[1] == rows[1]
    face.switch(second)
    expect_open(reader, "Invoices", INVOICES | {HOURS: "More than ten"})


# --- the calculator -----------------------------------------------------------------------------------------------

_FIGURE = """() => [...document.querySelectorAll("[data-figures] > [data-figure]")]
    .find((figure) => figure.textContent.trim().startsWith("Hours freed")).querySelector("output").textContent"""


@pytest.mark.parametrize("typed", ["12,5", "12.5"])
def test_comma_and_point_mean_the_same_and_stay_as_they_were_typed(face: Face, url: str, typed: str) -> None:
    reader = Reader(face, "worth")
    reader.open(url + "worth/")
    for field, number in (EXAMPLE | {NOW: typed, MONTHS: "2"}).items():
        reader.write(number, field)
    reader.eventually(lambda: face.evaluate(_FIGURE), "19.0")
    reader.expect_stored({"now": "12.5", "mine": "3", "months": "2", "price": "350"})
    assert reader.value(NOW) == typed
    before = reader.stored()
    reader.reload()
    reader.eventually(lambda: face.evaluate(_FIGURE), "19.0")
    assert reader.value(NOW) in {"12.5", typed}
    assert reader.stored() == before


@KEPT_OR_NOT
def test_numbers_are_there_after_back(visit: Callable[..., Face], url: str, cache: bool) -> None:
    reader = Reader(visit(cache=cache), "worth")
    reader.open(url + "worth/")
    for field, number in EXAMPLE.items():
        reader.write(number, field)
    reader.expect_stored({"now": "12", "mine": "3", "months": "12", "price": "350"})
    before = reader.stored()
    go_and_come_back(reader, url + "words/", cache=cache)
    reader.eventually(lambda: {field: reader.value(field) for field in (NOW, MINE, MONTHS, PRICE)}, EXAMPLE)
    reader.eventually(lambda: reader.face.evaluate(_FIGURE), "108.0")
    assert reader.stored() == before


# --- overview, terms, pages without a load ------------------------------------------------------------------------

_STANDING = """(title) => {
    const link = [...document.querySelectorAll("checklist-index a")].find((link) => link.textContent.trim() === title);
    return link?.closest("li").querySelector("[data-progress]").textContent;
}"""


def test_overview_says_how_far_the_reader_is(face: Face, url: str) -> None:
    reader = Reader(face)
    title = "Ready to hand this task over?"
    face.open(url)
    reader.wait_until("() => document.querySelector('checklist-index').hasAttribute('data-read')")
    assert face.evaluate(_STANDING, title) == ""
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    face.open(url)
    words = say("answered", answered=2, total=4)
    reader.eventually(lambda: words in face.evaluate(_STANDING, title), True)


_TERM = (
    "() => [...document.querySelectorAll('.checklist-term')].find((term) => term.textContent === 'provider') ?? null"
)
_OPEN = "() => document.querySelectorAll(':popover-open').length"


def test_definition_of_a_term_opens_and_closes(face: Face, url: str) -> None:
    reader = Reader(face)
    face.open(url + "words/")
    reader.wait_until(_TERM)
    assert face.evaluate(_OPEN) == 0
    face.click(_TERM)
    reader.eventually(lambda: face.evaluate(_OPEN), 1)
    assert "from outside" in face.evaluate("() => document.querySelector(':popover-open').innerText")
    face.press("Escape")
    reader.eventually(lambda: face.evaluate(_OPEN), 0)


def test_answers_are_there_on_pages_that_are_swapped_in(face: Face, url: str) -> None:
    reader = Reader(face)
    face.open(url + "words/")
    face.evaluate("() => { window.stillHere = true; }")
    reader.follow("Task")
    reader.wait()
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    reader.follow("Words")
    reader.wait_until("() => document.querySelector('h1').textContent.startsWith('Words')")
    face.back()
    reader.wait()
    reader.expect_answers(TWO)
    reader.expect_answered(2)
    assert face.evaluate("() => window.stillHere"), "the page was loaded anew"
    reader.expect_stored(TWO_STORED)


# --- how the browser is set up ------------------------------------------------------------------------------------


def test_private_window_keeps_answers_while_it_is_open(visit: Callable[..., Face], url: str) -> None:
    face = visit(private=True)
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    reader.reload()
    reader.expect_answers(TWO)
    reader.new_tab(url + "task/")
    reader.expect_answers(TWO)


def test_answers_of_a_private_window_are_not_those_of_an_ordinary_one(visit: Callable[..., Face], url: str) -> None:
    for private in (True, False):
        reader = Reader(visit(private=private))
        reader.open(url + "task/")
        reader.expect_answers({})
        reader.answer(TWO)
        reader.expect_stored(TWO_STORED)


def test_without_storage_the_score_is_there_and_the_page_says_what_will_be_lost(
    visit: Callable[..., Face], url: str
) -> None:
    reader = Reader(visit(storage=False))
    reader.open(url + "task/")
    reader.expect_text(say("notice_unavailable"), "[data-notice]")
    reader.answer(ALL_BEST)
    reader.expect_score(100)
    reader.press("reset")
    reader.expect_answers({})
    reader.press("undo")
    reader.expect_answers(ALL_BEST)
    reader.reload()
    reader.expect_text(say("notice_unavailable"), "[data-notice]")
    # Firefox puts back what was in the fields, by their place in the page. That is nothing the reader has said here.
    reader.expect_answers({})
    reader.expect_text(say("answered", answered=0, total=4))


def test_without_scripts_all_can_be_read_and_answered(visit: Callable[..., Face], url: str) -> None:
    face = visit(scripts=False)
    reader = Reader(face)
    face.open(url + "task/")
    text = reader.text()
    for words in (NAMED, SIGN, SUPPLIES, DATE, YES, PARTLY, "Write the sentence down.", "Hand it over."):
        assert words in text
    reader.answer({NAMED: YES, SIGN: PARTLY})
    assert reader.chosen() == {NAMED: YES, SIGN: PARTLY}
    assert face.evaluate(_SEEN, "button") == 0
    # The style sheet counts the points: 2 times 3, and 1 times 2.
    assert face.evaluate(_COUNTED) == 8


_SEEN = """(selector) => [...document.querySelectorAll(`scored-checklist ${selector}`)]
    .filter((element) => element.checkVisibility()).length"""
# No script can read a counter of CSS. Written as a row of strokes its length is its value.
_COUNTED = """() => {
    const output = document.querySelector("[data-tally] output");
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [sheet];
    const width = (content) => {
        sheet.replaceSync(`@counter-style strokes { system: additive; additive-symbols: 1 "x"; }
            [data-tally] output::after { content: ${content} !important; font: 10px monospace !important; }`);
        return output.getBoundingClientRect().width;
    };
    return Math.round(width("counter(checklist-points, strokes)") / width('"x"'));
}"""
