/**
 * The fold "What would have to change": for every other outcome the fewest answers that would have to be others. Worked out
 * in small pieces once it is open, so that the page never waits for it.
 *
 * @import {Evaluate, Item, Snapshot, Step} from "../types"
 * @import {Changes} from "./change.js"
 * @import {Places} from "../result/places.js"
 */
import { findChanges } from "./change.js";
import { bandTitle, make, say, write } from "../base/view.js";
import { answerTo } from "./weights.js";

/** Milliseconds at a stretch: half a frame of a slow screen. */
const SLICE = 15;

export class ChangeFold {
  #body = make("div");
  #status = make("p", { role: "status" });
  element = make("details", { "data-changes": "" }, make("summary", {}, say("changes")), make("p", {}, say("changes_lead")), this.#status, this.#body);
  #part;
  #panel;
  #places;
  #heading;
  #evaluate;
  /** @type {Snapshot | null} */
  #snapshot = null;
  /** The answers that it was last worked out for. */
  #shown = "";
  /** The search that is under way. @type {Generator<undefined, Changes> | null} */
  #search = null;

  /**
   * @param {HTMLElement} part
   * @param {HTMLElement} panel
   * @param {Places} places
   * @param {"h4"} heading of an outcome in it
   * @param {Evaluate} evaluate
   */
  constructor(part, panel, places, heading, evaluate) {
    this.#part = part;
    this.#panel = panel;
    this.#places = places;
    this.#heading = heading;
    this.#evaluate = evaluate;
    this.element.addEventListener("toggle", () => this.#start());
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#snapshot = snapshot;
    this.#start();
  }

  #start() {
    const snapshot = this.#snapshot;
    if (!snapshot || !this.element.open) {
      // What was begun is of no use any more.
      if (this.#search) this.#shown = "";
      this.#search = null;
      return;
    }
    const look = JSON.stringify([...snapshot.written]);
    if (look === this.#shown) return;
    this.#shown = look;
    this.#search = findChanges(snapshot.key, this.#evaluate, snapshot.written);
    this.#body.setAttribute("aria-busy", "true");
    write(this.#status, say("changes_working"));
    this.#goOn(this.#search, snapshot);
  }

  stop() {
    this.#search = null;
  }

  /**
   * @param {Generator<undefined, Changes>} search
   * @param {Snapshot} snapshot
   */
  #goOn(search, snapshot) {
    setTimeout(() => {
      if (this.#search !== search) return;
      const end = performance.now() + SLICE;
      let step = search.next();
      while (!step.done && performance.now() < end) step = search.next();
      if (!step.done) return this.#goOn(search, snapshot);
      this.#search = null;
      this.#body.removeAttribute("aria-busy");
      write(this.#status, say("changes_done"));
      this.#body.replaceChildren(...[...step.value].flatMap(([outcome, steps]) => this.#entry(outcome, steps, snapshot)));
    });
  }

  /**
   * @param {string} outcome
   * @param {Step[] | null} steps
   * @param {Snapshot} snapshot
   * @returns {Node[]}
   */
  #entry(outcome, steps, snapshot) {
    const heading = make(this.#heading, {}, bandTitle(this.#part, outcome));
    if (!steps) return [heading, make("p", {}, say("changes_none"))];
    return [heading, make("p", {}, say("changes_set", { count: steps.length })), make("ul", {}, ...steps.map((step) => this.#step(step, snapshot)))];
  }

  /**
   * @param {Step} step
   * @param {Snapshot} snapshot
   */
  #step({ item: id, option }, { key, choices }) {
    const item = /** @type {Item} */ (key.owners.get(id));
    const value = choices.get(id)?.value;
    const words = (/** @type {string} */ answer) => answerTo(this.#panel, this.#places, item, answer);
    const [from, to] = [value ? words(value) : "", words(option) || option];
    const change = value === undefined ? say("changes_open", { to }) : from ? say("way_up_step", { from, to }) : say("changes_to", { to });
    return make("li", {}, this.#places.linkTo(item), make("small", {}, change));
  }
}
