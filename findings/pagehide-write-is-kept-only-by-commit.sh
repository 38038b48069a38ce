#!/usr/bin/env bash
# What a page writes into IndexedDB in `pagehide` is lost, unless it calls commit(); in WebKit even then.
#
# With: Chromium 156, Firefox 153.8.0 ESR, WebKitGTK 2.50.6 (of Debian), driven by playwright 1.60.0, marionette-driver
# 3.7.1 and selenium 4.51.0 (PyPI).
#
# A page with an open database writes one record in its `pagehide` listener and is then reloaded: by put() alone, or by
# put() and transaction.commit(), which nobody needs to call, as a transaction commits by itself.
#
# One would expect: the request was made while the page lived, so the record is written, and commit() makes no
# difference.
# What happens: put() alone is lost every time, in all three. With commit() it is kept in Chromium and Firefox, and lost
# in WebKit. A put() in an ordinary event before (a click) is kept in all three. (Not run here: a page that goes into
# the back-forward cache instead; there commit() helps in Firefox as well, and put() alone is kept in Chromium's full
# browser.)
#
# Seen:
#   chromium  in a click: kept, pagehide: lost, pagehide with commit: kept
#   firefox   in a click: kept, pagehide: lost, pagehide with commit: kept
#   webkit    in a click: kept, pagehide: lost, pagehide with commit: lost
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need chromium-headless-shell chromium-headless-shell
need firefox-esr firefox-esr
need WebKitWebDriver webkit2gtk-driver
need xvfb-run "xvfb xauth"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  playwright==1.60.0 marionette-driver==3.7.1 selenium==4.51.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import http.server, os, shutil, sys, threading
from contextlib import contextmanager

PAGE = """<!doctype html><title>Page</title>
<script>
const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
window.ready = (() => {
  const request = indexedDB.open("db");
  request.onupgradeneeded = () => request.result.createObjectStore("store");
  return done(request);
})();
window.write = (db, key, commits) => {
  const transaction = db.transaction("store", "readwrite");
  transaction.objectStore("store").put(1, key);
  if (commits) transaction.commit();
};
window.leaveWith = async (key, commits) => {
  const db = await window.ready;
  addEventListener("pagehide", () => write(db, key, commits));
  return 1;
};
window.clickWith = async (key) => {
  const db = await window.ready;
  addEventListener("click", () => write(db, key, false));
  document.documentElement.click();
  return 1;
};
window.isKept = async (key) => (await done((await window.ready).transaction("store").objectStore("store").count(key))) === 1;
</script>"""
ASK = "const done = arguments[0]; (%s).then(done)"

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

@contextmanager
def chromium():
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        shell = shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"], timeout=120_000)
        print("with Chromium", browser.version, file=sys.stderr)
        page = browser.new_page()
        yield page.goto, page.reload, page.evaluate
        browser.close()

@contextmanager
def firefox():
    from marionette_driver.marionette import Marionette
    binary = os.path.realpath(shutil.which("firefox-esr"))
    client = Marionette(bin=binary, port=0, app_args=["-headless"], gecko_log=os.devnull, startup_timeout=120)
    print("with Firefox", client.start_session()["browserVersion"], file=sys.stderr)
    client.timeout.script = 60
    try:
        yield client.navigate, client.refresh, lambda code: client.execute_async_script(ASK % code, sandbox=None)
    finally:
        client.quit()

@contextmanager
def webkit():
    from selenium import webdriver
    driver = webdriver.WebKitGTK(service=webdriver.WebKitGTKService(shutil.which("WebKitWebDriver")))
    print("with WebKitGTK", driver.capabilities["browserVersion"], file=sys.stderr)
    driver.set_script_timeout(60)
    try:
        yield driver.get, driver.refresh, lambda code: driver.execute_async_script(ASK % code)
    finally:
        driver.quit()

ways = {"in a click": "clickWith('a')", "pagehide": "leaveWith('b', false)", "pagehide with commit": "leaveWith('c', true)"}
for engine in (chromium, firefox, webkit):
    with engine() as (go, reload, ask):
        found = []
        for key, (way, code) in zip("abc", ways.items()):
            go(site)
            ask(f"window.{code}")
            reload()
            found.append(f"{way}: {'kept' if ask(f'window.isKept({key!r})') else 'lost'}")
        print(f"{engine.__name__:<9}", ", ".join(found))
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 xvfb-run -a "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
