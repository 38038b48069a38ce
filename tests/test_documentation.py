"""Holds the documentation to the code: what is public is explained, what is named exists, and every example works."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from click.testing import CliRunner

import mkdocs_checklists
from mkdocs_checklists import Library, score
from mkdocs_checklists.cli import main
from mkdocs_checklists.diagnostics.codes import CODES, LINT_CODES
from mkdocs_checklists.lint.question_rules import question_flaws, vague_option
from mkdocs_checklists.lint.question_words import ENGLISH
from mkdocs_checklists.mkdocs_plugin import ChecklistsConfig
from mkdocs_checklists.page.browser_files import files_to_list
from mkdocs_checklists.page.directives import DIRECTIVES, FORMS
from mkdocs_checklists.reference import MODELS, reference
from tests.helpers import CONFIG_WITH_SEARCH, REPOSITORY, build_site, day_of_review, write_tree

PACKAGE = REPOSITORY / "plugins" / "mkdocs_checklists"
GUIDE = REPOSITORY / "content" / "authors.md"
CROSS_LINKS = REPOSITORY / "content" / "authors" / "cross-links.md"
DECISIONS = REPOSITORY / "content" / "authors" / "decisions.md"
KNOWLEDGE = REPOSITORY / "content" / "authors" / "knowledge.md"
QUESTIONS = REPOSITORY / "content" / "authors" / "questions.md"
REFERENCE = REPOSITORY / "content" / "authors" / "reference.md"
README = REPOSITORY / "README.md"
CONTRIBUTING = REPOSITORY / "CONTRIBUTING.md"

guide = "".join(path.read_text("utf-8") for path in (GUIDE, DECISIONS, KNOWLEDGE, CROSS_LINKS, QUESTIONS))
documentation = guide + REFERENCE.read_text("utf-8")


# --- what is public is explained ---


@pytest.mark.parametrize("name", mkdocs_checklists.__all__)
def test_public_name_is_in_the_guide(name: str) -> None:
    assert re.search(rf"`{name}`", guide)


def keys() -> Iterator[tuple[str, str]]:
    for _, model, _ in MODELS:
        for name, field in model.model_fields.items():
            yield model.__name__, field.alias or name


@pytest.mark.parametrize(("model", "key"), list(keys()))
def test_key_is_explained_or_shown_in_the_guide(model: str, key: str) -> None:
    assert re.search(rf"`{key}`|\b{key}: ?\S*|\{{{key}:", guide)


@pytest.mark.parametrize("code", CODES)
def test_diagnostic_code_is_in_the_reference(code: str) -> None:
    assert f"| `{code}` |" in documentation


@pytest.mark.parametrize("command", main.commands)
def test_command_is_documented(command: str) -> None:
    assert f"`checklists {command}" in documentation or f"\nchecklists {command}" in documentation


@pytest.mark.parametrize("option", [name for name, _ in ChecklistsConfig._schema])
def test_plugin_option_is_explained_in_the_guide(option: str) -> None:
    assert f"`{option}`" in guide


@pytest.mark.parametrize(
    "directive",
    [*FORMS, *dict.fromkeys(f"{option}=" for kind in DIRECTIVES.values() for option in kind.options)],
)
def test_directive_is_documented(directive: str) -> None:
    words = directive.replace("ID", "release").replace("SECTION", "tested")
    assert words in guide or f"| `{directive}` |" in documentation


def test_custom_properties_in_the_guide_are_those_that_the_style_sheet_declares() -> None:
    style = (PACKAGE / "assets" / "checklist.css").read_text("utf-8")
    head = style[style.index("scored-checklist {") : style.index("}", style.index("scored-checklist {"))]
    assert re.findall(r"^\| `(--checklist-[a-z-]+)` \|", guide, re.MULTILINE) == re.findall(
        r"^ *(--checklist-[a-z-]+):", head, re.MULTILINE
    )


def test_events_in_the_guide_are_those_that_the_scripts_fire() -> None:
    scripts = "".join(path.read_text("utf-8") for path in sorted((PACKAGE / "assets").rglob("*.js")))
    fired = set(re.findall(r'\bfire\([^"\n]*"([a-z-]+)"', scripts)) | set(
        re.findall(r'new CustomEvent\(\s*"([^"]+)"', scripts)
    )
    assert set(re.findall(r"^\| `(checklist-[a-z]+)` \|", guide, re.MULTILINE)) == fired


def test_guide_lists_the_browser_files_for_sites_without_the_plugin() -> None:
    rows = re.findall(r"^\| (.+) \| (?:`(define\S*)` )?\| `(\S+\.css)` \|$", GUIDE.read_text("utf-8"), re.MULTILINE)
    found = {re.sub(r"\[(.+)\]\(.+\)", r"\1", thing): [file for file in files if file] for thing, *files in rows}
    assert found == files_to_list()
    assert "`terms.css`" in KNOWLEDGE.read_text("utf-8")
    assert all(f"`{file}`" in CROSS_LINKS.read_text("utf-8") for file in files_to_list()["the index of checklists"])


def test_site_of_this_repository_lists_all_browser_files_for_engines_without_plugins() -> None:
    listed = re.findall(r"assets/checklists/([\w.-]+)", (REPOSITORY / "mkdocs.yml").read_text("utf-8"))
    assert sorted(listed) == sorted(file for files in files_to_list().values() for file in files)


def test_reference_page_is_what_the_command_prints() -> None:
    _, heading, rest = REFERENCE.read_text("utf-8").partition("\n## ")
    is_current = heading.lstrip() + rest == reference(main)
    assert is_current, "content/authors/reference.md is out of date: run `make reference`"


def test_reference_links_lead_to_its_own_headings() -> None:
    text = reference(main)
    headings = {words.lower().replace(" ", "-") for words in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


# --- what the code reports is listed, and the other way round ---

REPORTING = {
    "Diagnostic",
    "DirectiveError",
    "Flaw",
    "_Stop",
    "_at",
    "_diagnostic",
    "_error",
    "_report",
    "_warn",
    "add",
    "complain",
    "diagnostic",
    "report",
    "warn",
}


def text_of(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def reported_codes(tree: ast.AST) -> Iterator[str]:
    """The codes that a module gives to a diagnostic: the first text of a call that makes one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            texts = [text for argument in node.args if (text := text_of(argument)) is not None]
            if name in REPORTING and texts:
                yield texts[0]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code" and text_of(node.value):
            yield str(text_of(node.value))  # Named first, reported at the end.
        elif isinstance(node, ast.Tuple) and node.elts and text_of(node.elts[0]) in CODES:
            yield str(text_of(node.elts[0]))  # Put together first, reported later.
        elif isinstance(node, ast.MatchAs) and node.name == "code" and node.pattern is not None:
            # What pydantic reports is passed on under its own name, with hyphens.
            for value in ast.walk(node.pattern):
                if isinstance(value, ast.MatchValue) and (text := text_of(value.value)):
                    yield text.replace("_", "-")


def test_codes_that_the_package_reports_are_those_that_it_lists() -> None:
    reported = {
        code
        for path in sorted(PACKAGE.rglob("*.py"))
        for code in reported_codes(ast.parse(path.read_text("utf-8")))
        if path.name != "codes.py"
    }
    assert sorted(reported) == sorted(CODES)


# --- every example works ---


@dataclass(frozen=True)
class Example:
    """A fenced block of a page. A title names the file that the block is."""

    page: str
    line: int
    language: str
    title: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def checklist_id(self) -> str:
        return Path(self.title).stem


FENCE = re.compile(
    r'^```(?P<language>[a-z]+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)


def examples(language: str) -> list[Example]:
    found = []
    for path in (GUIDE, DECISIONS, KNOWLEDGE, CROSS_LINKS, QUESTIONS, README):
        page = path.read_text("utf-8")
        for match in FENCE.finditer(page):
            if match["language"] == language:
                line = page.count("\n", 0, match.start()) + 1
                found.append(Example(path.name, line, language, match["title"] or "", match["text"]))
    return found


def is_configuration(example: Example) -> bool:
    return "site_name:" in example.text


def is_checklist(example: Example) -> bool:
    return not is_configuration(example) and not Path(example.title).name.startswith("_")


def example_files(language: str) -> dict[str, str]:
    """The examples with a title that are files of a site."""
    folders = ("checklists/", "docs/")
    return {example.title: example.text for example in examples(language) if example.title.startswith(folders)}


TITLE = "title: An example\n"
# So many that every band can be reached, whatever the example has in it.
ITEMS = "".join(
    f"- {{id: from-the-test-{n}, text: Is it complete?, scale: yes-no, weight: 10, recommend: Complete it.}}\n"
    for n in range(10)
)
SECTIONS = "sections:\n  - id: section-of-the-test\n    title: A section\n    see: /index.md\n    items:\n"
BANDS = """\
bands:
  - {id: go, min: 80, title: Go}
  - {id: wait, min: 0, title: Wait}
"""


def completed(text: str) -> str:
    """A whole checklist around an example that shows some keys of one, or a list of items."""
    if text.startswith("- id:"):
        return TITLE + SECTIONS + indent(text.rstrip("\n") + "\n" + ITEMS, "      ") + BANDS
    parts = {"title": TITLE, "sections": SECTIONS + indent(ITEMS, "      "), "bands": BANDS}
    if re.search("^(outcomes|inputs):", text, re.MULTILINE):
        return text
    return text + "".join(part for key, part in parts.items() if not re.search(rf"^{key}:", text, re.MULTILINE))


checklist_examples = [example for example in examples("yaml") if is_checklist(example)]


@pytest.mark.parametrize("example", checklist_examples, ids=lambda example: example.id)
def test_checklist_example_has_neither_errors_nor_warnings(example: Example, tmp_path: Path) -> None:
    name = Path(example.title).name or "example.yml"
    tree = example_files("yaml") | {f"checklists/{name}": completed(example.text)}
    folder = write_tree(tmp_path, {path: text for path, text in tree.items() if path.endswith(("_scales.yml", name))})
    runner = CliRunner(env=day_of_review(example.text))
    output = runner.invoke(main, ["check", str(folder / "checklists")]).output
    assert re.search(r"\n\n1 checklist: 0 errors, 0 warnings(, \d+ allowed)?\n$", output), output
    assert "bands:" not in example.text or "Every band, cap and advice can be reached." in output


GUIDES = "guides: [guides/*.md]"


def site_of_examples(
    config: str = CONFIG_WITH_SEARCH.replace("checklists]", f"checklists: {{{GUIDES}}}]"),
) -> dict[str, str]:
    """A site of all examples: a titled one is the file that it says, any other page has a name of its own.

    Not those about footnotes, which a site has only where its configuration says so.
    """
    pages = {
        e.title or f"docs/{Path(e.page).stem.lower()}-{e.line}.md": e.text
        for e in examples("markdown")
        if e.page != KNOWLEDGE.name
    }
    if GUIDES not in config:
        pages = {path: text.replace("::: related-pages", "") for path, text in pages.items()}
    return {**example_files("yaml"), **pages, "mkdocs.yml": config}


def test_page_examples_build_without_warnings(tmp_path: Path) -> None:
    write_tree(tmp_path, site_of_examples())
    built = build_site(tmp_path).check()
    shown = re.findall(r'<scored-checklist[^>]* data-checklist="([^"]+)"', built.read("index.html"))
    assert shown == ["backup"]


def site_with_footnotes() -> dict[str, str]:
    pages = {example.title: example.text for example in examples("markdown") if example.page == KNOWLEDGE.name}
    return site_of_examples(f"{CONFIG_WITH_SEARCH}markdown_extensions: [footnotes]\n") | pages


def test_examples_of_sources_facts_and_terms_become_what_the_guide_says(tmp_path: Path) -> None:
    write_tree(tmp_path, site_with_footnotes())
    built = build_site(tmp_path).check()

    assert "USENIX, 2007. Academic. One firm’s drives, and old." in built.read("drives/index.html")
    costs = built.read("costs/index.html")
    assert re.search(r"€6 a month for each computer\.<sup[^>]*><a[^>]*>1</a></sup>", costs)
    assert "The company’s own words. The seller’s own prices, which change." in costs
    assert 'popovertarget="term-restore"' not in built.read("plain/index.html")
    anchors = "".join(built.read(f"{page}/index.html") for page in ("sources", "glossary"))
    for anchor in ("source-drive-study", "source-price-page", "fact-backup-price", "fact-first-year", "term-restore"):
        assert f'id="{anchor}"' in anchors


@pytest.mark.parametrize("days", [365, 400])
def test_facts_of_the_guide_are_overdue_after_a_year(
    days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {path: text for path, text in site_with_footnotes().items() if not path.startswith("checklists/")}
    files |= {path: text for path, text in example_files("yaml").items() if path.startswith("checklists/_")}
    monkeypatch.chdir(write_tree(tmp_path, files))
    day = datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(days=days)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))

    output = CliRunner().invoke(main, ["check"]).output

    said = [example.text for example in examples("text") if "[fact-overdue]" in example.text]
    assert len(said) == 1
    assert (said[0] in output) == (days > 365)
    assert output.count("[fact-overdue]") == (2 if days > 365 else 0)
    assert f"0 errors, {2 if days > 365 else 0} warnings\n" in output


def test_page_examples_show_at_both_ends_what_they_relate_to(tmp_path: Path) -> None:
    built = build_site(write_tree(tmp_path, site_of_examples())).check()
    blocks = [
        built.read(f"guides/{name}/index.html").partition('<nav class="checklist-related"')[2]
        for name in ("copy", "try")
    ]
    assert re.search("Related.*Try the copy.*Bring one file back.*Before you start", blocks[0], re.DOTALL)
    assert "Make a copy</a>" in blocks[1]
    assert "Mentioned in" not in "".join(blocks)


def test_checklists_named_in_page_examples_are_all_shown_as_examples() -> None:
    named = {
        name for example in examples("markdown") for name in re.findall(r"^::: \w+ (\S+)", example.text, re.MULTILINE)
    }
    assert named <= {example.checklist_id for example in checklist_examples if example.title}


def configurations() -> list[Example]:
    return [example for example in examples("yaml") if is_configuration(example)]


@pytest.mark.parametrize("example", configurations(), ids=lambda example: example.id)
def test_configuration_example_builds_a_site(example: Example, tmp_path: Path) -> None:
    write_tree(tmp_path, site_of_examples(example.text))
    assert "<scored-checklist" in build_site(tmp_path).check().read("index.html")


@pytest.mark.parametrize("example", examples("python"), ids=lambda example: example.id)
def test_python_example_prints_what_the_guide_says(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write_tree(tmp_path, site_of_examples()))
    exec(compile(example.text, example.id, "exec"), {})
    assert f"This prints `{capsys.readouterr().out.strip()}`." in guide


def test_message_in_the_guide_is_what_the_command_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slips = (("min: 75,", "min: 75%,"), ("weight: 2", "wieght: 2"))
    text = example_files("yaml")["checklists/backup.yml"]
    for right, wrong in slips:
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    monkeypatch.chdir(write_tree(tmp_path, {"checklists/backup.yml": text}))
    output = CliRunner().invoke(main, ["check"]).output
    assert output in [example.text for example in examples("text")]


# --- the rules for questions ---


def wordings() -> Iterator[tuple[str, str, str]]:
    """The rows of the tables of wordings: the code of the heading above, what is wrong, and what is right."""
    code = ""
    for line in QUESTIONS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            code = "".join(re.findall(r"^### `([a-z-]+)`", line))
        elif code and (row := re.fullmatch(r"\| ([^|]+) \| ([^|]+) \|", line)) and row[1] not in ("not this", "---"):
            yield code, row[1], row[2]


def codes_of(wording: str) -> set[str]:
    """What is wrong with a question, or with options that slashes part."""
    if not wording.endswith("?"):
        return {"not-observable"} if vague_option(wording.split(" / "), ENGLISH) is not None else set()
    return {flaw.code for flaw in question_flaws(wording, ENGLISH)}


@pytest.mark.parametrize(("code", "wrong", "right"), list(wordings()))
def test_wording_in_the_guide_is_judged_as_it_says(code: str, wrong: str, right: str) -> None:
    assert codes_of(wrong) == {code}
    assert codes_of(right) == set()


def test_rules_for_wording_are_all_shown_in_the_guide() -> None:
    assert {code for code, _, _ in wordings()} == {
        "two-ideas",
        "not-observable",
        "double-negative",
        "long-question",
    }


@pytest.mark.parametrize("code", [code for code in LINT_CODES if not code.startswith("idle-") and code != "no-score"])
def test_rule_of_the_linter_is_explained_in_the_guide(code: str) -> None:
    assert f"`{code}`" in QUESTIONS.read_text("utf-8") + GUIDE.read_text("utf-8")


# --- the numbers of the guide ---


def scored(tmp_path: Path, answers: Mapping[str, str], rules: str = "") -> tuple[int | float | None, str | None]:
    text = example_files("yaml")["checklists/release.yml"]
    if rules:
        # The cut scores of the example suit a hundred; here only the number matters.
        text = text.replace("min: 80", "min: 2").replace("min: 50", "min: 1") + rules
    folder = write_tree(tmp_path, {"release.yml": text})
    library = Library(folder)
    library.refresh()
    loaded = library.get("release")
    assert loaded is not None
    assert not loaded.diagnostics.found
    result = score(loaded.key, answers)
    return result.score, result.band


def test_verdicts_in_the_guide_are_what_check_prints(tmp_path: Path) -> None:
    folder = write_tree(tmp_path, {"release.yml": example_files("yaml")["checklists/release.yml"]})
    report = CliRunner().invoke(main, ["check", "--verdicts", str(folder)], catch_exceptions=False).stdout
    table = report[report.index("   The best answers") :].partition("\n\n")[0]
    assert f"```text\n{table}\n```" in guide


def worked_answers(**more: str) -> dict[str, Any]:
    example = next(example for example in examples("json") if example.page == GUIDE.name)
    return {**json.loads(example.text), **more}


def test_sum_in_the_guide_is_what_the_scorer_makes_of_it(tmp_path: Path) -> None:
    assert "14 ÷ 17 = 0.8235, and the score is 82" in guide
    assert scored(tmp_path, worked_answers()) == (82, "careful")


@pytest.mark.parametrize(("answer", "number"), [("na", 77), ("unknown", 59)])
def test_other_answer_in_the_guide_gives_its_number(tmp_path: Path, answer: str, number: int) -> None:
    assert f"gives {number}." in guide
    assert scored(tmp_path, worked_answers(upgrade=answer))[0] == number


@pytest.mark.parametrize(
    ("rules", "number", "words"),
    [
        ("score: {range: [0, 3], decimals: 1}\n", 2.5, "3 × 14 ÷ 17 = 2.5"),
        ("score: {as: points}\n", 14, "the sum itself, here 14"),
        ("score: {combine: sections}\n", 79, "the mean is 79"),
    ],
)
def test_other_way_to_count_gives_the_number_in_the_guide(
    tmp_path: Path, rules: str, number: float, words: str
) -> None:
    assert words in guide
    assert scored(tmp_path, worked_answers(), rules)[0] == number


# --- what is named exists ---


def code_in(path: Path) -> Iterator[str]:
    """The commands of a page: lines of its shell blocks, and its inline code."""
    text = path.read_text("utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("path", [README, CONTRIBUTING], ids=lambda path: path.name)
def test_make_target_that_a_page_names_is_in_the_makefile(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {match[1] for code in code_in(path) if (match := re.match(r"make ([a-z][a-z-]*)", code))}
    assert named
    assert named <= targets


@pytest.mark.parametrize("path", [GUIDE, README, CONTRIBUTING], ids=lambda path: path.name)
def test_command_that_a_page_names_is_there(path: Path) -> None:
    named = {match[1] for code in code_in(path) if (match := re.match(r"checklists ([a-z]+)", code))}
    assert named <= set(main.commands)


@pytest.mark.parametrize("path", [README, CONTRIBUTING], ids=lambda path: path.name)
def test_file_or_folder_that_a_page_names_is_there(path: Path) -> None:
    links = re.findall(r"\]\(((?!https?:)[^)#]+)", path.read_text("utf-8"))
    folders = [code for code in code_in(path) if re.fullmatch(r"[\w./-]+/", code)]
    # Lists of tasks give the paths of code from the package on.
    files = [code for code in code_in(path) if re.fullmatch(r"(?:[\w.-]+/)+[\w.-]+\.(?:py|js|json|ts|css)", code)]
    names = {*links, *folders, *files} - {"locale/LANGUAGE.json"}
    assert sorted(name for name in names if not any((root / name).exists() for root in (REPOSITORY, PACKAGE))) == []


def published_files() -> list[Path]:
    folders = [REPOSITORY / name for name in ("content", "checklists", "plugins", "site_src")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files += [path for path in REPOSITORY.iterdir() if path.suffix in {".md", ".yml", ".toml"}]
    binary = {".woff2", ".png", ".pyc"}
    return sorted(path for path in files if path.suffix not in binary)


def test_nothing_published_names_a_path_of_somebody_s_machine() -> None:
    path_of_a_machine = re.compile(r"(?<![\w.)}])/(home|Users|root|tmp|work|workspace|mnt|opt)/|\b[A-Z]:\\")
    found = [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()}"
        for path in published_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if path_of_a_machine.search(line)
    ]
    assert found == []
