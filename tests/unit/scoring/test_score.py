"""What the shared vectors do not show: see `tests/vectors` for the rules of scoring."""

from types import MappingProxyType

import pytest

from mkdocs_checklists import ScoringKey, score
from mkdocs_checklists.scoring.answers import resolve_answers
from mkdocs_checklists.scoring.key import ItemKey, SectionKey
from tests.unit.texts import RICH, load


def key_of(*items: ItemKey, decimals: int = 0) -> ScoringKey:
    return ScoringKey("example", (SectionKey("only", items),), (("low", 0),), decimals=decimals)


def test_result_has_the_documented_keys_in_order() -> None:
    result = score(load(RICH).key, {"green": "never"}).to_json()

    assert list(result) == [
        "checklist",
        "revision",
        "score",
        "earned",
        "least",
        "possible",
        "completeness",
        "ends",
        "provisional",
        "missing",
        "needed",
        "band",
        "band_by_score",
        "capped_by",
        "sections",
        "dimensions",
        "recommendations",
        "find_out",
        "states",
        "ignored",
        "words",
        "evidence",
    ]


@pytest.mark.parametrize(("decimals", "expected"), [(0, 33), (1, 33.3), (3, 33.333)])
def test_score_without_decimals_is_a_whole_number(decimals: int, expected: float) -> None:
    item = ItemKey("a", {"best": 3, "weak": 1, "none": 0})

    found = score(key_of(item, decimals=decimals), {"a": "weak"}).score

    assert (found, type(found)) == (expected, type(expected))


def test_sums_of_any_size_are_exact() -> None:
    items = [ItemKey(f"i{n}", {"yes": 1000, "no": -1000}, weight=1000) for n in range(2001)]

    result = score(key_of(*items), {item.id: "yes" if n % 2 else "no" for n, item in enumerate(items)})

    assert (result.tally.earned, result.tally.possible, result.score) == (-1_000_000, 2_001_000_000, 50)


def test_answers_are_only_read() -> None:
    answers = MappingProxyType({"a": "yes", "b": "x"})

    assert resolve_answers(key_of(ItemKey("a", {"yes": 1, "no": 0})), answers) == ({"a": "yes"}, ["b"])


def test_present_answer_goes_before_one_under_an_earlier_id() -> None:
    item = ItemKey("a", {"yes": 1, "no": 0}, was=("old", "older"))

    assert resolve_answers(key_of(item), {"older": "yes", "old": "no", "a": "yes"}) == ({"a": "yes"}, [])
    assert resolve_answers(key_of(item), {"older": "yes", "old": "no"}) == ({"a": "no"}, [])
    assert resolve_answers(key_of(item), {"older": "yes", "old": "gone"}) == ({"a": "yes"}, ["old=gone"])
