"""Programs that are started for one worker and ended with it, with all that they have started themselves."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

SECONDS_TO_END = 10

# So that nothing is left of a run that was killed itself. Part of Debian's util-linux.
_WITH_US = ("setpriv", "--pdeathsig", "TERM", "--") if shutil.which("setpriv") else ()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and its children. It was started with `start_new_session=True`."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(SECONDS_TO_END)
        except ProcessLookupError:
            process.wait(SECONDS_TO_END)
            return
        except subprocess.TimeoutExpired:
            continue
    process.wait(SECONDS_TO_END)


def start(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a program that writes its messages into a file."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [*_WITH_US, *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def environment(home: Path, **more: str) -> dict[str, str]:
    """Surroundings in which a browser finds no settings of anyone's, and speaks English as it is spoken in London."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_", "LC_"))}
    return {**kept, "HOME": str(home), "TZ": "Europe/London", "LANG": "C.UTF-8", "NO_AT_BRIDGE": "1", **more}


@contextmanager
def screen(log: Path) -> Iterator[str]:
    """A screen that nobody sees, until the block ends: yields what belongs into `DISPLAY`."""
    read, write = os.pipe()
    with log.open("wb") as output:
        server = subprocess.Popen(
            # It takes the first number that is free and says which.
            [*_WITH_US, "Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
            pass_fds=[write],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise OSError(f"Xvfb did not start: {log.read_text('utf-8', 'replace')}")
        yield f":{number}"
    finally:
        end(server)
