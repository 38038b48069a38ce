import re

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mkdocs_checklists import reference as module
from mkdocs_checklists.cli import main
from mkdocs_checklists.diagnostics.codes import CODES
from mkdocs_checklists.mkdocs_plugin import ChecklistsConfig
from mkdocs_checklists.model.checklist import Checklist, Item, Option, Section
from mkdocs_checklists.model.score_rules import Band, Dimension, ScoreRules
from mkdocs_checklists.page.directives import FORMS
from mkdocs_checklists.words.messages import load_messages

TEXT = module.reference(main)


def test_every_key_is_explained_in_the_words_of_the_model() -> None:
    models: list[type[BaseModel]] = [Checklist, Section, Item, Option, Band, ScoreRules, Dimension]
    fields: list[tuple[str, FieldInfo]] = [pair for model in models for pair in model.model_fields.items()]

    rows = [line for line in TEXT.splitlines() if line.startswith("| `")]

    missing = [name for name, field in fields if not any(row.startswith(f"| `{field.alias or name}`") for row in rows)]
    assert missing == []


def test_every_directive_option_command_and_code_is_there() -> None:
    wanted = [
        *FORMS,
        *(f"`{name}`" for name, _ in ChecklistsConfig._schema),
        *(f"checklists {name}" for name in main.commands),
        *(f"`{code}`" for code in CODES),
    ]

    assert [words for words in wanted if words not in TEXT] == []


def test_every_message_of_every_part_is_there() -> None:
    words = TEXT[TEXT.index("## Words") : TEXT.index("## Diagnostics")]
    names = re.findall(r"^\| `([a-z_-]+)` \|", words, re.MULTILINE)

    assert names == [name for part in load_messages().parts.values() for name in part]


def test_rows_of_a_table_have_as_many_cells_as_its_head() -> None:
    width, wrong = 0, []
    for line in TEXT.splitlines():
        cells = line.replace("\\|", "").count("|")
        if not line.startswith("|"):
            width = 0
        elif not width:
            width = cells
        elif cells != width:
            wrong.append(line)

    assert wrong == []
