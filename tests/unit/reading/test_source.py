from collections.abc import Iterator
from itertools import islice

import pytest
import yaml

from mkdocs_checklists.reading.source import MAX_DEPTH, read_source
from mkdocs_checklists.reading.tree import MappingNode, Node, ScalarNode, SequenceNode


def plain(node: Node | None) -> object:
    """A tree as dicts, lists and texts."""
    match node:
        case ScalarNode():
            return node.text
        case SequenceNode():
            return [plain(item) for item in node.items]
        case MappingNode():
            return {key: plain(value) for key, (_, value) in node.entries.items()}
    return None


def read(text: str | bytes) -> object:
    source, found = read_source(text if isinstance(text, bytes) else text.encode(), "a.yml")
    assert list(found) == []
    return plain(source.root)


def codes(text: str | bytes) -> list[str]:
    _, found = read_source(text if isinstance(text, bytes) else text.encode(), "a.yml")
    return [diagnostic.code for diagnostic in found]


@pytest.mark.parametrize(
    "scalar",
    [
        "No",
        "yes",
        "on",
        "off",
        "y",
        "~",
        "null",
        "true",
        "1.10",
        "1_000",
        "1_000.5",
        "0x1F",
        "017",
        "1e3",
        ".inf",
        "2026-11-20",
        "12:30",
        "=",
    ],
)
def test_scalar_stays_the_text_that_was_typed(scalar: str) -> None:
    assert read(f"text: {scalar}\n") == {"text": scalar}


def test_quoted_folded_and_literal_texts_are_read_as_yaml_has_them() -> None:
    text = "a: 'it''s'\nb: \"\\u00e9\\n\"\nc: >\n  one\n  two\nd: |\n  one\n  two\ne: one\n  two\n"

    assert read(text) == {"a": "it's", "b": "é\n", "c": "one two\n", "d": "one\ntwo\n", "e": "one two"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_as_one_line(end: str) -> None:
    source, _ = read_source(f"a: 1{end}{end}b: [x{end}".encode(), "a.yml")
    _, found = read_source(f"a: 1{end}{end}a: 2{end}".encode(), "a.yml")

    assert source.line(3) == "b: [x"
    assert [(d.code, d.span.line, d.excerpt) for d in found] == [("duplicate-key", 3, "a: 2")]


def test_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert read(b"\xef\xbb\xbfa: 1\n") == {"a": "1"}


def test_place_of_a_value_counts_characters_not_bytes() -> None:
    source, _ = read_source("é👍: {測: x}\n".encode(), "a.yml")
    assert isinstance(source.root, MappingNode)
    _, inner = source.root.entries["é👍"]
    assert isinstance(inner, MappingNode)
    key, value = inner.entries["測"]

    assert [(s.line, s.column, s.end_column) for s in (key.span, value.span)] == [(1, 6, 7), (1, 9, 10)]


@pytest.mark.parametrize(
    ("opening", "closing", "levels"), [("[", "]", 1), ("{a: ", "}", 1), ("- ", "a", 1), ("a: [", "]", 2)]
)
def test_nesting_ends_at_the_limit(opening: str, closing: str, levels: int) -> None:
    most = MAX_DEPTH // levels

    assert codes(opening * most + closing * most) == []
    assert codes(opening * (most + 1) + closing * (most + 1)) == ["too-deep"]


@pytest.mark.parametrize("text", ["{{a: b}: c}", "? - a\n: b\n"])
def test_collection_as_a_key_is_refused(text: str) -> None:
    assert codes(text) == ["complex-key"]


def test_no_more_is_parsed_than_the_level_that_is_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    (*_, opening) = islice(yaml.parse("[["), 4)
    asked: list[yaml.Event] = []

    def endless(text: str, Loader: object) -> Iterator[yaml.Event]:
        while True:
            asked.append(opening)
            yield opening

    monkeypatch.setattr(yaml, "parse", endless)

    assert codes("any text") == ["too-deep"]
    assert len(asked) == MAX_DEPTH + 1


def test_parser_that_goes_too_deep_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(text: str, Loader: object) -> Iterator[yaml.Event]:
        raise RecursionError

    monkeypatch.setattr(yaml, "parse", too_deep)

    assert codes("any text") == ["yaml-syntax"]


def test_mistake_at_the_end_of_a_line_has_its_place_there_and_no_further() -> None:
    _, found = read_source(b"a: [", "a.yml")

    assert [(d.code, d.span.line, d.span.column, d.span.end_column) for d in found] == [("yaml-syntax", 1, 5, 5)]


def test_first_of_two_equal_keys_counts_and_the_loss_is_noted() -> None:
    source, _ = read_source(b"a: 1\na: 2\n", "a.yml")

    assert plain(source.root) == {"a": "1"}
    assert source.dropped == {"a"}


def test_keys_that_look_alike_but_differ_are_two() -> None:
    assert read("yes: 1\nYes: 2\n'true': 3\n") == {"yes": "1", "Yes": "2", "true": "3"}


def test_quoted_merge_sign_is_a_key() -> None:
    assert read("'<<': 1\n") == {"<<": "1"}


@pytest.mark.parametrize(
    "character", ["\x02", "\x03", "\x7f", "\x85", "\x9f", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff"]
)
def test_character_that_a_page_can_not_carry_is_refused(character: str) -> None:
    assert codes(f"a: x{character}y\n") == ["control-character"]


def test_escaped_character_that_a_page_can_not_carry_does_not_get_into_the_tree() -> None:
    source, found = read_source(b'a: "x\\x02y\\uFDD0z\\N"\n', "a.yml")

    assert plain(source.root) == {"a": "x\ufffdy\ufffdz\ufffd"}
    assert {d.code for d in found} == {"control-character"}


@pytest.mark.parametrize("text", ["a: 👩🏽‍🚀 مرحبا\n", "a: \u00ad\u200d\ufeff\n", "a: \ue000\U0010fffd\n"])
def test_every_other_character_is_text(text: str) -> None:
    assert read(text) == {"a": text[3:-1]}
