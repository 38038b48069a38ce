/**
 * Answers and numbers to what is shown, what the figures are and which outcome fits best. Twin of `scoring/rules.py`, held together
 * by `tests/vectors/rules` and by a differential property test. Nothing here knows the page.
 *
 * @import {Answer, Evaluation, Evaluate, Facts, Fraction, InputJson, Item, Key, Result, RulesJson, Tree} from "../types"
 */
import { besideResult, prepareBeside } from "./beside.js";
import { compare, readDecimal, toDecimal } from "./exact.js";
import { reportedBand, reportedScore, scoredItems } from "./results.js";
import { holds, resultName, valueOf } from "./trees.js";
import { tooLittleKnown } from "./unclear.js";
import { definite, optionsIn, pointsOf, resolveAnswers } from "../base/answers.js";
import { score } from "../base/score.js";
import { asShown } from "../base/tally.js";
import { bestOf, prepareSeveral } from "../base/several.js";

const ENDLESS = 10n ** 300n;

/**
 * @param {Key} key with rules
 * @returns {Evaluate}
 */
export function makeEvaluate(key) {
  prepareSeveral(key);
  prepareBeside(key);
  return (answers) => new Evaluator(key, /** @type {RulesJson} */ (key.rules), answers).run();
}

/** Everything is looked up when it is first asked for; the checks of the build have made sure that nothing waits for itself. */
class Evaluator {
  #key;
  #rules;
  #answers;
  #given;
  /** Item or input -> the section that it is in. @type {Map<string, string | undefined>} */
  #sections;
  #conditions;
  #formulas;
  #inputs;
  /** @type {string[]} */
  #ignored;
  /** @type {Map<string, boolean>} */
  #seen = new Map();
  /** @type {Map<string, Fraction | null>} */
  #numbers = new Map();
  /** @type {Result | undefined} */
  #base;
  #facts;

  /**
   * @param {Key} key
   * @param {RulesJson} rules
   * @param {ReadonlyMap<string, string>} answers
   */
  constructor(key, rules, answers) {
    this.#key = key;
    this.#rules = rules;
    this.#answers = answers;
    this.#given = resolveAnswers(key, answers).choices;
    this.#sections = new Map([
      ...key.sections.flatMap(({ id, items }) => items.map((item) => /** @type {[string, string]} */ ([item.id, id]))),
      ...(rules.inputs ?? []).map(({ id, section }) => /** @type {[string, string | undefined]} */ ([id, section])),
    ]);
    // Maps, because an id may be one of the names that every object has.
    this.#conditions = new Map(Object.entries(rules.when ?? {}));
    this.#formulas = new Map((rules.figures ?? []).map(({ id, formula }) => [id, formula]));
    const { values, ignored } = readInputs(rules.inputs ?? [], answers);
    this.#inputs = values;
    this.#ignored = ignored;
    this.#facts = this.#factsWith(null);
  }

  /** @returns {Evaluation} */
  run() {
    const { decision, notes = [], inputs, figures = [], verdicts = [] } = this.#rules;
    const names = [...this.#key.sections.map(({ id }) => id), ...this.#sections.keys(), ...this.#formulas.keys()];
    const hidden = new Set(names.filter((name) => !this.#isShown(name)));
    const base = this.#scored();
    const gates = this.#firing(decision?.gates ?? [], this.#facts);
    const decided = decision && this.#decide(decision, gates, base.provisional);
    const facts = this.#factsWith(decided?.outcome ?? null);
    // In a close call a note is of use that is true of either.
    const sides = (decided?.close_call ?? []).map((id) => this.#firing(notes, this.#factsWith(id, true)));
    const both = sides.length ? notes.flatMap((_, n) => (sides.some((side) => side.includes(n)) ? [n] : [])) : this.#firing(notes, facts);
    const firing = { gates, notes: both, sides: sides.map((side, n) => side.filter((note) => !sides[1 - n]?.includes(note))) };
    for (const { id } of [...(inputs ?? []), ...figures]) this.#number(id);
    /** @type {Result} */
    const result = {
      ...base,
      ...decided,
      ...(decision || notes.length ? { notes: firing.notes.flatMap((n) => notes[n]?.text ?? []) } : {}),
      ...(inputs
        ? {
            figures: Object.fromEntries(figures.map(({ id, decimals }) => [id, reported(this.#number(id), decimals)])),
            verdict: verdicts.find(({ when }) => holds(when, facts))?.id ?? null,
          }
        : {}),
      ignored: [...base.ignored, ...this.#ignored],
      ...besideResult(this.#key, this.#answers),
    };
    return { result, hidden, numbers: this.#numbers, firing, tooLittle: decision ? tooLittleKnown(this.#key, result) : null };
  }

  /**
   * @param {{when: Tree}[]} rules gates or notes
   * @param {Facts} facts
   * @returns {number[]} the places of those whose condition is true
   */
  #firing(rules, facts) {
    return rules.flatMap(({ when }, n) => (holds(when, facts) ? [n] : []));
  }

  /** @param {string | null} outcome @param {boolean} [isClose] @returns {Facts} */
  #factsWith(outcome, isClose = false) {
    const band = (/** @type {string | undefined} */ section) => (section === undefined ? this.#scored().band : this.#bandOf(section));
    return { number: (id) => this.#number(id), answer: (id) => this.#answer(id), outcome, isClose, result: (tree) => this.#result(tree), band };
  }

  /** @param {string} name @returns {boolean} */
  #isShown(name) {
    const known = this.#seen.get(name);
    if (known !== undefined) return known;
    const section = this.#sections.get(name);
    const tree = this.#conditions.get(name);
    const isShown = (section === undefined || this.#isShown(section)) && (!tree || holds(tree, this.#facts) === true);
    this.#seen.set(name, isShown);
    return isShown;
  }

  /** @param {string} item */
  #answer(item) {
    const answer = definite(this.#given.get(item)?.value);
    return answer !== null && this.#isShown(item) ? answer : null;
  }

  /** @param {string} name @returns {Fraction | null} */
  #number(name) {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const formula = this.#formulas.get(name);
    const value = !this.#isShown(name) ? null : formula ? valueOf(formula, this.#facts) : (this.#inputs.get(name) ?? null);
    this.#numbers.set(name, value);
    return value;
  }

  /** @param {Tree} tree `score` or `points` @returns {Fraction | null} kept beside the figures, whose formulas name it */
  #result(tree) {
    const name = resultName(tree);
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const value = tree[0] === "points" ? this.#points(String(tree[1])) : this.#scoreOf(/** @type {string | undefined} */ (tree[1]));
    this.#numbers.set(name, value);
    return value;
  }

  /** @param {string} id of an item @returns {Fraction | null} */
  #points(id) {
    const item = /** @type {Item | undefined} */ (this.#key.owners.get(id));
    const points = item && pointsOf(item, this.#answer(id) ?? undefined);
    return points === undefined ? null : [BigInt(points), BigInt(this.#key.units?.[0] ?? 1)];
  }

  /** @param {string | undefined} section everything where none is named */
  #scoreOf(section) {
    const hidden = this.#hiddenOf(scoredItems(this.#key, section));
    return reportedScore(this.#key, resolveAnswers(this.#key, this.#answers, hidden).choices, section);
  }

  /** @param {string} section */
  #bandOf(section) {
    const items = this.#key.sections.flatMap(({ id, items }) => (id === section ? items : []));
    return reportedBand(this.#key, resolveAnswers(this.#key, this.#answers, this.#hiddenOf(items)).choices, section);
  }

  /** The scores and the band. @returns {Result} */
  #scored() {
    return (this.#base ??= score(this.#key, this.#answers, this.#hiddenOf(this.#key.items)));
  }

  /** @param {readonly Item[]} items */
  #hiddenOf(items) {
    return items.flatMap(({ id }) => (this.#isShown(id) ? [] : [id]));
  }

  /**
   * @param {NonNullable<RulesJson["decision"]>} decision
   * @param {number[]} gates the places of those that hold
   * @param {boolean} isProvisional
   */
  #decide(decision, gates, isProvisional) {
    const fits = this.#fits(decision);
    /** @type {Map<string, string[]>} */
    const removed = new Map();
    for (const { remove, text } of gates.flatMap((n) => decision.gates[n] ?? [])) {
      removed.set(remove, [...(removed.get(remove) ?? []), text]);
    }
    // The sort is stable, so what fits equally well stays in the order that decides ties.
    const ranked = decision.ties
      .flatMap((id) => {
        const fit = fits.get(id) ?? null;
        return removed.has(id) || fit === null ? [] : [{ id, fit }];
      })
      .sort((a, b) => b.fit - a.fit);
    const [best, second] = ranked;
    const isClear = best !== undefined && best.fit >= decision.least && !isProvisional;
    const isClose = isClear && second !== undefined && best.fit - second.fit < decision.lead;
    return {
      outcome: isClear && !isClose ? best.id : null,
      close_call: isClose ? /** @type {[string, string]} */ ([best.id, second.id]) : null,
      ranking: ranked.map(({ id }) => id),
      fits: Object.fromEntries(fits),
      removed: Object.fromEntries(removed),
    };
  }

  /**
   * @param {NonNullable<RulesJson["decision"]>} decision
   * @returns {Map<string, number | null>}
   */
  #fits(decision) {
    const gifts = this.#key.items.flatMap((item) => toward(decision, item, this.#answer(item.id)) ?? []);
    return new Map(
      decision.outcomes.map((id, n) => {
        let [earned, least, most] = [0, 0, 0];
        for (const gift of gifts) {
          earned += gift.earned[n] ?? 0;
          least += gift.least[n] ?? 0;
          most += gift.most[n] ?? 0;
        }
        return [id, most > least ? Number(asShown([BigInt(100 * (earned - least)), BigInt(most - least)], [0, 100], 0)) : null];
      }),
    );
  }
}

/** @typedef {{earned: number[], least: number[], most: number[]}} Toward one number an outcome, weighted */

/**
 * @param {NonNullable<RulesJson["decision"]>} decision
 * @param {Item} item
 * @param {Answer | null | undefined} answer
 * @returns {Toward | null} what an answer gives each outcome, and the least and the most that its item could; null for what is not definite
 */
export function toward({ outcomes, points }, item, answer) {
  const rows = (Object.hasOwn(points, item.id) && points[item.id]) || [];
  const value = definite(answer ?? undefined);
  if (value === null || !rows.length) return null;
  const options = [...item.points].map(([option]) => option);
  const columns = outcomes.map((_, n) => new Map(options.map((option, at) => [option, rows[at]?.[n] ?? 0])));
  const worthOf = (/** @type {(column: Map<string, number>) => Answer} */ find) =>
    columns.map((column) => item.weight * optionsIn(find(column)).reduce((sum, option) => sum + (column.get(option) ?? 0), 0));
  return {
    earned: worthOf(() => value),
    least: worthOf((column) => bestOf(column, item.many, -1)),
    most: worthOf((column) => bestOf(column, item.many)),
  };
}

/**
 * @param {Fraction | null} value
 * @param {number} decimals
 * @returns {number | null}
 */
function reported(value, decimals) {
  // Beyond this a number has no digits any more that would mean anything; `scoring/rules.py` draws the line at the same place.
  return value && (isEndless(value) ? null : Number(toDecimal(value, decimals)));
}

/** @param {Fraction} value */
function isEndless([top, bottom]) {
  return (top < 0n ? -top : top) >= ENDLESS * bottom;
}

/**
 * The numbers under present ids, and those that can't be used. Of an input's names, the first that can be used counts.
 *
 * @param {readonly InputJson[]} inputs
 * @param {ReadonlyMap<string, string>} answers
 */
function readInputs(inputs, answers) {
  const present = new Set(inputs.map(({ id }) => id));
  /** @type {Map<string, Fraction>} */
  const values = new Map();
  const refused = new Set();
  for (const input of inputs) {
    for (const name of [input.id, ...(input.was ?? []).filter((id) => !present.has(id))]) {
      const written = answers.get(name);
      if (written === undefined) continue;
      const value = readInput(input, written);
      if (value) {
        values.set(input.id, value);
        break;
      }
      refused.add(name);
    }
  }
  const ignored = [...answers].filter(([id]) => refused.has(id)).map(([id, written]) => `${id}=${written}`);
  return { values, ignored };
}

/**
 * @param {InputJson} input
 * @param {string} text
 * @returns {Fraction | null}
 */
function readInput({ min, max, decimals }, text) {
  const value = readDecimal(text);
  const [low, high] = [readDecimal(min), readDecimal(max)];
  if (!value || !low || !high || 10n ** BigInt(decimals) % value[1] !== 0n) return null;
  return compare(low, value) <= 0 && compare(value, high) <= 0 ? value : null;
}
