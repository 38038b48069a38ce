"""axe finds nothing on pages of every kind, in every engine: what it asks of each is computed by that engine."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_accessibility import ACCEPTED, TAGS
from tests.engines.face import Face
from tests.engines.reader import Reader
from tests.helpers import Site

pytestmark = pytest.mark.slow

# The overview, a score, a decision with a plan, a calculator, a page of prose with terms, and what is shown for no page.
PAGES = (
    "",
    "guides/eight-first-time-outsourcing-mistakes/",
    "guides/who-does-the-work/",
    "guides/real-cost-of-outsourcing/",
    "glossary/",
    "404.html",
)
ANSWER = """() => {
    for (const question of document.querySelectorAll("scored-checklist fieldset:has([type=radio])"))
        question.querySelector("[type=radio]").click();
}"""


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_violation(face: Face, flagship: Site, path: str) -> None:
    face.open(flagship.url + path)
    reader = Reader(face)
    reader.wait_until("() => [...document.querySelectorAll('[data-notice]')].every((notice) => notice.textContent)")
    face.evaluate(ANSWER)
    source = Axe().axe_script
    result = face.evaluate(
        f"""async (tags) => {{
        {source}
        const {{ passes, violations }} = await axe.run(document, {{
            runOnly: {{ type: "tag", values: tags }}, resultTypes: ["violations"] }});
        const found = violations.flatMap(({{ id, nodes }}) => nodes.map(({{ target, failureSummary }}) =>
            [id, target.join(" "), failureSummary]));
        return {{ passed: passes.length, found }};
    }}""",
        TAGS,
    )
    assert result["passed"] > 20
    found = result["found"]
    assert [one for one in found if not any(one[0] == rule and place in one[1] for rule, place in ACCEPTED)] == []
