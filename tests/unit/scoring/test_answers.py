from mkdocs_checklists.model.answers import (
    NA,
    RESERVED_ANSWERS,
    UNKNOWN,
    answer_from_json,
    applies,
    chooses,
    definite,
    state_of,
)
from mkdocs_checklists.scoring.answers import (
    Toward,
    all_answers,
    cap_of,
    definite_answers,
    earned,
    full_answers,
    known_answers,
    points_of,
    resolve_answers,
    toward,
    with_hidden,
)
from mkdocs_checklists.scoring.key import ItemKey, ScoringKey, SectionKey
from mkdocs_checklists.scoring.rules_key import DecisionKey

BACKUP = ItemKey(
    "backup",
    {"daily": 4, "never": 1},
    weight=3,
    na=True,
    caps={"never": 0, "daily": 2},
    was_options={"nightly": "daily"},
)
PLAIN = ItemKey("plain", {"yes": 1, "no": 0})
KEY = ScoringKey("c", (SectionKey("s", (BACKUP, PLAIN)),), (("low", 0), ("high", 50)))
TOP = 9


def test_each_answer_has_its_state_and_only_na_takes_a_question_out() -> None:
    answers = (None, "daily", UNKNOWN, NA)
    assert [state_of(answer) for answer in answers] == ["unanswered", "answered", "unknown", "na"]
    assert [applies(answer) for answer in answers] == [True, True, True, False]
    assert [definite(answer) for answer in answers] == [None, "daily", None, None]


def test_definite_answer_chooses_its_option_and_no_other() -> None:
    assert chooses("daily", "daily")
    assert not chooses("daily", "never")


def test_text_and_a_list_of_texts_can_be_an_answer_in_json() -> None:
    values: tuple[object, ...] = ("daily", ["daily", "never"], [], 1, None, ["daily", 1], True)
    assert [answer_from_json(value) for value in values] == ["daily", "daily+never", "", *[None] * 4]


def test_every_answer_has_its_points_and_unknown_those_of_the_weakest() -> None:
    answers = ("daily", "never", UNKNOWN, NA, None)
    assert [points_of(BACKUP, answer) for answer in answers] == [4, 1, 1, None, None]
    assert [earned(BACKUP, answer) for answer in answers] == [12, 3, 3, 0, 0]


def test_every_answer_has_its_cap_and_unknown_the_lowest() -> None:
    answers = ("daily", "never", UNKNOWN, NA, None)
    assert [cap_of(BACKUP, answer, TOP) for answer in answers] == [2, 0, 0, TOP, TOP]
    assert [cap_of(PLAIN, answer, TOP) for answer in ("yes", UNKNOWN)] == [TOP, TOP]


def test_all_answers_of_an_item_are_those_that_it_offers() -> None:
    assert definite_answers(BACKUP) == ["daily", "never"]
    assert full_answers(BACKUP) == ["daily", "never", NA]
    assert all_answers(KEY, BACKUP) == ["daily", "never", NA, UNKNOWN]
    assert all_answers(KEY, PLAIN) == ["yes", "no", UNKNOWN]


def test_every_answer_that_an_item_offers_is_one_that_it_reads() -> None:
    offered = {answer: {"backup": answer} for answer in all_answers(KEY, BACKUP)}
    assert {answer: resolve_answers(KEY, given) for answer, given in offered.items()} == {
        answer: (given, []) for answer, given in offered.items()
    }
    assert resolve_answers(KEY, {"backup": "nightly", "plain": NA}) == ({"backup": "daily"}, [f"plain={NA}"])


def test_hidden_item_does_not_apply_whatever_its_answer() -> None:
    given = with_hidden({"backup": "daily", "plain": "yes"}, ["plain"])
    assert given == {"backup": "daily", "plain": NA}
    assert known_answers(given, KEY.items) == [(BACKUP, "daily")]


def test_answer_gives_the_outcomes_its_weighted_points() -> None:
    decision = DecisionKey(("a", "b"), {"backup": {"daily": (2, 0), "never": (-1, 5)}})
    assert toward(decision, BACKUP, "daily") == Toward((6, 0), (-3, 0), (6, 15))


def test_reserved_answers_are_those_that_need_no_option() -> None:
    assert set(RESERVED_ANSWERS) == {NA, UNKNOWN}
