"""On paper, in every engine: boxes with points, open folds, room for the score, and nothing that one would have to press."""

import re
from pathlib import Path
from unicodedata import normalize

from pypdf import PdfReader

from tests.browser.widget import QUESTIONS, TREE, say
from tests.engines.face import Face
from tests.helpers import SiteFactory

BUTTONS = ("next", "clear", "reset", "undo", "confirm_button")

READY = """
while (!document.querySelector("[data-notice]")?.textContent) await new Promise(requestAnimationFrame);
"""
ANSWERED = f"""{READY}
for (const question of document.querySelectorAll("scored-checklist fieldset")) question.querySelector("input").click();
while (!document.querySelector("[data-panel] [data-verdict]")) await new Promise(requestAnimationFrame);
"""


def printed(face: Face, url: str, pdf: Path, prepare: str) -> str:
    """The text on all sheets without white space: a line may be broken anywhere."""
    face.print_to_pdf(url, pdf, prepare=prepare)
    text = " ".join(sheet.extract_text() for sheet in PdfReader(pdf).pages)
    return squeeze(text)


def squeeze(text: str) -> str:
    # Some fonts join letters into one sign.
    return re.sub(r"[\s\u00ad\u2010-]+", "", normalize("NFKC", text))


def test_empty_form_has_boxes_with_points_and_room_for_the_score(
    face: Face, site_factory: SiteFactory, tmp_path: Path
) -> None:
    text = printed(face, site_factory(TREE).url + "whole/", tmp_path / "page.pdf", READY)
    for question in QUESTIONS:
        assert squeeze(question) in text
    # Every answer with what it is worth, advice and the text to copy without a click.
    assert len(re.findall(r"\(\d\)", text)) >= len(QUESTIONS)
    assert squeeze("Write one sentence with a verb.") in text
    assert squeeze("The task: [verb]") in text
    assert squeeze(say("tally-before")) in text
    assert [message for message in (*BUTTONS, "notice", "progress") if squeeze(say(message)) in text] == []


def test_answered_form_has_crosses_and_the_verdict(face: Face, site_factory: SiteFactory, tmp_path: Path) -> None:
    text = printed(face, site_factory(TREE).url + "whole/", tmp_path / "page.pdf", ANSWERED)
    assert squeeze(say("verdict", band="Ready to go")) in text
    assert text.count("✕") == len(QUESTIONS)
    assert squeeze(say("tally-before")) not in text
    assert [message for message in (*BUTTONS, "notice", "progress") if squeeze(say(message)) in text] == []
