"""The widget looks alike in every engine: lines and legends, bars, terms, and room around what is pressed."""

from collections.abc import Mapping

import pytest

from tests.browser.test_calculator import WORTH
from tests.browser.test_terms import GLOSSARY
from tests.browser.widget import QUESTIONS, TASK, YES, say
from tests.engines.face import Face
from tests.engines.played import PlayedFace
from tests.engines.reader import Reader
from tests.helpers import SiteFactory

# The short story of each engine is in `test_short_story.py`.
pytestmark = pytest.mark.slow

TREE: Mapping[str, str] = {
    "checklists/task.yml": TASK,
    "checklists/worth.yml": WORTH,
    "checklists/_glossary.yml": GLOSSARY,
    "docs/index.md": "# Home\n\nA provider is needed.\n\n::: checklist task\n",
    "docs/worth.md": "# Worth\n\n::: checklist worth\n",
}

# Lengths in the em of the question, from its upper edge.
LEGEND = """() => {
    const question = document.querySelectorAll("scored-checklist fieldset")[1];
    const legend = question.querySelector("legend");
    const em = parseFloat(getComputedStyle(question).fontSize);
    const top = question.getBoundingClientRect().top;
    const words = [...legend.children].map((child) => child.getBoundingClientRect());
    const line = getComputedStyle(legend);
    return {
        line: [legend.getBoundingClientRect().top - top, parseFloat(line.borderTopWidth), line.borderTopStyle],
        width: legend.getBoundingClientRect().width / question.getBoundingClientRect().width,
        above: (words[0].top - top - 1) / em,
        below: (legend.nextElementSibling.getBoundingClientRect().top - words.at(-1).bottom) / em,
    };
}"""

TERM = """() => {
    const { textDecorationLine, textDecorationStyle } = getComputedStyle(document.querySelector(".checklist-term"));
    return [textDecorationLine, textDecorationStyle];
}"""

METER = """() => {
    const meter = document.querySelector("scored-checklist meter");
    const { appearance, backgroundColor, borderTopWidth } = getComputedStyle(meter);
    const { height } = meter.getBoundingClientRect();
    const track = document.createElement("p");
    track.style.backgroundColor = "var(--checklist-rule)";
    meter.after(track);
    const isOurs = getComputedStyle(track).backgroundColor === backgroundColor;
    track.remove();
    return { appearance, border: borderTopWidth, height: height / parseFloat(getComputedStyle(meter).fontSize), isOurs };
}"""

# Whether the box of a button, with the ring that the focus puts around it, is clear of each line of the sentence before it.
CLEAR = """() => {
    const button = document.querySelector("[data-example-note] button");
    const words = document.createRange();
    words.selectNodeContents(button.previousElementSibling);
    const ring = 5, box = button.getBoundingClientRect();
    return [...words.getClientRects()].every(({ right, bottom }) => right < box.left - ring || bottom < box.top - ring);
}"""

# Beside the text the bar is a column. A theme's column of text may be too narrow for that.
BAR = """async () => {
    const part = document.querySelector("scored-checklist");
    part.style.inlineSize = "70em";
    await new Promise(requestAnimationFrame);
    const words = part.querySelector("[data-bar] p");
    const isColumn = getComputedStyle(words.parentElement).flexDirection === "column";
    const inner = Math.max(...[...words.querySelectorAll("*")].map((part) => part.getBoundingClientRect().bottom));
    const room = words.getBoundingClientRect().bottom - inner;
    part.style.inlineSize = "";
    return { isColumn, room: room / parseFloat(getComputedStyle(words).lineHeight) };
}"""


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def test_widget_looks_alike(face: Face, url: str) -> None:
    reader = Reader(face)
    reader.open(url)
    assert face.evaluate(TERM) == ["underline", "dotted"]

    legend = face.evaluate(LEGEND)
    assert legend["line"] == [0, 1, "solid"]
    assert legend["width"] == 1
    assert legend["above"] == pytest.approx(1.25, abs=0.05)
    assert legend["below"] == pytest.approx(0.5, abs=0.1)

    reader.answer(dict.fromkeys(QUESTIONS, YES))
    reader.wait_until("() => document.querySelector('scored-checklist meter')")
    meter = face.evaluate(METER)
    assert meter == {"appearance": "none", "border": "0px", "height": pytest.approx(0.5, abs=0.05), "isOurs": True}
    # With nothing left to answer there is no button, and no room for one.
    bar = face.evaluate(BAR)
    assert bar["isColumn"]
    assert bar["room"] < 0.5


def test_button_after_a_sentence_leaves_its_words_free(face: Face, url: str) -> None:
    reader = Reader(face, "worth")
    reader.open(url + "worth/")
    reader.press("example")
    reader.expect_text(say("example_note", count=4))
    assert face.evaluate(CLEAR)


# The other two have no way to force colours.
@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_bars_stay_visible_where_the_reader_forces_colours(face: PlayedFace, url: str) -> None:
    face.page.emulate_media(forced_colors="active")
    reader = Reader(face)
    reader.open(url)
    reader.answer(dict.fromkeys(QUESTIONS, YES))
    reader.wait_until("() => document.querySelector('scored-checklist meter')")
    found = face.evaluate("""() => ["meter", "progress"].map((name) => {
        const { borderTopWidth, borderTopStyle } = getComputedStyle(document.querySelector(`scored-checklist ${name}`));
        return [borderTopWidth, borderTopStyle];
    })""")
    assert found == [["1px", "solid"], ["1px", "solid"]]
