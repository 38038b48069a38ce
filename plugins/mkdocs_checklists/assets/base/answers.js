/**
 * What an answer may be, and what it is worth by a key. Twin of `model/answers.py` and `scoring/answers.py`; how answers get into
 * the fields of a page, and out of them, is in `fields.js`.
 *
 * @import {Answer, AnswerJson, Choice, Item, Key, Many, Named, OptionJson, State} from "../types"
 */

/** Between the options of an answer that has several. */
export const JOINT = "+";

/** @param {Answer} answer @returns {string[]} */
export function optionsIn(answer) {
  return answer.split(JOINT);
}

/**
 * @param {OptionJson[]} options
 * @param {boolean} na whether "does not apply" is an answer
 * @param {boolean} unknown likewise
 * @returns {Map<string, Answer>} everything that may be filed as an answer -> the answer it means today
 */
export function meaningsOf(options, na, unknown) {
  /** @type {Map<string, Answer>} */
  const meanings = new Map();
  for (const [id, , was = []] of options) {
    for (const earlier of was) if (!meanings.has(earlier)) meanings.set(earlier, id);
  }
  // After the earlier ids, so that a present option is never taken for another one's past.
  for (const [id] of options) meanings.set(id, id);
  if (na) meanings.set("na", "na");
  if (unknown) meanings.set("unknown", "unknown");
  return meanings;
}

/** @param {unknown} value @returns {value is Answer} whether what was stored can be an answer at all, or the digits of a number */
export function isAnswer(value) {
  return typeof value === "string";
}

/** @param {Item | Named} owner @param {Answer} filed @returns {boolean} whether it is of use there; an input may read any text */
export function means(owner, filed) {
  return !("values" in owner) || meaningOf(owner, filed) !== undefined;
}

/**
 * @param {Item} item
 * @param {Answer} filed
 * @returns {Answer | undefined} what it means today; undefined where the item does not have it
 */
function meaningOf({ values, points, retired, many }, filed) {
  const known = values.get(filed);
  if (known !== undefined || !many) return known;
  // What was ticked of options that are gone is left out; with one that was never there, nothing is known of the rest either.
  const chosen = new Set(optionsIn(filed).flatMap((part) => (retired.has(part) ? [] : (values.get(part) ?? ""))));
  const present = [...points.keys()].filter((option) => chosen.has(option));
  const isAllowed = present.length === chosen.size && chosen.size <= (chosen.has(many.none ?? "") ? 1 : many.at_most);
  return (isAllowed && present.join(JOINT)) || undefined;
}

/**
 * Finds the answer that counts for each item, through renamed items and options. An old id serves only while the item
 * has no usable answer under its present one.
 *
 * @param {Key} key
 * @param {ReadonlyMap<string, Answer>} answers
 * @param {Iterable<string>} [hidden] ids of items that a condition hides: they do not apply, whatever their answer
 * @returns {{choices: Map<string, Choice>, ignored: string[]}}
 */
export function resolveAnswers(key, answers, hidden = []) {
  /** @type {Map<string, Choice>} */
  const choices = new Map();
  const refused = new Set();
  for (const item of key.items) {
    for (const source of item.ids) {
      const written = key.owners.get(source) === item ? answers.get(source) : undefined;
      if (written === undefined) continue;
      const value = meaningOf(item, written);
      if (value !== undefined) {
        choices.set(item.id, { value, source });
        break;
      }
      // Where several may be ticked, nothing ticked is no answer.
      if ((written || !item.many) && !optionsIn(written).every((part) => item.retired.has(part))) refused.add(source);
    }
  }
  for (const id of hidden) choices.set(id, { value: "na", source: id });
  const ignored = [];
  for (const [id, written] of answers) {
    if (refused.has(id)) ignored.push(`${id}=${written}`);
    else if (!key.owners.has(id) && !key.retired.has(id)) ignored.push(id);
  }
  return { choices, ignored };
}

/** @param {Answer | undefined} answer @returns {boolean} whether a question counts after it, or while there is none */
export function applies(answer) {
  return answer !== "na";
}

/** @param {Answer | undefined} answer */
export function isUnknown(answer) {
  return answer === "unknown";
}

/** @param {Answer | undefined} answer @returns {Answer | null} it, where conditions and decisions can use it */
export function definite(answer) {
  return answer === undefined || isUnknown(answer) || !applies(answer) ? null : answer;
}

/** @param {Answer | undefined} answer @returns {State} what the result reports of a question */
export function stateOf(answer) {
  if (answer === undefined) return "unanswered";
  return definite(answer) === null ? /** @type {State} */ (answer) : "answered";
}

/** @param {Pick<Item, "many"> | {}} owner @param {Answer | null} answer @returns {AnswerJson | null} as it is handed out */
export function answerToJson(owner, answer) {
  return "many" in owner && owner.many && answer && definite(answer) ? optionsIn(answer) : answer;
}

/** @param {Answer | null | undefined} one @param {Answer | null | undefined} other */
export function isSame(one, other) {
  return one === other;
}

/** @param {Answer | undefined} answer @param {unknown} option @returns {boolean} whether it is, or has, this option */
export function chooses(answer, option) {
  return answer === option || (answer !== undefined && optionsIn(answer).includes(/** @type {string} */ (option)));
}

/** @param {Item} item @param {Answer | undefined} answer @returns {Answer | undefined} what it counts as: "unknown" as the weakest option */
export function countsAs(item, answer) {
  return isUnknown(answer) ? item.lowest : answer;
}

/**
 * @param {Pick<Item, "points" | "many" | "lowest">} item
 * @param {Answer | undefined} answer
 * @returns {number | undefined} unweighted points; undefined where it earns nothing
 */
export function pointsOf({ points, many, lowest }, answer) {
  const counted = isUnknown(answer) ? lowest : (answer ?? "");
  const earned = points.get(counted);
  if (earned !== undefined || !many || !definite(counted || undefined)) return earned;
  return optionsIn(counted).reduce((sum, option) => sum + (points.get(option) ?? 0), 0);
}

/** @param {Item} item @param {Answer | undefined} answer @returns {number} index of the best band it leaves open; Infinity without a cap */
export function capOf(item, answer) {
  if (isUnknown(answer)) return Math.min(...item.caps.values());
  const one = item.caps.get(answer ?? "");
  if (one !== undefined || !item.many) return one ?? Infinity;
  return Math.min(...optionsIn(answer ?? "").map((option) => item.caps.get(option) ?? Infinity));
}

/**
 * @param {Iterable<readonly [option: string, points: number]>} points
 * @param {Many | undefined} many
 * @param {1 | -1} [sign] -1 for the least
 * @returns {Answer} the one that earns the most of these options, of equals the first; empty without any
 */
export function bestOf(points, many, sign = 1) {
  const given = [...points];
  const worth = (/** @type {readonly [string, number]} */ [, earned]) => sign * earned;
  // The sort is stable, so of equals the first is chosen.
  const ranked = given.filter(([id]) => id !== many?.none).sort((a, b) => worth(b) - worth(a));
  const chosen = ranked.filter((option, at) => !at || (at < (many?.at_most ?? 1) && worth(option) > 0));
  const none = given.find(([id]) => id === many?.none);
  if (none && (!chosen.length || worth(none) > chosen.reduce((sum, option) => sum + worth(option), 0))) return none[0];
  return given.flatMap((option) => (chosen.includes(option) ? option[0] : [])).join(JOINT);
}
