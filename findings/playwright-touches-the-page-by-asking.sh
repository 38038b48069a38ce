#!/usr/bin/env bash
# Playwright in Chromium: to ask a page anything counts as its reader's gesture.
#
# With: playwright 1.60.0 (PyPI), Chromium 156 (of Debian).
#
# A page nobody has touched is asked for its title, for the number of its paragraphs, for the text of one, for an
# expression. Before and after, `navigator.userActivation.hasBeenActive` is read over the browser's protocol, which
# leaves it alone.
#
# One would expect: reading changes nothing; only click(), press() and the like are gestures.
# What happens: after the first question of any kind the page counts as touched for good. What browsers allow only after
# a gesture (sound, a question before leaving, a pop-up) works in such a test and not for a reader, and code that asks
# whether its reader has done anything yet always hears yes.
#
# Seen:
#   loaded: false
#   title(): true
#   locator().count(): true
#   inner_text(): true
#   evaluate("1"): true
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need chromium-headless-shell chromium-headless-shell

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  playwright==1.60.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import http.server, shutil, sys, threading
from playwright.sync_api import sync_playwright

PAGE = "<!doctype html><title>Page</title><p>Text"

class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_): pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
site = f"http://127.0.0.1:{server.server_port}"

questions = {
    "loaded": lambda page: None,
    "title()": lambda page: page.title(),
    "locator().count()": lambda page: page.locator("p").count(),
    "inner_text()": lambda page: page.inner_text("p"),
    'evaluate("1")': lambda page: page.evaluate("1"),
}
with sync_playwright() as playwright:
    shell = shutil.which("chromium-headless-shell")
    browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"], timeout=120_000)
    print("with Chromium", browser.version, file=sys.stderr)
    for name, ask in questions.items():
        page = browser.new_page()
        page.goto(site)
        protocol = page.context.new_cdp_session(page)
        code = {"expression": "navigator.userActivation.hasBeenActive"}
        active = lambda: protocol.send("Runtime.evaluate", code)["result"]["value"]
        assert active() is False, "touched before it was asked"
        ask(page)
        print(f"{name}: {str(active()).lower()}")
    browser.close()
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
