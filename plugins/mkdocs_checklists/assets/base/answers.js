/**
 * What an answer may be, and what it is worth by a key. Twin of `model/answers.py` and `scoring/answers.py`; how answers get into
 * the fields of a page, and out of them, is in `fields.js`.
 *
 * @import {Answer, Choice, Item, Key, Named, OptionJson, State} from "../types"
 */

/**
 * @param {OptionJson[]} options
 * @param {boolean | undefined} na whether "does not apply" is an answer
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

/** @param {Pick<Named, "values">} owner @param {Answer} filed @returns {boolean} whether it is of use there; an input may read any text */
export function means({ values }, filed) {
  return values?.has(filed) ?? true;
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
      const value = item.values.get(written);
      if (value !== undefined) {
        choices.set(item.id, { value, source });
        break;
      }
      if (!item.retired.has(written)) refused.add(source);
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

/** @param {Answer | null | undefined} one @param {Answer | null | undefined} other */
export function isSame(one, other) {
  return one === other;
}

/** @param {Answer | undefined} answer @param {unknown} option @returns {boolean} whether it is, or has, this option */
export function chooses(answer, option) {
  return answer === option;
}

/** @param {Item} item @param {Answer | undefined} answer @returns {Answer | undefined} what it counts as: "unknown" as the weakest option */
export function countsAs(item, answer) {
  return isUnknown(answer) ? item.lowest : answer;
}

/** @param {Item} item @param {Answer | undefined} answer @returns {number | undefined} unweighted points; undefined where it earns nothing */
export function pointsOf(item, answer) {
  return item.points.get(countsAs(item, answer) ?? "");
}

/** @param {Item} item @param {Answer | undefined} answer @returns {number} index of the best band it leaves open; Infinity without a cap */
export function capOf(item, answer) {
  return isUnknown(answer) ? Math.min(...item.caps.values()) : (item.caps.get(answer ?? "") ?? Infinity);
}

/** @param {Item} item @returns {Answer[]} every answer that conditions and decisions can use, in order */
export function definiteAnswers(item) {
  return [...item.points.keys()];
}
