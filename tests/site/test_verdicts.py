"""What the guides' checklists say of single bad answers: the verdict, and what is to be done first, by its action."""

import re
from functools import cache
from itertools import product
from typing import Any

import pytest

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.library.loaded import LoadedChecklist
from mkdocs_checklists.lint.checklist import lint
from mkdocs_checklists.model.checklist import Item
from mkdocs_checklists.model.fields import EVERY_ANSWER
from mkdocs_checklists.proof.contradictions import best_cases
from mkdocs_checklists.scoring.rules import full_score
from mkdocs_checklists.scoring.score import score
from tests.helpers import REPOSITORY

TOP = {
    "automation-or-outsourcing": "automate-first",
    "automation-supplier": "ready",
    "before-i-sign": "ready",
    "contractor-check": "ready",
    "costly-beliefs": "ready",
    "first-time-outsourcing": "ready",
    "freelancer-warning-signs": "looks-fine",
    "freelancing-platform": "platform-fits",
    "keep-a-person": "normal-checks",
    "real-cost": "ready",
    "social-media-manager": "ready",
    "task-brief": "ready",
}

ALONE = """
    keep-a-person speaks-for-you=free person-approves
    keep-a-person reach-a-person=no person-approves
    keep-a-person seen-same-day=complaint person-approves
    keep-a-person minutes-to-check=longer person-approves
    keep-a-person checker-time=no person-approves
    automation-or-outsourcing named-repairer=nobody person-first
    automation-or-outsourcing manual-works=fewer person-first
    automation-or-outsourcing steps-changed=more person-first
    automation-or-outsourcing silent-failure=lot mix
    freelancer-warning-signs weekly-hours=over-30 with-safeguards
    freelancer-warning-signs newcomer-day=longer with-safeguards
    freelancer-warning-signs other-providers=none with-safeguards
    freelancer-warning-signs knowledge-loss=stops with-safeguards
    freelancer-warning-signs within-the-hour=daily with-safeguards
    freelancer-warning-signs no-slack=none with-safeguards
    freelancer-warning-signs personal-data=large with-safeguards
    automation-supplier daily-count=no fix-first
    automation-supplier description=no fix-first
    automation-supplier export-tried=no fix-first
    automation-supplier one-process=several fix-first
    automation-supplier unit-at-volume=no fix-first
    automation-supplier safe-repeat=no fix-first
    social-media-manager content-ownership=no fix-first
    social-media-manager no-bought-popularity=no fix-first
    social-media-manager todays-number=no fix-first
    social-media-manager same-sample=no fix-first
    social-media-manager first-month-approval=no fix-first
    before-i-sign first-term=year fix-first
    before-i-sign first-term=long fix-first
    before-i-sign notice=more fix-first
    before-i-sign listed-results=none fix-first
    before-i-sign ownership=unsaid fix-first
    before-i-sign data-out=nothing fix-first
    before-i-sign last-day=nothing fix-first
    contractor-check sets-hours=we fix-first
    contractor-check secrecy=no fix-first
    contractor-check access-removed=later fix-first
    costly-beliefs what-you-check-against=nothing fix-first
    costly-beliefs shared-hours=far-short fix-first
    costly-beliefs dated-checkpoints=none fix-first
    first-time-outsourcing first-feedback=no fix-first
    first-time-outsourcing other-hand-overs=several fix-first
    first-time-outsourcing review-date=no fix-first
    freelancing-platform deadlines-met=no find-then-review
    freelancing-platform past-score=score find-then-review
    real-cost checking-counted=no fix-first
    real-cost second-option=no fix-first
    task-brief first-piece=no fix-first
    task-brief method-free=set fix-first
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
    best = {item.id: max(item.options, key=lambda option: option.earned).id for item in items(name) if item.options}
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
        "Let results wait",
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
        "List the steps you set",
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


def test_good_paper_and_access_do_not_outweigh_weak_status() -> None:
    found = result(
        "contractor-check", sets_hours="we", other_clients="banned", profit_or_loss="cannot", has_an_end="open"
    )

    assert (found["score"], found["band"]) == (82, "not-yet")
    assert found["capped_by"] == [{"section": "status"}]
    assert {name: part["band"] for name, part in found["sections"].items()} == {
        "status": "signs-of-a-job",
        "paper": "signed",
        "access": "held",
    }
    assert first_actions("contractor-check", found) == [
        "Note which hours you set",
        "Set a day to decide",
        "Ask for a fixed price",
    ]


def test_half_weak_status_is_not_in_good_order_either() -> None:
    found = result("contractor-check", other_clients="banned", profit_or_loss="cannot")

    assert (found["score"], found["band"]) == (89, "fix-first")
    assert found["capped_by"] == [{"section": "status"}]


def test_facts_about_a_contractor_are_nothing_to_mend() -> None:
    found = result("contractor-check", usual_business="same", other_clients="banned")

    assert (found["band"], found["recommendations"], found["way_up"]) == ("not-yet", [], None)


def test_an_adviser_is_asked_before_anything_about_the_status_changes() -> None:
    found = result(
        "contractor-check", decides_method="we", sets_hours="we", profit_or_loss="cannot", official_checker="no"
    )

    assert first_actions("contractor-check", found) == [
        "Have their status checked",
        "List the steps you set",
        "Note which hours you set",
    ]


def test_for_a_contractor_who_has_gone_access_comes_before_paper() -> None:
    found = result(
        "contractor-check",
        agreement_signed="no",
        transfers_copyright="no",
        processor_contract="no",
        own_login="shared",
        access_list="no",
        access_removed="later",
        three_accounts="fewer",
    )

    assert found["band"] == "not-yet"
    assert first_actions("contractor-check", found) == [
        "Cut down their access",
        "Move accounts to your firm",
        "Close logins the same day",
    ]


UNPREPARED = {
    "client_fees": "no",
    "deadlines_met": "no",
    "ownership_terms": "no",
    "past_score": "score",
    "second_way": "none",
    "model_reviewed": "older",
}
NO_NEED = {"new_providers": "none", "same_person_time": "long", "easy_to_describe": "no", "ai_draft": "good"}


@pytest.mark.parametrize(
    ("bad", "expected", "band", "need", "preparation"),
    [
        ({}, 100, "platform-fits", "clear", "prepared"),
        (UNPREPARED, 100, "find-then-review", "clear", "unprepared"),
        (NO_NEED, 0, "go-direct", "little", "prepared"),
        (NO_NEED | UNPREPARED, 0, "go-direct", "little", "unprepared"),
        ({"new_providers": "none"}, 71, "go-direct", "some", "prepared"),
        ({"same_person_time": "long"}, 71, "find-then-review", "some", "prepared"),
    ],
)
def test_need_and_preparation_for_a_platform_are_two_results(
    bad: dict[str, str], expected: int, band: str, need: str, preparation: str
) -> None:
    found = result("freelancing-platform", **bad)

    parts = {name: part["band"] for name, part in found["dimensions"].items()}
    assert (found["score"], found["band"]) == (expected, band)
    assert parts == {"need": need, "preparation": preparation}


def test_no_homework_sends_away_whoever_needs_a_platform_and_none_brings_back_whoever_does_not() -> None:
    found = loaded("freelancing-platform")
    homework = [item for item in items("freelancing-platform") if "preparation" in item.dimension]
    best = {item.id: (item.options or [])[0].id for item in items("freelancing-platform")}
    no_need = best | {item.replace("_", "-"): option for item, option in NO_NEED.items()}
    assert len(homework) == len(UNPREPARED)
    patterns = product(*([(item.id, option.id) for option in item.options or []] for item in homework))

    bands = {
        (score(found.key, best | dict(pattern)).band, score(found.key, no_need | dict(pattern)).band)
        for pattern in patterns
    }

    assert bands == {("platform-fits", "go-direct"), ("find-then-review", "go-direct")}


STOP = re.compile(
    r"""\b(?:build|show\ them|sign)\ nothing | \bbefore\ anything | \bwait\ (?:with|until|a\ month)\b | \bstart\ no\ new
    | \bdon’t\ (?:buy|start|sign|rest)\b | \bstop\ (?:sending|the\ rest|the\ last) | \bhold\ new\ work | \bthis\ is\ cover
    | \blet\ a\ person\ do | \bgive\ the\ task\ to\ a\ person | \bbefore\ (?:they\ get|the\ next\ job|another\ month)
    | \bdo\ it\ today | \bchange\ it\ today | \blook\ for\ (?:somebody|another)\ | \bchoose\ another\ way""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of advice to stop, or not to begin."""

LEFT = {
    "first-time-outsourcing other-hand-overs=one": "It says so only for a role that does not run by itself.",
    "social-media-manager asked-about-customers=none": "It asks first; only silence after that speaks against them.",
}
"""Such advice that leaves the verdict of the best answers as it is, and why that is right."""


def test_no_verdict_says_go_above_advice_to_stop() -> None:
    found = set()
    for name in TOP:
        advice = {item.id: item.recommend or {} for item in items(name)}
        for case in best_cases(loaded(name).key):
            for weak in case.singles:
                item, option = weak.choice
                words = advice[item].get(str(option), advice[item].get(EVERY_ANSWER, ""))
                if weak.is_unmoved and STOP.search(" ".join(words.split())):
                    found.add(f"{name} {item}={option}")

    assert found == set(LEFT)


@pytest.mark.parametrize("name", [found.id for found in library().checklists])
def test_every_thing_to_do_has_a_short_title(name: str) -> None:
    for item in items(name):
        assert not (item.action and item.given), item.id
        if item.recommend and not item.given:
            assert item.action is not None, item.id
            assert 2 <= len(item.action.split()) <= 5, item.action
            assert item.action[0].isupper(), item.action
            assert item.action[-1].isalpha(), item.action


def test_no_urgent_answer_leaves_a_verdict_unmoved() -> None:
    codes = {found.id: [problem.code for problem in lint(found).warnings] for found in library().checklists}

    assert {name for name, found in codes.items() if "verdict-unmoved" in found} == set()
    assert any(item.urgent for name in TOP for item in items(name))
