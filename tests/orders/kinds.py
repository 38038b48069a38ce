"""Three small checklists with the same two questions, and what is served to the page in which their orders are tried."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.helpers import SiteFactory, write_tree
from tests.orders.product import Fault, product_script

_OPTIONS = """\
        options:
          - {id: yes, text: "Yes", points: POINTS2}
          - {id: partly, text: Partly, points: POINTS1}
          - {id: no, text: "No", points: 0}
"""
_PLAIN = (
    """\
title: Ready to hand this task over?
reviewed: 2026-11-20
sections:
  - id: all
    title: All of it
    items:
      - id: a
        text: Is the task named?
        was: former
        recommend: Name it.
"""
    + _OPTIONS
    + """\
      - id: b
        text: Is a date set?
        recommend: Set one.
"""
    + _OPTIONS
)
_BANDS = """\
bands:
  - {id: ready, min: 80, title: Ready}
  - {id: not-yet, min: 0, title: Not yet}
"""
_OUTCOMES = """\
outcomes:
  - {id: keep, title: Keep it}
  - {id: other, title: Hand it over}
"""
_PLAN = "subject: task\nplan:\n  title: All tasks\n"


def _plain(text: str) -> str:
    return text.replace("POINTS2", "2").replace("POINTS1", "1")


def _ruled(text: str) -> str:
    text = (
        text.replace("POINTS2", "{keep: 3}").replace("POINTS1", "{other: 1}").replace("points: 0", "points: {other: 3}")
    )
    return text.replace("        recommend: Name it.\n", "").replace("        recommend: Set one.\n", "")


KINDS = {
    "plain": _plain(_PLAIN + _BANDS),
    "rules": _ruled(_PLAIN + _OUTCOMES),
    "plan": _ruled(_PLAIN + _OUTCOMES + _PLAN),
}


def checklists_html(site_factory: SiteFactory) -> dict[str, str]:
    """The element of each kind of checklist, as it is in a built page."""
    tree = {f"checklists/{kind}.yml": text for kind, text in KINDS.items()}
    tree |= {f"docs/{kind}.md": f"::: checklist {kind} level=1\n" for kind in KINDS}
    site = site_factory(tree | {"docs/index.md": "# Home\n"})
    elements = {}
    for kind in KINDS:
        page = (site.site_dir / kind / "index.html").read_text("utf-8")
        found = re.search(r"<scored-checklist.*</scored-checklist>", page, re.DOTALL)
        assert found is not None, kind
        elements[kind] = found[0]
    return elements


def write_stage(root: Path, faults: Iterable[Fault] = ()) -> Path:
    """The files of the page in which orders are tried."""
    files = {path.name: path.read_text("utf-8") for path in Path(__file__).parent.glob("*.js")}
    return write_tree(
        root,
        files
        | {
            "product.js": product_script(faults),
            "frame.html": '<!doctype html><title>A tab</title><script src="product.js"></script><body></body>',
            "index.html": "<!doctype html><title>Orders of events</title><body></body>",
        },
    )
