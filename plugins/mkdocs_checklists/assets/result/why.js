/**
 * The fold "Why this result": how the score came about, and what each answer gave and lost, in words and as bars of one
 * scale. Filled when it is opened, because its list is as long as the checklist.
 *
 * @import {Item, Key, Snapshot} from "../types"
 * @import {Places} from "./places.js"
 */
import { drawBar } from "./drawing.js";
import { exactly } from "./panel.js";
import { pointsOf } from "../base/answers.js";
import { make, say, sayScore } from "../base/view.js";

export class WhyFold {
  #body = make("div");
  element = make("details", { "data-why": "", "data-made": "" }, make("summary", {}, say("why")), this.#body);
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
    const { key, result, choices, total } = snapshot;
    const look = JSON.stringify([result, [...choices]]);
    if (look === this.#shown) return;
    this.#shown = look;
    const rows = key.items.flatMap((item) => weigh(key, item, choices.get(item.id)?.value) ?? []);
    const scales = findScales(key, rows);
    const longest = Math.max(...rows.map((row) => (row.gained + row.lost) * (scales.get(row.item) ?? 0)));
    const order = new Map(result.recommendations.map((id, place) => [id, place]));
    const last = order.size;
    // First what there is to do something about, as in that list; then what lost most; then the rest in reading order.
    rows.sort((a, b) => (order.get(a.item.id) ?? last) - (order.get(b.item.id) ?? last) || b.lost - a.lost);
    const open = total - choices.size;
    const left = choices.size - rows.length;
    // Never the summary: taken out and put back, it would lose the focus.
    this.#body.replaceChildren(
      make("p", {}, sayArithmetic(snapshot)),
      ...(open ? [make("p", {}, say(key.open_zero ? "why_open_zero" : "why_open", { count: open }))] : []),
      ...(left ? [make("p", {}, say("why_left", { count: left }))] : []),
      make("ul", { "data-gains": "" }, ...rows.map((row) => this.#row(row, scales.get(row.item) ?? 0, longest, snapshot))),
    );
  }

  /**
   * @param {Weighed} row
   * @param {number} scale of its bar
   * @param {number} longest
   * @param {Snapshot} snapshot
   */
  #row({ item, value, earned, most, gained, lost }, scale, longest, { key, result }) {
    const answer = this.#places.answerText(item, value);
    const gave = say("why_gave", { earned: exactly(earned), count: exactly(most) });
    const short = !lost || !scale || key.better === "neither" ? "" : say(key.better === "lower" ? "why_over" : "why_lost", { count: exactly(lost) });
    const words = [answer && say("your_answer", { answer }), gave, short];
    const entry = make("li", {}, this.#places.linkTo(item), drawBar(gained * scale, lost * scale, longest), make("small", {}, words.filter(Boolean).join(" · ")));
    if (result.capped_by.includes(item.id)) entry.append(make("small", { "data-holds": "" }, say("why_holds")));
    return entry;
  }
}

/** @typedef {{item: Item, value: string, earned: number, most: number, gained: number, lost: number}} Weighed */

/**
 * @param {Key} key
 * @param {Item} item
 * @param {string | undefined} value the answer to it
 * @returns {Weighed | undefined} weighted points; undefined where the question does not count
 */
export function weigh({ unit, better, from_zero: isFromZero }, item, value) {
  const points = pointsOf(item, value);
  if (value === undefined || points === undefined) return undefined;
  const { weight, best, least, most } = item;
  const plain = (/** @type {number} */ number) => (weight * number) / unit;
  const gained = better === "lower" ? most - points : points - (isFromZero ? 0 : least);
  return { item, value, earned: plain(points), most: plain(most), gained: plain(gained), lost: plain(Math.abs(best - points)) };
}

/**
 * @param {Key} key
 * @param {Weighed[]} rows
 * @returns {Map<Item, number>} what a point of each item counts in the score: the same everywhere, but where sections are combined
 */
function findScales(key, rows) {
  if (key.combine !== "sections") return new Map(rows.map(({ item }) => [item, 1]));
  const spans = new Map(rows.map(({ item, gained, lost }) => [item, gained + lost]));
  return new Map(
    key.sections.flatMap(({ items, weight }) => {
      const span = items.reduce((sum, item) => sum + (spans.get(item) ?? 0), 0);
      return items.map((item) => /** @type {[Item, number]} */ ([item, span && weight / span]));
    }),
  );
}

/** @param {Snapshot} snapshot with a score @returns {string} how it came about */
export function sayArithmetic({ key, result }) {
  const { earned, least, possible } = result;
  if (key.combine === "sections") {
    const weights = new Set(key.sections.map(({ weight }) => weight));
    const idle = weights.delete(0) ? ` ${say("why_sections_idle")}` : "";
    return say(weights.size > 1 ? "why_sections_weighted" : "why_sections", { score: sayScore(key, result) }) + idle;
  }
  const values = { count: exactly(earned), least: exactly(least), possible: exactly(possible), score: sayScore(key, result) };
  if (key.as === "points") return say("why_points", values);
  if (key.from_zero) return say("why_score_zero", values);
  return say(key.open_zero ? "why_score_open" : "why_score", values);
}
