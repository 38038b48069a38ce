"""What a page says of some answers, and what of that would be absurd."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from playwright.sync_api import Page

from tests.browser.widget import open_widget, say, wait_until
from tests.helpers import Site
from tests.instruments.drawing import best, choices, worst
from tests.instruments.instrument import Answer, Answers, Expected, Instrument, Question

ANSWER = """({ answers, several }) => {
  for (const [name, wanted] of Object.entries(answers)) {
    const chosen = new Set([wanted].flat());
    const fields = [...document.querySelectorAll(`fieldset input[name="${name}"]`)];
    // What excludes the others, or is excluded, is taken out by the page itself.
    if (several.includes(name)) for (const field of fields) if (field.checked && !chosen.has(field.value)) field.click();
    for (const field of fields) if (chosen.has(field.value) && !field.checked) field.click();
  }
}"""
"""A reader's clicks, hundreds of them in one step."""

WATCHED = """() => {
  const due = (window.due = new Set());
  const { setTimeout: after, clearTimeout: cancel, requestAnimationFrame: frame } = window;
  window.setTimeout = (work, delay = 0, ...rest) => {
    if (delay > 100) return after.call(window, work, delay, ...rest);
    const id = after.call(window, () => { due.delete(id); work(...rest); });
    due.add(id);
    return id;
  };
  window.clearTimeout = (id) => { due.delete(id); cancel.call(window, id); };
  window.requestAnimationFrame = (work) => {
    const mark = {};
    due.add(mark);
    return frame.call(window, (now) => { due.delete(mark); work(now); });
  };
}"""
"""Notes what is due soon, and has it come without a wait. Nothing in a page takes a frame back."""

BRING = """async (modules) => {
  window.modules = modules;
  await Promise.all(modules.map((module) => import(module)));
}"""
"""Brings modules before a result is in need of them, so that it has them at once."""

LAZY = ("answering", "base", "calculator", "decision", "result", "rules")
"""Where the modules are that a result may load."""

AT_REST = """async () => {
  const panel = document.querySelector("[data-panel]");
  const opened = [...panel.querySelectorAll("details:not([open])")].map((fold) => new Promise((resolve) => {
    fold.addEventListener("toggle", resolve, { once: true });
    fold.open = true;
  }));
  await Promise.all(opened);
  if (opened.length || due.size) return false;
  // Whoever has asked for a module before has it now; a message comes after whatever he does at once.
  await Promise.all(modules.map((module) => import(module)));
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resolve(); };
    port2.postMessage(null);
  });
  return !due.size && !panel.querySelector("details:not([open])") && Boolean(panel.querySelector("[data-result], [data-computed]"));
}"""
"""Whether everything is open, and nothing is left to do: parts of a result are drawn one after the other."""

LOOK = """() => {
  const text = (element) => element?.innerText.replace(/\\s+/g, " ").trim() ?? "";
  const shown = (element) => element.checkVisibility();
  const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(shown);
  const panel = document.querySelector("[data-panel]");
  const entries = (list) => all("li", list).map((entry) => ({ title: text(entry.querySelector("a, span")), text: text(entry) }));
  const paint = (rect) => (getComputedStyle(rect).fill.match(/-?[\\d.]+/g) ?? []).slice(0, 3).map(Number);
  const idOf = (row, name) => row.getAttribute(`data-${name}`);
  const rows = (name) => Object.fromEntries(all(`[data-${name}]`, panel).map((row) => [idOf(row, name), text(row)]));
  return {
    page: text(document.querySelector("scored-checklist")),
    panel: text(panel),
    verdict: text(panel.querySelector("[data-verdict]")),
    number: text(panel.querySelector("[data-number]")),
    awarded: all("[data-bands] > [data-awarded]", panel).map((row) => row.dataset.band),
    verdicts: all("[data-verdicts] > [data-awarded]", panel).map((row) => row.dataset.verdict),
    sections: rows("section"),
    dimensions: rows("dimension"),
    figures: rows("figure"),
    notes: all("[data-notes-now]", panel).map(text).join(" "),
    advice: all("[data-result] ol", panel).filter((list) => !list.closest("[data-way-up], [data-why]")).flatMap(entries),
    ways: all("[data-way-up]", panel).map((way) => ({ text: text(way), steps: entries(way) })),
    why: all("[data-gains] > li", panel).map((row) => ({ title: text(row.querySelector("a, span")), text: text(row) })),
    colours: [...panel.querySelectorAll("[data-scale] rect")].map((rect) => [rect.dataset.band, paint(rect)]),
  };
}"""

BROKEN = re.compile(r"\bnull\b|\bundefined\b|\bNaN\b|\[object |\{[a-z_-]+\}|\bInfinity\b")
PRAISE = re.compile(r"every answer is the best|best one there is|nothing is left", re.IGNORECASE)
TO_MEND = re.compile(r"\b(to mend|left to mend|to do first|things? to do|way up|try it|improving)\b", re.IGNORECASE)
DENIES = re.compile(r"[^.]*\b(never|nobody|can’t|nothing to mend|no result is better)\b[^.]*\.")
"""A sentence that says of something that it is not there, such as that facts are never among the things to do."""
LOSS = re.compile(r"\d (lost|above the best)")
JUDGES = re.compile(r"\b(best|worst|better|worse|mend|improv\w+|lost|way up|what to do|things? to do)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """What a reader sees in the result, every fold open."""

    page: str
    panel: str
    verdict: str
    number: str
    awarded: list[str]
    verdicts: list[str]
    sections: Mapping[str, str]
    dimensions: Mapping[str, str]
    figures: Mapping[str, str]
    notes: str
    advice: list[dict[str, str]]
    ways: list[dict[str, Any]]
    why: list[dict[str, str]]
    colours: list[tuple[str, list[float]]]


def open_instrument(page: Page, site: Site, name: str) -> None:
    """Open the page of an instrument, so that its result can be seen as soon as it is complete."""
    page.add_init_script(f"({WATCHED})()")
    open_widget(page, site.url, name)
    folder = next(site.site_dir.glob("assets/checklists/*/define.js")).parent
    modules = [module for lazy in LAZY for module in sorted((folder / lazy).glob("*.js"))]
    page.evaluate(BRING, [site.url + module.relative_to(site.site_dir).as_posix() for module in modules])


def see(page: Page, tested: Instrument, answers: Answers) -> Seen:
    """Give these answers on the opened page of an instrument, whatever stood there before, and look at its result."""
    numbers = {name: str(answers[name]) for name in tested.inputs if name in answers}
    several = [question.id for question in tested.questions if question.none is not None]
    page.evaluate(ANSWER, {"answers": {**answers}, "several": several})
    for name, number in numbers.items():
        field = page.locator(f'[data-input="{name}"] input').first
        field.fill(number)
        field.blur()
    wait_until(page, AT_REST)
    return Seen(**page.evaluate(LOOK))


def absurdities(tested: Instrument, answers: Answers, seen: Seen) -> list[str]:
    """Everything that is wrong, or cruel, in what a page says of some answers."""
    expected = tested.rule(answers)
    return [
        *_broken_words(seen),
        *_wrong_facts(tested, expected, seen),
        *_praise(tested, answers, seen),
        *_judgement_of_a_measurement(tested, seen),
        *_colours(tested, seen),
        *_advice(tested, answers, seen),
        *_ways_up(tested, answers, seen),
        *_losses(tested, answers, seen),
    ]


def _broken_words(seen: Seen) -> Iterator[str]:
    for found in BROKEN.finditer(seen.page):
        yield f"says {found[0]!r}: …{seen.page[max(0, found.start() - 60) : found.end() + 60]}…"


def _wrong_facts(tested: Instrument, expected: Expected, seen: Seen) -> Iterator[str]:
    """The number and the names are those of the publication."""
    titles = {band["id"]: band["title"] for band in tested.data.get("bands", [])}
    parts = {name: {entry["id"]: entry for entry in tested.data.get(name, [])} for name in ("sections", "dimensions")}
    for path, value in expected.items():
        kind, _, rest = path.partition(".")
        if path == "band":
            if seen.awarded != [value] or titles[str(value)] not in seen.verdict:
                yield f"band {seen.awarded}, “{seen.verdict}”, where the publication has {value}"
        elif path == "verdict":
            if seen.verdicts != [value]:
                yield f"verdict {seen.verdicts}, where the publication has {value}"
        elif path == "notes" and isinstance(value, tuple):
            yield from (f"no note “{note}” in “{seen.notes}”" for note in value if note not in seen.notes)
        elif path == "score" or kind == "figures":
            text = seen.number if path == "score" else seen.figures.get(rest, "")
            if isinstance(value, int | Fraction) and not _has_number(text, tested.shown(path, value)):
                yield f"{path}: “{text}”, where the publication has {value}"
        elif kind in ("sections", "dimensions"):
            name, _, part = rest.partition(".")
            row = (seen.sections if kind == "sections" else seen.dimensions).get(name, "")
            if part == "band":
                bands = {band["id"]: band["title"] for band in parts[kind][name]["bands"]}
                if bands[str(value)] not in row:
                    yield f"{path}: “{row}”, where the publication has “{bands[str(value)]}”"
            elif isinstance(value, int | Fraction) and not _has_number(row, tested.shown(path, value)):
                yield f"{path}: “{row}”, where the publication has {value}"


def _has_number(text: str, number: Fraction) -> bool:
    """Whether a text has this number, in whichever way it is written."""
    found = re.findall(r"[-−]?\d[\d,]*(?:\.\d+)?", text)
    return number in [Fraction(one.replace(",", "").replace("−", "-")) for one in found]


def _is_best(tested: Instrument, answers: Answers) -> bool:
    return tested.better != "neither" and tested.rank(answers) == tested.rank(best(tested.name))


def _is_better(tested: Instrument, one: Answers, other: Answers) -> bool:
    """Whether the publication has a better result for one set of answers than for the other."""
    difference = tested.rank(one) - tested.rank(other)
    return difference < 0 if tested.better == "lower" else difference > 0


def _scoring(tested: Instrument) -> list[Question]:
    return [question for question in tested.questions if not question.informs]


def _praise(tested: Instrument, answers: Answers, seen: Seen) -> Iterator[str]:
    if (found := PRAISE.search(seen.panel)) and not _is_best(tested, answers):
        yield f"praises what is not the best: “{found[0]}”"
    if all(question.given for question in _scoring(tested)) and (found := TO_MEND.search(DENIES.sub("", seen.panel))):
        yield f"asks to mend facts: “{found[0]}”"
    can_be_done = any(question.advised and not question.given for question in _scoring(tested))
    if not can_be_done and (seen.advice or seen.ways):
        yield f"lists things to do where nothing can be done: {seen.advice} {seen.ways}"


def _judgement_of_a_measurement(tested: Instrument, seen: Seen) -> Iterator[str]:
    if tested.better != "neither":
        return
    words = DENIES.sub("", seen.panel)
    for question in tested.questions:
        words = words.replace(question.text, "")
    for found in JUDGES.finditer(words):
        yield f"judges a measurement: …{words[max(0, found.start() - 60) : found.end() + 40]}…"


def _colours(tested: Instrument, seen: Seen) -> Iterator[str]:
    """The green end is the good one, the red end the bad one; a measurement has neither."""
    paints = {band: ("green" if paint[1] > paint[0] else "red") if paint else "none" for band, paint in seen.colours}
    if len(paints) < 2:
        return
    ends = [str(tested.rule(find(tested.name))["band"]) for find in (best, worst)]
    if tested.better == "neither":
        if paints[ends[0]] != paints[ends[1]]:
            yield f"a measurement has colours of good and bad: {seen.colours}"
    elif (paints[ends[0]], paints[ends[1]]) != ("green", "red"):
        yield f"the best end is {paints[ends[0]]}, the worst {paints[ends[1]]}"


def _question_of(tested: Instrument, title: str) -> Question | None:
    """The question that an entry of a list is about, by its words or by its `action`."""
    actions = {
        item["id"]: item.get("action") for section in tested.data.get("sections", []) for item in section["items"]
    }
    for question in tested.questions:
        if title in (question.text, actions[question.id]):
            return question
    return None


def _advice(tested: Instrument, answers: Answers, seen: Seen) -> Iterator[str]:
    for entry in seen.advice:
        question = _question_of(tested, entry["title"])
        if question is None:
            yield f"advice about nothing that was asked: {entry}"
            continue
        if question.given or question.informs:
            yield f"asks to mend a fact: {entry}"
        if not question.advised or entry["text"] == entry["title"]:
            yield f"advice without text: {entry}"
        if not _can_gain(tested, answers, question):
            yield f"advice after the best answer: {entry}"


def _can_gain(tested: Instrument, answers: Answers, question: Question) -> bool:
    ways: list[Answers] = [{**answers, question.id: answer} for answer in choices(question)]
    return any(_is_better(tested, way, answers) for way in ways)


def _ways_up(tested: Instrument, answers: Answers, seen: Seen) -> Iterator[str]:
    titles = {band["title"]: band["id"] for band in tested.data.get("bands", [])}
    steps = re.compile(re.escape(say("way_up_step", **{"from": "\0", "to": "\0"})).replace("\0", "(.+?)"))
    for way in seen.ways:
        changed: dict[str, Answer] = {**answers}
        asked = [_question_of(tested, entry["title"]) for entry in way["steps"]]
        if not any(question and question.advised for question in asked):
            yield f"a way without any advice: {way['text']}"
        for entry, question in zip(way["steps"], asked, strict=True):
            words = steps.search(entry["text"])
            if question is None or words is None:
                yield f"a step of no question, or without answers: {entry}"
                continue
            if question.given or question.informs:
                yield f"a step that nobody can take: {entry}"
            option = _answer_of(tested, question, words[2])
            if option is None:
                yield f"a step to no answer: {entry}"
                continue
            if not _is_better(tested, {**answers, question.id: option}, answers):
                yield f"a step towards worse: {entry}"
            changed[question.id] = option
        reached = str(tested.rule(changed)["band"])
        if reached not in [titles[title] for title in titles if f"“{title}”" in way["text"]]:
            yield f"the way does not lead where it says, but to {reached}: {way['text']}"
        if not _is_better(tested, changed, answers):
            yield f"a way towards worse: {way['text']}"


def _answer_of(tested: Instrument, question: Question, words: str) -> Answer | None:
    """The answer that has these words."""
    items = [item for section in tested.data["sections"] for item in section["items"] if item["id"] == question.id]
    scales = {"yes-no": [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}], **tested.data.get("scales", {})}
    options = items[0].get("options") or scales[items[0]["scale"]]
    if question.none is not None:
        return [option["id"] for option in options if option["text"] in words] or None
    return next((str(option["id"]) for option in options if option["text"] == words), None)


def _losses(tested: Instrument, answers: Answers, seen: Seen) -> Iterator[str]:
    """In *Why this result* an answer has lost something exactly where another one would be better."""
    if tested.better == "neither":
        return
    for row in seen.why:
        question = _question_of(tested, row["title"])
        if question is None or question.informs:
            continue
        if bool(LOSS.search(row["text"].removeprefix(row["title"]))) != _can_gain(tested, answers, question):
            yield f"wrong about what was lost: {row}"
