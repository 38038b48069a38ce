"""Everything that the two articles say, and everything that readers ask, stands somewhere on the site.

The points are data: `points_*.json`, one entry a point, with the page, the heading and words that stand there, and for a
cross-link the page that it leads to.
"""

import json
import re
from pathlib import Path

import pytest

from tests.helpers import Site
from tests.site.pages import links_below, parsed, text_below

POINTS = [
    point
    for path in sorted(Path(__file__).parent.glob("points_*.json"))
    for point in json.loads(path.read_text("utf-8"))
]

ARTICLE_A = {"A0": 5, "A1": 6, "A2": 5, "A3": 6, "A4": 3, "A5": 3, "A6": 4, "A7": 4, "A8": 3, "A9": 3, "A10": 5}
ARTICLE_B = {"B0": 2, "B1": 3, "B2": 3, "B3": 2, "B4": 2, "B5": 2, "B6": 1}
"""How many points each part of the article on mistakes, and of that on beliefs, makes."""

CROSS_LINKS = {
    "X1": "guides/who-does-the-work.md",
    "X2": "guides/hiring-a-social-media-manager.md",
    "X3": "guides/automation-or-outsourcing.md",
    "X4": "guides/when-a-freelancer-is-wrong.md",
    "X5": "guides/tasks-never-to-automate.md",
    "X6": "guides/buying-workflow-automation.md",
    "X7": "guides/do-freelancing-platforms-make-sense.md",
}
"""The articles that the first article points to, and the guide that stands for each."""

GAPS = {"status", "ip", "confidentiality", "data", "access", "tax-forms", "gone-wrong", "exit", "numbers"}
"""What both articles leave out."""

QUESTIONS = {
    "G1": 7, "G2": 7, "G3": 8, "G4": 6, "G5": 5, "G6": 7, "G7": 8, "G8": 8, "G9": 8, "G10": 6, "G11": 7, "G12": 12,
}  # fmt: skip
"""How many questions readers ask about the subject of each guide."""

MOST_ASKED = 10


def test_every_point_of_the_articles_and_every_question_is_listed() -> None:
    expected = {
        *(f"{part}.{n}" for part, count in (ARTICLE_A | ARTICLE_B).items() for n in range(1, count + 1)),
        *CROSS_LINKS,
        *(f"GAP-{gap}" for gap in GAPS),
        *(f"Q-{guide}-{n}" for guide, count in QUESTIONS.items() for n in range(1, count + 1)),
        *(f"Q-TOP-{n}" for n in range(1, MOST_ASKED + 1)),
    }

    # Words after the number tell parts of a point apart.
    assert {re.split(" ", point["id"])[0] for point in POINTS} >= expected


# A point may stand in several places.
@pytest.mark.parametrize("point", POINTS, ids=[f"{point['id']} {n}" for n, point in enumerate(POINTS)])
def test_point_stands_under_its_heading(point: dict[str, str], flagship: Site) -> None:
    page = flagship.site_dir / point["page"].removesuffix(".md") / "index.html"

    assert point["says"] in text_below(parsed(page)[0], point["anchor"])


@pytest.mark.parametrize("name", CROSS_LINKS)
def test_first_article_leads_to_the_guide_that_stands_for_what_it_points_to(name: str, flagship: Site) -> None:
    points = [
        point
        for point in POINTS
        if point["id"] == name and point["page"].endswith("first-time-outsourcing-mistakes.md")
    ]
    assert points
    for point in points:
        page = flagship.site_dir / point["page"].removesuffix(".md") / "index.html"
        target = CROSS_LINKS[name].removeprefix("guides/").removesuffix(".md")
        assert any(target in link for link in links_below(parsed(page)[0], point["anchor"]))


@pytest.mark.parametrize("number", range(1, MOST_ASKED + 1))
def test_most_asked_question_is_a_heading(number: int, flagship: Site) -> None:
    points = [point for point in POINTS if point["id"] == f"Q-TOP-{number}"]
    assert points
    for point in points:
        page = flagship.site_dir / point["page"].removesuffix(".md") / "index.html"
        heading = next(element for element in parsed(page)[0].iter() if element.get("id") == point["anchor"])
        assert re.fullmatch("h[23]", heading.tag)
        assert "".join(heading.itertext()).rstrip("¶").rstrip().endswith("?")
