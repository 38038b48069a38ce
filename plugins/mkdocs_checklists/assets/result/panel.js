/**
 * What the panels of a score, of a decision and of a calculator have in common.
 *
 * @import {Snapshot, State} from "../types"
 */
// Before anything here is said.
import "../result-messages.js";
import { language } from "../messages.js";
import { findNext, make, makeButton, say, showOffers } from "../base/view.js";

/** Blocks that are built anew only when what they are made from has changed. */
export class Blocks {
  /** @type {Map<Element, string>} */
  #shown = new Map();

  /**
   * @param {Element} block
   * @param {unknown} source what it is made from, as data
   * @param {() => (Node | string)[]} build
   */
  refresh(block, source, build) {
    const look = JSON.stringify(source);
    if (this.#shown.get(block) === look) return;
    this.#shown.set(block, look);
    block.replaceChildren(...build());
  }
}

/** Whether a fold was left open, by checklist and name. A theme may put the page anew when the reader follows a link within it. @type {Map<string, boolean>} */
const left = new Map();

/** Remembers which folds in a place the reader has opened or closed, for as long as the page lives. */
export class OpenedFolds {
  #checklist;

  /**
   * @param {Element} place
   * @param {string | undefined} checklist
   * @param {AbortSignal} [signal]
   */
  constructor(place, checklist, signal) {
    this.#checklist = checklist;
    // Before they are opened again, which is no news. The event does not bubble.
    place.addEventListener("toggle", ({ target }) => this.#note(target), signal ? { capture: true, signal } : { capture: true });
    for (const fold of place.querySelectorAll("details")) this.reopen(fold);
  }

  /** @param {HTMLDetailsElement} fold */
  reopen(fold) {
    const isOpen = left.get(this.#nameOf(fold));
    if (isOpen !== undefined && fold.open !== isOpen) fold.open = isOpen;
  }

  /** @param {EventTarget | null} fold */
  #note(fold) {
    if (fold instanceof HTMLDetailsElement) left.set(this.#nameOf(fold), fold.open);
  }

  /** @param {HTMLDetailsElement} fold its name is the first of its attributes for scripts, with the value */
  #nameOf({ dataset }) {
    return [this.#checklist, ...(Object.entries(dataset)[0] ?? [])].join(" ");
  }
}

/** Where the result is in view the bars say nothing new, and on a small screen they go. @type {WeakSet<Element>} */
const watched = new WeakSet();
const watch = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const { checklist } = /** @type {HTMLElement} */ (target.closest("scored-checklist"))?.dataset ?? {};
      const bars = /** @type {Document | ShadowRoot} */ (target.getRootNode()).querySelectorAll(`[data-checklist="${checklist}"] > [data-bar]`);
      for (const bar of bars) bar.toggleAttribute("data-idle", isIntersecting);
    }
  },
  { rootMargin: "0px 0px -25%" },
);

/** The row of buttons below a result: on to the next question, print, and reset with its undo. */
export class Actions {
  #undo = make("p", { "data-undo": "" });
  #next = makeButton("next");
  #print = makeButton("print");
  #reset = makeButton("reset");
  element;

  /** @param {boolean} [hasNext] whether there is a button for the next question */
  constructor(hasNext = true) {
    // The browser within some apps can't print.
    const buttons = [...(hasNext ? [this.#next] : []), ...(typeof globalThis.print === "function" ? [this.#print] : []), this.#reset];
    this.element = make("div", { "data-actions": "", "data-made": "" }, this.#undo, ...buttons);
  }

  /**
   * @param {Snapshot} snapshot
   * @returns {boolean} whether a button comes or goes: then the focus may have to go with it, at once
   */
  isTurning({ written, undoable }) {
    return this.#reset.hidden === written.size > 0 || (undoable > 0) !== this.#undo.hasChildNodes();
  }

  /**
   * @param {HTMLElement} part
   * @param {Snapshot} snapshot
   * @param {boolean} [isFilled] whether there is anything to reset
   */
  show(part, snapshot, isFilled = snapshot.written.size > 0) {
    const panel = this.element.closest("[data-panel]");
    if (panel && !watched.has(panel)) {
      watched.add(panel);
      watch.observe(panel);
    }
    if (this.#next.parentNode) this.#next.hidden = !findNext(part, snapshot);
    this.#reset.hidden = !isFilled;
    // Before there is a result there is nothing to print.
    this.#print.hidden = !isFilled || (snapshot.result.provisional && !snapshot.result.verdict);
    if (snapshot.undoable) showOffers(this.#undo, [[say("cleared", { count: snapshot.undoable }), "undo"]]);
    else this.#undo.replaceChildren();
  }
}

/**
 * Marks the one of several texts that is awarded, in words too.
 *
 * @param {NodeListOf<HTMLElement>} places each with `data-band`
 * @param {string | null | undefined} id
 */
export function markAwarded(places, id) {
  for (const place of places) {
    const isAwarded = place.dataset.band === id;
    if (isAwarded === place.hasAttribute("data-awarded")) continue;
    place.toggleAttribute("data-awarded", isAwarded);
    place.querySelector("dt > [data-made]")?.remove();
    if (isAwarded) place.querySelector("dt")?.append(" ", make("small", { "data-made": "" }, say("awarded")));
  }
}

/** @param {number} points weighted ones @returns {number | string} to be said: a fraction with all the decimals it can have */
export function exactly(points) {
  return Number.isInteger(points) ? points : new Intl.NumberFormat(language, { maximumFractionDigits: 8 }).format(points);
}

/**
 * @param {HTMLElement} panel
 * @param {number} [below] how many levels below the panel's own heading
 * @returns {"h4"} the name of a heading of that level, or of the lowest there is
 */
export function headingBelow(panel, below = 1) {
  const level = Number(panel.querySelector("h1, h2, h3, h4, h5, h6")?.localName[1] ?? 3);
  return /** @type {"h4"} */ (`h${Math.min(6, level + below)}`);
}

/**
 * @param {Snapshot} snapshot
 * @returns {{answered: number, total: number, applicable: number}} how many questions; what does not apply is answered, too
 */
export function countAnswers({ choices, result, total }) {
  return { answered: choices.size, total, applicable: countStates(Object.values(result.states)).applicable };
}

/** @param {readonly (State | undefined)[]} states of items @returns {{applicable: number, answered: number}} how many apply, and are answered of those */
export function countStates(states) {
  const applicable = states.filter((state) => state !== "na");
  return { applicable: applicable.length, answered: applicable.filter((state) => state !== "unanswered").length };
}

/**
 * @param {Element} source
 * @returns {Node[]} a copy of what is in it, without ids, which there can be only once, and without small print of its own
 */
export function copiesOf(source) {
  const copy = /** @type {Element} */ (source.cloneNode(true));
  for (const small of copy.querySelectorAll(":scope > small")) small.remove();
  for (const marked of copy.querySelectorAll("[id]")) marked.removeAttribute("id");
  return [...copy.childNodes];
}

/**
 * @param {Element} source what an author says of a result
 * @returns {HTMLElement} its first paragraph and where to read on, with what is between them folded: the next things to do come soon
 */
export function meaningOf(source) {
  const texts = copiesOf(source).filter((node) => node instanceof Element);
  const [first, ...more] = texts.filter((text) => !text.matches("[data-see]"));
  const links = texts.filter((text) => text.matches("[data-see]"));
  const fold = more.length ? [make("details", { "data-more-meaning": "" }, make("summary", {}, say("more_meaning")), ...more)] : [];
  return make("div", { "data-meaning": "" }, ...(first ? [first] : []), ...fold, ...links);
}

/** As many things as a reader can do next. */
export const FIRST = 3;

/**
 * @param {readonly HTMLLIElement[]} entries
 * @param {string} name of the fold, a data attribute
 * @param {string} words the message that says how many more there are
 * @returns {HTMLElement[]} the first entries as a list, and the rest folded
 */
export function shortList(entries, name, words) {
  const rest = entries.slice(FIRST);
  const more = rest.length ? [make("details", { [name]: "" }, make("summary", {}, say(words, { count: rest.length })), make("ul", {}, ...rest))] : [];
  return [make("ul", {}, ...entries.slice(0, FIRST)), ...more];
}
