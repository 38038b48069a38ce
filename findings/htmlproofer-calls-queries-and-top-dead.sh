#!/usr/bin/env bash
# mkdocs-htmlproofer-plugin: a link with a query is dead, and so are "#top" and the address of the page's own file.
#
# With: mkdocs-htmlproofer-plugin 1.6.0, mkdocs 1.6.1 (PyPI), `validate_external_urls: false`.
#
# For: links that carry something for a script of the page, such as the share link or the language of a questionnaire,
# and links back to its beginning. RFC 3986, 3.4: the query follows the path and is no part of it. The HTML standard,
# "Scrolling to a fragment": the fragment "top", in any case, is the top of the document, unless an id has that name.
# Met by us: our share links put everything into the fragment, and #top is nowhere in our pages.
#
# One would expect: MkDocs' own check and the plugin find all eight links sound; each works in a browser and on any
# server.
# What happens: mkdocs build --strict without the plugin passes. The plugin looks for a source file named
# other/?lang=de, finds none, and reports 404; the same for "#top" and for other/index.html, the very file that MkDocs
# has written.
#
# Seen:
#   MkDocs alone: exit 0, dead: none
#   htmlproofer: exit 1, dead: other/?lang=de, other/?lang=de#begin, ?lang=de, other/index.html#begin, #top, #TOP
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  mkdocs==1.6.1 mkdocs-htmlproofer-plugin==1.6.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import re, subprocess, sys
from importlib.metadata import version
from pathlib import Path

LINKS = [
    "other/", "other/#begin", "other/?lang=de", "other/?lang=de#begin", "?lang=de",
    "other/index.html#begin", "#top", "#TOP",
]
names = ("mkdocs", "mkdocs-htmlproofer-plugin")
print("with", ", ".join(f"{name} {version(name)}" for name in names), file=sys.stderr)
site = Path(sys.argv[0]).parent / "site"
(site / "docs").mkdir(parents=True)
(site / "docs/index.md").write_text("# Page\n\n" + "".join(f'<a href="{link}">a link</a>\n' for link in LINKS))
(site / "docs/other.md").write_text("# Other\n\n## Begin\n")
plugin = "{htmlproofer: {raise_error_after_finish: true, validate_external_urls: false}}"
for name, plugins in {"MkDocs alone": "[]", "htmlproofer": f"[{plugin}]"}.items():
    (site / "mkdocs.yml").write_text(f"site_name: Site\ntheme: {{name: null, custom_dir: theme}}\nplugins: {plugins}\n")
    (site / "theme").mkdir(exist_ok=True)
    (site / "theme/main.html").write_text("<!doctype html><title>Page</title>{{ page.content }}")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    built = subprocess.run(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    dead = re.findall(r"invalid url - (\S+) \[404\]", built.stderr)
    print(f"{name}: exit {built.returncode}, dead: {', '.join(link for link in LINKS if link in dead) or 'none'}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
