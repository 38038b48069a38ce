#!/usr/bin/env bash
# pybabel: what `update --previous` writes, the next update takes for a comment of the translator and keeps for ever.
#
# With: Babel 2.19.0 (PyPI), `pybabel update --previous`; polib 1.2.0 (PyPI) reads the same file.
#
# For: translating the words of a site, when a sentence has changed. GNU gettext's manual, "The Format of PO Files":
# lines with #| hold the untranslated text for which the translation was made, so that a translator sees what has
# changed. (Asked for in 2015, issue 206; open.)
# Not met by us: our words are in JSON.
#
# One would expect: after the second change the file says what the translation was made for, in #| as before.
# What happens: Babel writes #| and can't read it. At the next update the line has become "# | msgid", a comment, which
# no editor shows as the old text; after the second change both lines are there, and once the text is translated the
# comment stays. polib reads #| as the manual says.
#
# Seen:
#   a change: #| msgid "Your score"; polib reads the old text 'Your score'
#   no change: # | msgid "Your score"; polib reads the old text None
#   another change: # | msgid "Your score", #| msgid "Your score so far"; polib reads the old text 'Your score so far'
#   translated: # | msgid "Your score"; polib reads the old text None
set -euo pipefail

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2; exit 2; }; }
need python3 python3-venv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 2>"$work/log" \
  Babel==2.19.0 polib==1.2.0 \
  || { cat "$work/log" >&2; exit 2; }

cat >"$work/run.py" <<'PY'
import subprocess, sys
from importlib.metadata import version
from pathlib import Path
import polib

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n\n'
print("with Babel", version("Babel") + ", polib", version("polib"), file=sys.stderr)
here = Path(sys.argv[0]).parent
catalogue = here / "de/LC_MESSAGES/messages.po"
catalogue.parent.mkdir(parents=True)
catalogue.write_text(HEAD + 'msgid "Your score"\nmsgstr "Ihr Ergebnis"\n')

def update(text):
    (here / "messages.pot").write_text(HEAD + f'msgid "{text}"\nmsgstr ""\n')
    options = ["--previous", "-i", "messages.pot", "-d", ".", "-l", "de"]
    command = [sys.executable, "-m", "babel.messages.frontend", "update", *options]
    subprocess.run(command, cwd=here, check=True, stderr=subprocess.DEVNULL)

def show(name):
    entry = next(entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete)
    lines = [line for line in catalogue.read_text().splitlines() if "|" in line]
    print(f"{name}: {', '.join(lines)}; polib reads the old text {entry.previous_msgid!r}")

update("Your score so far")
show("a change")
update("Your score so far")
show("no change")
update("Your score until now")
show("another change")
# What an editor for catalogues does when the translator says that the text is right again.
lines = catalogue.read_text().splitlines(keepends=True)
catalogue.write_text("".join(line for line in lines if not line.startswith(("#, fuzzy", "#|"))))
update("Your score until now")
show("translated")
PY

export HOME=$work TMPDIR=$work
timeout -s INT 600 "$work/venv/bin/python" "$work/run.py" >"$work/seen" 2>"$work/log" \
  || { cat "$work/log" >&2; exit 1; }
grep '^with ' "$work/log"
cat "$work/seen"
sed -n '/^# Seen:/,/^set /s/^#   //p' "$0" >"$work/expected"
diff "$work/expected" "$work/seen" && echo "As described."
