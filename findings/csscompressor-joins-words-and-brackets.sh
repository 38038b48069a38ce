#!/usr/bin/env bash
# csscompressor: conditions lose the blank before a bracket, and a zero its unit, so that browsers drop the rule.
#
# With: csscompressor 0.9.5 (PyPI; what mkdocs-minify-plugin 0.8.0 uses for `minify_css`), judged by Chromium 156 (of
# Debian) over playwright 1.60.0.
#
# Each rule widens an element from 1 to 20 px. Chromium is given the rule as it is written and as csscompressor writes
# it.
#
# One would expect: the same width.
# What happens: "card (" becomes "card(", "not (" and "or (" likewise, which CSS reads as functions: the block never
# applies. (It knows "and (", which it leaves alone.) "0px" becomes "0", which may not stand beside a length in max(),
# and not in a variable that calc() uses: the declaration is void. No message, exit 0.
#
# Seen:
#   @media (width > 1px) and (height > 1px) { p { width: 20px } }: 20px, compressed 20px
#   @container card (width > 1px) { p { width: 20px } }: 20px, compressed 1px
#   @media not (width < 1px) { p { width: 20px } }: 20px, compressed 1px
#   @media (width < 1px) or (width > 2px) { p { width: 20px } }: 20px, compressed 1px
#   @supports not (color: wrong) { p { width: 20px } }: 20px, compressed 1px
#   p { width: max(0px, 20px) }: 20px, compressed 1px
#   p { --gap: 0px; width: calc(20px + var(--gap)) }: 20px, compressed other
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv
need chromium-headless-shell chromium-headless-shell

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  playwright==1.60.0 csscompressor==0.9.5 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import shutil, sys
import csscompressor
from playwright.sync_api import sync_playwright

RULES = [
    "@media (width > 1px) and (height > 1px) { p { width: 20px } }",
    "@container card (width > 1px) { p { width: 20px } }",
    "@media not (width < 1px) { p { width: 20px } }",
    "@media (width < 1px) or (width > 2px) { p { width: 20px } }",
    "@supports not (color: wrong) { p { width: 20px } }",
    "p { width: max(0px, 20px) }",
    "p { --gap: 0px; width: calc(20px + var(--gap)) }",
]
with sync_playwright() as playwright:
    shell = shutil.which("chromium-headless-shell")
    browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"], timeout=120_000)
    print("with Chromium", browser.version, file=sys.stderr)
    page = browser.new_page()

    def width(rule):
        before = "div { container: card / inline-size } p { width: 1px }"
        page.set_content(f"<!doctype html><style>{before}</style><style>{rule}</style><div><p>")
        found = page.evaluate("getComputedStyle(document.querySelector('p')).width")
        return found if found in ("1px", "20px") else "other"

    for rule in RULES:
        print(f"{rule}: {width(rule)}, compressed {width(csscompressor.compress(rule))}")
    browser.close()
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
