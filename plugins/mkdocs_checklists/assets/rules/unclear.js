/**
 * Why a decision has no clear answer.
 *
 * @import {Key, Result} from "../types"
 */

/**
 * @param {Key} key
 * @param {Result} result
 * @returns {boolean} whether every outcome is ruled out
 */
export function isAllRemoved(key, { removed = {} }) {
  return Boolean(key.rules?.decision?.outcomes.every((id) => Object.hasOwn(removed, id)));
}

/**
 * @param {Key} key
 * @param {Result} result without a clear answer
 * @returns {{known: number, applicable: number} | null} how many answers are known, where so few are that nothing else needs to be
 *   asked about: an answer that nobody knows is enough for a verdict, and says nothing
 */
export function tooLittleKnown(key, result) {
  const { outcome, close_call: close, provisional, find_out: unknown, states } = result;
  if (outcome || close || provisional || isAllRemoved(key, result) || !unknown.length) return null;
  const applying = key.items.filter(({ id }) => states[id] !== "na").length;
  const open = key.items.filter(({ id }) => states[id] === "unanswered").length;
  const known = applying - open - unknown.length;
  return !known || 100 * known < key.enough * applying ? { known, applicable: applying } : null;
}
