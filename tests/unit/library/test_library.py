import os
from pathlib import Path

import pytest

from mkdocs_checklists import Library
from tests.helpers import write_tree
from tests.unit.texts import PLAIN

OFTEN = "scales:\n  often:\n    - {id: always, text: Always, points: 1}\n    - {id: never, text: Never, points: 0}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"checklists/a.yml": PLAIN, "checklists/b.yml": PLAIN}) / "checklists"


@pytest.fixture
def library(folder: Path) -> Library:
    library = Library(folder, folder.parent)
    library.refresh()
    return library


def write(path: Path, text: str) -> None:
    """Write a file so that its time of change differs, however fast the test is."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def codes(library: Library) -> list[tuple[str, str]]:
    return [(diagnostic.span.file, diagnostic.code) for diagnostic in library.diagnostics]


def test_unchanged_file_is_not_read_again(library: Library) -> None:
    before = library.get("a")

    library.refresh()

    assert library.get("a") is before


def test_only_the_changed_file_is_read_again(library: Library, folder: Path) -> None:
    before = [library.get(name) for name in "ab"]
    write(folder / "a.yml", PLAIN.replace("Ready?", "Done?", 1))

    library.refresh()

    assert library.get("a") is not before[0]
    assert library.get("b") is before[1]
    loaded = library.get("a")
    assert loaded is not None
    assert loaded.checklist is not None
    assert loaded.checklist.title == "Done?"


def test_change_within_the_same_second_that_keeps_the_size_is_seen(library: Library, folder: Path) -> None:
    write(folder / "a.yml", PLAIN.replace("Ready?", "Reedy?", 1))

    library.refresh()

    loaded = library.get("a")
    assert loaded is not None
    assert loaded.checklist is not None
    assert loaded.checklist.title == "Reedy?"


def test_file_that_is_gone_is_forgotten_and_a_new_one_found(library: Library, folder: Path) -> None:
    (folder / "a.yml").rename(folder / "c.yml")

    library.refresh()

    assert library.ids == ["b", "c"]
    assert library.get("a") is None


def test_mistake_is_gone_once_it_is_mended(library: Library, folder: Path) -> None:
    write(folder / "a.yml", "")
    library.refresh()
    broken = codes(library)
    write(folder / "a.yml", PLAIN)
    library.refresh()

    assert (broken, codes(library)) == ([("checklists/a.yml", "empty-file")], [])


def test_mistake_stays_while_the_file_is_as_it_was(library: Library, folder: Path) -> None:
    write(folder / "a.yml", "")
    library.refresh()
    library.refresh()

    assert codes(library) == [("checklists/a.yml", "empty-file")]


def test_changed_shared_scales_are_seen_by_every_file(library: Library, folder: Path) -> None:
    write(folder / "a.yml", PLAIN.replace("yes-no", "often"))
    library.refresh()
    missing = codes(library)
    write(folder / "_scales.yml", OFTEN)
    library.refresh()
    found = codes(library)
    write(folder / "_scales.yml", OFTEN.replace("points: 1", "points: one"))
    library.refresh()
    broken = codes(library)
    (folder / "_scales.yml").unlink()
    library.refresh()

    assert missing == [("checklists/a.yml", "unknown-scale")]
    assert found == []
    assert broken == [("checklists/_scales.yml", "bad-number")]
    assert codes(library) == missing


def test_shared_scales_are_no_checklist(library: Library, folder: Path) -> None:
    write(folder / "_scales.yml", OFTEN)
    library.refresh()

    assert library.ids == ["a", "b"]


def test_file_of_shared_scales_is_kept_as_it_was_read(library: Library, folder: Path) -> None:
    file = folder / "_scales.yml"
    file.write_text("scales: {a: [{id: a, text: A, points: 1}, {id: b, text: B, points: 0}]}\n", "utf-8")
    library.refresh()
    shared = library.shared
    assert shared is not None
    assert shared.model is not None
    assert list(shared.model.scales) == ["a"]

    library.refresh()
    assert library.shared is shared

    file.unlink()
    library.refresh()
    assert library.shared is None


def test_folder_may_come_later_and_go_again(tmp_path: Path) -> None:
    library = Library(tmp_path / "checklists", tmp_path)
    library.refresh()
    missing = codes(library)
    write_tree(tmp_path, {"checklists/a.yml": PLAIN})
    library.refresh()
    there = (library.ids, codes(library))
    (tmp_path / "checklists/a.yml").unlink()
    (tmp_path / "checklists").rmdir()
    library.refresh()

    assert missing == [("checklists", "no-folder")]
    assert there == (["a"], [])
    assert (library.ids, codes(library)) == ([], missing)


def test_only_checklist_files_are_read(library: Library, folder: Path) -> None:
    write_tree(folder, {".hidden.yml": "", "_draft.yml": "", "notes.txt": "", "folder.yml/x.yml": "", "README.md": ""})
    os.mkfifo(folder / "pipe.yml")

    library.refresh()

    assert (library.ids, codes(library)) == (["a", "b"], [])


def test_checklist_is_known_by_its_earlier_id(library: Library, folder: Path) -> None:
    write(folder / "b.yml", PLAIN + "was: [older, old]\n")
    library.refresh()

    assert (library.renamed("old"), library.renamed("a"), library.renamed("nothing")) == ("b", None, None)


def test_file_is_named_from_the_root_and_in_full_outside_it(tmp_path: Path) -> None:
    library = Library(tmp_path / "lists", tmp_path / "site")

    assert library.display_name(tmp_path / "site" / "x" / ".." / "a.yml") == "a.yml"
    assert library.display_name(tmp_path / "lists" / "a.yml") == f"{tmp_path.as_posix()}/lists/a.yml"


def test_two_libraries_share_nothing(library: Library, tmp_path: Path) -> None:
    other = Library(write_tree(tmp_path / "other", {"x.yml": PLAIN}))
    other.refresh()

    assert (library.ids, other.ids) == (["a", "b"], ["x"])


# --- sources, facts, terms ---

SOURCES = "study: {text: '[Study](https://a.example/), 2020', kind: academic}\n"
FACT = "price: {text: In 2026., source: study, reviewed: 2026-11-20}\n"


def test_files_of_sources_facts_and_terms_are_no_checklists(library: Library, folder: Path) -> None:
    write(folder / "_sources.yml", SOURCES)
    write(folder / "_facts.yml", FACT)
    write(folder / "_glossary.yml", "work: {term: work, text: What is done.}\n")

    library.refresh()

    assert library.ids == ["a", "b"]
    assert [list(part) for part in (library.knowledge.source, library.knowledge.fact, library.knowledge.term)] == [
        ["study"],
        ["price"],
        ["work"],
    ]
    assert codes(library) == []


def test_unchanged_knowledge_is_not_read_again(library: Library, folder: Path) -> None:
    write(folder / "_sources.yml", SOURCES)
    library.refresh()
    before = library.knowledge

    library.refresh()

    assert library.knowledge is before


def test_facts_are_checked_anew_when_their_sources_change(library: Library, folder: Path) -> None:
    write(folder / "_sources.yml", SOURCES)
    write(folder / "_facts.yml", FACT)
    library.refresh()
    assert codes(library) == []

    write(folder / "_sources.yml", SOURCES.replace("study:", "other:"))
    library.refresh()
    assert codes(library) == [("checklists/_facts.yml", "unknown-source")]

    write(folder / "_sources.yml", SOURCES)
    library.refresh()
    assert codes(library) == []


def test_knowledge_that_is_gone_is_forgotten(library: Library, folder: Path) -> None:
    write(folder / "_sources.yml", SOURCES)
    write(folder / "_facts.yml", FACT)
    library.refresh()
    (folder / "_sources.yml").unlink()
    library.refresh()
    assert library.knowledge.sources is None
    assert codes(library) == [("checklists/_facts.yml", "unknown-source")]

    (folder / "_facts.yml").unlink()
    library.refresh()
    assert codes(library) == []


def test_knowledge_that_can_not_be_read_is_reported(library: Library, folder: Path) -> None:
    (folder / "_glossary.yml").mkdir()

    library.refresh()

    assert codes(library) == [("checklists/_glossary.yml", "unreadable-file")]
