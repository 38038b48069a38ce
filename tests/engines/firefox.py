"""Firefox as Debian has it, one process for all readers of a worker: each gets a window of their own, and leaves nothing behind."""

import base64
import json
import time
from pathlib import Path
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.engines.driven import DrivenFace
from tests.engines.face import SECONDS, Visit
from tests.engines.marionette import Marionette
from tests.engines.processes import end, environment, start

# What keeps a driven Firefox quiet: it asks no host for anything, and shows no page but ours.
PREFERENCES: dict[str, bool | int | str] = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.tabs.warnOnClose": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "en-GB, en",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.unified": False,
    "ui.prefersReducedMotion": 1,
    # For the tests themselves: a tab behind another keeps its timers.
    "dom.min_background_timeout_value": 4,
}

_ERRORS = """
const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
const scripts = Services.console.getMessageArray()
    .filter((message) => message instanceof Ci.nsIScriptError && message.innerWindowID && !(message.flags & message.warningFlag))
    .filter((message) => /^https?:/.test(message.sourceName))
    .map((message) => `page error: ${message.errorMessage} (${message.sourceName})`);
const logged = storage.getEvents()
    .filter((event) => event.level === "error" && /^https?:/.test(event.filename))
    .map((event) => `console error: ${event.arguments.map(String).join(" ")} (${event.filename})`);
Services.console.reset();
storage.clearEvents();
return [...scripts, ...logged];
"""
_FORGET = """
const done = arguments[arguments.length - 1];
Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_ALL, { onDataDeleted: () => done(null) });
"""
_IS_NEW = "return document.readyState === 'complete' && !('old' in document.documentElement.dataset)"
_SET = """
for (const [name, value] of Object.entries(arguments[0])) {
    if (value === null) Services.prefs.clearUserPref(name);
    else if (typeof value === "boolean") Services.prefs.setBoolPref(name, value);
    else if (typeof value === "number") Services.prefs.setIntPref(name, value);
    else Services.prefs.setStringPref(name, value);
}
"""


class Firefox:
    """The engine: a Firefox without a window on any screen."""

    name = "firefox"

    def __init__(self, program: str, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir(parents=True)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), "utf-8")
        command = [program, "--headless", "--no-remote", "--profile", str(profile), "--marionette"]
        # Its own windows may be driven too: without that nobody could duplicate a tab.
        command.append("--remote-allow-system-access")
        self._log = folder / "firefox.log"
        self._process = start(command, self._log, environment(folder / "home"))
        try:
            self._connection = Marionette(self._await_port(profile / "MarionetteActivePort"), 4 * SECONDS)
            self.driver = WebDriver(self._connection, options=_Options())
        except BaseException:
            end(self._process)
            raise
        self.version = f"Firefox {self.driver.caps['browserVersion']}"
        self._first = self.driver.current_window_handle

    def _await_port(self, file: Path) -> int:
        until = time.monotonic() + 4 * SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            if file.exists() and (text := file.read_text("utf-8").strip()):
                return int(text)
            time.sleep(0.02)
        raise OSError(f"Firefox did not start: {self._log.read_text('utf-8', 'replace')}")

    def chrome(self, script: str, *values: Any) -> Any:
        """Run a script, which may `return` something, where Firefox' own windows run theirs."""
        return self._in_chrome(self.driver.execute_script, script, values)

    def chrome_async(self, script: str, *values: Any) -> Any:
        """Run such a script that calls the last of its arguments when it has done."""
        return self._in_chrome(self.driver.execute_async_script, script, values)

    def _in_chrome(self, run: Any, script: str, values: tuple[Any, ...]) -> Any:
        self._send("Marionette:SetContext", {"value": "chrome"})
        try:
            return run(script, *values)
        finally:
            self._send("Marionette:SetContext", {"value": "content"})

    def _send(self, command: str, values: dict[str, Any]) -> Any:
        error, result = self._connection.send(command, values)
        assert error is None, error
        return result

    def set_preferences(self, **preferences: bool | int | str | None) -> None:
        """Set preferences, dots written as two underscores; with None one is as it was when Firefox came."""
        self.chrome(_SET, {name.replace("__", "."): value for name, value in preferences.items()})

    def visit(self, visit: Visit) -> "FirefoxFace":
        preferences: dict[str, bool | int | str | None] = {
            "javascript__enabled": visit.scripts,
            # 2: no site may keep anything.
            "network__cookie__cookieBehavior": None if visit.storage else 2,
            "browser__sessionhistory__max_total_viewers": 0 if visit.cache is False else None,
        }
        self.set_preferences(**preferences)
        # A window that is opened from a private one is private too.
        self.driver.switch_to.window(self._first)
        window = self._send("WebDriver:NewWindow", {"type": "window", "focus": True, "private": visit.private})
        self.driver.switch_to.window(window["handle"])
        return FirefoxFace(self, scripts=visit.scripts)

    def forget(self) -> None:
        """Close all windows but the first, and delete what sites and the history hold."""
        for handle in self.driver.window_handles:
            if handle != self._first:
                self.driver.switch_to.window(handle)
                self.driver.close()
        self.driver.switch_to.window(self._first)
        self.chrome_async(_FORGET)
        self.chrome(_ERRORS)

    def stop(self) -> None:
        end(self._process)
        self._connection.close()


class FirefoxFace(DrivenFace):
    """One reader's window."""

    engine = "firefox"

    def __init__(self, firefox: Firefox, *, scripts: bool) -> None:
        super().__init__(firefox.driver, scripts=scripts)
        self.firefox = firefox

    # Not the commands to click an element and to write into it: Firefox would listen for `unload` then, and keep no page
    # that was ever listened to so. (WebKitGTK, for its part, never comes back from such a series of actions in a second tab.)

    def press_on(self, element: WebElement) -> None:
        ActionChains(self.driver, duration=0).click(element).perform()

    def type(self, text: str, find: str, *values: Any) -> None:
        self.click(find, *values)
        keys = ActionChains(self.driver, duration=0).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL)
        keys.send_keys(text or Keys.DELETE).perform()

    def reload(self) -> None:
        # As a reader does: the driver's own command restores no fields, which is half of what a reload is about.
        self.driver.execute_script("document.documentElement.dataset.old = ''")
        self.firefox.chrome("gBrowser.reload()")
        WebDriverWait(self.driver, SECONDS, 0.02).until(lambda driver: driver.execute_script(_IS_NEW))

    def adopt_tab(self, script: str) -> None:
        """Run a script, which may wait for something, in Firefox' own window that brings one more tab, and go to that tab."""
        before = set(self.driver.window_handles)
        self.firefox.chrome(f"return (async () => {{ {script} }})()")
        WebDriverWait(self.driver, SECONDS, 0.02).until(lambda driver: set(driver.window_handles) - before)
        (handle,) = set(self.driver.window_handles) - before
        self.driver.switch_to.window(handle)
        self._tabs.append(handle)

    def print_to_pdf(self, url: str, pdf: Path, *, prepare: str = "") -> None:
        self.open(url)
        if prepare:
            self.evaluate(f"async () => {{ {prepare} }}")
        page = {"width": 21.0, "height": 29.7}
        pdf.write_bytes(base64.b64decode(self.driver.execute("printPage", {"page": page, "background": True})["value"]))

    def take_errors(self) -> list[str]:
        errors: list[str] = self.firefox.chrome(_ERRORS)
        return errors

    def end(self) -> None:
        self.firefox.forget()


class _Options(ArgOptions):
    def to_capabilities(self) -> dict[str, Any]:
        return {}

    @property
    def default_capabilities(self) -> dict[str, Any]:
        return {}
