"""WebDriver commands for a Firefox without geckodriver, which Debian lacks: over the socket that Firefox itself opens.

Mozilla's own client (`marionette-driver`) brings fifteen packages, among them what drives Android phones, and warns on import.
Selenium has the same commands and lets one change how they are sent. See https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import socket
from collections.abc import Mapping
from typing import Any

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection

_NAMES: Mapping[str, str] = {
    Command.NEW_SESSION: "WebDriver:NewSession",
    Command.QUIT: "WebDriver:DeleteSession",
    Command.GET: "WebDriver:Navigate",
    Command.REFRESH: "WebDriver:Refresh",
    Command.GO_BACK: "WebDriver:Back",
    Command.GET_CURRENT_URL: "WebDriver:GetCurrentURL",
    Command.GET_TITLE: "WebDriver:GetTitle",
    Command.NEW_WINDOW: "WebDriver:NewWindow",
    Command.W3C_GET_CURRENT_WINDOW_HANDLE: "WebDriver:GetWindowHandle",
    Command.W3C_GET_WINDOW_HANDLES: "WebDriver:GetWindowHandles",
    Command.SWITCH_TO_WINDOW: "WebDriver:SwitchToWindow",
    Command.CLOSE: "WebDriver:CloseWindow",
    Command.CLICK_ELEMENT: "WebDriver:ElementClick",
    Command.CLEAR_ELEMENT: "WebDriver:ElementClear",
    Command.SEND_KEYS_TO_ELEMENT: "WebDriver:ElementSendKeys",
    Command.W3C_ACTIONS: "WebDriver:PerformActions",
    Command.W3C_EXECUTE_SCRIPT: "WebDriver:ExecuteScript",
    Command.W3C_EXECUTE_SCRIPT_ASYNC: "WebDriver:ExecuteAsyncScript",
    Command.SET_TIMEOUTS: "WebDriver:SetTimeouts",
    Command.PRINT_PAGE: "WebDriver:Print",
}


class Marionette(RemoteConnection):
    """Sends Selenium's commands to the Firefox that listens on a local port."""

    def __init__(self, port: int, seconds: float) -> None:
        super().__init__(client_config=ClientConfig(f"http://127.0.0.1:{port}", keep_alive=False))
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self._replies = self._socket.makefile("rb")
        self._number = 0
        self._receive()  # The greeting.

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        """Send one of Selenium's commands, and return the reply as it is over HTTP."""
        values = {key: value for key, value in params.items() if key != "sessionId"}
        if command == Command.NEW_SESSION:
            values = values["capabilities"]["alwaysMatch"]
        elif command == Command.NEW_WINDOW:
            # Only then is the new tab the one whose timers and focus are those of a page in front.
            values["focus"] = True
        error, result = self.send(_NAMES[command], values)
        if error is not None:
            return {"status": 500, "value": json.dumps({"value": error})}
        # Some replies are the value itself, others hold it.
        return {"value": result["value"] if isinstance(result, dict) and set(result) == {"value"} else result}

    def send(self, name: str, values: Mapping[str, Any]) -> tuple[dict[str, Any] | None, Any]:
        """Send any command, and return its error, or none and its result."""
        self._number += 1
        data = json.dumps([0, self._number, name, values]).encode()
        self._socket.sendall(b"%d:%s" % (len(data), data))
        _, number, error, result = self._receive()
        assert number == self._number, f"The reply to {number} came to {self._number}, {name}"
        return error, result

    def _receive(self) -> Any:
        length = b""
        while (char := self._replies.read(1)) != b":":
            if not char:
                raise ConnectionError("Firefox has ended")
            length += char
        return json.loads(self._replies.read(int(length)))

    def close(self) -> None:
        self._replies.close()
        self._socket.close()
