import pytest

from mkdocs_checklists.diagnostics.diagnostic import Span
from mkdocs_checklists.reading.source import read_source
from mkdocs_checklists.reading.tree import MappingNode, Path, ScalarNode, plain_data

SOURCE, _ = read_source(b"title: Ready? # yes\nsections:\n  - id: tests\n    items: [a, b]\n", "a.yml")


@pytest.mark.parametrize(
    ("path", "is_at"),
    [
        ((), ()),
        (("title",), ("title",)),
        (("sections", 0, "items", 1), ("sections", 0, "items", 1)),
        (("sections", 0, "title"), ("sections", 0)),
        (("sections", 1, "id"), ("sections",)),
        (("sections", "id"), ("sections",)),
        (("title", 0, "text"), ("title",)),
        ((0,), ()),
    ],
)
def test_node_at_a_path_is_the_nearest_one_that_is_in_the_tree(path: Path, is_at: Path) -> None:
    node, found = SOURCE.node(path)

    assert found == is_at
    assert node is SOURCE.node(is_at)[0]


def test_place_of_a_value_and_that_of_its_key_are_two() -> None:
    assert SOURCE.span("title") == Span("a.yml", 1, 8, 1, 14)
    assert SOURCE.key_span("title") == Span("a.yml", 1, 1, 1, 6)


def test_place_of_an_entry_of_a_list_is_that_of_its_value() -> None:
    assert (
        SOURCE.key_span("sections", 0, "items", 1)
        == SOURCE.span("sections", 0, "items", 1)
        == Span("a.yml", 4, 16, 4, 17)
    )


def test_place_of_what_is_missing_is_that_of_the_part_around_it() -> None:
    assert SOURCE.span("sections", 0, "title") == SOURCE.key_span("sections", 0, "title") == SOURCE.span("sections", 0)


def test_place_in_a_file_that_could_not_be_read_is_the_file() -> None:
    source, _ = read_source(b"", "a.yml")

    assert source.span("title") == source.key_span("title") == Span("a.yml")


def test_rest_of_a_line_is_what_follows_a_place() -> None:
    assert SOURCE.rest(SOURCE.span("title")) == " # yes"
    assert SOURCE.rest(SOURCE.key_span("title")) == ": Ready? # yes"


def test_tree_as_plain_data_has_only_texts() -> None:
    assert isinstance(SOURCE.root, MappingNode)
    assert isinstance(SOURCE.root.entries["title"][1], ScalarNode)
    assert plain_data(SOURCE.root) == {"title": "Ready?", "sections": [{"id": "tests", "items": ["a", "b"]}]}
