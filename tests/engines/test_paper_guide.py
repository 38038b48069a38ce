"""A guide of the site on paper: as many sheets with WebKit as with Chromium, and all of its words."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_checklists.library.folder import Library
from tests.browser.widget import say
from tests.engines.face import Engine, Visit
from tests.engines.printing import require_printing, sheets_of, squeeze
from tests.engines.test_paper_widget import BUTTONS, READY
from tests.helpers import REPOSITORY, Site

GUIDES = {
    "guides/eight-first-time-outsourcing-mistakes/": "first-time-outsourcing",
    "guides/who-does-the-work/": "who-does-the-work",
    "guides/real-cost-of-outsourcing/": "real-cost",
}


@pytest.mark.slow  # ten seconds a guide
@pytest.mark.parametrize("guide", GUIDES)
def test_guide_has_as_many_sheets_with_webkit_and_all_its_words(
    start_engine: Callable[[str], Engine], flagship: Site, tmp_path: Path, guide: str
) -> None:
    sheets, texts = {}, {}
    for name in ("chromium", "webkit"):
        engine = start_engine(name)
        require_printing(engine)
        face = engine.visit(Visit())
        face.print_to_pdf(flagship.url + guide, tmp_path / f"{name}.pdf", prepare=READY)
        face.end()
        found = sheets_of(tmp_path / f"{name}.pdf")
        sheets[name], texts[name] = len(found), "".join(found)
    # WebKitGTK prints a pixel a fifteenth larger.
    assert sheets["webkit"] == pytest.approx(sheets["chromium"], abs=1)

    library = Library(REPOSITORY / "checklists")
    library.refresh()
    loaded = library.get(GUIDES[guide])
    assert loaded is not None
    assert loaded.checklist is not None
    questions = [squeeze(item.text) for section in loaded.checklist.sections for item in section.items]
    assert questions
    assert [question for question in questions if question not in texts["webkit"]] == []
    # The points of its answers, unless it decides between outcomes.
    if loaded.checklist.bands:
        assert len(re.findall(r"\(\d+\)", texts["webkit"])) >= len(questions)
    assert [message for message in (*BUTTONS, "notice", "progress") if squeeze(say(message)) in texts["webkit"]] == []
