"""What tests about paper share."""

import re
from pathlib import Path
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests.engines.face import Engine
from tests.engines.played import Played


def require_printing(engine: Engine) -> None:
    """Skip a test whose engine cannot print here: Playwright prints with Chromium alone."""
    if isinstance(engine, Played) and engine.name != "chromium":
        pytest.skip(f"Playwright cannot print with {engine.name}: its tests need the one of Debian")


def squeeze(text: str) -> str:
    """A text without white space and hyphens: on paper a line may be broken anywhere. Some fonts join letters into one sign."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", normalize("NFKC", text))


def sheets_of(pdf: Path) -> list[str]:
    """The text of each sheet, squeezed."""
    return [squeeze(sheet.extract_text()) for sheet in PdfReader(pdf).pages]
