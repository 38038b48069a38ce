/**
 * The fold "Why this result": how the score came about, and what each answer gave and lost, in words and as bars of one
 * scale. Filled when it is opened, because its list is as long as the checklist.
 *
 * @import {Item, Snapshot} from "./types"
 * @import {Places} from "./places.js"
 */
import { drawBar } from "./drawing.js";
import { make, say, sayScore } from "./view.js";

export class WhyFold {
  element = make("details", { "data-why": "", "data-made": "" }, make("summary", {}, say("why")));
  #places;
  /** @type {Snapshot | null} */
  #snapshot = null;
  #shown = "";

  /**
   * @param {Places} places
   * @param {AbortSignal} signal
   */
  constructor(places, signal) {
    this.#places = places;
    this.element.addEventListener("toggle", () => this.#fill(), { signal });
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#snapshot = snapshot;
    this.element.hidden = snapshot.result.score === null;
    this.#fill();
  }

  #fill() {
    const snapshot = this.#snapshot;
    if (!this.element.open || !snapshot || snapshot.result.score === null) return;
    const { key, result, choices } = snapshot;
    const look = JSON.stringify([result, [...choices]]);
    if (look === this.#shown) return;
    this.#shown = look;
    const rows = key.items.flatMap((item) => weigh(item, choices.get(item.id)?.value) ?? []);
    const longest = Math.max(...rows.map(({ gained, lost }) => gained + lost));
    const order = new Map(result.recommendations.map((id, place) => [id, place]));
    const last = order.size;
    // What lost most first, as in the list of what to do; what lost nothing after it, in reading order.
    rows.sort((a, b) => (order.get(a.item.id) ?? last) - (order.get(b.item.id) ?? last));
    const open = key.items.length - choices.size;
    this.element.replaceChildren(
      .../** @type {Element[]} */ ([this.element.firstElementChild]),
      make("p", {}, sayArithmetic(snapshot)),
      ...(open ? [make("p", {}, say("why_open", { count: open }))] : []),
      make("ul", { "data-gains": "" }, ...rows.map((row) => this.#row(row, longest, snapshot))),
    );
  }

  /**
   * @param {Weighed} row
   * @param {number} longest
   * @param {Snapshot} snapshot
   */
  #row({ item, value, earned, most, gained, lost }, longest, { result }) {
    const answer = this.#places.answerText(item, value);
    const words = [answer && say("your_answer", { answer }), say("why_gave", { earned, count: most }), lost ? say("why_lost", { count: lost }) : ""];
    const entry = make("li", {}, this.#places.linkTo(item), drawBar(gained, lost, longest), make("small", {}, words.filter(Boolean).join(" · ")));
    if (result.capped_by.includes(item.id)) entry.append(make("small", { "data-holds": "" }, say("why_holds")));
    return entry;
  }
}

/** @typedef {{item: Item, value: string, earned: number, most: number, gained: number, lost: number}} Weighed */

/**
 * @param {Item} item
 * @param {string | undefined} value
 * @returns {Weighed | undefined} weighted points; undefined where the question does not count
 */
function weigh(item, value) {
  const points = value === undefined ? undefined : item.points.get(value);
  if (value === undefined || points === undefined) return undefined;
  const { weight, best, least } = item;
  return { item, value, earned: weight * points, most: weight * best, gained: weight * (points - least), lost: weight * (best - points) };
}

/** @param {Snapshot} snapshot */
function sayArithmetic({ key, result }) {
  const { earned, least, possible } = result;
  if (key.combine === "sections") return say("why_sections", { score: sayScore(key, result) });
  return say(key.as === "points" ? "why_points" : "why_score", { count: earned, least, possible, score: sayScore(key, result) });
}
