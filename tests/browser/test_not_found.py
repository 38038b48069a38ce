"""The page for an address that is not there: it guesses which one was meant, and leads on without a guess too."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser_log import BrowserLog
from tests.helpers import Site

PATHS = [
    "",
    "about/",
    "authors/",
    "authors/decisions/",
    "authors/reference/",
    "guides/eight-first-time-outsourcing-mistakes/",
    "guides/five-costly-outsourcing-beliefs/",
    "guides/real-cost-of-outsourcing/",
    "guides/who-does-the-work/",
]


def take_refusal(log: BrowserLog) -> None:
    """The server answered with status 404, and nothing else went wrong."""
    assert [problem for problem in log.take() if "status of 404" not in problem] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("guides/who-does-the-wrok/", "guides/who-does-the-work/"),
        ("Guides/Real-Cost.html", "guides/real-cost-of-outsourcing/"),
        ("eight-mistakes", "guides/eight-first-time-outsourcing-mistakes/"),
        ("en/five_costly_believes/index.php", "guides/five-costly-outsourcing-beliefs/"),
    ],
)
def test_mistyped_address_is_answered_with_the_page_that_is_closest(
    page: Page, flagship: Site, browser_log: BrowserLog, typed: str, meant: str
) -> None:
    page.goto(flagship.url + typed)
    link = page.get_by_role("status").filter(has_text="Did you look for").get_by_role("link")
    expect(link).to_have_attribute("href", flagship.url + meant)
    # It bears the name that the navigation has for it.
    name = page.locator("nav.site-nav").locator(f'a[href$="{meant}"]').text_content()
    expect(link).to_have_text(name or "?")
    take_refusal(browser_log)
    link.click()
    expect(page).to_have_url(flagship.url + meant)


@pytest.mark.parametrize("typed", ["xyzzy", "wp-login.php", "%E0%A4%A", "guides/<img src=x onerror=alert(1)>/"])
def test_address_like_no_other_is_answered_without_a_guess(
    reading_page: Page, flagship: Site, browser_log: BrowserLog, typed: str
) -> None:
    page = reading_page
    with page.expect_response("**/sitemap.xml"):
        page.goto(flagship.url + typed)
    take_refusal(browser_log)
    assert closest(page, flagship, typed) is None
    expect(page.locator("[data-site-closest]")).to_be_empty()


def closest(page: Page, site: Site, typed: str, paths: list[str] = PATHS) -> Any:
    module = f"{site.url}assets/site/not-found.js"
    return page.evaluate(
        f"async ([typed, paths]) => (await import({json.dumps(module)})).closest(typed, paths)", [typed, paths]
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("about-us", "about/"),
        ("author/reference", "authors/reference/"),
        ("decisions", "authors/decisions/"),
        ("guides/", None),  # The name of a folder alone says nothing.
        ("", None),
        ("-" * 5000, None),
        ("who-does-the-work-" * 500, "guides/who-does-the-work/"),
    ],
)
def test_closest_address(reading_page: Page, flagship: Site, typed: str, meant: str | None) -> None:
    reading_page.goto(flagship.url)
    assert closest(reading_page, flagship, typed) == meant


def test_no_addresses_have_no_closest(reading_page: Page, flagship: Site) -> None:
    reading_page.goto(flagship.url)
    assert closest(reading_page, flagship, "about", []) is None


@pytest.mark.page_errors("the sitemap can't be had")
def test_without_a_sitemap_the_page_stays_as_it_is(page: Page, flagship: Site) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/sitemap.xml", refuse)
    with page.expect_event("requestfailed"):
        page.goto(flagship.url + "abuot/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not here")
    expect(page.locator("[data-site-closest]")).to_be_empty()


def test_without_scripts_the_page_leads_on(
    new_context: Callable[..., BrowserContext], flagship: Site, browser_log: BrowserLog
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(flagship.url + "guides/who-does-the-wrok/")
    expect(page.get_by_role("article").get_by_role("link", name="Who should do this work?")).to_be_visible()
    take_refusal(browser_log)


def test_four_ways_into_the_site_are_offered_wherever_the_address_is(
    page: Page, flagship: Site, browser_log: BrowserLog
) -> None:
    page.goto(f"{flagship.url}a/b/c")
    take_refusal(browser_log)
    links = page.get_by_role("article").locator('a[href*="/start/#"]')
    anchors = [link.get_attribute("href") for link in links.all()]
    names = ["overwhelmed", "went-wrong", "automate", "hiring"]
    # Material's script writes addresses out.
    assert [urljoin(page.url, anchor or "") for anchor in anchors] == [f"{flagship.url}start/#{name}" for name in names]
    start = (flagship.site_dir / "start/index.html").read_text("utf-8")
    assert all(f'id="{name}"' in start for name in names)


def test_search_opens_with_the_words_of_an_address(page: Page, searchable_flagship: Site) -> None:
    # So says the structured data of the home page.
    page.goto(f"{searchable_flagship.url}?q=contract")
    expect(page.get_by_role("textbox", name="Search")).to_have_value("contract")
    expect(page.locator(".md-search-result__item a").first).to_be_visible()
