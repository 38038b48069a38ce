import pytest

from mkdocs_checklists.reading.reader import read_checklist, read_shared_scales
from tests.unit.texts import PLAIN, codes


def test_reading_knows_the_place_of_each_value_and_key() -> None:
    reading = read_checklist(PLAIN.encode(), "a.yml")

    value = reading.span("sections", 0, "items", 0, "scale")
    key = reading.key_span("sections", 0, "items", 0, "scale")

    assert [(s.line, s.column, s.end_column) for s in (value, key)] == [(6, 42, 48), (6, 35, 40)]


def test_place_of_what_was_left_out_is_that_of_the_nearest_part_around_it() -> None:
    reading = read_checklist(PLAIN.encode(), "a.yml")

    assert reading.span("sections", 0, "items", 0, "help").line == 6
    assert reading.span("nothing", "at", "all").line == 1


def test_place_inside_advice_for_every_answer_is_that_of_its_text() -> None:
    reading = read_checklist(PLAIN.replace("yes-no}", "yes-no, recommend: Do it.}").encode(), "a.yml")

    span = reading.span("sections", 0, "items", 0, "recommend", "*")

    assert (span.column, span.end_column) == (61, 67)


def test_texts_that_yaml_1_1_would_take_for_something_else_stay_texts() -> None:
    text = PLAIN.replace("Ready?", "No").replace("text: Green?", "text: 1.10").replace("title: Tests", "title: on")

    model = read_checklist(text.encode(), "a.yml").model

    assert model is not None
    assert (model.title, model.items[0].text, model.sections[0].title) == ("No", "1.10", "on")


def test_wrong_part_is_left_out_and_the_rest_is_still_read() -> None:
    text = PLAIN.replace("scale: yes-no}", "scale: yes-no, weight: heavy, help: []}\n      - {text: No id}")

    reading = read_checklist(text.encode(), "a.yml")

    assert reading.model is not None
    assert [(item.id, item.weight, item.help) for item in reading.model.items] == [("green", 1, None)]
    assert reading.lost == {"weight", "help", "items"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (PLAIN, set()),
        (PLAIN + "colour: red\n", {"colour"}),
        (PLAIN + "scalse: {}\n", {"scalse", "scales"}),
        (PLAIN + "title: Again\n", {"title"}),
        (PLAIN + "scales: {often: [{id: a, text: A, points: many}, {id: b, text: B, points: 1}]}\n", {"scales"}),
        (PLAIN.replace("text: Green?", "text: ''"), set()),
        (PLAIN.replace("yes-no}", "yes-no, caps: {no: 'Not yet'}}"), {"caps"}),
    ],
)
def test_keys_under_which_something_was_left_out_are_known(text: str, keys: set[str]) -> None:
    assert read_checklist(text.encode(), "a.yml").lost == keys


def test_merge_key_may_have_stood_for_anything() -> None:
    reading = read_checklist((PLAIN + "<<: {a: b}\n").encode(), "a.yml")

    assert not reading.has_all("anything")


def test_mistakes_behind_mistakes_never_stop_the_reader() -> None:
    text = PLAIN.replace(
        "scale: yes-no", "options: [{id: A}, {id: b, text: [], points: x}, {id: c, text: C, points: 1}]"
    )

    assert codes(text) == ["missing-key", "missing-key", "bad-id", "wrong-type", "bad-number"]


def test_scales_file_is_read_by_its_own_model() -> None:
    reading = read_shared_scales(
        b"scales: {often: [{id: a, text: A, points: 1}, {id: b, text: No, points: 0}]}\n", "_scales.yml"
    )

    assert reading.model is not None
    assert [(option.text, option.points) for option in reading.model.scales["often"]] == [("A", 1), ("No", 0)]
