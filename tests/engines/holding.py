"""A server before a site's own that holds back the answer to some addresses, until a test lets them go."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.engines.face import SECONDS


class _Server(ThreadingHTTPServer):
    def __init__(self, behind: str, held: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = urlsplit(behind).netloc
        self.held = held
        self.released = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.endswith(self.server.held) and not self.server.released.wait(4 * SECONDS):
            return
        connection = HTTPConnection(self.server.behind)
        try:
            connection.request("GET", self.path)
            response = connection.getresponse()
            data = response.read()
            self.send_response(response.status)
            for name in ("Content-Type", "Content-Security-Policy"):
                if value := response.headers[name]:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:
            pass  # The browser did not wait for it.
        finally:
            connection.close()


class Held:
    """The site as it is seen through this server."""

    def __init__(self, url: str, server: _Server) -> None:
        self.url = url
        self._server = server

    def release(self) -> None:
        self._server.released.set()


@contextmanager
def holding(url: str, held: str) -> Iterator[Held]:
    """Serve the site behind an address, but nothing that ends in `held` before `release()`."""
    with _Server(url, held) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield Held(url.replace(server.behind, f"127.0.0.1:{server.server_port}"), server)
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
