"""The half of printing with WebKit that runs in Debian's own Python: webkit_print.py starts it and says what to print.

Nothing here is imported by tests. It reads an order as JSON, loads, settles, prepares, settles and prints; each step starts when
the one before has ended.
"""

import json
import sys
from importlib import import_module
from typing import Any

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


def _print(order: dict[str, str]) -> None:
    # By name, because the environment of the tests, where types are checked, has none of them.
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
