import re

from mkdocs_checklists.assets import ENTRY, STYLE, asset_files, content_hash
from mkdocs_checklists.messages import load_messages
from tests.unit.texts import PLAIN, RICH, load

MESSAGES = load_messages()


def test_files_are_the_modules_the_style_sheet_and_the_words() -> None:
    names = list(asset_files(MESSAGES, []))

    assert names == sorted(names)
    assert {ENTRY, STYLE, "messages.js"} <= set(names)
    assert all(re.fullmatch(r"[a-z-]+\.(js|css)", name) for name in names)


def test_every_module_that_is_imported_is_among_the_files() -> None:
    files = asset_files(MESSAGES, [])

    wanted = {
        name
        for content in files.values()
        for name in re.findall(r"(?:from|import\()\s*[\"']\./([\w-]+\.js)[\"']", content.decode())
    }

    assert wanted <= set(files)
    assert wanted


def test_style_sheet_ends_with_the_rules_that_count_points() -> None:
    style = asset_files(MESSAGES, [load(PLAIN).key])[STYLE].decode()

    assert style.endswith('}input[data-points="1"]:checked{counter-increment:checklist-points 1}')


def test_name_of_the_folder_changes_with_any_file_and_only_then() -> None:
    hashes = [
        content_hash(asset_files(messages, keys))
        for messages, keys in (
            (MESSAGES, [load(PLAIN).key]),
            (MESSAGES, [load(PLAIN).key]),
            (MESSAGES, [load(RICH).key]),
            (load_messages("en", {"undo": "Take back"}), [load(PLAIN).key]),
        )
    ]

    assert re.fullmatch("[0-9a-f]{12}", hashes[0])
    assert (hashes[0] == hashes[1], len(set(hashes))) == (True, 3)


def test_hash_knows_names_from_contents() -> None:
    assert content_hash({"a": b"bc"}) != content_hash({"ab": b"c"})
