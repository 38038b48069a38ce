"""What the guides' checklists say of single bad answers: the verdict, and what is to be done first, by its action."""

from functools import cache
from typing import Any

import pytest

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.library.loaded import LoadedChecklist
from mkdocs_checklists.lint.checklist import lint
from mkdocs_checklists.model.checklist import Item
from mkdocs_checklists.scoring.rules import full_score
from tests.helpers import REPOSITORY

TOP = {
    "automation-or-outsourcing": "automate-first",
    "automation-supplier": "ready",
    "freelancer-warning-signs": "looks-fine",
    "keep-a-person": "normal-checks",
    "social-media-manager": "ready",
}

ALONE = """
    keep-a-person speaks-for-you=free person-approves
    keep-a-person reach-a-person=no person-approves
    keep-a-person seen-same-day=complaint person-approves
    automation-or-outsourcing named-repairer=nobody person-first
    automation-or-outsourcing silent-failure=lot mix
    freelancer-warning-signs weekly-hours=over-30 with-safeguards
    freelancer-warning-signs newcomer-day=longer with-safeguards
    freelancer-warning-signs other-providers=none with-safeguards
    automation-supplier daily-count=no fix-first
    automation-supplier description=no fix-first
    automation-supplier export-tried=no fix-first
    social-media-manager content-ownership=no fix-first
    social-media-manager no-bought-popularity=no fix-first
"""
"""Checklist, the one bad answer, and the verdict; all other answers are the best."""


@cache
def library() -> Library:
    files = Library(REPOSITORY / "checklists")
    files.refresh()
    return files


def loaded(name: str) -> LoadedChecklist:
    found = library().get(name)
    assert found is not None
    return found


def items(name: str) -> list[Item]:
    checklist = loaded(name).checklist
    assert checklist is not None
    return checklist.items


def result(name: str, **bad: str) -> dict[str, Any]:
    """The result of the best answers but for these; ids have an underscore for a hyphen."""
    best = {item.id: max(item.options or [], key=lambda option: option.earned).id for item in items(name)}
    return full_score(loaded(name).key, best | {item.replace("_", "-"): option for item, option in bad.items()})


def first_actions(name: str, found: dict[str, Any]) -> list[str]:
    titles = {item.id: item.action or item.text for item in items(name)}
    return [titles[item] for item in found["recommendations"][:3]]


@pytest.mark.parametrize(("name", "bad", "verdict"), [line.split() for line in ALONE.split("\n") if line.strip()])
def test_one_bad_answer_holds_the_verdict(name: str, bad: str, verdict: str) -> None:
    item, _, option = bad.partition("=")

    found = result(name, **{item: option})

    assert (found["band"], found["band_by_score"], found["capped_by"]) == (verdict, TOP[name], [item])


def test_software_that_makes_up_words_and_hides_people_is_never_automate_it() -> None:
    found = result("keep-a-person", speaks_for_you="free", reach_a_person="no")

    assert found["band"] == "person-approves"
    assert first_actions("keep-a-person", found) == ["Approve what it says", "Show the way to people"]


def test_for_a_chatbot_of_a_clinic_its_words_and_the_way_to_a_person_come_first() -> None:
    found = result(
        "keep-a-person",
        speaks_for_you="free",
        reach_a_person="no",
        upset_person="few",
        undone="partly",
        missing_facts="few",
        seen_same_day="complaint",
        checker_time="sometimes",
        by_hand_tomorrow="effort",
    )

    assert found["band"] == "person-decides"
    assert first_actions("keep-a-person", found) == [
        "Approve what it says",
        "Look at it every day",
        "Show the way to people",
    ]


def test_many_upset_people_are_a_fact_that_leaves_nothing_to_mend() -> None:
    found = result("keep-a-person", upset_person="many")

    assert found["band"] == "person-decides"
    assert found["recommendations"] == []
    assert found["way_up"] is None


def test_money_that_leaves_unseen_is_the_first_thing_to_mend() -> None:
    found = result("keep-a-person", undone="no", moves_money="yes", by_hand_tomorrow="no")

    assert found["band"] == "person-decides"
    assert first_actions("keep-a-person", found) == [
        "Let a person release money",
        "Build in a delay",
        "Practise it by hand",
    ]


def test_nothing_is_automated_first_that_nobody_repairs_and_that_cant_be_put_right() -> None:
    found = result("automation-or-outsourcing", silent_failure="lot", named_repairer="nobody")

    assert found["band"] == "person-first"
    assert first_actions("automation-or-outsourcing", found) == ["Name a repairer", "Count in and out daily"]


def test_steady_hours_are_a_fact_and_no_way_up() -> None:
    found = result("freelancer-warning-signs", weekly_hours="over-30", personal_data="large")

    assert found["band"] == "with-safeguards"
    assert first_actions("freelancer-warning-signs", found) == ["Sign a data contract"]


def test_a_freelancer_who_can_send_money_is_dealt_with_today() -> None:
    found = result("freelancer-warning-signs", moving_money="send", directing_method="most", other_providers="none")

    assert found["band"] == "other-model"
    assert first_actions("freelancer-warning-signs", found) == [
        "Release each payment yourself",
        "Ask for results only",
        "Find a second provider",
    ]


def test_an_offer_without_description_and_export_is_not_ready_to_buy() -> None:
    found = result("automation-supplier", description="no", export_tried="no")

    assert (found["score"], found["band"]) == (86, "fix-first")
    assert first_actions("automation-supplier", found) == ["Order a description", "Try the export"]


def test_an_agreement_without_the_two_lines_is_not_ready() -> None:
    found = result("social-media-manager", content_ownership="no", no_bought_popularity="no")

    assert found["band"] == "fix-first"
    assert first_actions("social-media-manager", found) == ["Rule out bought followers", "Sign who owns content"]


def test_accounts_come_first_before_a_social_media_manager_starts() -> None:
    found = result(
        "social-media-manager", business_result="no", accounts_owned="no", two_admins="none", hours_paid="no"
    )

    assert found["band"] == "not-yet"
    assert first_actions("social-media-manager", found) == [
        "Add a second person",
        "Get accounts into your name",
        "Choose one result",
    ]


@pytest.mark.parametrize("name", TOP)
def test_every_thing_to_do_has_a_short_title(name: str) -> None:
    for item in items(name):
        assert bool(item.action) != item.given, item.id
        assert item.given or 2 <= len((item.action or "").split()) <= 5, item.action


def test_no_urgent_answer_leaves_a_verdict_unmoved() -> None:
    codes = {found.id: [problem.code for problem in lint(found).warnings] for found in library().checklists}

    assert {name for name, found in codes.items() if "verdict-unmoved" in found} == set()
    assert any(item.urgent for name in TOP for item in items(name))
