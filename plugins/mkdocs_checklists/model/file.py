"""What messages need to know of a model that is a file of its own."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel


class FileModel(BaseModel):
    """The model of a whole file."""

    file_noun: ClassVar[str] = "the file"
    """What messages call the file."""

    file_hint: ClassVar[str]
    """What to write into a file that does not start with keys."""

    entry_noun: ClassVar[str] = ""
    """What an entry is called, in a file of nothing but entries, each below its id."""
