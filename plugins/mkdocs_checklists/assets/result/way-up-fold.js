/**
 * A fold with a way up: which answers to improve, with their advice, and what the score would be then. Trying
 * touches no answer.
 *
 * @import {Item, Snapshot, Step} from "../types"
 * @import {Places} from "./places.js"
 */
import { placeMarker } from "./drawing.js";
import { score } from "../base/score.js";
import { bandTitle, headingOf, make, makeButton, say, sayScore, write } from "../base/view.js";
import { language } from "../messages.js";
import { findWaysUp, withSteps } from "./way-up.js";

/** Both folds of a panel show the same snapshot. @type {WeakMap<Snapshot, import("./way-up.js").WaysUp>} */
const found = new WeakMap();

export class WayUpFold {
  element;
  /** Why there is no way. */
  note = make("p", { "data-made": "", hidden: "" }, say("way_up_given"));
  #kind;
  #summary = make("summary");
  #lead = make("p");
  #steps = make("ol");
  #try = makeButton("try");
  #outcome = make("p", { role: "status", "data-as-if": "" });
  #greedy = make("p", {}, make("small", {}, say("way_up_greedy")));
  #part;
  #places;
  #marker;
  /** @type {Snapshot | null} */
  #snapshot = null;
  /** @type {Map<string, string>} */
  #answers = new Map();
  /** Items that a condition hides. @type {string[]} */
  #hidden = [];
  /** @type {Step[]} */
  #way = [];
  #shown = "";
  #isTrying = false;

  /**
   * @param {"way_up" | "way_up_time"} kind of the fewest answers, or of the least time
   * @param {HTMLElement} part
   * @param {Places} places
   * @param {SVGElement} marker of the score as if, on the picture of the scale
   * @param {AbortSignal} signal
   */
  constructor(kind, part, places, marker, signal) {
    this.#kind = kind;
    this.element = make("details", { "data-way-up": kind === "way_up" ? "" : "time", "data-made": "", hidden: "" });
    this.#part = part;
    this.#places = places;
    this.#marker = marker;
    this.#try.setAttribute("aria-pressed", "false");
    // Once and for all: what is taken out and put back loses the focus.
    this.element.append(this.#summary, this.#lead, this.#steps, make("p", {}, this.#try), this.#outcome);
    this.#try.addEventListener("click", () => this.#toggle(!this.#isTrying), { signal });
    this.element.addEventListener("change", () => this.#showOutcome(), { signal });
    this.element.addEventListener("toggle", () => this.element.open || this.#toggle(false), { signal });
  }

  /** Whether it is the one of the fewest answers. */
  get isFirst() {
    return this.#kind === "way_up";
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    const { key, choices, result } = snapshot;
    const look = JSON.stringify([...choices]);
    if (look === this.#shown) return;
    this.#shown = look;
    this.#snapshot = snapshot;
    this.#answers = new Map([...choices].map(([id, { value }]) => [id, value]));
    this.#hidden = key.items.flatMap(({ id }) => (snapshot.evaluation?.hidden.has(id) ? [id] : []));
    const steps = this.#find(snapshot);
    this.#way = steps ?? [];
    this.note.hidden = Boolean(steps) || !this.#isHeldByFacts(snapshot);
    const focused = /** @type {Document | ShadowRoot} */ (this.element.getRootNode()).activeElement;
    const isInSteps = this.#steps.contains(focused);
    this.#toggle(false);
    // A way on which no step is explained is an order to answer otherwise, not advice.
    if (!steps?.some(({ item }) => result.recommendations.includes(item))) {
      if (this.element.contains(focused)) focusOnHeading(this.#part);
      this.element.hidden = true;
      return;
    }
    this.element.hidden = false;
    const items = steps.flatMap(({ item, option }) => /** @type {[Item, string][]} */ ([[key.owners.get(item), option]]));
    const band = bandTitle(this.#part, score(key, withSteps(this.#answers, steps), this.#hidden).band);
    write(this.#summary, sayWay(this.#kind, items.map(([item]) => item)));
    write(this.#lead, say("way_up_lead", { count: steps.length, band }));
    this.#steps.replaceChildren(...items.map(([item, option]) => this.#step(item, option)));
    if (isInSteps) this.#try.focus();
  }

  /** @param {Snapshot} snapshot @returns {Step[] | null} the way, unless the other fold shows the same one */
  #find(snapshot) {
    const { key, result } = snapshot;
    if (result.band === null) return null;
    const ways = found.get(snapshot) ?? findWaysUp(key, this.#answers, this.#hidden);
    found.set(snapshot, ways);
    if (ways.greedy.includes(this.#kind)) this.#steps.after(this.#greedy);
    else this.#greedy.remove();
    if (this.#kind === "way_up") return ways.fewest;
    const others = new Set(ways.fewest?.map(({ item }) => item));
    return ways.quickest?.every(({ item }) => others.has(item)) ? null : ways.quickest;
  }

  /** @param {Snapshot} snapshot @returns {boolean} whether there would be a way if facts could be mended; said above where they cap it */
  #isHeldByFacts({ key, result }) {
    const capping = result.capped_by.map((id) => (typeof id === "string" ? /** @type {Item | undefined} */ (key.owners.get(id)) : undefined));
    if (this.#kind !== "way_up" || result.band === null || (capping.length && capping.every((item) => item?.given))) return false;
    return key.items.some(({ given }) => given) && findWaysUp(key, this.#answers, this.#hidden, true).fewest !== null;
  }

  /**
   * @param {Item} item
   * @param {string} option
   */
  #step(item, option) {
    const answer = this.#answers.get(item.id);
    const [from, to] = [this.#places.answerText(item, answer), this.#places.answerText(item, option)];
    const entry = make("li", {}, this.#places.actionFor(item));
    if (from && to) entry.append(make("small", {}, say("way_up_step", { from, to })));
    entry.append(...this.#places.adviceFor(item, answer));
    return entry;
  }

  /** @param {boolean} isTrying */
  #toggle(isTrying) {
    this.#isTrying = isTrying;
    this.#try.setAttribute("aria-pressed", `${isTrying}`);
    for (const box of this.#steps.querySelectorAll("[data-include]")) box.remove();
    if (isTrying) {
      for (const entry of this.#steps.children) {
        const question = entry.firstElementChild?.textContent ?? "";
        const box = make("input", { type: "checkbox", "aria-label": `${say("try_include")}: ${question}` });
        box.checked = true;
        entry.append(make("label", { "data-include": "" }, box, ` ${say("try_include")}`));
      }
    }
    this.#showOutcome();
  }

  #showOutcome() {
    const snapshot = this.#snapshot;
    if (!snapshot || !this.#isTrying) {
      this.#outcome.textContent = "";
      return placeMarker(this.#marker, null, [0, 1]);
    }
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (this.#steps.querySelectorAll("[data-include] > input"));
    const taken = this.#way.filter((_, at) => boxes[at]?.checked);
    const result = score(snapshot.key, withSteps(this.#answers, taken), this.#hidden);
    const found = say("as_if", { score: sayScore(snapshot.key, result), band: bandTitle(this.#part, result.band) });
    this.#outcome.textContent = taken.length ? `${found} ${say("as_if_untouched")}` : say("as_if_none");
    placeMarker(this.#marker, result.score, result.ends);
  }
}

/** @param {HTMLElement} part */
function focusOnHeading(part) {
  const heading = headingOf(part, "score");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

/**
 * @param {"way_up" | "way_up_time"} kind
 * @param {Item[]} items
 * @returns {string} how many answers, and how much work as far as it is known
 */
function sayWay(kind, items) {
  const minutes = items.reduce((sum, { effort }) => sum + effort, 0);
  const count = items.length;
  const way = kind === "way_up" ? say("way_up", { count }) : say("way_up_time", { count });
  return Number.isFinite(minutes) ? say("way_up_effort", { way, effort: sayEffort(minutes) }) : way;
}

/** @param {number} minutes a day of work has eight hours */
function sayEffort(minutes) {
  const [amount, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 480 ? [Math.ceil(minutes / 30) / 2, "hour"] : [Math.ceil(minutes / 240) / 2, "day"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}
