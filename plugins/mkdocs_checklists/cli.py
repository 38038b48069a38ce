"""The command `checklists`: check, score, schema, assets. Exit code 1 when any error was reported."""

from __future__ import annotations

import gc
import json
import os
import os.path
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from .diagnostics.diagnostic import Diagnostic, Diagnostics, Severity, Span, count, shorten
from .knowledge.ages import facts_by_age
from .knowledge.files import FILES, Knowledge
from .knowledge.lint import Mentions, lint_fact_names, lint_knowledge, mentions_in
from .knowledge.model import FACTS_FILE, GLOSSARY_FILE, SOURCES_FILE, Facts, Glossary, Sources
from .library.folder import SHARED_FILES, SHARED_SCALES, Library
from .library.loaded import LoadedChecklist
from .lint.checklist import lint, lint_shared
from .markdown_page.text_check import TextCheck
from .model.checklist import Checklist, SharedScales
from .model.schema import editor_schema
from .page.browser_files import asset_files, files_to_list
from .page.cases import checklist_files
from .page.page_text import find_standalone_names
from .reading.files import read_file, read_whole_text
from .reading.source import MAX_BYTES
from .reference import reference
from .report.proof_text import proof_text
from .report.verdict_table import verdict_table
from .scoring.answers_file import AnswersError, read_answers
from .scoring.rules import full_score
from .words.messages import languages, load_messages

MOST_SHOWN = 200
"""How many problems of one file `check` prints; it counts them all."""

_PATH = click.Path(path_type=Path)

# The schemas that `schema` has besides that of a checklist.
_MODELS: dict[str, type[Any]] = {"scales": SharedScales, "sources": Sources, "facts": Facts, "glossary": Glossary}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-checklists")
def main() -> None:
    """Checklists in YAML: check them, score answers, help editors, write the browser's files."""
    # What a terminal (or the file that the output goes to) has no character for is written as its number.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@main.command("check")
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--allowed", is_flag=True, help="List what the files allow, with their reasons, too.")
@click.option(
    "--verdicts", is_flag=True, help="List what each weak answer among the best ones makes of the verdict, too."
)
@click.option("--facts", is_flag=True, help=f"List the facts of {FACTS_FILE} by age, too.")
def check_command(paths: tuple[Path, ...], *, allowed: bool, verdicts: bool, facts: bool) -> None:
    """Check checklist files and folders (the folder `checklists` when none is named).

    Reports every problem of every file, and for each sound one what was proved of its scoring: how many ways to answer
    there are, which share of them leads to each band or outcome, and whether every band, cap and advice can be reached,
    every outcome can win, and every gate, note, verdict and condition can come about. Exits with 1 when there is an
    error; warnings alone exit with 0.

    Reviews are dated by today, or by SOURCE_DATE_EPOCH where that is set.
    """
    found = Diagnostics()
    today = _today()
    names, known = set[str](), list[Knowledge]()
    sound: dict[str, LoadedChecklist] = {}
    with _nothing_collected():
        for path in paths or (Path("checklists"),):
            library, checklists = _load(path)
            texts = TextCheck(library)
            for loaded in checklists:
                lint_fact_names(loaded.reading, library.knowledge)
                loaded.diagnostics.extend(texts.problems(loaded))
                # Beside what was read, so that `proof_text` knows of both.
                loaded.diagnostics.extend(lint(loaded, today))
                found.extend(loaded.diagnostics.found)
                names.add(loaded.reading.source.name)
                if loaded.checklist is not None:
                    sound.setdefault(loaded.reading.source.name, loaded)
            if path.name in FILES or not os.path.isfile(path):
                lint_knowledge(library.knowledge, _mentions(library), today)
            if library.shared:
                found.extend(lint_shared(library.shared))
            found.extend(library.diagnostics.found)
            known.append(library.knowledge)
    console = Console(highlight=False, soft_wrap=True)
    if sound:
        words = load_messages()

        def report(loaded: LoadedChecklist) -> str:
            text = proof_text(loaded, words)
            return f"{text}\n{verdict_table(loaded)}".rstrip() if verdicts else text

        console.print(Text("\n\n".join(report(loaded) for loaded in sound.values())), end="\n\n")
    if facts:
        console.print(Text(facts_by_age(known, today)), end="\n\n")
    shown = (diagnostic for diagnostic in found if allowed or diagnostic.severity is not Severity.ALLOWED)
    for name, group in groupby(shown, key=lambda diagnostic: diagnostic.span.file):
        problems = list(group)
        for diagnostic in problems[:MOST_SHOWN]:
            console.print(_styled(diagnostic), end="\n\n")
        if len(problems) > MOST_SHOWN:
            console.print(
                Text(f"{name}: and {count(len(problems) - MOST_SHOWN, 'more problem')} in this file"), end="\n\n"
            )
    errors, warnings = len(found.errors), len(found.warnings)
    excused = f", {len(found.allowed)} allowed" if found.allowed else ""
    console.print(f"{count(len(names), 'checklist')}: {count(errors, 'error')}, {count(warnings, 'warning')}{excused}")
    sys.exit(1 if errors else 0)


@main.command("score")
@click.argument("file", type=_PATH)
@click.argument("answers", type=_PATH)
def score_command(file: Path, answers: Path) -> None:
    """Score the answers of a JSON file and print the result as one JSON object.

    ANSWERS maps item ids to option ids, to lists of them where several may be chosen, to "na" or "unknown", and input ids to
    numbers. It may also hold that as "answers", with "words" and "evidence" by item id beside it. Ids that the checklist does not
    know are listed in `ignored`.
    """
    if file.name in SHARED_FILES:
        what = "shared scales" if file.name == SHARED_SCALES else file.stem.removeprefix("_")
        message, hint = f"this is the file of {what}, not a checklist", "Name one of the checklists beside it."
        _fail([Diagnostic("bad-file-name", message, Span(str(file)), hint)])
    library = Library(file.parent)
    library.load_shared(file.parent / SHARED_SCALES)
    loaded = library.load(file)
    if loaded.checklist is None:
        _fail(loaded.diagnostics.errors)
    try:
        data = read_file(answers)
        if len(data) > MAX_BYTES:
            message = f"the file has more than {MAX_BYTES:,} bytes"
            _fail([Diagnostic("too-large", message, Span(str(answers)), "Answers are one short line a question.")])
        given = read_answers(data, loaded.key)
    except OSError as error:
        _fail([Diagnostic("unreadable-file", f"the file can't be read: {error.strerror or error}", Span(str(answers)))])
    except AnswersError as error:
        _fail([Diagnostic("bad-answers", str(error), Span(str(answers)))])
    _print_json(full_score(loaded.key, given))


@main.command("schema")
@click.option("--scales", "model", flag_value="scales", help=f"The schema of {SHARED_SCALES} instead.")
@click.option("--sources", "model", flag_value="sources", help=f"The schema of {SOURCES_FILE} instead.")
@click.option("--facts", "model", flag_value="facts", help=f"The schema of {FACTS_FILE} instead.")
@click.option("--glossary", "model", flag_value="glossary", help=f"The schema of {GLOSSARY_FILE} instead.")
def schema_command(model: str | None) -> None:
    """Print the JSON Schema of checklist files, so that editors complete and explain every key."""
    _print_json(editor_schema(_MODELS.get(model or "", Checklist)))


# The paragraph behind `\b` keeps its lines.
_ASSETS_HELP = """\
Write the browser's files into DIRECTORY, for site generators that run no MkDocs plugins.

List these of them in the configuration of the site, scripts with type: module, for what your pages have:

\b
""" + "\n".join(f"{thing:<32}{', '.join(files)}" for thing, files in files_to_list().items())


@main.command("assets", help=_ASSETS_HELP)
@click.argument("directory", type=_PATH)
@click.option(
    "--checklists",
    "source",
    type=_PATH,
    default=Path("checklists"),
    show_default=True,
    help="Folder of the checklist files.",
)
@click.option(
    "--language",
    type=click.Choice(languages()),
    default="en",
    show_default=True,
    help="Language of the widgets' words.",
)
def assets_command(directory: Path, source: Path, language: str) -> None:
    library, checklists = _load(source)
    if library.diagnostics.errors:
        _fail(library.diagnostics.errors)
    try:
        # Answers never belong to a folder that is named as the plugin names that of a release.
        site = ".." if re.fullmatch("[0-9a-f]{12}", directory.resolve().name) else "."
        keys = [loaded.key for loaded in checklists]
        written = asset_files(load_messages(language), keys, site) | checklist_files(checklists)
        directory.mkdir(parents=True, exist_ok=True)
        for name, content in written.items():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            (directory / name).write_bytes(content)
            click.echo((directory / name).as_posix())
    except OSError as error:
        _fail(
            [
                Diagnostic(
                    "unwritable-folder", f"the files can't be written: {error.strerror or error}", Span(str(directory))
                )
            ]
        )


@main.command("reference")
def reference_command() -> None:
    """Print the reference for authors as Markdown: keys, directives, options, commands, diagnostics."""
    click.echo(reference(main), nl=False)


def _load(path: Path) -> tuple[Library, list[LoadedChecklist]]:
    """The checklists of a folder, or the one of a file."""
    if os.path.isfile(path) or (path.suffix and not os.path.isdir(path)):
        library = Library(path.parent)
        library.load_shared(path.parent / SHARED_SCALES)
        library.refresh_knowledge()
        # The shared files may be missing beside a checklist, but not where they are asked for by name.
        alone = path.name in SHARED_FILES and os.path.isfile(path)
        return library, [] if alone else [library.load(path)]
    file = Path(f"{path}.yml")
    library = Library(path, missing_hint=f"Did you mean '{file.as_posix()}'?" if os.path.isfile(file) else "")
    library.refresh()
    return library, library.checklists


def _mentions(library: Library) -> Mentions | None:
    """What the pages and checklists name, where the folder belongs to a site: below the `mkdocs.yml` nearest above it."""
    folder = Path(os.path.abspath(library.directory))
    root = next((parent for parent in folder.parents if os.path.isfile(parent / "mkdocs.yml")), None)
    if root is None:
        return None
    # The file may have tags that only MkDocs knows, so it is not read as YAML.
    named = re.search(r"""^docs_dir:[ \t]*["']?([^"'#\n]+)""", read_whole_text(root / "mkdocs.yml") or "", re.MULTILINE)
    try:
        found = sorted((root / (named[1].strip() if named else "docs")).rglob("*.md"))
    except (OSError, ValueError):
        return None  # The value of the option is not a path.
    pages = [path for path in found if os.path.isfile(path)]
    texts = [*map(read_whole_text, pages), *library.texts()]
    read = [text for text in texts if text is not None]
    if not pages or len(read) < len(texts):
        return None  # What can't be read may name anything.
    return mentions_in(read, lists={name for text in read for name in find_standalone_names(text)})


def _fail(diagnostics: list[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        click.echo(diagnostic.format(), err=True)
    sys.exit(1)


def _print_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    click.echo(text)


def _today() -> date:
    """The day of the check; builds that can be repeated set theirs (reproducible-builds.org/specs/source-date-epoch)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.ClickException(f"SOURCE_DATE_EPOCH is not a number of seconds: {shorten(epoch)}") from None


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Nearly all that is read is kept, and looking for garbage among it again and again takes two fifths of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # Nor is it to be looked through when the program ends.
        gc.freeze()
        if was_enabled:
            gc.enable()


def _styled(diagnostic: Diagnostic) -> Text:
    """The diagnostic with its severity in colour where the terminal has any; the words stay the same."""
    text = Text(diagnostic.format())
    style = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ALLOWED: "bold"}[diagnostic.severity]
    text.highlight_regex(rf"(?<=: ){diagnostic.severity}(?=: )", style)
    return text
