import json

import pytest

from mkdocs_checklists import key_from_json
from tests.unit.texts import PLAIN, RICH, load


def test_key_of_the_page_is_compact_and_keeps_letters_as_they_are() -> None:
    loaded = load(PLAIN.replace("id: tests", "id: tests"))

    assert loaded.key_json == (
        '{"checklist":"example","bands":[{"id":"not-yet","min":0},{"id":"ready","min":50}],'
        '"sections":[{"id":"tests","items":[{"id":"green","options":[["yes",1],["no",0]]}]}]}'
    )


def test_key_of_the_page_is_the_key() -> None:
    loaded = load(RICH)

    assert key_from_json(json.loads(loaded.key_json)) == loaded.key


def test_broken_checklist_has_no_key() -> None:
    with pytest.raises(ValueError, match="has errors"):
        _ = load("title: Ready?").key
