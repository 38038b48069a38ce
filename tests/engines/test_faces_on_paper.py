"""A page that is printed to a PDF keeps its words as text. Firefox draws faces with axes, and loses glyphs without a character."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.engines.face import Face
from tests.helpers import Site

# What authors wrote: the widget has words for the screen among its own.
WORDS = """() => [...document.querySelectorAll("article > :is(h1, h2, h3, p, ul, ol, table, blockquote)")]
    .filter((part) => part.checkVisibility()).map((part) => part.innerText).join("\\n")"""


def words(text: str) -> set[str]:
    # A mark of a note stands at its word.
    return set(re.findall(r"[^\W\d_]{2,}|\d{3,}", text.lower()))


@pytest.mark.parametrize("engine", ["firefox"], indirect=True)
@pytest.mark.parametrize(
    "path",
    [
        "about/",
        pytest.param("guides/task-brief/", marks=pytest.mark.slow),
        pytest.param("guides/real-cost-of-outsourcing/", marks=pytest.mark.slow),
    ],
)
def test_words_of_a_printed_page_are_text(face: Face, flagship: Site, tmp_path: Path, path: str) -> None:
    pdf = tmp_path / "page.pdf"
    face.print_to_pdf(flagship.url + path, pdf)
    expected = words(face.evaluate(WORDS))
    found = words(" ".join(page.extract_text() for page in PdfReader(pdf).pages))
    missing = expected - found
    assert len(expected) > 200
    assert len(missing) <= 0.01 * len(expected), sorted(missing)
