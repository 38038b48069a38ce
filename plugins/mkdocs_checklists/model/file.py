"""What all models are built on: a part of a file, and a file of its own with what messages need to know of it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class PartModel(BaseModel):
    """Keys that belong together; others are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileModel(BaseModel):
    """The model of a whole file."""

    file_noun: ClassVar[str] = "the file"
    """What messages call the file."""

    file_hint: ClassVar[str]
    """What to write into a file that does not start with keys."""

    entry_noun: ClassVar[str] = ""
    """What an entry is called, in a file of nothing but entries, each below its id."""
