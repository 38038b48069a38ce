#!/usr/bin/env bash
# mkdocs-quiz: its QTI has the explanation and nothing that ever shows it, and Markdown where HTML is said to be.
#
# With: mkdocs-quiz 1.7.1 (PyPI), `mkdocs-quiz export qti`, QTI 1.2 (its default) and 2.1.
#
# For: exporting questions to a learning platform. IMS QTI 1.2, ASI information model: an <itemfeedback> is shown when
# response processing reaches a <displayfeedback> whose linkrefid names it; <mattext texttype="text/html"> holds HTML.
# Not met by us yet: we export no QTI.
#
# One would expect: the explanation comes after answering, as it does on the page, with its emphasis and its code.
# What happens: in 1.2 there is an <itemfeedback> to which nothing leads. (2.1 has a <modalFeedback>.) Question, answers
# and explanation are Markdown source under the name of HTML: learners read asterisks and backticks. The title of a
# question with a gap holds {{BLANK_0}}.
#
# Seen:
#   QTI 1.2, title: Which one is **right**?
#     texts: Which one is **right**? | `yes` | *no* | It is **this** one.
#     feedback: itemfeedback 1, displayfeedback 0, modalFeedback 0
#   QTI 1.2, title: Two and two are {{BLANK_0}}.
#     texts: Two and two are | .
#     feedback: itemfeedback 0, displayfeedback 0, modalFeedback 0
#   QTI 2.1, title: Which one is **right**?
#     texts: `yes` | *no*
#     feedback: itemfeedback 0, displayfeedback 0, modalFeedback 1
#   QTI 2.1, title: Two and two are {{BLANK_0}}.
#     texts: 
#     feedback: itemfeedback 0, displayfeedback 0, modalFeedback 0
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  mkdocs-quiz==1.7.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import subprocess, sys, zipfile
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

PAGE = """# Quiz

<quiz>
Which one is **right**?
- [x] `yes`
- [ ] *no*

It is **this** one.
</quiz>

<quiz>
Two and two are [[four]].
</quiz>
"""
print("with mkdocs-quiz", version("mkdocs-quiz"), file=sys.stderr)
here = Path(sys.argv[0]).parent
(here / "docs").mkdir()
(here / "docs/index.md").write_text(PAGE)
for qti in ("1.2", "2.1"):
    command = [Path(sys.executable).with_name("mkdocs-quiz"), "export", "qti", "docs", "-q", qti, "-o", f"{qti}.zip"]
    subprocess.run(command, cwd=here, check=True, stdout=sys.stderr)
    with zipfile.ZipFile(here / f"{qti}.zip") as package:
        items = [package.read(name) for name in package.namelist() if "quiz_" in name]
    trees = [ElementTree.fromstring(item) for item in items]
    for tree in sorted(trees, key=lambda tree: -len(list(tree.iter()))):
        parts = list(tree.iter())
        print(f"QTI {qti}, title: {next(part.get('title') for part in parts if part.get('title'))}")
        said = [part.text for part in parts if part.tag.endswith(("mattext", "prompt", "simpleChoice"))]
        print("  texts:", " | ".join(" ".join(text.split()) for text in said))
        names = [part.tag.rpartition("}")[2] for part in parts]
        feedback = ("itemfeedback", "displayfeedback", "modalFeedback")
        print("  feedback:", ", ".join(f"{name} {names.count(name)}" for name in feedback))
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
