"""Prints a page to a PDF with WebKit's own print-to-file: WebKitWebDriver has no command for it.

Needs three packages of Debian: python3-gi, gir1.2-webkit2-4.1 and xvfb. The bindings exist for Debian's own Python only, so that
one runs the second half of this file, on a display of its own.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

PYTHON = "/usr/bin/python3"
PACKAGES = ("python3-gi", "gir1.2-webkit2-4.1", "xvfb")
BINDINGS = 'import gi; gi.require_version("WebKit2", "4.1")'

# Never reached unless something hangs: a guide takes two seconds, but many other processes may run beside it.
SECONDS = 300

# WebKitGTK takes the margins from the printer's settings, so these are the ones that the site asks for.
A4 = (210.0, 297.0)
MARGINS = {"top": 20.0, "bottom": 20.0, "left": 18.0, "right": 18.0}

# The load event has passed, so modules have run. What they start after that is the caller's to wait for, in `prepare`.
SETTLED = """
await document.fonts.ready;
await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
"""


class PrintError(RuntimeError):
    """The page could not be printed; the message says why in one line."""


def print_to_pdf(url: str, pdf: Path, *, prepare: str = "") -> None:
    """Print the page behind an address on A4 and write the PDF to a file.

    `prepare` is the body of an asynchronous function which runs in the page before it is printed, and is awaited.
    Raises `PrintError` if a package is missing, the page does not load or `prepare` throws.
    """
    require_packages()
    pdf = pdf.resolve()
    with tempfile.TemporaryDirectory() as home, virtual_display() as display:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "DISPLAY": display,
            "LC_ALL": "C.UTF-8",  # the printer is found by its English name
            "GDK_BACKEND": "x11",
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
            "HOME": home,
            "XDG_RUNTIME_DIR": home,
        }
        process = subprocess.run(
            [PYTHON, "-I", __file__],
            check=False,
            input=json.dumps({"url": url, "pdf": pdf.as_uri(), "prepare": prepare}),
            env=environment,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=2 * SECONDS,
        )
    if process.returncode or process.stdout != "printed\n":
        raise PrintError(f"WebKit did not print {url}: {process.stderr.strip() or process.stdout.strip()}")


def require_packages() -> None:
    """Raise `PrintError` with the names of the packages, unless all that is needed is there."""
    ready = shutil.which("Xvfb") and Path(PYTHON).exists()
    if not ready or subprocess.run([PYTHON, "-I", "-c", BINDINGS], check=False, capture_output=True).returncode:
        raise PrintError(f"Printing with WebKit needs Debian's packages: apt-get install {' '.join(PACKAGES)}")


@contextmanager
def virtual_display() -> Iterator[str]:
    """Start an X server that shows nothing, on a number that is free; yields the display's name, such as `:4`."""
    read_end, write_end = os.pipe()
    # With `-terminate` it also ends when its last client has gone, so nothing is left of a test run that was killed.
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-terminate"]
    server = subprocess.Popen(command, pass_fds=[write_end], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        # Ends at once with nothing read if the server stops before it is ready.
        with os.fdopen(read_end) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise PrintError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def _print(order: dict[str, str]) -> None:
    """What Debian's Python does: load, settle, prepare, settle, print; each step starts when the one before has ended."""
    # By name, because the environment of the tests has none of them.
    gi = import_module("gi")
    gi.require_version("Gtk", "3.0")
    gi.require_version("WebKit2", "4.1")
    GLib, Gtk, WebKit2 = (import_module(f"gi.repository.{name}") for name in ("GLib", "Gtk", "WebKit2"))
    Gtk.init([])
    loop = GLib.MainLoop()
    problems: list[str] = []

    def stop(problem: str = "") -> None:
        if problem:
            problems.append(problem)
        loop.quit()

    def when_loaded(view: Any, event: Any) -> None:
        if event == WebKit2.LoadEvent.FINISHED and not problems:
            script = f"{SETTLED}\nawait (async () => {{\n{order['prepare']}\n}})();\n{SETTLED}"
            view.call_async_javascript_function(script, -1, None, None, None, None, when_prepared)

    def when_prepared(view: Any, result: Any) -> None:
        try:
            view.call_async_javascript_function_finish(result)
        except GLib.Error as error:
            stop(error.message)
            return
        settings = Gtk.PrintSettings()
        settings.set_printer("Print to File")
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, order["pdf"])
        sheet = Gtk.PageSetup()
        sheet.set_paper_size(Gtk.PaperSize.new_custom("a4", "A4", *A4, Gtk.Unit.MM))
        for side, millimetres in MARGINS.items():
            getattr(sheet, f"set_{side}_margin")(millimetres, Gtk.Unit.MM)
        operation = WebKit2.PrintOperation.new(view)
        operation.set_print_settings(settings)
        operation.set_page_setup(sheet)
        operation.connect("failed", lambda _, error: problems.append(error.message))
        operation.connect("finished", lambda _: stop())
        kept.append(operation)
        operation.print_()

    def when_failed(_view: Any, _event: Any, url: str, error: Any) -> bool:
        stop(f"{url}: {error.message}")
        return True

    # PyGObject frees an operation that nothing holds, even while it prints.
    kept: list[Any] = []
    view = WebKit2.WebView.new_with_context(WebKit2.WebContext.new_ephemeral())
    view.connect("load-changed", when_loaded)
    view.connect("load-failed", when_failed)
    view.connect("web-process-terminated", lambda _, reason: stop(f"the page's process ended: {reason.value_nick}"))
    window = Gtk.Window(default_width=1280, default_height=1024)
    window.add(view)
    window.show_all()
    GLib.timeout_add_seconds(SECONDS, stop, f"not done after {SECONDS} seconds")
    view.load_uri(order["url"])
    loop.run()
    window.destroy()
    if problems:
        sys.exit(problems[0])
    print("printed")


if __name__ == "__main__":
    _print(json.load(sys.stdin))
