"""Make sure that the tests find a Chromium that runs, and the other engines: `python -m tests.ensure_browser [engine ...]`.

Without names it is about Chromium alone. An engine that can't be had is no failure here: its tests say what to do, and are
skipped, or fail where `CI` is set.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

from tests.browser_binary import (
    DEBIAN_PACKAGES,
    ENGINES,
    VARIABLE,
    Found,
    find_chromium,
    find_engine,
    use_node_of_the_environment,
    wanted_engines,
)

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


def _find(engine: str) -> Found:
    with sync_playwright() as playwright:
        own = str(getattr(playwright, engine).executable_path)
    return find_engine(engine, lambda: own)


def _is_there(engine: str) -> bool:
    return not _find(engine).missing


def _installs(engine: str) -> bool:
    """First the system's packages, where we may install them; then Playwright's own build."""
    if _may_use_apt() and _runs("apt-get", "update", "-qq"):
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
        if _runs(*install, *DEBIAN_PACKAGES[engine], quietly=True) and _is_there(engine):
            return True
    playwright = (sys.executable, "-m", "playwright")
    return _runs(*playwright, "install", engine, quietly=True) and _is_there(engine)


def ensure_engines(engines: list[str]) -> None:
    """Install what is wanted and not there; say of the rest what to do about it."""
    for engine in engines:
        if engine in wanted_engines() and not _is_there(engine) and not _installs(engine):
            print(_find(engine).missing, file=sys.stderr)


def main(engines: list[str]) -> int:
    if unknown := set(engines) - set(ENGINES):
        print(f"No engine is called {', '.join(sorted(unknown))}: there are {', '.join(ENGINES)}", file=sys.stderr)
        return 2
    use_node_of_the_environment()
    if not ensure_chromium():
        return 1
    ensure_engines([engine for engine in engines if engine != "chromium"])
    return 0


def ensure_chromium() -> bool:
    try:
        if _is_ready() or _installs_playwrights() or _installs_debians():
            return True
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return False
    print(
        f"No Chromium for the browser tests: install one (on Debian: apt-get install chromium), or set {VARIABLE}.",
        file=sys.stderr,
    )
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
