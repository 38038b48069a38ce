"""The authors' reference as Markdown, made from the code: keys, directives, plugin options, commands, words, diagnostics."""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Iterable, Iterator, Mapping
from textwrap import dedent
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import click
from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from .checks.base import BUILT_IN_SCALES
from .checks.ids import RESERVED_NAMES
from .diagnostics.codes import CODES, LINT_CODES
from .knowledge.model import FactEntry, SourceEntry, TermEntry
from .mkdocs_plugin import ChecklistsConfig
from .model.cases import TypicalCase
from .model.checklist import (
    Checklist,
    Comparison,
    Decide,
    Figure,
    Gate,
    Input,
    Item,
    Note,
    Option,
    Outcome,
    Plan,
    Section,
    SharedScales,
    Verdict,
)
from .model.fields import POINTS, SHARE
from .model.score_rules import Band, Dimension, ScoreRules, SectionCap
from .page.directives import FORMS
from .words.messages import CATALOGUE_PARTS, Text, load_messages


class _Words(NamedTuple):
    one: str
    many: str


MODELS: list[tuple[str, type[BaseModel], _Words]] = [
    ("The file", Checklist, _Words("", "")),
    ("Section", Section, _Words("[section](#section)", "[sections](#section)")),
    ("Item", Item, _Words("[item](#item)", "[items](#item)")),
    ("Option", Option, _Words("[option](#option)", "[options](#option)")),
    ("Band", Band, _Words("[band](#band)", "[bands](#band)")),
    ("Score", ScoreRules, _Words("the keys of [score](#score)", "")),
    ("Section cap", SectionCap, _Words("[section cap](#section-cap)", "[section caps](#section-cap)")),
    ("Dimension", Dimension, _Words("[dimension](#dimension)", "[dimensions](#dimension)")),
    ("Outcome", Outcome, _Words("[outcome](#outcome)", "[outcomes](#outcome)")),
    ("Gate", Gate, _Words("[gate](#gate)", "[gates](#gate)")),
    ("Note", Note, _Words("[note](#note)", "[notes](#note)")),
    ("Decide", Decide, _Words("the keys of [decide](#decide)", "")),
    ("Plan", Plan, _Words("the keys of [plan](#plan)", "")),
    ("Input", Input, _Words("[input](#input)", "[inputs](#input)")),
    ("Figure", Figure, _Words("[figure](#figure)", "[figures](#figure)")),
    ("Verdict", Verdict, _Words("[verdict](#verdict)", "[verdicts](#verdict)")),
    ("Comparison", Comparison, _Words("[comparison](#comparison)", "[comparisons](#comparison)")),
    ("Case", TypicalCase, _Words("[case](#case)", "[cases](#case)")),
    ("Shared scales", SharedScales, _Words("", "")),
    ("Source", SourceEntry, _Words("", "")),
    ("Fact", FactEntry, _Words("", "")),
    ("Term", TermEntry, _Words("", "")),
]
"""In reading order: heading, model, how the value of a key that holds it is called."""

# What the free keys of a mapping are, and its values where their type does not say it.
_MAPPINGS = {
    "allow": ("code", ""),
    "answers": ("item or input id", "option id, a list of such ids, or a number"),
    "columns": ("item id", "plain text"),
    "caps": ("option id", "band id"),
    "clauses": ("option id, `unknown` or `na`", ""),
    "close": ("two outcome ids with `+` between", ""),
    "recommend": ("option id", ""),
    "scales": ("scale id", ""),
}

_KINDS = """\
Every other key than those marked *required* may be left out. An empty value is never right: delete the key.

- An **id** is lower-case words of letters and digits, joined by hyphens: `written-plan`. It starts with a letter and has 80
  characters at most. An item or section can't be called {reserved}.
  An option can't be called `na` or `unknown`.
- **Plain text** is shown as it is typed. **Inline Markdown** may have emphasis, code and links. **Markdown** may have
  paragraphs and lists too. HTML is shown as text in all three. A text has 20,000 characters at most.
- A **link** goes to a page from the top of the docs folder (`/guides/plan.md`, `/guides/plan.md#costs`), to a place on the same
  page (`#costs`), or to an address (`https://…`, `mailto:…`).
- An **expression** is a condition or a formula, such as `hours > 10 and paid == "yes"`: see
  [expressions](decisions.md#expressions).
- A whole number has no decimal point. A day is eight hours of work in `effort`, and a month is 30 days in `valid_for`.
"""


def reference(commands: click.Group) -> str:
    """The whole reference; `commands` is the command-line program."""
    parts = [_keys(), _directives(), _plugin_options(), _commands(commands), _words(), _codes()]
    return "\n".join(line for part in parts for line in part)


def _keys() -> Iterator[str]:
    yield "## Keys of a checklist file\n"
    yield _KINDS.format(reserved=", ".join(f"`{word}`" for word in sorted(RESERVED_NAMES | {"score"})))
    for title, model, _ in MODELS:
        yield f"### {title}\n"
        yield f"{model.__doc__}\n"
        yield from _table(
            ("key", "value", "meaning"), (_row(name, field) for name, field in model.model_fields.items())
        )
    scales = "; ".join(
        f"`{name}` ({', '.join(f'`{option.id}` {option.earned}' for option in options)})"
        for name, options in BUILT_IN_SCALES.items()
    )
    yield f"Built in is {scales}. Of equal names, a file's own scale counts before a shared one, and that before a built-in one.\n"


def _row(name: str, field: FieldInfo) -> tuple[str, str, str]:
    key = field.alias or name
    meaning = str(field.description)
    if field.is_required():
        meaning = f"*Required.* {meaning}"
    elif isinstance(field.default, (bool, int, str)):
        meaning += f" `{str(field.default).lower()}` when left out."
    return f"`{key}`", _value(key, field.annotation, field.metadata), meaning


def _value(key: str, annotation: Any, metadata: Iterable[object]) -> str:
    """What may stand behind a key, in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if key == "dimension":
        return f"id, list of ids, or dimension id → {_scalar(SHARE.expected, {}).one}"
    if key == "points":
        return f"{_scalar(POINTS.expected, {}).one}, or outcome id → such a number"
    if origin is Annotated:
        return _value(key, arguments[0], [*metadata, *arguments[1:]])
    if origin in (Union, types.UnionType):
        return _value(key, next(part for part in arguments if part is not type(None)), metadata)
    marks = [*metadata, *(mark for field in metadata if isinstance(field, FieldInfo) for mark in field.metadata)]
    # A list or mapping that may also be written as one value.
    is_short = any(isinstance(mark, BeforeValidator) for mark in marks)
    if origin is list:
        words = _single(arguments[0])
        least, most = _limit(marks, "min_length"), _limit(marks, "max_length")
        count = "" if least is None else f"{least} " if least == most else f"{least} or more "
        return f"{words.one}, or a list of {words.many}" if is_short else f"list of {count}{words.many}"
    if origin is dict:
        names, values = _MAPPINGS[key]
        values = values or _value(key, arguments[1], ())
        return f"{values}, or {names} → {values}" if is_short else f"{names} → {values}"
    if arguments:
        return " or ".join(f"`{choice}`" for choice in arguments)
    return _single(annotation, metadata).one


def _limit(marks: Iterable[object], name: str) -> int | None:
    return next((getattr(mark, name) for mark in marks if hasattr(mark, name)), None)


def _single(annotation: Any, metadata: Iterable[object] = ()) -> _Words:
    """What one value is called, and several of them."""
    if get_origin(annotation) is Annotated:
        metadata, annotation = [*metadata, *get_args(annotation)[1:]], get_args(annotation)[0]
    for mark in metadata:
        expected, schema = getattr(mark, "expected", None), getattr(mark, "json_schema", {})
        if isinstance(expected, str):
            return _scalar(expected, schema)
    return next(words for _, model, words in MODELS if model is annotation)


def _scalar(expected: str, schema: Mapping[str, Any]) -> _Words:
    if kind := schema.get("$comment"):
        return _Words(str(kind), "such texts")
    if schema.get("type") == "boolean":
        return _Words("`true` or `false`", "")
    words = expected.removeprefix("an ").removeprefix("a ")
    # Ids and links are explained above the tables.
    noun = words.partition(":")[0]
    if noun in ("id", "link"):
        return _Words(noun, f"{noun}s")
    return _Words(words, words.replace("number", "numbers", 1))


def _directives() -> Iterator[str]:
    yield "## Directives\n"
    yield "A directive stands on a line of its own in a page.\n"
    yield from _table(("line", "what it shows"), ((f"`{line}`", meaning) for line, meaning in FORMS.items()))
    yield (
        "Parts of one checklist on a page act as one. Links can lead to the whole article at `#ID`, to a section at `#ID--SECTION`,"
        " to a question at `#ID--ITEM` and to the result at `#ID--score`.\n"
    )


def _plugin_options() -> Iterator[str]:
    yield "## Options of the plugin\n"
    yield "They stand under `checklists:` in the list `plugins:` of `mkdocs.yml`.\n"
    meanings = _documented(ChecklistsConfig)
    rows = ((f"`{name}`", f"`{option.default}`", meanings[name]) for name, option in ChecklistsConfig._schema)
    yield from _table(("option", "when left out", "meaning"), rows)


def _documented(config: type) -> dict[str, str]:
    """The string under each attribute of a class."""
    body = ast.parse(dedent(inspect.getsource(config))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for assignment, note in zip(body.body, body.body[1:], strict=False):
        if isinstance(assignment, ast.Assign) and isinstance(note, ast.Expr) and isinstance(note.value, ast.Constant):
            name = assignment.targets[0]
            assert isinstance(name, ast.Name)
            found[name.id] = str(note.value.value)
    return found


def _commands(commands: click.Group) -> Iterator[str]:
    yield "## Commands\n"
    yield "Each of them explains itself with `--help`.\n"
    program = click.Context(commands, info_name="checklists", **commands.context_settings)
    for name, command in sorted(commands.commands.items()):
        # The width is fixed, or the text would depend on the terminal of whoever makes it.
        context = click.Context(command, program, info_name=name, terminal_width=88, max_content_width=88)
        yield f"### checklists {name}\n\n```text\n{command.get_help(context)}\n```\n"


def _words() -> Iterator[str]:
    yield "## Words\n"
    yield (
        "Everything that the widgets say by themselves, by the names that the option `messages` takes. Words in braces are filled"
        " in. Where the words depend on a number, each plural category of the language has its own form: `one`, `other`.\n"
    )
    messages = load_messages()
    for heading, is_of_browser in (("On the page", False), ("In the browser", True)):
        catalogues = [messages.parts[part.name] for part in CATALOGUE_PARTS if bool(part.module) == is_of_browser]
        rows = ((f"`{name}`", _forms(text)) for catalogue in catalogues for name, text in catalogue.items())
        yield f"### {heading}\n"
        yield from _table(("name", "words"), rows)


def _forms(text: Text) -> str:
    forms = text if isinstance(text, str) else "<br>".join(f"*{category}*: {words}" for category, words in text.items())
    # In the cell of a table, an attribute list would take what stands in braces.
    return forms.replace("{", "&#123;")


def _codes() -> Iterator[str]:
    yield "## Diagnostics\n"
    yield "Each message carries one of these codes in brackets. The message itself says what to do.\n"
    others = {code: meaning for code, meaning in CODES.items() if code not in LINT_CODES}
    yield from _table(("code", "meaning"), ((f"`{code}`", meaning) for code, meaning in sorted(others.items())))
    yield "### Warnings of the linter\n"
    yield (
        "`checklists check` gives them, and a build with `lint: true`. All but `idle-allow` can be"
        " [allowed](questions.md#when-a-rule-is-wrong).\n"
    )
    yield from _table(("code", "meaning"), ((f"`{code}`", meaning) for code, meaning in sorted(LINT_CODES.items())))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |"
    yield ""
