"""The scored checklists of the guides: what each asks, what it weighs, and what its worst answers do."""

from functools import cache

import pytest
from mkdocs.utils.meta import get_data

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.model.checklist import Checklist, Item
from mkdocs_checklists.model.fields import EVERY_ANSWER
from mkdocs_checklists.scoring.key import ScoringKey
from mkdocs_checklists.scoring.score import score
from tests.helpers import REPOSITORY, Site
from tests.site.pages import parsed

# Each question with its weight; K marks those that decide the result.
WEIGHTS = {
    "first-time-outsourcing": """
        one-sentence 3K, sign-of-success 3K, list-of-inputs 2, sample-compared 2, checking-hours 2, sorted-by-type 3K,
        example-to-follow 2, first-feedback 2, past-results 2, other-hand-overs 2, upkeep-agreed 2, review-date 1""",
    "costly-beliefs": """
        who-sets-priorities 3K, what-you-check-against 2, shared-hours 2, customer-language 2, rate-compared 2, paid-on-time 2,
        tool-costs 2, learning-paid 1, core-work 3K, dated-checkpoints 2""",
    "automation-or-outsourcing": """
        when-then 3K, own-decisions 3, manual-works 2K, same-format 3K, steps-changed 2K, ready-connections 2, runs-a-month 2,
        silent-failure 2, named-repairer 2K, sensitive-message 2""",
    "freelancer-warning-signs": """
        core-work 3K, weekly-hours 3, newcomer-day 3, knowledge-loss 2, within-the-hour 2, directing-method 3K, no-slack 1,
        other-providers 2, personal-data 2, moving-money 3K""",
    "keep-a-person": """
        decides-about-person 3K, upset-person 3K, undone 3K, moves-money 3K, missing-facts 2, seen-same-day 2,
        minutes-to-check 2, checker-time 2, by-hand-tomorrow 1, reach-a-person 2, speaks-for-you 2""",
    "social-media-manager": """
        business-result 3K, todays-number 2, channels 2, hours-paid 1, accounts-owned 3K, two-admins 3K, voice-page 2,
        angry-messages 2, first-month-approval 2, same-sample 2, asked-about-customers 2, content-ownership 3,
        no-bought-popularity 2""",
    "automation-supplier": """
        by-hand-first 3K, one-process 2, unit-at-volume 2, plan-limit 2, upkeep-priced 2, failure-alert 3K, daily-count 2,
        safe-repeat 2, firm-accounts 3K, description 2, processor-contract 3K, security-report 1, export-tried 2""",
    "freelancing-platform": """
        new-providers 2K, same-person-time 2, easy-to-describe 2, ai-draft 1, client-fees 2, deadlines-met 3,
        ownership-terms 2, past-score 3, second-way 1, model-reviewed 2""",
    "task-brief": """
        why-it-matters 1, deliverables 3K, acceptance-test 3K, not-included 2, revision-rounds 2, milestones 2,
        payment-date 2, method-free 2, ownership-written 3K, first-piece 2, example-shared 2, own-login 3K,
        named-answerer 2, hand-over 2""",
    "before-i-sign": """
        first-term 2, notice 2, renewal 3K, listed-results 2, prepayment 3K, price-rises 1, account-names 3K, ownership 2,
        personal-data 3K, early-exit 2, data-out 2, last-day 2, spoken-promises 1""",
    "contractor-check": """
        decides-method 3K, sets-hours 2, other-clients 2, profit-or-loss 2, usual-business 3K, has-an-end 1,
        official-checker 2, agreement-signed 3K, transfers-copyright 3K, secrecy 2, tax-form 1, processor-contract 3K,
        own-login 3K, access-list 2, access-removed 3, three-accounts 3K""",
}
BANDS = {
    "automation-or-outsourcing": [("automate-first", 75), ("mix", 45), ("person-first", 0)],
    "freelancer-warning-signs": [("looks-fine", 80), ("with-safeguards", 55), ("other-model", 0)],
    "keep-a-person": [("normal-checks", 80), ("person-approves", 55), ("person-decides", 0)],
    "freelancing-platform": [("platform-fits", 80), ("find-then-review", 55), ("go-direct", 0)],
}
USUAL_BANDS = [("ready", 80), ("fix-first", 55), ("not-yet", 0)]

scored = pytest.mark.parametrize("name", WEIGHTS)


@cache
def library() -> Library:
    files = Library(REPOSITORY / "checklists")
    files.refresh()
    return files


def loaded(name: str) -> tuple[Checklist, ScoringKey]:
    found = library().get(name)
    assert found is not None
    assert found.checklist is not None
    return found.checklist, found.key


def items(name: str) -> list[Item]:
    return [item for section in loaded(name)[0].sections for item in section.items]


def weights(name: str) -> dict[str, tuple[int, bool]]:
    """Each question's weight, and whether it decides the result."""
    pairs = [entry.split() for entry in WEIGHTS[name].split(",")]
    return {item: (int(weight.rstrip("K")), weight.endswith("K")) for item, weight in pairs}


def answer(item: Item, points: int) -> str:
    return next(option.id for option in item.options or [] if option.earned == points)


def all_answers(name: str, points: int) -> dict[str, str]:
    return {item.id: answer(item, points) for item in items(name)}


@scored
def test_questions_and_weights_are_those_that_were_reasoned_out(name: str) -> None:
    assert {item.id: item.weight for item in items(name)} == {
        item: weight for item, (weight, _) in weights(name).items()
    }


@scored
def test_answers_are_worth_two_one_or_nothing(name: str) -> None:
    for item in items(name):
        points = [option.earned for option in item.options or []]
        assert set(points) in ({0, 1, 2}, {0, 2}), item.id
        assert points == sorted(points, reverse=True), item.id


@scored
def test_bands_start_where_the_guide_says(name: str) -> None:
    bands = [(band.id, int(band.min)) for band in loaded(name)[0].bands]

    assert bands == BANDS.get(name, USUAL_BANDS)
    assert all(band.text for band in loaded(name)[0].bands)


@scored
def test_best_answers_score_a_hundred_and_worst_ones_nothing(name: str) -> None:
    key = loaded(name)[1]
    top, _, lowest = (band for band, _ in BANDS.get(name, USUAL_BANDS))

    best, worst = score(key, all_answers(name, 2)), score(key, all_answers(name, 0))

    assert (best.score, best.band, best.capped_by) == (100, top, [])
    assert (worst.score, worst.band) == (0, lowest)
    assert best.tally.possible == 2 * sum(weight for weight, _ in weights(name).values())


@scored
def test_worst_answer_to_a_question_that_decides_leads_to_the_lowest_band(name: str) -> None:
    checklist, key = loaded(name)
    lowest = checklist.bands[-1].id
    deciding = [item for item, (_, decides) in weights(name).items() if decides]
    assert deciding
    for item in items(name):
        result = score(key, all_answers(name, 2) | {item.id: answer(item, 0)})
        assert (result.band == lowest) == (item.id in deciding), item.id
        assert result.capped_by == ([item.id] if item.caps else []), item.id


@scored
def test_every_weak_answer_has_advice_and_every_question_a_place_to_read_on(name: str) -> None:
    for section in loaded(name)[0].sections:
        for item in section.items:
            weak = {option.id for option in item.options or [] if option.earned < 2}
            advised = item.recommend or {}
            assert weak <= set(advised) or EVERY_ANSWER in advised, item.id
            linked = all("](" in advised.get(option, advised.get(EVERY_ANSWER, "")) for option in weak)
            assert item.see or section.see or linked, item.id
            assert item.effort or item.given, item.id


def test_same_fact_is_asked_with_the_same_answers_everywhere() -> None:
    facts: dict[str, dict[str, list[str]]] = {}
    for found in library().checklists:
        for section in found.checklist.sections if found.checklist else ():
            for item in section.items:
                if item.fact:
                    facts.setdefault(item.fact, {})[f"{found.id}.{item.id}"] = [
                        option.id for option in item.options or []
                    ]

    assert facts
    for fact, places in facts.items():
        assert len({tuple(ids) for ids in places.values()}) == 1, (fact, places)
        assert len(places) > 1, f"only {places} asks for '{fact}'"


def test_checklists_use_what_later_features_need() -> None:
    used = [item for found in library().checklists for item in (found.checklist.sections if found.checklist else ())]
    every = [item for section in used for item in section.items]

    assert sum(item.template is not None for item in every) >= 12
    assert sum(item.valid_for is not None for item in every) >= 20
    assert sum(item.cost is not None for item in every) >= 5
    assert sum(bool(item.after) for item in every) >= 8
    assert all(item.valid_for > 0 for item in every if item.valid_for is not None)


def guides() -> list[str]:
    return sorted(path.stem for path in (REPOSITORY / "content" / "guides").glob("*.md"))


def test_there_are_thirteen_guides() -> None:
    assert len(guides()) == 13


@pytest.mark.parametrize("name", guides())
def test_guide_begins_with_the_answer_and_says_for_whom_it_is_and_what_it_takes(name: str) -> None:
    source = (REPOSITORY / "content" / "guides" / f"{name}.md").read_text("utf-8")
    body = source.split("\n---\n", 1)[1].split("\n# ", 1)[1].split("\n\n")

    assert 40 <= len(body[1].split()) <= 110, "the answer"
    second = " ".join(body[2].split())
    assert second.startswith("**For whom:** ")
    assert "**What it takes:** " in second
    assert " minutes" in second
    assert " questions" in second
    assert "\n## Three next steps\n" in source


@pytest.mark.parametrize("name", guides())
def test_guide_has_a_checklist_and_its_result(name: str, flagship: Site) -> None:
    tree, _ = parsed(flagship.site_dir / "guides" / name / "index.html")

    shown = {element.get("data-checklist") for element in tree.iter("scored-checklist")}

    assert shown
    assert {f"{checklist}--score" for checklist in shown} <= {element.get("id") for element in tree.iter()}


def test_every_guide_lies_on_a_reading_path() -> None:
    text = (REPOSITORY / "content" / "start.md").read_text("utf-8")

    assert [name for name in guides() if f"guides/{name}.md" not in text] == []


def test_reading_paths_are_those_of_the_home_page() -> None:
    home = (REPOSITORY / "content" / "index.md").read_text("utf-8")
    start = (REPOSITORY / "content" / "start.md").read_text("utf-8")
    paths = ["overwhelmed", "went-wrong", "automate", "hiring"]

    assert [path for path in paths if f"start.md#{path}" in home and f"{{ #{path} }}" in start] == paths


def test_all_guides_stand_on_the_home_page() -> None:
    home = (REPOSITORY / "content" / "index.md").read_text("utf-8")

    assert [name for name in guides() if f"guides/{name}.md" not in home] == []


@pytest.mark.parametrize("name", guides())
def test_guide_ends_in_three_next_steps_and_says_when_it_was_reviewed(name: str, flagship: Site) -> None:
    tree, _ = parsed(flagship.site_dir / "guides" / name / "index.html")
    article = tree.find(".//article")
    below = list(article)
    at = next(n for n, element in enumerate(below) if element.get("id") == "three-next-steps")
    steps = next(element for element in below[at:] if element.tag == "ol")

    assert len(steps.findall("li")) == 3
    assert any(True for _ in steps.iter("a"))
    assert [day.get("datetime") for day in article.iter("time")][-1:] == [str(reviewed(name))]


def reviewed(name: str) -> object:
    _, meta = get_data((REPOSITORY / "content" / "guides" / f"{name}.md").read_text("utf-8"))
    return meta["reviewed"]


def test_first_link_of_the_home_page_starts_a_checklist(flagship: Site) -> None:
    home = parsed(flagship.site_dir / "index.html")[0]
    # That beside the heading leads to itself.
    link = next(a for a in home.find(".//article").iter("a") if not a.get("href", "").startswith("#"))
    page, _, anchor = link.get("href", "").partition("#")

    guide, _ = parsed(flagship.site_dir / page / "index.html")

    # The questions alone, or, without a script, the first one.
    assert anchor.endswith("--score--steps")
    form = guide.find(f".//scored-checklist//*[@id='{anchor}']/..")
    assert form is not None
    assert next(form.iter("fieldset")) is not None
