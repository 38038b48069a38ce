#!/usr/bin/env bash
# Chromium: a page that nobody has touched says that its reader has been active, if the page before was clicked.
#
# With: Chromium 156 and Firefox 153.8.0 ESR (of Debian), driven by playwright 1.60.0 and marionette-driver 3.7.1
# (PyPI).
#
# `navigator.userActivation.hasBeenActive` is to tell whether the reader has done anything on this page yet. A page
# writes it into its title with its first script, before anything can be touched.
#
# One would expect: false on every page that has only just begun.
# What happens: in Chromium it is true when the page before was clicked and the way led on from there, within one
# origin: by a link, by location.reload(). It is false after the browser's own reload. So it can't tell there whether a
# field was filled by a reader or by the browser. In Firefox (and WebKitGTK 2.50.6, not run here) it is false each time.
#
# Seen:
#   chromium  typed address: false, link: true, location.reload(): true, reload by the browser: false
#   firefox   typed address: false, link: false, location.reload(): false, reload by the browser: false
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need chromium-headless-shell chromium-headless-shell
need firefox-esr firefox-esr

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  playwright==1.60.0 marionette-driver==3.7.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import http.server, os, shutil, sys, threading, time

PAGE = """<!doctype html><meta charset=utf-8>
<script>
sessionStorage.count = Number(sessionStorage.count || 0) + 1;
document.title = sessionStorage.count + " " + navigator.userActivation.hasBeenActive;
</script>
<link rel=icon href=data:,><a href=/other>Link</a> <button type=button onclick="location.reload()">Reload</button>"""

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

def until(is_so):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if is_so():
            return
        time.sleep(0.1)
    raise SystemExit("the page never came")

def story(name, go, click, reload, title):
    """Titles are counted within the tab, so that none is read of the page before."""
    found, count = [], 0
    for way, do in {
        "typed address": lambda: go(site + "/"),
        "link": lambda: click("a"),
        "location.reload()": lambda: click("button"),
        "reload by the browser": reload,
    }.items():
        do()
        count += 1
        until(lambda: title().startswith(f"{count} "))
        found.append(f"{way}: {title().split()[1]}")
    print(f"{name:<9}", ", ".join(found))

def in_chromium():
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        shell = shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"], timeout=120_000)
        print("with Chromium", browser.version, file=sys.stderr)
        page = browser.new_page()
        # Playwright's own questions count as touching the page, so the protocol is asked itself.
        protocol = page.context.new_cdp_session(page)
        title = lambda: protocol.send("Target.getTargetInfo")["targetInfo"]["title"]
        story("chromium", page.goto, page.click, page.reload, title)
        browser.close()

def in_firefox():
    from marionette_driver.marionette import Marionette
    binary = os.path.realpath(shutil.which("firefox-esr"))
    firefox = Marionette(bin=binary, port=0, app_args=["-headless"], gecko_log=os.devnull, startup_timeout=120)
    print("with Firefox", firefox.start_session()["browserVersion"], file=sys.stderr)
    try:
        click = lambda selector: firefox.find_element("css selector", selector).click()
        story("firefox", firefox.navigate, click, firefox.refresh, lambda: firefox.title)
    finally:
        firefox.quit()

in_chromium()
in_firefox()
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
