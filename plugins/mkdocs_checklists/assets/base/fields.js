/**
 * Answers in the fields of a page: one radio for each answer, in the fieldset of its question. Nothing else knows that.
 *
 * @import {Answer} from "../types"
 */
import { isSame } from "./answers.js";

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
  return new Map([...checked].map((input) => [input.name, input.value]));
}

/**
 * @param {EventTarget | null} target of a change
 * @returns {[item: string, answer: Answer] | null} what the reader may have answered; null for what is no field
 */
export function readChange(target) {
  return target instanceof HTMLInputElement ? [target.name, target.value] : null;
}

/** @param {Element} question @param {Answer | undefined} answer */
export function writeAnswer(question, answer) {
  for (const input of question.querySelectorAll("input")) {
    const isChosen = isSame(input.value, answer);
    if (input.checked !== isChosen) input.checked = isChosen;
  }
}

/** @param {Element | null | undefined} question @param {Answer | undefined} answer @returns {string} its words */
export function wordsOf(question, answer) {
  // By its value: another part of the page may not have checked it yet.
  return question?.querySelector(`input[value="${answer}"]`)?.closest("label")?.textContent?.trim() ?? "";
}
