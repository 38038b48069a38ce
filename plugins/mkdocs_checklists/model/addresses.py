"""Addresses in a checklist's links: which are allowed, and where they lead from the page that shows them."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_WEB = re.compile("https?:", re.IGNORECASE)
_HOST = re.compile(r"https?://(?P<name>\[[0-9a-f:.]+\]|[^/?#:]+)(?::[0-9]*)?(?:[/?#]|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """A link from the top of the docs folder, taken apart."""

    uri: str
    fragment: str


def plain_url(url: str) -> str:
    """The address as a browser reads it: character references resolved, invisible characters gone."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+", "", html.unescape(url))


def is_safe(url: str) -> bool:
    """Whether following the link can only open a page or write a message: `javascript:`, `data:` and the like are not."""
    scheme = re.match(r"([^/?#]*?):", plain_url(url))
    return scheme is None or scheme[1].lower() in _ALLOWED_SCHEMES


def is_external(url: str) -> bool:
    """Whether the address names a scheme or a host of its own."""
    plain = plain_url(url)
    return ":" in plain.split("/", 1)[0] or plain.replace("\\", "/").startswith("//")


def hidden_host(url: str) -> tuple[str, str] | None:
    """The end of a message and a hint where browsers find a host that the address does not name plainly, right after https://.

    They skip blanks and what is invisible, take a backslash for a slash and any number of slashes for two, and what is
    before an @ for a name and a password. Behind https: they need no slash. In a host they take letters of full width for plain
    ones, and read percent signs.
    """
    plain = plain_url(url).replace("\\", "/")
    scheme = _WEB.match(plain)
    if scheme is None and not plain.startswith("//"):
        return None
    written = _HOST.match(url)
    if written and _is_plain_host(written["name"]):
        return None
    rest = plain[scheme.end() if scheme else 0 :].lstrip("/")
    host = unicodedata.normalize("NFKC", unquote(re.split("[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]))
    message = f"leads to the host '{host}' and does not say so plainly" if host else "names no host"
    if scheme is None:
        return message, f"For a page of this site write one slash, /{rest}. For another site write https://{rest}."
    return message, "Write https://, right after it the host in plain letters, then a slash."


def _is_plain_host(name: str) -> bool:
    if name.startswith("["):
        return True
    # Browsers read a host that ends in a number as one: 2130706433 and 0x7f.1 are 127.0.0.1.
    if re.fullmatch("[0-9]+|0x[0-9a-f]*", name.rstrip(".").rpartition(".")[2], re.IGNORECASE):
        return re.fullmatch(r"(?:(?:0|[1-9][0-9]{0,2})(?:\.(?!\Z)|\Z)){4}", name) is not None
    is_plain = all(sign in "-._" or sign.isalnum() or unicodedata.category(sign) in ("Mn", "Mc") for sign in name)
    return is_plain and unicodedata.normalize("NFKC", name) == name


def urlsplit_or_none(url: str) -> Target | None:
    """The path and fragment of an address; `None` for one that can't be taken apart (`http://[`)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return Target(unquote(parts.path), unquote(parts.fragment))


def link_problem(url: str) -> tuple[str, str, str] | None:
    """Code, message and hint for an address that no page may have, wherever it leads."""
    if not is_safe(url):
        return "unsafe-link", f"'{url}' is not a link to a page", "Allowed are http, https, mailto and tel."
    if urlsplit_or_none(url) is None:
        # MkDocs and other extensions take addresses apart without looking, and would stop the build with a traceback.
        return "bad-link", f"'{url}' is not an address", "Look at its host, the part after '//'."
    if hidden := hidden_host(url):
        message, hint = hidden
        return "hidden-host", f"'{url}' {message}", hint
    return None


def placeless_problem(url: str) -> tuple[str, str, str] | None:
    """Code, message and hint for an address that says something else on each page: a text may be shown on several."""
    if is_external(url) or url.startswith(("#", "/")):
        return None
    hint = "A checklist may be shown on several pages: write the path from the top of the docs folder, /page.md."
    return "relative-link", f"'{url}' is relative", hint


def foreign_picture(url: str) -> tuple[str, str, str] | None:
    """Code, message and hint for a picture that each reader's browser would fetch from another host."""
    if not is_external(url):
        return None
    hint = (
        "Put the file among the pages and write its path from the top of the docs folder, such as /pictures/plan.png."
    )
    return "foreign-picture", f"the picture '{url}' comes from another host, which learns who reads the page", hint


def root_target(url: str, page: str | None) -> Target | None:
    """Where `/x.md#y` or `#y` leads; `None` for any other link."""
    if url.startswith("//") or not url.startswith(("/", "#")):
        return None
    target = urlsplit_or_none(url)
    if target is None:
        return None
    if not target.uri:
        return Target(page, target.fragment) if page is not None else None
    return Target(posixpath.normpath(target.uri.lstrip("/") or "index.md"), target.fragment)


def relative_link(target: Target, page: str) -> str:
    """A link from page to target as an author would type it beside the page's source."""
    path = posixpath.relpath(target.uri, posixpath.dirname(page) or ".")
    return f"{path}#{target.fragment}" if target.fragment else path
