"""The files that the browser needs, as they are served, and which page needs what: modules, style sheets, words of one language."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from rcssmin import cssmin
from rjsmin import jsmin

from ..scoring.answers import points_offered
from ..scoring.key import ScoringKey
from ..words.messages import CATALOGUE_PARTS, Messages
from .overview import INDEX

SOURCES: Traversable = files("mkdocs_checklists") / "assets"
BUNDLED: Traversable = files("mkdocs_checklists") / "bundled"
"""What a wheel has in place of the modules in `SOURCES`: fewer and smaller ones, made by `bundling/bundle.mjs`. Entries, and
modules that are loaded on demand, have the same paths in both."""

FOLDER = "assets/checklists"
"""Where the files are served below the site's address. Stored answers belong to this path: it must not change."""

ENTRY = "define.js"
STYLE = "checklist.css"


@dataclass(frozen=True)
class PageNeed:
    """What a page needs from the browser's files because of one thing in its text."""

    thing: str
    """As `checklists assets --help` calls it."""
    sign: re.Pattern[str]
    """It is found in the HTML of a page's text if, and only if, the thing is there."""
    style: str = ""
    entry: str = ""
    at_once: tuple[str, ...] = ()
    """Modules that the entry of a checklist loads on demand, and that are needed at once here."""
    is_listed: bool = True
    """Whether a site that runs no plugins lists the style sheet and the entry. Related pages are the plugin's work alone."""


# The key is in an attribute: a code block that shows one has no such element before it.
_IN_KEY = r"<scored-checklist[^<>]*&quot;{}&quot;:"

PAGE_NEEDS: Mapping[str, PageNeed] = {
    "checklist": PageNeed("any checklist", re.compile("<scored-checklist"), STYLE, ENTRY),
    "index": PageNeed("the index of checklists", re.compile(f"</{INDEX}>"), "pages.css", "define-index.js"),
    "related": PageNeed("related pages", re.compile('class="checklist-related"'), "pages.css", is_listed=False),
    "terms": PageNeed("a glossary", re.compile('class="checklist-term"'), "terms.css"),
    "rules": PageNeed(
        "outcomes, conditions or inputs",
        re.compile(_IN_KEY.format("rules")),
        "rules.css",
        at_once=("answering/equipment.js",),
    ),
    "inputs": PageNeed("inputs", re.compile(_IN_KEY.format("inputs")), at_once=("calculator/calculator.js",)),
}
"""In the order in which the style sheets stand in a page. The plugin, the command `assets`, the guide and the tests go by it."""

_EARLIER_NAMES = {"tools.css": "rules.css"}
"""Style sheets that a site may list by the name that they had one release ago -> name. To be emptied with each release."""


# Where the folder is, and which path answers are kept under: no module need know where it lies itself.
_PLACE = """\
export const folder = new URL(".", import.meta.url).href;
export const site = new URL({site}, import.meta.url).pathname;
"""


def asset_files(messages: Messages, keys: Iterable[ScoringKey], site: str = ".") -> dict[str, bytes]:
    """Path below the folder of the files to content, in the order of the paths.

    They go out without comments and white space: a third of their weight, which a phone would load for nothing. Bundled modules
    have none. `site` says from the folder where the path is that answers are kept under: `.` is the folder itself, `..` the one
    above.
    """
    words = {part.module: messages.to_script(part.name) for part in CATALOGUE_PARTS if part.module}
    words["messages.js"] = _PLACE.format(site=json.dumps(site)) + words["messages.js"]
    found = dict(_sources(SOURCES)) | {name: text.encode() for name, text in words.items()}
    found |= {name: jsmin(content.decode()).encode() for name, content in found.items() if name.endswith(".js")}
    if BUNDLED.is_dir():
        found = {name: content for name, content in found.items() if not name.endswith(".js") or name in words}
        found |= dict(_sources(BUNDLED))
    found[STYLE] += f"\n{tally_css(keys)}".encode()
    found |= {name: cssmin(content.decode()).encode() for name, content in found.items() if name.endswith(".css")}
    found |= {earlier: found[name] for earlier, name in _EARLIER_NAMES.items()}
    return dict(sorted(found.items()))


def _sources(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _sources(file, f"{path}{file.name}/")
        elif file.name.endswith((".js", ".css")):
            yield path + file.name, file.read_bytes()


def tally_css(keys: Iterable[ScoringKey]) -> str:
    """The rules that count points without a script: one for each value that an answer can have."""
    # Of a key with fractions nothing is counted: a style sheet knows whole numbers only.
    values = {value for key in keys if key.units.sums == 1 for item in key.items for value in points_offered(item)}
    rules = (
        f'input[data-points="{value}"]:checked{{counter-increment:checklist-points {value}}}'
        for value in sorted(values)
        if value
    )
    return "\n".join(rules)


def needs_of(text: str) -> dict[str, PageNeed]:
    """What a page needs by the HTML of its text, as in `PAGE_NEEDS`."""
    return {name: need for name, need in PAGE_NEEDS.items() if need.sign.search(text)}


def files_to_list() -> dict[str, list[str]]:
    """Thing in a page -> the script and the style sheet that a site lists for it where no plugin does."""
    listed = {
        need.thing: [file for file in (need.entry, need.style) if file]
        for need in PAGE_NEEDS.values()
        if need.is_listed
    }
    return {thing: files for thing, files in listed.items() if files}


def modules_at_once(assets: Mapping[str, bytes], *entries: str) -> list[str]:
    """The entries and all that they import, and what that imports, nearest first. Not what is loaded by `import()`."""
    names = list(entries)
    for name in names:
        found = re.findall(r"""\b(?:from|import)\s*["'](\.{1,2}/[\w./-]+)["']""", assets[name].decode())
        paths = [posixpath.normpath(posixpath.join(posixpath.dirname(name), other)) for other in found]
        names += [other for other in dict.fromkeys(paths) if other in assets and other not in names]
    return names


def content_hash(assets: Mapping[str, bytes]) -> str:
    """Twelve hexadecimal digits that change with any file: a reader's browser never mixes the modules of two releases."""
    digest = hashlib.sha256()
    for name, content in assets.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
