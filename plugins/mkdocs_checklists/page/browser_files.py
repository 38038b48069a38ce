"""The files that the browser needs, as they are served: modules, style sheet with the tally's rules, words of one language."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from rcssmin import cssmin
from rjsmin import jsmin

from ..scoring.answers import definite_answers, earned
from ..scoring.key import ItemKey, ScoringKey
from ..words.messages import Messages

SOURCES: Traversable = files("mkdocs_checklists") / "assets"
BUNDLED: Traversable = files("mkdocs_checklists") / "bundled"
"""What a wheel has in place of the modules in `SOURCES`: fewer and smaller ones, made by `bundling/bundle.mjs`. Entries, and
modules that are loaded on demand, have the same paths in both."""

FOLDER = "assets/checklists"
"""Where the files are served below the site's address. Stored answers belong to this path: it must not change."""

ENTRY = "define.js"
INDEX_ENTRY = "define-index.js"
TOOLS = "answering/equipment.js"
CALCULATOR = "calculator/calculator.js"
STYLE = "checklist.css"
TOOLS_STYLE = "tools.css"
"""What goes with outcomes, conditions and inputs: only pages with such a checklist need it."""
TERMS_STYLE = "terms.css"
"""What goes with the words of the glossary where they are used."""
PAGES_STYLE = "pages.css"
"""What goes with an index of checklists and with related pages."""


# Where the folder is, and which path answers are kept under: no module need know where it lies itself.
_PLACE = """\
export const folder = new URL(".", import.meta.url).href;
export const site = new URL({site}, import.meta.url).pathname;
"""


def asset_files(messages: Messages, keys: Iterable[ScoringKey], site: str = ".") -> dict[str, bytes]:
    """Path below the folder of the files to content, in the order of the paths.

    They go out without comments and white space: a third of their weight, which a phone would load for nothing. `site` says
    from the folder where the path is that answers are kept under: `.` is the folder itself, `..` the one above.
    """
    found = dict(_sources(SOURCES))
    if BUNDLED.is_dir():
        found = {path: content for path, content in found.items() if not path.endswith(".js")} | dict(_sources(BUNDLED))
    found["messages.js"] = (_PLACE.format(site=json.dumps(site)) + messages.to_script()).encode()
    found["return-messages.js"] = messages.to_return_script().encode()
    found["result-messages.js"] = messages.to_result_script().encode()
    found["tools-messages.js"] = messages.to_tools_script().encode()
    found["index-messages.js"] = messages.to_index_script().encode()
    for name, content in found.items():
        if name.endswith(".js"):
            found[name] = jsmin(content.decode()).encode()
    found[STYLE] += f"\n{tally_css(keys)}".encode()
    for name in (STYLE, TOOLS_STYLE, PAGES_STYLE, TERMS_STYLE):
        found[name] = cssmin(found[name].decode()).encode()
    return dict(sorted(found.items()))


def _sources(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _sources(file, f"{path}{file.name}/")
        elif file.name.endswith((".js", ".css")):
            yield path + file.name, file.read_bytes()


def tally_css(keys: Iterable[ScoringKey]) -> str:
    """The rules that count points without a script: one for each value that an answer can have."""
    values = {value for key in keys for item in key.items for value in _values(item)}
    rules = (
        f'input[data-points="{value}"]:checked{{counter-increment:checklist-points {value}}}'
        for value in sorted(values)
        if value
    )
    return "\n".join(rules)


def _values(item: ItemKey) -> list[int]:
    return [earned(item, answer) for answer in definite_answers(item)]


def modules_at_once(
    assets: Mapping[str, bytes], entry: str = ENTRY, *, tools: bool = False, numbers: bool = False
) -> list[str]:
    """The entry and all that it imports, and what that imports, nearest first. Not what is loaded on demand, by `import()`.

    With `tools` also what a checklist with outcomes, conditions or inputs needs at once, with `numbers` what inputs need.
    """
    names = [entry, *([TOOLS] if tools else []), *([CALCULATOR] if numbers else [])]
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
