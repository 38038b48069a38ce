"""How far the text of the site's pages moves while they come."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.chromium import chromium
from bench.lighthouse import build_ours
from bench.report import Findings, Part, Settings, Table, Target
from tests.browser.standing import MOST, OBSERVE, PHONE, come_to_rest, open_late, shift
from tests.pages_server import serve

GROUPS = {"guides": "guides/", "pages for authors": "authors/", "all others": ""}
"""Name -> how the addresses of these pages begin; the first that fits counts."""

MOVED = Table("Layout shift on a phone: the largest of these pages", ("pages", "cold", "warm"), tuple(GROUPS))
WORST = Target("layout-shift", "Layout shift of the worst page, cold or warm", MOST, "shift")


def _visit(browser: Browser, url: str) -> tuple[float, float]:
    """A first visit, whose faces come when the page has been painted, and one that has all in the cache."""
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(OBSERVE)
    cold, warm = context.new_page(), context.new_page()
    open_late(cold, url)
    warm.goto(url)
    come_to_rest(warm)
    found = shift(cold), shift(warm)
    context.close()
    return found


def measure(settings: Settings) -> Findings:
    found: dict[str, tuple[float, float]] = {}
    with TemporaryDirectory() as folder, serve(Path(folder) / "site") as url, chromium() as browser:
        site_dir = Path(folder) / "site"
        built = build_ours(site_dir, url)
        if built.failure:
            raise RuntimeError(built.report)
        paths = sorted(file.parent.relative_to(site_dir).as_posix() for file in site_dir.rglob("index.html"))
        for path in paths[:4] if settings.quick else paths:
            name = "" if path == "." else f"{path}/"
            found[name] = _visit(browser, url + name)
            print(f"{name or 'home'}: {found[name][0]:.4f} cold, {found[name][1]:.4f} warm", flush=True)
    return tell(found)


def tell(found: Mapping[str, tuple[float, float]]) -> Findings:
    findings = Findings()
    groups: defaultdict[str, list[Sequence[float]]] = defaultdict(list)
    for path, shifts in found.items():
        groups[next(name for name, start in GROUPS.items() if path.startswith(start))].append(shifts)
    for name, pages in groups.items():
        findings.put(MOVED, name, str(len(pages)), *(f"{max(shifts):.4f}" for shifts in zip(*pages, strict=True)))
    findings.values[WORST.id] = max(max(shifts) for shifts in found.values())
    return findings


PART = Part(
    name="standing",
    title="How still a page stands",
    how=f"""\
Every page of the site of this repository in headless Chromium, {PHONE["width"]} by {PHONE["height"]}, served over loopback. *Layout
shift* is the sum of all that the browser reports until faces and style sheets are there, whatever set it off. *Cold*: nothing
is cached, and the faces come when the page has been painted without them, which is the worst moment. *Warm*: another tab of
the same reader.""",
    tables=(MOVED,),
    targets=(WORST,),
    measure=measure,
)
