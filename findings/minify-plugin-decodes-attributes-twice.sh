#!/usr/bin/env bash
# mkdocs-minify-plugin: what stands in an attribute is decoded once more than what stands in the text.
#
# With: mkdocs-minify-plugin 0.8.0 with `minify_html: true`, which uses htmlmin2 0.1.13; mkdocs 1.6.1 (PyPI). The pages
# are read with Python's own HTML parser.
#
# A page has data-key with the JSON {"text": "a &quot; is a quote, &lt; is less, &amp; is and"}, escaped as HTML wants
# it (" is &quot;, & is &amp;), and the same words as text.
#
# One would expect: the built page has the same value and the same text, with the plugin and without.
# What happens: the plugin decodes the value twice and encodes it once. The text keeps its entities, the value loses
# them; the quote ends the JSON's string, so it is no JSON any more. `mkdocs build --strict` says nothing.
#
# Seen:
#   without the plugin: the value is JSON, its text: a &quot; is a quote, &lt; is less, &amp; is and
#   without the plugin: the page's text: a &quot; is a quote, &lt; is less, &amp; is and
#   with the plugin: the value is no JSON: {"text": "a " is a quote, < is less, & is and"}
#   with the plugin: the page's text: a &quot; is a quote, &lt; is less, &amp; is and
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  mkdocs==1.6.1 mkdocs-minify-plugin==0.8.0 htmlmin2==0.1.13 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import html, html.parser, json, pathlib, subprocess, sys
from importlib.metadata import version

WORDS = "a &quot; is a quote, &lt; is less, &amp; is and"
PAGE = f"# Page\n\n<p data-key=\"{html.escape(json.dumps({'text': WORDS}))}\">{html.escape(WORDS)}</p>\n"

class Reader(html.parser.HTMLParser):
    value, text, is_inside = "", "", False

    def handle_starttag(self, tag, attributes):
        self.is_inside = "data-key" in dict(attributes)
        self.value = dict(attributes).get("data-key", self.value)

    def handle_endtag(self, tag):
        self.is_inside = False

    def handle_data(self, data):
        if self.is_inside:
            self.text += data

print("with", ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-minify-plugin", "htmlmin2")), file=sys.stderr)
site = pathlib.Path(sys.argv[0]).parent / "site"
(site / "docs").mkdir(parents=True)
(site / "docs/index.md").write_text(PAGE)
for name, plugins in {"without the plugin": "[]", "with the plugin": "[{minify: {minify_html: true}}]"}.items():
    (site / "mkdocs.yml").write_text(f"site_name: Site\nplugins: {plugins}\n")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=site, check=True, stdout=sys.stderr)
    reader = Reader()
    reader.feed((site / "site/index.html").read_text())
    try:
        print(f"{name}: the value is JSON, its text: {json.loads(reader.value)['text']}")
    except json.JSONDecodeError:
        print(f"{name}: the value is no JSON: {reader.value}")
    print(f"{name}: the page's text: {reader.text}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
