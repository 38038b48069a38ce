"""The plugin in MkDocs. What it says about mistakes in pages and files is shown by `tests/golden/diagnostics`."""

import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from mkdocs_checklists import ChecklistExtension
from mkdocs_checklists.page.browser_files import ENTRY, PAGE_NEEDS, asset_files, modules_at_once
from mkdocs_checklists.words.messages import load_messages
from tests.helpers import Build, build_site, write_tree
from tests.unit.texts import PLAIN

CONFIG = "site_name: Test\ntheme: {name: null, custom_dir: theme}\n"
THEME = """\
<!doctype html><html lang="en"><head><title>{{ page.title }}</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}</head>
<body><nav>{% for item in nav %}<a href="{{ item.url | url }}">{{ item.title }}</a>{% endfor %}</nav>
<main>{{ page.content }}</main></body></html>
"""
FILES = {
    "mkdocs.yml": CONFIG + "plugins: [checklists]\n",
    "theme/main.html": THEME,
    "checklists/example.yml": PLAIN,
    "docs/index.md": "# Home\n\n::: checklist example\n",
}


def site(root: Path, **files: str) -> Build:
    """Build a site strictly; keywords replace files, `__` standing for a slash and `_md`, `_yml` for the endings."""
    named = {re.sub("_(md|yml|html)$", r".\1", name.replace("__", "/")): text for name, text in files.items()}
    return build_site(write_tree(root, FILES | named))


class Serving:
    """Builds as `mkdocs serve` does: one start, then a new configuration for each build, with the same plugins."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = self.load()
        self.config.plugins.on_startup(command="serve", dirty=False)

    def load(self) -> MkDocsConfig:
        return load_config(config_file=str(self.root / "mkdocs.yml"), site_dir=str(self.root / "site"))

    def build(self, again: MkDocsConfig | None = None) -> str:
        self.config = again or self.load()
        build(self.config)
        return (self.root / "site/index.html").read_text("utf-8")

    def stop(self) -> None:
        self.config.plugins.on_shutdown()
        # The instance lives on in MkDocs' cache; a later build of the same process starts it anew.
        self.config.plugins.on_startup(command="build", dirty=False)


@pytest.fixture
def serving(tmp_path: Path) -> Any:
    serving = Serving(write_tree(tmp_path, FILES))
    yield serving
    serving.stop()


def parse(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("pth: lists", "Plugin 'checklists' option 'pth': Unrecognised configuration name: pth"),
        ("path: 3", "Plugin 'checklists' option 'path': Expected type: <class 'str'> but received: <class 'int'>"),
        ("language: xx", "Plugin 'checklists' option 'language': Expected one of: ['en'] but received: 'xx'"),
        (
            "messages: []",
            "Plugin 'checklists' option 'messages': Expected type: <class 'dict'> but received: <class 'list'>",
        ),
        ("messages: {unknwon: x}", "plugin 'checklists', option 'messages': no message 'unknwon'; known: "),
    ],
)
def test_wrong_option_is_reported(options: str, message: str, tmp_path: Path) -> None:
    report = site(tmp_path, mkdocs_yml=CONFIG + f"plugins:\n  - checklists: {{{options}}}\n").report

    assert message in report


def test_search_of_mkdocs_finds_the_questions_and_no_data_of_a_script(tmp_path: Path) -> None:
    built = site(tmp_path, mkdocs_yml=CONFIG + "plugins: [search, checklists]\n")

    # It takes in whatever text an element has, that of a script too.
    entries = json.loads((built.check().site_dir / "search/search_index.json").read_text("utf-8"))["docs"]
    found = " ".join(entry["text"] for entry in entries)
    assert "Green?" in found
    assert re.findall(r'[{}"<>]|green\b', found) == []


def test_folder_and_words_are_those_of_the_options(tmp_path: Path) -> None:
    options = "path: data/lists, messages: {unknown: No idea}"
    built = site(
        tmp_path, mkdocs_yml=CONFIG + f"plugins:\n  - checklists: {{{options}}}\n", data__lists__example_yml=PLAIN
    ).check()

    assert 'value="unknown" /> No idea</label>' in built.read("index.html")


def test_page_loads_the_browser_files_from_a_folder_named_by_their_content(tmp_path: Path) -> None:
    built = site(tmp_path).check()

    head = parse(built.read("index.html")).find("head")
    scripts, style = head.findall("script"), head.find("link[@rel='stylesheet']")
    script = scripts[0]

    # The theme's place for scripts, on every page; and as early as can be, on a page with a checklist.
    assert [(one.get("type"), one.get("src"), one.get("async")) for one in scripts] == [
        ("module", script.get("src"), None),
        ("module", script.get("src"), ""),
    ]
    assert script.get("src").rpartition("/")[2] == "define.js"
    folder = script.get("src").rpartition("/")[0]
    assert re.fullmatch("assets/checklists/[0-9a-f]{12}", folder)
    assert style.get("href") == f"{folder}/checklist.css"
    assert {"define.js", "checklist.css", "messages.js"} <= {path.name for path in (built.site_dir / folder).iterdir()}


def preloads(html: str) -> list[str]:
    """What the head of a page names for the browser to load at once."""
    head = parse(html).find("head")
    entry = [script.get("src") for script in head.iter("script") if script.get("async") is not None]
    return entry + [link.get("href") for link in head.iter("link") if link.get("rel") == "modulepreload"]


def test_page_with_a_checklist_names_each_module_that_it_needs_at_once(tmp_path: Path) -> None:
    built = site(
        tmp_path,
        docs__parts_md="# Parts\n\n::: checklist example section=tests\n\n::: score example\n",
        docs__deep__down_md="# Deep\n\n::: score example\n",
        docs__code_md="# Code\n\n    <scored-checklist>\n\nA `<scored-checklist>`.\n",
        docs__none_md="# None\n",
    ).check()
    folder = next((built.site_dir / "assets/checklists").iterdir()).relative_to(built.site_dir).as_posix()
    modules = [f"{folder}/{name}" for name in modules_at_once(asset_files(load_messages(), []), ENTRY)]
    found = {
        path.relative_to(built.site_dir).as_posix(): preloads(path.read_text("utf-8"))
        for path in built.site_dir.rglob("*.html")
    }
    assert found == {
        "index.html": modules,
        "parts/index.html": [f"../{name}" for name in modules],
        "deep/down/index.html": [f"../../{name}" for name in modules],
        "code/index.html": [],
        "none/index.html": [],
    }
    for page, names in found.items():
        assert all((built.site_dir / page).parent.joinpath(name).is_file() for name in names)


def test_pages_that_are_files_name_their_modules_from_their_folder(tmp_path: Path) -> None:
    config = f"{CONFIG}use_directory_urls: false\nplugins: [checklists]\n"
    built = site(tmp_path, mkdocs_yml=config, docs__deep__404_md="# Deep\n\n::: checklist example\n").check()
    for page in ("index.html", "deep/404.html"):
        names = preloads(built.read(page))
        assert names
        assert all((built.site_dir / page).parent.joinpath(name).is_file() for name in names)


RULES = """\
title: Which one?
outcomes: [{id: buy, title: Buy it}, {id: make, title: Make it}]
sections:
  - id: all
    title: All
    items:
      - {id: fits, text: Does one fit?, options: [{id: ok, text: Yes, points: {buy: 2}}, {id: bad, text: No, points: {make: 2}}]}
"""
NUMBERS = """\
title: How much?
inputs: [{id: hours, text: Hours}]
figures: [{id: double, text: Twice, formula: hours * 2}]
"""
PAGES = {
    "nothing": ('# Nothing\n\n    <scored-checklist data-key=\'{"rules":{"inputs":[]}}\'></scored-checklist>\n', set()),
    "questions": (
        '# Questions\n\n::: checklist example\n\nThe key has `"rules":`; see [more](related.md).\n',
        {"checklist"},
    ),
    "rules": ("# Rules\n\n::: checklist decision\n", {"checklist", "rules"}),
    "numbers": ("# Numbers\n\n::: checklist sum\n", {"checklist", "rules", "inputs"}),
    "overview": ("# Index\n\n::: checklist-index\n", {"index"}),
    "term": ("# Term\n\nThe work.\n", {"terms"}),
    "related": ("# Related\n\n[There](questions.md)\n\n::: related-pages\n", {"related"}),
}
"""Page -> its text, and what it needs."""


@pytest.mark.parametrize("name", PAGES)
def test_page_loads_the_style_sheets_and_modules_of_what_is_in_it(all_kinds: Build, name: str) -> None:
    head = parse(all_kinds.read(f"{name}/index.html")).find("head")
    needs = [need for thing, need in PAGE_NEEDS.items() if thing in PAGES[name][1]]
    folder = next((all_kinds.site_dir / "assets/checklists").iterdir())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    first = [ENTRY, *(module for need in needs for module in need.at_once)]
    at_once = modules_at_once(files, *first) if "checklist" in PAGES[name][1] else []
    late = modules_at_once(files, PAGE_NEEDS["index"].entry)[1:] if "index" in PAGES[name][1] else []

    def below_the_folder(paths: list[str]) -> list[str]:
        return [path.removeprefix(f"../assets/checklists/{folder.name}/") for path in paths]

    styles = below_the_folder([link.get("href") for link in head.findall("link[@rel='stylesheet']")])
    assert styles == list(dict.fromkeys(["checklist.css", *(need.style for need in needs if need.style)]))
    assert below_the_folder(preloads(all_kinds.read(f"{name}/index.html"))) == at_once + late


@pytest.fixture(scope="module")
def all_kinds(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site with a page for each thing that needs files of its own."""
    pages = {f"docs/{name}.md": text for name, (text, _) in PAGES.items()}
    files = {
        "mkdocs.yml": f"{CONFIG}plugins: [checklists: {{guides: [related.md, questions.md]}}]\n",
        "checklists/decision.yml": RULES,
        "checklists/sum.yml": NUMBERS,
        "checklists/_glossary.yml": "work: {term: work, text: What is done.}\n",
        "docs/index.md": "# Home\n\n[Related](related.md), [questions](questions.md)\n",
    }
    return build_site(write_tree(tmp_path_factory.mktemp("all-kinds"), FILES | files | pages)).check()


def test_head_that_is_written_in_another_way_gets_the_modules_once(tmp_path: Path) -> None:
    theme = THEME.replace("</head>", "</HEAD >").replace("<body>", "<body><pre>&lt;/head> <!-- </head> --></pre>")
    assert len(preloads(site(tmp_path, theme__main_html=theme).check().read("index.html"))) == len(
        modules_at_once(asset_files(load_messages(), []), ENTRY)
    )


def test_folder_of_the_browser_files_changes_with_their_content_only(tmp_path: Path) -> None:
    def folders(name: str, **files: str) -> list[str]:
        built = site(tmp_path / name, **files).check()
        return [path.name for path in (built.site_dir / "assets/checklists").iterdir()]

    before = folders("a")
    other_prose = folders("b", docs__index_md="# Other\n")
    other_points = folders("c", checklists__example_yml=PLAIN.replace("yes-no}", "yes-no, weight: 7}"))

    assert before == other_prose
    assert len({*before, *other_points}) == 2


@pytest.mark.parametrize("name", ["mkdocs_checklists", "mkdocs_checklists.markdown_ext"])
def test_extension_that_the_site_lists_itself_is_not_doubled(name: str, tmp_path: Path) -> None:
    plain = site(tmp_path / "a").check().read("index.html")
    config = CONFIG + f"plugins: [checklists]\nmarkdown_extensions: [{name}]\n"

    assert site(tmp_path / "b", mkdocs_yml=config).check().read("index.html") == plain


def test_browser_files_that_the_site_lists_for_other_engines_are_not_loaded_twice(tmp_path: Path) -> None:
    plain = site(tmp_path / "a").check().read("index.html")
    config = (
        CONFIG + "plugins: [checklists]\nextra_css: [assets/checklists/checklist.css]\n"
        "extra_javascript: [{path: assets/checklists/define.js, type: module}]\n"
    )

    assert site(tmp_path / "b", mkdocs_yml=config).check().read("index.html") == plain


@pytest.mark.parametrize(
    "title", ["A <b>bold</b> & {x} title", "&lt;i&gt; &amp; <script>alert(1)</script>", "1 < 2", "*a* `b` [c](d)"]
)
def test_title_of_a_page_that_is_one_line_is_text_in_title_heading_and_navigation(title: str, tmp_path: Path) -> None:
    text = PLAIN.replace("title: Ready?", f"title: '{title}'", 1)

    page = parse(
        site(tmp_path, checklists__example_yml=text, docs__index_md="::: checklist example level=1\n")
        .check()
        .read("index.html")
    )

    heading = "".join(page.find("body/main/h1").itertext())
    assert (page.find("head/title").text, page.find("body/nav/a").text, heading) == (title, title, title)


def test_title_of_the_front_matter_goes_before_that_of_the_checklist(tmp_path: Path) -> None:
    page = (
        site(tmp_path, docs__index_md="---\ntitle: Mine\n---\n::: checklist example level=1\n")
        .check()
        .read("index.html")
    )

    assert parse(page).find("head/title").text == "Mine"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Running the *tests* in `CI` {#run}\n", "Running the tests in CI"),
        ("---\ntitle: Front <b> matter\n---\n# Heading\n", "Front <b> matter"),
        ("Text only.\n", "more"),
        ("::: checklist other level=1\n", "Other?"),
        ("# See [a *link*](index.md) and snake_case &amp; _more_ #\n", "See a link and snake_case & more"),
        ("```\n# no heading\n```\n\n# Heading\n", "Heading"),
    ],
)
def test_link_has_the_title_of_its_page(source: str, words: str, tmp_path: Path) -> None:
    text = PLAIN.replace("yes-no}", "yes-no, see: /more.md}")
    built = site(
        tmp_path,
        checklists__example_yml=text,
        checklists__other_yml=PLAIN.replace("Ready?", "Other?", 1),
        docs__more_md=source,
    ).check()

    links = parse(built.read("index.html")).findall(".//p[@data-more]/a")

    assert [(link.get("href"), link.text) for link in links] == [("more/", words)]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("/more.md#costs-and-more", "Costs and more? (More)"),
        ("/more.md#own", "Named (More)"),
        ("/more.md#closed", "Closed (More)"),
        ("/more.md#other", "Other? (More)"),
        ("/more.md#other--tests", "Only part (More)"),
        ("/more.md#other--green", "Green? (More)"),
        ("#here", "Here"),
        ("#example--green", "Green?"),
        # The heading of the page; the second of two that are alike; a place without a heading.
        ("/more.md#more", "More"),
        ("/more.md#twice_1", "More"),
        ("/more.md#other--score", "More"),
    ],
)
def test_link_to_a_section_says_which(link: str, words: str, tmp_path: Path) -> None:
    """Advice often leads to several sections of one page, and to those of its own."""
    other = PLAIN.replace("Ready?", "Other?", 1).replace("title: Tests", "title: Only part")
    built = site(
        tmp_path,
        mkdocs_yml=FILES["mkdocs.yml"] + "markdown_extensions: [attr_list]\n",
        checklists__example_yml=PLAIN.replace("yes-no}", f"yes-no, see: '{link}'}}"),
        checklists__other_yml=other,
        docs__index_md="# Home\n\n## Here\n\n::: checklist example\n",
        docs__more_md="# More\n\n## Costs and *more*?\n\n## Named { .x #own }\n\n### Closed ###\n\n## Twice\n\n## Twice\n\n"
        "```\n## Costs and more\n```\n\n::: checklist other\n",
    ).check()

    links = parse(built.read("index.html")).findall(".//p[@data-more]/a")

    assert [link.text for link in links] == [words]


def test_dead_link_fails_a_strict_build_only(tmp_path: Path) -> None:
    text = PLAIN.replace("yes-no}", "yes-no, see: [/nowhere.md, '#nothing']}")
    root = write_tree(tmp_path, FILES | {"checklists/example.yml": text})

    strict, lenient = build_site(root), build_site(root, strict=False)

    assert strict.failure == "Aborted with 2 warnings in strict mode!"
    assert lenient.failure is None
    assert [message.split("\n")[0].removeprefix("WARNING: mkdocs_checklists: ") for message in lenient.messages] == [
        "checklists/example.yml:6:56: warning: there is no page '/nowhere.md' [unknown-page]",
        "checklists/example.yml:6:70: warning: page '/index.md' has no anchor '#nothing' [unknown-anchor]",
    ]


def test_dead_link_of_a_checklist_on_two_pages_is_said_once(tmp_path: Path) -> None:
    text = PLAIN.replace("yes-no}", "yes-no, see: /nowhere.md}")
    built = site(tmp_path, checklists__example_yml=text, docs__other_md="::: checklist example\n")

    assert built.report.count("/nowhere.md' [unknown-page]") == 1


LINTING = CONFIG + "plugins: [{checklists: {lint: true}}]\n"


def codes(build: Build) -> list[str]:
    return re.findall(r"\[([a-z-]+)\]$", "\n".join(build.messages), re.MULTILINE)


def test_linter_speaks_in_a_build_only_where_the_site_asks_it_to(tmp_path: Path) -> None:
    old = PLAIN + "reviewed: 2000-01-01\n"

    assert site(tmp_path, checklists__example_yml=old).report == ""
    # How old a review is depends on the day, and a build must not.
    assert codes(site(tmp_path, checklists__example_yml=old, mkdocs_yml=LINTING)) == ["no-advice", "no-place-to-go"]


def test_warning_that_a_file_allows_fails_no_build(tmp_path: Path) -> None:
    reasons = "allow: {no-advice: The page has it., no-place-to-go: The page has it., review-overdue: It is history.}\n"

    assert site(tmp_path, checklists__example_yml=PLAIN + reasons, mkdocs_yml=LINTING).report == ""


def test_linter_reads_the_shared_scales_in_a_build_too(tmp_path: Path) -> None:
    scales = "scales: {up: [{id: no, text: No, points: 0}, {id: yes, text: Yes, points: 1}]}\n"
    text = PLAIN.replace("yes-no}", "up, recommend: Do it., see: /}")

    built = site(tmp_path, checklists__example_yml=text, checklists___scales_yml=scales, mkdocs_yml=LINTING)

    assert codes(built) == ["options-out-of-order"]


def test_linter_leaves_a_broken_file_to_the_errors(tmp_path: Path) -> None:
    broken = PLAIN.replace("yes-no}", "yes-no, wieght: 2}")

    assert site(tmp_path, checklists__example_yml=broken, mkdocs_yml=LINTING).report.count("WARNING") == 0


def test_folder_of_checklists_is_watched_once(serving: Serving) -> None:
    serving.build()
    serving.build(serving.config)

    assert [path for path in serving.config.watch if Path(path).name == "checklists"] == [
        str(serving.root / "checklists")
    ]


def test_second_build_with_the_same_configuration_gives_the_same_page(serving: Serving) -> None:
    first = serving.build()
    second = serving.build(serving.config)

    assert second == first
    assert sum(isinstance(extension, ChecklistExtension) for extension in serving.config.markdown_extensions) == 1


def test_while_serving_a_broken_file_is_shown_in_place_and_the_page_recovers(serving: Serving) -> None:
    file = serving.root / "checklists/example.yml"
    whole = serving.build()
    file.write_text(PLAIN.replace("scale: yes-no", "scale: yesno"), "utf-8")
    broken = serving.build()
    file.write_text(PLAIN, "utf-8")
    mended = serving.build()

    main = parse(broken).find("body/main")
    assert [element.tag for element in main] == ["h1", "div"]
    assert (main[1].get("class"), main[1].get("role")) == ("checklist-report", "alert")
    assert main[1].find("pre").text == (
        "checklists/example.yml:6:42: error: item 'green' uses scale 'yesno', which is not defined [unknown-scale]\n"
        "    6 |       - {id: green, text: Green?, scale: yesno}\n"
        "      |                                          ^^^^^\n"
        "   Known scales: yes-no. Did you mean 'yes-no'?"
    )
    assert mended == whole


def test_while_serving_a_mistake_in_a_page_is_shown_in_place_and_the_page_recovers(serving: Serving) -> None:
    page = serving.root / "docs/index.md"
    whole = serving.build()
    page.write_text("# Home\n\n::: checklist exampel\n", "utf-8")
    broken = serving.build()
    page.write_text(FILES["docs/index.md"], "utf-8")

    assert "docs/index.md:3:1: error: there is no checklist 'exampel'" in broken
    assert serving.build() == whole


def test_while_serving_a_missing_folder_is_no_end(serving: Serving) -> None:
    (serving.root / "checklists/example.yml").unlink()
    (serving.root / "checklists").rmdir()
    broken = serving.build()
    write_tree(serving.root, {"checklists/example.yml": PLAIN})

    assert "there is no checklist 'example'" in broken
    assert '<h4 id="example--green">' in serving.build()


def test_while_serving_only_a_folder_that_is_there_is_watched(serving: Serving) -> None:
    folder, server = serving.root / "checklists", LiveReloadServer(print, "127.0.0.1", 0, str(serving.root / "site"))
    (folder / "example.yml").unlink()
    folder.rmdir()
    serving.build()
    serving.config.plugins.on_serve(server, config=serving.config, builder=print)
    missing = list(serving.config.watch)
    write_tree(serving.root, {"checklists/example.yml": PLAIN})
    serving.build()
    watched = list(server._watched_paths)
    server.server_close()

    assert (missing, watched) == ([], [str(folder)])


def test_while_serving_a_broken_file_is_said_once(serving: Serving, caplog: pytest.LogCaptureFixture) -> None:
    (serving.root / "checklists/example.yml").write_text("", "utf-8")

    serving.build()

    assert caplog.text.count("[empty-file]") == 1


def test_while_serving_the_linter_speaks_at_each_build(serving: Serving, caplog: pytest.LogCaptureFixture) -> None:
    write_tree(serving.root, {"mkdocs.yml": LINTING})
    serving.build()
    assert caplog.text.count("[no-place-to-go]") == 1

    serving.build()
    assert caplog.text.count("[no-place-to-go]") == 2

    write_tree(serving.root, {"checklists/example.yml": PLAIN.replace("yes-no}", "yes-no, recommend: Do it., see: /}")})
    caplog.clear()
    serving.build()
    assert "[no-" not in caplog.text


def test_while_serving_the_option_path_may_change(serving: Serving) -> None:
    serving.build()
    write_tree(
        serving.root,
        {
            "mkdocs.yml": CONFIG + "plugins:\n  - checklists: {path: lists}\n",
            "lists/example.yml": PLAIN.replace("Ready?", "Done?", 1),
        },
    )

    assert "Done?" in serving.build()


def test_broken_file_stops_a_build_though_no_page_shows_it(tmp_path: Path) -> None:
    built = site(tmp_path, checklists__other_yml="")

    assert built.failure == "Aborted with a BuildError!"
    assert "checklists/other.yml: error: the file is empty [empty-file]" in built.report


def test_sites_built_one_after_another_share_nothing(tmp_path: Path) -> None:
    site(tmp_path / "a").check()
    other = site(tmp_path / "b", checklists__example_yml=PLAIN.replace("Green?", "Blue?")).check()

    assert "Blue?" in other.read("index.html")
