"""Terms of the glossary where they are used: the platform's popover, by mouse, touch and keyboard, with and without scripts."""

import io
import re
from collections.abc import Callable
from unicodedata import normalize

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from tests.browser.test_accessibility import violations
from tests.browser.widget import Widget, wait_for_widget, wait_until
from tests.helpers import CONFIG_WITH_SEARCH, Site, SiteFactory

CHECKLIST = """\
title: Ready to go?
sections:
  - id: only
    title: All of it
    why: Somebody writes a statement of work first.
    items:
      - {id: named, text: Is the statement of work named?, scale: yes-no, recommend: Name it.}
bands:
  - {id: ready, min: 80, title: Ready}
  - {id: not-yet, min: 0, title: Not yet}
"""
GLOSSARY = """\
provider:
  term: provider
  also: [providers]
  text: Whoever does work for you from *outside*, one person or a whole firm.
statement-of-work:
  term: statement of work
  text: The page that says what a provider is to deliver, by when and at what price.
"""
FILLER = "Words that fill the line before it, so that the place of a word can be anywhere in it. "
TREE = {
    "mkdocs.yml": CONFIG_WITH_SEARCH,
    "checklists/ready.yml": CHECKLIST,
    "checklists/_glossary.yml": GLOSSARY,
    "docs/index.md": f"# Home\n\n{FILLER}A provider is needed. {FILLER * 4}\n\n{FILLER * 60}\n\n[Other](other.md)\n",
    "docs/other.md": f"# Other\n\n{FILLER}\n\n::: checklist ready\n",
    "docs/words.md": "# Words\n\n::: glossary-list\n",
    "docs/end.md": f"# End\n\n{FILLER * 60}\n\nHere is a provider.\n",
    "docs/plain.md": "# Plain\n\nNothing to explain.\n",
}
CLOSE = "Close"
DEFINITION = re.compile("Whoever does work for you from outside")


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def term(page: Page, name: str = "provider") -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def definition(page: Page) -> Locator:
    return page.get_by_role("note").filter(has_text=DEFINITION)


def box_of(locator: Locator) -> dict[str, float]:
    box = locator.bounding_box()
    assert box is not None
    x, y, width, height = box["x"], box["y"], box["width"], box["height"]
    return {"x": x, "y": y, "height": height, "right": x + width, "bottom": y + height}


def assert_in_view(page: Page, locator: Locator) -> None:
    box, view = box_of(locator), page.viewport_size
    assert view is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["right"] <= view["width"]
    assert box["bottom"] <= view["height"]


def test_definition_opens_and_closes_with_the_mouse(page: Page, url: str) -> None:
    page.goto(url)
    expect(definition(page)).to_be_hidden()
    term(page).click()
    expect(definition(page)).to_be_visible()
    page.get_by_role("heading", name="Home").click()
    expect(definition(page)).to_be_hidden()
    term(page).click()
    definition(page).get_by_role("button", name=CLOSE).click()
    expect(definition(page)).to_be_hidden()


def test_definition_opens_and_closes_with_the_keyboard(page: Page, url: str) -> None:
    page.goto(url)
    term(page).focus()
    page.keyboard.press("Enter")
    expect(definition(page)).to_be_visible()
    expect(term(page)).to_be_focused()
    # What it holds comes next.
    page.keyboard.press("Tab")
    expect(definition(page).get_by_role("link", name="In the glossary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(definition(page).get_by_role("button", name=CLOSE)).to_be_focused()
    page.keyboard.press("Escape")
    expect(definition(page)).to_be_hidden()
    expect(term(page)).to_be_focused()
    page.keyboard.press("Space")
    expect(definition(page)).to_be_visible()


def test_term_is_reached_with_the_tab_key_and_is_outlined(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("heading", name="Home").click()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('.checklist-term')"):
        assert page.evaluate("document.activeElement !== document.body")
        page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert re.search(r"\bsolid (?:[2-9]|\d\d)", outline), outline


@pytest.mark.parametrize("path", ["", "end/"])
@pytest.mark.browser_context_args(viewport={"width": 390, "height": 700}, has_touch=True)
def test_definition_opens_by_touch_and_stays_in_view_on_a_phone(page: Page, url: str, path: str) -> None:
    page.goto(url + path)
    term(page).tap()
    expect(definition(page)).to_be_visible()
    assert_in_view(page, definition(page))
    # Beside its word and not over it.
    word, text = box_of(term(page)), box_of(definition(page))
    assert text["y"] >= word["bottom"] - 1 or text["bottom"] <= word["y"] + 1
    close = box_of(definition(page).get_by_role("button", name=CLOSE))
    assert close["height"] >= 44
    definition(page).get_by_role("button", name=CLOSE).tap()
    expect(definition(page)).to_be_hidden()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.85])
@pytest.mark.browser_context_args(viewport={"width": 390, "height": 700}, has_touch=True)
def test_definition_is_seen_whole_wherever_its_word_stands_on_a_phone(page: Page, url: str, share: float) -> None:
    """A box that may scroll fits into one line above the lower edge, and into a few letters beside a word."""
    page.goto(url)
    term(page).evaluate(
        """(word, share) => {
            for (const place of ["before", "after"]) {
                const filler = document.createElement("div");
                filler.style.height = "2000px";
                word.closest("p")[place](filler);
            }
            scrollTo({ top: word.getBoundingClientRect().top + scrollY - innerHeight * share, behavior: "instant" });
        }""",
        share,
    )
    term(page).tap()
    expect(definition(page)).to_be_visible()
    assert_in_view(page, definition(page))
    assert definition(page).evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    text = box_of(definition(page))
    assert text["right"] - text["x"] >= 300


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(url)
    term(page).click()
    assert_in_view(page, definition(page))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_definition_is_opaque(page: Page, url: str, scheme: str) -> None:
    page.goto(url)
    page.evaluate(
        "scheme => { document.body.dataset.mdColorScheme = scheme === 'dark' ? 'slate' : 'default'; }", scheme
    )
    term(page).click()
    colour = definition(page).evaluate("element => getComputedStyle(element).backgroundColor")
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", colour), colour
    assert violations(page, include="[popover]:popover-open") == []


def test_word_reads_like_the_text_around_it(page: Page, url: str) -> None:
    page.goto(url)
    found = page.evaluate(
        """() => {
            const word = document.querySelector(".checklist-term");
            const [own, around] = [word, word.parentElement].map((element) => getComputedStyle(element));
            const names = ["color", "fontFamily", "fontSize", "fontWeight", "lineHeight"];
            return names.filter((name) => own[name] !== around[name]);
        }"""
    )
    assert found == []
    for name, value in (("background-color", "rgba(0, 0, 0, 0)"), ("border-top-style", "none"), ("padding", "0px")):
        expect(term(page)).to_have_css(name, value)


def test_definition_works_without_javascript(new_context: Callable[..., BrowserContext], url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url)
    expect(definition(page)).to_be_hidden()
    term(page).click()
    expect(definition(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(definition(page)).to_be_hidden()
    page.goto(f"{url}other/")
    term(page, "statement of work").click()
    expect(page.get_by_role("note").filter(has_text="The page that says")).to_be_visible()


def printed(page: Page) -> str:
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    # Some fonts join letters into one: "first" begins with such a sign.
    return " ".join(normalize("NFKC", text).split())


@pytest.mark.parametrize(
    ("path", "words"), [("", "A provider is needed."), ("other/", "writes a statement of work first.")]
)
def test_on_paper_only_the_word_is_left(page: Page, url: str, path: str, words: str) -> None:
    page.goto(url + path)
    page.locator(".checklist-term").first.click()
    text = printed(page)
    assert words in text
    assert "Whoever does" not in text
    assert "The page that says" not in text


def test_word_in_a_checklist_opens_its_definition_and_answers_go_on(page: Page, url: str) -> None:
    page.goto(f"{url}other/")
    widget = Widget(page, "ready")
    wait_for_widget(widget)
    term(page, "statement of work").click()
    note = page.get_by_role("note").filter(has_text="The page that says")
    expect(note).to_be_visible()
    assert_in_view(page, note)
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Yes").check()
    widget.expect_answered(1, 1)


def test_link_in_a_definition_leads_to_the_term_in_the_glossary(page: Page, url: str) -> None:
    page.goto(url)
    term(page).click()
    definition(page).get_by_role("link", name="In the glossary").click()
    page.wait_for_url("**/words/#term-provider")
    expect(page.get_by_role("term").filter(has_text="provider")).to_be_in_viewport()
    expect(page.get_by_role("button", name="provider")).to_have_count(0)


def test_definition_works_after_instant_navigation(page: Page, url: str) -> None:
    page.goto(f"{url}plain/")
    page.get_by_role("link", name="Home", exact=True).first.click()
    page.wait_for_url(url)
    expect(term(page)).to_be_visible()
    # The style sheet is named by pages with terms only.
    wait_until(
        page, "() => getComputedStyle(document.querySelector('.checklist-term')).textDecorationStyle === 'dotted'"
    )
    term(page).click()
    expect(definition(page)).to_be_visible()


def test_only_pages_with_terms_name_the_style_sheet(page: Page, url: str) -> None:
    for path, count in (("", 1), ("other/", 1), ("words/", 0), ("plain/", 0)):
        page.goto(url + path)
        assert page.locator("link[href$='terms.css']").count() == count, path


def test_search_finds_a_word_but_not_its_definition_on_every_page(site_factory: SiteFactory) -> None:
    site = site_factory(TREE)
    index = (site.site_dir / "search/search_index.json").read_text("utf-8")

    assert index.count("A provider is needed.") == 1
    assert index.count("Whoever does work") == 1  # in the glossary
    assert index.count(CLOSE) == 0


def test_axe_finds_nothing_on_a_page_with_terms(page: Page, url: str) -> None:
    for path in ("", "other/", "words/"):
        page.goto(url + path)
        assert violations(page, include="article") == []
    page.goto(url)
    term(page).click()
    assert violations(page, include="article") == []


@pytest.mark.parametrize("width", [390, 900, 1280])
def test_terms_of_a_guide_can_be_pressed_at_any_width(page: Page, flagship: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{flagship.url}guides/eight-first-time-outsourcing-mistakes/")
    button = page.locator(".checklist-term").first
    button.click()
    note = page.locator("[popover]:popover-open")
    expect(note).to_be_visible()
    assert_in_view(page, note)
    assert violations(page, include="[popover]:popover-open") == []
