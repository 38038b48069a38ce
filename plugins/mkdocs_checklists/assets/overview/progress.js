/**
 * How far a reader is with a checklist that is not on the page, and what came of it: from what is stored and from the file of
 * `page/overview_files.py`. The same scorer and the same rules as on its own page. Knows no page and no storage.
 *
 * @import {Entry, Evaluate, Evaluation, IndexKeyJson, Key, Result} from "../types"
 */
// Before anything here is said.
import "../index-messages.js";
import { resolveAnswers } from "../base/answers.js";
import { readKey, score } from "../base/score.js";
import { choicesOf } from "../base/storage.js";
import { say, sayScore } from "../base/view.js";

/**
 * @typedef {object} Scored a key that is ready for use
 * @property {IndexKeyJson} json
 * @property {Key} key
 * @property {Evaluate | undefined} evaluate
 * @property {typeof import("../calculator/numerals.js") | undefined} numerals
 * @property {typeof import("../calculator/example.js").inputsOfExample | undefined} inputsOfExample
 */

/**
 * @typedef {object} Standing
 * @property {number} answered questions and numbers
 * @property {number} total
 * @property {string} words that say both
 * @property {string} result in words; empty as long as there is none
 * @property {string} last when the latest answer was given
 * @property {string | undefined} next the first question or number that is open
 */

/**
 * @param {IndexKeyJson} json
 * @returns {Promise<Scored>} Rejects when the key does not hold together.
 */
export async function prepare(json) {
  const key = readKey(json.key);
  if (!key.rules) return { json, key, evaluate: undefined, numerals: undefined, inputsOfExample: undefined };
  // What goes with rules, and its words, only for whoever has answered a checklist that has some.
  const [rules, , numerals, example] = await Promise.all([
    import("../rules/rules.js"),
    import("../rules-messages.js"),
    json.main ? import("../calculator/numerals.js") : undefined,
    json.examples ? import("../calculator/example.js") : undefined,
  ]);
  return { json, key, evaluate: rules.makeEvaluate(key), numerals, inputsOfExample: example?.inputsOfExample };
}

/**
 * @param {Scored} scored
 * @param {ReadonlyMap<string, Entry>} entries
 * @returns {Standing}
 */
export function standingOf(scored, entries) {
  const { json, key } = scored;
  const written = choicesOf(key, entries);
  const evaluation = scored.evaluate?.(written);
  const { choices } = resolveAnswers(key, written);
  const isShown = (/** @type {{id: string}} */ { id }) => !evaluation?.hidden.has(id);
  const items = key.items.filter(isShown);
  const inputs = (key.rules?.inputs ?? []).filter(isShown);
  const isOpen = (/** @type {{id: string}} */ { id }) => !choices.has(id) && !evaluation?.numbers.get(id);
  // As they stand on the page: numbers without a section first, the others behind the questions of theirs.
  const open = [{ id: undefined, items: [] }, ...key.sections].flatMap(({ id, items: asked }) => [
    ...asked.filter((item) => items.includes(item) && isOpen(item)),
    ...inputs.filter((input) => input.section === id && isOpen(input)),
  ]);
  const total = items.length + inputs.length;
  const answered = total - open.length;
  const examples = new Map(Object.entries(json.examples ?? {}));
  // Then what comes of the numbers says nothing of the reader.
  const isMadeUp = Boolean(scored.inputsOfExample?.(inputs.map(({ id }) => id), examples, written).length);
  return {
    answered,
    total,
    words: say(isMadeUp ? "index_example" : items.length ? "answered" : "index_filled", { answered, total }),
    result: answered && !isMadeUp ? sayResult(scored, evaluation, evaluation?.result ?? score(key, written)) : "",
    // Our own dates are ISO in UTC, which sort as text.
    last: [...entries].flatMap(([id, { at }]) => (key.owners.has(id) ? at : [])).sort().at(-1) ?? "",
    next: open[0]?.id,
  };
}

/**
 * @param {Scored} scored
 * @param {Evaluation | undefined} evaluation
 * @param {Result} result
 * @returns {string}
 */
function sayResult({ json, key, numerals }, evaluation, result) {
  const { bands = {}, outcomes = {}, verdicts = {}, main } = json;
  const words = [];
  const figure = main && !evaluation?.hidden.has(main.id) && evaluation?.numbers.get(main.id);
  if (result.verdict) words.push(verdicts[result.verdict] ?? result.verdict);
  else if (figure && numerals) {
    const value = `${numerals.sayRounded(figure, main.decimals)} ${main.unit}`.trim();
    words.push(say("index_figure", { name: main.text, value }));
  }
  const [best = "", second = ""] = result.close_call ?? [];
  if (result.close_call) words.push(say("plan_close", { best: outcomes[best] ?? best, second: outcomes[second] ?? second }));
  else if (result.outcome) words.push(outcomes[result.outcome] ?? result.outcome);
  else if (result.fits && !result.provisional) words.push(say(evaluation?.tooLittle ? "plan_too_little" : "plan_unclear"));
  if (result.band) words.push(say("index_result", { score: sayScore(key, result), band: bands[result.band] ?? result.band }));
  return words.join(" · ");
}
