"""Templates of themes are compiled once in a process: most of what it takes to build a small site."""

from functools import cache
from pathlib import Path
from types import CodeType

import jinja2
import mkdocs
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

_INSTALLED = str(Path(mkdocs.__file__).parent.parent)


class _Codes(jinja2.BytecodeCache):
    """Keeps what was compiled as long as the process lives; a template with another text has another checksum."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


@cache
def _names_below(folder: str) -> frozenset[str]:
    # Without the thousands of Material's icons: what is hidden never gets into a site by being there.
    return frozenset(name for name in jinja2.FileSystemLoader(folder).list_templates() if not name.startswith("."))


class _Loader(jinja2.FileSystemLoader):
    """Looks only once which files an installed theme has: they stay as they are."""

    def list_templates(self) -> list[str]:
        names: set[str] = set()
        for folder in self.searchpath:
            is_installed = folder.startswith(_INSTALLED)
            names |= _names_below(folder) if is_installed else set(jinja2.FileSystemLoader(folder).list_templates())
        return sorted(names)


_CODES = _Codes()


def environment_of(theme: Theme) -> jinja2.Environment:
    """What `theme.get_env()` returns, with what earlier builds of this process have compiled."""
    environment = Theme.get_env(theme)
    environment.loader = _Loader(theme.dirs)
    environment.bytecode_cache = _CODES
    return environment
