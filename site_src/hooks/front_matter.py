"""Holds the days in the front matter to be days: `published`, when a page came, and `reviewed`, when it was last gone through.
Holds `title` and `description` to be texts.

A hook for MkDocs. Everything that tells machines about a page rests on these two (page_heads.py, sitemap.xml, feed.xml). MkDocs
itself shows a front matter that it can't read as text at the top of the page and says nothing: `reviewed: 2026-02-30` is enough.
So what is wrong is a warning here, with file, line and what to write, which fails a strict build; a wrong day is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import YAML_RE

DAYS = ("published", "reviewed")
TEXTS = ("title", "description")

log = get_plugin_logger("front_matter")


def day(value: object) -> date | None:
    """The day that a value of the front matter means, if it means one: YAML makes days of most by itself."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def unread(markdown: str) -> tuple[Mapping[str, object], str | None]:
    """What MkDocs could not read at the top of a page, all values as text; and why, if it is no YAML at all."""
    match = YAML_RE.match(markdown)
    if match is None:
        return {}, None
    try:
        # All values stay text, so that a day that is none can be told from a fault in the YAML.
        found = yaml.load(match[1], yaml.BaseLoader)  # noqa: S506 It makes nothing but text, lists and mappings.
    except yaml.YAMLError as error:
        return {}, str(getattr(error, "problem", None) or error)
    return (found, None) if isinstance(found, dict) else ({}, None)


def _place(page: Page, key: str) -> str:
    """File and line of a key, as editors take it."""
    for number, line in enumerate((page.file.content_string or "").splitlines(), start=1):
        if line.startswith(f"{key}:"):
            return f"{page.file.src_uri}:{number}"
    return page.file.src_uri


# First: what others put at the top of a page would hide the front matter that MkDocs has left there.
@event_priority(100)
def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    broken, reason = ({}, None) if page.meta else unread(markdown)
    if reason:
        log.warning(f"{page.file.src_uri}: the front matter can't be read: {reason}")
    meta = page.meta or broken
    for key in TEXTS:
        if key in page.meta and not isinstance(page.meta[key], str):
            log.warning(f'{_place(page, key)}: `{key}` is "{page.meta[key]}", which is no text: put it into quotes')
            page.meta[key] = str(page.meta[key])
    days: dict[str, date] = {}
    for key in DAYS:
        if key not in meta:
            continue
        if found := day(meta[key]):
            days[key] = found
        else:
            log.warning(f'{_place(page, key)}: `{key}` is "{meta[key]}", which is no day: write it as 2026-11-22')
        page.meta.pop(key, None)
    page.meta.update(days)
    if "published" in days and "reviewed" in days and days["reviewed"] < days["published"]:
        log.warning(
            f"{_place(page, 'reviewed')}: `reviewed` is {days['reviewed']}, before the page was published, on {days['published']}"
        )
