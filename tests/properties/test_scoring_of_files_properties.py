"""What holds for the results of every checklist file and every set of answers, complete or not."""

from fractions import Fraction
from itertools import cycle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists import Result, ScoringKey, score
from mkdocs_checklists.scoring.key import ItemKey
from tests.properties.checklist_files import Part, checklist_files, checklists, reordered, styles, written
from tests.properties.shelf import load


def choices() -> st.SearchStrategy[list[int]]:
    """What `answers_to` chooses, question by question, and from the start again."""
    return st.lists(st.integers(0, 6), min_size=1, max_size=9)


def answers_to(key: ScoringKey, chosen: list[int]) -> dict[str, str]:
    """An answer to each question, or to some: 0 leaves it open, then come the options, *don't know* and *does not apply*."""
    answers = {}
    for item, choice in zip(key.items, cycle(chosen), strict=False):
        offered = [*item.points, "unknown", "na"]
        if choice:
            answers[item.id] = offered[(choice - 1) % len(offered)]
    return answers


def cap(key: ScoringKey, item: ItemKey, answer: str) -> int:
    """The place of the best band that is possible after an answer."""
    top = len(key.bands) - 1
    return min(item.caps.values(), default=top) if answer == "unknown" else item.caps.get(answer, top)


def earned(item: ItemKey, answer: str) -> int:
    return min(item.points.values()) if answer == "unknown" else item.points[answer]


def place(key: ScoringKey, result: Result) -> int:
    """The place of the awarded band; lower than all where none is."""
    return [name for name, _ in key.bands].index(result.band) if result.band is not None else -1


@given(checklist_files(), choices())
def test_better_answer_never_lowers_the_score_nor_the_band_where_its_cap_is_no_lower(
    text: str, chosen: list[int]
) -> None:
    key = load(text).key
    answers = answers_to(key, chosen)
    before = score(key, answers)
    for item in key.items:
        if before.states[item.id] not in ("answered", "unknown"):
            continue
        old = answers[item.id]
        for new in [*item.points, *(["unknown"] if key.unknown else [])]:
            if earned(item, new) < earned(item, old):
                continue
            after = score(key, {**answers, item.id: new})
            if before.score is None:
                assert after.score is None
            else:
                assert after.score is not None
                assert after.score >= before.score
            assert after.provisional == before.provisional
            if cap(key, item, new) >= cap(key, item, old):
                assert place(key, after) >= place(key, before)


@given(checklists(), styles(), choices(), st.data())
def test_order_of_sections_items_and_bands_changes_nothing_but_the_order_of_what_is_listed(
    data: Part, style: list[int], chosen: list[int], draw: st.DataObject
) -> None:
    key = load(written(data, style)).key
    other = load(written(draw.draw(reordered(data)), style)).key
    answers = answers_to(key, chosen)

    before, after = score(key, answers).to_json(), score(other, answers).to_json()

    assert unordered(before) == unordered(after)


def unordered(result: dict[str, Any]) -> dict[str, Any]:
    lists = {name: sorted(result[name], key=str) for name in ("recommendations", "capped_by", "find_out")}
    # Of those that a verdict may do without, the first in reading order are missing: only their number is the same.
    return result | lists | {"missing": len(result["missing"])}


@given(checklist_files(), choices())
def test_lists_of_a_result_follow_the_file_where_nothing_else_tells_their_entries_apart(
    text: str, chosen: list[int]
) -> None:
    key = load(text).key
    answers = answers_to(key, chosen)
    result = score(key, answers)
    places = {item.id: n for n, item in enumerate(key.items)}
    items = {item.id: item for item in key.items}

    def rank(name: str) -> tuple[bool, int, bool, Fraction, int]:
        item, answer = items[name], answers[name]
        lost = item.weight * (max(item.points.values()) - earned(item, answer))
        for_each_minute = Fraction(lost, item.effort or 1)
        return answer not in item.urgent, cap(key, item, answer), item.effort is None, -for_each_minute, places[name]

    listed = result.recommendations
    waits = [(name, other) for name in listed for other in items[name].after if other in listed]
    if waits:
        assert all(listed.index(other) < listed.index(name) for name, other in waits)
    else:
        assert listed == sorted(listed, key=rank)
    held = [name for name in result.capped_by if isinstance(name, str)]
    assert held == sorted(held, key=lambda name: places[name])
    assert result.capped_by[: len(held)] == held
    assert result.find_out == sorted(result.find_out, key=lambda name: places[name])
    assert list(result.states) == list(places)
    assert list(result.sections) == [section.id for section in key.sections]
    assert list(result.dimensions) == list(dict.fromkeys(name for item in key.items for name in item.dimensions))
