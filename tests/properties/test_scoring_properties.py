"""What holds for every checklist and every set of answers."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists import ScoringKey, key_from_json, key_to_json, score
from mkdocs_checklists.model.answers import NA
from mkdocs_checklists.scoring.answers import resolve_answers
from mkdocs_checklists.scoring.key import ItemKey
from mkdocs_checklists.scoring.way_up import way_up, ways_up
from tests.properties.strategies import scoring_keys, some_answers


def band_index(key: ScoringKey, band: str | None) -> int:
    return [name for name, _ in key.bands].index(band) if band is not None else -1


@given(scoring_keys(), st.integers(0, 2**32))
def test_a_better_answer_never_lowers_the_score_nor_the_band_where_its_cap_is_no_lower(
    data: dict[str, Any], seed: int
) -> None:
    key = key_from_json(data)
    top = len(key.bands) - 1
    for answers in some_answers(data, seed, 5):
        before = score(key, answers)
        for item in key.items:
            chosen = answers.get(item.id)
            if chosen is None or chosen not in item.points:
                continue
            for option, points in item.points.items():
                sign = -1 if key.better == "lower" else 1
                rise = sign * (points - item.points[chosen])
                if rise < 0 or item.caps.get(option, top) < item.caps.get(chosen, top):
                    continue
                after = score(key, {**answers, item.id: option})
                if before.score is not None:
                    assert after.score is not None
                    assert sign * after.score >= sign * before.score
                assert band_index(key, after.band) >= band_index(key, before.band)


@given(scoring_keys(), st.integers(0, 2**32))
def test_reversing_the_sections_changes_only_the_order_of_ties(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    turned = key_from_json({**data, "sections": data["sections"][::-1]})
    for answers in some_answers(data, seed, 5):
        before, after = score(key, answers).to_json(), score(turned, answers).to_json()
        for result in (before, after):
            for name in ("recommendations", "capped_by", "find_out"):
                result[name] = sorted(result[name], key=str)
            # Of those that only have to be enough, the first in reading order are named.
            can_cap = sorted(item.id for item in key.items if item.caps and item.id in result["missing"])
            result["missing"] = (len(result["missing"]), can_cap)
        assert before == after


@given(scoring_keys(), st.integers(0, 2**32))
def test_the_score_stays_in_its_range_and_completeness_between_0_and_100(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        result = score(key, answers)
        assert 0 <= result.tally.completeness <= 100
        assert result.tally.least <= result.tally.earned <= result.tally.possible
        if result.score is not None and not key.points:
            assert key.range[0] <= result.score <= key.range[1]


@given(scoring_keys(), st.integers(0, 2**32))
def test_a_band_is_awarded_only_with_a_score_that_is_not_provisional(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        result = score(key, answers)
        assert (result.band is None) == (result.score is None or result.provisional)


@given(scoring_keys(), st.integers(0, 2**32))
def test_nothing_is_missing_once_what_was_missing_is_answered_and_not_before(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    items = {item.id: item for item in key.items}
    for answers in some_answers(data, seed, 10):
        before = score(key, answers)
        options = {name: next(iter(items[name].points)) for name in before.missing}
        assert score(key, {**answers, **options}).missing == []
        assert before.provisional == bool(options)
        for name in options:
            rest = {other: option for other, option in options.items() if other != name}
            assert score(key, {**answers, **rest}).missing == [name]


@given(scoring_keys(), st.integers(0, 2**32))
def test_every_state_follows_from_the_answer(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 5):
        result = score(key, answers)
        assert list(result.states) == [item.id for item in key.items]
        assert set(result.find_out) == {name for name, state in result.states.items() if state == "unknown"}
        assert set(result.recommendations) <= {
            name for name, state in result.states.items() if state in {"answered", "unknown"}
        }


@given(scoring_keys())
def test_a_key_survives_its_json_form(data: dict[str, Any]) -> None:
    key = key_from_json(data)

    assert key_from_json(key_to_json(key)) == key


@given(scoring_keys(), st.integers(0, 2**32))
def test_the_way_up_leads_to_a_higher_band_and_is_not_one_step_too_long(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        given_answers, _ = resolve_answers(key, answers)
        now = score(key, answers)
        steps = way_up(key, answers)
        if steps is None:
            continue
        raised = {**given_answers, **{step.item: step.option for step in steps}}
        assert steps
        assert band_index(key, score(key, raised).band) > band_index(key, now.band)
        raised.pop(steps[-1].item)
        before = {**raised, steps[-1].item: given_answers[steps[-1].item]}
        # An answer without its cap may earn less than the one that had it, so the band may even be lower than it was.
        assert band_index(key, score(key, before).band) <= band_index(key, now.band)


@given(scoring_keys(), st.integers(0, 2**32))
def test_without_a_way_up_not_even_the_best_answers_left_open_by_the_caps_lead_to_the_next_band(
    data: dict[str, Any], seed: int
) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        given_answers, _ = resolve_answers(key, answers)
        goal = band_index(key, score(key, answers).band) + 1
        if way_up(key, answers) is not None or goal in {0, len(key.bands)} or key.better == "neither":
            continue
        best = dict(given_answers)
        for item in key.items:
            open_options = [name for name in item.points if item.caps.get(name, goal) >= goal]
            if best.get(item.id, NA) != NA and open_options and not item.given:
                best[item.id] = (min if item.lower else max)(open_options, key=lambda name: item.points[name])
        assert band_index(key, score(key, best).band) < goal


@given(scoring_keys(), st.integers(0, 2**32))
def test_no_set_of_improvements_is_smaller_or_takes_less_time_than_the_ways_up(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 5):
        ways = ways_up(key, answers)
        if ways.fewest is None or ways.quickest is None:
            assert ways.fewest is ways.quickest
            continue
        resolved, _ = resolve_answers(key, answers)
        goal = band_index(key, score(key, answers).band) + 1
        by_id = {item.id: item for item in key.items}
        best: dict[str, str] = {}
        for item in key.items:
            options = [name for name in item.points if item.caps.get(name, goal) >= goal]
            if not item.given and options and resolved.get(item.id, NA) != NA:
                best[item.id] = (min if item.lower else max)(options, key=lambda name: item.points[name])
        enough = [
            taken
            for size in range(len(best) + 1)
            for taken in combinations(best, size)
            if band_index(key, score(key, {**resolved, **{name: best[name] for name in taken}}).band) >= goal
        ]
        waiting = {name for item in key.items for name in item.after}
        if waiting:
            # Some steps are only there because others wait for them: no way is shorter than without that.
            assert len(ways.fewest) >= min(map(len, enough))
            continue
        assert len(ways.fewest) == min(map(len, enough))
        assert time_of(by_id[step.item] for step in ways.quickest) == min(
            time_of(by_id[name] for name in taken) for taken in enough
        )


def time_of(items: Iterable[ItemKey]) -> tuple[int, int]:
    """How many items have no effort, and the minutes of the others."""
    efforts = [item.effort for item in items]
    return efforts.count(None), sum(effort or 0 for effort in efforts)


@given(scoring_keys(), st.integers(0, 2**32))
def test_what_has_to_be_mended_first_comes_first_in_advice_and_in_ways_up(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_answers(data, seed, 10):
        ways = ways_up(key, answers)
        orders = [[step.item for step in steps or []] for steps in (ways.fewest, ways.quickest)]
        for order in (score(key, answers).recommendations, *orders):
            place = {name: n for n, name in enumerate(order)}
            for item in key.items:
                for name in item.after:
                    assert place.get(name, -1) < place.get(item.id, len(order))


@given(scoring_keys(), st.integers(0, 2**32))
def test_facts_and_what_has_no_advice_are_never_things_to_do(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    facts = {item.id for item in key.items if item.given}
    mute = {item.id for item in key.items if item.advised == frozenset()}
    for answers in some_answers(data, seed, 10):
        ways = ways_up(key, answers)
        assert not (facts | mute) & {*score(key, answers).recommendations}
        assert not facts & {step.item for steps in (ways.fewest, ways.quickest) for step in steps or []}
