"""The page with every question of the guides, and the list at the top of each guide: both are made from the guides."""

from pathlib import Path

import pytest

from site_src.hooks.short_answers import Question, from_the_top, questions
from tests.helpers import REPOSITORY, Site
from tests.site.pages import ids, parsed, text_below

GUIDES = sorted((REPOSITORY / "content" / "guides").glob("*.md"))

GUIDE = """\
# A guide

## Who may?

Everybody may.

::: checklist x

Not part of it.

## A section

### No question

Left out.

### Is it fair?

Yes.[^s1]

```text
## no heading
```

## Short answers

### We are late

Then hurry, see [the rest](other.md#x).

### Empty?

## What is not known

### Nothing
"""


def test_questions_are_those_with_a_mark_and_all_short_answers() -> None:
    assert questions(GUIDE) == [
        Question("Who may?", "Everybody may."),
        Question("Is it fair?", "Yes.[^s1]\n\n```text\n## no heading\n```"),
        Question("We are late", "Then hurry, see [the rest](other.md#x)."),
    ]


@pytest.mark.parametrize(
    ("link", "moved"),
    [
        ("other.md#x", "guides/other.md#x"),
        ("#x", "guides/this.md#x"),
        ("../cards/a.md", "cards/a.md"),
        ("/guides/a.md", "/guides/a.md"),
        ("https://a.example/b.md", "https://a.example/b.md"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_links_lead_to_the_same_places_from_another_folder(link: str, moved: str) -> None:
    assert from_the_top(f"[a]({link})", page="guides/this.md") == f"[a]({moved})"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_question_of_a_guide_is_on_the_page_and_in_its_own_list(guide: Path, flagship: Site) -> None:
    found = questions(guide.read_text("utf-8"))
    every = text_below(parsed(flagship.site_dir / "answers/index.html")[0], "")
    page = flagship.site_dir / "guides" / guide.stem / "index.html"
    fold = parsed(page)[0].find(".//article/details[@class='question']")

    assert found
    for question in found:
        assert question.title in every
    # What a reader presses there is on the page.
    assert [link.get("href") for link in fold.iter("a")] == [f"#{question.anchor}" for question in found]
    assert {question.anchor for question in found} <= set(ids(page))
    assert fold.get("open") is None


def test_there_are_as_many_as_were_promised() -> None:
    assert sum(len(questions(path.read_text("utf-8"))) for path in GUIDES) >= 70


def test_home_leads_to_the_answers_and_the_cards(flagship: Site) -> None:
    links = {a.get("href") for a in parsed(flagship.site_dir / "index.html")[0].find(".//article").iter("a")}

    assert {"answers/", "cards/"} <= links
