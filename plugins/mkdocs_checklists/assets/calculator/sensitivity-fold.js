/**
 * The fold "Which number matters most". Its arithmetic is done only while it is open, in slices, so that nothing ever waits for it.
 *
 * @import {Fraction, Part, Snapshot} from "../types"
 * @import {Session} from "../answering/session.js"
 * @import {Weight} from "./sensitivity.js"
 */
import { drawBar } from "../result/drawing.js";
import { compare, divide, readDecimal, subtract } from "../rules/exact.js";
import { sayExact, sayRounded, sayShare } from "./numerals.js";
import { Slices } from "../result/slices.js";
import { makeEvaluate } from "../rules/rules.js";
import { weighInputs } from "./sensitivity.js";
import { headingOf, make, say } from "../base/view.js";

export class SensitivityFold {
  #body = make("div");
  element = make("details", { "data-sensitivity": "", "data-made": "" }, make("summary", {}, say("sensitivity")), this.#body);
  #part;
  #key;
  #evaluate;
  #main;
  /** @type {Snapshot | null} */
  #snapshot = null;
  /** @type {Slices<number, Weight[]>} */
  #slices = new Slices((done) => this.#showBusy(done), (weights) => this.#fill(weights));

  /**
   * @param {Part} part
   * @param {Session} session
   * @param {string} main id of the figure that leads
   */
  constructor(part, { key }, main) {
    this.#part = part;
    this.#key = key;
    this.#evaluate = makeEvaluate(key);
    this.#main = main;
    this.element.addEventListener("toggle", () => this.#start());
  }

  stop() {
    this.#slices.stop();
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#snapshot = snapshot;
    const { evaluation, result } = snapshot;
    this.element.hidden = !evaluation?.numbers.get(this.#main) && !result.verdict;
    this.#start();
  }

  #start() {
    const snapshot = this.#snapshot;
    if (!this.element.open || this.element.hidden || !snapshot) return this.stop();
    this.#slices.start([...snapshot.written], () => weighInputs(this.#key, this.#evaluate, snapshot.written, this.#main));
  }

  /** @param {number} done */
  #showBusy(done) {
    const count = this.#key.rules?.inputs?.length ?? 0;
    this.#body.replaceChildren(make("p", {}, say("sensitivity_busy", { done, count })));
  }

  /** @param {Weight[]} weights */
  #fill(weights) {
    // What moves nothing is said of all such numbers at once.
    const idle = weights.filter(({ turn, effect }) => !turn && !effect[0]);
    const telling = weights.filter((weight) => !idle.includes(weight));
    const lengths = lengthsOf(telling);
    const entries = telling.map((weight, at) => make("li", {}, this.#linkTo(weight.input.id), drawBar(lengths[at] ?? 0, 0, 1), ...this.#words(weight)));
    const names = idle.map(({ input }) => this.#linkTo(input.id).textContent ?? input.id).join(", ");
    this.#body.replaceChildren(
      make("p", {}, say("sensitivity_lead")),
      ...(entries.length ? [make("ol", { "data-gains": "" }, ...entries)] : []),
      ...(names ? [make("p", {}, say("sensitivity_idle", { names }))] : []),
    );
  }

  /** @param {Weight} weight @returns {HTMLElement[]} */
  #words({ input, value, tenths, turn, effect }) {
    const unit = (/** @type {string} */ words) => `${words} ${this.#unitOf(input.id)}`.trim();
    const now = unit(sayExact(value));
    const { verdicts, figures = [] } = this.#key.rules ?? {};
    const lines = [];
    if (turn) {
      const verdict = turn.verdict && this.#part.querySelector(`[data-verdicts] > [data-verdict="${turn.verdict}"] > dt`)?.textContent;
      const words = { value: now, turn: sayChange(unit(sayExact(turn.value)), value, turn.value) };
      lines.push(verdict ? say("sensitivity_turn", { ...words, verdict }) : say("sensitivity_turn_none", words));
    } else if (verdicts) {
      const [low, high] = [input.min, input.max].map((end) => sayExact(readDecimal(end) ?? value));
      lines.push(say("sensitivity_firm", { value: now, low: low ?? "", high: unit(high ?? "") }));
    } else lines.push(say("sensitivity_now", { value: now }));
    const main = this.#part.querySelector("[data-figures] > [data-main]");
    const name = main?.querySelector("dt")?.textContent ?? "";
    const decimals = figures.find(({ id }) => id === this.#main)?.decimals ?? 0;
    const effects = tenths.map((tenth) => {
      const figure = `${sayRounded(tenth.main, decimals)} ${main?.querySelector("[data-unit]")?.textContent ?? ""}`.trim();
      return say("sensitivity_at", { value: unit(sayExact(tenth.value)), name, figure });
    });
    if (effects.length) lines.push(effect[0] ? effects.join(" ") : say("sensitivity_same", { name }));
    return lines.filter(Boolean).map((line) => make("small", {}, line));
  }

  /** @param {string} id of an input */
  #linkTo(id) {
    const label = headingOf(this.#part, id)?.querySelector("label > span");
    const card = this.#part.querySelector(`[data-elsewhere] > [data-input="${id}"] > :first-child`);
    const words = (label ?? card)?.textContent ?? id;
    const href = label ? `#${this.#part.dataset.checklist}--${id}` : card?.getAttribute("href");
    return href ? make("a", { href }, words) : make("span", {}, words);
  }

  /** @param {string} id of an input */
  #unitOf(id) {
    return headingOf(this.#part, id)?.querySelector("[data-unit]")?.textContent ?? "";
  }
}

/**
 * @param {Weight[]} weights
 * @returns {number[]} how much each matters, from 0 to 1: the nearer its turn, the more; without verdicts, by its effect
 */
function lengthsOf(weights) {
  const [first] = weights;
  if (first?.turn) {
    const nearest = first.turn.distance;
    return weights.map(({ turn }) => toNumber(turn && divide(nearest, turn.distance)));
  }
  const largest = weights.reduce((most, { effect }) => (compare(effect, most) > 0 ? effect : most), /** @type {Fraction} */ ([0n, 1n]));
  return weights.map(({ effect }) => toNumber(divide(effect, largest)));
}

/** Near enough for a picture. @param {Fraction | null} value */
function toNumber(value) {
  return value ? Number((1000n * value[0]) / value[1]) / 1000 : 0;
}

/**
 * @param {string} words for the new value
 * @param {Fraction} value
 * @param {Fraction} turn
 * @returns {string} with how much less or more that is; of zero there is no share
 */
function sayChange(words, value, turn) {
  const change = divide(subtract(turn, value), value);
  if (!change || value[0] < 0n) return words;
  return say(change[0] < 0n ? "sensitivity_less" : "sensitivity_more", { turn: words, share: sayShare(change) });
}
