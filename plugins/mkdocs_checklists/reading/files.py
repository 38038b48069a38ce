"""Which files may be read, and how much of one: nothing that an author names, or leaves in a folder, makes a command wait."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from .source import MAX_BYTES

# Files that the caller has opened itself: `checklists score x.yml /dev/stdin`, or `<(…)` of a shell. Waiting for these is meant.
_HANDED_OPEN = re.compile(r"/dev/stdin|(?:/dev|/proc/self)/fd/[0-9]+")
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_file(path: Path) -> bytes:
    """The content of a file. Of one that is too large, one byte more than `MAX_BYTES`: enough to know that it is.

    Raises `OSError`, whose `strerror` says why, for what can't be read or is not a file.
    """
    is_handed_open = _HANDED_OPEN.fullmatch(os.path.abspath(path)) is not None
    if not is_handed_open:
        # Before it is opened: opening a device can do something.
        _refuse(path, os.stat(path).st_mode)
    with open(path, "rb", opener=None if is_handed_open else _open_at_once) as file:
        if not is_handed_open:
            # Another file may have taken its name since.
            _refuse(path, os.fstat(file.fileno()).st_mode)
        return file.read(MAX_BYTES + 1) or b""


def read_whole_text(path: Path) -> str | None:
    """The text of a file, with signs in place of bytes that are no UTF-8; `None` where not all of it can be read."""
    try:
        data = read_file(path)
    except OSError:
        return None
    return data.decode("utf-8", errors="replace") if len(data) <= MAX_BYTES else None


def _open_at_once(path: str, flags: int) -> int:
    # Else opening a pipe waits until something writes into it. Windows has neither.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    kind = next((name for is_of_kind, name in _KINDS if is_of_kind(mode)), "something else")
    raise OSError(errno.EINVAL, f"it is {kind}, not a file", str(path))
