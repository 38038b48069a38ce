/**
 * The result panel: the verdict and its reasons, what to find out, what to do first, sections and bands. Loaded on
 * demand.
 *
 * @import {Item, Key, Snapshot} from "../types"
 */
import { drawMarker, placeMarker } from "./drawing.js";
import { Places } from "./places.js";
import { ScoreTable } from "./profile.js";
import { bandTitle, findNext, make, makeButton, say, sayScore, showOffers, write } from "../base/view.js";
import { WhyFold } from "./why.js";

const FIRST = 3;
/** Folds that the reader has opened, by checklist and name. A theme may put the page anew when she follows a link within it. */
const opened = new Set();

/** Builds the live half of `[data-panel]`, and fills the tables that are there already. */
export class ResultPanel {
  #part;
  #panel;
  /** Of the headings in here: one level below the panel's own. @type {"h4"} */
  #heading;
  #score = make("div", { "data-score": "" });
  #ends = make("p", { "data-ends": "", "aria-hidden": "true" });
  #count = make("div");
  #open = make("div");
  #capped = make("div");
  #unknown = make("div");
  #first = make("ol");
  #moreWords = make("summary");
  #rest = make("ol", { start: `${FIRST + 1}` });
  #more = make("details", { "data-rest": "" }, this.#moreWords, this.#rest);
  #advice = make("div");
  #undo = make("p", { "data-undo": "" });
  #next = makeButton("next");
  #reset = makeButton("reset");
  #marker = drawMarker({});
  /** The score as if. */
  #ghost = drawMarker({ "data-ghost": "", hidden: "" });
  /** What each block shows, so that only what has changed is built anew. @type {Map<Element, string>} */
  #shown = new Map();
  /** @type {Snapshot | null} */
  #snapshot = null;
  #listening = new AbortController();
  #places;
  #why;
  #tables;
  /** @type {Promise<import("./way-up-fold.js").WayUpFold | null> | null} */
  #wayUp = null;
  #isWayUpDue = false;

  /**
   * @param {HTMLElement} part
   * @param {HTMLElement} panel
   */
  constructor(part, panel) {
    this.#part = part;
    this.#panel = panel;
    const level = Number(panel.querySelector("h1, h2, h3, h4, h5, h6")?.localName[1] ?? 3);
    this.#heading = /** @type {"h4"} */ (`h${Math.min(6, level + 1)}`);
    const { signal } = this.#listening;
    this.#places = new Places(part, panel);
    this.#why = new WhyFold(this.#places, signal);
    this.#tables = [.../** @type {NodeListOf<HTMLTableElement>} */ (panel.querySelectorAll("table.checklist-sections"))].map((table) => new ScoreTable(table));
    this.#advice.append(make(this.#heading, {}, say("to_do")), this.#first, this.#more);
    const place = panel.querySelector("[data-result]");
    const blocks = [this.#score, this.#ends, this.#count, this.#open, this.#capped, this.#unknown, this.#advice, this.#why.element];
    place?.replaceChildren(...blocks);
    panel.append(make("div", { "data-actions": "", "data-made": "" }, this.#undo, this.#next, this.#reset));
    panel.querySelector("svg[data-scale]")?.append(this.#ghost, this.#marker);
    // Before they are opened again, which is no news. The event does not bubble.
    panel.addEventListener("toggle", ({ target }) => this.#noteFold(target), { capture: true, signal });
    for (const fold of panel.querySelectorAll("details")) this.#reopen(fold);
    // Its list may be long, and few open it.
    this.#more.addEventListener("toggle", () => this.#fillMore(), { signal });
  }

  remove() {
    this.#listening.abort();
    this.#marker.remove();
    this.#ghost.remove();
    this.#panel.querySelector("[data-result]")?.replaceChildren();
    for (const table of this.#tables) table.remove();
  }

  /** @param {EventTarget | null} fold */
  #noteFold(fold) {
    if (!(fold instanceof HTMLDetailsElement)) return;
    if (fold.open) opened.add(this.#nameOf(fold));
    else opened.delete(this.#nameOf(fold));
  }

  /** @param {HTMLDetailsElement} fold */
  #reopen(fold) {
    if (opened.has(this.#nameOf(fold))) fold.open = true;
  }

  /** @param {HTMLDetailsElement} fold its name is the first of its attributes for scripts */
  #nameOf(fold) {
    return `${this.#part.dataset.checklist} ${Object.keys(fold.dataset)[0]}`;
  }

  /** Opens what is folded, for paper. */
  showAll() {
    this.#more.open = true;
    this.#fillMore();
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#snapshot = snapshot;
    this.#showScore(snapshot);
    placeMarker(this.#marker, snapshot.result.score, endsOf(snapshot));
    this.#showReasons(snapshot);
    this.#showAdvice(snapshot);
    this.#why.show(snapshot);
    for (const table of this.#tables) table.show(snapshot);
    this.#showWayUp(snapshot);
    this.#showBand(snapshot);
    this.#showActions(snapshot);
  }

  /**
   * Builds a block anew, if what it is made from has changed.
   *
   * @param {Element} block
   * @param {unknown} source
   * @param {() => Node[]} build
   */
  #refresh(block, source, build) {
    const look = JSON.stringify(source);
    if (this.#shown.get(block) === look) return;
    this.#shown.set(block, look);
    block.replaceChildren(...build());
  }

  /** @param {Snapshot} snapshot */
  #showScore(snapshot) {
    const { key, result, choices } = snapshot;
    const { score, provisional, band } = result;
    const { applicable } = countAnswers(snapshot);
    // Questions that only inform say nothing about a score.
    const isBegun = key.items.some((item) => item.weight && choices.has(item.id));
    this.#refresh(this.#score, [score, provisional, band, result.possible, isBegun, choices.size > 0, applicable > 0], () => {
      if (!choices.size || (score === null && provisional && !isBegun)) return [make("p", {}, say("none"))];
      const number = score === null ? say(applicable ? "no_score" : "none_apply") : sayScore(key, result);
      const title = bandTitle(this.#part, band);
      const verdict = provisional ? say("provisional") : title && say("verdict", { band: title });
      const shown = provisional && score !== null ? say("score_provisional", { score: number }) : number;
      return [...(verdict ? [make("p", { "data-verdict": "" }, verdict)] : []), make("p", { "data-number": "" }, shown)];
    });
    const [bottom, top] = endsOf(this.#snapshot);
    this.#refresh(this.#ends, [bottom, top], () => [make("span", {}, `${bottom}`), make("span", {}, `${top}`)]);
  }

  /** How complete it is, what holds it, and what nobody knows yet. @param {Snapshot} snapshot */
  #showReasons(snapshot) {
    const { key, result, choices } = snapshot;
    const { provisional, score, band } = result;
    const { answered, total, applicable } = countAnswers(snapshot);
    const missing = provisional ? Math.ceil((key.enough * applicable) / 100) - (applicable - (total - answered)) : 0;
    const isBest = answered === total && score !== null && !result.recommendations.length;
    this.#refresh(this.#count, [answered, applicable, missing, isBest], () => {
      const lines = answered < total ? [say("answered", { answered, total })] : applicable ? [say("complete", { count: applicable })] : [];
      if (missing > 0) lines.push(say("provisional_more", { count: missing }));
      if (isBest) lines.push(say("all_best"));
      return answered ? lines.map((line) => make("p", {}, line)) : [];
    });
    const open = provisional && answered ? key.items.filter((item) => item.caps.size && result.states[item.id] === "unanswered") : [];
    this.#refresh(this.#open, idsOf(open), () =>
      open.length ? [make("p", {}, say("provisional_open", { count: open.length })), this.#list(open)] : [],
    );
    const capped = itemsOf(key, result.capped_by);
    const byScore = score === null ? null : bandByScore(key, score);
    this.#refresh(this.#capped, [band, byScore, capped.map(({ id }) => [id, choices.get(id)?.value])], () =>
      capped.length
        ? [make("p", {}, say("capped", { band: bandTitle(this.#part, byScore), count: capped.length })), this.#list(capped, true)]
        : [],
    );
    const unknown = itemsOf(key, result.find_out);
    this.#refresh(this.#unknown, idsOf(unknown), () => (unknown.length ? [make(this.#heading, {}, say("find_out")), this.#list(unknown)] : []));
  }

  /** @param {Snapshot} snapshot */
  #showAdvice({ choices }) {
    const weak = this.#weakItems();
    const first = weak.slice(0, FIRST);
    const rest = weak.length - FIRST;
    this.#advice.hidden = !weak.length;
    this.#more.hidden = rest <= 0;
    if (rest > 0) write(this.#moreWords, say("to_do_more", { count: rest }));
    const source = first.map((item) => [item.id, choices.get(item.id)?.value]);
    this.#refresh(this.#first, source, () => first.map((item) => this.#adviceFor(item)));
    this.#fillMore();
  }

  #fillMore() {
    const snapshot = this.#snapshot;
    if (!this.#more.open || !snapshot) return;
    const items = this.#weakItems().slice(FIRST);
    const source = items.map((item) => [item.id, snapshot.choices.get(item.id)?.value]);
    this.#refresh(this.#rest, source, () => items.map((item) => this.#adviceFor(item)));
  }

  /** @returns {Item[]} what to mend, in order; what nobody knows yet is to be found out, not mended */
  #weakItems() {
    const { key, result } = /** @type {Snapshot} */ (this.#snapshot);
    const unknown = new Set(result.find_out);
    return itemsOf(key, result.recommendations.filter((id) => !unknown.has(id)));
  }

  /** @param {Item} item */
  #adviceFor(item) {
    return make("li", {}, this.#places.linkTo(item), ...this.#places.adviceFor(item, this.#answerTo(item)));
  }

  /** @param {Item} item */
  #answerTo(item) {
    return this.#snapshot?.choices.get(item.id)?.value;
  }

  /**
   * @param {Item[]} items
   * @param {boolean} [withAnswers] whether the reader's answers are named too
   */
  #list(items, withAnswers) {
    return make(
      "ul",
      {},
      ...items.map((item) => {
        const answer = withAnswers && this.#places.answerText(item, this.#answerTo(item));
        return make("li", {}, this.#places.linkTo(item), ...(answer ? [make("small", {}, say("your_answer", { answer }))] : []));
      }),
    );
  }

  /**
   * Once the answer has been painted: the way is not found in no time. @param {Snapshot} snapshot
   */
  #showWayUp({ result }) {
    // Nothing to load before there is a way to show.
    if (!this.#wayUp && result.band === null) return;
    this.#wayUp ??= this.#loadWayUp();
    if (this.#isWayUpDue) return;
    this.#isWayUpDue = true;
    setTimeout(async () => {
      const fold = await this.#wayUp;
      this.#isWayUpDue = false;
      if (fold && this.#snapshot && !this.#listening.signal.aborted) fold.show(this.#snapshot, endsOf(this.#snapshot));
    });
  }

  async #loadWayUp() {
    const module = await import("./way-up-fold.js").catch(() => null);
    // The next answer tries again.
    if (!module) this.#wayUp = null;
    if (!module || this.#listening.signal.aborted) return null;
    const fold = new module.WayUpFold(this.#part, this.#places, this.#ghost, this.#listening.signal);
    this.#why.element.before(fold.element);
    this.#reopen(fold.element);
    return fold;
  }

  /** @param {Snapshot} snapshot */
  #showBand({ result }) {
    for (const band of /** @type {NodeListOf<HTMLElement>} */ (this.#panel.querySelectorAll("[data-bands] > [data-band]"))) {
      const isAwarded = band.dataset.band === result.band;
      if (isAwarded === band.hasAttribute("data-awarded")) continue;
      band.toggleAttribute("data-awarded", isAwarded);
      band.querySelector("[data-made]")?.remove();
      if (isAwarded) band.querySelector("dt")?.append(" ", make("small", { "data-made": "" }, say("awarded")));
    }
  }

  /** @param {Snapshot} snapshot */
  #showActions(snapshot) {
    this.#next.hidden = !findNext(this.#part, snapshot);
    this.#reset.hidden = !snapshot.written.size;
    if (snapshot.undoable) showOffers(this.#undo, [[say("cleared", { count: snapshot.undoable }), "undo"]]);
    else this.#undo.replaceChildren();
  }
}

/**
 * @param {Snapshot} snapshot
 * @returns {{answered: number, total: number, applicable: number}} items; what does not apply needs no answer more
 */
function countAnswers({ choices, total }) {
  const left = [...choices.values()].filter(({ value }) => value === "na").length;
  return { answered: choices.size, total, applicable: total - left };
}

/**
 * @param {Key} key
 * @param {number} value a score as the result reports it
 * @returns {string | undefined} id of the band for the score alone, whatever the caps say
 */
function bandByScore({ bands, decimals }, value) {
  const reached = bands.filter(({ min }) => min <= Math.round(value * 10 ** decimals)).length;
  return bands[Math.max(0, reached - 1)]?.id;
}

/**
 * @param {Snapshot | null} snapshot
 * @returns {readonly [number, number]} the ends of the scale in the picture
 */
function endsOf(snapshot) {
  if (!snapshot) return [0, 100];
  const { key } = snapshot;
  if (key.as === "percent") return key.range;
  // What does not apply earns nothing.
  const sums = key.items.map(({ weight, least, best, values }) => {
    const [low, high] = [weight * least, weight * best];
    return values.has("na") ? [Math.min(0, low), Math.max(0, high)] : [low, high];
  });
  return [sums.reduce((sum, [low]) => sum + (low ?? 0), 0), sums.reduce((sum, [, high]) => sum + (high ?? 0), 0)];
}

/**
 * @param {Key} key
 * @param {string[]} ids of items
 * @returns {Item[]}
 */
function itemsOf(key, ids) {
  return ids.flatMap((id) => /** @type {Item | undefined} */ (key.owners.get(id)) ?? []);
}

/** @param {Item[]} items */
function idsOf(items) {
  return items.map(({ id }) => id);
}
