/**
 * The folds "For and against": which answers speak for an outcome and which against it, the strongest first, by section.
 * Each is filled when it is opened.
 *
 * @import {Answer, Item, Key, Snapshot} from "../types"
 * @import {Places} from "../result/places.js"
 */
import "../rules-messages.js";
import { exactly } from "../result/panel.js";
import { make, say } from "../base/view.js";
import { toward } from "../rules/rules.js";

export class WeightsFold {
  element;
  #outcome;
  #panel;
  #places;
  #heading;
  #body = make("div");
  /** @type {Snapshot | null} */
  #snapshot = null;
  #shown = "";

  /**
   * @param {string} outcome
   * @param {string} title
   * @param {HTMLElement} panel
   * @param {Places} places
   * @param {"h4"} heading of a section in it
   */
  constructor(outcome, title, panel, places, heading) {
    this.#outcome = outcome;
    this.#panel = panel;
    this.#places = places;
    this.#heading = heading;
    this.element = make("details", { "data-weights": outcome }, make("summary", {}, title), this.#body);
    this.element.addEventListener("toggle", () => this.#fill());
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#snapshot = snapshot;
    this.#fill();
  }

  #fill() {
    const snapshot = this.#snapshot;
    if (!snapshot || !this.element.open) return;
    const sections = weighForOutcome(snapshot, this.#outcome);
    const look = JSON.stringify(sections.map(({ rows }) => rows.map(({ item, value }) => [item.id, value])));
    if (look === this.#shown) return;
    this.#shown = look;
    this.#body.replaceChildren(
      ...(sections.length ? [] : [make("p", {}, say("weights_none"))]),
      ...sections.flatMap(({ id, rows }) => {
        const list = make("ul", { "data-sides": "" }, ...rows.map((row) => this.#row(row)));
        return [make(this.#heading, {}, titleOf(this.#panel, id)), list];
      }),
    );
  }

  /** @param {Weighed} row */
  #row({ item, value, points }) {
    const answer = this.#places.answerText(item, value);
    const side = points > 0 ? "for" : "against";
    const words = make("b", { "data-side": side }, say(`weight_${side}`, { count: exactly(Math.abs(points)) }));
    return make("li", {}, words, " ", this.#places.linkTo(item), ...(answer ? [make("small", {}, say("your_answer", { answer }))] : []));
  }
}

/** @typedef {{item: Item, value: string, points: number}} Weighed */

/**
 * @param {Snapshot} snapshot
 * @param {string} outcome
 * @returns {{id: string, rows: Weighed[]}[]} sections with answers that count for or against it: what speaks for it first, the
 *   strongest first; equals in reading order
 */
export function weighForOutcome({ key, choices }, outcome) {
  const place = key.rules?.decision?.outcomes.indexOf(outcome) ?? -1;
  return key.sections
    .map(({ id, items }) => ({ id, rows: items.flatMap((item) => weighedOf(key, item, choices.get(item.id)?.value, place)) }))
    .filter(({ rows }) => rows.length)
    .map(({ id, rows }) => ({ id, rows: [...strongest(rows, 1), ...strongest(rows, -1)] }));
}

/**
 * @param {Key} key
 * @param {Item} item
 * @param {Answer | undefined} value
 * @param {number} place of the outcome
 * @returns {Weighed[]} one, or none where the answer counts nothing
 */
function weighedOf({ rules, unit }, item, value, place) {
  const decision = rules?.decision;
  if (value === undefined) return [];
  const points = ((decision && toward(decision, item, value)?.earned[place]) || 0) / unit;
  return points ? [{ item, value, points }] : [];
}

/**
 * @param {Weighed[]} rows
 * @param {1 | -1} sign
 */
function strongest(rows, sign) {
  // The sort is stable.
  return rows.filter(({ points }) => points * sign > 0).sort((a, b) => (b.points - a.points) * sign);
}

/**
 * @param {HTMLElement} panel
 * @param {string} section
 */
function titleOf(panel, section) {
  return panel.querySelector(`.checklist-points[data-of="${section}"] > caption`)?.textContent ?? "";
}
