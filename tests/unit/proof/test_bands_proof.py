from fractions import Fraction
from typing import Any

import pytest

from mkdocs_checklists import key_from_json
from mkdocs_checklists.proof.band_patterns import BAND_SAMPLES
from mkdocs_checklists.proof.bands import prove

PAPER = [["yes", 2], ["partly", 1], ["no", 0]]
BANDS = [{"id": "low", "min": 0}, {"id": "mid", "min": 50}, {"id": "high", "min": 80}]


def a_key(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"checklist": "demo", "bands": BANDS, "sections": [{"id": "all", "items": list(items)}], **more}


def test_patterns_of_two_questions_counted_by_hand() -> None:
    # Points 0 to 4: 1, 2, 3, 2 and 1 patterns; 50 begins at 2 points, 80 at 4.
    proof = prove(key_from_json(a_key({"id": "a", "options": PAPER}, {"id": "b", "options": PAPER})))

    assert proof.patterns == 9
    assert proof.shares == {"low": Fraction(3, 9), "mid": Fraction(5, 9), "high": Fraction(1, 9)}
    assert proof.reached == {"low", "mid", "high"}
    assert proof.idle_caps == ()
    assert (proof.sampled, proof.is_sound) == (0, True)


def test_cap_moves_its_patterns_to_a_lower_band() -> None:
    # With b at `no` never above `low`: 4 patterns less in `mid` than by score alone.
    capped = {"id": "b", "options": PAPER, "caps": {"no": "low"}}
    proof = prove(key_from_json(a_key({"id": "a", "options": PAPER}, capped)))

    assert proof.shares == {"low": Fraction(4, 9), "mid": Fraction(4, 9), "high": Fraction(1, 9)}
    assert proof.idle_caps == ()


def test_what_does_not_apply_is_a_way_to_answer_and_leaves_the_share() -> None:
    # a: 0, 50 or 100 by itself; with b the sums of two; both left out: no score.
    optional = {"id": "b", "options": PAPER, "na": True}
    proof = prove(key_from_json(a_key({"id": "a", "options": PAPER, "na": True}, optional)))

    assert proof.patterns == 16
    assert proof.shares == {"low": Fraction(3 + 2, 16), "mid": Fraction(5 + 2, 16), "high": Fraction(1 + 2, 16)}
    assert sum(proof.shares.values()) == Fraction(15, 16)


def test_band_between_two_sums_is_not_reached() -> None:
    bands = [{"id": "low", "min": 0}, {"id": "gap", "min": 60}, {"id": "high", "min": 70}]
    proof = prove(key_from_json(a_key({"id": "a", "options": PAPER}, bands=bands)))

    assert proof.reached == {"low", "high"}
    assert not proof.is_sound


def test_cap_that_never_decides_is_named() -> None:
    heavy = {"id": "a", "weight": 9, "options": PAPER, "caps": {"no": "low"}}
    light = {"id": "b", "options": PAPER, "caps": {"no": "low"}}
    proof = prove(key_from_json(a_key(heavy, light)))

    assert (proof.idle_caps, proof.is_sound) == ((("a", "no"),), False)


def test_five_hundred_questions_are_counted_exactly() -> None:
    items = [{"id": f"q{n}", "weight": 1 + n % 3, "options": PAPER} for n in range(500)]
    proof = prove(key_from_json(a_key(*items)))

    assert (proof.patterns, proof.sampled) == (3**500, 0)
    assert sum(proof.shares.values()) == 1
    # Symmetry: as many patterns below the middle as above, and the middle is `mid`.
    assert Fraction(1, 2) < proof.shares["mid"] < Fraction(6, 10)


@pytest.mark.parametrize("combine", ["items", "sections"])
def test_too_many_points_to_count_are_sampled_and_the_proof_says_so(combine: str) -> None:
    items = [
        {"id": f"q{n}", "weight": 997 - n, "na": True, "options": [["a", 1000 - n], ["b", n], ["c", -1000]]}
        for n in range(60)
    ]
    key = key_from_json(a_key(*items, score={"combine": combine}))

    proof = prove(key)

    assert (proof.patterns, proof.sampled) == (4**60, BAND_SAMPLES)
    assert sum(proof.shares.values()) == 1
    assert proof.reached == {"low", "mid", "high"}
    assert proof.idle_caps == ()
    assert prove(key) == proof


def test_band_that_only_open_questions_lead_to_is_reached() -> None:
    # Four answers give 0, 25, 50, 75 or 100; two of three give 67.
    yes_no = [["yes", 1], ["no", 0]]
    bands = [{"id": "low", "min": 0}, {"id": "mid", "min": 60}, {"id": "high", "min": 70}]
    items = [{"id": name, "options": yes_no} for name in "abcd"]

    proof = prove(key_from_json(a_key(*items, bands=bands)))
    assert proof.shares["mid"] == 0
    assert proof.is_sound

    whole = prove(key_from_json(a_key(*items, bands=bands, score={"enough": 100})))
    assert whole.reached == {"low", "high"}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(
            a_key(score={"combine": "sections"})
            | {
                "sections": [
                    {
                        "id": f"s{s}",
                        "items": [{"id": f"q{s}-{i}", "options": PAPER, "caps": {"no": "low"}} for i in range(10)],
                    }
                    for s in range(50)
                ]
            },
            id="a cap for each of 500 questions in 50 sections",
        ),
        pytest.param(
            a_key(*[{"id": f"q{n}", "weight": 1 + n % 3, "options": PAPER} for n in range(500)])
            | {"bands": [{"id": f"b{n}", "min": n} for n in range(100)]},
            id="100 bands",
        ),
        pytest.param(
            a_key(*[{"id": f"q{n}", "weight": 900 - n, "options": PAPER, "caps": {"no": "mid"}} for n in range(500)]),
            id="caps that hardly ever decide",
        ),
    ],
)
def test_huge_checklists_are_proved_or_sampled_and_never_tie_up_a_build(key: dict[str, Any]) -> None:
    # No time is asserted; without a budget these would run for minutes.
    assert sum(prove(key_from_json(key)).shares.values()) == 1
