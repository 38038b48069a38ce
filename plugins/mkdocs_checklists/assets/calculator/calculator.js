/**
 * The calculator of a checklist: fields that take numbers as readers write them, and figures, verdict and arithmetic that follow
 * at every key. Loaded only for checklists with inputs.
 *
 * @import {Part, Snapshot} from "../types"
 * @import {Session} from "../answering/session.js"
 */
import { findMissing, outcomeOf, withNumbers } from "./arithmetic.js";
import { Comparisons } from "./comparisons.js";
import { ExampleOffer } from "./example-offer.js";
import { NumberField } from "./number-field.js";
import { sayRounded } from "./numerals.js";
import { SensitivityFold } from "./sensitivity-fold.js";
import { headingOf, make, panelOf, say, write } from "../base/view.js";
import { Actions, Blocks } from "../result/panel.js";

// After the frame with the figures; sooner than she looks up from the field.
const SOON = 50;

class Calculator {
  session;
  #part;
  /** @type {Map<string, NumberField>} */
  #fields = new Map();
  #panel;
  #mark = make("span", { "data-made": "", hidden: "" });
  #listening = new AbortController();
  #example;
  #comparisons;
  /** @type {SensitivityFold | null} */
  #sensitivity = null;
  #actions = new Actions(false);
  #blocks = new Blocks();
  /** What comes out, right below the last number, where questions follow before the result. */
  #soFar = make("p", { "data-so-far": "", "data-made": "", hidden: "" });
  #empty = make("p", { "data-none": "", "data-made": "" }, say("number_none"));
  /** What is written into the page, so that only what has changed is touched. @type {Map<Element, string>} */
  #shown = new Map();
  /** @type {{place: HTMLElement, output: Element, id: string}[]} */
  #figures;
  /** @type {{line: HTMLElement, sentence: Element, id: string, made: HTMLElement}[]} */
  #lines;
  #decimals;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /**
   * @param {Part} part
   * @param {Session} session
   */
  constructor(part, session) {
    this.#part = part;
    this.session = session;
    const { rules, bands } = session.key;
    this.#decimals = new Map((rules?.figures ?? []).map(({ id, decimals }) => [id, decimals]));
    this.#panel = /** @type {HTMLElement | null} */ (part.querySelector("[data-panel]"));
    // When it goes, everything made here has gone.
    part.append(this.#mark);
    this.#example = new ExampleOffer(part, session);
    this.#figures = [.../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-figures] > [data-figure]"))].flatMap((place) => {
      const output = place.querySelector("output");
      return output ? [{ place, output, id: place.dataset.figure ?? "" }] : [];
    });
    this.#lines = [.../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-arithmetic] [data-formula]"))].flatMap((line) => {
      const sentence = line.querySelector("p");
      return sentence ? [{ line, sentence, id: line.dataset.formula ?? "", made: make("p", { "data-numbers": "", "data-made": "" }) }] : [];
    });
    this.#comparisons = new Comparisons(part);
    if (this.#panel) this.#equipPanel(this.#panel, !bands.length && !rules?.decision);
    const { signal } = this.#listening;
    part.addEventListener("input", (event) => this.#onInput(event), { signal });
    part.addEventListener("focusout", (event) => this.#onLeave(event), { signal });
    addEventListener("beforeprint", () => this.#showLines(), { signal });
  }

  /** Whether the part is still as it was left: a theme may have put the page anew. @param {Session} session */
  isAtWork(session) {
    return this.session === session && this.#mark.isConnected;
  }

  stop() {
    this.#listening.abort();
    clearTimeout(this.#later);
    this.#sensitivity?.stop();
    for (const field of this.#fields.values()) field.stop();
    for (const { output } of this.#figures) output.textContent = "";
    this.#comparisons.stop();
  }

  /** Takes the fields over, with what is in them: what the reader has just typed, or what a theme has brought along. */
  takeFields() {
    const [typed, found] = [new Map(), new Map()];
    for (const input of this.session.key.rules?.inputs ?? []) {
      const place = /** @type {HTMLElement | null} */ (this.#part.querySelector(`[data-inputs] > [data-input="${input.id}"]`));
      const element = place?.querySelector("input");
      if (!place || !element) continue;
      const field = new NumberField(place, element, input);
      this.#fields.set(input.id, field);
      const { text, isNew } = field.take();
      if (text && (isNew || !this.#writtenOf(input.id))) (isNew ? typed : found).set(input.id, text);
    }
    if (found.size) this.session.adopt(found, this.#part, false);
    if (typed.size) this.session.adopt(typed, this.#part, true);
  }

  /** @param {HTMLElement} panel @param {boolean} isAlone whether no other result brings the buttons along */
  #equipPanel(panel, isAlone) {
    const figures = panel.querySelector("[data-figures]");
    figures?.before(this.#empty);
    const arithmetic = panel.querySelector("[data-arithmetic]");
    if (arithmetic) {
      this.#sensitivity = new SensitivityFold(this.#part, this.session, this.#mainId());
      arithmetic.before(this.#sensitivity.element);
    }
    const last = [...this.#part.querySelectorAll("[data-inputs]")].at(-1);
    if (last && last.compareDocumentPosition(panel) & Node.DOCUMENT_POSITION_FOLLOWING && this.#part.querySelector("[data-inputs] ~ fieldset, [data-inputs] ~ * fieldset")) {
      last.after(this.#soFar);
    }
    if (isAlone) panel.querySelector("[data-computed]")?.after(this.#actions.element);
  }

  #mainId() {
    const main = /** @type {HTMLElement | null} */ (this.#panel?.querySelector("[data-main]"));
    return main?.dataset.figure ?? "";
  }

  /** @param {Event} event */
  #onInput({ target, isTrusted }) {
    if (!(target instanceof HTMLInputElement)) return;
    const field = this.#fields.get(target.name);
    if (!field) return;
    // Firefox fills the fields of a tab that comes back as if somebody typed, but without the focus.
    if (isTrusted && !target.matches(":focus")) return field.show(this.#writtenOf(target.name));
    const written = field.type();
    if (written === this.#writtenOf(target.name)) return;
    // What was filed under an earlier name would count again where this is no number.
    if (field.isWrong && this.#ids(target.name).some((id) => id !== target.name && this.session.snapshot.written.has(id))) {
      this.session.answer(target.name, null, this.#part);
    }
    this.session.answer(target.name, written || null, this.#part);
  }

  /** @param {Event} event */
  #onLeave({ target }) {
    if (target instanceof HTMLInputElement) this.#fields.get(target.name)?.leave(this.#writtenOf(target.name));
  }

  /** @param {string} id */
  #ids(id) {
    return this.session.key.owners.get(id)?.ids ?? [id];
  }

  /** @param {string} id @returns {string} what is filed for an input; empty for nothing */
  #writtenOf(id) {
    const { written } = this.session.snapshot;
    return this.#ids(id).map((name) => written.get(name)).find((text) => text !== undefined) ?? "";
  }

  /** Numbers that an earlier release kept as they were typed, because it could not read them, count from now on. */
  #reread() {
    const read = [...this.#fields].map(([id, field]) => /** @type {const} */ ([id, field.reread(this.#writtenOf(id))]));
    const found = new Map(read.filter(([, number]) => number));
    if (found.size) this.session.adopt(found, this.#part, true);
    return found.size > 0;
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    // What follows from that has been shown by then.
    if (this.#reread()) return;
    for (const [id, field] of this.#fields) field.show(this.#writtenOf(id));
    this.#example.show(snapshot);
    if (!this.#panel || !snapshot.evaluation) return;
    this.#showVerdict(snapshot);
    this.#showFigures(snapshot);
    this.#showSoFar(snapshot);
    this.#comparisons.show(snapshot);
    this.#actions.show(this.#part, snapshot, [...snapshot.written.keys()].some((id) => snapshot.key.owners.has(id)));
    // The figures are painted first.
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#showLines(), SOON);
  }

  /** @param {Snapshot} snapshot */
  #showVerdict({ result }) {
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.#part.querySelectorAll("[data-verdicts] > [data-verdict]"))) {
      place.toggleAttribute("data-awarded", place.dataset.verdict === result.verdict);
    }
  }

  /** @param {Snapshot} snapshot */
  #showSoFar(snapshot) {
    const words = snapshot.evaluation?.numbers.get(this.#mainId()) ? speakOf(this.#part, snapshot) : "";
    this.#soFar.hidden = !words;
    const link = make("a", { href: `#${snapshot.key.checklist}--score` }, say("result_link"));
    this.#blocks.refresh(this.#soFar, words, () => (words ? [make("b", {}, words), " ", link] : []));
  }

  /** @param {Snapshot} snapshot */
  #showFigures(snapshot) {
    const numbers = snapshot.evaluation?.numbers;
    const isEmpty = !(snapshot.key.rules?.inputs ?? []).some(({ id }) => numbers?.get(id));
    this.#empty.hidden = !isEmpty;
    for (const { place, output, id } of this.#figures) {
      const value = numbers?.get(id) ?? null;
      this.#write(output, value ? sayRounded(value, this.#decimals.get(id) ?? 0) : "–");
      place.toggleAttribute("data-open", !value);
      const missing = value || isEmpty || place.hidden ? null : findMissing(id, snapshot);
      this.#showMissing(place, missing);
    }
  }

  /**
   * @param {HTMLElement} place
   * @param {string[] | null} missing ids; null where there is nothing to say
   */
  #showMissing(place, missing) {
    const look = missing ? missing.join() : "-";
    if ((this.#shown.get(place) ?? "-") === look) return;
    this.#shown.set(place, look);
    place.querySelector("[data-missing]")?.remove();
    if (!missing) return;
    const line = make("small", { "data-missing": "", "data-made": "" });
    const [first, ...more] = missing;
    if (first === undefined) line.append(say("number_impossible"));
    else {
      const [before = "", after = ""] = say("number_missing", { name: "\0" }).split("\0");
      line.append(before, this.#linkTo(first), after);
      if (more.length) line.append(` ${say("number_missing_more", { count: more.length })}`);
    }
    place.querySelector("dd")?.append(line);
  }

  /** @param {string} id of an input or question @returns {HTMLElement} its words, as a link where it can be found */
  #linkTo(id) {
    const place = headingOf(this.#part, id);
    const card = this.#panel?.querySelector(`[data-elsewhere] > :is([data-input="${id}"], [data-item="${id}"]) > :first-child`);
    const words = (place?.querySelector("label > span") ?? place ?? card)?.textContent?.trim() ?? id;
    // To the field itself, which then has the focus; a question is known by its heading.
    const href = place ? `#${(place.querySelector("input") ?? place).id}` : card?.getAttribute("href");
    return href ? make("a", { href }, words) : make("span", {}, words);
  }

  #showLines() {
    const { snapshot } = this.session;
    const numbers = snapshot.evaluation?.numbers;
    if (numbers) {
      for (const { line, sentence, id, made } of this.#lines) {
        const value = line.hidden ? null : (numbers.get(id) ?? null);
        this.#showLine(line, made, value && withNumbers(sentence, numbers), value && outcomeOf(value, this.#decimals.get(id) ?? 0), id);
      }
    }
    this.#sensitivity?.show(snapshot);
  }

  /**
   * @param {HTMLElement} line
   * @param {HTMLElement} made
   * @param {string | null} sum
   * @param {string | null} outcome
   * @param {string} id
   */
  #showLine(line, made, sum, outcome, id) {
    // A formula of one name needs no second line that says the same.
    const sides = sum === outcome ? [outcome] : [sum, outcome];
    this.#blocks.refresh(made, sides, () => {
      const unit = outcome && this.#unitOf(id);
      return sides.flatMap((words) => (words ? [make(words === outcome ? "b" : "span", {}, words === outcome && unit ? `${words} ${unit}` : words), " "] : []));
    });
    if (!made.hasChildNodes()) made.remove();
    else if (!made.isConnected) line.querySelector("p")?.after(made);
  }

  /** @param {string} id */
  #unitOf(id) {
    return this.#part.querySelector(`[data-figures] > [data-figure="${id}"] [data-unit]`)?.textContent ?? "";
  }

  /**
   * @param {Element} element
   * @param {string} text
   */
  #write(element, text) {
    if (this.#shown.get(element) === text) return;
    this.#shown.set(element, text);
    write(element, text);
  }
}

/**
 * @param {Part} part
 * @param {Snapshot} snapshot
 * @returns {string} the verdict and the main figure as one would say them; empty where neither can be said
 */
export function speakOf(part, { key, result, evaluation }) {
  const panel = panelOf(part);
  const verdict = result.verdict && panel?.querySelector(`[data-verdicts] > [data-verdict="${result.verdict}"] > dt`)?.textContent;
  const main = /** @type {HTMLElement | null} */ (panel?.querySelector("[data-figures] > [data-main]"));
  const id = main?.dataset.figure ?? "";
  const value = evaluation?.numbers.get(id);
  const words = verdict ? [`${verdict}.`] : [];
  if (main && value) {
    const decimals = key.rules?.figures?.find((figure) => figure.id === id)?.decimals ?? 0;
    const unit = main.querySelector("[data-unit]")?.textContent ?? "";
    words.push(say("number_spoken", { name: main.querySelector("dt")?.textContent ?? "", value: `${sayRounded(value, decimals)} ${unit}`.trim() }));
  }
  const missing = (key.rules?.inputs ?? []).filter((input) => !evaluation?.hidden.has(input.id) && !evaluation?.numbers.get(input.id));
  if (!words.length && missing.length) words.push(say("numbers_missing", { count: missing.length }));
  // A division by zero, and no questions whose count could be told instead.
  if (!words.length && !key.items.length) words.push(say("number_impossible"));
  return words.join(" ");
}

/** @type {WeakMap<Part, Calculator>} */
const calculators = new WeakMap();

/** Ends what goes on for a part that leaves the page. @param {Part} part */
export function releaseCalculator(part) {
  calculators.get(part)?.stop();
  calculators.delete(part);
}

/**
 * @param {Part} part
 * @param {Session} session
 */
export function showCalculator(part, session) {
  let calculator = calculators.get(part);
  if (!calculator?.isAtWork(session)) {
    calculator?.stop();
    calculator = new Calculator(part, session);
    calculators.set(part, calculator);
    // This may change the answers, and so lead here again.
    calculator.takeFields();
  }
  calculator.show(session.snapshot);
}
