"""An HTTP server that treats a folder as GitHub Pages treats a project site: under a sub-path, with its habits."""

import gzip
import hashlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# Written out, because the system's table differs from machine to machine. True: sent compressed.
TYPES = {
    ".css": ("text/css; charset=utf-8", True),
    ".csv": ("text/csv; charset=utf-8", True),
    ".gz": ("application/gzip", False),
    ".html": ("text/html; charset=utf-8", True),
    ".ico": ("image/vnd.microsoft.icon", False),
    ".jpg": ("image/jpeg", False),
    ".js": ("application/javascript; charset=utf-8", True),
    ".json": ("application/json; charset=utf-8", True),
    ".map": ("application/json; charset=utf-8", True),
    ".md": ("text/markdown; charset=utf-8", True),
    ".mjs": ("application/javascript; charset=utf-8", True),
    ".pdf": ("application/pdf", False),
    ".png": ("image/png", False),
    ".svg": ("image/svg+xml", True),
    ".txt": ("text/plain; charset=utf-8", True),
    ".webmanifest": ("application/manifest+json; charset=utf-8", True),
    ".webp": ("image/webp", False),
    ".woff2": ("font/woff2", False),
    ".xml": ("application/xml", True),
    ".yml": ("text/yaml; charset=utf-8", True),
}
UNKNOWN_TYPE = ("application/octet-stream", False)


@lru_cache(maxsize=1024)
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


class _Server(ThreadingHTTPServer):
    # A browser opens a handful of connections at once, and drops some of them.
    request_queue_size = 128

    def __init__(
        self, folder: Path, prefix: str, page_headers: Mapping[str, str], before: Callable[[str], object] | None
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder.resolve()
        self.prefix = prefix
        self.page_headers = page_headers
        self.before = before

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are written one after the other: the body would wait 40 ms for the browser's word that the head has come.
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def _respond(self, *, with_body: bool) -> None:
        url = urlsplit(self.path)
        if self.server.before:
            self.server.before(url.path)
        found = self._find(unquote(url.path))
        if isinstance(found, str):
            query = f"?{url.query}" if url.query else ""
            self._send(HTTPStatus.MOVED_PERMANENTLY, {"Location": found + query}, b"", with_body)
            return
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        file = found or self.server.folder / "404.html"
        if not file.is_file():
            self._send(status, {"Content-Type": TYPES[".txt"][0]}, b"Not found", with_body)
            return
        data = file.read_bytes()
        content_type, compress = TYPES.get(file.suffix.lower(), UNKNOWN_TYPE)
        headers = {
            "Content-Type": content_type,
            "Cache-Control": "max-age=600",
            "ETag": f'"{hashlib.sha256(data).hexdigest()[:16]}"',
            "Vary": "Accept-Encoding",
            "Access-Control-Allow-Origin": "*",
        }
        if file.suffix == ".html":
            headers |= self.server.page_headers
        if status is HTTPStatus.OK and self.headers.get("If-None-Match", "").removeprefix("W/") == headers["ETag"]:
            self._send(HTTPStatus.NOT_MODIFIED, headers, None, with_body)
            return
        if compress and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            data = _compressed(data)
        self._send(status, headers, data, with_body)

    def _find(self, path: str) -> Path | str | None:
        """Return the file behind a path, or the address that it redirects to, or nothing."""
        if path == self.server.prefix.rstrip("/") and path:
            return self.server.prefix
        if not path.startswith(self.server.prefix) or "\0" in path:
            return None
        file = (self.server.folder / path.removeprefix(self.server.prefix)).resolve()
        if not file.is_relative_to(self.server.folder):
            return None
        if path.endswith("/"):
            file /= "index.html"
        elif file.is_dir():
            return urlsplit(self.path).path + "/"
        elif not file.is_file():
            file = file.with_name(file.name + ".html")
        return file if file.is_file() else None

    def _send(self, status: HTTPStatus, headers: dict[str, str], data: bytes | None, with_body: bool) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if data is not None:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if data and with_body:
            self.wfile.write(data)


@contextmanager
def serve(
    folder: Path,
    prefix: str = "/kb/",
    page_headers: Mapping[str, str] | None = None,
    before: Callable[[str], object] | None = None,
) -> Iterator[str]:
    """Serve a folder on a free local port until the block ends; yields the base URL, which ends in `prefix`.

    The folder need not exist yet, and may change while it is served. So may the headers that all pages get besides those
    that GitHub Pages sends. `before` is called with the path of each request, in a thread of its own: the answer waits for it.
    """
    if not (prefix.startswith("/") and prefix.endswith("/")):
        raise ValueError(f"A prefix starts and ends with a slash, not {prefix!r}")
    server = _Server(folder, prefix, {} if page_headers is None else page_headers, before)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
