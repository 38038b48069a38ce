#!/usr/bin/env bash
# Firefox: a module that was missing once stays missing for as long as the page is open.
#
# With: Firefox 153.8.0 ESR, Chromium 156, WebKitGTK 2.50.6 (all of Debian), driven by marionette-driver 3.7.1,
# playwright 1.60.0 and selenium 4.51.0 (PyPI).
#
# A page calls import("/late.js") while the server answers 404, as a static host may in the middle of an update. Then
# the file is there, and the page calls import("/late.js") again.
#
# One would expect: the second call asks the server again and succeeds.
# What happens: Chromium and WebKit do that. Firefox keeps the failure: it asks no more, and every import() of this
# address fails until the page is loaded anew. Another address of the same file (?2) loads. (Not shown here: the same
# after a connection that was cut; and a script that the driver runs has a memory of its own, so only the page's own
# calls show it.)
#
# Seen:
#   chromium  missing: failed  there: loaded  with ?2: loaded  requests for /late.js: 2
#   firefox   missing: failed  there: failed  with ?2: loaded  requests for /late.js: 1
#   webkit    missing: failed  there: loaded  with ?2: loaded  requests for /late.js: 2
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need firefox-esr firefox-esr
need chromium-headless-shell chromium-headless-shell
need WebKitWebDriver webkit2gtk-driver
need xvfb-run "xvfb xauth"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  marionette-driver==3.7.1 playwright==1.60.0 selenium==4.51.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import http.server, os, shutil, sys, threading
from contextlib import contextmanager

PAGE = b"""<!doctype html><title>Page</title>
<script>window.load = (address) => import(address).then(() => "loaded", () => "failed")</script>"""
ASK = "const done = arguments[arguments.length - 1]; window.load(arguments[0]).then(done)"

class Site(http.server.BaseHTTPRequestHandler):
    is_there, requests = False, 0

    def do_GET(self):
        late = self.path.startswith("/late.js")
        if self.path == "/late.js":
            Site.requests += 1
        self.send_response(404 if late and not Site.is_there else 200)
        self.send_header("Content-Type", "text/javascript" if late else "text/html")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(b"export const late = 1;" if late else PAGE)

    def log_message(self, *_): pass

@contextmanager
def chromium():
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        shell = shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"], timeout=120_000)
        page = browser.new_page()
        print("with Chromium", browser.version, file=sys.stderr)
        yield page.goto, lambda address: page.evaluate("(address) => window.load(address)", address)
        browser.close()

@contextmanager
def firefox():
    from marionette_driver.marionette import Marionette
    binary = os.path.realpath(shutil.which("firefox-esr"))
    client = Marionette(bin=binary, port=0, app_args=["-headless"], gecko_log=os.devnull, startup_timeout=120)
    print("with Firefox", client.start_session()["browserVersion"], file=sys.stderr)
    client.timeout.script = 60
    try:
        yield client.navigate, lambda address: client.execute_async_script(ASK, [address], sandbox=None)
    finally:
        client.quit()

@contextmanager
def webkit():
    from selenium import webdriver
    driver = webdriver.WebKitGTK(service=webdriver.WebKitGTKService(shutil.which("WebKitWebDriver")))
    print("with WebKitGTK", driver.capabilities["browserVersion"], file=sys.stderr)
    driver.set_script_timeout(60)
    try:
        yield driver.get, lambda address: driver.execute_async_script(ASK, address)
    finally:
        driver.quit()

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
for engine in (chromium, firefox, webkit):
    with engine() as (go, load):
        Site.is_there, Site.requests = False, 0
        go(f"http://127.0.0.1:{server.server_port}/")
        missing = load("/late.js")
        Site.is_there = True
        there, other = load("/late.js"), load("/late.js?2")
        print(f"{engine.__name__:<9} missing: {missing}  there: {there}  with ?2: {other}  requests for /late.js: {Site.requests}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 xvfb-run -a "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
