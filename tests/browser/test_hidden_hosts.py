"""The browser's own word on addresses that `links.hidden_host` refuses, and on those that it lets pass."""

import html
import re

from playwright.sync_api import Page

from tests.unit.model.addresses import HIDDEN, PLAIN

HOSTS = """addresses => addresses.map((address) => ["https://site.example/a/b", "http://site.example/a/b"].map((base) =>
    URL.canParse(address, base) ? new URL(address, base).hostname : ""))"""


def test_what_is_refused_leads_to_another_host(page: Page) -> None:
    found = page.evaluate(HOSTS, [html.unescape(url) for url, _ in HIDDEN])

    # As seen from a page without TLS, or from one with it.
    stay = [url for (url, _), hosts in zip(HIDDEN, found, strict=True) if set(hosts) <= {"site.example", ""}]
    assert stay == []


def test_what_passes_leads_where_it_says(page: Page) -> None:
    found = page.evaluate(HOSTS, PLAIN)

    for url, hosts in zip(PLAIN, found, strict=True):
        host = re.match(r"https?://(\[[^]]*\]|[^/:]+)", url, re.IGNORECASE)
        if host is None:
            assert set(hosts) <= {"site.example", ""}, url
        elif host[1].isascii():
            assert set(hosts) == {host[1].lower()}, url
        else:
            assert all(name.startswith("xn--") and name.endswith(".example") for name in hosts), (url, hosts)
