"""The faces of the flagship site in every engine: the first page keeps to its stand-ins, the second has the right face."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.face import SECONDS, Face
from tests.engines.reader import Reader
from tests.helpers import Site, serve

# In Chromium alone, `tests/browser/test_faces.py` shows the same in every run.
pytestmark = pytest.mark.slow

FIRST = "guides/task-brief/"
SECOND = "guides/real-cost-of-outsourcing/"
FOLLOW = f"""() => {{
    [...document.querySelectorAll("article a")].find((link) => link.pathname.endsWith("{SECOND}")).click();
}}"""
ON_SECOND = f"""() => document.querySelector("link[rel=canonical]").href.endsWith("{SECOND}")"""

# Loaded by each page: tells the server when the page has been painted, and when its faces have come.
WATCH = """
new PerformanceObserver((list, observer) => {
    if (!list.getEntriesByName("first-contentful-paint").length) return;
    observer.disconnect();
    fetch("/kb/painted", { cache: "no-store" });
}).observe({ type: "paint", buffered: true });
Promise.all(siteFaces.map((face) => face.loaded)).then(() => fetch("/kb/arrived", { cache: "no-store" }));
"""

# A face is in use where it makes no difference what is named behind it.
IN_USE = """async (faces) => {
    const probe = document.createElement("span");
    probe.textContent = "Hamburgefonstiv 0123456789";
    document.querySelector("article").append(probe);
    const width = (family, style, other) => {
        Object.assign(probe.style, { fontFamily: `${family}, ${other}`, fontStyle: style, fontSize: "40px", fontWeight: "400" });
        return probe.getBoundingClientRect().width;
    };
    const found = faces.filter(([family, style]) => width(family, style, "monospace") === width(family, style, "serif"));
    probe.remove();
    return found;
}"""
ARRIVED = "async () => (await Promise.all(siteFaces.map((face) => face.loaded))).length"
UPRIGHT = [["Literata", "normal"], ["Public Sans", "normal"]]
ALL = [*UPRIGHT, ["Literata", "italic"], ["Public Sans", "italic"]]


@pytest.fixture
def late_site(flagship: Site, tmp_path: Path) -> Iterator[Site]:
    """The flagship site. Its faces come when the first page has been painted, and the body of the second page comes after them."""
    heard = {name: threading.Event() for name in ("painted", "arrived")}

    def before(path: str) -> None:
        name = path.rpartition("/")[2]
        if name in heard:
            heard[name].set()
        elif name.endswith(".woff2"):
            assert heard["painted"].wait(SECONDS), "nothing was painted"
        elif path.endswith(SECOND):
            heard["arrived"].clear()
        elif name == "wait.js":
            assert heard["arrived"].wait(SECONDS), "no face came"

    site_dir = tmp_path / "site"
    shutil.copytree(flagship.site_dir, site_dir)
    files = {"painted": "", "arrived": "", "watch.js": WATCH, "wait.js": ""}
    for name, text in files.items():
        (site_dir / name).write_text(text, "utf-8")
    with serve(site_dir, before=before) as url:
        for file in [*site_dir.rglob("*.html"), site_dir / "sitemap.xml"]:
            text = file.read_text("utf-8").replace(flagship.url, url)
            scripts = ["watch.js", "wait.js"] if file.parent.name == SECOND.split("/")[1] else ["watch.js"]
            tags = "".join(f'<script src="/kb/{script}"></script>' for script in scripts)
            file.write_text(text.replace("</head>", f"{tags}</head>", 1), "utf-8")
        yield Site(url, site_dir, flagship.root)


@pytest.mark.parametrize("way", ["instant", "full"])
def test_face_that_comes_late_is_used_from_the_second_page_on(face: Face, late_site: Site, way: str) -> None:
    reader = Reader(face)
    face.open(late_site.url + FIRST)
    assert face.evaluate(ARRIVED) == 4
    assert face.evaluate(IN_USE, UPRIGHT) == []
    face.evaluate("() => { window.stillHere = true; }")
    if way == "instant":
        face.evaluate(FOLLOW)
    else:
        face.open(late_site.url + SECOND)
    reader.wait_until(ON_SECOND)
    assert face.evaluate("() => window.stillHere === true") == (way == "instant")
    reader.wait_until("() => document.fonts.status === 'loaded'")
    assert face.evaluate(IN_USE, ALL) == ALL
