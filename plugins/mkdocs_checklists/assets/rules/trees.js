/**
 * The value of an expression: the evaluation of `expressions/trees.py` in JavaScript. Expressions are data, walked over; nothing is
 * ever run as code.
 *
 * @import {Facts, Fraction, Tree} from "../types"
 */
import { add, compare, divide, multiply, negate, readDecimal, round, subtract } from "./exact.js";
import { chooses } from "../base/answers.js";

/**
 * @param {Tree} tree
 * @param {Facts} facts
 * @returns {boolean | null} whether a condition holds; null where that is not known
 */
export function holds(tree, facts) {
  const parts = /** @type {Tree[]} */ (tree.slice(1));
  switch (tree[0]) {
    case "and":
      return firstDecisive(parts, facts, false);
    case "or":
      return firstDecisive(parts, facts, true);
    case "not": {
      const value = holds(at(parts, 0), facts);
      return value === null ? null : !value;
    }
    case "is":
    case "has": {
      const answer = facts.answer(String(tree[1]));
      return answer === null ? null : chooses(answer, tree[2]);
    }
    case "outcome":
      return facts.outcome === null ? null : facts.outcome === tree[1];
    case "band": {
      const band = facts.band();
      return band === null ? null : band === tree[1];
    }
    case "section-band": {
      const band = facts.band(String(tree[1]));
      return band === null ? null : band === tree[2];
    }
    case "known":
      return isKnown(at(parts, 0), facts);
    case "if": {
      const test = holds(at(parts, 0), facts);
      return test === null ? null : holds(at(parts, test ? 1 : 2), facts);
    }
  }
  const [left, right] = [valueOf(at(parts, 0), facts), valueOf(at(parts, 1), facts)];
  return left && right && isOrdered(tree[0], compare(left, right));
}

/**
 * @param {string} operator
 * @param {number} sign of the difference
 */
function isOrdered(operator, sign) {
  switch (operator) {
    case "<":
      return sign < 0;
    case "<=":
      return sign <= 0;
    case ">":
      return sign > 0;
    case ">=":
      return sign >= 0;
    case "==":
      return sign === 0;
    case "!=":
      return sign !== 0;
  }
  throw new TypeError(`no expression has an operator "${operator}"`);
}

/**
 * @param {Tree[]} parts
 * @param {Facts} facts
 * @param {boolean} decisive
 */
function firstDecisive(parts, facts, decisive) {
  /** @type {boolean | null} */
  let found = !decisive;
  for (const part of parts) {
    const value = holds(part, facts);
    if (value === decisive) return decisive;
    if (value === null) found = null;
  }
  return found;
}

/**
 * @param {Tree} tree
 * @param {Facts} facts
 * @returns {Fraction | null} what a formula gives; null where it is not known, and for a division by zero
 */
export function valueOf(tree, facts) {
  switch (tree[0]) {
    case "num":
      return readDecimal(String(tree[1]));
    case "get":
      return facts.number(String(tree[1]));
    case "score":
    case "points":
      return facts.result(tree);
    case "mean":
      return mean(tree.slice(1).map((part) => valueOf(/** @type {Tree} */ (part), facts)));
    case "if": {
      const test = holds(/** @type {Tree} */ (tree[1]), facts);
      return test === null ? null : valueOf(/** @type {Tree} */ (tree[test ? 2 : 3]), facts);
    }
    case "round": {
      const value = valueOf(/** @type {Tree} */ (tree[1]), facts);
      return value && round(value, Number(tree[2]));
    }
  }
  /** @type {Fraction[]} */
  const values = [];
  for (const part of tree.slice(1)) {
    const value = valueOf(/** @type {Tree} */ (part), facts);
    if (!value) return null;
    values.push(value);
  }
  const [first, second] = /** @type {[Fraction, Fraction]} */ (values);
  switch (tree[0]) {
    case "+":
      return add(first, second);
    case "-":
      return subtract(first, second);
    case "*":
      return multiply(first, second);
    case "/":
      return divide(first, second);
    case "neg":
      return negate(first);
    case "min":
      return values.reduce((least, value) => (compare(value, least) < 0 ? value : least));
    case "max":
      return values.reduce((most, value) => (compare(value, most) > 0 ? value : most));
  }
  throw new TypeError(`no expression has an operator "${tree[0]}"`);
}

/** @param {Tree[]} parts @param {number} place */
function at(parts, place) {
  return /** @type {Tree} */ (parts[place]);
}

/** @param {readonly (Fraction | null)[]} values @returns {Fraction | null} of those that are known */
function mean(values) {
  const known = values.filter((value) => value !== null);
  return divide(known.reduce(add, [0n, 1n]), [BigInt(known.length), 1n]);
}

/** @param {Tree} tree @param {Facts} facts */
function isKnown(tree, facts) {
  switch (tree[0]) {
    case "answer":
      return facts.answer(String(tree[1])) !== null;
    case "band":
      return facts.band() !== null;
    case "section-band":
      return facts.band(String(tree[1])) !== null;
    case "outcome":
      return facts.outcome !== null && !facts.isClose;
  }
  return valueOf(tree, facts) !== null;
}

/** @param {Tree} tree `score` or `points` @returns {string} what formulas call it: no id of an author's has a parenthesis */
export function resultName([operator, of]) {
  return of === undefined ? operator : `${operator}(${of})`;
}
