"""A decision and a calculator, each with the words or numbers that a plain page would have too."""

import json
import random

from bench.questions import OPTIONS, Questionnaire

__all__ = ["FIELDS", "FORMULAS", "calculator", "calculator_page", "decision", "sum_page"]

OUTCOMES = ("keep", "hire", "outsource", "automate")
FIELDS, FORMULAS = 20, 40


def decision(form: Questionnaire) -> str:
    """The same questions as a decision between four outcomes, with gates, notes and a plan."""
    chance = random.Random(form.id)
    lines = [
        f"title: {json.dumps(form.title)}",
        f"summary: {form.summary}",
        "subject: task",
        "outcomes:",
        *(f"  - {{id: {name}, title: {name.capitalize()} it, text: What to do then.}}" for name in OUTCOMES),
        "sections:",
    ]
    for section in form.sections:
        lines += [f"  - id: {section.id}", f"    title: {section.title}", f"    why: {section.why}", "    items:"]
        for question in section.questions:
            lines += [
                f"      - id: {question.id}",
                f"        text: {question.text}",
                f"        help: {question.help}",
                f"        weight: {question.weight}",
                *(["        na: true"] if question.na else []),
                "        options:",
            ]
            for option in OPTIONS:
                points = ", ".join(f"{name}: {chance.randint(-4, 4)}" for name in OUTCOMES)
                lines.append(f"          - {{id: {option.id}, text: {json.dumps(option.text)}, points: {{{points}}}}}")
    names = [question.id.replace("-", "_") for question in form.questions]
    gates = zip(OUTCOMES, names[::7], names[3::7], strict=False)
    lines += [
        "gates:",
        *(
            f'  - {{remove: {outcome}, when: {one} == "missing" and {other} == "missing", text: Both are missing.}}'
            for outcome, one, other in gates
        ),
        "notes:",
        *(
            f'  - {{when: outcome == "{name}" and {names[5]} != "missing", text: Look at it again.}}'
            for name in OUTCOMES
        ),
        "plan: {title: All of them}",
    ]
    return "\n".join(lines) + "\n"


def _formula(number: int) -> tuple[str, str]:
    """A formula in YAML's expressions and in JavaScript: each adds up two fields and the figure before, with a factor."""
    one, other = number % FIELDS, (7 * number + 3) % FIELDS
    before = f" + figure_{number - 1} / 2" if number else ""
    return (
        f"(field_{one} * 1.05 + field_{other}) * (1 + {number} / 100){before}",
        f"(f[{one}] * 1.05 + f[{other}]) * (1 + {number} / 100){f' + g[{number - 1}] / 2' if number else ''}",
    )


def calculator() -> str:
    """The YAML file: so many inputs, and figures of which each needs the one before; the last one leads."""
    last = FORMULAS - 1
    lines = ["title: A calculator", "inputs:"]
    lines += [
        f"  - {{id: field-{n}, text: Number {n + 1} of what is asked for, unit: h, max: 100000, decimals: 2, example: {n + 1}}}"
        for n in range(FIELDS)
    ]
    lines.append("figures:")
    lines += [
        f"  - {{id: figure-{n}, text: Figure {n + 1} of what comes out, unit: h, decimals: 2, formula: {_formula(n)[0]}"
        f"{', main: true' if n == last else ''}}}"
        for n in range(FORMULAS)
    ]
    lines += [
        "verdicts:",
        f"  - {{id: much, when: figure_{last} > 500, title: Much}}",
        f"  - {{id: little, when: figure_{last} <= 500, title: Little}}",
    ]
    return "\n".join(lines) + "\n"


def calculator_page() -> str:
    return "::: checklist sums level=1\n"


def sum_page(script: str) -> str:
    """Fields and outputs with the same words, and a script of ten lines that computes with binary fractions."""
    fields = "".join(
        f'<p><label>Number {n + 1} of what is asked for, h <input inputmode="decimal"></label></p>\n'
        for n in range(FIELDS)
    )
    figures = "".join(
        f"<dt>Figure {n + 1} of what comes out</dt><dd><output></output> h</dd>\n" for n in range(FORMULAS)
    )
    return f'# A calculator\n\n<form class="sum">\n{fields}<dl>\n{figures}</dl>\n</form>\n\n<script src="{script}"></script>\n'


def sum_script() -> str:
    """The script of `sum_page`."""
    formulas = ", ".join(f"(f, g) => {_formula(n)[1]}" for n in range(FORMULAS))
    return f"""\
const form = document.querySelector("form.sum");
const outputs = [...form.querySelectorAll("output")];
const formulas = [{formulas}];
function compute() {{
  const f = [...form.querySelectorAll("input")].map((input) => Number(input.value));
  const g = [];
  formulas.forEach((formula, n) => g.push(formula(f, g)));
  outputs.forEach((output, n) => (output.value = g[n].toFixed(2)));
}}
form.addEventListener("input", compute);
"""
