"""A generated file as the package sees it, without a folder: read, checked, and at hand for a page."""

from pathlib import Path

from mkdocs_checklists import Library, LoadedChecklist
from mkdocs_checklists.checks.checklist import check, check_shared_scales
from mkdocs_checklists.reading.reader import read_checklist, read_shared_scales
from tests.properties.checklist_files import SHARED_SCALES

_SHARED = check_shared_scales(read_shared_scales(SHARED_SCALES.encode(), "_scales.yml"))


def load(text: str) -> LoadedChecklist:
    """Read and check a text as the file `example.yml` beside the shared scales."""
    reading = read_checklist(text.encode(), "example.yml")
    return LoadedChecklist("example", reading, check(reading, _SHARED))


class Shelf(Library):
    """A library of whatever is put there: no file has to change for it to be new."""

    def __init__(self) -> None:
        super().__init__(Path("checklists"))
        self.loaded: LoadedChecklist | None = None

    def get(self, name: str) -> LoadedChecklist | None:
        return self.loaded if self.loaded and self.loaded.id == name else None
