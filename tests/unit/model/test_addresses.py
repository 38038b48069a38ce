import pytest

from mkdocs_checklists.model.addresses import (
    Target,
    foreign_picture,
    hidden_host,
    is_external,
    is_safe,
    link_problem,
    relative_link,
    root_target,
    urlsplit_or_none,
)
from tests.unit.model.addresses import HIDDEN, PLAIN, SAFE, UNSAFE


@pytest.mark.parametrize("url", UNSAFE)
def test_address_that_runs_code_or_leaves_the_web_is_not_safe_however_it_is_written(url: str) -> None:
    assert not is_safe(url)


@pytest.mark.parametrize("url", SAFE)
def test_address_of_a_page_or_a_message_is_safe(url: str) -> None:
    assert is_safe(url)


@pytest.mark.parametrize(
    "url", ["https://example.org", "//example.org", "\\\\example.org", "/\\example.org", "mailto:a@b", "x:y"]
)
def test_address_with_a_scheme_or_a_host_is_external(url: str) -> None:
    assert is_external(url)


@pytest.mark.parametrize("url", ["/a.md", "#a", "a.md", "../a", "/a:b", "?x", ""])
def test_address_without_is_not(url: str) -> None:
    assert not is_external(url)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/guides/a.md", Target("guides/a.md", "")),
        ("/guides/a.md#b", Target("guides/a.md", "b")),
        ("/", Target("index.md", "")),
        ("/#top", Target("index.md", "top")),
        ("#b", Target("here.md", "b")),
        ("/a%20b.md#%C3%BC", Target("a b.md", "ü")),
        ("/x/../a.md", Target("a.md", "")),
        ("//example.org/a.md", None),
        ("a.md", None),
        ("https://example.org", None),
    ],
)
def test_link_from_the_top_is_taken_apart(url: str, target: Target | None) -> None:
    assert root_target(url, "here.md") == target


@pytest.mark.parametrize("url", PLAIN)
def test_plain_address_hides_no_host(url: str) -> None:
    assert hidden_host(url) is None


@pytest.mark.parametrize(("url", "host"), HIDDEN)
def test_host_that_a_browser_would_find_is_found(url: str, host: str) -> None:
    hidden = hidden_host(url)

    assert hidden is not None
    assert hidden[0] == f"leads to the host '{host}' and does not say so plainly"


def test_address_without_a_host_is_no_plain_one() -> None:
    assert hidden_host("https://") == (
        "names no host",
        "Write https://, right after it the host in plain letters, then a slash.",
    )


def test_hint_has_both_that_can_be_meant() -> None:
    problem = link_problem("//guides/x.md")

    assert problem is not None
    assert (
        problem[2]
        == "For a page of this site write one slash, /guides/x.md. For another site write https://guides/x.md."
    )


def test_picture_of_this_site_is_not_foreign() -> None:
    assert (foreign_picture("/a.png"), foreign_picture("https://example.org/a.png") is None) == (None, False)


def test_link_within_a_page_leads_nowhere_while_the_page_is_unknown() -> None:
    assert root_target("#b", None) is None


def test_address_that_can_not_be_taken_apart_is_none() -> None:
    assert urlsplit_or_none("http://[") is None


@pytest.mark.parametrize(
    ("page", "link"), [("index.md", "guides/a.md#b"), ("guides/b.md", "a.md#b"), ("x/y/z.md", "../../guides/a.md#b")]
)
def test_link_is_made_relative_to_its_page(page: str, link: str) -> None:
    assert relative_link(Target("guides/a.md", "b"), page) == link
