/**
 * Texts to copy with blanks: each takes the words of the answer to its item. The words are in the page, as Python wrote them.
 *
 * @import {Snapshot} from "../types"
 */
import { optionsIn } from "../base/answers.js";
import { write } from "../base/view.js";
import { language } from "../messages.js";

/**
 * @param {HTMLElement} part
 * @param {Snapshot} snapshot
 */
export function fillBlanks(part, { choices, evaluation }) {
  for (const text of part.querySelectorAll("[data-template]")) {
    const blanks = /** @type {NodeListOf<HTMLElement>} */ (text.querySelectorAll("[data-gap]"));
    for (const blank of blanks) {
      const item = blank.dataset.gap ?? "";
      const answer = evaluation?.hidden.has(item) ? undefined : choices.get(item)?.value;
      write(blank, wordsFor(text, item, answer === undefined ? [] : optionsIn(answer)));
    }
    // A line with nothing to say is left out, and its place with it.
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (text.querySelectorAll("[data-line]"))) {
      line.hidden = [...line.querySelectorAll("[data-gap]")].every((blank) => !blank.textContent);
    }
  }
}

/**
 * @param {Element} text
 * @param {string} item
 * @param {string[]} options that are chosen
 * @returns {string} empty where the author has left an answer without words
 */
function wordsFor(text, item, options) {
  const entries = [.../** @type {NodeListOf<HTMLElement>} */ (text.querySelectorAll("[data-fills]"))].filter(({ dataset }) => dataset.fills === item);
  const said = entries.filter(({ dataset }) => dataset.for !== undefined && options.includes(dataset.for));
  // "I don't know" may have no words of its own: then the blank stays one.
  if (!said.length) return entries.find(({ dataset }) => dataset.for === undefined)?.textContent ?? "";
  const words = said.map(({ textContent }) => textContent ?? "").filter(Boolean);
  return words.length > 1 ? new Intl.ListFormat(language).format(words) : (words[0] ?? "");
}
