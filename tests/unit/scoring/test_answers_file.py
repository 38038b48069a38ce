import pytest

from mkdocs_checklists.scoring.answers_file import AnswersError, read_answers
from tests.unit.texts import RICH, load

KEY = load(RICH).key


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        (b"{}", {}),
        (b'{"green": "always", "fast": "na"}', {"green": "always", "fast": "na"}),
        (b'\xef\xbb\xbf {"green": "always"}\r\n', {"green": "always"}),
        (b'{"gr\\u0065en": "unknown"}', {"green": "unknown"}),
        (b'{"all-green": "always"}', {"all-green": "always"}),
    ],
)
def test_answers_are_read(data: bytes, answers: dict[str, str]) -> None:
    assert read_answers(data, KEY) == answers


@pytest.mark.parametrize("value", [b"1", b"1e999", b"9" * 4_301, b"null", b"[]", b'{"a": 1}', b"true"])
def test_value_of_an_unknown_id_may_be_anything(value: bytes) -> None:
    assert list(read_answers(b'{"other": ' + value + b"}", KEY)) == ["other"]


@pytest.mark.parametrize("value", [b"1", b"9" * 4_301, b"null", b"[]", b"{}", b"true", b'["always"]'])
@pytest.mark.parametrize("name", ["green", "all-green"])
def test_value_of_an_item_is_the_id_of_an_option(name: str, value: bytes) -> None:
    with pytest.raises(AnswersError, match=f"the answer to '{name}' must be the id of an option"):
        read_answers(b'{"%s": %s}' % (name.encode(), value), KEY)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1, column 1: this is not JSON: expecting value"),
        (b"green: always", "line 1, column 1: this is not JSON"),
        (b'{"green": "always",}', "line 1, column"),
        (b'{"green": "always"} {}', "line 1, column 21: this is not JSON: extra data"),
        (b'[{"green": "always"}]', "the answers must be one JSON object"),
        (b'"green"', "the answers must be one JSON object"),
        (b"null", "the answers must be one JSON object"),
        (b'{"green": "always", "green": "never"}', "'green' is answered twice"),
        (b'{"other": {"a": 1, "a": 2}}', "'a' is answered twice"),
        (b'{"green": NaN}', "NaN is not JSON"),
        (b'{"green": -Infinity}', "-Infinity is not JSON"),
        (b'{"green": "al\xffways"}', "not UTF-8 text"),
        ('{"green": "always"}'.encode("utf-16"), "not UTF-8 text"),
        (b"[" * 101 + b"]" * 101, "nested too deeply"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "nested too deeply"),
    ],
)
def test_other_files_are_one_clear_error(data: bytes, message: str) -> None:
    with pytest.raises(AnswersError, match=message):
        read_answers(data, KEY)


@pytest.mark.parametrize(
    "value",
    [
        b"[" * 99 + b"]" * 99,
        b"[[]," * 98 + b"1" + b"]" * 98,
        b'"' + b"[" * 101 + b'"',
        b'"' + b'[\\"{' * 101 + b'\\\\"',
    ],
)
def test_a_hundred_levels_are_read_and_brackets_in_texts_are_not_counted(value: bytes) -> None:
    assert list(read_answers(b'{"other": ' + value + b"}", KEY)) == ["other"]


NUMBERS = load(
    "title: Cost\ninputs:\n- {id: hours, text: Hours, was: time}\nfigures:\n- {id: year, text: Year, formula: 12 * hours}\n"
).key


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (b"12", "12"),
        (b"12.50", "12.50"),
        (b"-3", "-3"),
        (b"1e2", "100"),
        (b"1.5E-2", "0.015"),
        (b"-0", "-0"),
        # Taken for no number later on, and listed as it was written.
        (b"1e400", "1e400"),
        (b"9" * 4_301, "9" * 4_301),
    ],
)
@pytest.mark.parametrize("name", ["hours", "time"])
def test_value_of_an_input_is_a_number(name: str, number: bytes, text: str) -> None:
    assert read_answers(b'{"%s": %s}' % (name.encode(), number), NUMBERS) == {name: text}


@pytest.mark.parametrize("value", [b'"12"', b"null", b"true", b"[12]", b"{}"])
def test_value_of_an_input_that_is_no_number_is_refused(value: bytes) -> None:
    with pytest.raises(AnswersError, match="the value of input 'hours' must be a number"):
        read_answers(b'{"hours": %s}' % value, NUMBERS)
