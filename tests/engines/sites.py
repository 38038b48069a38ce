"""The small site of the story, and a site whose author changes it between two visits."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.browser.test_calculator import WORTH
from tests.browser.test_plan import WHO
from tests.browser.test_terms import FILLER, GLOSSARY
from tests.browser.widget import TASK
from tests.helpers import Site, Tree, build_site, serve, strict_policy, write_tree

# Without search, whose worker is still busy when a test leaves the page: Firefox keeps no page that loads something.
CONFIG = """\
site_name: Test site
theme: {name: material, font: false, features: [navigation.instant]}
plugins: [checklists]
"""

TREE: Mapping[str, str] = {
    "mkdocs.yml": CONFIG,
    "checklists/task.yml": TASK,
    "checklists/who.yml": WHO,
    "checklists/worth.yml": WORTH,
    "checklists/_glossary.yml": GLOSSARY,
    "docs/index.md": "# All of them\n\n::: checklist-index\n\n[Words](words.md)\n",
    "docs/task.md": "::: checklist task level=1\n\n[Words](words.md)\n",
    "docs/who.md": "::: checklist who level=1\n\n[Words](words.md)\n",
    "docs/worth.md": "::: checklist worth level=1\n\n[Words](words.md)\n",
    "docs/words.md": f"# Words\n\nA provider is needed. {FILLER * 4}\n\n[Task](task.md) [Who](who.md)\n",
}
"""Every kind of checklist, and a page without one."""

ELSEWHERE = {"index.html": "<!doctype html><title>Elsewhere</title><p>Another site."}


class ChangingSite:
    """A site that is served while its author changes it: its address stays."""

    def __init__(self, url: str, root: Path, headers: dict[str, str]) -> None:
        self.url = url
        self._root = root
        self._headers = headers

    def publish(self, tree: Tree) -> Site:
        """Build the site anew from these files, among the ones before."""
        write_tree(self._root, tree)
        site_dir = build_site(self._root, site_url=self.url).check().site_dir
        self._headers["Content-Security-Policy"] = strict_policy(site_dir)
        return Site(self.url, site_dir, self._root)


@contextmanager
def changing_site(root: Path) -> Iterator[ChangingSite]:
    headers: dict[str, str] = {}
    with serve(root / "site", page_headers=headers) as url:
        yield ChangingSite(url, root, headers)


@contextmanager
def elsewhere(root: Path) -> Iterator[str]:
    """Another site: another name of this machine, and another port."""
    with serve(write_tree(root, ELSEWHERE), "/") as url:
        yield url.replace("127.0.0.1", "localhost")
