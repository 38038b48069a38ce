/**
 * What a plan says of each run, and the order of its rows. Nothing here knows the page or storage.
 *
 * @import {Choices, Evaluation, Key} from "../types"
 * @import {Row} from "../runs/runs.js"
 */
import { say } from "../base/view.js";

/**
 * @typedef {object} Words what Python has said beside the questions, as data
 * @property {Record<string, string>} outcomes id -> title, in the order of the file
 * @property {Record<string, Record<string, string>>} answers item -> answer -> its text, in order, for the further columns
 */

/**
 * @typedef {object} Cell
 * @property {string} text
 * @property {number | string | null} order what it is sorted by; null stands last, whichever way the others run
 */

/** @typedef {{answered: number, total: number, cells: Map<string, Cell>}} Described */

/** @typedef {{column: string, isReverse: boolean}} Order */

/**
 * @param {Key} key
 * @param {Evaluation} evaluation
 * @param {Choices} choices without those of hidden items
 * @param {Words} words
 * @returns {Described} cells by column
 */
export function describe(key, evaluation, choices, words) {
  const total = key.items.filter(({ id }) => !evaluation.hidden.has(id)).length;
  const answered = choices.size;
  const [result, fit] = describeResult(evaluation, new Map(Object.entries(words.outcomes)), answered, total);
  const columns = Object.entries(words.answers).map(([item, texts]) => {
    const choice = choices.get(item)?.value;
    const order = choice === undefined ? -1 : Object.keys(texts).indexOf(choice);
    return /** @type {[string, Cell]} */ ([`item ${item}`, { text: Object.values(texts)[order] ?? "", order: order < 0 ? null : order }]);
  });
  return { answered, total, cells: new Map([["result", result], ["fit", fit], ...columns]) };
}

/**
 * @param {Evaluation} evaluation
 * @param {Map<string, string>} titles of the outcomes
 * @param {number} answered
 * @param {number} total
 * @returns {[result: Cell, fit: Cell]}
 */
function describeResult({ result, tooLittle }, titles, answered, total) {
  const { outcome, close_call: close, fits = {}, ranking = [], provisional } = result;
  if (provisional) return [{ text: say("answered", { answered, total }), order: null }, { text: "", order: null }];
  const places = [...titles.keys()];
  const [best, second] = close ?? [outcome];
  const fit = fits[ranking[0] ?? ""] ?? null;
  const number = { text: fit === null ? "" : `${fit}`, order: fit };
  if (!best) return [{ text: say(tooLittle ? "plan_too_little" : "plan_unclear"), order: 2 * places.length }, number];
  const title = titles.get(best) ?? best;
  // What is close comes behind what is clear, with the same outcome.
  const text = second ? say("plan_close", { best: title, second: titles.get(second) ?? second }) : title;
  return [{ text, order: 2 * places.indexOf(best) + (second ? 1 : 0) }, number];
}

/**
 * @param {readonly Row<Described>[]} rows
 * @param {Order | null} order
 * @param {Intl.Collator} collator
 * @returns {Row<Described>[]} a stable order, either way
 */
export function sortRows(rows, order, collator) {
  if (!order) return [...rows];
  const { column, isReverse } = order;
  const valueOf = (/** @type {Row<Described>} */ { run, facts }) => (column === "run" ? run.name || null : (facts.cells.get(column)?.order ?? null));
  return [...rows].sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const difference = typeof a === "number" ? a - Number(b) : collator.compare(a, String(b));
    return isReverse ? -difference : difference;
  });
}
