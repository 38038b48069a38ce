"""Make sure that the tests find a Chromium that runs: `python -m tests.ensure_browser`."""

import os
import shutil
import subprocess
import sys

from tests.browser_binary import VARIABLE, find_chromium, use_node_of_the_environment

SECONDS = 600
# Of Debian; older ones and Ubuntu know the second only.
PACKAGES = ("chromium-headless-shell", "chromium")


def _runs(*command: str, quietly: bool = False) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        process = subprocess.run(
            command,
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if quietly else None,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return process.returncode == 0


def _is_ready() -> bool:
    path = find_chromium()
    return path is not None and _runs(str(path), "--version", quietly=True)


def _may_use_apt() -> bool:
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def _installs_playwrights() -> bool:
    playwright = (sys.executable, "-m", "playwright")
    if not _runs(*playwright, "install", "chromium"):
        return False
    # Without system libraries it is there, but does not start.
    return _is_ready() or (_may_use_apt() and _runs(*playwright, "install-deps", "chromium") and _is_ready())


def _installs_debians() -> bool:
    if not (_may_use_apt() and _runs("apt-get", "update", "-qq")):
        return False
    return any(
        _runs("apt-get", "install", "-y", "-qq", package, quietly=package != PACKAGES[-1]) and _is_ready()
        for package in PACKAGES
    )


def main() -> int:
    use_node_of_the_environment()
    try:
        if _is_ready() or _installs_playwrights() or _installs_debians():
            return 0
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"No Chromium for the browser tests: install one (on Debian: apt-get install chromium), or set {VARIABLE}.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
