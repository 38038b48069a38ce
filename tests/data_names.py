"""The `data-` names of the package's own elements, and which of Python, scripts and style sheets use them."""

import re
from collections.abc import Iterator

from tests.helpers import REPOSITORY

PACKAGE = REPOSITORY / "plugins" / "mkdocs_checklists"
KINDS = {".py": "Python", ".js": "scripts", ".css": "styles"}
# Names of others: Material's palette, and what the search of MkDocs and Material leaves out.
FOREIGN = {"data-md-color-scheme", "data-search-exclude"}


def shared_names() -> dict[str, set[str]]:
    """Name to the kinds of files that use it, for names that more than one kind uses, in order."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*"):
        if path.suffix in KINDS:
            for name in _names(path.read_text("utf-8"), path.suffix):
                found.setdefault(name, set()).add(KINDS[path.suffix])
    return {name: kinds for name, kinds in sorted(found.items()) if len(kinds) > 1 and name not in FOREIGN}


def _names(text: str, suffix: str) -> Iterator[str]:
    if suffix != ".py":
        text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
    if suffix == ".js":
        text = re.sub(r"(?m)(?:^|\s)//.*$", " ", text)
        used = re.findall(r"\bdataset\.(\w+)", text)
        for names in re.findall(r"\{([^{}]*)\} = [\w.#]+\.dataset\b", text):
            used += re.findall(r"(?:^|,)\s*(\w+)", names)
        yield from ("data-" + re.sub("[A-Z]", lambda big: f"-{big[0].lower()}", name) for name in used)
    yield from re.findall(r"\bdata-[a-z]+(?:-[a-z]+)*", text)
