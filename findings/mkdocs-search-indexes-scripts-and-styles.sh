#!/usr/bin/env bash
# MkDocs' built-in search finds what stands in <script> and <style>, and shows it to readers as text of the page.
#
# With: mkdocs 1.6.1 (PyPI), its plugin `search`, the index that it writes (search/search_index.json).
#
# For: pages that carry data for a script (JSON), structured data for search engines, or a style of their own. The HTML
# standard (4.12.1, 4.2.6): neither a script nor a style is content for the user.
# Met by us: our pages keep the scoring key in an attribute, so the index has the questions and no key; see
# test_mkdocs_plugin.py.
#
# One would expect: the index has "Begin here." alone.
# What happens: the JSON, the code and the rules are all in it, a second time for each heading, and come up as excerpts
# of results; a word of the data finds the page. (The plugin of the same name in mkdocs-material leaves both out; not
# run.)
#
# Seen:
#   /: Page {"points": {"desk": 3}} start() .checklist { color: green } Begin here.
#   #page: {"points": {"desk": 3}} start() .checklist { color: green } Begin here.
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  mkdocs==1.6.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import json, subprocess, sys
from importlib.metadata import version
from pathlib import Path

PAGE = """# Page

<script type="application/json">{"points": {"desk": 3}}</script>

<script>start()</script>

<style>.checklist { color: green }</style>

Begin here.
"""
print("with mkdocs", version("mkdocs"), file=sys.stderr)
site = Path(sys.argv[0]).parent / "site"
(site / "docs").mkdir(parents=True)
(site / "docs/index.md").write_text(PAGE)
(site / "mkdocs.yml").write_text("site_name: Site\nplugins: [search]\n")
subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=site, check=True, stdout=sys.stderr)
for entry in json.loads((site / "site/search/search_index.json").read_text())["docs"]:
    print(f"{entry['location'] or '/'}: {entry['text']}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
