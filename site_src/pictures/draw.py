"""Draws the pictures that a shared link shows, one for the site and one for each guide: `python -m site_src.pictures.draw`.

`make pictures` runs it. It writes the files to `overrides/assets/site/pictures/` and says in `pictures.json` which words stand in
which: the hook page_heads.py names the pictures by it, and a test sees when a title has changed since.
"""

from __future__ import annotations

import json
import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.meta import get_data
from playwright.sync_api import Page, sync_playwright

from tests.browser_binary import chromium_arguments, find_chromium, use_node_of_the_environment
from tests.pages_server import serve

HERE = Path(__file__).parent
SITE_SRC = HERE.parent
MANIFEST = HERE / "pictures.json"
FOLDER = SITE_SRC / "overrides/assets/site/pictures"
WIDTH, HEIGHT = 1200, 630
LINE = "Plain guides and checklists for owners of small businesses"
COLOURS = 16
"""As many as four bits can tell apart: paper, ink, accent, and shades between them at the edges of letters."""


def wanted(config: MkDocsConfig) -> Mapping[str, Mapping[str, str]]:
    """Place of a page -> file and title of its picture; the site's own has no place."""
    pictures = {"": {"file": "site.png", "title": config.site_name}}
    for path in sorted(Path(config.docs_dir, "guides").glob("*.md")):
        _, meta = get_data(path.read_text("utf-8"))
        pictures[f"guides/{path.name}"] = {"file": f"{path.stem}.png", "title": str(meta["title"])}
    return pictures


def png(width: int, height: int, palette: Sequence[Sequence[int]], pixels: bytes) -> bytes:
    """A PNG whose pixels are numbers of four bits in a table of colours."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (pixels[start : start + width] for start in range(0, len(pixels), width))
    # Each row starts with its filter: none, which is best for such pictures.
    packed = b"".join(b"\0" + bytes(a << 4 | b for a, b in zip(row[::2], row[1::2], strict=True)) for row in rows)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
            chunk(b"PLTE", bytes(part for colour in palette for part in colour)),
            chunk(b"IDAT", zlib.compress(packed, 9)),
            chunk(b"IEND", b""),
        )
    )


def draw(page: Page, title: str, name: str) -> bytes:
    page.evaluate(
        """([title, name, line]) => {
            const heading = document.querySelector("h1");
            // A word of one or two letters does not end a line.
            heading.textContent = title.replace(/ (\\w{1,2}) /g, " $1\\u00a0");
            document.querySelector(".name").textContent = name;
            document.querySelector(".line").textContent = line;
            const lines = () => heading.getBoundingClientRect().height / parseFloat(getComputedStyle(heading).lineHeight);
            heading.classList.remove("long");
            heading.classList.toggle("long", lines() > 3.5);
        }""",
        [title, name, LINE],
    )
    page.evaluate("document.fonts.ready.then(() => true)")
    if page.evaluate("document.documentElement.scrollHeight > innerHeight"):
        raise SystemExit(f"The title does not fit into its picture: {title}")
    shot = f"data:image/png;base64,{b64encode(page.screenshot()).decode()}"
    found = page.evaluate(
        "async ([shot, limit]) => (await import('./quantize.js')).quantize(shot, limit)", [shot, COLOURS]
    )
    return png(found["width"], found["height"], found["palette"], b64decode(found["pixels"]))


def main() -> None:
    config = load_config(str(SITE_SRC.parent / "mkdocs.yml"))
    pictures = wanted(config)
    use_node_of_the_environment()
    path = find_chromium()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve(SITE_SRC) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*chromium_arguments(), "--font-render-hinting=none", "--disable-lcd-text"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(f"{url}pictures/picture.html")
        for entry in pictures.values():
            is_site = entry["title"] == config.site_name
            data = draw(page, entry["title"], "" if is_site else config.site_name)
            (FOLDER / entry["file"]).write_bytes(data)
            print(f"{entry['file']}: {len(data) / 1000:.1f} kB")
        browser.close()
    for old in {file.name for file in FOLDER.glob("*.png")} - {entry["file"] for entry in pictures.values()}:
        (FOLDER / old).unlink()
    manifest = {"width": WIDTH, "height": HEIGHT, "pictures": pictures}
    MANIFEST.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
