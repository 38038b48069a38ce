"""The browser modules as plain functions, so that a test can begin a page anew in a millisecond and hold back what it likes.

A module that was loaded once stays loaded as long as its document: real imports would need a document for every order of
events. So each module becomes a function of an environment: `$need` gives what it imports, `$arrive` stands in for
`import()`, and names such as `indexedDB` mean what the environment has instead.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from mkdocs_checklists.words.messages import CATALOGUE_PARTS, load_messages
from tests.helpers import REPOSITORY

ASSETS = REPOSITORY / "plugins" / "mkdocs_checklists" / "assets"

DOUBLED = (
    "BroadcastChannel",
    "Date",
    "addEventListener",
    "cancelAnimationFrame",
    "clearTimeout",
    "customElements",
    "indexedDB",
    "location",
    "navigator",
    "removeEventListener",
    "requestAnimationFrame",
    "sessionStorage",
    "setTimeout",
)
"""What a page of the tests has of its own: see `page.js`."""


@dataclass(frozen=True)
class Fault:
    """One deliberate fault: in this module, once, one text for another."""

    module: str
    right: str
    wrong: str


def product_script(faults: Iterable[Fault] = ()) -> str:
    """A script that puts all modules into `product`: name -> function of an environment -> what the module exports."""
    words = load_messages()
    sources = {path.relative_to(ASSETS).as_posix(): path.read_text("utf-8") for path in sorted(ASSETS.rglob("*.js"))}
    sources |= {part.module: words.to_script(part.name) for part in CATALOGUE_PARTS if part.module}
    for fault in faults:
        source = sources[fault.module]
        # Else the fault is not what the test says, since the module has changed.
        assert source.count(fault.right) == 1, f"{fault.module} does not hold this once: {fault.right}"
        sources[fault.module] = source.replace(fault.right, fault.wrong)
    functions = ",\n".join(f'"{name}": {_as_function(name, source)}' for name, source in sources.items())
    return f'"use strict";\nglobalThis.product = {{\n{functions}\n}};\n'


def _as_function(name: str, source: str) -> str:
    exported: list[str] = []

    def take(found: re.Match[str]) -> str:
        exported.append(found[2])
        return found[0].removeprefix("export ")

    source = re.sub(r"^export ((?:async )?(?:function\*?|class|const|let) (\w+))", take, source, flags=re.MULTILINE)
    # Paths of other modules become those below `assets/`.
    source = re.sub(r'"(\.{1,2}/[\w./-]+\.js)"', lambda found: f'"{normpath(join(dirname(name), found[1]))}"', source)
    source = re.sub(
        r'^import \{([^}]*)\} from ("[^"]+");',
        lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = $need({found[2]});",
        source,
        flags=re.MULTILINE,
    )
    source = re.sub(r'^import \* as (\w+) from ("[^"]+");', r"const \1 = $need(\2);", source, flags=re.MULTILINE)
    source = re.sub(r'^import ("[^"]+");', r"$need(\1);", source, flags=re.MULTILINE)
    source = source.replace("import(", "$arrive(").replace("import.meta", "$meta")
    left = re.search(r"^(import|export)\b.*", source, re.MULTILINE)
    assert left is None, f"{name}: {left[0]}"
    names = ", ".join(("$need", "$arrive", "$meta", *DOUBLED))
    return f"({{ {names} }}) => {{ {{\n{source}\nreturn {{ {', '.join(exported)} }};\n}} }}"
