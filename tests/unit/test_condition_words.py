import pytest

from mkdocs_checklists.condition_words import ConditionWords
from mkdocs_checklists.messages import load_messages
from tests.unit.texts import load

TEXT = """\
title: Keep it?
sections:
  - id: all
    title: All
    items:
      - id: often
        text: How often?
        options:
          - {id: daily, text: Daily, points: {keep: 1}}
          - {id: weekly, text: Weekly, points: {keep: 1}}
          - {id: never, text: Never, points: {drop: 1}}
      - id: skill
        text: Who can do it?
        options:
          - {id: nobody, text: Nobody, points: {drop: 1}}
          - {id: all, text: All of us, points: {keep: 1}}
inputs: [{id: hours, text: Hours a week, short: hours, unit: h, max: 40, decimals: 1}, {id: staff, text: How many we are}]
outcomes: [{id: keep, title: Keep it}, {id: drop, title: Drop it}]
notes: [{when: CONDITION, text: Note.}]
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('often == "daily"', "“How often?” is answered “Daily”"),
        ('often != "daily"', "“How often?” is answered, but not “Daily”"),
        ('not often == "daily"', "“How often?” is answered, but not “Daily”"),
        ('often == "daily" or often == "weekly"', "“How often?” is answered “Daily” or “Weekly”"),
        (
            'often == "never" and skill == "all"',
            "“How often?” is answered “Never” and “Who can do it?” is answered “All of us”",
        ),
        (
            '(often == "never" or skill == "all") and outcome == "keep"',
            "(“How often?” is answered “Never” or “Who can do it?” is answered “All of us”) and the result is “Keep it”",
        ),
        ('outcome != "drop"', "the result is not “Drop it”"),
        ("hours < 2.5", "“hours” is less than 2.5\u00a0h"),
        ("2.5 < hours", "“hours” is more than 2.5\u00a0h"),
        ("staff >= 10", "“How many we are” is at least 10"),
        ("staff != 3", "“How many we are” is not 3"),
        ("hours * 2 > 10", None),
        ('hours * 2 > 10 and often == "daily"', None),
        ("hours > staff", None),
    ],
)
def test_condition_is_said_as_a_clause_where_it_does_not_compute(condition: str, words: str | None) -> None:
    loaded = load(TEXT.replace("CONDITION", condition))
    assert loaded.checklist is not None
    assert loaded.key.rules is not None
    ((tree, _),) = loaded.key.rules.notes

    assert ConditionWords(loaded.checklist, load_messages()).of(tree) == words
