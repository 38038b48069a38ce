"""What browsers put back into fields, or take out of them, is never taken for what the reader did.

The first tests show on a page of nobody's when each engine restores: they are the ground of the table in README.md of this
folder, and fail once an engine changes its ways. The others show that the widget keeps to what is stored.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.test_calculator import EXAMPLE, MINE, MONTHS, NOW, PRICE
from tests.browser.widget import DATE, NAMED, NO, PARTLY, SIGN, YES, a_run, an_entry, slot_of
from tests.engines.face import Engine, Face
from tests.engines.firefox import FirefoxFace
from tests.engines.holding import holding
from tests.engines.reader import OPTION, Reader
from tests.engines.sites import TREE
from tests.engines.test_story import ERROR, NAME
from tests.helpers import SiteFactory, serve, write_tree

pytestmark = pytest.mark.slow

TWO = {NAMED: PARTLY, SIGN: YES}
TWO_STORED = {"named": "partly", "sign": "yes"}
NEWER = {"named": "no", "date": "yes"}
NEWER_SHOWN = {NAMED: NO, DATE: YES}
FIREFOX = pytest.mark.parametrize("engine", ["firefox"], indirect=True)


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def write_store(face: Face, *records: tuple[list[str], Any]) -> None:
    """Write past the widget: no tab hears of it, as when a tab is frozen or a page is not there."""
    face.evaluate(_WRITE, json.dumps(records))


_WRITE = """(records) => new Promise((resolve, reject) => {
    const request = indexedDB.open("mkdocs-checklists");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
        const transaction = request.result.transaction("runs", "readwrite");
        for (const [key, record] of JSON.parse(records)) transaction.objectStore("runs").put(record, key);
        transaction.oncomplete = () => { request.result.close(); resolve(null); };
        transaction.onabort = () => reject(transaction.error);
    };
})"""


def newer(url: str) -> tuple[list[str], Any]:
    """What another tab has stored since."""
    return slot_of(url), a_run({item: an_entry(choice) for item, choice in NEWER.items()})


def answered(reader: Reader, url: str) -> None:
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)


def expect_newer(reader: Reader) -> None:
    """The page shows what is stored, and what is stored has the dates that it had."""
    reader.expect_answers(NEWER_SHOWN)
    reader.expect_answered(2)
    # A write of the page's own comes after whatever else it might have written.
    reader.answer({SIGN: NO})
    reader.expect_stored({**NEWER, "sign": "no"})
    ((_, record),) = [pair for pair in reader.stored() if pair[0][1] == "task"]
    assert {item: record["answers"][item] for item in NEWER} == {item: an_entry(NEWER[item]) for item in NEWER}


# --- when engines restore -----------------------------------------------------------------------------------------

# Notes what is checked when a module runs, in `pageshow`, and after a while; and whether any event said so.
_RECORDER = """<!doctype html><title>Recorder</title>
<form{attribute}><label><input type="radio" name="a" value="1">one</label> <input name="b"></form>
<script type="module">
const [radio, field] = document.querySelectorAll("input");
const state = () => (radio.checked ? "checked" : "") + field.value;
const note = window.note = {{ module: state(), events: [], get now() {{ return state(); }} }};
for (const type of ["change", "input", "reset"])
  document.addEventListener(type, (event) => note.events.push(`${{type}} ${{event.target.name}} ${{event.isTrusted}}`));
addEventListener("pageshow", (event) => {{
  note.pageshow = state();
  note.kept = event.persisted;
  delete note.later;
  note.events.length = 0;
  requestAnimationFrame(() => setTimeout(() => setTimeout(() => {{ note.later = state(); }})));
}});
</script>"""
RECORDERS = {
    "plain.html": _RECORDER.format(attribute=""),
    "off.html": _RECORDER.format(attribute=' autocomplete="off"'),
    "away.html": "<!doctype html><title>Away</title>",
}


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(write_tree(tmp_path_factory.mktemp("recorder"), RECORDERS), "/") as url:
        yield url


def fill(face: Face, url: str) -> None:
    face.open(url)
    Reader(face).wait_until("() => 'later' in note")
    face.click("() => document.querySelector('input')")
    face.type("word", "() => document.querySelectorAll('input')[1]")


def noted(face: Face) -> tuple[str, str, str]:
    """What was in the fields when the module ran, in `pageshow`, and later; no event ever said so."""
    Reader(face).wait_until("() => 'later' in note")
    note = face.evaluate("() => note")
    assert note["events"] == []
    return note["module"], note["pageshow"], note["later"]


FULL = "checkedword"
ON_RELOAD = {
    ("chromium", "plain.html"): ("", "", ""),
    ("chromium", "off.html"): ("", "", ""),
    ("firefox", "plain.html"): (FULL, FULL, FULL),
    ("firefox", "off.html"): ("", "", ""),
    ("webkit", "plain.html"): ("", "", ""),
    ("webkit", "off.html"): ("", "", ""),
}
# Without a page that was kept.
ON_BACK = {
    ("chromium", "plain.html"): ("", FULL, FULL),
    ("chromium", "off.html"): ("", "", ""),
    ("firefox", "plain.html"): (FULL, FULL, FULL),
    ("firefox", "off.html"): ("", "", ""),
    ("webkit", "plain.html"): (FULL, FULL, FULL),
    ("webkit", "off.html"): ("", "", ""),
}
# With it: the module ran when the fields were still empty.
ON_RETURN = {
    ("firefox", "plain.html"): ("", FULL, FULL),
    ("firefox", "off.html"): ("", FULL, FULL),
    ("webkit", "plain.html"): ("", FULL, FULL),
    ("webkit", "off.html"): ("", FULL, ""),
}


@pytest.mark.parametrize(("engine", "page"), ON_RELOAD, indirect=["engine"])
def test_what_a_reload_puts_back(face: Face, recorder: str, page: str) -> None:
    fill(face, recorder + page)
    face.reload()
    assert noted(face) == ON_RELOAD[face.engine, page]


@pytest.mark.parametrize(("engine", "page"), ON_BACK, indirect=["engine"])
def test_what_going_back_puts_back(visit: Callable[..., Face], recorder: str, page: str) -> None:
    face = visit(cache=False)
    fill(face, recorder + page)
    face.open(recorder + "away.html")
    face.back()
    assert noted(face) == ON_BACK[face.engine, page]


@pytest.mark.parametrize(("engine", "page"), ON_RETURN, indirect=["engine"])
def test_what_is_in_the_fields_of_a_page_that_was_kept(visit: Callable[..., Face], recorder: str, page: str) -> None:
    face = visit(cache=True)
    fill(face, recorder + page)
    face.open(recorder + "away.html")
    face.back()
    Reader(face).wait_until("() => note.kept")
    assert noted(face) == ON_RETURN[face.engine, page]


# A crash can't be driven, but what Firefox reads after one is the state that it notes of each tab: that is the double. No
# driver has a way to a duplicate of a tab, or to the list of those that were closed, but its own windows have.
_FLUSH = """
const { TabStateFlusher } = ChromeUtils.importESModule("resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
await TabStateFlusher.flush(gBrowser.selectedBrowser);
"""
COMEBACKS = {
    "duplicate": f"{_FLUSH} gBrowser.selectedTab = gBrowser.duplicateTab(gBrowser.selectedTab);",
    "closed by mistake": f"""{_FLUSH}
        gBrowser.removeTab(gBrowser.selectedTab);
        gBrowser.selectedTab = SessionStore.undoCloseTab(window, 0);
    """,
    "crash": f"""{_FLUSH}
        const state = SessionStore.getTabState(gBrowser.selectedTab);
        gBrowser.selectedTab = gBrowser.addTrustedTab("about:blank");
        SessionStore.setTabState(gBrowser.selectedTab, state);
    """,
}


def firefox_of(face: Face) -> FirefoxFace:
    if not isinstance(face, FirefoxFace):
        pytest.skip("Playwright's own Firefox has no way to its windows: run this with Debian's")
    return face


@pytest.mark.parametrize("way", COMEBACKS)
@FIREFOX
def test_what_is_put_back_into_a_tab_that_comes_back(face: Face, recorder: str, way: str) -> None:
    firefox = firefox_of(face)
    face.open(recorder + "away.html")
    face.new_tab()
    fill(face, recorder + "plain.html")
    firefox.adopt_tab(COMEBACKS[way])
    # With events as if the reader had written it, but for the `change` that follows hers.
    reader = Reader(face)
    reader.eventually(lambda: face.evaluate("() => note.events"), ["input a true", "input b true"])
    assert face.evaluate("() => [note.module, note.pageshow, note.now]") == ["", "", FULL]


# --- what the widget makes of it ----------------------------------------------------------------------------------


def test_reload_shows_what_is_stored_and_not_what_was_in_the_fields(face: Face, url: str) -> None:
    reader = Reader(face)
    answered(reader, url)
    write_store(face, newer(url))
    reader.reload()
    expect_newer(reader)


@pytest.mark.parametrize(
    ("engine", "cache"),
    [("chromium", False), ("firefox", True), ("firefox", False), ("webkit", True), ("webkit", False)],
    indirect=["engine"],
)
def test_back_shows_what_is_stored_and_not_what_was_in_the_fields(
    visit: Callable[..., Face], url: str, cache: bool
) -> None:
    face = visit(cache=cache)
    reader = Reader(face)
    answered(reader, url)
    face.open(url + "words/")
    write_store(face, newer(url))
    reader.back()
    expect_newer(reader)


# A double for what no driver can make a browser do: an extension, say, that fills fields in or empties them without a word.
@pytest.mark.parametrize("change", ["input.value === 'no'", "false"])
def test_what_is_done_to_the_fields_without_a_word_is_no_answer(face: Face, url: str, change: str) -> None:
    reader = Reader(face)
    answered(reader, url)
    before = reader.stored()
    face.evaluate(f"""() => {{
        for (const input of document.querySelectorAll("input[name=named], input[name=sign]")) input.checked = {change};
        dispatchEvent(new PageTransitionEvent("pageshow", {{ persisted: true }}));
    }}""")
    reader.expect_answers(TWO)
    reader.expect_answered(2)
    assert reader.stored() == before


@pytest.mark.parametrize("way", COMEBACKS)
@FIREFOX
def test_tab_that_comes_back_shows_what_is_stored(face: Face, url: str, way: str) -> None:
    firefox = firefox_of(face)
    reader = Reader(face)
    face.open(url + "words/")
    face.new_tab()
    answered(reader, url)
    write_store(face, newer(url))
    firefox.adopt_tab(COMEBACKS[way])
    reader.wait()
    expect_newer(reader)


@pytest.mark.parametrize("way", COMEBACKS)
@FIREFOX
def test_tab_that_comes_back_shows_the_numbers_that_are_stored(face: Face, url: str, way: str) -> None:
    firefox = firefox_of(face)
    reader = Reader(face, "worth")
    face.open(url + "words/")
    face.new_tab()
    reader.open(url + "worth/")
    for field, number in EXAMPLE.items():
        reader.write(number, field)
    reader.expect_stored({"now": "12", "mine": "3", "months": "12", "price": "350"})
    entries = {"now": an_entry("20"), "mine": an_entry("4")}
    write_store(face, (slot_of(url, "worth"), a_run(entries)))
    firefox.adopt_tab(COMEBACKS[way])
    reader.wait()
    shown = {NOW: "20", MINE: "4", MONTHS: "", PRICE: ""}
    reader.eventually(lambda: {field: reader.value(field) for field in shown}, shown)
    # A write of the page's own comes after whatever else it might have written.
    reader.write("6", MONTHS)
    reader.expect_stored({"now": "20", "mine": "4", "months": "6"})
    ((_, record),) = reader.stored()
    assert {item: record["answers"][item] for item in entries} == entries


@pytest.mark.parametrize("way", COMEBACKS)
@FIREFOX
def test_tab_that_comes_back_shows_the_name_that_is_stored(face: Face, url: str, way: str) -> None:
    firefox = firefox_of(face)
    reader = Reader(face, "who")
    face.open(url + "words/")
    face.new_tab()
    reader.open(url + "who/")
    reader.write("Invoices", NAME)
    reader.eventually(lambda: [record["name"] for _, record in reader.stored()], ["Invoices"])
    ((key, record),) = reader.stored()
    write_store(face, (key, {**record, "name": "Bills"}))
    firefox.adopt_tab(COMEBACKS[way])
    reader.wait()
    reader.eventually(lambda: reader.value(NAME), "Bills")
    # A write of the page's own comes after whatever else it might have written.
    reader.answer({ERROR: "Little"})
    reader.expect_stored({"error": "little"})
    assert [record["name"] for _, record in reader.stored()] == ["Bills"]


# --- what the reader did before the script ran ---------------------------------------------------------------------


def test_clicks_before_the_script_runs_count(engine: Engine, visit: Callable[..., Face], url: str) -> None:
    with holding(url, "/define.js") as held:
        face = visit(waits=False)
        reader = Reader(face)
        # An answer from an earlier visit, which the click is newer than.
        face.begin(held.url + "words/")
        reader.wait_until("() => document.querySelector('h1') && !document.querySelector('scored-checklist')")
        face.evaluate(_MAKE_STORE)
        write_store(face, (slot_of(url), a_run({"named": an_entry("no"), "date": an_entry("yes")})))
        face.begin(held.url + "task/")
        reader.wait_until(OPTION, "task", DATE, NO)
        for question, answer in TWO.items():
            face.click(OPTION, "task", question, answer)
        assert reader.chosen() == TWO
        held.release()
        reader.wait()
        reader.expect_answers(TWO | {DATE: YES})
        reader.expect_stored({**TWO_STORED, "date": "yes"})
        reader.answer({DATE: NO})
        reader.expect_answered(3)


_MAKE_STORE = """() => new Promise((resolve, reject) => {
    const request = indexedDB.open("mkdocs-checklists", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("runs");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => { request.result.close(); resolve(null); };
})"""
