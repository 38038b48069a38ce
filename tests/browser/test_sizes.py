"""What a phone has to load and hold: budgets of style sheet and HTML, as served and compressed.

That of the scripts is in `test_bundle.py`: it holds for what a wheel serves.
"""

import gzip
import html
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from mkdocs_checklists.words.messages import CATALOGUE_PARTS
from tests.browser.widget import NAMED, SIGN, TREE, YES, open_widget, wait_until, wait_until_stored, write_checklist
from tests.helpers import REPOSITORY, Site, SiteFactory

STYLE_LIMIT = 5_000
RAW_LIMIT, GZIPPED_LIMIT = 2.2, 1.45
QUESTIONS = 500

ASSETS = REPOSITORY / "plugins/mkdocs_checklists/assets"


def served_size(url: str) -> int:
    """How many bytes travel for a file when the browser takes gzip."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as response:
        assert response.headers["Content-Encoding"] == "gzip", url
        return len(response.read())


def read(url: str) -> str:
    with urlopen(url) as response:
        return bytes(response.read()).decode()


def entry_of(page_url: str) -> str:
    found = re.search(r'src="([^"]*/assets/checklists/[^"]*define\.js)"', read(page_url))
    assert found is not None
    return urljoin(page_url, str(found[1]))


def static_imports(url: str) -> set[str]:
    """The addresses of a module and of all that it cannot start without."""
    found, waiting = set(), [url]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            names = re.findall(r'(?:\bfrom|(?:^|[;\n])\s*import)\s*["\']([^"\']+)["\']', read(module))
            waiting += [urljoin(module, name) for name in names]
    return found


@pytest.fixture(params=["small site", "flagship"])
def page_url(request: pytest.FixtureRequest, site_factory: SiteFactory) -> str:
    if request.param == "small site":
        return site_factory(TREE).url + "whole/"
    site: Site = request.getfixturevalue("flagship")
    return site.url + "guides/eight-first-time-outsourcing-mistakes/"


def test_style_sheet_with_the_rules_of_the_tally_is_small(page_url: str) -> None:
    found = re.search(r'href="([^"]*/assets/checklists/[^"]*\.css)"', read(page_url))
    assert found is not None
    size = served_size(urljoin(page_url, found[1]))
    assert size <= STYLE_LIMIT, size


def test_an_answer_is_counted_and_kept_without_any_further_module(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url + "first/"
    needed = static_imports(entry_of(url))
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    # A part without the panel: what the result needs loads only where there is one.
    widget = open_widget(page, url, "spread")
    widget.answer({NAMED: YES, SIGN: YES})
    widget.expect_answered(2)
    wait_until_stored(page, {"named": "yes", "sign": "yes"}, "spread")
    loaded = {address for address in requested if re.search(r"/assets/checklists/.*\.js$", address)}
    # What is announced a second after the last answer is worded by one more, which may have come by now.
    assert {address for address in loaded if not address.endswith("/answering/spoken.js")} == needed


def test_what_the_panel_needs_never_holds_up_the_first_answer(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url + "whole/"
    needed = static_imports(entry_of(url))

    def hold_back_all_that_is_not_needed(route_url: str) -> bool:
        return bool(re.search(r"/assets/checklists/.*\.js$", route_url)) and route_url not in needed

    page.route(hold_back_all_that_is_not_needed, lambda _: None)
    widget = open_widget(page, url)
    widget.answer({NAMED: YES})
    widget.expect_answered(1)
    wait_until_stored(page, {"named": "yes"})
    page.unroute_all(behavior="ignoreErrors")


# --- what is left out on the way to the browser ------------------------------------------------------------------


def literals(source: str) -> Iterator[str]:
    """The texts in a module, in order: strings, regular expressions, and the pieces of templates between their holes."""
    at, before = 0, "\n"
    holes: list[int] = []
    quoted = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', re.DOTALL)
    expression = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+/[a-z]*")
    piece = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)
    while at < len(source):
        sign = source[at]
        if source.startswith("//", at):
            at = source.find("\n", at) % (len(source) + 1)
        elif source.startswith("/*", at):
            at = source.index("*/", at) + 2
        elif sign in "\"'" and (match := quoted.match(source, at)):
            yield match[0]
            at, before = match.end(), '"'
        elif sign == "/" and before in "(,=:[!&|?{};\n+<>" and (match := expression.match(source, at)):
            yield match[0]
            at, before = match.end(), "/"
        elif sign == "`" or (sign == "}" and holes and holes[-1] == 0):
            if sign == "}":
                holes.pop()
            match = piece.match(source, at + 1)
            assert match is not None
            yield f"`{match[0]}`"
            at, before = match.end(), "`"
            if source.startswith("${", at):
                holes.append(0)
                at, before = at + 2, "{"
            else:
                at += 1
        else:
            if holes and sign in "{}":
                holes[-1] += 1 if sign == "{" else -1
            if not sign.isspace():
                before = sign
            at += 1


@pytest.mark.parametrize("name", [file.relative_to(ASSETS).as_posix() for file in sorted(ASSETS.rglob("*.js"))])
@pytest.mark.sources
def test_served_module_says_what_its_source_says(site_factory: SiteFactory, name: str) -> None:
    served = read(urljoin(entry_of(site_factory(TREE).url + "whole/"), name))
    assert list(literals(served)) == list(literals((ASSETS / name).read_text("utf-8")))


# --- many questions -----------------------------------------------------------------------------------------------


WORDS = re.findall(
    r"\w+",
    """
    task provider week check written person result cost before after list date review sample price hour file owner
    access account process step customer reply quality brief example feedback contract number plan month team money
    shop order invoice report draft approve decide change rule simple clear named shared agreed
    """,
)


def realistic_checklist() -> tuple[str, str]:
    """A checklist of 500 questions with help and advice, and the bare form that one would write by hand with its words."""
    chance = random.Random(4)

    def some(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(count))

    summary = some(12)
    lines = [
        "title: Big one",
        f"summary: {summary}",
        "scales:",
        "  paper:",
        "    - {id: written, text: Yes written down and shared, points: 2}",
        "    - {id: partly, text: Only in my head or in messages, points: 1}",
        "    - {id: missing, text: No nothing yet, points: 0}",
        "sections:",
    ]
    form = [f"<h2>Big one</h2><form><p>{summary}</p>"]
    options = {
        "written": "Yes written down and shared",
        "partly": "Only in my head or in messages",
        "missing": "No nothing yet",
        "unknown": "I don’t know",
    }
    for section in range(QUESTIONS // 10):
        title, why = some(5), some(40)
        lines += [f"  - id: part-{section}", f"    title: {title}", f"    why: {why}", "    items:"]
        form.append(f'<h3 id="part-{section}">{title}</h3><p>{why}</p>')
        for place in range(10):
            number = section * 10 + place
            text, help_, some_more, all_of_it = f"{some(12).capitalize()}?", some(14), some(16), some(14)
            lines += [
                f"      - id: {'-'.join(chance.sample(WORDS, 2))}-{number}",
                f"        text: {text}",
                f"        help: {help_}",
                "        scale: paper",
                f"        weight: {1 + place % 3}",
                f"        recommend: {{partly: {some_more}, missing: {all_of_it}}}",
                "        effort: 20 min",
                *(["        caps: {missing: low}"] if place == 0 else []),
            ]
            rows = "".join(
                f'<label><input type="radio" name="q{number}" value="{value}"> {words}</label>'
                for value, words in options.items()
            )
            form.append(
                f"<fieldset><legend>{html.escape(text)}</legend><p>{help_}</p>{rows}"
                f"<p>{some_more}</p><p>{all_of_it}</p><p>About 20 minutes</p></fieldset>"
            )
    lines += [
        "bands:",
        "  - {id: ready, min: 80, title: Ready, text: Go on}",
        "  - {id: low, min: 0, title: Not yet, text: Wait}",
    ]
    return "\n".join(lines) + "\n", "".join([*form, "</form>"])


def test_page_with_500_questions_is_not_much_larger_than_a_bare_form(site_factory: SiteFactory) -> None:
    checklist, bare = realistic_checklist()
    site = site_factory({"checklists/big.yml": checklist, "docs/index.md": "# Home\n\n::: checklist big\n"})
    page = (site.site_dir / "index.html").read_text("utf-8")
    # The theme around it is no part of the widget.
    start = page.index('<h2 id="big">')
    part = page[start : page.index("</scored-checklist>") + len("</scored-checklist>")]
    assert part.count("<fieldset") == QUESTIONS

    def gzipped(text: str) -> int:
        return len(gzip.compress(text.encode(), 9, mtime=0))

    assert len(part.encode()) <= RAW_LIMIT * len(bare.encode()), len(part.encode()) / len(bare.encode())
    assert gzipped(part) <= GZIPPED_LIMIT * gzipped(bare), gzipped(part) / gzipped(bare)


COUNT_LISTENERS = """
window.listeners = [];
const { addEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  if (new Error().stack.includes("/assets/checklists/")) listeners.push(`${this?.localName ?? this?.constructor.name} ${type}`);
  return addEventListener.call(this ?? window, type, ...rest);
};
"""


def test_listeners_do_not_grow_with_the_number_of_questions(page: Page, site_factory: SiteFactory) -> None:
    page.add_init_script(COUNT_LISTENERS)
    found: Mapping[int, list[str]] = {}
    for count in (2, 60):
        text = write_checklist(*[f"Is point {n} done?" for n in range(1, count + 1)], title=f"{count} questions")
        url = site_factory({"checklists/many.yml": text, "docs/index.md": "# Many\n\n::: checklist many\n"}).url
        widget = open_widget(page, url, "many")
        widget.answer({"Is point 1 done?": "No", "Is point 2 done?": "No"})
        widget.expect_answered(2, count)
        # The part that writes the result is loaded with the first answer, and listens from then on.
        wait_until(page, "() => listeners.includes('section toggle')")
        # Without those in the folds of the result: which folds there are depends on the answers. And without those that wait for
        # the end of the page: whether they are needed depends on how soon the script is there.
        passing = ("details ", "button ", "HTMLDocument ")
        outside = [name for name in page.evaluate("listeners") if not name.startswith(passing)]
        found = {**found, count: sorted(outside)}
        handlers = "[...document.querySelectorAll('scored-checklist *')].filter((e) => e.onchange || e.onclick).length"
        assert page.evaluate(handlers) == 0
    assert found[2] == found[60]
    assert found[2].count("scored-checklist change") == 1
    assert found[2].count("scored-checklist click") == 1


@pytest.mark.sources
def test_the_browser_files_are_those_of_the_package(site_factory: SiteFactory) -> None:
    folder = Path(site_factory(TREE).site_dir / "assets/checklists")
    (release,) = folder.iterdir()
    assert re.fullmatch(r"[0-9a-f]{12}", release.name)
    sources = [file for kind in ("js", "css") for file in ASSETS.rglob(f"*.{kind}")]
    expected = {file.relative_to(ASSETS).as_posix() for file in sources} | {"tools.css"}
    expected |= {part.module for part in CATALOGUE_PARTS if part.module}
    assert {file.relative_to(release).as_posix() for file in release.rglob("*") if file.is_file()} == expected
