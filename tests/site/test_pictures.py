"""The pictures that a shared link shows: each has the words that its page has now."""

import json
import struct
from pathlib import Path

import pytest
from mkdocs.config import load_config

from site_src.pictures.draw import COLOURS, FOLDER, HEIGHT, MANIFEST, WIDTH, png, wanted
from tests.helpers import REPOSITORY

manifest = json.loads(MANIFEST.read_text("utf-8"))
OUTDATED = "the pictures are out of date: run `make pictures`"


def test_site_and_every_guide_have_a_picture_with_their_words() -> None:
    expected = wanted(load_config(str(REPOSITORY / "mkdocs.yml")))
    assert len(expected) == 1 + len(list((REPOSITORY / "content/guides").glob("*.md")))
    assert manifest["pictures"] == expected, OUTDATED
    assert (manifest["width"], manifest["height"]) == (WIDTH, HEIGHT) == (1200, 630)


def test_no_picture_is_left_of_a_guide_that_is_gone() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {entry["file"] for entry in manifest["pictures"].values()}, (
        OUTDATED
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.png")), ids=lambda path: path.stem)
def test_picture_has_the_size_that_it_is_said_to_have_and_is_light(path: Path) -> None:
    data = path.read_bytes()
    assert data[:16] == b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT)
    assert len(data) < 40_000


def test_pixels_are_packed_two_to_a_byte() -> None:
    data = png(2, 2, [(0, 0, 0), (255, 255, 255)], bytes([0, 1, 1, 0]))
    assert struct.unpack(">IIBB", data[16:26]) == (2, 2, 4, 3)
    assert COLOURS <= 16
