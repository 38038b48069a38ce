"""On paper: everything is open, there is room to tick and to write, and nothing is printed that one would have to press."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PageObject, PdfReader

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.model.checklist import Checklist
from tests.browser.widget import (
    ALL_BEST,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    TREE,
    YES,
    Widget,
    open_widget,
    say,
    wait_for_widget,
    wait_until_stored,
)
from tests.helpers import REPOSITORY, Site, SiteFactory

GUIDE = "guides/eight-first-time-outsourcing-mistakes/"
BUTTONS = ("next", "clear", "reset", "undo", "confirm_button")


def printed(page: Page) -> str:
    """The text of the page as it is printed, with single spaces."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    return squeeze(" ".join(sheet.extract_text() for sheet in reader.pages))


def squeeze(text: str) -> str:
    # A line may be broken, and a word hyphenated, anywhere; ligatures come apart.
    return re.sub(r"[\s\u00ad\u2010-]+", "", text).replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff")


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    library = Library(REPOSITORY / "checklists")
    library.refresh()
    loaded = library.get("first-time-outsourcing")
    assert loaded is not None
    assert loaded.checklist is not None
    return loaded.checklist


def words_of(checklist: Checklist) -> list[str]:
    """What must be on paper in any case: every question and every answer, headings, templates, results."""
    texts = [checklist.title]
    for section in checklist.sections:
        texts += [section.title, *([section.label] if section.label else [])]
        for item in section.items:
            texts += [item.text, *(option.text for option in item.options or [])]
            texts += [line for line in (item.template or "").splitlines() if line.strip()]
    return texts + [band.title for band in checklist.bands]


def assert_complete(text: str, checklist: Checklist) -> None:
    assert [words for words in words_of(checklist) if squeeze(words) not in text] == []
    questions = sum(len(section.items) for section in checklist.sections)
    assert text.count(squeeze(say("unknown"))) >= questions


def test_unanswered_guide_is_complete_on_paper_with_room_for_the_score(
    page: Page, flagship: Site, checklist: Checklist
) -> None:
    open_widget(page, flagship.url + GUIDE, "first-time-outsourcing")
    text = printed(page)
    assert_complete(text, checklist)
    for message in BUTTONS:
        assert squeeze(say(message)) not in text, message
    assert squeeze(say("progress")) not in text
    assert squeeze(say("notice")) not in text
    assert squeeze(say("tally-before")) in text
    # With what each answer is worth, and each result needs, the score can be worked out by hand.
    assert "(6)" in text
    assert re.search(r"\d+to\d+points", text)


def test_answered_guide_on_paper_shows_the_result_with_all_that_is_to_do(
    page: Page, flagship: Site, checklist: Checklist
) -> None:
    widget = open_widget(page, flagship.url + GUIDE, "first-time-outsourcing")
    weak = [(item.text, (item.options or [])[-1].text) for section in checklist.sections for item in section.items]
    widget.answer(dict(weak))
    widget.expect_verdict(checklist.bands[-1].title)
    text = printed(page)
    assert_complete(text, checklist)
    for message in BUTTONS:
        assert squeeze(say(message)) not in text, message
    assert squeeze(say("verdict", band=checklist.bands[-1].title)) in text
    # Each is there as a question, and again, by its short title, in the list of what to do, folded on the screen.
    for section in checklist.sections:
        for item in section.items:
            assert text.count(squeeze(item.action or item.text)) >= (1 if item.action else 2), item.id
    assert squeeze(say("tally-before")) not in text


def test_printed_in_the_dark_it_is_ink_on_paper(page: Page, site_factory: SiteFactory) -> None:
    page.emulate_media(color_scheme="dark")
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer({NAMED: NO})
    page.emulate_media(media="print", color_scheme="dark")
    colour = widget.question(NAMED).locator("label").first.evaluate("(row) => getComputedStyle(row).color")
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    assert max(red, green, blue) < 90, colour


def test_print_style_opens_folds_and_hides_what_is_pressed(page: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    page.emulate_media(media="print")
    expect(widget.question(NAMED).get_by_text("The task: [verb]")).to_be_visible()
    expect(widget.question(NAMED).get_by_text("Write one sentence with a verb.")).to_be_visible()
    expect(widget.question(NAMED).get_by_text("Write the sentence down.")).to_be_visible()
    expect(widget.panel.get_by_text(say("tally-before"))).to_be_visible()
    expect(widget.parts.get_by_role("button")).to_have_count(0)
    expect(widget.bar).to_be_hidden()
    expect(widget.notice).to_be_hidden()
    expect(widget.parts.get_by_role("link", name=say("steps-link"))).to_be_hidden()
    # Themes keep folds whole, and a long one would leave the sheet before it empty.
    method = widget.panel.locator("details[data-method]")
    assert method.evaluate("(fold) => getComputedStyle(fold).breakInside") == "auto"
    box = widget.option(NAMED, YES).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 10

    page.emulate_media(media="screen")
    widget.answer(ALL_BEST | {NAMED: PARTLY, SIGN: NO})
    page.emulate_media(media="print")
    expect(widget.panel).to_contain_text(say("verdict", band="Not yet"))
    expect(widget.panel.get_by_text(say("tally-before"))).to_be_hidden()
    expect(widget.parts.get_by_role("button")).to_have_count(0)
    # Only what was answered is marked.
    marks = "(input) => getComputedStyle(input, '::before').content"
    assert widget.option(NAMED, PARTLY).evaluate(marks) not in ("none", "normal")
    assert widget.option(NAMED, NO).evaluate(marks) in ("none", "normal")


def test_list_of_tasks_is_not_taken_for_an_answer_on_paper(page: Page, flagship: Site) -> None:
    widget = open_widget(page, flagship.url + "guides/who-does-the-work/", "who-does-the-work")
    # The option that the list shows is `:checked`, as an answer would be.
    expect(widget.parts.locator("select option")).not_to_have_count(0)
    page.emulate_media(media="print")
    by_hand = widget.panel.get_by_text(say("by-hand"))
    expect(by_hand).to_be_visible()


# The page with the result, and the questions on each page before it.
PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "parts/": {"parts/": ("named", "sign", "supplies", "date")},
    "result/": {"first/": ("named", "sign"), "second/": ("supplies", "date")},
}


@pytest.mark.parametrize("path", PLACES)
def test_result_is_on_paper_wherever_the_questions_stand(page: Page, site_factory: SiteFactory, path: str) -> None:
    url = site_factory(TREE).url
    checklist = "task" if path == "parts/" else "spread"
    stored: dict[str, str] = {}
    for questions, items in PLACES[path].items():
        widget = open_widget(page, url + questions, checklist)
        for question in widget.parts.locator("fieldset").all():
            question.get_by_role("radio").first.check()
        stored |= dict.fromkeys(items, "yes")
        wait_until_stored(page, stored, checklist)
    page.goto(url + path)
    panel = Widget(page, checklist).panel
    expect(panel).to_contain_text(say("verdict", band="Ready to go"))
    page.emulate_media(media="print")
    expect(panel.get_by_text(say("verdict", band="Ready to go"))).to_be_visible()


def test_folds_close_again_after_printing(page: Page, flagship: Site, checklist: Checklist) -> None:
    widget = open_widget(page, flagship.url + GUIDE, "first-time-outsourcing")
    widget.answer(
        {item.text: (item.options or [])[-1].text for section in checklist.sections for item in section.items}
    )
    more = Widget(page, "first-time-outsourcing").panel.get_by_text(re.compile("more things to do"))
    expect(more).to_be_visible()
    page.pdf()
    wait_for_widget(widget)
    expect(more).to_be_visible()
    # Whatever printing has opened in the questions themselves is closed on the screen.
    template = next(item.template for section in checklist.sections for item in section.items if item.template)
    expect(widget.parts.locator("fieldset").get_by_text(template.splitlines()[0]).first).to_be_hidden()


HEADINGS = """() => [...document.querySelectorAll("article :is(h1, h2, h3, h4, h5, caption, summary, legend)")]
  .map((heading) => heading.innerText.replace("¶", ""))"""


@pytest.mark.slow
@pytest.mark.parametrize("guide", ["task-brief", "eight-first-time-outsourcing-mistakes", "who-does-the-work"])
def test_no_heading_of_a_guide_is_left_alone_at_the_foot_of_a_sheet(page: Page, flagship: Site, guide: str) -> None:
    page.goto(f"{flagship.url}guides/{guide}/")
    expect(page.locator("[data-notice]").first).not_to_be_empty()
    # What links to the guide may have the name of a heading.
    page.evaluate("for (const list of document.querySelectorAll('.checklist-related')) list.remove()")
    headings = {squeeze(heading) for heading in page.evaluate(HEADINGS)}
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    lines = [lines_of(sheet) for sheet in sheets]
    assert [sheet[-1] for sheet in lines if sheet[-1] in headings] == []
    # No sheet but the last is nearly empty.
    assert [len(sheet) for sheet in lines[:-1] if len(sheet) < 10] == []


def lines_of(sheet: PageObject) -> list[str]:
    """The lines of a sheet from above to below; in the file, the summary of a fold comes after what is in it."""
    found: dict[int, str] = {}

    def visit(text: str, matrix: list[float], position: list[float], *_: object) -> None:
        if text.strip():
            height = round(position[4] * matrix[1] + position[5] * matrix[3] + matrix[5])
            found[height] = found.get(height, "") + text

    sheet.extract_text(visitor_text=visit)
    return [squeeze(found[height]) for height in sorted(found, reverse=True)]
