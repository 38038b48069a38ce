import pytest

from mkdocs_checklists.lint import TEXT_KEYS, lint
from mkdocs_checklists.model import Checklist
from tests.unit.test_rules_proof import DECISION
from tests.unit.texts import PLAIN, load

THREE = "options: [{id: a, text: A, points: 2}, {id: b, text: B, points: 1}, {id: c, text: C, points: 0}]"


def messages(item: str) -> list[str]:
    loaded = load(PLAIN.replace("scale: yes-no", item))
    lint(loaded)
    return [diagnostic.message for diagnostic in loaded.diagnostics if diagnostic.code == "no-advice"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (THREE, ["item 'green' gives no advice after 'b' or 'c'"]),
        (THREE + ", recommend: {b: Do it.}", ["item 'green' gives no advice after 'c'"]),
        (THREE + ", recommend: {b: Do it., c: Do it.}", []),
        (THREE + ", recommend: Do it.", []),
        (THREE + ", recommend: {'*': Do it.}", []),
        (THREE + ", weight: 0", []),
        (THREE + ", weight: 0, caps: {c: not-yet}", ["item 'green' gives no advice after 'c'"]),
        (THREE + ", caps: {a: not-yet}, recommend: {b: Do it., c: Do it.}", ["item 'green' gives no advice after 'a'"]),
    ],
)
def test_weak_answer_without_advice_is_named_unless_the_item_counts_for_nothing(item: str, expected: list[str]) -> None:
    assert messages(item) == expected


def test_decision_has_no_weak_answers_and_so_asks_for_no_advice() -> None:
    loaded = load(DECISION)
    lint(loaded)
    assert list(loaded.diagnostics) == []


def test_advice_in_a_decision_is_never_shown() -> None:
    loaded = load(
        DECISION.replace("text: Rules?", "text: Rules?, recommend: Write them down.".replace(", ", "\n        "))
    )
    lint(loaded)
    assert [(problem.code, problem.hint) for problem in loaded.diagnostics] == [
        (
            "idle-advice",
            "In a decision no answer is better than another: put it under 'notes:', with a condition.",
        )
    ]


def test_broken_checklist_gets_no_advice() -> None:
    loaded = load("title: Ready?")
    before = list(loaded.diagnostics)

    lint(loaded)

    assert list(loaded.diagnostics) == before


def test_texts_that_may_be_cut_are_those_that_the_model_knows() -> None:
    schema = Checklist.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    texts = {key for part in parts for key, field in part["properties"].items() if "$comment" in str(field)}

    assert texts | {"recommend"} == TEXT_KEYS


def test_text_that_is_cut_is_told_in_a_broken_file_too() -> None:
    loaded = load("title: Is issue #5 closed?\n")

    lint(loaded)

    assert [diagnostic.code for diagnostic in loaded.diagnostics.warnings] == ["text-cut-by-comment"]
