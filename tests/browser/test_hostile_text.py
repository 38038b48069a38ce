"""Text is text: whatever an author, the store or an address holds, the page shows it and runs nothing of it."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.widget import (
    NAMED,
    NO,
    SIGN,
    TREE,
    YES,
    Widget,
    a_run,
    an_entry,
    open_widget,
    say,
    slot_of,
    store,
    store_expression,
    wait_for_widget,
    wait_until,
    wait_until_stored,
)
from tests.helpers import CONFIG_WITH_SEARCH, SiteFactory

RUN = "window.executed=true"
NASTY = (
    f'<img src=x onerror="{RUN}"> <script>{RUN}</script> <b>bold</b> </fieldset></form> <!-- --> &lt;b&gt; &amp; & &#60; '
    "{braces} {{ config.site_name }} {% raw %} {: .attribute onclick=alert(1) } {#id} {count} <angle> "
    "🙂 👩‍👩‍👧 עברית و عربى \u202eright-to-left\u202c é"
)
"""No Markdown in it, which is meant to work in some of the fields, but for the names of characters."""

IN_MARKDOWN = NASTY.replace("&lt;b&gt; &amp; & &#60;", "<b> & & <")

LONG = "word " * 1999 + "words"
UNBROKEN = "x" * 10_000

assert len(LONG) == len(UNBROKEN) == 10_000


def hostile(text: str) -> str:
    """A checklist with a text in every field that takes one, each with a word of its own so that it can be found."""

    def say_it(field: str) -> str:
        return f"The {field}: {text}"

    options = [
        {"id": "yes", "text": say_it("best"), "points": 2},
        {"id": "no", "text": say_it("worst"), "points": 0},
    ]
    item = {
        "text": say_it("question"),
        "help": say_it("help"),
        "options": options,
        "caps": {"no": "low"},
        "recommend": {"no": say_it("advice")},
        "cost": say_it("cost"),
        "effort": "20 min",
        "template": say_it("template").replace("{", "{{"),
    }
    data = {
        "title": say_it("title"),
        "summary": say_it("summary"),
        "sections": [
            {
                "id": "one",
                "label": say_it("label"),
                "title": say_it("section"),
                "why": say_it("why"),
                "signs": [say_it("sign")],
                "remedies": [say_it("remedy")],
                "items": [{"id": "first", **item}],
            },
            {"id": "two", "title": "Plain", "items": [{"id": "constructor", "text": "Second?", "options": options}]},
        ],
        "bands": [
            {"id": "high", "min": 80, "title": say_it("upper band"), "text": say_it("text of a band")},
            {"id": "low", "min": 0, "title": say_it("lower band"), "text": say_it("text of the other band")},
        ],
    }
    # JSON is YAML.
    return json.dumps(data, ensure_ascii=False, indent=1)


def tree(text: str) -> dict[str, str]:
    return {
        "checklists/hostile.yml": hostile(text),
        "docs/index.md": "# Home\n",
        "docs/page.md": "::: checklist hostile level=1\n",
        "docs/panel.md": "# Panel\n\n::: score hostile\n",
    }


@pytest.fixture(autouse=True)
def nothing_is_executed(page: Page) -> Any:
    """Watches for what an injected script would do; the browser log watches the console."""
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    yield
    assert dialogs == []
    assert page.evaluate("window.executed") is None
    # Nothing of the text became an element, wherever it was put.
    made = "document.querySelectorAll('img[src=x], angle, [onclick], [onerror], .attribute, #id, fieldset b, fieldset script')"
    assert page.evaluate(f"{made}.length") == 0


def shown(text: str) -> re.Pattern[str]:
    """A text as it stands on the page, however white space is broken."""
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))


def test_markup_in_any_field_is_shown_as_text_in_the_page(page: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(page, site_factory(tree(NASTY)).url + "page/", "hostile")
    for field in ("best", "worst", "question", "cost", "section", "label", "upper band", "lower band"):
        expect(widget.parts).to_contain_text(shown(f"The {field}: {NASTY}"))
    for field in ("help", "why", "sign", "remedy", "summary", "text of a band", "text of the other band"):
        expect(widget.parts).to_contain_text(shown(f"The {field}: {IN_MARKDOWN}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(shown(f"The title: {NASTY}"))
    question = widget.parts.locator("fieldset").filter(has_text="The question:")
    question.get_by_role("radio").nth(1).check()
    widget.parts.get_by_role("radio", name="The best").nth(1).check()
    expect(question.get_by_text("The advice:")).to_have_text(shown(f"The advice: {IN_MARKDOWN}"))
    question.get_by_text(say("template")).click()
    expect(question.locator("pre")).to_have_text(shown(f"The template: {NASTY}"))
    # What the script writes: the verdict, what capped it, the answer, what to do.
    expect(widget.panel).to_contain_text(shown(say("verdict", band=f"The lower band: {NASTY}")))
    expect(widget.panel.get_by_role("listitem").filter(has_text="The advice:").first).to_contain_text(
        shown(f"The advice: {IN_MARKDOWN}")
    )
    expect(widget.bar).to_contain_text(shown(f"The lower band: {NASTY}"))
    expect(widget.live).to_contain_text(shown(f"The lower band: {NASTY}"))


def test_markup_is_text_in_title_navigation_and_contents(page: Page, site_factory: SiteFactory) -> None:
    page.goto(site_factory(tree(NASTY)).url + "page/")
    assert shown(f"The title: {NASTY}").search(page.title()), page.title()
    links = page.get_by_role("navigation").get_by_role("link")
    expect(links.filter(has_text="The title:").first).to_have_text(shown(f"The title: {NASTY}"))
    contents = (
        page.get_by_role("navigation", name="Table of contents").get_by_role("link").filter(has_text="The section:")
    )
    expect(contents.first).to_contain_text(shown(f"The section: {NASTY}"))


def test_markup_is_text_in_the_result_on_another_page(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(tree(NASTY)).url
    widget = open_widget(page, url + "page/", "hostile")
    for name in ("The worst", "The worst"):
        widget.parts.get_by_role("radio", name=name).nth(0).check()
    widget.parts.get_by_role("radio", name="The worst").nth(1).check()
    wait_until_stored(page, {"first": "no", "constructor": "no"}, "hostile")
    page.goto(url + "panel/")
    expect(widget.panel.get_by_role("link", name="The question:").first).to_have_text(shown(f"The question: {NASTY}"))
    widget.open("by-section")
    expect(widget.panel.get_by_role("table")).to_contain_text(shown(f"The label: {NASTY}: The section: {NASTY}"))


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("upper", True),
        ("braces", None),
        ("<angle>", None),
        ("{{ config.site_name }}", None),
        ('<img src=x onerror="window.executed=true">', None),
    ],
)
def test_markup_is_text_in_the_search(page: Page, site_factory: SiteFactory, query: str, is_found: bool | None) -> None:
    page.goto(site_factory({"mkdocs.yml": CONFIG_WITH_SEARCH, **tree(NASTY)}).url)
    field = page.get_by_role("textbox", name="Search")
    field.fill(query)
    field.press("End")  # Material listens to keys.
    output = page.locator(".md-search-result")
    # Whether the theme finds a word that is wrapped in signs is its own affair; what it then says is ours.
    expect(output).to_contain_text(re.compile(r"(No|\d+) matching documents?", re.IGNORECASE))
    if is_found:
        expect(output).to_contain_text(shown(f"The title: {NASTY}"))
    expect(output.locator("img, script, angle")).to_have_count(0)


@pytest.mark.parametrize("text", [LONG, UNBROKEN], ids=["many words", "one word"])
def test_ten_thousand_characters_are_shown_and_fit(page: Page, site_factory: SiteFactory, text: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    widget = open_widget(page, site_factory(tree(text)).url + "page/", "hostile")
    widget.parts.get_by_role("radio", name="The worst").nth(0).check()
    widget.parts.get_by_role("radio", name="The best").nth(1).check()
    expect(widget.panel.get_by_role("listitem").filter(has_text="The advice:").first).to_contain_text(text)
    for field in ("question", "help", "section", "why", "upper band"):
        expect(widget.parts).to_contain_text(f"The {field}: {text}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


# --- the store and the address ------------------------------------------------------------------------------------


def test_hostile_values_in_the_store_are_neither_run_nor_lost(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    page.goto(url)
    answers: dict[str, Any] = {
        NASTY: an_entry(NASTY),
        "constructor": an_entry("constructor"),
        "toString": an_entry("yes"),
        '"] , [x="': an_entry("yes"),
        "": an_entry(""),
        "sign": an_entry('no"], [value="yes'),
        "date": an_entry("__proto__"),
        "supplies": an_entry("x" * 100_000),
        "named": an_entry("no"),
    }
    store(page, (slot_of(url), a_run(answers)))
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({NAMED: NO})
    widget.expect_answered(1)
    widget.answer({SIGN: YES})
    wait_until_stored(page, {name: entry["choice"] for name, entry in answers.items()} | {"sign": "yes"})


def test_names_that_objects_are_born_with_do_no_harm_in_the_store(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    page.goto(url)
    entry = json.dumps(an_entry("no"))
    record = f'{{"format":1,"revision":1,"answers":{{"__proto__":{entry},"hasOwnProperty":1}}}}'
    store_expression(page, slot_of(url), f"JSON.parse({record!r})")
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({})
    expect(widget.notice).to_contain_text(say("notice_set_aside"))
    widget.answer({NAMED: NO})
    widget.expect_answered(1)
    wait_until(page, "() => document.querySelector('input:checked')")
    assert page.evaluate("({}).choice") is None
    page.reload()
    wait_for_widget(widget)
    widget.expect_answers({NAMED: NO})


@pytest.mark.parametrize(
    "fragment",
    [
        f'<img src=x onerror="{RUN}">',
        f"javascript:{RUN}",
        '"],[x="',
        "%00%ff",
        "__proto__",
        "task--" + "x" * 10_000,
        "a=1&task=named:no",
    ],
)
def test_hostile_fragment_changes_nothing(page: Page, site_factory: SiteFactory, fragment: str) -> None:
    url = f"{site_factory(TREE).url}whole/#{fragment}"
    widget = open_widget(page, url)
    widget.expect_answers({})
    widget.answer({NAMED: NO})
    widget.expect_answered(1)


def test_hostile_page_address_is_no_part_of_the_store_of_another_site(page: Page, site_factory: SiteFactory) -> None:
    page.goto(site_factory(TREE).url + "whole/?x=<script>#<script>")
    widget = Widget(page)
    wait_for_widget(widget)
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
