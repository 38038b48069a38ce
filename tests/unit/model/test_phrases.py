"""Code and emphasis in questions; all else in them stands for itself."""

import pytest

from mkdocs_checklists.model.phrases import phrase_runs, plain_phrase

PHRASES = [
    ("Are all tests green?", "Are all tests green?"),
    ("Does `make test` run?", "Does <code>make test</code> run?"),
    ("Is *every* test **green**?", "Is <em>every</em> test <strong>green</strong>?"),
    ("`*args*` and `` a ` b ``", "<code>*args*</code> and <code>a ` b</code>"),
    ("(*so*), *that*!", "(<em>so</em>), <em>that</em>!"),
    # No emphasis and no code.
    ("a * b * c", "a * b * c"),
    ("2*3*4 and a*b*c", "2*3*4 and a*b*c"),
    ("* starred *", "* starred *"),
    ("***loud***", "***loud***"),
    ("**open", "**open"),
    ("a ` tick and ``two", "a ` tick and ``two"),
    ("snake_case and _this_ [x](y) <b> &amp; \\*z\\*", "snake_case and _this_ [x](y) <b> &amp; \\*z\\*"),
    ("*a `b` c*", "*a <code>b</code> c*"),
]


@pytest.mark.parametrize(("text", "shown"), PHRASES)
def test_code_and_emphasis_are_found_and_nothing_else(text: str, shown: str) -> None:
    assert "".join(f"<{run.tag}>{run.text}</{run.tag}>" if run.tag else run.text for run in phrase_runs(text)) == shown


def test_plain_words_have_no_signs() -> None:
    assert plain_phrase("Does `make *` run **at once**, *every* time?") == "Does make * run at once, every time?"
