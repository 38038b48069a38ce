import difflib

import pytest

from mkdocs_checklists.checks.ids import RESERVED_NAMES
from mkdocs_checklists.model.checklist import Option
from tests.unit.texts import PLAIN, codes, load, trusted

SHARED = {
    name: [
        Option.model_validate({"id": "a", "text": name, "points": "1"}),
        Option.model_validate({"id": "b", "text": "B", "points": "0"}),
    ]
    for name in ("often", "yes-no")
}
OWN = "scales: {often: [{id: own, text: Own, points: 1}, {id: other, text: Other, points: 0}]}\n"


def first_options(text: str) -> list[str]:
    loaded = load(text, SHARED)
    assert loaded.checklist is not None
    return [option.text for option in loaded.checklist.items[0].options or []]


def test_every_item_of_a_trusted_checklist_has_its_options_in_place() -> None:
    assert [o.id for o in trusted(PLAIN).items[0].options or []] == ["yes", "no"]


def test_scale_of_the_file_goes_before_a_shared_one_and_that_before_the_built_in_one() -> None:
    often = PLAIN.replace("scale: yes-no", "scale: often")

    assert first_options(often + OWN) == ["Own", "Other"]
    assert first_options(often) == ["often", "B"]
    assert first_options(PLAIN) == ["yes-no", "B"]


def test_checklist_with_an_error_is_not_trusted() -> None:
    assert load(PLAIN.replace("scale: yes-no", "scale: nope")).checklist is None


def test_checklist_with_warnings_only_is_trusted() -> None:
    loaded = load(PLAIN.replace("min: 50", "min: 50.5"))

    assert loaded.checklist is not None
    assert [d.code for d in loaded.diagnostics.warnings] == ["band-decimals"]


@pytest.mark.parametrize("name", sorted(RESERVED_NAMES | {"score"}))
def test_word_with_a_meaning_of_its_own_is_no_id_of_an_item_or_section(name: str) -> None:
    assert codes(PLAIN.replace("id: green", f"id: {name}")) == ["reserved-id"]
    assert codes(PLAIN.replace("id: tests", f"id: {name}")) == ["reserved-id"]


def test_ring_of_a_thousand_items_is_reported_once_without_recursion() -> None:
    items = "\n".join(f"      - {{id: i{n}, text: T, scale: yes-no, after: i{(n + 1) % 1000}}}" for n in range(1000))
    text = PLAIN.replace("      - {id: green, text: Green?, scale: yes-no}", items)

    assert codes(text) == ["after-cycle"]


def test_two_ways_to_one_item_are_no_ring() -> None:
    items = [("a", "[b, c]"), ("b", "[d]"), ("c", "[d]"), ("d", "[]")]
    lines = "\n".join(f"      - {{id: {name}, text: T, scale: yes-no, after: {after}}}" for name, after in items)

    assert codes(PLAIN.replace("      - {id: green, text: Green?, scale: yes-no}", lines)) == []


@pytest.mark.parametrize(
    ("lowest", "na", "expected"),
    [("-2", "false", []), ("0", "false", ["band-gap"]), ("-3", "false", []), ("-2", "true", [])],
)
def test_lowest_band_of_points_starts_at_the_fewest_points_or_below(lowest: str, na: str, expected: list[str]) -> None:
    options = f"na: {na}, options: [{{id: a, text: A, points: 2}}, {{id: b, text: B, points: -2}}]"
    text = PLAIN.replace("scale: yes-no", options).replace("min: 50", "min: 1").replace("min: 0", f"min: {lowest}")

    assert codes(text + "score: {as: points}\n") == expected


def test_item_that_may_not_apply_brings_the_lowest_score_to_zero() -> None:
    options = "na: true, options: [{id: a, text: A, points: 5}, {id: b, text: B, points: 3}]"
    text = PLAIN.replace("scale: yes-no", options).replace("min: 50", "min: 4").replace("min: 0", "min: 3")

    assert codes(text + "score: {as: points}\n") == ["band-gap"]


def test_section_without_items_is_fine_beside_one_with_some() -> None:
    assert codes(PLAIN.replace("bands:", "  - {id: more, title: More, items: []}\nbands:")) == []


def test_same_option_ids_in_several_items_are_fine() -> None:
    assert codes(PLAIN.replace("bands:", "      - {id: fast, text: Fast?, scale: yes-no}\nbands:")) == []


def test_weightless_item_with_equal_points_is_not_flat() -> None:
    options = "options: [{id: a, text: A, points: 0}, {id: b, text: B, points: 0}]"

    assert codes(PLAIN.replace("scale: yes-no", options)) == ["flat-item"]
    assert codes(PLAIN.replace("scale: yes-no", options + ", weight: 0")) == []


def test_thousands_of_wrong_references_are_compared_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    compare = difflib.get_close_matches

    def count(word: str, possibilities: list[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(possibilities))
        return compare(word, possibilities, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", count)
    items = "".join(f"      - {{id: item-{n}, text: A?, scale: yes-no, after: itme-x{n}}}\n" for n in range(2_000))

    found = load(PLAIN.replace("      - {id: green, text: Green?, scale: yes-no}\n", items)).diagnostics.errors

    # Each with each would be four million.
    assert sum(compared) <= 200 * 200
    assert [found[0].hint, found[-1].hint] == [
        "Did you mean 'item-0'?",
        "Write the id of another item of this file.",
    ]
    assert len(found) == 2_000
