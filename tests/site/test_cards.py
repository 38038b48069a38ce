"""The emergency cards: the first hour, today, this week; one sheet of paper each."""

import re
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY, Site
from tests.site.pages import ids, links_below, parsed

FOLDER = REPOSITORY / "content" / "cards"
CARDS = sorted(path for path in FOLDER.glob("*.md") if path.stem != "index")
PARTS = ["the-first-hour", "today", "this-week"]

card = pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)


def test_there_are_five_and_the_overview_leads_to_each(flagship: Site) -> None:
    links = links_below(parsed(flagship.site_dir / "cards/index.html")[0], "")

    assert len(CARDS) == 5
    assert {f"{path.stem}/" for path in CARDS} <= set(links)


@card
def test_card_has_three_parts_in_order_with_a_few_steps_each(path: Path, flagship: Site) -> None:
    tree = parsed(flagship.site_dir / "cards" / path.stem / "index.html")[0]
    article = list(tree.find(".//article"))

    headings = [element.get("id") for element in article if element.tag == "h2"]
    steps = [len(element.findall("li")) for element in article if element.tag == "ol"]

    assert headings[:3] == PARTS
    assert len(steps[:3]) == 3
    assert all(2 <= count <= 4 for count in steps[:3])


@card
def test_card_is_short_and_leads_on(path: Path, flagship: Site) -> None:
    text = path.read_text("utf-8").split("\n---\n", 1)[1]

    assert len(re.sub(r"\]\([^)]*\)", "", text).split()) <= 270
    assert "../guides/" in text


@card
def test_card_is_led_to_from_a_guide_or_the_overview(path: Path) -> None:
    guides = [guide.read_text("utf-8") for guide in (REPOSITORY / "content/guides").glob("*.md")]
    others = [other.read_text("utf-8") for other in FOLDER.glob("*.md") if other != path]

    assert any(f"cards/{path.name}" in text for text in guides) or any(path.name in text for text in others)
    assert path.stem in "".join(others)


def test_overview_of_cards_stands_on_its_own(flagship: Site) -> None:
    assert "emergency-cards" in ids(flagship.site_dir / "cards/index.html")
