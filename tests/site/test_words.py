"""What `make lint` measures of the guides' words."""

from pathlib import Path

import pytest

from site_src.words.__main__ import measure, problems
from site_src.words.syllables import syllables
from site_src.words.texts import Passage, checklist_passages, page_passages, plain


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("idea", 3),
        ("business", 2),
        ("outsourcing", 3),
        ("Don’t", 1),
        ("e-mail", 2),
        ("2026", 4),
        ("webshop", 2),
    ],
)
def test_syllables_are_those_that_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grade_is_that_of_the_formula() -> None:
    passage = Passage(1, "The cat sat on the mat. It was a red mat.")

    # 11 words in 2 sentences, each of one syllable.
    assert passage.grade == pytest.approx(0.39 * 11 / 2 + 11.8 - 15.59)


def test_passage_without_words_has_no_grade() -> None:
    assert Passage(1, "…").grade == 0


def test_words_of_markdown_are_those_that_a_reader_sees() -> None:
    text = "Read *the* [brief](/guides/task-brief.md#x)[^s31] first. {fact:upwork-release} See <https://a.example/b>."

    assert plain(text) == "Read the brief first.  See a.example/b."


def test_page_counts_sentences_and_leaves_out_what_is_none(tmp_path: Path) -> None:
    page = tmp_path / "guide.md"
    page.write_text(
        """---
title: Not counted
---

# Not counted

**For whom:** not
counted.

One paragraph
over two lines.[^a]

- First entry
- Second entry.

| not | counted |
| --- | --- |

```text
not counted
```

::: checklist not-counted

Last words.

[^a]: Not counted,
    [nor this](https://a.example), 2026.
""",
        "utf-8",
    )

    assert [(passage.line, passage.text) for passage in page_passages(page)] == [
        (10, "One paragraph over two lines."),
        (13, "First entry."),
        (14, "Second entry."),
        (25, "Last words."),
    ]


def test_checklist_counts_texts_and_leaves_out_options_and_templates(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text(
        """title: Not counted
summary: A summary.
sections:
  - id: one
    why: |
      First.

      Second.
    items:
      - id: a
        text: Is it there?
        options: [{id: x, text: Not counted}]
        recommend: {x: Do it}
        template: Not counted.
""",
        "utf-8",
    )

    assert [passage.text for passage in checklist_passages(file)] == [
        "A summary.",
        "First.",
        "Second.",
        "Is it there?",
        "Do it.",
    ]


def test_long_winded_guide_is_told_with_its_hardest_passage() -> None:
    hard = Passage(7, "Organisational considerations necessitate comprehensive documentation " * 4 + ".")

    told = list(problems(measure("x.md", [hard]), is_guide=True))

    assert told[0].startswith("x.md: reading grade ")
    assert told[1].startswith("  line 7, grade ")
    assert told[2] == "x.md: 20 words of its own, should be 900 to 1800"


def test_plain_text_of_the_right_length_is_fine() -> None:
    plain_words = [Passage(1, "The baker sends the list to the shop by noon.")] * 100

    assert list(problems(measure("x.md", plain_words), is_guide=True)) == []
