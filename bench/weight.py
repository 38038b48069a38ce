"""What travels: the page, scripts before and after the first answer, style sheets."""

import gzip
import re
from dataclasses import dataclass
from urllib.request import urlopen

from playwright.sync_api import Browser

from bench.chromium import SIZES, Tab, chromium, open_tab, served_pages
from bench.report import Findings, Part, Settings, Table, ratio
from bench.sites import CONTENDERS, TALLY, Contender

REST = 1500
"""Milliseconds until what was asked for is there."""
THEMES_OWN = re.compile(r"/assets/(?:images|javascripts|stylesheets)/|/search/|/sitemap\.xml")

NAMES = tuple(contender.name for contender in CONTENDERS)
BARE = "bare form"
SMALLEST = min(SIZES)

RAW = Table(
    "HTML of the article, kB",
    tuple(text for size in SIZES for text in (f"{size} questions", "to the bare form")),
    (BARE, *NAMES),
)
GZIP = Table("HTML of the article, gzip, kB", RAW.columns, RAW.rows)
OTHER = Table(
    f"Scripts and style sheets of its own at {SMALLEST} questions, gzip, kB",
    ("scripts before the first answer", "scripts after it", "style sheets", "all"),
    NAMES,
)


def gzipped(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def _fetch(url: str) -> bytes:
    with urlopen(url) as response:
        return bytes(response.read())


@dataclass(frozen=True)
class Article:
    """What a page adds to the theme around it; scripts and style sheets that stand in it apart."""

    html: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]

    @classmethod
    def of(cls, page: str) -> "Article":
        article = page[page.index("<article") : page.index("</article>")]
        # Definitions in JSON are words, not scripts.
        script = re.compile(r"<script(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
        style = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
        scripts, styles = script.findall(article), style.findall(article)
        return cls(style.sub("", script.sub("", article)), tuple(filter(None, scripts)), tuple(filter(None, styles)))


def _files(tab: Tab, ending: str) -> dict[str, int]:
    """The files of one kind that the page has loaded so far and that are not the theme's: address -> size."""
    urls = tab.page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return {url: gzipped(_fetch(url)) for url in urls if url.endswith(ending) and not THEMES_OWN.search(url)}


def _weigh_files(browser: Browser, contender: Contender, url: str) -> tuple[int, int, int]:
    """Scripts before the first answer, scripts that come after it, style sheets."""
    article = Article.of(_fetch(url).decode())
    with open_tab(browser, contender, url, answering=False) as tab:
        tab.page.wait_for_load_state("load")
        tab.page.wait_for_timeout(REST)
        before = _files(tab, ".js")
        tab.page.locator(contender.question).first.locator(contender.option).first.click()
        tab.page.wait_for_timeout(REST)
        after = _files(tab, ".js")
        styles = _files(tab, ".css")
    inline = [sum(gzipped(text.encode()) for text in texts) for texts in (article.scripts, article.styles)]
    return (
        sum(before.values()) + inline[0],
        sum(size for name, size in after.items() if name not in before),
        sum(styles.values()) + inline[1],
    )


def measure(settings: Settings) -> Findings:
    findings = Findings()
    with served_pages(SIZES) as urls, chromium() as browser:
        pages = {(name, size): Article.of(_fetch(urls[name, size]).decode()).html for name in NAMES for size in SIZES}
        for size in SIZES:
            # Without what only the tally reads.
            pages[BARE, size] = re.sub(r' data-points="\d+"', "", pages[TALLY.name, size])
        for name in (BARE, *NAMES):
            for table, weigh in ((RAW, len), (GZIP, gzipped)):
                cells: list[str] = []
                for size in SIZES:
                    weight, bare = weigh(pages[name, size].encode()), weigh(pages[BARE, size].encode())
                    cells += [f"{weight / 1000:.1f}", ratio(weight, bare)]
                findings.put(table, name, *cells)
        for contender in CONTENDERS:
            found = _weigh_files(browser, contender, urls[contender.name, SMALLEST])
            findings.put(OTHER, contender.name, *(f"{size / 1000:.1f}" for size in (*found, sum(found))))
    return findings


PART = Part(
    name="weight",
    title="Weight of a page",
    how="""\
Kilobytes (1,000 bytes) of what a page has between `<article>` and its end in Material, whose own share is left out; gzip at
level 9. Scripts and style sheets that stand in the page (mkdocs-quiz) are counted with the files, and JSON with the HTML.
The bare form has headings, field sets, legends, labels, radios and the same words. *Before* is what the browser has loaded
when nothing is left to load; *after* is what it fetches once the first option has been pressed. SurveyJS is given no advice
to show, so its definition says less than the others.""",
    tables=(RAW, GZIP, OTHER),
    targets=(),
    measure=measure,
)
