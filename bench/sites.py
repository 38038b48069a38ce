"""Small sites of the contenders: what stands in their files, and the sites once built."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from bench.contenders import checklist, checklist_page, plain_list, quiz_page, survey_page, tally_page
from bench.questions import Questionnaire
from tests.helpers import REPOSITORY, build_site, write_tree

__all__ = [
    "ASSETS",
    "CONTENDERS",
    "PLAIN",
    "Contender",
    "Files",
    "build",
    "checklist_files",
    "plain_files",
    "quiz_files",
    "write_site",
]

FOLDER = Path(__file__).parent
ASSETS = "assets/bench"
SURVEY_FILES = (
    "survey-core/survey.core.min.js",
    "survey-core/survey-core.fontless.min.css",
    "survey-js-ui/survey-js-ui.min.js",
)

Files = Mapping[str, str]
"""Path -> text of a small site."""


def config(*plugins: str, extensions: str = "") -> str:
    """The `mkdocs.yml` of a small site."""
    theme = "theme: {name: material, font: false}"
    return (
        f"site_name: Bench\n{theme}\nplugins: {json.dumps(['search', *plugins])}\nmarkdown_extensions: [{extensions}]\n"
    )


def pages(forms: Iterable[Questionnaire], page: Callable[[Questionnaire], str]) -> Files:
    return {"docs/index.md": "# Home\n", **{f"docs/{form.id}.md": page(form) for form in forms}}


def checklist_files(forms: Iterable[Questionnaire]) -> Files:
    forms = tuple(forms)
    files = {f"checklists/{form.id}.yml": checklist(form) for form in forms}
    return {"mkdocs.yml": config("checklists"), **files, **pages(forms, checklist_page)}


def plain_files(forms: Iterable[Questionnaire]) -> Files:
    return {"mkdocs.yml": config(), **pages(forms, plain_list)}


def quiz_files(forms: Iterable[Questionnaire]) -> Files:
    return {"mkdocs.yml": config("mkdocs_quiz"), **pages(forms, quiz_page)}


def _tally_files(forms: Iterable[Questionnaire]) -> Files:
    script = (FOLDER / "tally.js").read_text("utf-8")
    found = pages(forms, lambda form: tally_page(form, f"../{ASSETS}/tally.js"))
    settings = config(extensions="attr_list, md_in_html")
    return {"mkdocs.yml": settings, f"docs/{ASSETS}/tally.js": script, **found}


def _survey_files(forms: Iterable[Questionnaire]) -> Files:
    script = (FOLDER / "survey-start.js").read_text("utf-8")
    found = pages(forms, lambda form: survey_page(form, f"../{ASSETS}/"))
    return {"mkdocs.yml": config(), f"docs/{ASSETS}/survey-start.js": script, **found}


@dataclass(frozen=True)
class Contender:
    """A way to put the same questions on a page, and how a reader finds her way on it (CSS selectors)."""

    name: str
    files: Callable[[Iterable[Questionnaire]], Files]
    question: str
    option: str
    """Within a question: what she presses to choose."""
    count: str
    """The element whose first number says how many are answered."""
    own: str
    """A regular expression: the addresses of its own scripts."""


OURS = Contender(
    name="mkdocs-checklists",
    files=checklist_files,
    question="scored-checklist fieldset",
    option="label",
    count='scored-checklist [role="group"]',
    own="/assets/checklists/",
)
TALLY = Contender(
    name="plain form, ten-line tally",
    files=_tally_files,
    question="form.tally fieldset",
    option="label",
    count="form.tally output",
    own=f"/{ASSETS}/tally",
)
QUIZ = Contender(
    name="mkdocs-quiz",
    files=quiz_files,
    question=".quiz",
    option="fieldset label",
    count="#quiz-progress-sidebar .quiz-progress-answered",
    own="/questions-[0-9-]+/$",  # Its scripts stand in the page.
)
SURVEY = Contender(
    name="SurveyJS",
    files=_survey_files,
    question="#survey .sd-question",
    option=".sd-item label",
    count="#survey .sd-progress-bar, #survey .sd-progress__text",
    own=f"/{ASSETS}/survey",
)
CONTENDERS = (OURS, TALLY, QUIZ, SURVEY)
PLAIN = "plain Markdown lists"


def write_site(root: Path, files: Files) -> Path:
    write_tree(root, files)
    if f"docs/{ASSETS}/survey-start.js" in files:
        for name in SURVEY_FILES:
            copyfile(FOLDER / "node_modules" / name, root / "docs" / ASSETS / Path(name).name)
    return root


def build(root: Path, url: str = "http://127.0.0.1/") -> Path:
    """Build a site, through MkDocs' own functions; returns the folder that may be served."""
    # What a contender has to say about its own pages is not what is measured, so not `strict`.
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    built = build_site(root, strict=False, site_url=url)
    if built.failure:
        raise RuntimeError(built.report)
    return built.site_dir


def repository_site(root: Path) -> Path:
    """A copy of the site of this repository, whose files may be changed."""
    for name in ("mkdocs.yml", "checklists", "content", "site_src"):
        source = REPOSITORY / name
        paths = [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]
        for path in paths:
            target = root / path.relative_to(REPOSITORY)
            target.parent.mkdir(parents=True, exist_ok=True)
            copyfile(path, target)
    return root
