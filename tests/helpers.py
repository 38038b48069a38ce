"""Small sites for tests: write one from an indented text, build it, serve it as GitHub Pages would."""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import Any
from unittest.mock import patch

from click import ClickException
from mkdocs.commands.build import build
from mkdocs.config import load_config

from site_src.hooks.content_security_policy import PageReader, policy, source_of
from tests.compiled_templates import environment_of
from tests.pages_server import serve

__all__ = [
    "CONFIG_WITH_SEARCH",
    "DEFAULT_CONFIG",
    "PLAIN_THEME",
    "REPOSITORY",
    "Build",
    "Site",
    "SiteFactory",
    "Tree",
    "build_site",
    "day_of_review",
    "read_tree",
    "serve",
    "strict_policy",
    "write_tree",
]

REPOSITORY = Path(__file__).resolve().parent.parent

Tree = str | Mapping[str, str | bytes]
"""Files of a small site: path -> content, or an indented text as `read_tree` takes it."""

DEFAULT_CONFIG = """\
site_name: Test site
theme: {name: material, font: false, features: [navigation.instant]}
plugins: [checklists]
"""
PLAIN_THEME: Mapping[str, str] = {
    "mkdocs.yml": """\
site_name: Test site
theme: {name: null, custom_dir: theme, static_templates: [404.html]}
plugins: [checklists]
""",
    "theme/main.html": """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ page.title }}</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}
</head>
<body>
<nav>{% for item in nav %}<a href="{{ item.url | url }}">{{ item.title }}</a> {% endfor %}</nav>
<main>{{ page.content }}</main>
</body>
</html>
""",
    "theme/404.html": '<!doctype html><html lang="en"><title>Not found</title><h1>Not found</h1></html>\n',
}
"""Part of a tree whose pages are content and a list of pages: they take a quarter less than those of Material."""
# Its worker and its index are a sixth of what it takes to load a small page.
CONFIG_WITH_SEARCH = DEFAULT_CONFIG.replace("[checklists]", "[search, checklists]")


def day_of_review(text: str) -> dict[str, str]:
    """The environment in which it is the day of the newest `reviewed:` in some files, so that none of them gets old."""
    days = re.findall(r"^reviewed: ([0-9-]+)$", text, re.MULTILINE)
    newest = datetime.fromisoformat(max(days, default="1970-01-01")).replace(tzinfo=UTC)
    return {"SOURCE_DATE_EPOCH": str(int(newest.timestamp()))}


@dataclass(frozen=True)
class Build:
    """What one run of MkDocs did: its messages from warnings upwards, in order, and what stopped it, if anything."""

    site_dir: Path
    messages: tuple[str, ...]
    failure: str | None

    @property
    def report(self) -> str:
        """All messages, one after another, each starting with its level as in `WARNING: ...`."""
        return "\n".join((*self.messages, *([f"FAILED: {self.failure}"] if self.failure else [])))

    def check(self) -> "Build":
        """Return the build itself; fail the test if there was any warning, error or failure."""
        assert not self.report, self.report
        return self

    def read(self, path: str) -> str:
        """Return the text of a built file, such as `guide/index.html`."""
        return (self.site_dir / path).read_text("utf-8")


@dataclass(frozen=True)
class Site:
    """A built site that is being served. `url` ends in a slash; page addresses are put behind it."""

    url: str
    site_dir: Path
    root: Path


SiteFactory = Callable[[Tree], Site]
"""The type of the fixture `site_factory`."""


def read_tree(text: str) -> dict[str, str]:
    """Turn an indented text into path -> content.

    A line without indentation names a file, or a folder if it ends in a slash; what is indented below it is the
    file's content or the folder's files:

        docs/
            index.md
                # Home
        mkdocs.yml
            site_name: Test

    Use a mapping where a test is about tabs, line ends, bytes or leading white space.
    """
    groups: list[tuple[str, list[str]]] = []
    for line in dedent(text).splitlines():
        if line and not line[0].isspace():
            groups.append((line, []))
        elif groups:
            groups[-1][1].append(line)
        elif line:
            raise ValueError(f"Indented, but below nothing: {line!r}")
    files: dict[str, str] = {}
    for head, body in groups:
        content = dedent("\n".join(body)).strip("\n") + "\n"
        if head.endswith("/"):
            files |= {head + path: inner for path, inner in read_tree(content).items()}
        else:
            files[head] = content
    return files


def write_tree(root: Path, tree: Tree) -> Path:
    """Write the files of a tree below `root`, which is made if need be, and return `root`."""
    for path, content in (read_tree(tree) if isinstance(tree, str) else tree).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname}: {record.getMessage()}")


@contextmanager
def _collecting() -> Iterator[list[str]]:
    logger, collector = logging.getLogger("mkdocs"), _Collector()
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)


def build_site(source: Path, site_dir: Path | None = None, *, strict: bool = True, **config: Any) -> Build:
    """Build the site of a configuration file, or of the `mkdocs.yml` in a folder, through MkDocs' own functions.

    A failing build does not raise: look at what is returned, or call `check()` on it. The result goes to `site_dir`,
    by default the folder `site` beside the configuration. Further keywords override settings, such as `site_url`.
    """
    config_file = source / "mkdocs.yml" if source.is_dir() else source
    site_dir = site_dir or config_file.parent / "site"
    failure: str | None = None
    with _collecting() as messages:
        try:
            loaded = load_config(config_file=str(config_file), strict=strict, site_dir=str(site_dir), **config)
            loaded.plugins.on_startup(command="build", dirty=False)
            try:
                with patch.object(loaded.theme, "get_env", partial(environment_of, loaded.theme)):
                    build(loaded)
            finally:
                loaded.plugins.on_shutdown()
        except ClickException as error:
            failure = error.format_message()
    return Build(site_dir, tuple(messages), failure)


def strict_policy(site_dir: Path) -> str:
    """The flagship site's policy for another site: nothing inline counts but what the theme has put into its pages."""
    pages = [page.read_text("utf-8") for page in site_dir.rglob("*.html")]
    scripts = {script for page in pages for script in PageReader(page).scripts}
    strict = policy(" ".join(sorted(source_of(script) for script in scripts)))
    # MkDocs' own theme has this in its list of keys, on every page.
    width = "width: 20%;"
    if any(f'<th style="{width}">' in page for page in pages):
        strict = strict.replace("style-src 'self'", f"style-src 'self' 'unsafe-hashes' {source_of(width)}")
    return strict


def scoring_vectors(
    folder: str = "scoring", expected: str = "result"
) -> list[tuple[str, dict[str, Any], dict[str, str], Any]]:
    """Every shared vector of a folder: name, key, answers and what is expected (`result`: the complete result)."""
    vectors = []
    for path in sorted((Path(__file__).parent / "vectors" / folder).glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            for number, test in enumerate(case["tests"], start=1):
                name = f"{path.stem}: {case['description']}: {number}. {test['description']}"
                vectors.append((name, case["key"], test["answers"], test[expected]))
    return vectors


def rules_vectors() -> list[tuple[str, dict[str, Any], dict[str, str], dict[str, Any]]]:
    """Every shared vector of `rules`: name, key, answers and those parts of the result that it is about."""
    return scoring_vectors("rules")
