/**
 * Where the result finds the words of a question: on this page, or on the card that stands for one on another page.
 * They are copied from the page's own nodes, never rebuilt from text.
 *
 * @import {Item} from "../types"
 */
// Before anything here is said.
import "../result-messages.js";
import { optionsIn } from "../base/answers.js";
import { wordsOf } from "../base/fields.js";
import { chooseAdvice, headingOf, make, say } from "../base/view.js";

export class Places {
  #part;
  #panel;

  /**
   * @param {HTMLElement} part
   * @param {HTMLElement} panel
   */
  constructor(part, panel) {
    this.#part = part;
    this.#panel = panel;
  }

  /**
   * @param {Item} item
   * @returns {HTMLElement} the question as a link; just its words, or its id, where it is nowhere to be found
   */
  linkTo(item) {
    const heading = headingOf(this.#part, item.id);
    const source = heading ?? this.#elsewhere(item, "a");
    const href = heading ? `#${heading.id}` : source?.getAttribute("href");
    const words = source?.textContent?.trim() ?? item.id;
    return href ? make("a", { href }, words) : make("span", {}, words);
  }

  /**
   * @param {string} id of a section
   * @returns {HTMLElement} its title, as a link where the table of sections has one
   */
  linkToSection(id) {
    const name = this.#panel.querySelector(`tr[data-section="${id}"] > th`);
    const href = name?.querySelector("a")?.getAttribute("href");
    const words = name?.textContent?.trim() ?? id;
    return href ? make("a", { href }, words) : make("span", {}, words);
  }

  /**
   * @param {Item} item
   * @returns {HTMLElement} what there is to do, as a link to its question; the question, where the author gave it no title
   */
  actionFor(item) {
    const link = this.linkTo(item);
    const title = this.#advice(item)?.querySelector("[data-action]")?.textContent?.trim();
    if (title) link.textContent = title;
    return link;
  }

  /**
   * @param {Item} item
   * @param {string | undefined} answer
   * @returns {string} its words; empty where the question is on another page, and no table of points has them
   */
  answerText(item, answer) {
    // The tables of points that a decision has know all answers.
    const row = (/** @type {string} */ option) => `.checklist-points [data-of="${item.id}"] > [data-option="${option}"] > th`;
    const question = this.#fieldset(item);
    const words = optionsIn(answer ?? "").map((option) => wordsOf(question, option) || (this.#panel.querySelector(row(option))?.textContent ?? ""));
    return words.filter(Boolean).reduce((first, next) => (first ? say("answer_list", { first, next }) : next), "");
  }

  /**
   * @param {Item} item
   * @param {string | undefined} answer
   * @returns {Node[]} a copy of its advice after that answer
   */
  adviceFor(item, answer) {
    const advice = this.#advice(item)?.cloneNode(true);
    if (!(advice instanceof Element) || !chooseAdvice(advice, item, answer)) return [];
    // Text to copy stays with its question; a copy must not bring an id along.
    for (const surplus of advice.querySelectorAll(":scope > :is([hidden], details, [data-action], [data-given])")) surplus.remove();
    for (const marked of advice.querySelectorAll("[id]")) marked.removeAttribute("id");
    return [...advice.childNodes];
  }

  /**
   * @param {Item} item
   * @param {string | undefined} answer
   * @returns {HTMLLIElement} what there is to do after that answer in a line or two, with the rest folded
   */
  entryFor(item, answer) {
    const link = this.actionFor(item);
    const question = this.linkTo(item).textContent ?? "";
    const advice = this.adviceFor(item, answer);
    const facts = advice.flatMap((node) => (node instanceof Element ? (node.querySelector(":scope[data-more] > small") ?? []) : []));
    // Said on the fold, and not in it again.
    for (const fact of facts) fact.remove();
    const named = link.textContent === question ? [] : [make("p", {}, make("small", {}, question))];
    if (!advice.length && !named.length) return make("li", {}, link);
    const summary = make("summary", {}, [...facts.map(({ textContent }) => textContent), say("how")].join(" · "));
    return make("li", {}, link, make("details", { "data-how": item.id }, summary, ...named, ...advice));
  }

  /** @param {Item} item */
  #fieldset(item) {
    return headingOf(this.#part, item.id)?.closest("fieldset");
  }

  /** @param {Item} item */
  #advice(item) {
    return this.#fieldset(item)?.querySelector("[data-advice]") ?? this.#elsewhere(item, "[data-advice]");
  }

  /** @param {Item} item @param {string} child of the card */
  #elsewhere(item, child) {
    return this.#panel.querySelector(`[data-elsewhere] > [data-item="${item.id}"] > ${child}`);
  }
}
