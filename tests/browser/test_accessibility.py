"""Nobody is left out: axe finds nothing, and colour, width, zoom, direction and motion take nothing away."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.widget import (
    ALL_BEST,
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
    open_widget,
    say,
    wait_for_widget,
    write_checklist,
)
from tests.helpers import REPOSITORY, Site, SiteFactory
from tests.sampling import mostly_slow

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.0 to 2.2, levels A and AA, and what axe counts as good practice."""

GUIDE = "guides/eight-first-time-outsourcing-mistakes/"
CONTENT = REPOSITORY / "content"
SOURCES = sorted(file.relative_to(CONTENT).with_suffix("").as_posix() for file in CONTENT.rglob("*.md"))
PAGES = [*(re.sub(r"(^|/)index/$", r"\1", f"{source}/") for source in SOURCES), "404.html"]

ACCEPTED = {
    # Material wraps the buttons of each code block in a `nav` without a name. It is the theme's script that does so, after
    # the page has loaded. No success criterion asks for names of landmarks.
    # https://dequeuniversity.com/rules/axe/4.10/landmark-unique
    ("landmark-unique", "md-code__nav"),
}
"""Rule, and a part of the address of an element, of what is not ours to mend."""

NewContext = Callable[..., BrowserContext]


# Axe works out a colour anew for each ancestor of each text, though a page has few of them: a quarter of all it does.
REMEMBER_COLOURS = """
(() => {
    const { prototype } = axe.commons.color.Color;
    const { parseString } = prototype;
    const known = new Map();
    prototype.parseString = function (text) {
        const colour = known.get(text);
        if (colour) {
            [this.r, this.g, this.b, this.alpha] = colour;
            return this;
        }
        const parsed = parseString.call(this, text);
        known.set(text, [this.r, this.g, this.b, this.alpha]);
        return parsed;
    };
})();
"""
AXE_SCRIPT = Axe().axe_script + REMEMBER_COLOURS


def violations(page: Page, rules: list[str] | None = None, include: str | None = None) -> list[str]:
    """What axe finds, one line for each element: rule, where, why. All rules of `TAGS`, or the given ones."""
    run = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": run, "resultTypes": ["violations"]}
    found = page.evaluate("([place, options]) => axe.run(place ?? document, options)", [include, options])
    return [
        f"{violation['id']}: {target}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
        for target in [" ".join(map(str, node["target"]))]
        if not any(violation["id"] == rule and place in target for rule, place in ACCEPTED)
    ]


def answer_guide(page: Page, site: Site) -> Widget:
    """The guide with every question answered: the first with "I don't know", the others with their last option."""
    widget = open_widget(page, site.url + GUIDE, "first-time-outsourcing")
    # In one go: how one answers is not what these tests are about.
    page.evaluate("""() => {
        for (const [at, fieldset] of document.querySelectorAll("scored-checklist fieldset").entries()) {
            const options = [...fieldset.querySelectorAll("input[data-points]")];
            options.filter((option) => (option.value === "unknown") === (at === 0)).at(-1).click();
        }
    }""")
    expect(widget.panel.get_by_role("heading", name=say("find_out"))).to_be_visible()
    open_all_folds(widget)
    return widget


def open_all_folds(widget: Widget) -> None:
    """Also the last one to come, with what it shows on trial."""
    try_it = widget.panel.get_by_role("button", name=say("try"), include_hidden=True)
    expect(try_it).to_be_attached()
    widget.parts.locator("details").evaluate_all("(folds) => { for (const fold of folds) fold.open = true; }")
    try_it.click()
    expect(widget.panel.get_by_text(say("as_if_untouched"))).to_be_visible()
    expect(widget.panel.get_by_text(say("method-revision", revision=1))).to_be_visible()


# --- the flagship site --------------------------------------------------------------------------------------------


def test_list_of_pages_is_complete(flagship: Site) -> None:
    built = {file.relative_to(flagship.site_dir).as_posix() for file in flagship.site_dir.rglob("*.html")}
    assert built == {name if name.endswith(".html") else f"{name}index.html" for name in PAGES}


# In other schemes and widths only colours and sizes are others.
LOOKS = ["color-contrast", "target-size", "link-in-text-block"]


@pytest.mark.parametrize("path", mostly_slow(PAGES, kept=6))
def test_page_of_the_site_has_no_violation_and_fits(reading_page: Page, flagship: Site, path: str) -> None:
    page = reading_page
    page.goto(flagship.url + path)
    for element in page.locator("scored-checklist").all():
        wait_for_widget(Widget(page, element.get_attribute("data-checklist") or ""))
    assert violations(page) == []

    sideways = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(sideways) <= 0
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(sideways) <= 0
    assert violations(page, LOOKS) == []


def test_open_search_has_no_violation(page: Page, searchable_flagship: Site) -> None:
    page.goto(searchable_flagship.url)
    field = page.get_by_role("textbox", name="Search")
    field.fill("task")
    field.press("End")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert violations(page) == []


def test_answered_guide_has_no_violation(page: Page, flagship: Site) -> None:
    answer_guide(page, flagship)
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_colours_and_targets_of_an_answered_guide_are_clear(
    new_context: NewContext, flagship: Site, scheme: str, width: int
) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    answer_guide(page, flagship)
    assert violations(page, LOOKS) == []


# --- the widget alone ---------------------------------------------------------------------------------------------

BARE = {
    "mkdocs.yml": "site_name: Bare\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [search, checklists]\n",
    **{path: text for path, text in TREE.items() if path.startswith("checklists/")},
    "docs/index.md": "# Bare\n\n::: checklist task\n",
    "docs/parts.md": TREE["docs/parts.md"],
}


@pytest.mark.parametrize("path", ["", "parts/"])
def test_widget_has_no_violation_in_a_bare_theme(page: Page, site_factory: SiteFactory, path: str) -> None:
    widget = open_widget(page, site_factory(BARE).url + path)
    assert violations(page, include="scored-checklist") == []
    widget.answer({NAMED: PARTLY, SIGN: NO, SUPPLIES: UNKNOWN})
    expect(widget.panel).to_contain_text(say("to_do"))
    assert violations(page, include="scored-checklist") == []
    widget.press("reset")
    expect(widget.button("undo")).to_be_visible()
    assert violations(page, include="scored-checklist") == []


def test_heard_structure_of_a_question_is_that_of_a_group_of_radio_buttons(
    page: Page, site_factory: SiteFactory
) -> None:
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer({NAMED: PARTLY})
    expect(widget.question(NAMED)).to_match_aria_snapshot(f"""
      - group "{NAMED} {say("critical")}":
        - heading "{NAMED}" [level=3]
        - text: {say("critical")}
        - paragraph
        - radio "{YES}"
        - radio "{PARTLY}" [checked]
        - radio "{NO}"
        - radio "{UNKNOWN}"
        - button "{say("clear")}"
    """)


def test_picture_of_the_scale_is_said_in_words(page: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer(ALL_BEST)
    widget.expect_score(100)
    # Pictures are for the eye only; a number and a word stand beside each.
    for picture in widget.parts.locator("svg, meter, progress").all():
        expect(picture).to_have_attribute("aria-hidden", "true")
    for row in widget.panel.get_by_role("row").all():
        expect(row).to_contain_text(say("score", score=100, top=100))


# --- without colour, without motion, on a narrow screen, the other way round ---------------------------------------

LOOK = """(input) => {
    const styles = [input, input.closest("label")].map((element) => getComputedStyle(element));
    return styles.map((s) => [s.outlineStyle, s.outlineWidth, s.borderTopWidth, s.borderTopStyle, s.fontWeight].join());
}"""


def test_chosen_option_is_told_without_colour_when_colours_are_forced(
    new_context: NewContext, site_factory: SiteFactory
) -> None:
    page = new_context(forced_colors="active").new_page()
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer({NAMED: PARTLY})
    page.get_by_role("heading", level=1).click()
    chosen, other = widget.option(NAMED, PARTLY), widget.option(NAMED, YES)
    # A native radio button shows its dot by itself, and the row has an outline of its own.
    assert chosen.evaluate("(input) => getComputedStyle(input).appearance") in {"auto", "radio"}
    assert chosen.evaluate(LOOK) != other.evaluate(LOOK)


def test_pictures_keep_to_forced_colours(new_context: NewContext, site_factory: SiteFactory) -> None:
    page = new_context(forced_colors="active").new_page()
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer({NAMED: PARTLY})
    fills = widget.panel.locator("[data-scale] rect").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).fill)"
    )
    assert len(fills) == 3
    assert len(set(fills)) == 1
    progress = widget.bar.locator("progress")
    filled = progress.screenshot()
    progress.evaluate("(one) => { one.value = 0; }")
    assert progress.screenshot() != filled


def test_chosen_option_is_told_in_shades_of_grey(page: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer({NAMED: PARTLY})
    for answer in (YES, PARTLY):
        input_ = widget.option(NAMED, answer)
        assert input_.evaluate("(input) => getComputedStyle(input).appearance") in {"auto", "radio"}
        box = input_.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 13


def test_nothing_moves_for_those_who_asked_for_that(page: Page, site_factory: SiteFactory) -> None:
    page.emulate_media(reduced_motion="reduce")
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer(ALL_BEST | {NAMED: NO})
    expect(widget.question(NAMED).get_by_text("Write one sentence")).to_be_visible()
    moving = page.evaluate("""() => [...document.querySelectorAll("scored-checklist, scored-checklist *")].filter((element) => {
        const style = getComputedStyle(element);
        const lasts = (times) => times.split(", ").some((time) => parseFloat(time) > 0);
        return (style.animationName !== "none" && lasts(style.animationDuration)) || lasts(style.transitionDuration);
    }).map((element) => element.outerHTML.slice(0, 80))""")
    assert moving == []


# Pairs of things that lie over one another: the bar and what is pressed or read, when both are in view.
OVERLAPS = """() => {
    const bars = [...document.querySelectorAll("scored-checklist [role=group]:has(progress) > *")];
    const controls = [...document.querySelectorAll("scored-checklist :is(label, button, legend, summary, table)")];
    const box = (element) => element.getBoundingClientRect();
    const overlap = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const isThere = (element) => element.checkVisibility() && box(element).width;
    const shown = controls.filter((element) => isThere(element) && !bars.some((bar) => bar.contains(element)));
    return shown.flatMap((one, at) => shown.slice(at + 1)
        .filter((two) => !one.contains(two) && !two.contains(one) && overlap(box(one), box(two)))
        .map((two) => `${one.textContent} / ${two.textContent}`));
}"""


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OVERLAPS) == []


RTL = {
    "mkdocs.yml": (
        "site_name: Right to left\ntheme: {name: material, font: false, language: he, direction: rtl}\n"
        # English words would run from left to right.
        "plugins: [search, {checklists: {messages: {none: אין עדיין תשובות}}}]\n"
    ),
    "checklists/task.yml": write_checklist(
        "האם המשימה מוגדרת במשפט אחד?", "האם יש סימן שכל אחד יכול לבדוק?", title="רשימת בדיקה"
    ),
    "docs/index.md": "# בית\n\n::: checklist task\n",
}


@pytest.mark.parametrize("width", [320, 1280])
def test_page_that_runs_from_right_to_left_fits_and_mirrors(
    new_context: NewContext, site_factory: SiteFactory, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 700}).new_page()
    widget = open_widget(page, site_factory(RTL).url)
    assert page.evaluate("getComputedStyle(document.querySelector('scored-checklist')).direction") == "rtl"
    widget.parts.get_by_role("radio", name=PARTLY).first.check()
    widget.parts.get_by_role("radio", name=NO, exact=True).last.check()
    widget.expect_answered(2, 2)
    open_all_folds(widget)
    assert_fits(page)
    # The button of an option stands at the start of its row: on the right.
    row = widget.parts.locator("label").first
    radio = row.get_by_role("radio")
    row_box, radio_box = row.bounding_box(), radio.bounding_box()
    assert row_box is not None
    assert radio_box is not None
    assert radio_box["x"] - row_box["x"] > row_box["width"] / 2
    # The scale begins on the right as its numbers do.
    starts = widget.panel.locator("[data-scale] rect").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().x)"
    )
    assert starts == sorted(starts, reverse=True)


def test_very_long_words_fit_in_a_bare_theme(new_context: NewContext, site_factory: SiteFactory) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    long = TASK
    for words in (
        NAMED,
        "The task itself",
        "Not yet",
        "Only in my head",
        "Write the sentence down.",
        "A few days of work.",
    ):
        long = long.replace(words, word)
    config = "site_name: Bare\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [search, checklists]\n"
    tree = {"mkdocs.yml": config, "checklists/task.yml": long, "docs/index.md": "::: checklist task\n"}
    page = new_context(viewport={"width": 320, "height": 700}).new_page()
    widget = open_widget(page, site_factory(tree).url)
    for question in widget.parts.locator("fieldset").all():
        question.get_by_role("radio").nth(2).check()
    widget.expect_answered(4)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


VIEWS: dict[str, dict[str, Any]] = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "390 px": {"viewport": {"width": 390, "height": 800}},
    # A window of 1280 by 800 at 200 %.
    "200 % zoom": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "1280 px": {"viewport": {"width": 1280, "height": 800}},
}


@pytest.mark.parametrize("view", VIEWS)
def test_answered_guide_never_scrolls_sideways_and_nothing_overlaps(
    new_context: NewContext, flagship: Site, view: str
) -> None:
    options = VIEWS[view]
    page = new_context(**options).new_page()
    widget = answer_guide(page, flagship)
    assert_fits(page)
    # The bar is in view with everything in it, and leaves most of the window to the questions.
    widget.parts.locator("fieldset").first.scroll_into_view_if_needed()
    bar = widget.bar.locator("> *").bounding_box()
    assert bar is not None
    height = options["viewport"]["height"]
    assert bar["y"] >= 0
    assert bar["y"] + bar["height"] <= height
    if options["viewport"]["width"] < 700:
        assert bar["height"] <= height / 4


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_that_is_pressed_is_large_enough(
    new_context: NewContext, site_factory: SiteFactory, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 700}).new_page()
    widget = open_widget(page, site_factory(TREE).url + "whole/")
    widget.answer({NAMED: NO, SIGN: NO})
    heights = page.evaluate("""() => [...document.querySelectorAll("scored-checklist :is(label, button)")]
        .map((element) => [element.textContent, element.getBoundingClientRect().height]).filter(([, height]) => height)""")
    assert [pair for pair in heights if pair[1] < 44] == []
