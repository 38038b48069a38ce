"""A decision: the outcome or why there is none, what fits how well, what was ruled out and why, what speaks for what."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_accessibility import OVERLAPS, violations
from tests.browser.test_paper import printed, squeeze
from tests.browser.trip import (
    BAG,
    BOXES,
    CLOSE,
    DISTANCE,
    DRIVE_IT,
    DRY,
    LOAD,
    NEAR,
    NOTHING,
    RAIN,
    SOME,
    STORM,
    TREE,
    TRIP,
    UNCLEAR,
    WALK_IT,
    WET,
    open_trip,
)
from tests.browser.widget import NA, UNKNOWN, Widget, listen, open_widget, say, told, wait_until_stored
from tests.helpers import SiteFactory

WALK, RIDE, DRIVE = "Walk", "Ride a bicycle", "Take the car"
NO_CLEAR_ANSWER = say("unclear-subject", subject="trip")
WORDS = re.compile(r"\s+")

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def widget(page: Page, site_factory: SiteFactory) -> Widget:
    listen(page)
    return open_trip(page, site_factory(TREE).url)


def fits(widget: Widget) -> Locator:
    return widget.panel.locator("[data-fits] > li")


def fold(widget: Widget, words: str) -> Locator:
    return widget.panel.locator("[data-folds] > details").filter(has=widget.panel.page.get_by_text(words, exact=True))


def open_fold(widget: Widget, words: str) -> Locator:
    found = fold(widget, words)
    found.locator("summary").click()
    # It is filled once it has opened.
    expect(found.locator("> div")).not_to_be_empty()
    return found


def lines(items: Locator) -> list[str]:
    return [WORDS.sub(" ", text).strip() for text in items.all_inner_texts()]


# --- the verdict -------------------------------------------------------------------------------------------------


def test_answers_lead_to_an_outcome_with_its_fit_its_lead_and_what_it_means(widget: Widget) -> None:
    expect(widget.panel).to_contain_text(say("none"))

    widget.answer(WALK_IT)

    widget.expect_verdict(WALK)
    expect(widget.panel).to_contain_text(say("fit_lead", fit=100, second=RIDE, next=83))
    expect(fits(widget)).to_have_count(3)
    widget.open("fits")
    assert lines(fits(widget)) == ["Walk 100 of 100", "Ride a bicycle 83 of 100", "Take the car 0 of 100"]
    meaning = widget.panel.locator("[data-meaning]")
    expect(meaning).to_contain_text("Take good shoes.")
    expect(meaning.get_by_role("link", name="example.org")).to_have_attribute("href", "https://example.org/shoes")
    # In the list of all outcomes, which is folded, a word marks it.
    expect(widget.panel.get_by_text("Take good shoes.").locator("visible=true")).to_have_count(1)
    marked = widget.panel.locator("[data-outcomes] > div").filter(has_text=say("awarded"))
    expect(marked.locator("dt")).to_have_text(re.compile(rf"^{WALK}\s+{say('awarded')}$"))
    expect(widget.bar.first).to_contain_text(WALK)


def test_close_call_names_both_and_the_answers_in_which_they_differ_most(widget: Widget) -> None:
    widget.answer(CLOSE)

    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("close_call", best=WALK, second=RIDE))
    expect(widget.panel).to_contain_text(say("close_fits", best=67, second=58, lead=10))
    rows = widget.panel.get_by_text(say("close_items", count=2)).locator("xpath=following-sibling::ul/li")
    # 3 and 1 points; twice 0 and 1, which is as much.
    assert lines(rows) == [
        f"{DISTANCE} Your answer: {NEAR} · {say('close_side', outcome=WALK)}",
        f"{LOAD} Your answer: {BAG} · {say('close_side', outcome=RIDE)}",
    ]
    expect(rows.first.get_by_role("link")).to_have_attribute("href", "#trip--distance")
    expect(widget.panel.locator("[data-awarded]")).to_have_count(0)
    expect(widget.panel.locator("[data-meaning]")).to_have_count(0)


def test_without_a_good_fit_there_is_no_clear_answer(widget: Widget) -> None:
    widget.answer(UNCLEAR)

    expect(widget.panel.locator("[data-verdict]")).to_have_text(NO_CLEAR_ANSWER)
    expect(widget.panel).to_contain_text(say("fit_low", fit=47, least=55))


def test_there_is_no_clear_answer_where_everything_is_ruled_out(page: Page, site_factory: SiteFactory) -> None:
    gates = "".join(
        f'  - {{remove: {name}, when: distance == "near", text: Not {name}.}}\n' for name in ("walk", "ride", "drive")
    )
    text = TRIP.replace("gates:\n", f"gates:\n{gates}").replace("subject: trip\n", "")
    url = site_factory({"checklists/trip.yml": text, "docs/index.md": "::: checklist trip\n"}).url
    widget = open_widget(page, url, "trip")
    widget.answer(WALK_IT)

    expect(widget.panel.locator("[data-verdict]")).to_have_text(say("unclear"))
    expect(widget.panel).to_contain_text(say("fit_all_removed"))
    expect(fits(widget)).to_have_count(3)


def test_before_enough_is_answered_there_is_no_verdict_and_a_count_of_what_is_missing(widget: Widget) -> None:
    widget.answer({DISTANCE: NEAR})

    widget.expect_no_verdict()
    expect(widget.panel.locator("[data-number]")).to_have_text(say("answered", answered=1, total=3))
    expect(widget.panel).to_contain_text(say("provisional_more", count=2))
    widget.open("fits_so_far")
    expect(fits(widget).first).to_contain_text(say("fit", fit=100))
    expect(fold(widget, say("changes"))).to_be_hidden()
    expect(widget.panel.locator("[data-awarded]")).to_have_count(0)


def test_what_was_ruled_out_stands_last_and_says_why(widget: Widget) -> None:
    widget.answer({DISTANCE: SOME, LOAD: BOXES, RAIN: DRY})
    widget.expect_verdict(DRIVE)

    last = fits(widget).last

    expect(last.locator("s")).to_have_text(RIDE)
    expect(last).to_contain_text(say("removed_fit", fit=50))
    # As the author has written it, with its emphasis.
    widget.open("fits")
    expect(last.get_by_role("listitem").locator("em")).to_have_text("bicycle")
    expect(last.get_by_role("listitem")).to_have_text("No bicycle carries that.")
    widget.answer({LOAD: NOTHING})
    expect(widget.panel.locator("[data-removed]")).to_have_count(0)


def test_notes_are_shown_where_their_conditions_hold(widget: Widget) -> None:
    widget.answer(DRIVE_IT)
    now = widget.panel.locator("[data-notes-now]")

    expect(now.get_by_role("heading")).to_have_text(say("notes_now"))
    assert lines(now.get_by_role("listitem")) == ["Take a coat. Read on: example.org", "Is there a place to park?"]
    expect(now.get_by_role("link", name="coat")).to_have_attribute("href", "https://example.org/coat")

    # The second goes with the outcome.
    widget.answer({LOAD: BAG})
    expect(now.get_by_role("listitem")).to_have_count(1)
    widget.answer({RAIN: DRY})
    expect(now).to_be_empty()


def test_result_of_the_event_carries_the_decision(widget: Widget, page: Page) -> None:
    widget.answer(DRIVE_IT)
    widget.expect_verdict(DRIVE)

    result = [event["detail"] for event in told(page) if event["name"] == "checklist-scored"][-1]

    names = ("outcome", "close_call", "fits", "removed", "notes")
    assert {name: result[name] for name in names} == {
        "outcome": "drive",
        "close_call": None,
        "fits": {"walk": 40, "ride": 8, "drive": 62},
        "removed": {"ride": ["No *bicycle* carries that."]},
        "notes": ["Take a [coat](https://example.org/coat).", "Is there a place to park?"],
    }


# --- what counts --------------------------------------------------------------------------------------------------


def test_question_appears_with_its_condition_and_its_answer_counts_only_then(widget: Widget) -> None:
    expect(widget.question(STORM)).to_be_hidden()
    widget.answer({DISTANCE: NEAR, LOAD: NOTHING, RAIN: WET})
    expect(widget.question(STORM)).to_be_visible()
    widget.expect_answered(3, 4)
    widget.answer({STORM: "A storm"})
    expect(widget.panel.locator("[data-removed]")).to_have_count(1)
    expect(widget.panel.locator("[data-removed] s")).to_have_text(WALK)

    widget.answer({RAIN: DRY})

    expect(widget.question(STORM)).to_be_hidden()
    widget.expect_answered(3, 3)
    widget.expect_verdict(WALK)
    # The answer is kept for when it rains again.
    widget.answer({RAIN: WET})
    expect(widget.option(STORM, "A storm")).to_be_checked()
    expect(widget.panel.locator("[data-removed]")).to_have_count(1)


def test_unknown_counts_for_nothing_and_is_to_be_found_out(widget: Widget) -> None:
    widget.answer({DISTANCE: NEAR, LOAD: NOTHING, RAIN: UNKNOWN})

    # Walk 3 of -3..3 and 4 of -4..4; ride 1 of 0..3 and 2 of -4..2.
    widget.expect_verdict(WALK)
    expect(widget.panel).to_contain_text(say("fit_lead", fit=100, second=RIDE, next=78))
    expect(widget.panel.get_by_role("heading", name=say("find_out"))).to_be_visible()
    expect(widget.panel.locator("[data-result]").get_by_role("link", name=RAIN)).to_be_visible()


def test_what_does_not_apply_is_left_out(widget: Widget) -> None:
    widget.answer({DISTANCE: NEAR, LOAD: NOTHING, RAIN: NA})

    widget.expect_verdict(WALK)
    expect(widget.panel).to_contain_text(say("complete", count=2))


# --- for and against ----------------------------------------------------------------------------------------------


def test_fold_of_an_outcome_lists_what_speaks_for_and_against_it_by_section(widget: Widget) -> None:
    widget.answer({DISTANCE: NEAR, LOAD: BOXES, RAIN: WET, STORM: "A storm"})

    drive = open_fold(widget, DRIVE)

    assert lines(drive.get_by_role("heading")) == ["The way", "Part 2: The sky"]
    assert lines(drive.get_by_role("listitem")) == [
        f"{say('weight_for', count=6)} {LOAD} Your answer: {BOXES}",
        f"{say('weight_against', count=2)} {DISTANCE} Your answer: {NEAR}",
        f"{say('weight_for', count=2)} {RAIN} Your answer: {WET}",
        f"{say('weight_for', count=2)} {STORM} Your answer: A storm",
    ]
    expect(drive.get_by_role("link", name=LOAD)).to_have_attribute("href", "#trip--load")


def test_open_fold_follows_the_answers_and_says_when_nothing_speaks(widget: Widget) -> None:
    widget.answer({RAIN: DRY})
    drive = open_fold(widget, DRIVE)
    expect(drive).to_contain_text(say("weights_none"))

    widget.answer({RAIN: WET})
    expect(drive.get_by_role("listitem")).to_have_count(1)

    widget.answer({DISTANCE: UNKNOWN})
    widget.expect_answered(2, 4)
    expect(drive.get_by_role("listitem")).to_have_count(1)


def test_questions_on_other_pages_are_named_with_their_answers(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    widget = open_widget(page, url + "questions/", "tour")
    widget.answer(WALK_IT)
    wait_until_stored(page, {"distance": "near", "load": "nothing", "rain": "dry"}, "tour")
    expect(widget.bar.first).to_contain_text(WALK)

    page.goto(url + "result/")
    widget = Widget(page, "tour")
    widget.expect_verdict(WALK)
    row = open_fold(widget, WALK).get_by_role("listitem").first

    assert lines(row) == [f"{say('weight_for', count=4)} {LOAD} Your answer: {NOTHING}"]
    expect(row.get_by_role("link")).to_have_attribute("href", re.compile("/questions/#tour--load$"))


# --- what would have to change --------------------------------------------------------------------------------------


def test_changes_name_the_fewest_answers_for_every_other_outcome(widget: Widget) -> None:
    widget.answer(WALK_IT)

    changes = open_fold(widget, say("changes"))

    expect(changes.get_by_role("status")).to_have_text(say("changes_done"))
    assert lines(changes.get_by_role("heading")) == [RIDE, DRIVE]
    assert lines(changes.get_by_role("listitem")) == [
        f"{DISTANCE} From “{NEAR}” to “{SOME}”",
        f"{DISTANCE} From “{NEAR}” to “{SOME}”",
        f"{LOAD} From “{NOTHING}” to “{BOXES}”",
    ]
    expect(changes.get_by_text(say("changes_set", count=1))).to_have_count(1)
    expect(changes.get_by_text(say("changes_set", count=2))).to_have_count(1)
    # It was only tried.
    widget.expect_answers(WALK_IT)


def test_open_changes_are_worked_out_anew_after_an_answer(widget: Widget) -> None:
    widget.answer(WALK_IT)
    changes = open_fold(widget, say("changes"))
    expect(changes.get_by_role("heading")).to_have_text([RIDE, DRIVE])

    widget.answer({DISTANCE: SOME})

    widget.expect_verdict(RIDE)
    expect(changes.get_by_role("heading")).to_have_text([WALK, DRIVE])


def test_open_question_among_the_changes_is_called_open(page: Page, site_factory: SiteFactory) -> None:
    text = TRIP.replace("decide: {", "score: {enough: 50}\ndecide: {")
    url = site_factory({"checklists/trip.yml": text, "docs/index.md": "::: checklist trip\n"}).url
    widget = open_widget(page, url, "trip")
    widget.answer({LOAD: NOTHING, RAIN: DRY})

    changes = open_fold(widget, say("changes"))

    # Walk and ride fit equally well; how far it is decides between them.
    assert lines(changes.get_by_role("listitem"))[:2] == [
        f"{DISTANCE} {say('changes_open', to=NEAR)}",
        f"{DISTANCE} {say('changes_open', to=SOME)}",
    ]


# --- the reader's ways ----------------------------------------------------------------------------------------------


def test_outcome_is_spoken_once_things_have_settled(widget: Widget) -> None:
    widget.answer(WALK_IT)
    expect(widget.live.filter(has_text=say("verdict", band=WALK))).to_have_text(
        f"{say('verdict', band=WALK)}. {say('answered', answered=3, total=3)}."
    )


@pytest.mark.parametrize(
    ("answers", "words"),
    [(CLOSE, say("close_call", best=WALK, second=RIDE)), (UNCLEAR, NO_CLEAR_ANSWER)],
    ids=["close call", "no clear answer"],
)
def test_it_is_spoken_when_there_is_no_single_outcome(widget: Widget, answers: dict[str, str], words: str) -> None:
    widget.answer(answers)
    expect(widget.live.filter(has_text=words)).to_have_count(1)


def test_all_of_it_works_by_keyboard(widget: Widget, page: Page) -> None:
    widget.option(DISTANCE, NEAR).focus()
    for _ in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.do === 'clear'"):
            page.keyboard.press("Tab")
    widget.expect_answers(WALK_IT)
    widget.expect_verdict(WALK)

    summary = fold(widget, DRIVE).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(fold(widget, DRIVE).get_by_role("listitem").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(fold(widget, DRIVE).get_by_role("link").first).to_be_focused()

    widget.button("reset").focus()
    page.keyboard.press("Enter")
    expect(widget.button("undo")).to_be_focused()
    expect(widget.panel).to_contain_text(say("none"))
    page.keyboard.press("Enter")
    expect(widget.button("reset")).to_be_focused()
    widget.expect_verdict(WALK)


def test_next_question_is_never_a_hidden_one(widget: Widget) -> None:
    widget.answer({DISTANCE: NEAR, LOAD: NOTHING})
    widget.press("next")
    expect(widget.option(RAIN, DRY)).to_be_focused()
    widget.answer({RAIN: DRY})
    expect(widget.button("next")).to_be_hidden()


def test_reload_brings_the_result_back(widget: Widget, page: Page) -> None:
    widget.answer(DRIVE_IT)
    wait_until_stored(page, {"distance": "near", "load": "boxes", "rain": "wet"}, "trip")

    page.reload()

    widget.expect_verdict(DRIVE)
    expect(widget.panel.locator("[data-removed]")).to_have_count(1)
    expect(widget.question(STORM)).to_be_visible()


def test_result_comes_anew_when_the_part_is_moved(widget: Widget, page: Page) -> None:
    widget.answer(WALK_IT)
    widget.expect_verdict(WALK)
    open_fold(widget, WALK)

    page.evaluate("""() => {
        const part = document.querySelector("scored-checklist");
        const [parent, next] = [part.parentNode, part.nextSibling];
        part.remove();
        parent.insertBefore(part, next);
    }""")

    widget.expect_verdict(WALK)
    expect(widget.panel.locator("[data-verdict]")).to_have_count(1)
    expect(widget.panel.locator("[data-actions]")).to_have_count(1)
    expect(fold(widget, WALK).get_by_role("listitem").first).to_be_visible()
    widget.answer({LOAD: BOXES})
    expect(widget.panel.locator("[data-verdict]")).to_have_text(NO_CLEAR_ANSWER)


# --- notes without a decision ---------------------------------------------------------------------------------------


def test_checklist_with_bands_shows_its_notes_too(page: Page, site_factory: SiteFactory) -> None:
    text = """\
title: Ready?
sections:
  - {id: only, title: Only, items: [{id: done, text: Is it done?, scale: yes-no}]}
bands: [{id: ready, min: 50, title: Ready}, {id: not-yet, min: 0, title: Not yet}]
notes: [{when: done == "no", text: Ask somebody.}]
"""
    widget = open_widget(
        page, site_factory({"checklists/ready.yml": text, "docs/index.md": "::: checklist ready\n"}).url, "ready"
    )
    now = widget.panel.locator("[data-notes-now]")
    widget.answer({"Is it done?": "No"})
    expect(now.get_by_role("listitem")).to_have_text("Ask somebody.")
    widget.expect_verdict("Not yet")
    widget.answer({"Is it done?": "Yes"})
    expect(now).to_be_empty()


# --- for everybody ----------------------------------------------------------------------------------------------------


def test_without_javascript_everything_is_there(new_context: NewContext, site_factory: SiteFactory) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_factory(TREE).url + "trip/")
    panel = page.get_by_role("region", name=say("result"))
    where = say("by-hand-where", method=say("method"))

    for words in (DISTANCE, LOAD, RAIN, STORM):
        expect(page.get_by_role("group", name=words)).to_be_visible()
    for words in (where, WALK, "Take good shoes.", RIDE, "Pump the tyres.", DRIVE):
        expect(panel.get_by_text(words, exact=True).first).to_be_visible()
    for summary in panel.locator("summary").all():
        summary.click()
    for words in (
        "No bicycle carries that.",
        say("when", condition=say("words-answer", question=LOAD, option=BOXES)),
        "Is there a place to park?",
        say("by-hand-fit"),
    ):
        expect(panel.get_by_text(words, exact=True).first).to_be_visible()
    expect(panel.get_by_role("row", name=f"{BOXES} −4 −4 6")).to_be_visible()


def test_paper_form_holds_the_points_and_a_printed_result_the_result(page: Page, site_factory: SiteFactory) -> None:
    widget = open_trip(page, site_factory(TREE).url)
    empty = printed(page)
    for words in ("Pump the tyres.", "No bicycle carries that.", say("by-hand-fit"), f"{BOXES} −4 −4 6", STORM):
        assert squeeze(words) in empty, words

    widget.answer(WALK_IT)
    widget.expect_answered(3, 3)
    answered = printed(page)
    for words in (say("verdict", band=WALK), "83 of 100", "Take good shoes."):
        assert squeeze(words) in answered, words
    for words in (say("by-hand-fit"), say("weights"), say("reset")):
        assert squeeze(words) not in answered, words


@pytest.mark.parametrize("answers", [WALK_IT, CLOSE, DRIVE_IT], ids=["outcome", "close call", "ruled out"])
def test_axe_finds_nothing(widget: Widget, page: Page, answers: dict[str, str]) -> None:
    widget.answer(answers)
    expect(widget.panel.locator("[data-verdict]")).not_to_have_text(say("provisional"))
    open_everything(widget)
    assert violations(page, include="scored-checklist") == []


def open_everything(widget: Widget) -> None:
    widget.panel.locator("details").evaluate_all("(folds) => { for (const fold of folds) fold.open = true; }")
    expect(fold(widget, say("changes")).get_by_role("status")).to_have_text(say("changes_done"))


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_it_fits_and_is_clear_in_every_width_and_scheme(
    new_context: NewContext, site_factory: SiteFactory, scheme: str, width: int
) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 700}).new_page()
    widget = open_trip(page, site_factory(TREE).url)
    widget.answer(DRIVE_IT)
    widget.expect_verdict(DRIVE)
    open_everything(widget)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OVERLAPS) == []
    assert violations(page, ["color-contrast", "target-size", "link-in-text-block"], "scored-checklist") == []
    heights = page.evaluate("""() => [...document.querySelectorAll("[data-panel] :is(summary, button)")]
        .map((element) => [element.textContent, element.getBoundingClientRect().height]).filter(([, height]) => height)""")
    assert [pair for pair in heights if pair[1] < 44] == []


def test_what_is_ruled_out_is_told_without_colour(new_context: NewContext, site_factory: SiteFactory) -> None:
    page = new_context(forced_colors="active").new_page()
    widget = open_trip(page, site_factory(TREE).url)
    widget.answer(DRIVE_IT)
    removed = widget.panel.locator("[data-removed]")
    expect(removed).to_contain_text(say("removed_fit", fit=8))
    assert removed.locator("s").evaluate("(s) => getComputedStyle(s).textDecorationLine") == "line-through"


NASTY = '<script>window.executed=true</script><img src=x onerror="window.executed=true">{{ x }}'


def test_hostile_texts_stay_texts(page: Page, site_factory: SiteFactory) -> None:
    quoted = NASTY.replace('"', '\\"')
    text = (
        TRIP.replace("title: Walk,", f'title: "{quoted}",')
        .replace("text: Nobody would walk that.", f'text: "{quoted}"')
        .replace("text: Is there a place to park?", f'text: "{quoted}"')
        .replace("text: Heavy boxes", f'text: "{quoted}"')
        .replace("title: The way", f'title: "{quoted}"')
        .replace("subject: trip", f'subject: "{quoted}"')
    )
    widget = open_widget(
        page, site_factory({"checklists/trip.yml": text, "docs/index.md": "::: checklist trip\n"}).url, "trip"
    )
    widget.answer({DISTANCE: "Most of a day", LOAD: NASTY, RAIN: DRY})
    widget.expect_verdict(DRIVE)
    open_everything(widget)
    expect(fits(widget).filter(has_text=NASTY).first).to_be_visible()
    widget.answer({DISTANCE: NEAR})
    expect(widget.panel.locator("[data-verdict]")).to_contain_text(NASTY)

    assert page.evaluate("window.executed") is None
    assert widget.panel.locator("script, img").count() == 0
