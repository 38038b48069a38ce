"""The block of related pages as a reader meets it: its landmark, its folds, its links to the very place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_accessibility import assert_fits, violations
from tests.browser.widget import TASK, say
from tests.helpers import CONFIG_WITH_SEARCH, SiteFactory

NewContext = Callable[..., BrowserContext]

PLACES = "".join(f"## Place number {n} with a long heading\n\nSee [the plan](plan.md).\n\n" for n in range(1, 6))
TREE = {
    "mkdocs.yml": CONFIG_WITH_SEARCH.replace("checklists]", "checklists: {guides: [guides/*.md]}]"),
    "checklists/task.yml": TASK.replace(
        "        recommend: Choose one number or date.\n",
        "        recommend: Choose one.\n        see: /guides/plan.md\n",
    ),
    "docs/index.md": "# Home\n\n[Plan](guides/plan.md)\n",
    "docs/guides/plan.md": (
        "---\ndescription: Why a plan helps.\nrelated: [many.md]\n---\n"
        "# Plan\n\nFirst [the test](test.md).\n\n::: related-pages\n"
    ),
    "docs/guides/test.md": "---\ndescription: How to try it.\n---\n# Test\n\n::: checklist task\n\n::: related-pages\n",
    "docs/guides/many.md": f"# Many\n\n{PLACES}\n[Test](test.md)\n",
}
SIGN = "Is there a sign that anyone could check?"


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url + "guides/"


def test_reader_gets_from_one_end_to_the_place_at_the_other_and_back(page: Page, url: str) -> None:
    page.goto(url + "plan/")
    page.evaluate("window.stillHere = true")
    block = page.get_by_role("navigation", name=say("related-pages"))
    headings = [heading.inner_text() for heading in block.get_by_role("heading", level=2).all()]
    assert headings == [say("related"), say("mentioned")]
    expect(block.get_by_role("listitem").filter(has=page.get_by_role("link", name="Test", exact=True))).to_contain_text(
        say("mentioned-under")
    )
    block.get_by_role("link", name=SIGN).click()
    page.wait_for_url("**/test/#task--sign")
    expect(page.get_by_role("heading", name=SIGN)).to_be_in_viewport()
    page.get_by_role("navigation", name=say("related-pages")).get_by_role("link", name="Plan", exact=True).click()
    page.wait_for_url("**/plan/")
    assert page.evaluate("stillHere")


def test_further_places_are_in_a_fold_that_the_keyboard_opens(page: Page, url: str) -> None:
    page.goto(url + "plan/")
    block = page.get_by_role("navigation", name=say("related-pages"))
    places = block.get_by_role("link", name="Place number")
    expect(places).to_have_count(3)
    block.get_by_text(say("mentions-more", count=2)).press("Enter")
    expect(places).to_have_count(5)


def test_headings_of_the_block_are_in_no_table_of_contents(page: Page, url: str) -> None:
    page.goto(url + "plan/")
    expect(page.locator("article h2")).to_have_count(2)
    expect(page.locator("[data-md-component=toc] a", has_text=say("related"))).to_have_count(0)
    assert page.locator("article h2 [href], article h2[id]").count() == 0


@pytest.mark.parametrize(("scheme", "has_script"), [("light", True), ("dark", True), ("light", False)])
def test_block_has_no_violation_and_fits_a_small_phone(
    new_context: NewContext, url: str, scheme: str, has_script: bool
) -> None:
    context = new_context(color_scheme=scheme, viewport={"width": 320, "height": 700}, java_script_enabled=has_script)
    page = context.new_page()
    page.goto(url + "plan/")
    for fold in page.locator("nav.checklist-related summary").all():
        fold.click()
    expect(page.get_by_role("link", name="Place number 5")).to_be_visible()
    if has_script:
        assert violations(page, include="nav.checklist-related") == []
        assert_fits(page)
