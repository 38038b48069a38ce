import json
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import BaseModel, ValidationError

from mkdocs_checklists.model.checklist import Checklist, Item, SharedScales
from mkdocs_checklists.model.schema import editor_schema
from mkdocs_checklists.reading.reader import read_checklist
from tests.helpers import REPOSITORY
from tests.unit.texts import PLAIN, RICH

FILES = sorted(path for path in (REPOSITORY / "checklists").glob("*.yml") if not path.name.startswith("_"))
SCHEMA = editor_schema(Checklist)


def item(**fields: Any) -> Item:
    return Item.model_validate({"id": "green", "text": "Green?", "scale": "yes-no", **fields})


def field(name: str, text: str) -> Any:
    return getattr(item(**{name: text}), name)


class CoreSchemaLoader(yaml.CSafeLoader):
    """YAML 1.2, as editors read it for a JSON Schema: `no` and `1_000` are texts, and so are dates."""


CoreSchemaLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
    ("null", r"null|~|", ["n", "~", ""]),
):
    CoreSchemaLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def schema_refuses(text: str) -> bool:
    data = yaml.load(text, CoreSchemaLoader)
    return any(jsonschema.Draft202012Validator(SCHEMA).iter_errors(data))


def reader_refuses(text: str) -> bool:
    return bool(read_checklist(text.encode(), "a.yml").diagnostics.errors)


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)


@pytest.mark.parametrize(("text", "minutes"), [("20 min", 20), ("2 h", 120), ("1 day", 480), ("3 days", 1440)])
def test_effort_is_minutes_and_a_day_has_eight_hours(text: str, minutes: int) -> None:
    assert field("effort", text) == minutes


@pytest.mark.parametrize(("text", "days"), [("90 days", 90), ("6 weeks", 42), ("3 months", 90), ("1 day", 1)])
def test_validity_is_days(text: str, days: int) -> None:
    assert field("valid_for", text) == days


@pytest.mark.parametrize(
    "text", ["20", "min", "20min", "20  min", "0 min", "-1 h", "2.5 h", "20 MIN", "99999 h", "٣ h", "1 h\n"]
)
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        field("effort", text)


@pytest.mark.parametrize("text", ["0", "7", "1000", "-0"])
def test_whole_weight_is_an_integer(text: str) -> None:
    assert field("weight", text) == int(text)
    assert isinstance(field("weight", text), int)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.5", Fraction(1, 2)), ("999.9999", Fraction(9_999_999, 10_000)), ("0.10", Fraction(1, 10)), ("2.0", 2)],
)
def test_fraction_of_a_weight_is_exact(text: str, number: Fraction | int) -> None:
    assert field("weight", text) == number
    assert isinstance(field("weight", text), type(number))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "+1",
        "01",
        "1.",
        ".5",
        "0.00001",
        "1e2",
        "1_0",
        "0x1",
        "1,000",
        "½",
        "1/2",
        "٣",
        "NaN",
        "-1",
        "1000.1",
        "9" * 4_301,
    ],
)
def test_other_weights_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        field("weight", text)


def test_number_of_many_digits_is_out_of_range_without_being_computed() -> None:
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)  # The least that Python takes: above it, `int` refuses a text.
    try:
        with pytest.raises(ValidationError) as error:
            field("weight", "9" * 641)
    finally:
        sys.set_int_max_str_digits(limit)

    assert [problem["type"] for problem in error.value.errors()] == ["out_of_range"]


@pytest.mark.parametrize("text", ["a", "a-b", "a1-2b", "a" * 80])
def test_id_is_lower_case_words_joined_by_hyphens(text: str) -> None:
    assert field("scale", text) == text


@pytest.mark.parametrize("text", ["", "A", "1a", "a_b", "a--b", "-a", "a-", "a b", "é", "a\n", "a" * 81, "a.b", "a/b"])
def test_other_ids_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        field("scale", text)


def test_plain_text_is_one_line_and_markdown_keeps_its_lines() -> None:
    folded = " one\n  two \n"

    assert (field("text", folded), field("help", folded), field("template", folded)) == (
        "one two",
        "one\n  two",
        "one\n  two",
    )


def test_single_text_stands_for_a_list_of_one_and_for_advice_after_every_answer() -> None:
    made = item(see="/a.md", was="old", recommend="Do it.")

    assert (made.see, made.was, made.recommend) == (["/a.md"], ["old"], {"*": "Do it."})


@pytest.mark.parametrize(
    "link", ["/", "/a.md", "/a.md#b", "#b", "https://example.org/?a=b", "http://x", "mailto:a@example.org"]
)
def test_link_leads_from_the_top_or_to_an_address(link: str) -> None:
    assert item(see=link).see == [link]


@pytest.mark.parametrize(
    "link", ["a.md", "../a.md", "javascript:alert(1)", "ftp://x", "/a b.md", "", "data:,x", "www.example.org"]
)
def test_other_links_are_refused(link: str) -> None:
    with pytest.raises(ValidationError):
        item(see=link)


def test_model_can_not_be_changed() -> None:
    with pytest.raises(ValidationError):
        item().weight = 2  # type: ignore[misc]


@pytest.mark.parametrize("model", [Checklist, SharedScales])
def test_json_schema_is_valid_and_explains_every_key(model: type[BaseModel]) -> None:
    schema = editor_schema(model)

    jsonschema.Draft202012Validator.check_schema(schema)
    keys = [(o.get("title"), key, value) for o in objects(schema) for key, value in o["properties"].items()]
    assert [(title, key) for title, key, value in keys if not value.get("description")] == []
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize(
    "text", [PLAIN, RICH, *(path.read_text("utf-8") for path in FILES)], ids=lambda text: text[:30]
)
def test_json_schema_accepts_what_the_reader_accepts(text: str) -> None:
    data = yaml.load(text, CoreSchemaLoader)

    assert [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)] == []
    assert not reader_refuses(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Ready?", "titel: Ready?"),
        ("title: Ready?", "title: ''"),
        ("title: Ready?", "title: [Ready]"),
        ("title: Ready?", "title: Ready?\nrevision: 0"),
        ("title: Ready?", "title: Ready?\nrevision: 1.5"),
        ("title: Ready?", "title: Ready?\nunknown: no"),
        ("title: Ready?", "title: Ready?\nunknown: 1"),
        ("title: Ready?", "title: Ready?\nscore: {as: percentage}"),
        ("title: Ready?", "title: Ready?\nscore: {decimals: 4}"),
        ("title: Ready?", "title: Ready?\nscore: {range: [0]}"),
        ("title: Ready?", "title: Ready?\nscore: {range: [0, 1, 2]}"),
        ("id: green", "id: Green"),
        ("id: green", "id: green-"),
        ("scale: yes-no", "scale: yes-no, weight: 1001"),
        ("scale: yes-no", "scale: yes-no, weight: three"),
        ("scale: yes-no", "scale: yes-no, effort: 20 minutes"),
        ("scale: yes-no", "scale: yes-no, na: maybe"),
        ("scale: yes-no", "scale: yes-no, recommend: [a]"),
        ("scale: yes-no", "scale: yes-no, wieght: 2"),
        ("scale: yes-no", "scale: yes-no, help: "),
        ("scale: yes-no", "scale: yes-no, weight: "),
        ("scale: yes-no", "scale: yes-no, recommend: ''"),
        ("scale: yes-no", "scale: yes-no, recommend: {no: ''}"),
        ("scale: yes-no", "scale: yes-no, allow: two-ideas"),
        ("scale: yes-no", "scale: yes-no, allow: [two-ideas]"),
        ("scale: yes-no", "scale: yes-no, allow: {two-ideas: ''}"),
        ("scale: yes-no", "scale: yes-no, allow: {two-ideas: }"),
        ("title: Ready?", "title: Ready?\nlanguage: EN"),
        ("scale: yes-no", "options: [{id: a, text: A, points: 1}]"),
        ("scale: yes-no", "options: [{id: a, text: A, points: 1}, {id: b, text: B}]"),
        ("{id: ready, min: 50, title: Ready}", "{id: ready, title: Ready}"),
        ("{id: ready, min: 50, title: Ready}", "{id: ready, min: high, title: Ready}"),
        ("sections:", "section:"),
    ],
)
def test_json_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    assert old in PLAIN
    text = PLAIN.replace(old, new, 1)

    assert (schema_refuses(text), reader_refuses(text)) == (True, True)
