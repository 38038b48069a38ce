"""Ten owners with a question: what the guides tell each of them, and what to do first.

The owners are data, `situations.json`: the answers that each would give, the verdict and the first three things to do, as a
program gets them from the package. `headings` are the answers in words, and what the owner would type to find them. For a decision
the first things to do are how its notes begin, and two outcomes with a `+` are a close call.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mkdocs_checklists import Library, LoadedChecklist, score
from tests.helpers import REPOSITORY, Site

SITUATIONS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("situations.json").read_text("utf-8"))
RESULTS = [
    pytest.param(result, id=f"{situation['id']}-{result['checklist']}")
    for situation in SITUATIONS
    for result in situation["results"]
]
HEADINGS = [
    pytest.param(heading, id=f"{situation['id']}-{heading['words']}")
    for situation in SITUATIONS
    for heading in situation["headings"]
]


@cache
def library() -> Library:
    files = Library(REPOSITORY / "checklists")
    files.refresh()
    return files


def loaded(name: str) -> LoadedChecklist:
    found = library().get(name)
    assert found is not None
    return found


def test_ten_owners_ask_and_each_gets_a_verdict() -> None:
    assert len({situation["id"] for situation in SITUATIONS}) == 10
    assert all(situation["results"] for situation in SITUATIONS)


@pytest.mark.parametrize("expected", RESULTS)
def test_owner_gets_the_verdict_that_the_guide_argues_for(expected: dict[str, Any]) -> None:
    result = score(loaded(expected["checklist"]), expected["answers"])

    verdict = "+".join(result.close_call or ()) or result.outcome or result.band or result.verdict
    assert (verdict, result.missing, result.ignored) == (expected["verdict"], [], [])


@pytest.mark.parametrize("expected", RESULTS)
def test_owner_is_shown_what_to_do_first_and_no_question(expected: dict[str, Any]) -> None:
    found = loaded(expected["checklist"])
    result = score(found, expected["answers"])
    assert found.checklist is not None
    titles = {item.id: item.action or item.text for item in found.checklist.items}

    if found.checklist.outcomes:
        begun = [note.startswith(words) for note, words in zip(result.notes, expected["first"], strict=False)]
        assert (begun, len(result.notes[:3])) == ([True] * len(begun), len(expected["first"]))
    else:
        first = [titles[item] for item in result.recommendations[:3]]
        assert first == expected["first"]
        assert [title for title in first if title.endswith("?")] == []


@cache
def sections(index: Path) -> dict[tuple[str, str], str]:
    """The words that the search of the site finds, by page and heading."""
    docs = json.loads(index.read_text("utf-8"))["docs"]
    return {
        (doc["location"].partition("#")[0], doc["title"]): f"{doc['title']} {doc['text']}".lower()
        for doc in docs
        if "#" in doc["location"]
    }


@pytest.mark.parametrize("expected", HEADINGS)
def test_owner_finds_the_answer_by_words_of_her_own(expected: dict[str, str], searchable_flagship: Site) -> None:
    found = sections(searchable_flagship.site_dir / "search/search_index.json")
    page = expected["page"].removesuffix(".md") + "/"

    assert (page, expected["heading"]) in found
    text = found[page, expected["heading"]]
    # Every word has to be there: the search takes the words of a question together.
    assert [word for word in expected["words"].lower().split() if word not in text] == []


@pytest.mark.parametrize("expected", HEADINGS)
def test_answer_to_a_question_is_among_the_short_answers(expected: dict[str, str], flagship: Site) -> None:
    if expected["heading"].endswith("?"):
        assert expected["heading"] in (flagship.site_dir / "answers/index.html").read_text("utf-8")
