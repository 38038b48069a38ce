"""What goes wrong inside pages while a test drives them."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}


class BrowserLog:
    """Collects uncaught errors, console errors and requests that leave this machine, of every watched context."""

    def __init__(self) -> None:
        self._problems: list[str] = []
        self._contexts: list[BrowserContext] = []

    def watch(self, context: BrowserContext) -> None:
        self._contexts.append(context)
        context.on("weberror", self._on_error)
        context.on("console", self._on_console)
        context.on("request", self._on_request)
        context.on("close", self._on_close)

    def leave(self, context: BrowserContext) -> None:
        """Watch a context no longer that lives on after the test."""
        context.remove_listener("weberror", self._on_error)
        context.remove_listener("console", self._on_console)
        context.remove_listener("request", self._on_request)
        context.remove_listener("close", self._on_close)
        self._contexts.remove(context)

    def catch_up(self) -> None:
        """Let the events arrive that are still under way: any round trip to the browser delivers them."""
        for context in self._contexts:
            context.cookies()

    def take(self) -> list[str]:
        """Return what went wrong so far and forget it: for tests that provoke an error and say which."""
        self.catch_up()
        taken, self._problems = self._problems, []
        return taken

    def _on_error(self, event: WebError) -> None:
        self._problems.append(f"page error: {event.error}")

    def _on_console(self, message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        # Chromium asks the host for an icon on behalf of a page that names none.
        if message.type == "error" and urlsplit(url).path != "/favicon.ico":
            self._problems.append(f"console error: {message.text} ({url})")

    def _on_request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in {"http", "https", "ws", "wss"} and url.hostname not in LOCAL_HOSTS:
            self._problems.append(f"request to another host: {request.url}")

    def _on_close(self, context: BrowserContext) -> None:
        self._contexts.remove(context)
