"""The tools that the other tests stand on do what those rely on."""

import gzip
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page

from site_src.hooks.content_security_policy import policy
from tests.browser.widget import wait_until
from tests.browser_log import BrowserLog
from tests.helpers import REPOSITORY, build_site, read_tree, serve, write_tree

FILES = {
    "404.html": "<title>Nothing here</title>",
    "app.js": "export {};",
    "guide/index.html": "<title>Guide</title>",
    "index.html": "<title>Home</title>",
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(write_tree(tmp_path_factory.mktemp("pages"), FILES)) as url:
        yield url


def get(url: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc)
    try:
        connection.request("GET", parts._replace(scheme="", netloc="").geturl(), headers=headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_folder_without_slash_redirects_and_keeps_the_query(url: str) -> None:
    response, _ = get(url + "guide?a=1")
    assert (response.status, response.headers["Location"]) == (301, "/kb/guide/?a=1")


def test_page_is_compressed_if_the_browser_accepts_it(url: str) -> None:
    response, body = get(url + "guide/", **{"Accept-Encoding": "gzip, br"})
    assert (response.status, response.headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(body).decode() == FILES["guide/index.html"]
    response, body = get(url + "guide/")
    assert (response.headers["Content-Encoding"], body.decode()) == (None, FILES["guide/index.html"])


def test_file_has_its_type_and_may_be_cached_for_ten_minutes(url: str) -> None:
    response, _ = get(url + "app.js")
    assert response.headers["Content-Type"] == "application/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "max-age=600"


def test_unchanged_file_is_not_sent_again(url: str) -> None:
    etag = get(url + "app.js")[0].headers["ETag"]
    response, body = get(url + "app.js", **{"If-None-Match": etag})
    assert (response.status, body) == (304, b"")


@pytest.mark.parametrize("path", ["nothing/", "../conftest.py", "%2e%2e/%2e%2e/etc/passwd"])
def test_what_is_not_there_gets_the_error_page(url: str, path: str) -> None:
    response, body = get(url + path)
    assert (response.status, body.decode()) == (404, FILES["404.html"])


def test_indented_text_becomes_files() -> None:
    tree = """
        docs/
            index.md
                # Home

                    code
            guides/
                one.md
                    One
        mkdocs.yml
            site_name: Test
    """
    assert read_tree(tree) == {
        "docs/index.md": "# Home\n\n    code\n",
        "docs/guides/one.md": "One\n",
        "mkdocs.yml": "site_name: Test\n",
    }


def test_failing_build_says_why(tmp_path: Path) -> None:
    build = build_site(write_tree(tmp_path, {"mkdocs.yml": "site_name: Test", "docs/index.md": "[gone](gone.md)"}))
    assert build.report.splitlines() == [
        "WARNING: Doc file 'index.md' contains a link 'gone.md', but the target is not found among documentation files.",
        "FAILED: Aborted with 1 warnings in strict mode!",
    ]


def test_whatever_goes_wrong_in_a_page_is_noticed(page: Page, url: str, browser_log: BrowserLog) -> None:
    page.goto(url)
    page.evaluate("setTimeout(() => { throw new Error('uncaught') })")
    page.evaluate("console.error('logged')")
    page.evaluate("fetch('https://example.org/').catch(() => undefined)")
    assert sorted(browser_log.take()) == [
        "console error: Failed to load resource: net::ERR_NAME_NOT_RESOLVED (https://example.org/)",
        "console error: logged ()",
        "page error: uncaught",
        "request to another host: https://example.org/",
    ]


REFUSED = """\
<!doctype html><title>Refused</title>
<script>window.ran = 1</script>
<p style="color: red">Red</p>
<style>p { color: red }</style>
<button onclick="window.ran = 1">Run</button>
<a href="javascript:window.ran=1">Go</a>
"""


def test_whatever_a_policy_refuses_is_noticed(page: Page, tmp_path: Path, browser_log: BrowserLog) -> None:
    headers: dict[str, str] = {}
    with serve(write_tree(tmp_path, {"index.html": REFUSED}), page_headers=headers) as url:
        page.goto(url)
        page.get_by_text("Go").click()
        assert page.evaluate("ran") == 1
        assert browser_log.take() == []
        headers["Content-Security-Policy"] = policy("")
        page.goto(f"{url}?again")
        assert [refused(problem) for problem in browser_log.take()] == [
            "script-src 'self'",
            "style-src 'self'",
            "style-src 'self'",
            "script-src 'self'",
        ]
        page.get_by_text("Run").click()
        page.get_by_text("Go").click()
        assert [refused(problem) for problem in browser_log.take()] == ["script-src 'self'"]
        page.evaluate("() => { fetch('https://example.org/').catch(() => undefined) }")
        assert refused(browser_log.take()[0]) == "connect-src 'self'"
        # What scripts do to the style of an element is theirs to do.
        page.evaluate("() => { document.body.style.setProperty('color', 'red') }")
        assert page.evaluate("getComputedStyle(document.body).color + window.ran") == "rgb(255, 0, 0)undefined"


def refused(problem: str) -> str:
    """The rule of the policy that a message of the console names."""
    rule = re.search(r"Content Security Policy directive:? ['\"](.*?'self')", problem)
    return rule[1] if rule else problem


def test_waiting_ends_once_an_async_condition_holds_and_says_so_if_it_never_does(
    page: Page, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto(url)
    page.evaluate("() => { window.rounds = 0 }")
    wait_until(page, "async (least) => (rounds += 1) >= least", 3)
    assert page.evaluate("rounds") == 3
    monkeypatch.setattr("tests.browser.widget.LIMIT", 50)
    with pytest.raises(Error, match="It never came to be: async"):
        wait_until(page, "async () => false")
    with pytest.raises(Error, match="broken"):
        wait_until(page, "() => { throw new Error('broken') }")


def test_no_test_waits_by_a_function_that_does_not_wait() -> None:
    # Playwright takes the promise of an async function for its answer: `wait_until` in tests/browser/widget.py does not.
    name = "wait_for" + "_function"
    found = [path.name for path in (REPOSITORY / "tests").rglob("*.py") if f".{name}(" in path.read_text("utf-8")]
    assert found == []
