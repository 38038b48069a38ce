"""On paper, in every engine: boxes with points, open folds, room for the score, and nothing that one would have to press."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.widget import QUESTIONS, TREE, say
from tests.engines.face import Engine, Face
from tests.engines.printing import require_printing, sheets_of, squeeze
from tests.helpers import SiteFactory

# The short story of each engine is in `test_short_story.py`.
pytestmark = pytest.mark.slow

BUTTONS = ("next", "clear", "reset", "undo", "confirm_button")

READY = """
while (!document.querySelector("[data-notice]")?.textContent) await new Promise(requestAnimationFrame);
"""
ANSWERED = f"""{READY}
for (const question of document.querySelectorAll("scored-checklist fieldset")) question.querySelector("input").click();
while (!document.querySelector("[data-panel] [data-verdict]")) await new Promise(requestAnimationFrame);
"""


@pytest.fixture
def printed(engine: Engine, face: Face, site_factory: SiteFactory, tmp_path: Path) -> Callable[[str], str]:
    """The text of all sheets, once something was prepared in the page."""
    require_printing(engine)

    def text(prepare: str) -> str:
        face.print_to_pdf(site_factory(TREE).url + "whole/", tmp_path / "page.pdf", prepare=prepare)
        return "".join(sheets_of(tmp_path / "page.pdf"))

    return text


def test_empty_form_has_boxes_with_points_and_room_for_the_score(printed: Callable[[str], str]) -> None:
    text = printed(READY)
    for question in QUESTIONS:
        assert squeeze(question) in text
    # Every answer with what it is worth, advice and the text to copy without a click.
    assert len(re.findall(r"\(\d\)", text)) >= len(QUESTIONS)
    assert squeeze("Write one sentence with a verb.") in text
    assert squeeze("The task: [verb]") in text
    assert squeeze(say("tally-before")) in text
    assert [message for message in (*BUTTONS, "notice", "progress") if squeeze(say(message)) in text] == []


def test_answered_form_has_crosses_and_the_verdict(printed: Callable[[str], str]) -> None:
    text = printed(ANSWERED)
    assert squeeze(say("verdict", band="Ready to go")) in text
    assert text.count("✕") == len(QUESTIONS)
    assert squeeze(say("tally-before")) not in text
    assert [message for message in (*BUTTONS, "notice", "progress") if squeeze(say(message)) in text] == []


def test_result_alone_is_printed_though_afterprint_came_early(printed: Callable[[str], str]) -> None:
    text = printed(f"""{ANSWERED}
window.print = () => dispatchEvent(new Event("afterprint"));
while (!document.querySelector('[data-do="print"]:not([hidden])')) await new Promise(requestAnimationFrame);
document.querySelector('[data-do="print"]').click();
while (!document.querySelector("[data-sheet]")) await new Promise(requestAnimationFrame);
""")
    assert squeeze(say("verdict", band="Ready to go")) in text
    assert squeeze(say("answers_in_short")) in text
    # The page itself, with its boxes to tick, is not there.
    assert "✕" not in text
    assert [message for message in BUTTONS if squeeze(say(message)) in text] == []
