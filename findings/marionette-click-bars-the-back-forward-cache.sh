#!/usr/bin/env bash
# Firefox's driver: a page on which an element was clicked no longer gets into the back-forward cache.
#
# With: Firefox 153.8.0 ESR (of Debian), marionette-driver 3.7.1 (PyPI). The command is WebDriver's "Element Click",
# which geckodriver hands on to the same code.
#
# A button is clicked (nothing happens), then another page is visited, then the test goes back.
#
# One would expect: the page comes back from the back-forward cache, as it does without the click.
# What happens: after the driver's click it is made anew; a test of what a page does when it comes back tests something
# else, and says nothing. The same click by WebDriver's actions (pointer move, down, up) leaves the cache alone.
#
# Seen:
#   no click:          pagehide persisted, page kept
#   click by actions:  pagehide persisted, page kept
#   click on element:  pagehide not persisted, page made anew
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need firefox-esr firefox-esr

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  marionette-driver==3.7.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import http.server, os, shutil, sys, threading
from marionette_driver.marionette import ActionSequence, Marionette

PAGE = """<!doctype html><title>Page</title><button type=button>Nothing</button>
<script>addEventListener("pagehide", ({persisted}) => (localStorage.persisted = persisted))</script>"""

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

binary = os.path.realpath(shutil.which("firefox-esr"))
firefox = Marionette(bin=binary, port=0, app_args=["-headless"], gecko_log=os.devnull, startup_timeout=120)
print("with Firefox", firefox.start_session()["browserVersion"], file=sys.stderr)
firefox.timeout.script = 60

def by_actions(button):
    pointer = ActionSequence(firefox, "pointer", "mouse", {"pointerType": "mouse"})
    pointer.pointer_move(0, 0, origin=button).pointer_down(0).pointer_up(0).perform()

try:
    ways = {"no click": None, "click by actions": by_actions, "click on element": lambda button: button.click()}
    for what, click in ways.items():
        firefox.navigate(site + "/")
        firefox.execute_script("window.kept = true; window.clicks = 0; onclick = () => (window.clicks += 1)", sandbox=None)
        if click:
            click(firefox.find_element("css selector", "button"))
            assert firefox.execute_script("return window.clicks", sandbox=None) == 1
        firefox.navigate(site + "/other")
        persisted = firefox.execute_script("return localStorage.persisted", sandbox=None)
        firefox.go_back()
        kept = firefox.execute_script("return window.kept === true", sandbox=None)
        cached = "persisted" if persisted == "true" else "not persisted"
        print(f"{what + ':':<18} pagehide {cached}, page {'kept' if kept else 'made anew'}")
finally:
    firefox.quit()
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
