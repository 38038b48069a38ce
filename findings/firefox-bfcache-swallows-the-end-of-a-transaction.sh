#!/usr/bin/env bash
# Firefox: a transaction that is running when the page goes into the back-forward cache never ends, for the page.
#
# With: Firefox 153.8.0 ESR (of Debian), driven by marionette-driver 3.7.1 (PyPI).
#
# A page writes a record and goes on reading in the same IndexedDB transaction while its reader follows a link. Then the
# reader goes back, and the page comes from the back-forward cache.
#
# One would expect: `complete` or `abort`, as IndexedDB promises for every transaction; at the latest after coming back.
# Or that a page with a running transaction stays out of the cache.
# What happens: the page gets into the cache, its transaction is rolled back at once (the record has the old value), and
# the page that comes back gets neither `complete` nor `abort` nor `error`. A promise that waits for them hangs for
# ever, and whatever queues behind it. A later transaction on the same connection is done as if nothing had been, so the
# lost one is long over.
#
# Seen:
#   record, on the other page: old
#   back, page kept: true
#   events of the transaction: success
#   later transaction: complete, record: later
#   events of the first one, still: success
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
import http.server, os, shutil, sys, threading, time
from marionette_driver.marionette import Marionette

PAGE = """<!doctype html><title>Page</title>
<script>
window.events = [];
window.isHere = true;
addEventListener("pagehide", () => (window.isHere = false));
window.done = (target, ...names) => new Promise((resolve) => {
  for (const name of names) target.addEventListener(name, () => resolve(name));
});
window.open_ = async () => {
  const request = indexedDB.open("db");
  request.onupgradeneeded = () => request.result.createObjectStore("store");
  await done(request, "success");
  return request.result;
};
window.write = async (value) => {
  const transaction = window.db.transaction("store", "readwrite");
  transaction.objectStore("store").put(value, "key");
  return done(transaction, "complete", "abort");
};
window.read = async () => {
  const request = (await open_()).transaction("store").objectStore("store").get("key");
  await done(request, "success");
  return request.result;
};
window.writeAndGoOn = () => {
  const transaction = window.db.transaction("store", "readwrite");
  const store = transaction.objectStore("store");
  for (const name of ["complete", "abort", "error"]) transaction.addEventListener(name, () => events.push(name));
  store.put("new", "key").onsuccess = () => { events.push("success"); location.href = "/other"; more(); };
  const more = () => { store.get("key").onsuccess = () => { if (window.isHere) more(); } };
};
window.ready = open_().then((db) => (window.db = db));
</script>"""

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

def ask(expression):
    """What an expression of the page comes to."""
    code = f"const done = arguments[0]; Promise.resolve({expression}).then(done)"
    return firefox.execute_async_script(code, sandbox=None)

def until(expression):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if firefox.execute_script(f"return {expression}", sandbox=None):
                return
        except Exception:  # between two pages
            pass
        time.sleep(0.1)
    raise SystemExit(f"never: {expression}")

try:
    firefox.navigate(site + "/")
    ask("window.ready.then(() => window.write('old')).then(() => { window.kept = true })")
    firefox.execute_script("window.writeAndGoOn()", sandbox=None)
    until("location.pathname === '/other' && document.readyState === 'complete'")
    print("record, on the other page:", ask("window.read()"))
    firefox.go_back()
    until("location.pathname === '/'")
    print("back, page kept:", str(ask("window.kept === true")).lower())
    print("events of the transaction:", *ask("window.events"))
    later = ask("window.write('later')")
    print(f"later transaction: {later}, record: {ask('window.read()')}")
    print("events of the first one, still:", *ask("window.events"))
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
