/**
 * Answers in the fields of a page: one radio, or where several may be chosen one box, for each answer, in the fieldset of its
 * question. A box that is `data-excludes` excludes all others. Nothing else knows that.
 *
 * @import {Answer} from "../types"
 */
import { chooses } from "./answers.js";

/** Where the focus goes in a question. */
export const FIELD = "input";
export const CHOSEN = "input:checked";

/**
 * @param {HTMLElement} part
 * @returns {Map<string, HTMLFieldSetElement>} item -> where it is asked
 */
export function findQuestions(part) {
  return new Map([...part.querySelectorAll("fieldset")].map((fieldset) => [itemOf(fieldset), fieldset]));
}

/** @param {Element | null | undefined} question @returns {string} the item that is asked there */
export function itemOf(question) {
  return question?.querySelector("input")?.name ?? "";
}

/**
 * @param {HTMLElement} part
 * @param {string} [more] a selector that only some fields match
 * @returns {Map<string, Answer>} item -> the answer that is checked
 */
export function readAnswers(part, more = "") {
  /** @type {NodeListOf<HTMLInputElement>} */
  const checked = part.querySelectorAll(`fieldset ${CHOSEN}${more}`);
  /** @type {Map<string, HTMLInputElement[]>} */
  const found = new Map();
  for (const input of checked) found.set(input.name, [...(found.get(input.name) ?? []), input]);
  return new Map([...found].map(([item, inputs]) => [item, joined(inputs)]));
}

/**
 * @param {HTMLInputElement[]} inputs that are checked
 * @returns {Answer} that they make; of boxes that exclude one another, which no script has kept apart, those that say more
 */
function joined(inputs) {
  const together = inputs.filter((input) => input.dataset.excludes === undefined);
  return (together.length ? together : inputs.slice(0, 1)).map(({ value }) => value).join("+");
}

/**
 * @param {EventTarget | null} target of a change
 * @returns {[item: string, answer: Answer | null] | null} what the reader may have answered; null for what is no field
 */
export function readChange(target) {
  if (!(target instanceof HTMLInputElement)) return null;
  const { name, value, checked, dataset } = target;
  // A radio is never unchecked by its reader.
  if (checked && (target.type === "radio" || dataset.excludes !== undefined)) return [name, value];
  /** @type {HTMLInputElement[]} */
  const inputs = [...(target.closest("fieldset")?.querySelectorAll(/** @type {"input"} */ (CHOSEN)) ?? [])];
  return [name, inputs.length ? joined(inputs) : null];
}

/** @param {Element} question @param {Answer | undefined} answer */
export function writeAnswer(question, answer) {
  for (const input of question.querySelectorAll("input")) {
    const isChosen = chooses(answer, input.value);
    if (input.checked !== isChosen) input.checked = isChosen;
  }
}

/** @param {Element | null | undefined} question @param {string} option of an answer @returns {string} its words */
export function wordsOf(question, option) {
  // By its value: another part of the page may not have checked it yet.
  return question?.querySelector(`input[value="${option}"]`)?.closest("label")?.textContent?.trim() ?? "";
}
