/**
 * Writes a snapshot into the page. Decides nothing and listens to nothing: buttons carry
 * `data-do`, and what was made here carries `data-made`, so that the element can remove it again.
 *
 * Every text is set as text. Keys, storage and the author's words are never read as HTML.
 *
 * @import {Answer, Item, Key, PartResult, Snapshot} from "../types"
 */
import { chooses, countsAs } from "./answers.js";
import { writeAnswer } from "./fields.js";
import { hasPlainDigits, language, messages } from "../messages.js";

// Each takes some 10 ms to make, on a phone much more, and the first answer needs neither.
/** @type {Intl.PluralRules | undefined} */
let plurals;
/** @type {Intl.NumberFormat | undefined} */
let numbers;

/**
 * @param {string} id of a message
 * @param {Record<string, string | number>} [values] `count` chooses among the forms of a plural
 * @returns {string}
 */
export function say(id, values = {}) {
  const message = messages[id] ?? id;
  const text = typeof message === "string" ? message : (message[pluralOf(Number(values.count))] ?? message.other ?? id);
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? formatNumber(value) : value;
  });
}

/** @param {number} count */
function pluralOf(count) {
  plurals ??= new Intl.PluralRules(language);
  return plurals.select(count);
}

/** @param {number} value */
function formatNumber(value) {
  if (hasPlainDigits && Number.isInteger(value) && value >= 0 && value < 1000) return `${value}`;
  numbers ??= new Intl.NumberFormat(language);
  return numbers.format(value);
}

/**
 * @param {Key} key
 * @param {PartResult} part with a score
 * @returns {string} the number with its scale
 */
export function sayScore(key, part) {
  const [bottom, top] = key.range;
  const value = part.score ?? 0;
  const score = key.decimals ? new Intl.NumberFormat(language, { minimumFractionDigits: key.decimals }).format(value) : formatNumber(value);
  if (key.as === "points") return say("score_points", { score, count: part.possible });
  return say(bottom === 0 && top === 100 ? "score" : "score_range", { score, bottom, top });
}

/**
 * @param {HTMLElement} part
 * @param {string} name of an item or a section, or "score"
 * @returns {HTMLElement | null} its heading, in whichever part of the checklist on this page. By id, because a search
 *   through a page of 500 questions at every answer would be felt.
 */
export function headingOf(part, name) {
  const root = /** @type {Document | ShadowRoot} */ (part.getRootNode());
  return root.getElementById(`${part.dataset.checklist}--${name}`);
}

/**
 * @param {HTMLElement} part
 * @returns {Element | null | undefined} the result panel of the checklist, if it is on this page
 */
export function panelOf(part) {
  return headingOf(part, "score")?.closest("[data-panel]");
}

/**
 * @param {HTMLElement} part
 * @param {Snapshot} snapshot
 * @param {string} [last] the item to start after
 * @returns {HTMLElement | null} the next open question, round the end if need be; the link to it where all that is open
 *   is asked on other pages; null where nothing leads on from here
 */
export function findNext(part, { key, choices, evaluation }, last) {
  const { items } = key;
  const start = items.findIndex(({ id }) => id === last) + 1;
  const open = [];
  for (let at = 0; at < items.length; at += 1) {
    const { id } = /** @type {Item} */ (items[(start + at) % items.length]);
    if (choices.has(id) || evaluation?.hidden.has(id)) continue;
    const question = headingOf(part, id)?.closest("fieldset");
    if (question) return question;
    open.push(id);
  }
  const panel = panelOf(part);
  for (const id of open) {
    const link = /** @type {HTMLElement | null} */ (panel?.querySelector(`[data-item="${id}"] > a`));
    if (link) return link;
  }
  return null;
}

/**
 * @param {HTMLElement} part
 * @param {string | null | undefined} band
 * @param {"band" | "verdict"} [kind] a verdict is what a calculator comes to
 * @returns {string} its title, from the list in the panel; empty where the panel is on another page
 */
export function bandTitle(part, band, kind = "band") {
  const place = panelOf(part) ?? part;
  const words = band && place.querySelector(`[data-${kind}="${band}"] > dt`)?.cloneNode(true);
  if (!(words instanceof Element)) return "";
  for (const small of words.querySelectorAll("small")) small.remove();
  return words.textContent?.trim() ?? "";
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/** @param {string} deed what a click does; also the id of the words on the button */
export function makeButton(deed) {
  return make("button", { type: "button", "data-do": deed, "data-made": "" }, say(deed));
}

/**
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {HTMLFieldSetElement} fieldset
 * @param {Item} item
 * @param {Snapshot} snapshot
 * @param {boolean} isWeak
 */
export function showItem(fieldset, item, { choices }, isWeak) {
  const answer = choices.get(item.id)?.value;
  writeAnswer(fieldset, answer);
  const advice = fieldset.querySelector("[data-advice]");
  if (advice) advice.toggleAttribute("data-open", isWeak && chooseAdvice(advice, item, answer));
  const labels = fieldset.querySelectorAll(":scope > label");
  const clear = fieldset.querySelector('[data-do="clear"]');
  if (answer === undefined) clear?.remove();
  else if (!clear) labels[labels.length - 1]?.after(makeButton("clear"));
}

/**
 * Leaves the texts for one answer; what is for every answer stays.
 *
 * @param {Element} advice
 * @param {Item} item
 * @param {Answer | undefined} answer
 * @returns {boolean} whether anything is left to read
 */
export function chooseAdvice(advice, item, answer) {
  const meant = countsAs(item, answer);
  const texts = /** @type {HTMLElement[]} */ ([...advice.children]);
  for (const text of texts) {
    if (text.dataset.for !== undefined) text.hidden = !text.dataset.for.split(" ").some((option) => chooses(meant, option));
  }
  return texts.some((text) => !text.hidden);
}

/** The slim line that stays in view: how far, how well, and on to the next question. */
export class Bar {
  #part;
  #fill = make("progress", { "aria-hidden": "true" });
  #count = make("span");
  #link = make("a");
  #next = makeButton("next");

  /** @param {HTMLElement} part */
  constructor(part) {
    this.#part = part;
    const words = make("p", {}, this.#count, " ", this.#link);
    const attributes = { "data-bar": "", "data-made": "", role: "group", "aria-label": say("progress") };
    part.append(make("div", attributes, make("div", {}, this.#fill, words, this.#next)));
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    const { key, result } = snapshot;
    this.#fill.max = snapshot.total;
    this.#fill.value = snapshot.choices.size;
    write(this.#count, sayCount(snapshot));
    this.#next.hidden = !findNext(this.#part, snapshot);
    // Where nobody knows of a page with the panel there is no result to go to, and the words are no link.
    const address = panelOf(this.#part) ? `#${key.checklist}--score` : this.#part.querySelector("[data-way] a")?.getAttribute("href");
    this.#link.toggleAttribute("href", Boolean(address));
    if (address) this.#link.setAttribute("href", address);
    const score = result.score === null ? "" : sayScore(key, result);
    const titles = (result.close_call ?? [result.band ?? result.outcome]).map((id) => bandTitle(this.#part, id));
    const band = titles.join(" / ") || bandTitle(this.#part, result.verdict, "verdict");
    const words = result.provisional && score ? say("score_provisional", { score }) : score;
    const hint = band || (address ? say("result_link") : "");
    if (this.#link.textContent === `${words} ${hint}`) return;
    this.#link.replaceChildren(make("b", {}, words), " ", make("span", band ? {} : { "data-hint": "" }, hint));
  }
}

/**
 * @param {HTMLElement} panel
 * @param {"none" | "result_missing"} words why there is no result
 */
export function showNoResult(panel, words) {
  panel.querySelector("[data-result]")?.replaceChildren(make("p", { "data-made": "" }, say(words)));
}

/**
 * Writes the line about where answers live, and what has just happened to them.
 *
 * @param {Element} place
 * @param {Snapshot} snapshot
 * @param {string[]} back what there is to say of answers from an earlier visit
 */
export function showNotice(place, snapshot, back) {
  const { status, setAside, restored, undoable, isIncomplete } = snapshot;
  const lines = [];
  if (isUnsaved(snapshot)) lines.push(say(`notice_${status}`));
  if (setAside) lines.push(say("notice_set_aside"));
  if (status === "kept" && !undoable && !restored) lines.push(say("notice"));
  lines.push(...back);
  /** @type {Offer[]} */
  const offers = [];
  // Mostly the site has been published anew since the page was opened, and the modules of then are gone.
  if (isIncomplete) offers.push([say("notice_incomplete"), "reload"]);
  if (undoable) offers.push([say("cleared", { count: undoable }), "undo"]);
  showOffers(place, offers, lines.join(" "));
}

/** @typedef {[words: string, action: string]} Offer */

/**
 * @param {Element} place
 * @param {Offer[]} offers each with a button behind it
 * @param {string} [more]
 */
export function showOffers(place, offers, more = "") {
  const wanted = make("p", {}, ...offers.flatMap(([words, action]) => [`${words} `, makeButton(action), " "]), more);
  // Only what reads differently is replaced: the reader may have her focus on a button, to which a theme has added a class.
  [...wanted.childNodes].forEach((node, at) => {
    const present = place.childNodes[at];
    if (!present) place.append(node);
    else if (present.nodeName !== node.nodeName || present.textContent !== node.textContent) present.replaceWith(node);
  });
  while (place.childNodes.length > 3 * offers.length + 1) place.lastChild?.remove();
}

/**
 * @param {Snapshot} snapshot
 * @returns {string} how many are answered, and whether they will be lost
 */
export function sayCount(snapshot) {
  return say(isUnsaved(snapshot) ? "answered_unsaved" : "answered", { answered: snapshot.choices.size, total: snapshot.total });
}

/** @param {Snapshot} snapshot */
export function isUnsaved({ status }) {
  return status === "unavailable" || status === "full";
}
