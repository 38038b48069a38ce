#!/usr/bin/env bash
# Chromium and Firefox: on a page that has changed, another radio button comes back than the one that was chosen.
#
# With: Chromium 156 and Firefox 153.8.0 ESR (of Debian), driven by playwright 1.60.0 and marionette-driver 3.7.1
# (PyPI).
#
# One question has the radios yes, no, maybe (one `name`, a `value` each); "yes" is chosen. Then the page is published
# anew with its options in the order no, yes, maybe, and the browser restores what was filled in: Firefox after a
# reload, Chromium after going back to it (where it has to fetch the page again).
#
# One would expect: "yes" is checked, or nothing is. Name and value are the same as before.
# What happens: "no" is checked, in both, without any event. Restored is the state of the first radio of that name, and
# values play no part. Text fields that have a name come back by name in Chromium, and by place in Firefox.
#
# Seen:
#   firefox, reload, page unchanged: radio yes, first=one, second=two
#   firefox, reload, page changed:   radio no, first=two, second=one
#   chromium, back, page unchanged:  radio yes, first=one, second=two
#   chromium, back, page changed:    radio no, first=one, second=two
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need firefox-esr firefox-esr
need chromium-headless-shell chromium-headless-shell

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  marionette-driver==3.7.1 playwright==1.60.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import http.server, os, shutil, sys, threading, time

class Site(http.server.BaseHTTPRequestHandler):
    options, fields, served, storing = [], [], 0, "no-cache"

    def do_GET(self):
        Site.served += 1
        radios = "".join(f'<label><input type=radio name=answer value={value}>{value}</label>' for value in Site.options)
        texts = "".join(f"<input name={name} aria-label={name}>" for name in Site.fields)
        page = "Other" if self.path == "/other" else f"<form>{radios}{texts}</form>"
        page = f"<!doctype html><title>{Site.served}</title><link rel=icon href=data:,>{page}"
        script = "<script>addEventListener('pageshow', () => setTimeout(() => (document.documentElement.id = 'settled')))</script>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Cache-Control", Site.storing)
        self.end_headers()
        self.wfile.write((page + script).encode())

    def log_message(self, *_): pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
site = f"http://127.0.0.1:{server.server_port}/"

FILL = """
document.querySelector("[value=yes]").click();
document.querySelector("[name=first]").value = "one";
document.querySelector("[name=second]").value = "two";
"""
READ = """(() => {
  const text = (name) => name + "=" + document.querySelector(`[name=${name}]`).value;
  return `radio ${document.querySelector(":checked")?.value ?? "none"}, ${text("first")}, ${text("second")}`;
})()"""
SETTLED = "document.documentElement.id === 'settled'"

def publish(is_changed):
    Site.options = ["no", "yes", "maybe"] if is_changed else ["yes", "no", "maybe"]
    Site.fields = ["second", "first"] if is_changed else ["first", "second"]

def until(is_so):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if is_so():
                return
        except Exception:  # between two pages
            pass
        time.sleep(0.1)
    raise SystemExit("the page never came")

def in_firefox():
    from marionette_driver.marionette import Marionette
    binary = os.path.realpath(shutil.which("firefox-esr"))
    firefox = Marionette(bin=binary, port=0, app_args=["-headless"], gecko_log=os.devnull, startup_timeout=120)
    print("with Firefox", firefox.start_session()["browserVersion"], file=sys.stderr)
    ask = lambda expression: firefox.execute_script(f"return {expression}", sandbox=None)
    try:
        for is_changed in (False, True):
            publish(False)
            firefox.navigate(site)
            until(lambda: ask(SETTLED))
            firefox.execute_script(FILL, sandbox=None)
            before = ask("document.title")
            publish(is_changed)
            firefox.execute_script("setTimeout(() => location.reload())", sandbox=None)
            until(lambda: ask("document.title") != before and ask(SETTLED))
            yield "reload", is_changed, ask(READ)
    finally:
        firefox.quit()

def in_chromium():
    from playwright.sync_api import sync_playwright
    Site.storing = "no-store"  # else it would show the former page again
    with sync_playwright() as playwright:
        shell = shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"], timeout=120_000)
        print("with Chromium", browser.version, file=sys.stderr)
        for is_changed in (False, True):
            page = browser.new_page()
            publish(False)
            page.goto(site)
            page.evaluate(FILL)
            publish(is_changed)
            page.goto(site + "other")
            page.go_back()
            until(lambda: page.evaluate(SETTLED))
            yield "back", is_changed, page.evaluate(READ)
        browser.close()

for name, results in {"firefox": in_firefox, "chromium": in_chromium}.items():
    for way, is_changed, found in results():
        print(f"{name + ', ' + way + ', page ' + ('changed' if is_changed else 'unchanged') + ':':<32} {found}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
