"""The Markdown of a model is found by the types of its fields, whatever is added to them."""

from mkdocs_checklists.model.checklist import Checklist
from mkdocs_checklists.model.texts import markdown_texts

FILE = {
    "title": "plain",
    "summary": "inline",
    "sections": [
        {
            "id": "one",
            "title": "plain",
            "why": "block",
            "lead_in": "block",
            "signs": "inline",
            "remedies": ["inline", "inline"],
            "items": [
                {
                    "id": "first",
                    "text": "plain",
                    "help": "block",
                    "scale": "yes-no",
                    "recommend": "block",
                    "template": "as typed",
                    "cost": "plain",
                },
                {"id": "second", "text": "plain", "scale": "yes-no", "recommend": {"no": "block"}},
            ],
        }
    ],
    "bands": [{"id": "any", "min": "0", "title": "plain", "text": "block"}],
    "outcomes": [{"id": "a", "title": "plain", "text": "block"}, {"id": "b", "title": "plain"}],
    "gates": [{"remove": "a", "when": "expression", "text": "inline"}],
    "notes": [{"when": "expression", "text": "inline"}],
    "inputs": [{"id": "in", "text": "plain", "help": "block"}],
    "figures": [{"id": "out", "text": "plain", "formula": "expression", "help": "block"}],
    "verdicts": [{"id": "yes", "when": "expression", "title": "plain", "text": "block"}],
}


def test_all_markdown_of_a_checklist_is_found_and_nothing_else() -> None:
    found = {".".join(map(str, path)): text for path, text, _ in markdown_texts(Checklist.model_validate(FILE))}

    assert found == {
        "summary": "inline",
        "sections.0.why": "block",
        "sections.0.signs.0": "inline",
        "sections.0.remedies.0": "inline",
        "sections.0.remedies.1": "inline",
        "sections.0.lead_in": "block",
        "sections.0.items.0.help": "block",
        "sections.0.items.0.recommend.*": "block",
        "sections.0.items.1.recommend.no": "block",
        "bands.0.text": "block",
        "outcomes.0.text": "block",
        "gates.0.text": "inline",
        "notes.0.text": "inline",
        "inputs.0.help": "block",
        "figures.0.help": "block",
        "verdicts.0.text": "block",
    }


def test_what_may_hold_paragraphs_is_known_as_a_block() -> None:
    blocks = {text for _, text, is_block in markdown_texts(Checklist.model_validate(FILE)) if is_block}

    assert blocks == {"block"}
