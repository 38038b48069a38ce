"""Words and evidence beside an answer: always in the result, never scored."""

import pytest

from mkdocs_checklists import key_from_json, key_to_json
from mkdocs_checklists.scoring.answers_file import AnswersError, read_answers
from mkdocs_checklists.scoring.rules import full_score
from tests.unit.texts import load

KEY = load("""\
title: Ready?
sections:
  - id: tests
    title: Tests
    items:
      - {id: green, text: Green?, scale: yes-no, note: true, evidence: true, was: all-green}
      - {id: fast, text: Fast?, scale: yes-no, note: How do you know?}
      - {id: plain, text: Plain?, scale: yes-no, note: false}
bands: [{id: ready, min: 50, title: Ready}, {id: not-yet, min: 0, title: Not yet}]
""").key

BOTH = b"""{"answers": {"green": "yes", "fast": "no", "plain": "yes"},
  "words": {"green": "Ask Ada.\\nTwice.", "fast": ""}, "evidence": {"green": "https://example.org/run"}}"""


def test_words_and_evidence_are_in_the_result_and_change_nothing_else() -> None:
    given = read_answers(BOTH, KEY)
    result = full_score(KEY, given)
    assert result.pop("words") == {"green": "Ask Ada.\nTwice."}
    assert result.pop("evidence") == {"green": "https://example.org/run"}
    plain = full_score(KEY, {name: answer for name, answer in given.items() if "/" not in name})
    assert (plain.pop("words"), plain.pop("evidence")) == ({}, {})
    assert result == plain
    assert result["ignored"] == []


def test_words_under_an_earlier_id_are_those_of_the_present_one() -> None:
    result = full_score(KEY, read_answers(b'{"answers": {}, "words": {"all-green": "Ask Ada."}}', KEY))
    assert (result["words"], result["ignored"]) == ({"green": "Ask Ada."}, [])


def test_words_that_no_item_asks_for_are_listed() -> None:
    file = b'{"answers": {}, "words": {"plain": "x", "gone": "y"}, "evidence": {"fast": "z"}}'
    assert full_score(KEY, read_answers(file, KEY))["ignored"] == ["plain/words", "gone/words", "fast/evidence"]


def test_without_a_field_for_them_the_result_has_neither() -> None:
    plain = load("""\
title: Ready?
sections: [{id: tests, title: Tests, items: [{id: green, text: Green?, scale: yes-no}]}]
bands: [{id: ready, min: 0, title: Ready}]
""").key
    assert {"words", "evidence"} & full_score(plain, {}).keys() == set()


def test_key_survives_its_json_form_and_says_that_there_are_fields() -> None:
    data = key_to_json(KEY)
    assert data["rules"] == {"beside": True}
    assert key_from_json(data) == KEY


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"answers": []}', "'answers' must be an object"),
        (b'{"answers": {}, "words": "x"}', "'words' must be an object"),
        (b'{"answers": {}, "words": {"green": 1}}', "the words of 'green' must be text"),
        (b'{"answers": {}, "evidence": {"green": ["x"]}}', "the evidence of 'green' must be text"),
        (b'{"answers": {}, "green": "yes"}', "'green' stands beside 'answers': only 'words' and 'evidence' do"),
        (b'{"answers": {"green": 1}}', "the answer to 'green' must be the id of an option"),
    ],
)
def test_other_files_are_one_clear_error(data: bytes, message: str) -> None:
    with pytest.raises(AnswersError, match=message):
        read_answers(data, KEY)
