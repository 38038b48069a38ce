"""Several hundred known ways to smuggle code into a page, in every place that takes a text: none runs, and plain text stays text.

`payloads.json` has them by technique. Each would set `window.executed`, open a dialog, fail in the console or ask another host,
which is how a test notices it. They are tried without a policy, so that it is the escaping that is tested, and with one.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from mkdocs_checklists.model.phrases import plain_phrase
from tests.browser.widget import NAMED, NO, TREE, a_run, an_entry, open_widget, say, slot_of, store, stored, wait_until
from tests.helpers import Site, SiteFactory, build_site, write_tree

GROUPS: dict[str, list[str]] = json.loads((Path(__file__).parent / "payloads.json").read_text("utf-8"))
PAYLOADS = [payload for group in GROUPS.values() for payload in group]

CONFIG = """\
site_name: Hostile
theme: {name: material, font: false, features: [navigation.instant, content.code.copy]}
plugins: [checklists]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables: {use_align_attribute: true}
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight: {pygments_lang_class: true}
  - pymdownx.inlinehilite
  - pymdownx.superfences
  - pymdownx.tasklist
"""

PLACEHOLDERS = " ".join(text for text in GROUPS["templates"] if re.match(r"[{$%\\]", text))
"""What looks as if it had to be filled in, for a sentence that the script fills in around it."""

# What no text of an author's may become.
MADE = """() => {
    const bad = [];
    const names = ["script", "iframe", "object", "embed", "base", "meta", "link", "style", "math", "image", "video", "audio",
        "source", "textarea", "select", "template", "noscript", "dialog:not([data-steps])", "frame", "frameset", "marquee",
        "portal", "applet", "xmp", "plaintext", "listing", "isindex", "animate", "set", "use",
        "foreignobject", "handler", "form form", "x"];
    for (const element of document.querySelectorAll("article *, .md-nav__link *")) {
        const tag = element.outerHTML.slice(0, 200);
        if (element.matches(names.join(","))) bad.push(tag);
        for (const { name, value } of element.attributes) {
            if (/[^a-z0-9:_-]/i.test(name)) bad.push(tag);
            if (/^on|^(style|srcdoc|formaction|action|background|xlink:href|autofocus)$/.test(name)) bad.push(tag);
        }
        // As the browser reads it, not as it is written. What it cannot read as an address leads nowhere.
        const address = element.href ?? element.src;
        if (typeof address === "string" && URL.canParse(address) && !/^(https?|mailto|tel):/.test(address)) bad.push(tag);
    }
    return bad;
}"""


def words(text: str) -> str:
    return " ".join(text.split())


Line = tuple[str, str | None]
"""A line of YAML and the text that it holds, by which a diagnostic is traced back."""


def quoted(start: str, text: str, payload: str | None = None) -> Line:
    # JSON is YAML.
    return f"{start}{json.dumps(text, ensure_ascii=False)}", text if payload is None else payload


def section(number: int, *, title: str = "", items: str = "items: []") -> list[Line]:
    return [(f"  - id: s{number}", None), (f"    title: {title or f'Section {number}'}", None), (f"    {items}", None)]


def question(number: int) -> list[Line]:
    start = f"      - {{id: i{number}, text: Question {number}, scale: yes-no, recommend: Mend it.}}"
    return [*section(number, items="items:"), (start, None)]


def listed(key: str, texts: Iterable[str], indent: int = 4) -> list[Line]:
    lines = [quoted(f"{' ' * indent}  - ", text) for text in texts]
    return [(f"{' ' * indent}{key}:", None), *lines] if lines else []


def plain(texts: list[str]) -> Iterator[Line]:
    """Each text in two of the fields that are shown as typed."""
    for number in range(0, len(texts), 4):
        text, best, worse, worst, template, cost, label, title = (texts[(number + n) % len(texts)] for n in range(8))
        options = [("yes", best, 2), ("partly", worse, 1), ("no", worst, 0)]
        item = {
            "id": f"i{number}",
            "text": text,
            "options": [{"id": name, "text": words, "points": points} for name, words, points in options],
            "template": template.replace("{", "{{"),  # Else it is a blank.
            "cost": cost,
            "recommend": "Mend it.",
        }
        whole = {"id": f"s{number}", "label": label, "title": title, "items": [item]}
        yield f"  - {json.dumps(whole, ensure_ascii=False)}", None


def inline(texts: list[str]) -> Iterator[Line]:
    for number in range(0, len(texts), 20):
        few = texts[number : number + 20]
        yield from section(number, items="items:")
        yield f"      - id: i{number}", None
        yield f"        text: Question {number}", None
        yield "        scale: yes-no", None
        yield quoted("        help: ", few[0])
        yield quoted("        recommend: ", few[-1])
        yield from listed("signs", few[::2])
        yield from listed("remedies", few[1::2])


def block(texts: list[str]) -> Iterator[Line]:
    for number, text in enumerate(texts):
        yield from section(number)
        yield quoted("    why: ", text)
    yield from question(len(texts))


def see(texts: list[str]) -> Iterator[Line]:
    for number in range(0, len(texts), 20):
        yield from section(number, items="items:")
        yield f"      - id: i{number}", None
        yield f"        text: Question {number}", None
        yield "        scale: yes-no", None
        yield "        recommend: Mend it.", None
        yield from listed("see", texts[number : number + 20], 8)


def links(texts: list[str]) -> Iterator[Line]:
    for number, text in enumerate(texts):
        ways = f"[a]({text}) [b](<{text}>) <{text}> [c](/x.md '{text}') [d][z{number}]\n\n[z{number}]: {text}"
        yield from section(number)
        yield quoted("    why: ", ways, text)
    yield from question(len(texts))


KINDS: dict[str, Callable[[list[str]], Iterator[Line]]] = {
    "plain": plain,
    "inline": inline,
    "block": block,
    "see": see,
    "links": links,
}
REFUSED = {"unsafe-link", "bad-link", "hidden-host", "relative-link", "unknown-page", "unknown-anchor"}
"""What the build may say instead of showing a text in a link. None of these stops it with a traceback."""


def write(kind: str, texts: list[str]) -> list[Line]:
    bands = [{"id": "high", "min": 100, "title": "High"}, {"id": "low", "min": 0, "title": PLACEHOLDERS, "text": "Low"}]
    head = [f"title: The {kind} texts", "unknown: false", f"bands: {json.dumps(bands)}", "sections:"]
    return [*((line, None) for line in head), *KINDS[kind](texts)]


@dataclass(frozen=True)
class Hostile:
    """The site of all texts, and which of them the build refused to show, by kind."""

    site: Site
    refused: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def hostile(site_factory: SiteFactory, tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    addresses = [*GROUPS["addresses"], *(f"https://example.org/{payload}" for payload in PAYLOADS)]
    texts = {kind: addresses if kind in ("see", "links") else PAYLOADS for kind in KINDS}
    refused: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    root = tmp_path_factory.mktemp("hostile")
    while True:
        left = {kind: write(kind, [text for text in texts[kind] if text not in refused[kind]]) for kind in KINDS}
        tree = {
            "mkdocs.yml": CONFIG,
            "docs/index.md": "# Home\n",
            "docs/x.md": "# Other\n\nA page that links may lead to.\n",
            **{f"checklists/{kind}.yml": "".join(f"{line}\n" for line, _ in left[kind]) for kind in KINDS},
            **{f"docs/{kind}.md": f"::: checklist {kind} level=1\n" for kind in KINDS},
        }
        report = build_site(write_tree(root, tree)).report
        found = re.findall(r"checklists/(\w+)\.yml:(\d+):\d+: (?s:.*?) \[([a-z-]+)\]$", report, re.MULTILINE)
        if not report:
            return Hostile(site_factory(tree), refused)
        assert found, report
        for kind, line, code in found:
            text = left[kind][int(line) - 1][1]
            assert text is not None, report
            refused[kind][text] = code


@pytest.fixture
def is_strict(request: pytest.FixtureRequest) -> bool:
    """Whether the policy is in force. It is not, so that it is the escaping that is tested; some tests follow under it."""
    return bool(getattr(request, "param", False))


@pytest.fixture
def reader(is_strict: bool, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page that notices what an injected script would do; the browser log notices errors and requests to other hosts."""
    page = new_context(bypass_csp=not is_strict).new_page()
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    yield page
    assert page.evaluate(MADE) == []
    assert page.evaluate("[window.executed, ({}).executed, [].executed]") == [None, None, None]
    assert dialogs == []


def answer_all(page: Page) -> None:
    """Give every question its worst answer, and open all that there is to open."""
    page.evaluate("""() => {
        for (const input of document.querySelectorAll("scored-checklist input[value=no]")) input.click();
        for (const fold of document.querySelectorAll("article details")) fold.open = true;
    }""")
    expect(page.locator("[data-score]")).to_contain_text("0 of 100")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def test_corpus_is_large_and_without_repetition() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 200


def test_plain_text_is_shown_as_typed(reader: Page, hostile: Hostile) -> None:
    assert hostile.refused["plain"] == {}
    open_widget(reader, hostile.site.url + "plain/", "plain")
    answer_all(reader)
    shown = reader.evaluate("""() => [...document.querySelectorAll("scored-checklist fieldset")].map((item) => ({
        question: item.querySelector("legend").textContent,
        cost: item.querySelector("[data-advice] small").textContent,
        template: item.querySelector("pre").textContent,
        options: [...item.querySelectorAll("label")].map((label) => label.textContent),
    }))""")
    texts = [words(payload) for payload in PAYLOADS]
    assert len(shown) == len(texts) / 4
    for number, found in enumerate(shown):
        text, best, worse, worst, template, cost, *_ = (texts[(4 * number + n) % len(texts)] for n in range(8))
        assert [words(option) for option in found.pop("options")] == [best, worse, worst]
        assert {name: words(value) for name, value in found.items()} == {
            "question": words(plain_phrase(text)),
            "cost": f"Costs {cost}",
            "template": template,
        }
    titles = reader.locator("scored-checklist form > :is(h2, h3)").all_text_contents()
    assert [words(title) for title in titles[: len(shown)]] == [
        f"{texts[(at + 6) % len(texts)]}: {texts[(at + 7) % len(texts)]}¶" for at in range(0, len(texts), 4)
    ]
    result = {words(text) for text in reader.locator("[data-result] a").all_text_contents()}
    assert [text for text in texts[::4] if words(plain_phrase(text)) not in result] == []
    assert words(PLACEHOLDERS) in words(reader.locator("[data-panel]").inner_text())


@pytest.mark.parametrize("kind", ["inline", "block", "see", "links"])
def test_nothing_of_a_text_runs(reader: Page, hostile: Hostile, kind: str) -> None:
    assert set(hostile.refused[kind].values()) <= REFUSED
    open_widget(reader, f"{hostile.site.url}{kind}/", kind)
    answer_all(reader)
    # A reader comes across every one of them: by pointer, by keyboard, on paper.
    reader.evaluate("""() => {
        for (const element of document.querySelectorAll("article *")) {
            for (const name of ["click", "mouseover", "pointerenter", "focusin", "animationstart", "toggle", "load", "error"])
                element.dispatchEvent(new Event(name));
        }
    }""")
    reader.emulate_media(media="print")


# --- the address and the store --------------------------------------------------------------------------------------


def test_nothing_of_a_fragment_runs(reader: Page, site_factory: SiteFactory) -> None:
    widget = open_widget(reader, site_factory(TREE).url + "whole/")
    reader.evaluate(
        """async (payloads) => {
            const element = document.querySelector("scored-checklist");
            for (const payload of payloads) {
                for (const fragment of [payload, encodeURIComponent(payload)]) {
                    location.hash = fragment;
                    // As if the page had been opened with it.
                    element.replaceWith(element);
                    await new Promise((resolve) => setTimeout(resolve));
                }
            }
            location.hash = "";
        }""",
        PAYLOADS,
    )
    widget.expect_answers({})
    widget.answer({NAMED: NO})
    widget.expect_answered(1)


@pytest.mark.parametrize("is_strict", [False, True], indirect=True)
def test_nothing_of_what_is_stored_runs_or_is_lost(reader: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    reader.goto(url)
    # A record cannot hold a name that stands for something else in every object.
    names = [payload for payload in PAYLOADS if payload != "__proto__"]
    some = ("named", "sign", "supplies", "date")
    entries = {name: an_entry(name) for name in names}
    records = [
        (slot_of(url), a_run(entries | {name: an_entry(text) for name, text in zip(some, names, strict=False)})),
        (
            slot_of(url, "twin"),
            a_run(
                {name: an_entry("yes", at=name) for name in names} | {"named": an_entry("yes", revision=names[0])},  # type: ignore[arg-type]
                revision=names[1],
                cleared={"at": names[2], "answers": entries},
                set_aside=[[name, name] for name in names],
            ),
        ),
        (slot_of(url, "spread"), a_run({"named": names[3]}, cleared=names, set_aside=names)),
    ]
    store(reader, *records)
    for path, checklist, setting_aside in (
        ("whole/", "task", False),
        ("two/", "twin", True),
        ("first/", "spread", True),
    ):
        widget = open_widget(reader, url + path, checklist)
        widget.expect_answers({})
        if setting_aside:
            expect(widget.notice).to_contain_text(say("notice_set_aside"))
        widget.answer({NAMED: NO})
        widget.expect_answers({NAMED: NO})
        assert reader.evaluate(MADE) == []
    # Other tabs, and whoever else shares the origin, may say anything.
    reader.evaluate(
        """(payloads) => {
            const channel = new BroadcastChannel("mkdocs-checklists");
            for (const payload of payloads) channel.postMessage(payload);
            channel.close();
        }""",
        PAYLOADS,
    )
    widget.expect_answers({NAMED: NO})
    wait_until(reader, "async () => (await indexedDB.databases()).length === 1")
    kept = {key[1]: record for key, record in stored(reader)}
    for name in names:
        assert kept["task"]["answers"][name] == entries[name]
        assert kept["twin"]["answers"][name]["at"] == name
        assert [name, name] in kept["twin"]["set_aside"]
