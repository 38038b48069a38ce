"""Printing with WebKit itself: what ends up in the PDF, and what is reported when nothing does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.engines import webkit_print
from tests.engines.face import Engine
from tests.engines.printing import require_printing
from tests.engines.webkit_print import PrintError, print_to_pdf
from tests.pages_server import serve

PAGE = """\
<!doctype html>
<title>A page</title>
<style>
  p { font-family: monospace }
  @media screen { .paper { display: none } }
  @media print { .screen { display: none } .sheet { break-before: page } }
</style>
<p class="screen">Seen on the screen
<p class="paper">Seen on paper
<p class="sheet" id="written">Not written yet
"""

WRITE_LATER = """
const { promise, resolve } = Promise.withResolvers();
setTimeout(() => resolve("Written before printing"));
document.querySelector("#written").textContent = await promise;
"""


pytestmark = [pytest.mark.parametrize("engine", ["webkit"], indirect=True), pytest.mark.usefixtures("printing")]


@pytest.fixture
def printing(engine: Engine) -> None:
    require_printing(engine)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/index.html").write_text(PAGE, "utf-8")
    with serve(tmp_path / "pages") as address:
        yield address


def test_sheets_follow_the_print_rules_and_hold_what_was_prepared(url: str, tmp_path: Path) -> None:
    print_to_pdf(url, tmp_path / "page.pdf", prepare=WRITE_LATER)
    sheets = [sheet.extract_text().split("\n") for sheet in PdfReader(tmp_path / "page.pdf").pages]
    assert sheets == [["Seen on paper"], ["Written before printing"]]


def test_failed_preparation_is_reported_and_prints_nothing(url: str, tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="No button to press"):
        print_to_pdf(url, tmp_path / "page.pdf", prepare='throw new Error("No button to press");')
    assert not (tmp_path / "page.pdf").exists()


def test_address_that_does_not_answer_is_reported(tmp_path: Path) -> None:
    with serve(tmp_path) as url:
        pass
    with pytest.raises(PrintError, match=f"{url}: Could not connect"):
        print_to_pdf(url, tmp_path / "page.pdf")


def test_missing_packages_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(webkit_print, "BINDINGS", "import bindings_that_nobody_has")
    with pytest.raises(PrintError) as problem:
        print_to_pdf("http://127.0.0.1:1/", tmp_path / "page.pdf")
    expected = "Printing with WebKit needs Debian's packages: apt-get install python3-gi gir1.2-webkit2-4.1 xvfb"
    assert str(problem.value) == expected
