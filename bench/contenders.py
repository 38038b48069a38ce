"""The same questions as each contender wants them written."""

import json
from collections.abc import Mapping
from html import escape

from bench.questions import BANDS, OPTIONS, UNKNOWN, Option, Question, Questionnaire

__all__ = [
    "MINUTES",
    "bare_form",
    "checklist",
    "checklist_page",
    "plain_list",
    "quiz_page",
    "survey_page",
    "tally_page",
]

MINUTES = "About 20 minutes"


def _choices(question: Question) -> tuple[Option, ...]:
    return (*OPTIONS, UNKNOWN, *([Option("na", "Does not apply", 0)] if question.na else []))


def _flow(entries: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {json.dumps(text)}' for key, text in entries.items())}}}"


def checklist(form: Questionnaire) -> str:
    """The YAML file of this package."""
    lines = [
        f"title: {json.dumps(form.title)}",
        f"summary: {form.summary}",
        "scales:",
        "  paper:",
        *(f"    - {{id: {o.id}, text: {json.dumps(o.text)}, points: {o.points}}}" for o in OPTIONS),
        "sections:",
    ]
    for section in form.sections:
        lines += [f"  - id: {section.id}", f"    title: {section.title}", f"    why: {section.why}", "    items:"]
        for question in section.questions:
            lines += [
                f"      - id: {question.id}",
                f"        text: {question.text}",
                f"        help: {question.help}",
                "        scale: paper",
                f"        weight: {question.weight}",
                *([f"        caps: {_flow(question.caps)}"] if question.caps else []),
                *(["        na: true"] if question.na else []),
                f"        recommend: {_flow(question.advice)}",
                "        effort: 20 min",
            ]
    lines += ["bands:", *(f"  - {{id: {b.id}, min: {b.min}, title: {b.title}, text: {b.text}}}" for b in BANDS)]
    return "\n".join(lines) + "\n"


def checklist_page(form: Questionnaire) -> str:
    return f"::: checklist {form.id} level=1\n"


def plain_list(form: Questionnaire) -> str:
    """The same text as nested lists in plain Markdown."""
    lines = [f"# {form.title}", "", form.summary, ""]
    for section in form.sections:
        lines += [f"## {section.title}", "", section.why, ""]
        for question in section.questions:
            lines += [f"- {question.text}", "", f"    {question.help}", ""]
            lines += [f"    - {option.text}" for option in _choices(question)]
            lines += ["", *(line for text in question.advice.values() for line in (f"    {text}", ""))]
            lines += [f"    {MINUTES}", ""]
    lines += ["## Your result", "", *(f"- {band.title} (from {band.min}): {band.text}" for band in BANDS)]
    return "\n".join(lines) + "\n"


def bare_form(form: Questionnaire) -> str:
    """What one would write by hand: headings in Markdown, as HTML the form, field sets, legends, labels and radios.

    The headings are Markdown so that the theme knows them, as it knows those of the others: table of contents and anchors.
    """
    blocks = [f"# {form.title}", '<form class="tally" markdown="1">', form.summary]
    for section in form.sections:
        blocks += [f"## {section.title} {{: #{section.id} }}", section.why]
        for question in section.questions:
            rows = "".join(
                f'<label><input type="radio" name="{question.id}" value="{option.id}"'
                f' data-points="{question.weight * option.points}"> {escape(option.text)}</label>'
                for option in _choices(question)
            )
            advice = "".join(f"<p>{text}</p>" for text in question.advice.values())
            # It stands in one line: Python-Markdown would look for Markdown between the lines of a block.
            legend = f"<legend>{question.text}</legend><p>{question.help}</p>"
            blocks.append(f"<fieldset>{legend}{rows}{advice}<p>{MINUTES}</p></fieldset>")
    bands = "".join(f"<dt>{band.title} ({band.min})</dt><dd>{band.text}</dd>" for band in BANDS)
    blocks += ["## Your result", f"<p><output>0 answered</output></p>\n<dl>{bands}</dl>", "</form>"]
    return "\n\n".join(blocks) + "\n"


def tally_page(form: Questionnaire, script: str) -> str:
    """The bare form with a script of ten lines, named by its address, that shows the points so far."""
    return f'{bare_form(form)}\n<script src="{script}"></script>\n'


def quiz_page(form: Questionnaire) -> str:
    """The syntax of mkdocs-quiz. It knows right and wrong only: the best option is right. Advice shows after the answer."""
    lines = [f"# {form.title}", "", form.summary, ""]
    for section in form.sections:
        lines += [f"## {section.title}", "", section.why, ""]
        for question in section.questions:
            lines += ["<quiz>", question.text, "", question.help, ""]
            lines += [f"- [{'x' if n == 0 else ' '}] {option.text}" for n, option in enumerate(_choices(question))]
            lines += ["", *(line for text in question.advice.values() for line in (text, "")), MINUTES, "</quiz>", ""]
    return "\n".join([*lines, "<!-- mkdocs-quiz results -->", ""])


def survey(form: Questionnaire) -> dict[str, object]:
    """The definition for SurveyJS: all on one page, one panel a section, as its documentation shows it. Without the advice."""
    return {
        "title": form.title,
        "description": form.summary,
        "showProgressBar": True,
        "progressBarType": "questions",
        "showQuestionNumbers": False,
        "elements": [
            {
                "type": "panel",
                "name": section.id,
                "title": section.title,
                "description": section.why,
                "elements": [
                    {
                        "type": "radiogroup",
                        "name": question.id,
                        "title": question.text,
                        "description": question.help,
                        "choices": [{"value": option.id, "text": option.text} for option in _choices(question)],
                    }
                    for question in section.questions
                ],
            }
            for section in form.sections
        ],
    }


def survey_page(form: Questionnaire, folder: str) -> str:
    """A page that shows the survey; the folder holds the two scripts of SurveyJS, its style sheet and the one that starts it."""
    definition = json.dumps(survey(form), ensure_ascii=False).replace("<", "\\u003c")
    head = f'<link rel="stylesheet" href="{folder}survey-core.fontless.min.css">'
    names = ("survey.core.min.js", "survey-js-ui.min.js", "survey-start.js")
    scripts = "".join(f'<script src="{folder}{name}"></script>' for name in names)
    data = f'<script type="application/json" id="definition">{definition}</script>'
    return f'---\ntitle: "{form.title}"\n---\n\n<div>{head}<div id="survey"></div>{data}{scripts}</div>\n'
