#!/usr/bin/env bash
# Firefox: a page that comes back from the back-forward cache has the sessionStorage of the moment when it was left.
#
# With: Firefox 153.8.0 ESR (of Debian), driven by marionette-driver 3.7.1 (PyPI).
#
# In one tab, page /1 writes "1" into sessionStorage and localStorage, then page /2 writes "2", then the reader goes
# back to /1, which comes from the back-forward cache: its variables are still there.
#
# One would expect: both have "2" on it: same tab, same origin, one storage. WebKitGTK 2.50.6 has "2" (not run here).
# What happens: localStorage has "2", sessionStorage has "1". A page loaded after that has "2" again, so nothing is
# lost; only the page that came back sees the old value, and goes on seeing it.
#
# Seen:
#   /2, new:                 sessionStorage 2  localStorage 2
#   /1, back from the cache: sessionStorage 1  localStorage 2
#   /3, new:                 sessionStorage 2  localStorage 2
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
from marionette_driver.marionette import Marionette

PAGE = "<!doctype html><title>Page</title>"

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

def show(what):
    session, local = firefox.execute_script("return [sessionStorage.place, localStorage.place]", sandbox=None)
    print(f"{what:<24} sessionStorage {session}  localStorage {local}")

def write(value):
    firefox.execute_script("sessionStorage.place = localStorage.place = arguments[0]; window.kept = true", [value], sandbox=None)

try:
    firefox.navigate(site + "/1")
    write("1")
    firefox.navigate(site + "/2")
    write("2")
    show("/2, new:")
    firefox.go_back()
    kept = firefox.execute_script("return window.kept === true && location.pathname === '/1'", sandbox=None)
    show("/1, back from the cache:" if kept else "/1, loaded anew:")
    firefox.navigate(site + "/3")
    show("/3, new:")
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
