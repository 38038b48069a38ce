"""The result explains itself: what each answer gave and lost, the shortest way up, profiles, and how it is scored."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NA,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    SUPPLIES,
    TASK,
    TREE,
    UNKNOWN,
    YES,
    Widget,
    click_at_rest,
    expect_of_all,
    listen,
    open_widget,
    say,
    told,
    wait_until,
    wait_until_stored,
    write_checklist,
)
from tests.helpers import SiteFactory

MIXED = {NAMED: PARTLY, SIGN: NO, SUPPLIES: YES, DATE: UNKNOWN}
"""3 of 6 points, 0 of 4, 2 of 2 and 0 of 2: 5 of 14, which is 36."""

WORDS = re.compile(r"\s+")


@pytest.fixture
def widget(page: Page, widget_site: SiteFactory) -> Widget:
    listen(page)
    return open_widget(page, widget_site(TREE).url + "whole/")


def fold(widget: Widget, words: str) -> Locator:
    """A fold of the result by the start of its summary."""
    return widget.panel.locator("details").filter(has=widget.panel.page.locator("summary", has_text=words))


def open_fold(widget: Widget, words: str) -> Locator:
    found = fold(widget, words)
    found.locator("summary").click()
    return found


def answer_all_no(widget: Widget) -> None:
    """And wait until all of the result is that of all four answers: the way up is drawn in a turn of its own behind it."""
    widget.answer({NAMED: NO, SIGN: NO, SUPPLIES: NO, DATE: NO})
    expect(widget.panel).to_contain_text(say("complete", count=4))
    expect(widget.panel.get_by_role("button", name=say("try"), include_hidden=True)).to_be_attached()
    widget.panel.page.evaluate("() => new Promise((resolve) => setTimeout(() => setTimeout(resolve)))")


def texts(items: Locator) -> list[str]:
    return [WORDS.sub(" ", text).strip() for text in items.all_inner_texts()]


# --- why ---------------------------------------------------------------------------------------------------------


def test_why_tells_the_sum_and_what_each_answer_gave_and_lost(widget: Widget) -> None:
    widget.answer(MIXED)

    why = open_fold(widget, say("why"))

    expect(why.locator("p").first).to_have_text(
        say("why_score", count=5, least=0, possible=14, score=say("score", score=36, top=100))
    )
    # What holds the band down first, then what lost most, then what lost nothing.
    expect(why.get_by_role("listitem")).to_have_text(
        [
            re.compile(rf"{re.escape(NAMED)}.*Your answer: {PARTLY} · 3 of 6 points · 3 lost"),
            re.compile(rf"{re.escape(SIGN)}.*Your answer: No · 0 of 4 points · 4 lost"),
            re.compile(rf"{re.escape(DATE)}.*Your answer: {UNKNOWN} · 0 of 2 points · 2 lost"),
            re.compile(rf"{re.escape(SUPPLIES)}.*Your answer: {YES} · 2 of 2 points$"),
        ]
    )
    expect(why.get_by_role("link", name=SIGN)).to_have_attribute("href", "#task--sign")


def test_bars_of_all_answers_have_one_scale(widget: Widget) -> None:
    widget.answer(MIXED)

    bars = open_fold(widget, say("why")).locator("svg")

    pieces = "(bars) => bars.map((bar) => [...bar.querySelectorAll('rect')].map((rect) => Math.round(rect.width.baseVal.value)))"
    # Six points fill the width.
    expect_of_all(bars, pieces, [[50, 50], [0, 67], [0, 33], [33, 0]])


def test_why_names_the_answer_that_holds_the_result_down(widget: Widget) -> None:
    widget.answer({**ALL_BEST, NAMED: NO})

    why = open_fold(widget, say("why"))

    expect(why.get_by_role("listitem").first).to_contain_text(say("why_holds"))
    expect(why.get_by_text(say("why_holds"))).to_have_count(1)


def test_why_leaves_out_what_does_not_apply_and_counts_what_is_open(widget: Widget) -> None:
    widget.answer({NAMED: YES, SUPPLIES: NA})

    why = open_fold(widget, say("why"))

    expect(why.get_by_role("listitem")).to_have_count(1)
    expect(why).to_contain_text(say("why_open", count=2))
    expect(why).to_contain_text(say("why_left", count=1))


def test_open_why_follows_the_answers_and_goes_with_the_last(widget: Widget) -> None:
    widget.answer({NAMED: YES})
    why = open_fold(widget, say("why"))

    widget.answer({SIGN: NO})
    expect(why.get_by_role("listitem")).to_have_count(2)

    widget.press("reset")
    expect(fold(widget, say("why"))).to_be_hidden()


# --- the way up --------------------------------------------------------------------------------------------------


def test_way_up_names_the_answers_their_work_and_where_they_lead(widget: Widget) -> None:
    widget.answer({**ALL_BEST, NAMED: PARTLY, SIGN: NO})

    # 3 + 0 + 2 + 2 of 14 is 50; the cap would allow the next band, so four points for the sign are enough.
    way = open_fold(widget, say("way_up", count=1))

    expect(way).to_contain_text(say("way_up_lead", count=1, band="Fix the flagged points first"))
    expect(way.get_by_role("listitem")).to_have_text(
        [re.compile(rf"{re.escape(SIGN)}\s*From “No” to “{YES}”\s*Choose one number or date\.")]
    )
    expect(way.get_by_role("link", name=SIGN)).to_have_attribute("href", "#task--sign")


def test_way_up_adds_up_the_work_where_all_of_it_is_known(widget: Widget) -> None:
    widget.answer({**ALL_BEST, NAMED: NO})

    expect(fold(widget, say("way_up_effort", way=say("way_up", count=1), effort="20 minutes"))).to_be_visible()


@pytest.mark.parametrize(
    ("effort", "words"), [("50 min", "50 minutes"), ("1 h", "1 hour"), ("80 min", "1.5 hours"), ("2 days", "2 days")]
)
def test_work_is_told_in_the_unit_that_suits_it(effort: str, words: str, page: Page, widget_site: SiteFactory) -> None:
    tree = {
        "checklists/task.yml": TASK.replace("effort: 20 min", f"effort: {effort}"),
        "docs/index.md": "::: checklist task",
    }
    widget = open_widget(page, widget_site(tree).url)

    widget.answer({**ALL_BEST, NAMED: NO})

    way = say("way_up_effort", way=say("way_up", count=1), effort=words)
    expect(fold(widget, way)).to_be_visible()


def test_nothing_leads_up_from_the_top_nor_without_a_verdict(widget: Widget) -> None:
    widget.answer(ALL_BEST)
    widget.expect_verdict("Ready to go")
    expect(fold(widget, "The shortest way up")).to_be_hidden()

    widget.clear(NAMED)
    widget.expect_no_verdict()
    expect(fold(widget, "The shortest way up")).to_be_hidden()


def test_trying_shows_the_score_as_if_and_touches_no_answer(widget: Widget, page: Page) -> None:
    answers = {**ALL_BEST, NAMED: NO, SIGN: NO}
    widget.answer(answers)
    kept = {"named": "no", "sign": "no", "supplies": "yes", "date": "yes"}
    wait_until_stored(page, kept)
    # 4 of 14. The one that holds the band down is enough: 10 of 14 is 71.
    way = open_fold(widget, say("way_up", count=1))
    before = told(page)
    ghost = widget.panel.locator("[data-ghost]")
    expect(ghost).to_be_hidden()

    way.get_by_role("button", name=say("try")).click()

    expect(way.get_by_role("button", name=say("try"), pressed=True)).to_be_visible()
    outcome = say("as_if", score=say("score", score=71, top=100), band="Fix the flagged points first")
    expect(way.get_by_role("status")).to_have_text(f"{outcome} {say('as_if_untouched')}")
    expect(ghost).not_to_have_attribute("hidden", re.compile(""))
    widget.expect_score(29)
    widget.expect_verdict("Not yet")
    widget.expect_answers(answers)
    wait_until_stored(page, kept)
    assert told(page) == before


def test_each_step_can_be_left_out_of_the_trial(widget: Widget) -> None:
    answer_all_no(widget)
    # 6 of 14 is 43; with the sign 10 of 14.
    way = open_fold(widget, say("way_up", count=2))
    way.get_by_role("button", name=say("try")).click()
    expect(way.get_by_role("status")).to_contain_text(say("score", score=71, top=100))

    way.get_by_role("listitem").filter(has_text=SIGN).get_by_role("checkbox").uncheck()
    expect(way.get_by_role("status")).to_contain_text(say("score", score=43, top=100))

    way.get_by_role("checkbox", name=NAMED).uncheck()
    expect(way.get_by_role("status")).to_have_text(say("as_if_none"))

    way.get_by_role("button", name=say("try")).click()
    expect(way.get_by_role("status")).to_be_empty()
    expect(way.get_by_role("checkbox")).to_have_count(0)
    widget.expect_score(0)


def test_trial_ends_with_the_next_answer(widget: Widget) -> None:
    answer_all_no(widget)
    way = open_fold(widget, "The shortest way up")
    way.get_by_role("button", name=say("try")).click()
    expect(way.get_by_role("status")).not_to_be_empty()

    widget.answer({DATE: YES})

    expect(way.get_by_role("status")).to_be_empty()
    expect(way.get_by_role("button", name=say("try"), pressed=False)).to_be_visible()


def test_trial_works_by_keyboard(widget: Widget, page: Page) -> None:
    answer_all_no(widget)
    way = fold(widget, say("way_up", count=2))
    way.locator("summary").focus()
    page.keyboard.press("Enter")
    way.get_by_role("button", name=say("try")).focus()
    page.keyboard.press("Space")

    expect(way.get_by_role("status")).to_contain_text(say("score", score=71, top=100))
    expect(way.get_by_role("button", name=say("try"))).to_be_focused()


@pytest.mark.material
def test_way_up_leads_to_questions_on_other_pages_with_their_advice(page: Page, widget_site: SiteFactory) -> None:
    url = widget_site(TREE).url
    open_widget(page, url + "first/", "spread").answer({NAMED: YES, SIGN: NO})
    wait_until_stored(page, {"named": "yes", "sign": "no"}, "spread")
    open_widget(page, url + "second/", "spread").answer({SUPPLIES: NO, DATE: YES})
    wait_until_stored(page, {"named": "yes", "sign": "no", "supplies": "no", "date": "yes"}, "spread")

    page.goto(url + "result/")
    widget = Widget(page, "spread")
    # 8 of 14 is 57; with the sign 12 of 14 is 86.
    way = open_fold(widget, say("way_up", count=1))

    expect(way.get_by_role("link", name=SIGN)).to_have_attribute("href", re.compile(r"/first/#spread--sign$"))
    expect(way).to_contain_text("Choose one number or date.")


@pytest.mark.sources
def test_way_up_is_loaded_once_there_is_a_verdict(page: Page, widget_site: SiteFactory) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url.rpartition("/")[2]))
    widget = open_widget(page, widget_site(TREE).url + "whole/")

    widget.answer({SIGN: NO})
    expect(fold(widget, say("why"))).to_be_visible()
    assert not {"way-up.js", "way-up-fold.js"} & set(requested)

    widget.answer({NAMED: NO, SUPPLIES: NO, DATE: NO})
    expect(fold(widget, say("way_up", count=2))).to_be_visible()
    assert {"way-up.js", "way-up-fold.js"} <= set(requested)


# --- profiles ----------------------------------------------------------------------------------------------------


def parts_checklist(titles: list[str], labels: bool = False) -> str:
    head, _, rest = TASK.partition("sections:\n")
    sections = "".join(
        f"  - id: part-{n}\n{f'    label: Part {n}' + chr(10) if labels else ''}    title: {title}\n    items:\n"
        f"      - {{id: q{n}, text: Is part {n} done?, scale: paper, recommend: Do it.}}\n"
        for n, title in enumerate(titles, 1)
    )
    return f"{head}sections:\n{sections}{rest[rest.index('bands:') :]}"


def profile_of(page: Page, widget_site: SiteFactory, text: str, answers: dict[str, str]) -> tuple[Widget, Locator]:
    widget = open_widget(page, widget_site({"checklists/task.yml": text, "docs/index.md": "::: checklist task"}).url)
    widget.answer(answers)
    widget.expect_answered(len(answers), len(re.findall("Is part", text)))
    return widget, widget.panel.locator("svg[data-profile]")


def done(*answers: str) -> dict[str, str]:
    return {f"Is part {n} done?": answer for n, answer in enumerate(answers, 1)}


def test_five_sections_have_a_profile_with_the_table_saying_the_same(page: Page, widget_site: SiteFactory) -> None:
    text = parts_checklist(["Plan", "Price", "Fit", "Care", "Review"])
    widget, profile = profile_of(page, widget_site, text, done(YES, PARTLY, NO, YES, PARTLY))

    widget.open("by-section")
    expect(profile).to_be_visible()
    expect(profile).to_have_attribute("aria-hidden", "true")
    expect(profile.locator("text")).to_have_text(["Plan", "Price", "Fit", "Care", "Review"])
    # From the middle outwards: all, half, nothing, all, half of 70 units.
    distances = "(dots) => dots.map((dot) => Math.round(Math.hypot(dot.cx.baseVal.value, dot.cy.baseVal.value)))"
    expect_of_all(profile.locator("circle"), distances, [70, 35, 0, 70, 35])
    cells = widget.panel.get_by_role("table", name=say("by-section")).get_by_role("cell")
    expect(cells).to_have_text([re.compile(f"{score} of 100") for score in (100, 50, 0, 100, 50)])


def test_profile_uses_short_labels_and_else_names_in_lines(page: Page, widget_site: SiteFactory) -> None:
    long = [f"A title that has no room beside a picture {n}" for n in range(5)]
    _, profile = profile_of(page, widget_site, parts_checklist(long, labels=True), done(YES, NO, YES))
    expect(profile.locator("text")).to_have_text([f"Part {n}" for n in range(1, 6)])

    names = ["Routine and judgement apart", "A defined task", "Fit before price", "Upkeep", "A date to look again"]
    widget, profile = profile_of(page, widget_site, parts_checklist(names), done(YES, NO, YES, NO, YES))
    widget.open("by-section")
    lines = [
        "Routine and",
        "judgement",
        "apart",
        "A defined",
        "task",
        "Fit before",
        "price",
        "Upkeep",
        "A date to",
        "look again",
    ]
    expect(profile.locator("tspan")).to_have_text(lines)
    boxes = [text.bounding_box() for text in profile.locator("text").all()]
    frame = widget.panel.bounding_box()
    assert frame is not None
    for n, box in enumerate(boxes):
        assert box is not None
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert [other for other in boxes[n + 1 :] if other and overlap(box, other)] == []


def overlap(one: FloatRect, other: FloatRect) -> bool:
    across = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    return across and one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


def test_no_profile_where_its_names_have_no_room(page: Page, widget_site: SiteFactory) -> None:
    # Numbers in their place would say nothing.
    long = [f"A title that has no room beside a picture {n}" for n in range(5)]
    widget, profile = profile_of(page, widget_site, parts_checklist(long), done(YES, NO, YES))
    widget.open("by-section")
    expect(widget.panel.get_by_role("table", name=say("by-section")).get_by_role("row")).to_have_count(5)
    expect(profile).to_have_count(0)


def test_no_profile_of_four_sections_nor_of_two_scores(page: Page, widget_site: SiteFactory) -> None:
    _, profile = profile_of(page, widget_site, parts_checklist(["A", "B", "C", "D"]), done(YES, YES, YES, YES))
    expect(profile).to_have_count(0)
    _, profile = profile_of(page, widget_site, parts_checklist(["A", "B", "C", "D", "E"]), done(YES, YES))
    expect(profile).to_have_count(0)


def test_dimensions_have_bars_of_their_own(page: Page, widget_site: SiteFactory) -> None:
    text = "dimensions: [{id: clarity, title: How clear it is}, {id: cost, title: Cost}]\n" + TASK.replace(
        "text: Is the task named", "dimension: clarity\n        text: Is the task named"
    ).replace("text: Is a date set", "dimension: clarity\n        text: Is a date set").replace(
        "text: Is there a list", "dimension: cost\n        text: Is there a list"
    )
    widget = open_widget(page, widget_site({"checklists/task.yml": text, "docs/index.md": "::: checklist task"}).url)
    widget.answer({NAMED: YES, DATE: NO})

    widget.open("by-dimension")
    table = widget.panel.get_by_role("table", name=say("by-dimension"))
    expect(table.get_by_role("rowheader")).to_have_text(["How clear it is", "Cost"])
    # 6 of 8 points.
    expect(table.get_by_role("cell")).to_have_text([re.compile("75 of 100"), say("section_open")])


# --- how it is scored --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without"])
def test_how_it_is_scored_can_be_read(
    javascript: bool, new_context: Callable[..., BrowserContext], widget_site: SiteFactory
) -> None:
    page: Page = new_context(java_script_enabled=javascript).new_page()
    page.goto(widget_site(TREE).url + "whole/")
    widget = Widget(page)

    method = open_fold(widget, say("method"))

    # 3 * 3 * 4 * 3 patterns: `supplies` may not apply.
    expect(method).to_contain_text(say("method-patterns", patterns=108))
    expect(method.get_by_role("listitem")).to_have_text(
        [re.compile(r"^Ready to go \(80 to 100\): [\d.]+%$"), re.compile(r"55 to 79"), re.compile(r"0 to 54")]
    )
    # The middle answer costs so much that its cap never decides, so nothing is claimed of caps.
    expect(method).not_to_contain_text(say("method-reached"))
    expect(method).to_contain_text(say("method-revision", revision=1))
    expect(method).to_contain_text(say("method-reviewed", date="20 November 2026"))


@pytest.mark.material
def test_paper_shows_how_it_is_scored_and_folds_that_were_opened(widget: Widget, page: Page) -> None:
    widget.answer(MIXED)
    page.emulate_media(media="print")
    expect(widget.panel.get_by_text(say("method-revision", revision=1))).to_be_visible()
    expect(fold(widget, say("why"))).to_be_hidden()

    page.emulate_media(media="screen")
    open_fold(widget, say("why"))
    page.emulate_media(media="print")
    expect(fold(widget, say("why")).get_by_role("listitem")).to_have_count(4)


# --- the focus stays where the reader is ----------------------------------------------------------------------------


def test_folds_open_and_close_by_keyboard_without_losing_the_focus(page: Page, widget_site: SiteFactory) -> None:
    text = write_checklist(*[f"Is point {n} done?" for n in range(1, 6)])
    widget = open_widget(page, widget_site({"checklists/task.yml": text, "docs/index.md": "::: checklist task"}).url)
    widget.answer({f"Is point {n} done?": NO for n in range(1, 6)})
    for words in (say("why"), say("to_do_more", count=2), "The shortest way up", say("method")):
        summary = fold(widget, words).locator("summary")
        summary.focus()
        for is_open in (True, False):
            page.keyboard.press("Enter")
            expect(fold(widget, words)).to_have_js_property("open", is_open)
            expect(summary).to_be_focused()


@pytest.mark.material
def test_theme_draws_no_ring_around_a_fold_that_has_the_focus(widget: Widget) -> None:
    widget.answer(MIXED)
    why = open_fold(widget, say("why"))
    expect(why.locator("summary")).to_be_focused()
    expect(why).to_have_css("box-shadow", "none")


def test_answer_in_another_tab_leaves_the_focus_in_the_folds(page: Page, widget_site: SiteFactory) -> None:
    url = widget_site(TREE).url + "whole/"
    widget = open_widget(page, url)
    answer_all_no(widget)
    way = fold(widget, "The shortest way up")
    way.locator("summary").click()
    way.get_by_role("button", name=say("try")).click()
    way.get_by_role("checkbox").first.focus()
    wait_until_stored(page, dict.fromkeys(("named", "sign", "supplies", "date"), "no"))

    other = open_widget(page.context.new_page(), url)
    other.answer({DATE: YES})
    expect(widget.option(DATE, YES)).to_be_checked()
    # The trial is over, and its boxes are gone: the button that begins one is next to them.
    expect(way.get_by_role("button", name=say("try"), pressed=False)).to_be_focused()

    other.answer(ALL_BEST)
    expect(way).to_be_hidden()
    expect(widget.panel.get_by_role("heading", name=say("result"))).to_be_focused()


@pytest.mark.material
def test_paper_never_claims_that_what_was_tried_is_done(widget: Widget, page: Page) -> None:
    answer_all_no(widget)
    way = open_fold(widget, "The shortest way up")
    way.get_by_role("button", name=say("try")).click()
    expect(way.get_by_role("checkbox", name=f"{say('try_include')}: {NAMED}")).to_be_checked()

    page.emulate_media(media="print")

    expect(way.get_by_text(say("try_include")).first).to_be_hidden()
    expect(way.get_by_text(say("as_if_untouched"))).to_be_hidden()
    expect(way.get_by_role("link", name=NAMED)).to_be_visible()


def test_bars_of_combined_sections_show_what_a_point_counts_in_the_score(page: Page, widget_site: SiteFactory) -> None:
    text = TASK + "score: {combine: sections}\n"
    widget = open_widget(page, widget_site({"checklists/task.yml": text, "docs/index.md": "::: checklist task"}).url)
    widget.answer(ALL_BEST)
    why = open_fold(widget, say("why"))
    expect(why.locator("p").first).to_have_text(say("why_sections", score=say("score", score=100, top=100)))
    # 6 and 4 of the first section's 10 points, 2 and 2 of the second's 4: 60, 40, 50 and 50 per cent of a section.
    widths = "(bars) => bars.map((bar) => Math.round(bar.querySelector('rect').width.baseVal.value))"
    expect_of_all(why.locator("svg"), widths, [100, 67, 83, 83])


def test_section_that_does_not_count_loses_no_points(page: Page, widget_site: SiteFactory) -> None:
    text = (
        TASK.replace("    title: The terms\n", "    title: The terms\n    weight: 0\n") + "score: {combine: sections}\n"
    )
    widget = open_widget(page, widget_site({"checklists/task.yml": text, "docs/index.md": "::: checklist task"}).url)
    widget.answer({**ALL_BEST, SIGN: NO, SUPPLIES: NO})
    why = open_fold(widget, say("why"))
    sentences = [say("why_sections", score=say("score", score=60, top=100)), say("why_sections_idle")]
    expect(why.locator("p").first).to_have_text(" ".join(sentences))
    lost = why.get_by_role("listitem").filter(has_text=re.compile(r"\d lost$"))
    expect(lost).to_have_count(1)
    expect(lost).to_contain_text(SIGN)


@pytest.mark.material
def test_fold_that_is_open_at_first_stays_closed_once_the_reader_closed_it(
    page: Page, widget_site: SiteFactory
) -> None:
    bands = "    bands: [{id: fine, min: 50, title: Fine}, {id: weak, min: 0, title: Weak}]\n"
    text = TASK.replace("    title: The terms\n", f"    title: The terms\n{bands}")
    tree = {"checklists/task.yml": text, "docs/index.md": "# Home\n", "docs/whole.md": "::: checklist task level=1\n"}
    widget = open_widget(page, widget_site(tree).url + "whole/")
    widget.answer(MIXED)
    expect(widget.panel.locator("[data-verdict]")).to_be_visible()
    scores, why = fold(widget, say("by-section")), open_fold(widget, say("why"))
    expect(scores).to_have_js_property("open", True)
    scores.locator("> summary").press("Enter")
    expect(scores).to_have_js_property("open", False)

    # Material puts the content of the page anew when a link within it is followed.
    panel = widget.panel.element_handle()
    click_at_rest(why.get_by_role("link", name=SIGN))
    expect(page).to_have_url(re.compile("#task--sign$"))
    wait_until(page, "(old) => !old.isConnected", panel)
    expect(why).to_have_js_property("open", True)
    expect(scores).to_have_js_property("open", False)


@pytest.mark.material
def test_fold_is_still_open_when_the_reader_comes_back_from_a_question(page: Page, widget_site: SiteFactory) -> None:
    # Material puts the content of the page anew when a link within it is followed.
    widget = open_widget(page, widget_site(TREE).url + "whole/")
    widget.answer(MIXED)
    why = open_fold(widget, say("why"))

    click_at_rest(why.get_by_role("link", name=SIGN))
    expect(page).to_have_url(re.compile("#task--sign$"))

    expect(why.get_by_role("listitem")).to_have_count(4)
    expect(why).to_have_js_property("open", True)
    expect(fold(widget, say("method"))).to_have_js_property("open", False)
