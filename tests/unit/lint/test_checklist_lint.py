from datetime import date, timedelta

import pytest

from mkdocs_checklists.diagnostics.codes import LINT_CODES, SILENCEABLE
from mkdocs_checklists.diagnostics.diagnostic import REVIEW_DAYS, Severity
from mkdocs_checklists.lint.checklist import TEXT_KEYS, lint, lint_shared
from mkdocs_checklists.model.checklist import Checklist
from mkdocs_checklists.reading.reader import read_shared_scales
from tests.unit.proof.test_rules_proof import DECISION
from tests.unit.texts import PLAIN, load

THREE = "options: [{id: a, text: A, points: 2}, {id: b, text: B, points: 1}, {id: c, text: C, points: 0}]"
LINK = "'[Here](/more.md).'"


def found(text: str, code: str) -> list[str]:
    """The messages of one code."""
    return [diagnostic.message for diagnostic in lint(load(text)).warnings if diagnostic.code == code]


def of_item(item: str, code: str, *, section: str = "") -> list[str]:
    """The messages of one code about an item with these keys, in a section with those."""
    return found(PLAIN.replace("scale: yes-no", item).replace("title: Tests", f"title: Tests\n    {section}"), code)


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
    assert of_item(item, "no-advice") == expected


@pytest.mark.parametrize(
    ("item", "stuck"),
    [
        (THREE, "'b' or 'c'"),
        (THREE + ", recommend: Do it.", "'b' or 'c'"),
        (THREE + f", recommend: {LINK}", ""),
        (THREE + f", recommend: {{b: {LINK}}}", "'c'"),
        (THREE + f", recommend: {{b: Do it., '*': {LINK}}}", "'b'"),
        (THREE + ", recommend: 'See <https://example.org>.'", ""),
        (THREE + ", recommend: 'Write [what] (the task) down.'", "'b' or 'c'"),
        (THREE + ", see: /more.md", ""),
        (THREE + ", see: []", "'b' or 'c'"),
        (THREE + ", weight: 0", ""),
        (THREE + ", weight: 0, caps: {c: not-yet}", "'c'"),
        ("options: [{id: a, text: A, points: 1}, {id: b, text: B, points: 1}]", ""),
    ],
)
def test_weak_answer_without_a_place_to_read_on_is_named(item: str, stuck: str) -> None:
    assert of_item(item, "no-place-to-go") == ([f"item 'green' has no link to read on after {stuck}"] if stuck else [])
    assert of_item(item, "no-place-to-go", section="see: '#more'") == []


@pytest.mark.parametrize(
    ("item", "capped"),
    [
        (THREE + ", caps: {c: not-yet}", False),
        (THREE + ", caps: {a: not-yet}", True),
        (THREE + ", caps: {a: ready}", False),
        (THREE + ", weight: 0, caps: {a: not-yet, b: not-yet, c: not-yet}", True),
        # A question that only decides: there is a best answer that leads on.
        ("options: [{id: a, text: A, points: 0}, {id: b, text: B, points: 0}], weight: 0, caps: {b: not-yet}", False),
        (
            "options: [{id: a, text: A, points: 0}, {id: b, text: B, points: 0}], weight: 0, caps: {a: not-yet, b: not-yet}",
            True,
        ),
    ],
)
def test_cap_on_the_best_answer_is_told(item: str, capped: bool) -> None:
    assert bool(of_item(item, "capped-best")) == capped


def test_caps_that_name_no_answer_change_nothing() -> None:
    assert of_item(THREE + ", caps: {}", "idle-answer-cap") == [
        "item 'green': 'caps' names no answer, so it changes nothing"
    ]


@pytest.mark.parametrize(
    ("points", "risen"),
    [("3 2 1", ""), ("2 2 1", ""), ("1 2 3", "b"), ("3 1 2", "c"), ("-1 -2 -3", ""), ("-3 -2 -1", "b"), ("0 0 0", "")],
)
def test_options_fall_from_the_best_to_the_worst(points: str, risen: str) -> None:
    options = ", ".join(
        f"{{id: {name}, text: {name}, points: {value}}}" for name, value in zip("abc", points.split(), strict=True)
    )

    messages = of_item(f"options: [{options}]", "options-out-of-order")

    assert [message.partition(" earns")[0] for message in messages] == (
        [f"item 'green': option '{risen}'"] if risen else []
    )


def test_decision_has_no_weak_answers_and_so_asks_for_no_advice() -> None:
    assert list(lint(load(DECISION))) == []


def test_advice_in_a_decision_is_never_shown() -> None:
    loaded = load(
        DECISION.replace("text: Rules?", "text: Rules?, recommend: Write them down.".replace(", ", "\n        "))
    )
    assert [(problem.code, problem.hint) for problem in lint(loaded)] == [
        (
            "idle-advice",
            "In a decision no answer is better than another: put it under 'notes:', with a condition.",
        )
    ]


def test_broken_checklist_gets_no_advice() -> None:
    assert list(lint(load("title: Ready?\nallow: {no-advice: It has none.}"), date(9000, 1, 1))) == []


def test_linting_changes_nothing() -> None:
    loaded = load(PLAIN)

    assert list(lint(loaded)) == list(lint(loaded)) != []
    assert list(loaded.diagnostics) == []


def test_texts_that_may_be_cut_are_those_that_the_model_knows() -> None:
    schema = Checklist.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    texts = {key for part in parts for key, field in part["properties"].items() if "$comment" in str(field)}

    assert texts | {"recommend"} == TEXT_KEYS


def test_text_that_is_cut_is_told_in_a_broken_file_too() -> None:
    assert [diagnostic.code for diagnostic in lint(load("title: Is issue #5 closed?\n")).warnings] == [
        "text-cut-by-comment"
    ]


REVIEWED = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (0, ""),
        (REVIEW_DAYS, ""),
        (REVIEW_DAYS + 1, "review-overdue"),
        (-1, ""),
        (-2, "review-in-future"),
    ],
)
def test_review_counts_for_a_year(days: int, code: str) -> None:
    loaded = load(PLAIN + f"reviewed: {REVIEWED}\n")

    codes = [problem.code for problem in lint(loaded, REVIEWED + timedelta(days)) if problem.code.startswith("review")]

    assert codes == ([code] if code else [])
    assert not any(problem.code.startswith("review") for problem in lint(loaded))


def test_review_may_be_allowed_to_be_old_before_it_is() -> None:
    text = PLAIN + f"reviewed: {REVIEWED}\nallow: {{review-overdue: History does not change.}}\n"

    assert found(text, "idle-allow") == []
    later = lint(load(text), REVIEWED + timedelta(REVIEW_DAYS + 1))
    assert [(problem.code, problem.hint) for problem in later.allowed] == [
        ("review-overdue", "Reason: History does not change.")
    ]


# --- what is allowed ---

PLACES = {
    "item": ("text: Green?", "text: Green?, allow: {no-advice: So.}"),
    "section": ("title: Tests\n", "title: Tests\n    allow: {no-advice: So.}\n"),
    "file": ("title: Ready?\n", "title: Ready?\nallow: {no-advice: So.}\n"),
}


@pytest.mark.parametrize("place", PLACES)
def test_warning_is_allowed_by_what_it_is_in(place: str) -> None:
    found = lint(load(PLAIN.replace(*PLACES[place])))

    assert [problem.code for problem in found.allowed] == ["no-advice"]
    assert [problem.code for problem in found.warnings] == ["no-place-to-go"]


def test_innermost_reason_counts_and_the_outer_one_is_for_others() -> None:
    text = PLAIN.replace(*PLACES["item"]).replace(*PLACES["file"])
    assert found(text, "idle-allow") == ["'no-advice' is allowed here, and nothing gives rise to it"]

    two = text.replace("bands:", "      - {id: blue, text: Blue?, scale: yes-no}\nbands:")
    assert found(two, "idle-allow") == []


def test_reason_on_an_option_speaks_for_that_option_only() -> None:
    options = "options: [{id: a, text: A, points: 0}, {id: b, text: B, points: 1%s}, {id: c, text: B, points: 1}]"
    text = PLAIN.replace("scale: yes-no", options % ", allow: {options-out-of-order: So., same-option-text: So.}")

    settled = lint(load(text))

    assert [problem.code for problem in settled.allowed] == ["options-out-of-order"]
    assert {"same-option-text", "idle-allow"} <= {problem.code for problem in settled.warnings}


def test_scale_that_items_share_is_told_of_once_and_allowed_there() -> None:
    scale = "scales: {up: [{id: a, text: A, points: 0}, {id: b, text: B, points: 1%s}]}\n"
    text = PLAIN.replace("yes-no}", "up}\n      - {id: blue, text: Blue?, scale: up}")

    assert found(text + scale % "", "options-out-of-order") == ["scale 'up': option 'b' earns more than 'a' before it"]
    assert found(text + scale % ", allow: {options-out-of-order: So.}", "options-out-of-order") == []


def test_shared_scales_are_linted_by_themselves() -> None:
    text = "scales: {up: [{id: a, text: A, points: 0}, {id: b, text: B, points: 1}]}\n"

    def codes(more: str) -> list[tuple[str, Severity]]:
        reading = read_shared_scales((text + more).encode(), "_scales.yml")
        return [(problem.code, problem.severity) for problem in lint_shared(reading)]

    assert codes("") == [("options-out-of-order", Severity.WARNING)]
    assert codes("allow: {options-out-of-order: So.}") == [("options-out-of-order", Severity.ALLOWED)]
    assert codes("allow: {two-ideas: So.}") == [
        ("options-out-of-order", Severity.WARNING),
        ("idle-allow", Severity.WARNING),
    ]
    assert codes("typo: 1") == []


def test_every_rule_of_the_linter_can_be_allowed_but_the_one_about_that() -> None:
    assert set(LINT_CODES) - {"idle-allow"} == SILENCEABLE


@pytest.mark.parametrize(("language", "codes"), [("en", True), ("en-gb", True), ("de", False), ("eng", False)])
def test_words_are_judged_in_english_only(language: str, codes: bool) -> None:
    text = PLAIN.replace("Green?", "'Do you feel that it is green, and is it blue?'") + f"language: {language}\n"

    assert bool({"two-ideas", "not-observable"} & {problem.code for problem in lint(load(text))}) == codes
