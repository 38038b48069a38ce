#!/usr/bin/env bash
# WeasyPrint, fillable PDF: options without a value attribute all export the same empty text, those in a group are gone,
# and check boxes of one name are one box.
#
# With: WeasyPrint 70.0 (PyPI), `pdf_forms=True`, read with pypdf 7.1.1 (PyPI).
#
# For: a questionnaire to fill in away from the site, and the import of what was filled in. The HTML standard: an option
# without `value` has its text as its value (4.10.10); options may stand in <optgroup>; the value of a check box is its
# `value`, "on" only without one, and several may have one name (FormData then has each). ISO 32000-1, 12.7.3.2: what
# has one full name is one field.
# Met by us: our radios keep their values, but the check boxes of a question with several answers share its name, as
# HTML has it, and become one box there. That each has a value of its own is in test_article.py.
#
# One would expect: what FormData says in a browser: size=Large, effort=days, part=final.
# What happens: size is an empty text, whichever option is chosen, so who reads the PDF can't tell them apart. The group
# is taken for an option without text, and those in it are not offered. Both check boxes are named "part" and export
# "on". Radios are right, which shows that values are meant to be kept. No warning.
#
# Seen:
#   check box part: offers ['/on'], exports /Off
#   check box part: offers ['/on'], exports /on
#   radios ready: offer ['yes', 'no'], chosen /0
#   select size: offers [('', 'Small'), ('', 'Large')], exports ''
#   select effort: offers [('none', 'None'), ('', '')], exports ''
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  weasyprint==70.0 pypdf==7.1.1 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path
from pypdf import PdfReader
from weasyprint import HTML

PAGE = """<!doctype html><html lang="en"><title>Form</title><form>
<label>Size <select name="size"><option>Small</option><option selected>Large</option></select></label>
<label>Effort <select name="effort"><option value="none">None</option><optgroup label="Some">
<option value="hours">Hours</option><option value="days" selected>Days</option></optgroup></select></label>
<label><input type="checkbox" name="part" value="draft"> Draft</label>
<label><input type="checkbox" name="part" value="final" checked> Final</label>
<label><input type="radio" name="ready" value="yes" checked> Yes</label>
<label><input type="radio" name="ready" value="no"> No</label>
</form>"""

print("with WeasyPrint", version("weasyprint") + ", pypdf", version("pypdf"), file=sys.stderr)
file = Path(sys.argv[0]).with_name("form.pdf")
HTML(string=PAGE).write_pdf(file, pdf_forms=True)
for field in PdfReader(file).trailer["/Root"]["/AcroForm"]["/Fields"]:
    field = field.get_object()
    if field["/FT"] == "/Ch":
        options = [tuple(part.strip() for part in option) for option in field["/Opt"]]
        print(f"select {field['/T']}: offers {options}, exports {str(field['/V'])!r}")
    elif "/Opt" in field:
        print(f"radios {field['/T']}: offer {[str(option) for option in field['/Opt']]}, chosen {field['/V']}")
    elif "/V" in field:
        print(f"check box {field['/T']}: offers {list(field['/AP']['/N'])}, exports {field['/V']}")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
