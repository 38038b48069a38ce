/**
 * The arithmetic of figures, line by line: the sentence that stands in the page, with numbers in place of the names; and what a
 * figure lacks.
 *
 * @import {Fraction, Snapshot, Tree} from "../types"
 */
import { definite } from "../base/answers.js";
import { scoredItems } from "../rules/results.js";
import { isWhole, sayExact, sayRounded } from "./numerals.js";
import { holds, resultName, valueOf } from "../rules/trees.js";

/**
 * @param {Element} sentence `<var data-name>` = words with further names in them
 * @param {ReadonlyMap<string, Fraction | null>} numbers
 * @returns {string} the same with numbers, without the name in front; empty where a number is missing
 */
export function withNumbers(sentence, numbers) {
  let text = "";
  for (const node of [...sentence.childNodes].slice(1)) {
    const name = node instanceof HTMLElement ? (node.dataset.name ?? "") : "";
    if (!name) {
      text += node.textContent;
      continue;
    }
    const value = numbers.get(name);
    if (!value) return "";
    const words = sayExact(value);
    // Two signs must not meet; behind the "=" there is nothing to meet.
    text += value[0] < 0n && text.trim() !== "=" ? `(${words})` : words;
  }
  return text.trim();
}

/**
 * @param {Fraction} value
 * @param {number} decimals
 * @returns {string} the last line: what comes out, and whether it was rounded
 */
export function outcomeOf(value, decimals) {
  return `${isWhole(value, decimals) ? "=" : "≈"} ${sayRounded(value, decimals)}`;
}

/**
 * @param {string} figure whose number is not known
 * @param {Snapshot} snapshot
 * @returns {string[]} ids of the inputs and questions that it waits for, in the order of the arithmetic
 */
export function findMissing(figure, snapshot) {
  const { key, evaluation, choices } = snapshot;
  if (!evaluation) return [];
  const formulas = new Map((key.rules?.figures ?? []).map(({ id, formula }) => [id, formula]));
  const facts = {
    number: (/** @type {string} */ id) => evaluation.numbers.get(id) ?? null,
    answer: (/** @type {string} */ id) => definite(choices.get(id)?.value),
    outcome: evaluation.result.outcome ?? null,
    result: (/** @type {Tree} */ tree) => evaluation.numbers.get(resultName(tree)) ?? null,
    isClose: false,
    band: () => evaluation.result.band,
  };
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Set<string>} */
  const missing = new Set();
  /** @param {Tree} tree */
  const look = (tree) => {
    const [operator, first] = tree;
    if (operator === "get") return lookUp(String(first), facts.number(String(first)) !== null);
    if (operator === "is" || operator === "points") return lookUp(String(first), facts.answer(String(first)) !== null);
    // These have a value once anything is answered.
    if (operator === "score" && !facts.result(tree)) {
      const section = first === undefined ? first : String(first);
      for (const { id } of scoredItems(key, section)) lookUp(id, choices.has(id));
    }
    if (operator === "mean" && valueOf(tree, facts)) return;
    if (operator === "if") {
      const test = /** @type {Tree} */ (first);
      const holding = holds(test, facts);
      return look(holding === null ? test : /** @type {Tree} */ (tree[holding ? 2 : 3]));
    }
    for (const part of tree.slice(1)) if (Array.isArray(part)) look(part);
  };
  /** @param {string} id @param {boolean} isKnown */
  const lookUp = (id, isKnown) => {
    if (isKnown || seen.has(id) || evaluation.hidden.has(id)) return;
    seen.add(id);
    const formula = formulas.get(id);
    if (formula) look(formula);
    else missing.add(id);
  };
  lookUp(figure, false);
  return [...missing];
}
