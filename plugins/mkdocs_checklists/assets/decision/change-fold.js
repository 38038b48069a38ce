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
import { Slices } from "../result/slices.js";

export class ChangeFold {
  #body = make("div");
  #status = make("p", { role: "status" });
  element = make("details", { "data-changes": "" }, make("summary", {}, say("changes")), make("p", {}, say("changes_lead")), this.#status, this.#body);
  #part;
  #places;
  #heading;
  #evaluate;
  /** @type {Snapshot | null} */
  #snapshot = null;
  /** @type {Slices<undefined, Changes>} */
  #slices = new Slices(() => {}, (changes) => this.#fill(changes));

  /**
   * @param {HTMLElement} part
   * @param {Places} places
   * @param {"h4"} heading of an outcome in it
   * @param {Evaluate} evaluate
   */
  constructor(part, places, heading, evaluate) {
    this.#part = part;
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
    if (!snapshot || !this.element.open) return this.stop();
    const { key, written } = snapshot;
    if (!this.#slices.start([...written], () => findChanges(key, this.#evaluate, written))) return;
    this.#body.setAttribute("aria-busy", "true");
    write(this.#status, say("changes_working"));
  }

  stop() {
    this.#slices.stop();
  }

  /** @param {Changes} changes */
  #fill(changes) {
    const snapshot = /** @type {Snapshot} */ (this.#snapshot);
    this.#body.removeAttribute("aria-busy");
    write(this.#status, say("changes_done"));
    this.#body.replaceChildren(...[...changes].flatMap(([outcome, steps]) => this.#entry(outcome, steps, snapshot)));
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
    const [from, to] = [value ? this.#places.answerText(item, value) : "", this.#places.answerText(item, option) || option];
    const change = value === undefined ? say("changes_open", { to }) : from ? say("way_up_step", { from, to }) : say("changes_to", { to });
    return make("li", {}, this.#places.linkTo(item), make("small", {}, change));
  }
}
