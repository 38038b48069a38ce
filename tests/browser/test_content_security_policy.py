"""The site does all that it does under its strict policy. Any refusal fails the test in whose page it happened."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget import ALL_BEST, TASK, Widget, open_widget, say, wait_for_widget
from tests.browser_log import BrowserLog
from tests.helpers import REPOSITORY, Site, build_site, serve, write_tree
from tests.sampling import mostly_slow

GUIDE = "guides/eight-first-time-outsourcing-mistakes/"
TITLE = "Eight first-time outsourcing mistakes"
CONTENT = REPOSITORY / "content"
SOURCES = sorted(file.relative_to(CONTENT).with_suffix("").as_posix() for file in CONTENT.rglob("*.md"))
PAGES = [*(f"{source}/".removesuffix("index/") for source in SOURCES), "not/there/"]

# What text that became markup would do.
TRY = """() => {
    window.ran = [];
    const put = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
    put("script", { textContent: "ran.push('script')" });
    put("div", { innerHTML: "<img src=data:, onerror=\\"ran.push('handler')\\"><b style='color: red'>x</b>" });
}"""


@pytest.mark.parametrize("path", mostly_slow(PAGES, kept=6))
def test_policy_is_in_force_on_every_page(
    reading_page: Page, flagship: Site, browser_log: BrowserLog, path: str
) -> None:
    page = reading_page
    page.goto(flagship.url + path)
    page.evaluate("document.fonts.ready.then(() => true)")
    # The page that a server shows for an address that is not there is an error by its status, and by nothing else.
    assert [problem for problem in browser_log.take() if "status of 404" not in problem] == []
    page.evaluate(TRY)
    assert page.evaluate("getComputedStyle(document.querySelector('div:last-of-type > b')).color") != "rgb(255, 0, 0)"
    refused = browser_log.take()
    assert len([problem for problem in refused if "script-src 'self'" in problem]) >= 2, refused
    assert len([problem for problem in refused if "style-src 'self'" in problem]) == 1, refused
    assert page.evaluate("ran") == []


def test_search_works_from_its_worker(page: Page, searchable_flagship: Site) -> None:
    page.goto(searchable_flagship.url)
    field = page.get_by_role("textbox", name="Search")
    field.fill("contract")
    field.press("End")  # Material listens to keys.
    result = page.locator(".md-search-result__item a").first
    expect(result).to_be_visible()
    assert [worker.url.rpartition("/workers/")[2][:7] for worker in page.workers] == ["search."]
    result.click()
    expect(page.locator("article mark").first).to_be_attached()


@pytest.mark.parametrize("start", ["", "authors/reference/"])
def test_pages_that_are_swapped_in_work_under_the_policy_of_the_first(page: Page, flagship: Site, start: str) -> None:
    # Pages of another depth have other scripts of Material's: the reader keeps the policy of the page she came in by.
    page.goto(flagship.url + start)
    page.evaluate("window.stillHere = true")
    heading = page.get_by_role("heading", level=1)
    first = heading.inner_text()
    page.locator(f'a[href$="{GUIDE}"]:visible').first.click()
    expect(heading).to_contain_text(TITLE)
    widget = Widget(page, "first-time-outsourcing")
    wait_for_widget(widget)
    widget.parts.get_by_role("radio").first.check()
    expect(widget.panel).to_contain_text(say("provisional"))
    # Material runs the scripts of the page that came: here the one that opens the tab which an address names.
    assert page.locator("[data-md-component=container] script:not([src])").count() == 1
    page.go_back()
    expect(heading).to_have_text(first)
    page.go_forward()
    expect(heading).to_contain_text(TITLE)
    assert page.evaluate("stillHere")
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1


def test_colours_copying_menu_notes_and_print_work(page: Page, flagship: Site) -> None:
    page.goto(flagship.url + "authors/")
    body = page.locator("body")
    toggle = page.locator("[data-md-component=palette] label:visible")
    for media in ("(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"):
        toggle.click()
        expect(body).to_have_attribute("data-md-color-media", media)
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")

    block = page.locator(".highlight").first
    block.hover()
    block.get_by_role("button", name="Copy to clipboard").click()
    expect(page.locator("[data-md-component=dialog]")).to_contain_text("Copied to clipboard")

    page.set_viewport_size({"width": 400, "height": 800})
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Navigation").locator(f'a[href$="{GUIDE}"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    page.locator("a.footnote-ref").first.click()
    expect(page.locator("li:target")).to_be_in_viewport()

    page.emulate_media(media="print")
    assert page.pdf().startswith(b"%PDF")


def test_widget_needs_no_more_than_its_own_site(page: Page, tmp_path: Path) -> None:
    tree = {
        "mkdocs.yml": "site_name: Plain\ntheme: {name: null, custom_dir: theme}\nplugins: [checklists]\n",
        "theme/main.html": (
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>Plain</title>"
            '{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}'
            "{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}"
            "</head><body>{{ page.content }}</body></html>"
        ),
        "checklists/task.yml": TASK,
        "docs/index.md": "::: checklist task level=1\n",
    }
    headers = {"Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'"}
    with serve(tmp_path / "site", page_headers=headers) as url:
        build_site(write_tree(tmp_path, tree), site_url=url).check()
        widget = open_widget(page, url)
        widget.answer(ALL_BEST)
        widget.expect_verdict("Ready to go")
        widget.press("reset")
        widget.expect_answers({})
        widget.button("undo").click()
        widget.expect_answers(ALL_BEST)
        page.goto("about:blank")
