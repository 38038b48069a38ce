"""Finds, loads and caches checklist files."""

from __future__ import annotations

import difflib
import os.path
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ..checks.checklist import check, check_shared_scales
from ..diagnostics.diagnostic import Diagnostic, Diagnostics, Severity, Span, shorten
from ..knowledge.checks import check_knowledge
from ..knowledge.files import FILES, Knowledge, read_facts, read_glossary, read_sources
from ..knowledge.model import FACTS_FILE, GLOSSARY_FILE, SOURCES_FILE, Facts, Glossary, Sources
from ..model.checklist import Option, SharedScales
from ..model.fields import ID_PATTERN, MAX_ID
from ..reading.files import read_file, read_whole_text
from ..reading.reader import Reading, read_checklist, read_shared_scales, unread
from ..reading.tree import Source
from .cases import check_cases
from .loaded import LoadedChecklist

SHARED_SCALES = "_scales.yml"
SHARED_FILES = (SHARED_SCALES, *FILES)
"""Files in the folder that are not checklists."""

_Model = TypeVar("_Model", Sources, Facts, Glossary)


class Library:
    """The checklists of one folder (or of single files), read anew only where a file has changed.

    A file is taken as unchanged while its size and its time of change in nanoseconds are.
    """

    def __init__(self, directory: Path, root: Path | None = None, missing_hint: str = "") -> None:
        """`root` is the folder that file names in messages are relative to; the current one when left out.

        `missing_hint` tells what to do where the folder is not there.
        """
        self.directory = directory
        self._missing_hint = missing_hint or "Make it, or name the right one."
        self._root = root or Path.cwd()
        self._checklists: dict[str, LoadedChecklist] = {}
        self._stamps: dict[Path, tuple[int, int]] = {}
        self._shared: Mapping[str, list[Option]] = {}
        self._shared_diagnostics = Diagnostics()
        self.shared: Reading[SharedScales] | None = None
        """The file of shared scales as it was read; `None` where there is none."""
        self._folder_diagnostics = Diagnostics()
        self.knowledge = Knowledge()
        """The sources, facts and terms beside the checklists."""

    def refresh(self) -> None:
        """Read what is new or has changed, and forget what is gone."""
        self._folder_diagnostics = Diagnostics()
        try:
            paths = sorted(self.directory.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            self._report("no-folder", "there is no such folder", self.directory, self._missing_hint)
            self._forget()
            return
        except OSError as error:
            message = f"the folder can't be read: {error.strerror or error}"
            self._report("unreadable-file", message, self.directory)
            self._forget()
            return
        shared_changed = self._refresh_shared(self.directory / SHARED_SCALES)
        self.refresh_knowledge()
        found: dict[str, Path] = {}
        for path in paths:
            if path.name.startswith("_") and path.name not in SHARED_FILES:
                self._check_shared_name(path)
            if not _may_be_checklist(path):
                continue
            if path.suffix == ".yml":
                found[path.stem] = path
            elif path.suffix.lower() in (".yml", ".yaml"):
                self._report(
                    "wrong-extension",
                    "checklist files end in .yml",
                    path,
                    f"Rename it to '{path.stem}.yml'.",
                    Severity.WARNING,
                )
        for name in set(self._checklists) - set(found):
            del self._checklists[name]
        for name, path in found.items():
            if self._has_changed(path) or shared_changed or name not in self._checklists:
                self._checklists[name] = self.load(path)
        self._checklists = {name: self._checklists[name] for name in found}
        self._check_earlier_ids()

    def _check_shared_name(self, path: Path) -> None:
        """A file of ours under a name that is nearly right would be overlooked, and all that it holds with it."""
        stem, ending = path.stem.lower(), path.suffix.lower()
        near = difflib.get_close_matches(stem, [name.removesuffix(".yml") for name in SHARED_FILES], n=1, cutoff=0.8)
        # What only starts alike, such as `_facts-of-2025.yml`, may be a draft.
        if ending not in (".yml", ".yaml") or not near or abs(len(near[0]) - len(stem)) > 1:
            return
        code, message = "bad-file-name", f"a file of the name '{path.name}' is not read"
        self._report(code, message, path, f"Did you mean '{near[0]}.yml'?", Severity.WARNING)

    def _forget(self) -> None:
        self._checklists, self._stamps, self._shared = {}, {}, {}
        self._shared_diagnostics, self.shared = Diagnostics(), None
        self.knowledge = Knowledge()

    def load(self, path: Path) -> LoadedChecklist:
        """Read one file, whatever folder it is in."""
        data = self._read(path)
        if isinstance(data, Diagnostic):
            return LoadedChecklist(path.stem, unread(data), None)
        reading = read_checklist(data, self.display_name(path))
        if len(path.stem) > MAX_ID or not re.fullmatch(ID_PATTERN, path.stem):
            reading.report(
                "bad-file-name",
                f"'{shorten(path.stem)}' can't be the id of a checklist",
                Span(reading.source.name),
                f"The file name without .yml is the id: lower-case words joined by hyphens, at most {MAX_ID} characters.",
            )
        loaded = LoadedChecklist(path.stem, reading, check(reading, self._shared, self._shared_diagnostics.errors))
        if loaded.checklist is None or not loaded.checklist.cases:
            return loaded
        check_cases(reading, loaded.checklist, loaded.key)
        return replace(loaded, trusted=None) if reading.diagnostics.errors else loaded

    def load_shared(self, path: Path) -> None:
        """Read the shared scales that `load` uses; nothing where there is no such file."""
        self._refresh_shared(path)

    def get(self, name: str) -> LoadedChecklist | None:
        return self._checklists.get(name)

    def texts(self) -> Iterator[str | None]:
        """The texts of the checklists in the folder, of those too that were not loaded; `None` for one that can't be read."""
        try:
            paths = sorted(self.directory.glob("*.yml"))
        except OSError:
            return
        yield from (read_whole_text(path) for path in paths if _may_be_checklist(path))

    @property
    def ids(self) -> list[str]:
        return list(self._checklists)

    @property
    def checklists(self) -> list[LoadedChecklist]:
        return list(self._checklists.values())

    def renamed(self, name: str) -> str | None:
        """The present id of a checklist that was called `name`."""
        for loaded in self._checklists.values():
            if loaded.checklist and name in loaded.checklist.was:
                return loaded.id
        return None

    @property
    def diagnostics(self) -> Diagnostics:
        """What is wrong with all files together."""
        shared = [*self._shared_diagnostics.found, *self.knowledge.diagnostics]
        found = Diagnostics([*self._folder_diagnostics.found, *shared])
        for loaded in self._checklists.values():
            found.extend(loaded.diagnostics.found)
        return found

    def display_name(self, path: Path) -> str:
        """A path as messages show it."""
        try:
            # Not resolved: a link has the name that the author gave it.
            return Path(os.path.abspath(path)).relative_to(os.path.abspath(self._root)).as_posix()
        except ValueError:
            return path.as_posix()

    def _refresh_shared(self, path: Path) -> bool:
        if not os.path.lexists(path):
            gone = path in self._stamps
            self._shared, self._shared_diagnostics, self.shared = {}, Diagnostics(), None
            self._stamps.pop(path, None)
            return gone
        if not self._has_changed(path):
            return False
        data = self._read(path)
        if isinstance(data, Diagnostic):
            self._shared, self._shared_diagnostics, self.shared = {}, Diagnostics([data]), None
        else:
            reading = read_shared_scales(data, self.display_name(path))
            self._shared, self._shared_diagnostics = check_shared_scales(reading), reading.diagnostics
            self.shared = reading
        return True

    def refresh_knowledge(self) -> None:
        """Read the sources, facts and terms, all of them where one has changed: facts name sources."""
        there = [name for name in FILES if os.path.lexists(self.directory / name)]
        before = [name for name in FILES if self.directory / name in self._stamps]
        # All are looked at, or the time of one that changed together with another would not be noted.
        changed = [name for name in there if self._has_changed(self.directory / name)]
        for name in set(before) - set(there):
            del self._stamps[self.directory / name]
        if not changed and before == there:
            return
        unreadable = Diagnostics()
        data: dict[str, bytes] = {}
        for name in there:
            content = self._read(self.directory / name)
            if isinstance(content, Diagnostic):
                unreadable.add(content)
            else:
                data[name] = content
        self.knowledge = check_knowledge(
            self._reading(read_sources, SOURCES_FILE, data),
            self._reading(read_facts, FACTS_FILE, data),
            self._reading(read_glossary, GLOSSARY_FILE, data),
        )
        self.knowledge.unreadable.extend(unreadable)

    def _reading(
        self, read: Callable[[bytes, str], Reading[_Model]], name: str, data: Mapping[str, bytes]
    ) -> Reading[_Model] | None:
        return read(data[name], self.display_name(self.directory / name)) if name in data else None

    def _has_changed(self, path: Path) -> bool:
        try:
            stat = path.stat()
        except OSError:
            return True
        stamp = (stat.st_mtime_ns, stat.st_size)
        changed = self._stamps.get(path) != stamp
        self._stamps[path] = stamp
        return changed

    def _read(self, path: Path) -> bytes | Diagnostic:
        try:
            return read_file(path)
        except OSError as error:
            message = f"the file can't be read: {error.strerror or error}"
            return Diagnostic("unreadable-file", message, Span(self.display_name(path)))

    def _check_earlier_ids(self) -> None:
        owners: dict[str, str] = {}
        for loaded in self._checklists.values():
            for n, name in enumerate(loaded.checklist.was if loaded.checklist else []):
                span = loaded.reading.span("was", n)
                if name in self._checklists:
                    self._at(
                        loaded.reading.source,
                        "reused-id",
                        f"'{name}' is a checklist of its own, so it can't be an earlier id",
                        span,
                        "An id is never used again.",
                    )
                elif name in owners:
                    self._at(
                        loaded.reading.source,
                        "reused-id",
                        f"checklist '{owners[name]}' names '{name}' as an earlier id too",
                        span,
                        "Keep it in one of the two files.",
                    )
                owners.setdefault(name, loaded.id)

    def _at(self, source: Source, code: str, message: str, span: Span, hint: str) -> None:
        self._folder_diagnostics.add(source.diagnostic(code, message, span, hint))

    def _report(self, code: str, message: str, path: Path, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        source = Source(self.display_name(path), [], None)
        self._folder_diagnostics.add(source.diagnostic(code, message, Span(source.name), hint, severity=severity))


def _may_be_checklist(path: Path) -> bool:
    """Neither folders nor pipes may; a link that leads nowhere may, and is reported."""
    # Unlike the methods of `Path`, these functions don't raise where the folder may not be searched.
    return not path.name.startswith(("_", ".")) and (not os.path.exists(path) or os.path.isfile(path))
