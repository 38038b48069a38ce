"""What `make bench` compares is the same questions, and what BENCHMARKS.md says is what it measures. No timing is judged here."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import standing
from bench.calculation import FIELDS, FORMULAS, calculator, decision, sum_script
from bench.contenders import bare_form, checklist, plain_list, quiz_page, survey, survey_page, tally_page
from bench.document import renew_section
from bench.lighthouse import BARE, MEASURES, OURS, PAGES, SITES, build_bare, build_ours, take_in, tell
from bench.lighthouse import Page as VisitedPage
from bench.parts import PARTS
from bench.questions import OPTIONS, Questionnaire, write_questions
from bench.reasons import REASONS
from bench.report import Findings, Part, Settings, Table, Target, describe_targets, render_tables
from bench.serving import mark_page, mark_question
from bench.sites import CONTENDERS
from mkdocs_checklists import Library
from mkdocs_checklists.scoring.rules import full_score
from tests.helpers import REPOSITORY, build_site, write_tree

BENCH = REPOSITORY / "bench"
DOCUMENT = REPOSITORY / "BENCHMARKS.md"
FORM = write_questions(50)

document = DOCUMENT.read_text("utf-8")
targets = [target for part in PARTS for target in part.targets]


# --- the contenders ---


def test_questions_are_the_same_in_every_run_and_other_words_with_another_seed() -> None:
    assert write_questions(50) == FORM
    assert write_questions(50, 1).sections != FORM.sections


@pytest.mark.parametrize(
    ("write", "sign", "count"),
    [
        (checklist, r"^      - id: ", 50),
        (plain_list, r"^- .*\?$", 50),
        (bare_form, r"<fieldset><legend>", 50),
        (bare_form, r'<input type="radio"', 4 * 50 + 1),
        (quiz_page, r"^<quiz>$", 50),
        (quiz_page, r"^- \[x\] ", 50),
        (quiz_page, r"^- \[[x ]\] ", 4 * 50 + 1),
        (lambda form: json.dumps(survey(form)), r'"type": "radiogroup"', 50),
        (lambda form: json.dumps(survey(form)), r'\{"value": ', 4 * 50 + 1),
    ],
)
def test_contender_asks_every_question_with_every_option(
    write: Callable[[Questionnaire], str], sign: str, count: int
) -> None:
    assert len(re.findall(sign, write(FORM), re.MULTILINE)) == count


@pytest.mark.parametrize("write", [checklist, plain_list, bare_form, quiz_page])
def test_contender_says_all_the_words(write: Callable[[Questionnaire], str]) -> None:
    text = write(FORM)
    said = [FORM.title, FORM.summary, *(option.text for option in OPTIONS)]
    for section in FORM.sections:
        said += [section.title, section.why]
    for question in FORM.questions:
        said += [question.text, question.help, *question.advice.values()]
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("count", [20, 50, 500])
def test_generated_checklist_has_neither_errors_nor_warnings(tmp_path: Path, count: int) -> None:
    library = Library(write_tree(tmp_path, {"many.yml": checklist(write_questions(count))}))
    library.refresh()
    loaded = library.get("many")
    assert loaded is not None
    assert loaded.diagnostics.found == []
    assert len(loaded.key.items) == count


def test_checklist_and_tally_become_pages_with_all_radios(tmp_path: Path) -> None:
    form = write_questions(20)
    for contender in CONTENDERS[:2]:
        root = write_tree(tmp_path / contender.own.replace("/", "-"), contender.files([form]))
        page = build_site(root).check().read(f"{form.id}/index.html")
        assert (page.count("<fieldset"), page.count('type="radio"')) == (20, 4 * 20 + 1)
        # Headings in Markdown, so that the theme treats them alike.
        assert page.count('<h2 id="') == len(form.sections) + 1


def test_pages_name_their_scripts_and_nothing_of_another_host() -> None:
    assert '<script src="../tally.js"></script>' in tally_page(FORM, "../tally.js")
    page = survey_page(FORM, "../files/")
    assert re.findall(r'(?:src|href)="([^"]*/)[^/"]*"', page) == ["../files/"] * 4
    assert "http" not in page


def test_a_save_changes_one_word_of_a_file_and_the_next_one_replaces_it() -> None:
    for mark, text in ((mark_question, checklist(FORM)), (mark_page, "# Page\n")):
        once = mark(text, "word1")
        assert once.count("word1") == 1
        assert mark(once, "word2") == once.replace("word1", "word2")


# --- the report ---


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_document_has_every_table_with_its_rows(part: Part) -> None:
    assert f"## {part.title}\n\n{part.how.strip()}\n" in document
    for table in part.tables:
        rows = document.partition(f"### {table.title}\n\n")[2].partition("\n\n")[0].splitlines()
        assert rows[0] == f"|  | {' | '.join(table.columns)} |"
        assert [row.split(" | ")[0] for row in rows[2:]] == [f"| {name}" for name in table.rows]


def test_document_has_every_target_with_a_verdict() -> None:
    said = re.findall(r"^\| (.*): at most .* \| (yes|not measured|\*\*no\*\*: .+) \|$", document, re.MULTILINE)
    assert [words for words, _ in said] == [target.words for target in targets]


def test_document_names_the_versions_that_are_pinned() -> None:
    pinned = dict(re.findall(r"^([\w-]+)==(\S+)", (BENCH / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    pinned = {
        "mkdocs-quiz": pinned["mkdocs-quiz"],
        **json.loads((BENCH / "package.json").read_text("utf-8"))["dependencies"],
    }
    assert [
        f"| {name} | {version} |" for name, version in pinned.items() if f"| {name} | {version} |" not in document
    ] == []


def test_reasons_belong_to_targets() -> None:
    ids = [target.id for target in targets]
    assert len(set(ids)) == len(ids)
    assert set(REASONS) <= set(ids)


def test_missed_target_shows_its_reason_and_a_row_without_a_measurement_a_dash() -> None:
    table = Table("Times", ("a", "b"), ("one", "two"))
    slow, quick = Target("slow", "Slow", 1.5, "×"), Target("quick", "Quick", 10, "s")

    def measure(_: Settings) -> Findings:
        findings = Findings(values={"slow": 2.0, "quick": 10.0})
        findings.put(table, "one", "1", "2")
        return findings

    part = Part("part", "Part", "How", (table,), (slow, quick), measure)
    findings = part.measure(Settings())
    assert render_tables(part, findings).splitlines()[2:] == [
        "|  | a | b |",
        "| --- | ---: | ---: |",
        "| one | 1 | 2 |",
        "| two | – | – |",
    ]
    assert describe_targets(part, findings, {"slow": "It waits."}).splitlines()[2:] == [
        "| Slow: at most 1.5 × | 2 × | **no**: It waits. |",
        "| Quick: at most 10 s | 10 s | yes |",
    ]


def test_part_measured_by_itself_replaces_its_own_section_and_no_other() -> None:
    table = Table("Times", ("a",), ("one",))
    part = Part("part", "Part", "How.", (table,), (), lambda _: Findings())
    machine = {"Date": "2026-01-02", "Processor": "2 cores", "Load when it began": "0.1", "Chromium": "1.2"}
    findings = Findings()
    findings.put(table, "one", "7")
    section = (
        "## Part\n\nHow.\n\n### Times\n\n|  | a |\n| --- | ---: |\n| one | 7 |\n\n"
        "Measured by itself: date 2026-01-02; processor 2 cores; load when it began 0.1; chromium 1.2.\n"
    )
    for before, after in (("# Title\n\n## Part", "\n## Another part\n\nWords \\1.\n"), ("# Title\n\n## Part", "")):
        old = f"{before}\n\n### Times\n\nOld.\n{after}"
        assert renew_section(old, machine, part, findings, {}) == f"# Title\n\n{section}{after}"
    assert renew_section("# Title\n", machine, part, findings, {}) == f"# Title\n\n{section}"


# --- Lighthouse ---


def report(performance: float, accessibility: float, paint: float) -> dict[str, Any]:
    """As much of a report as is read."""
    audits: dict[str, Any] = {name: {"numericValue": paint} for name in MEASURES}
    audits["contrast"] = {"id": "contrast", "title": "Contrast", "score": accessibility}
    scores = {"performance": performance, "accessibility": accessibility, "best-practices": 1, "seo": 1}
    references = {"accessibility": [{"id": "contrast", "weight": 7}, {"id": "total-byte-weight", "weight": 0}]}
    return {
        "categories": {name: {"score": score, "auditRefs": references.get(name, [])} for name, score in scores.items()},
        "audits": audits,
    }


def test_scores_of_lighthouse_are_medians_and_the_worst_page_counts(capsys: pytest.CaptureFixture[str]) -> None:
    found = {(page, site): VisitedPage() for page in ("home", "a guide") for site in SITES}
    for (page, site), visited in found.items():
        for n in range(3):
            slow = 0.05 if (page, site) == ("a guide", OURS) else 0
            take_in(visited, report(0.98 - slow + n / 100, 0.9 if site == BARE else 1, 1000 + n))
    findings = tell(found)
    assert findings.cells["Lighthouse: medians of the scores, of 100", "a guide, this site"] == (
        "94",
        "100",
        "100",
        "100",
    )
    assert findings.values["lighthouse-performance"] == pytest.approx(5)
    assert [findings.values[f"lighthouse-{name}"] for name in ("accessibility", "best-practices", "seo")] == [0, 0, 0]
    assert (
        capsys.readouterr().out
        == "home, bare Material: contrast: Contrast\na guide, bare Material: contrast: Contrast\n"
    )


def test_a_category_that_lighthouse_could_not_score_is_no_score() -> None:
    broken = report(1, 1, 1)
    broken["categories"]["seo"]["score"] = None
    with pytest.raises(RuntimeError, match="no score for seo"):
        take_in(VisitedPage(), broken)


@pytest.mark.slow
def test_bare_site_has_the_same_questions_and_nothing_of_ours_that_a_browser_loads(tmp_path: Path) -> None:
    built = build_bare(tmp_path / "site", "http://127.0.0.1:1/kb/")
    assert built.failure is None
    ours = build_ours(tmp_path / "ours", "http://127.0.0.1:1/kb/")
    for name, (source, path) in PAGES.items():
        if (REPOSITORY / "content" / source).is_file():
            page, own = built.read(f"{path}index.html"), ours.read(f"{path}index.html")
            assert 'rel="canonical" href="http://127.0.0.1:1/kb/' in page, name
            assert not re.search("assets/(site|checklists)/", page), name
            assert page.count("<fieldset") == own.count("<fieldset"), name


# --- layout shift ---


def test_layout_shift_is_that_of_the_worst_page_of_each_group() -> None:
    found = {"": (0.0, 0.001), "about/": (0.02, 0.0), "guides/a/": (0.003, 0.0), "guides/b/": (0.0, 0.004)}
    findings = standing.tell(found)
    assert findings.cells == {
        (standing.MOVED.title, "all others"): ("2", "0.0200", "0.0010"),
        (standing.MOVED.title, "guides"): ("2", "0.0030", "0.0040"),
    }
    assert findings.values == {"layout-shift": 0.02}


# --- the environment ---


def test_nothing_in_the_environment_of_the_bench_contradicts_the_locked_versions() -> None:
    def pins(path: Path) -> dict[str, str]:
        return dict(re.findall(r"^([\w-]+)==([^\s;]+)", path.read_text("utf-8"), re.MULTILINE))

    ours, theirs = pins(REPOSITORY / "requirements.lock"), pins(BENCH / "requirements.lock")
    assert "mkdocs-quiz" in theirs
    assert {name: theirs[name] for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]} == {}


def test_lock_of_the_npm_packages_fits_and_names_no_registry() -> None:
    lock = json.loads((BENCH / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((BENCH / "package.json").read_text("utf-8"))["dependencies"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, entry in lock.items() if "resolved" in entry] == []


# --- the decision and the calculator ---


@pytest.mark.parametrize(("name", "text"), [("many", decision(write_questions(60))), ("sums", calculator())])
def test_generated_decision_and_calculator_have_no_errors(tmp_path: Path, name: str, text: str) -> None:
    library = Library(write_tree(tmp_path, {f"{name}.yml": text}))
    library.refresh()
    loaded = library.get(name)
    assert loaded is not None
    assert loaded.diagnostics.found == []


def test_plain_sum_computes_what_the_calculator_does(tmp_path: Path) -> None:
    library = Library(write_tree(tmp_path, {"sums.yml": calculator()}))
    library.refresh()
    loaded = library.get("sums")
    assert loaded is not None
    fields = [float(n + 1) for n in range(FIELDS)]
    figures = full_score(loaded.key, {f"field-{n}": str(n + 1) for n in range(FIELDS)})["figures"]
    formulas = re.findall(r"\(f, g\) => (.*?)(?=, \(f, g\)|\];)", sum_script())
    assert len(formulas) == FORMULAS
    found: list[float] = []
    for formula in formulas:
        found.append(eval(formula, {"f": fields, "g": found}))
    assert [round(value, 2) for value in found] == pytest.approx(list(figures.values()), abs=0.011)
