"""WebKitGTK as Debian has it, on a screen that nobody sees: each reader has a browser of their own, which starts in a second."""

from contextlib import ExitStack
from pathlib import Path

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.engines.driven import DrivenFace, all_of
from tests.engines.face import SECONDS, Visit
from tests.engines.processes import environment, screen
from tests.engines.webkit_print import print_to_pdf

_LISTEN = """() => {
    if (window.__errors) return;
    window.__errors = [];
    const note = (kind, what) => window.__errors.push(`${kind} error: ${what}`);
    addEventListener("error", ({ message }) => note("page", message));
    addEventListener("unhandledrejection", ({ reason }) => note("page", reason));
    const { error } = console;
    console.error = (...words) => { note("console", words.join(" ")); error.apply(console, words); };
}"""


class WebKit:
    """The engine: its screen, and a driver and a browser for each reader."""

    name = "webkit"

    def __init__(self, driver: str, browser: str, folder: Path) -> None:
        self._driver, self._browser = driver, browser
        self._folder = folder
        self._stack = ExitStack()
        display = self._stack.enter_context(screen(folder / "xvfb.log"))
        # The pictures are drawn by the processor: there may be nothing else.
        self._environment = environment(folder / "home", DISPLAY=display, GDK_BACKEND="x11", LIBGL_ALWAYS_SOFTWARE="1")
        self.version = "WebKitGTK"

    def visit(self, visit: Visit) -> "WebKitFace":
        options = Options()
        options.binary_location = self._browser
        options.add_argument("--automation")
        if not visit.waits:
            options.page_load_strategy = "none"
        if visit.private:
            options.add_argument("--private")
        if not visit.scripts:
            # Functions of a test still run, but no promise and no timer of theirs.
            options.add_argument("--enable-javascript=false")
        if not visit.storage:
            options.add_argument("--enable-html5-database=false")
        if visit.cache is False:
            options.add_argument("--enable-page-cache=false")
        with (self._folder / "webkit.log").open("ab") as log:
            service = Service(self._driver, log_output=log, env=self._environment)
            service.start()
        try:
            # Not Selenium's own class for WebKitGTK: it warns of what it does itself.
            connection = RemoteConnection(client_config=ClientConfig(service.service_url, timeout=4 * SECONDS))
            driver = WebDriver(connection, options=options)
        except BaseException:
            service.stop()
            raise
        self.version = f"WebKitGTK {driver.caps['browserVersion']}"
        return WebKitFace(driver, service, scripts=visit.scripts)

    def stop(self) -> None:
        self._stack.close()


class WebKitFace(DrivenFace):
    """One reader's browser. Errors are heard from the moment when a page has loaded, and lost when it is left."""

    engine = "webkit"

    def __init__(self, driver: WebDriver, service: Service, *, scripts: bool) -> None:
        super().__init__(driver, scripts=scripts)
        self._service = service

    def open(self, url: str) -> None:
        super().open(url)
        self.driver.execute_script(f"({_LISTEN})()")

    def print_to_pdf(self, url: str, pdf: Path, *, prepare: str = "") -> None:
        # WebKitWebDriver has no command for it, so GTK prints in a window of its own.
        print_to_pdf(url, pdf, prepare=prepare)

    def take_errors(self) -> list[str]:
        errors: list[str] = self.driver.execute_script("return (window.__errors ?? []).splice(0)")
        return errors

    def end(self) -> None:
        all_of(self.driver.quit, self._service.stop)
