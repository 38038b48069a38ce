"""Gives every page a strict Content-Security-Policy: nothing but files of this site may run, style or be loaded.

A hook for MkDocs, for any site with Material. A theme may have scripts and <style> elements in its templates; the policy names
each by its hash. With instant navigation readers keep the policy of the page that they came in by, while scripts and styles of the
pages that follow come under it. So all pages carry one and the same policy, with the hashes of all scripts and styles of all
pages: those are gathered while pages are rendered, and written into them at the end.

What such a policy refuses in a page, it refuses without a word to anybody but the console. So it is a warning here, which
fails a strict build.
"""

from __future__ import annotations

import base64
import hashlib
import os.path
import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.pages import Page

# Without `frame-ancestors`, `report-to` and `sandbox`: they only count in an HTTP header, which GitHub Pages cannot send.
DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",  # and the hashes
    "style-src": "'self'",  # likewise
    # Material's icons are masks and backgrounds whose pictures stand as `data:` in its style sheets. A picture runs nothing.
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}

_SCRIPTS, _STYLES = "{hashes of all scripts}", "{hashes of all styles}"
_URLS = {"action", "data", "formaction", "href", "src", "xlink:href"}

log = get_plugin_logger("content_security_policy")


def policy(scripts: str, styles: str = "") -> str:
    """The policy in one line, with the hashes of the scripts and styles that are inside pages."""
    hashes = {"script-src": scripts, "style-src": styles}
    return "; ".join(f"{name} {sources} {hashes.get(name, '')}".rstrip() for name, sources in DIRECTIVES.items())


def source_of(text: str) -> str:
    """How a policy names the text of a script or a style."""
    # A browser reads all line ends as this one.
    text = re.sub("\r\n?", "\n", text)
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class PageReader(HTMLParser):
    """What a policy has to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        """The text of every script that is inside the page."""
        self.styles: list[tuple[int, str, str]] = []
        """Every <style> element: line, tag and text."""
        self.refused: list[tuple[int, str, str]] = []
        """What no policy of ours allows: line, what it is, the tag."""
        self.place: int | None = None
        """Where the policy goes: before anything that it could forbid, behind the encoding, which must come early."""
        self._starts = list(
            accumulate((len(line) for line in text.split("\n")), lambda at, size: at + size + 1, initial=0)
        )
        self._is_script = self._is_style = self._has_encoding = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._is_script = tag == "script" and "src" not in attributes and _is_code(attributes.get("type") or "")
        if self._is_script:
            self.scripts.append("")
        self._is_style = tag == "style"
        if self._is_style:
            self.styles.append((self.getpos()[0], self._tag(), ""))
        if tag == "head" or (tag == "meta" and "charset" in attributes and not self._has_encoding):
            self._has_encoding = tag == "meta"
            line, column = self.getpos()
            self.place = self._starts[line - 1] + column + len(self.get_starttag_text() or "")
        self.refused += [(self.getpos()[0], what, self._tag()) for what in _refused(attrs)]

    def handle_data(self, data: str) -> None:
        if self._is_script:
            self.scripts[-1] += data
        elif self._is_style:
            line, tag, text = self.styles[-1]
            self.styles[-1] = (line, tag, text + data)

    def handle_endtag(self, tag: str) -> None:
        self._is_script = self._is_style = False

    def _tag(self) -> str:
        """The start tag that is being read, in one line."""
        return " ".join((self.get_starttag_text() or "").split())


def _is_code(kind: str) -> bool:
    """Whether a script of this type is run, or read by the browser: anything else is data, such as Material's settings."""
    kind = kind.strip().lower()
    return "/" not in kind or re.search("javascript|ecmascript|jscript|livescript", kind) is not None


def _refused(attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attrs:
        if name == "style":
            yield "a style attribute"
        elif name.startswith("on"):
            yield f"the handler {name}"
        # As a browser reads an address: whatever stands before it, and line ends and tabs within it, do not count.
        elif name in _URLS and re.sub(r"^[\0-\x20]+|[\t\n\r]", "", value or "").lower().startswith("javascript:"):
            yield "a javascript: address"


class ContentSecurityPolicy:
    """One build after another. While serving there is no policy: the live reload works through a script of its own."""

    is_for_readers = True

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # A dirty build does not know the scripts of the pages that it leaves as they were.
        self.is_for_readers = command != "serve" and not dirty

    def on_config(self, config: MkDocsConfig) -> None:
        self._scripts: set[str] = set()
        self._styles: set[str] = set()
        self._pages: set[Path] = set()

    # Last, after whatever else changes a page.
    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        if not template_name.endswith(".html"):
            return output
        return self._read(output, template_name, Path(config.site_dir, template_name))

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        own = PageReader(page.content or "")
        for script in own.scripts:
            start = " ".join(script.split())[:60]
            log.warning(f"{page.file.src_uri} holds a script; put it into a file, under `extra_javascript`: {start}")
        return self._read(output, page.file.src_uri, Path(page.file.abs_dest_path), own)

    def _read(self, output: str, name: str, path: Path, own: PageReader | None = None) -> str:
        """Gather what the page needs, and give it a policy. `own` is what the author wrote; the rest comes from the theme."""
        page = PageReader(output)
        own_scripts, own_styles = (own.scripts, {text for _, _, text in own.styles}) if own else ([], set())
        styles = [(line, "a <style> element", tag) for line, tag, text in page.styles if text in own_styles]
        for line, what, tag in sorted([*page.refused, *styles]):
            log.warning(f"{name} holds {what}, which the policy refuses, in line {line} of the built page: {tag[:120]}")
        self._scripts.update(source_of(script) for script in page.scripts if script not in own_scripts)
        self._styles.update(source_of(text) for _, _, text in page.styles if text not in own_styles)
        if not self.is_for_readers:
            return output
        if page.place is None:
            log.warning(f"{name} has no <head>, so it gets no policy.")
            return output
        self._pages.add(path)
        tag = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(_SCRIPTS, _STYLES), quote=False)}">'
        return f"{output[: page.place]}\n      {tag}{output[page.place :]}"

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if not self.is_for_readers:
            return
        scripts, styles = (" ".join(sorted(hashes)).encode() for hashes in (self._scripts, self._styles))
        for path in sorted(Path(config.site_dir).rglob("*.html")):
            if path in self._pages:
                page = path.read_bytes().replace(_SCRIPTS.encode(), scripts, 1)
                # A theme without a <style> leaves a blank behind `'self'`.
                page = page.replace(f" {_STYLES}".encode(), b" " + styles if styles else b"", 1)
                path.write_bytes(page)
            else:
                name = os.path.relpath(path, config.site_dir)
                log.warning(f"{name} was not rendered from a template, so it gets no policy.")


_policy = ContentSecurityPolicy()
on_startup = _policy.on_startup
on_config = _policy.on_config
on_post_template = _policy.on_post_template
on_post_page = _policy.on_post_page
on_post_build = _policy.on_post_build
