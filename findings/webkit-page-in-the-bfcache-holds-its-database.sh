#!/usr/bin/env bash
# WebKit: a page in the back-forward cache keeps its running transaction, and every other page waits for it.
#
# With: WebKitGTK 2.50.6 (of Debian: WebKitWebDriver, MiniBrowser, Xvfb), driven by selenium 4.51.0 (PyPI).
#
# A page writes a record and goes on reading in the same IndexedDB transaction while its reader follows a link to
# another page of the site. That page reads the record.
#
# One would expect: the transaction is aborted when the page is put away, or the page is not put away, or at least not
# kept as soon as somebody else wants the store. Firefox rolls it back at once; Chromium's full browser drops the cached
# page (neither run here).
# What happens: it stands still with its page and keeps its lock. The reading page gets no answer, neither success nor
# error, while another database beside it answers every time. When the reader goes back, the transaction runs on to its
# end.
#
# Seen:
#   other page, another database: 20 of 20 reads answered
#   other page, the same store: no answer yet
#   back, page kept: true, its transaction: complete
#   then other page, the same store: new
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need WebKitWebDriver webkit2gtk-driver
need xvfb-run "xvfb xauth"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  selenium==4.51.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import http.server, shutil, sys, threading, time
from selenium import webdriver

PAGE = """<!doctype html><title>Page</title>
<script>
window.isHere = true;
window.ended = "not yet";
window.answer = "no answer yet";
addEventListener("pagehide", () => (window.isHere = false));
addEventListener("pageshow", ({persisted}) => (window.isBack = persisted));
window.done = (target, ...names) => new Promise((resolve) => {
  for (const name of names) target.addEventListener(name, () => resolve(name));
});
window.open_ = async (name) => {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => request.result.createObjectStore("store");
  await done(request, "success");
  return request.result;
};
window.get = async (name) => {
  const request = (await open_(name)).transaction("store").objectStore("store").get("key");
  await done(request, "success");
  return request.result;
};
window.writeAndGoOn = async () => {
  const transaction = (await open_("one")).transaction("store", "readwrite");
  const store = transaction.objectStore("store");
  for (const name of ["complete", "abort"]) transaction.addEventListener(name, () => (window.ended = name));
  const more = () => { store.get("key").onsuccess = () => { if (!window.isBack) more(); } };
  store.put("new", "key").onsuccess = () => { location.href = "/other"; more(); };
};
window.readTwentyTimes = async () => {
  let answers = 0;
  for (let count = 0; count < 20; count += 1) answers += "key" in {key: await get("two")};
  return answers;
};
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

driver = webdriver.WebKitGTK(service=webdriver.WebKitGTKService(shutil.which("WebKitWebDriver")))
print("with WebKitGTK", driver.capabilities["browserVersion"], file=sys.stderr)
driver.set_script_timeout(60)

def ask(expression):
    """What an expression of the page comes to."""
    return driver.execute_async_script(f"const done = arguments[0]; Promise.resolve({expression}).then(done)")

def until(expression):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if driver.execute_script(f"return {expression}"):
                return
        except Exception:  # between two pages
            pass
        time.sleep(0.1)
    raise SystemExit(f"never: {expression}")

try:
    driver.get(site + "/")
    ask("window.get('one')")
    driver.execute_script("window.kept = true; window.writeAndGoOn()")
    until("location.pathname === '/other' && document.readyState === 'complete'")
    driver.execute_script("window.get('one').then((value) => { window.answer = value })")
    print(f"other page, another database: {ask('window.readTwentyTimes()')} of 20 reads answered")
    print("other page, the same store:", ask("window.answer"))
    driver.back()
    until("location.pathname === '/' && window.ended !== 'not yet'")
    print(f"back, page kept: {str(ask('window.kept === true')).lower()}, its transaction: {ask('window.ended')}")
    driver.get(site + "/another")
    print("then other page, the same store:", ask("window.get('one')"))
finally:
    driver.quit()
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 xvfb-run -a "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
