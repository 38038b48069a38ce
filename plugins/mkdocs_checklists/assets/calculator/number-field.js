/**
 * One field for a number: what the reader has typed, what is wrong with it, and what the session knows.
 *
 * @import {InputJson} from "../types"
 * @import {Conventions, Problem} from "./typed-numbers.js"
 */
import { readDecimal } from "../rules/exact.js";
import { readTyped, toTyped, toWritten } from "./typed-numbers.js";
import { decimalSign, sayDigits } from "./numerals.js";
import { make, say } from "../base/view.js";

// Long enough that no mistake is reported in a number that the reader is still writing.
const PAUSE = 1200;

export class NumberField {
  #place;
  #field;
  #input;
  /** @type {Conventions} */
  #conventions;
  #problem = make("p", { role: "alert", "data-problem": "", "data-made": "" });
  /** True while the reader edits this field; updates from storage wait. */
  #isTyping = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;

  /**
   * @param {HTMLElement} place
   * @param {HTMLInputElement} field
   * @param {InputJson} input
   */
  constructor(place, field, input) {
    this.#place = place;
    this.#field = field;
    this.#input = input;
    this.#conventions = { sign: decimalSign(), unit: place.querySelector("label [data-unit]")?.textContent ?? "" };
    this.#problem.id = `${place.id}--problem`;
    // A copied page may hold what was wrong with a number.
    this.#mark(false);
  }

  /**
   * Takes the field over from the browser.
   *
   * @returns {{text: string, isNew: boolean}} what is in it; new if it was typed before any script ran
   */
  take() {
    const field = this.#field;
    // Without a script a browser would fill in what it was told elsewhere. With it WebKit would empty the field after Back.
    field.removeAttribute("autocomplete");
    const isFirst = field.type === "number";
    // What a browser has put back is not marked as changed, and has no focus.
    const hasFocus = field.matches(":focus");
    const isNew = isFirst && (hasFocus || field.matches(":is(:user-valid, :user-invalid)"));
    if (isFirst) {
      // In a field for numbers an English Chromium drops a comma without a word: 12,5 would become 125.
      field.type = "text";
      if (hasFocus) field.setSelectionRange(field.value.length, field.value.length);
    }
    return { text: toWritten(field.value, this.#input, this.#conventions), isNew };
  }

  /** @returns {string} what to keep of the text in it */
  type() {
    this.#isTyping = true;
    clearTimeout(this.#pause);
    const read = readTyped(this.#field.value, this.#input, this.#conventions);
    if ("number" in read) this.#showProblem("");
    else if (read.problem !== "unfinished") this.#pause = setTimeout(() => this.#tell(), PAUSE);
    return toWritten(this.#field.value, this.#input, this.#conventions);
  }

  stop() {
    clearTimeout(this.#pause);
  }

  /** She has left it, and hears what is wrong at once. @param {string} written what the session knows */
  leave(written) {
    this.#isTyping = false;
    clearTimeout(this.#pause);
    this.show(written);
    this.#tell();
  }

  /**
   * @param {string} written what the session knows
   * @returns {string} the number that it is, where an earlier release could not read it; empty as a rule
   */
  reread(written) {
    const text = toTyped(written, this.#conventions.sign);
    const number = text === written ? "" : toWritten(text, this.#input, this.#conventions);
    return readDecimal(number) && !readDecimal(written) ? number : "";
  }

  /** @param {string} written what the session knows; never put in the way of what she is typing */
  show(written) {
    if (this.#isTyping || toWritten(this.#field.value, this.#input, this.#conventions) === written) {
      if (!this.#isTyping && !this.#field.matches(":focus")) this.#tell();
      return;
    }
    this.#field.value = toTyped(written, this.#conventions.sign);
    this.#tell();
  }

  /** Whether it holds anything that is no number. */
  get isWrong() {
    return "problem" in readTyped(this.#field.value, this.#input, this.#conventions);
  }

  #tell() {
    const read = readTyped(this.#field.value, this.#input, this.#conventions);
    this.#showProblem("problem" in read ? wordsFor(read, this.#input, this.#conventions) : "");
  }

  /** @param {string} words */
  #showProblem(words) {
    if (this.#problem.textContent === words) return;
    this.#problem.textContent = words;
    if (words) this.#place.append(this.#problem);
    else this.#problem.remove();
    this.#mark(words !== "");
  }

  /** @param {boolean} isWrong */
  #mark(isWrong) {
    const { id } = this.#problem;
    const described = (this.#field.getAttribute("aria-describedby") ?? "").split(" ").filter((name) => name && name !== id);
    this.#field.setAttribute("aria-describedby", [...described, ...(isWrong ? [id] : [])].join(" "));
    if (isWrong) this.#field.setAttribute("aria-invalid", "true");
    else this.#field.removeAttribute("aria-invalid");
  }
}

/**
 * @param {Problem} found
 * @param {InputJson} input
 * @param {Conventions} conventions
 * @returns {string}
 */
function wordsFor({ problem, whole = "", part = "" }, { min, max, decimals }, { sign, unit }) {
  const example = decimals ? `12${sign}5` : "12";
  switch (problem) {
    case "digits":
    case "unfinished":
      return unit ? say("problem_unit", { example, unit }) : say("problem_digits", { example });
    case "ambiguous":
      return say("problem_ambiguous", { whole, part: part.replace(".", sign) });
    case "thousands":
      return say("problem_thousands", { whole });
    case "decimals":
      return say("problem_decimals", { count: decimals });
    case "low":
      return say("problem_low", { end: sayDigits(min) });
    case "high":
      return say("problem_high", { end: sayDigits(max) });
  }
  return say(`problem_${problem}`);
}
