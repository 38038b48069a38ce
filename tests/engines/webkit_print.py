"""Prints a page to a PDF with WebKit's own print-to-file: WebKitWebDriver has no command for it.

Needs three packages of Debian: python3-gi, gir1.2-webkit2-4.1 and xvfb. The bindings exist for Debian's own Python only, so that
one runs print_in_webkit.py, on a screen of its own.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.engines.processes import screen

PYTHON = "/usr/bin/python3"
PACKAGES = ("python3-gi", "gir1.2-webkit2-4.1", "xvfb")
BINDINGS = 'import gi; gi.require_version("WebKit2", "4.1")'
SCRIPT = Path(__file__).with_name("print_in_webkit.py")

# The script gives up by itself, and says so, long before that.
SECONDS = 600


class PrintError(RuntimeError):
    """The page could not be printed; the message says why in one line."""


def print_to_pdf(url: str, pdf: Path, *, prepare: str = "") -> None:
    """Print the page behind an address on A4 and write the PDF to a file.

    `prepare` is the body of an asynchronous function which runs in the page before it is printed, and is awaited.
    Raises `PrintError` if a package is missing, the page does not load or `prepare` throws.
    """
    require_packages()
    pdf = pdf.resolve()
    with tempfile.TemporaryDirectory() as home, screen(Path(home, "xvfb.log")) as display:
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
            [PYTHON, "-I", SCRIPT],
            check=False,
            input=json.dumps({"url": url, "pdf": pdf.as_uri(), "prepare": prepare}),
            env=environment,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    if process.returncode or process.stdout != "printed\n":
        raise PrintError(f"WebKit did not print {url}: {process.stderr.strip() or process.stdout.strip()}")


def require_packages() -> None:
    """Raise `PrintError` with the names of the packages, unless all that is needed is there."""
    ready = shutil.which("Xvfb") and Path(PYTHON).exists()
    if not ready or subprocess.run([PYTHON, "-I", "-c", BINDINGS], check=False, capture_output=True).returncode:
        raise PrintError(f"Printing with WebKit needs Debian's packages: apt-get install {' '.join(PACKAGES)}")
