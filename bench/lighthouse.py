"""What Lighthouse says of the site, beside the same pages in bare Material."""

import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from bench.clock import in_turns
from bench.report import Findings, Part, Settings, Table, Target
from tests.browser_binary import chromium_arguments, find_chromium, use_node_of_the_environment
from tests.helpers import REPOSITORY, Build, build_site
from tests.pages_server import serve

PROGRAM = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
PROXY = Path(__file__).parent / "http2.mjs"
RUNS = 5

PAGES = {
    "home": ("index.md", ""),
    "a guide": ("guides/eight-first-time-outsourcing-mistakes.md", "guides/eight-first-time-outsourcing-mistakes/"),
    "all checklists": ("checklists.md", "checklists/"),
}
"""Name -> the file that must be there, and its address."""

CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
MEASURES: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "first-contentful-paint": ("first paint, s", lambda value: f"{value / 1000:.1f}"),
    "largest-contentful-paint": ("largest paint, s", lambda value: f"{value / 1000:.1f}"),
    "total-blocking-time": ("blocked, ms", lambda value: f"{value:.0f}"),
    "cumulative-layout-shift": ("shift", lambda value: f"{value:.3f}"),
    "total-byte-weight": ("sent, kB", lambda value: f"{value / 1000:.0f}"),
}

OURS, BARE = "this site", "bare Material"
SITES = (OURS, BARE)
ROWS = tuple(f"{page}, {site}" for page in PAGES for site in SITES)
SCORES = Table("Lighthouse: medians of the scores, of 100", tuple(CATEGORIES.values()), ROWS)
LOADING = Table(
    "Lighthouse: medians of what performance is made of", tuple(name for name, _ in MEASURES.values()), ROWS
)

BEHIND = Target("lighthouse-performance", "Points of performance behind bare Material, on the worst page", 2, "points")
MISSING = {
    category: Target(f"lighthouse-{category}", f"Points of {name} missing to 100, on the worst page", 0, "points")
    for category, name in CATEGORIES.items()
    if category != "performance"
}


@dataclass
class Page:
    """What all runs found on one page of one site."""

    scores: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    measures: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: set[str] = field(default_factory=set)
    """What cost a point, but for performance."""

    def score(self, category: str) -> float:
        return median(self.scores[category])


def build_ours(site_dir: Path, url: str) -> Build:
    return build_site(REPOSITORY, site_dir, site_url=url)


def build_bare(site_dir: Path, url: str) -> Build:
    """The same words and the HTML of the same questions, with nothing of ours that a browser loads: no style, no script."""
    with TemporaryDirectory() as folder:
        docs = Path(folder) / "content"
        shutil.copytree(REPOSITORY / "content", docs)
        for page in docs.rglob("*.md"):
            # The templates are ours.
            page.write_text(re.sub(r"(?m)^template: .*\n", "", page.read_text("utf-8"), count=1), "utf-8")
        return build_site(
            REPOSITORY,
            site_dir,
            # Our own checks would complain of what is missing on purpose.
            strict=False,
            site_url=url,
            docs_dir=str(docs),
            theme={"name": "material", "font": False, "language": "en", "features": ["navigation.instant"]},
            plugins=["search"],
            hooks=[],
            extra_css=[],
            extra_javascript=[],
        )


def _node() -> str:
    use_node_of_the_environment()
    node = os.environ.get("PLAYWRIGHT_NODEJS_PATH") or shutil.which("node")
    if node is None:
        raise RuntimeError("Lighthouse needs Node")
    return node


@contextmanager
def as_http2(url: str) -> Iterator[str]:
    """The same site by HTTP/2, as GitHub Pages sends it: in HTTP/1.1 every file more than six waits for another."""
    if shutil.which("openssl") is None:
        raise RuntimeError("HTTP/2 needs a certificate, and so the program openssl")
    with TemporaryDirectory() as folder:
        key, certificate = Path(folder) / "key.pem", Path(folder) / "certificate.pem"
        make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
        subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
        parts = urlsplit(url)
        command = [_node(), str(PROXY), str(parts.port), str(key), str(certificate)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            if not port:
                raise RuntimeError("The server for HTTP/2 did not start")
            # Leaving closes its standard input, by which it ends.
            yield f"https://127.0.0.1:{port}{parts.path}"


@contextmanager
def served_sites() -> Iterator[Mapping[str, str]]:
    """Both sites on ports of their own, compressed, below a path as on GitHub Pages: name -> address."""
    with ExitStack() as stack:
        urls = {}
        for name, build in ((OURS, build_ours), (BARE, build_bare)):
            site_dir = Path(stack.enter_context(TemporaryDirectory())) / "site"
            # The canonical address of a page must be the one under which it is looked at.
            url = urls[name] = stack.enter_context(as_http2(stack.enter_context(serve(site_dir))))
            built = build(site_dir, url)
            if built.failure:
                raise RuntimeError(built.report)
        yield urls


def run(url: str) -> Mapping[str, Any]:
    """The report of one run, as on a phone."""
    chromium = find_chromium()
    if chromium is None:
        raise RuntimeError("No Chromium found: `python -m tests.ensure_browser` installs one, or says what to do")
    process = subprocess.run(
        [
            _node(),
            str(PROGRAM),
            url,
            "--quiet",
            "--output=json",
            "--output-path=stdout",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(_flags())}",
            "--no-enable-error-reporting",
        ],
        env=os.environ | {"CHROME_PATH": str(chromium)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if process.returncode:
        raise RuntimeError(f"Lighthouse gave up on {url}:\n{process.stderr}")
    report: dict[str, Any] = json.loads(process.stdout)
    if "runtimeError" in report:
        raise RuntimeError(f"Lighthouse gave up on {url}: {report['runtimeError']['message']}")
    return report


def _flags() -> list[str]:
    """As the tests drive Chromium. One argument has blanks in it, which must stay together."""
    return [
        "--headless=new",
        "--ignore-certificate-errors",
        *(f'"{flag}"' if " " in flag else flag for flag in chromium_arguments()),
    ]


def take_in(page: Page, report: Mapping[str, Any]) -> None:
    for category in CATEGORIES:
        score = report["categories"][category]["score"]
        if score is None:
            raise RuntimeError(f"Lighthouse has no score for {category}")
        page.scores[category].append(100 * score)
        if category != "performance":
            for reference in report["categories"][category]["auditRefs"]:
                audit = report["audits"][reference["id"]]
                if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                    page.failed.add(f"{audit['id']}: {audit['title']}")
    for measure in MEASURES:
        page.measures[measure].append(report["audits"][measure]["numericValue"])


def measure(settings: Settings) -> Findings:
    there = {name: path for name, (source, path) in PAGES.items() if (REPOSITORY / "content" / source).is_file()}
    found = {(page, site): Page() for page in there for site in SITES}
    with served_sites() as urls:
        for page, site in in_turns(list(found), settings.times(RUNS)):
            take_in(found[page, site], run(urls[site] + there[page]))
            print(".", end="", flush=True)
    print()
    return tell(found)


def tell(found: Mapping[tuple[str, str], Page]) -> Findings:
    findings = Findings()
    for (name, site), page in found.items():
        row = f"{name}, {site}"
        findings.put(SCORES, row, *(f"{page.score(category):.0f}" for category in CATEGORIES))
        findings.put(LOADING, row, *(say(median(page.measures[key])) for key, (_, say) in MEASURES.items()))
        for failed in sorted(page.failed):
            print(f"{row}: {failed}")
    names = [name for name, site in found if site == OURS]
    findings.values[BEHIND.id] = max(
        found[name, BARE].score("performance") - found[name, OURS].score("performance") for name in names
    )
    for category, target in MISSING.items():
        findings.values[target.id] = max(100 - found[name, OURS].score(category) for name in names)
    return findings


PART = Part(
    name="lighthouse",
    title="Lighthouse",
    how=f"""\
Lighthouse as it comes: the page loaded with nothing cached on a simulated phone of the middle class with slow 4G. Pages of the site
of this repository, beside the same pages in Material with neither our theme nor our package: the questions stand in them as
plain HTML, without style and without a script that scores them. Both are served over loopback by HTTP/2, compressed, below a
path.
Median of {RUNS} runs each, in turns. *Sent* is what travels until the page is at rest; *blocked* is the time in which the main
thread could not answer a tap.""",
    tables=(SCORES, LOADING),
    targets=(BEHIND, *MISSING.values()),
    measure=measure,
)
