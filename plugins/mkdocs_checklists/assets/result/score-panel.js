/**
 * The result panel: the verdict and its reasons, what to find out, what to do first, sections and bands. Loaded on
 * demand.
 *
 * @import {Item, Key, Snapshot} from "../types"
 */
import { drawMarker, placeMarker } from "./drawing.js";
import { Actions, Blocks, countAnswers, exactly, FIRST, headingBelow, markAwarded, meaningOf, OpenedFolds, shortList } from "./panel.js";
import { Places } from "./places.js";
import { capOf, pointsOf } from "../base/answers.js";
import { ScoreTable } from "./profile.js";
import { bandTitle, make, say, sayScore, write } from "../base/view.js";
import { WhyFold } from "./why.js";

/** Builds the live half of `[data-panel]`, and fills the tables that are there already. */
export class ResultPanel {
  #part;
  #panel;
  #heading;
  #adviceHeading;
  #score = make("div");
  #ends = make("p", { "data-ends": "", "data-made": "", "aria-hidden": "true" });
  /** What the awarded band means. */
  #meaning = make("div");
  #count = make("div");
  #open = make("div");
  #capped = make("div");
  #unknown = make("div");
  #first = make("ol");
  #moreWords = make("summary");
  #rest = make("ol", { start: `${FIRST + 1}` });
  #more = make("details", { "data-rest": "" }, this.#moreWords, this.#rest);
  #advice = make("div", { "data-to-do": "" });
  #actions = new Actions();
  #marker = drawMarker({});
  /** The score as if. */
  #ghost = drawMarker({ "data-ghost": "", hidden: "" });
  #blocks = new Blocks();
  /** @type {Snapshot | null} */
  #snapshot = null;
  #listening = new AbortController();
  #places;
  #why;
  #tables;
  #folds;
  /** The one with the fewest answers, and the one that takes least time. @type {Promise<import("./way-up-fold.js").WayUpFold[]> | null} */
  #wayUp = null;
  #isWayUpDue = false;

  /**
   * @param {HTMLElement} part
   * @param {HTMLElement} panel
   */
  constructor(part, panel) {
    this.#part = part;
    this.#panel = panel;
    this.#heading = headingBelow(panel);
    this.#adviceHeading = make(this.#heading);
    const { signal } = this.#listening;
    this.#places = new Places(part, panel);
    this.#why = new WhyFold(this.#places, signal);
    this.#tables = [.../** @type {NodeListOf<HTMLTableElement>} */ (panel.querySelectorAll("table.checklist-sections"))].map((table) => new ScoreTable(table, panel));
    this.#advice.append(this.#adviceHeading, this.#first);
    panel.querySelector("[data-score]")?.replaceChildren(this.#score);
    panel.querySelector("[data-names]")?.before(this.#ends);
    // What comes out and what to do, then the buttons, then what explains it: this order is the one of the keyboard, too.
    const blocks = [this.#meaning, this.#count, this.#open, this.#capped, this.#unknown, this.#advice, this.#actions.element, this.#more, this.#why.element];
    panel.querySelector("[data-result]")?.replaceChildren(...blocks);
    panel.querySelector("svg[data-scale]")?.append(this.#ghost, this.#marker);
    this.#folds = new OpenedFolds(panel, part.dataset.checklist, signal);
    // Its list may be long, and few open it.
    this.#more.addEventListener("toggle", () => this.#fillMore(), { signal });
  }

  remove() {
    this.#listening.abort();
    this.#marker.remove();
    this.#ghost.remove();
    this.#ends.remove();
    for (const place of this.#panel.querySelectorAll("[data-score], [data-result]")) place.replaceChildren();
    for (const table of this.#tables) table.remove();
  }

  /** Opens what is folded, for paper; what was closed is closed again after it. */
  showAll() {
    const close = () => (this.#more.open = false);
    if (!this.#more.open) addEventListener("afterprint", close, { once: true, signal: this.#listening.signal });
    this.#more.open = true;
    this.#fillMore();
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#snapshot = snapshot;
    this.#showScore(snapshot);
    placeMarker(this.#marker, snapshot.result.score, snapshot.result.ends);
    this.#showReasons(snapshot);
    this.#showAdvice(snapshot);
    this.#why.show(snapshot);
    for (const table of this.#tables) table.show(snapshot);
    this.#showWayUp(snapshot);
    this.#showMeaning(snapshot);
    this.#actions.show(this.#part, snapshot);
  }

  /** @param {Snapshot} snapshot */
  #showScore(snapshot) {
    const { key, result, choices } = snapshot;
    const { score, provisional, band } = result;
    const { applicable } = countAnswers(snapshot);
    // Questions that only inform say nothing about a score.
    const isBegun = key.items.some((item) => item.weight && choices.has(item.id));
    this.#blocks.refresh(this.#score, [score, provisional, band, result.possible, isBegun, choices.size > 0, applicable > 0], () => {
      if (!choices.size || (score === null && provisional && !isBegun)) return [make("p", {}, say("none"))];
      const number = score === null ? say(applicable ? "no_score" : "none_apply") : sayScore(key, result);
      const title = bandTitle(this.#part, band);
      const verdict = provisional ? say("provisional") : title && say("verdict", { band: title });
      const shown = provisional && score !== null ? say("score_provisional", { score: number }) : number;
      return [...(verdict ? [make("p", { "data-verdict": "" }, verdict)] : []), make("p", { "data-number": "" }, shown)];
    });
    // The names below the picture have the numbers, unless questions that do not apply have moved the ends.
    const isMoved = key.as === "points" && applicable < key.items.length;
    this.#blocks.refresh(this.#ends, [result.ends, isMoved], () => (isMoved ? result.ends.map((end) => make("span", {}, `${exactly(end)}`)) : []));
  }

  /** @param {Snapshot} snapshot */
  #showMeaning({ result }) {
    const bands = /** @type {NodeListOf<HTMLElement>} */ (this.#panel.querySelectorAll("[data-bands] > [data-band]"));
    markAwarded(bands, result.band);
    for (const name of this.#panel.querySelectorAll("[data-names] > [data-band]")) name.toggleAttribute("data-awarded", name.getAttribute("data-band") === result.band);
    this.#blocks.refresh(this.#meaning, result.band, () => {
      const text = [...bands].find(({ dataset }) => dataset.band === result.band)?.querySelector("dd");
      return text?.hasChildNodes() ? [meaningOf(text)] : [];
    });
  }

  /** How complete it is, what holds it, and what nobody knows yet. @param {Snapshot} snapshot */
  #showReasons(snapshot) {
    const { key, result, choices } = snapshot;
    const { score, band, band_by_score: byScore, needed } = result;
    const { answered, total, applicable } = countAnswers(snapshot);
    // Of facts, nobody needs to hear that there is nothing left to mend.
    const isBest = answered === total && score !== null && key.items.some(({ given, weight }) => !given && weight) && key.items.every((item) => isBestAnswer(key, item, choices.get(item.id)?.value));
    this.#blocks.refresh(this.#count, [answered, applicable, needed, isBest], () => {
      const lines = answered < total ? [say("answered", { answered, total })] : [];
      const complete = answered === total && applicable ? [make("p", { "data-complete": "" }, say("complete", { count: applicable }))] : [];
      if (needed) lines.push(say("provisional_more", { count: needed }));
      if (isBest) lines.push(say("all_best"));
      return answered ? [...complete, ...lines.map((line) => make("p", {}, line))] : [];
    });
    const open = answered ? itemsOf(key, result.missing).filter(({ caps }) => caps.size) : [];
    this.#blocks.refresh(this.#open, idsOf(open), () =>
      open.length ? [make("p", {}, say("provisional_open", { count: open.length })), this.#list(open)] : [],
    );
    const capped = itemsOf(
      key,
      result.capped_by.filter((id) => typeof id === "string"),
    );
    const weak = result.capped_by.flatMap((cap) => (typeof cap === "string" ? [] : cap.section));
    const scores = weak.map((id) => [id, result.sections[id]?.score]);
    this.#blocks.refresh(this.#capped, [band, byScore, capped.map(({ id }) => [id, choices.get(id)?.value]), scores], () => {
      const words = { band: bandTitle(this.#part, byScore) };
      return [
        ...(capped.length ? [make("p", {}, say("capped", { ...words, count: capped.length })), this.#list(capped, true), ...this.#help(capped)] : []),
        ...(weak.length ? [make("p", {}, say("capped_sections", { ...words, count: weak.length })), this.#sectionList(weak)] : []),
      ];
    });
    const unknown = itemsOf(key, result.find_out);
    this.#blocks.refresh(this.#unknown, idsOf(unknown), () => (unknown.length ? [make(this.#heading, {}, say("find_out")), ...shortList(unknown.map((item) => make("li", {}, this.#places.linkTo(item))), "data-more-unknown", "find_out_more")] : []));
  }

  /** @param {Snapshot} snapshot */
  #showAdvice({ key, choices }) {
    write(this.#adviceHeading, say(key.better === "neither" ? "advice" : "to_do"));
    const weak = this.#weakItems();
    const first = weak.slice(0, FIRST);
    const rest = weak.length - FIRST;
    this.#advice.hidden = !weak.length;
    this.#more.hidden = rest <= 0;
    if (rest > 0) write(this.#moreWords, say("to_do_more", { count: rest }));
    const source = first.map((item) => [item.id, choices.get(item.id)?.value]);
    this.#blocks.refresh(this.#first, source, () => first.map((item) => this.#places.entryFor(item, this.#answerTo(item))));
    for (const fold of this.#first.querySelectorAll("details")) this.#folds.reopen(fold);
    this.#fillMore();
  }

  #fillMore() {
    const snapshot = this.#snapshot;
    if (!this.#more.open || !snapshot) return;
    const items = this.#weakItems().slice(FIRST);
    const source = items.map((item) => [item.id, snapshot.choices.get(item.id)?.value]);
    this.#blocks.refresh(this.#rest, source, () => items.map((item) => this.#adviceFor(item)));
  }

  /** @returns {Item[]} what to mend, in order; what nobody knows yet is to be found out, not mended */
  #weakItems() {
    const { key, result } = /** @type {Snapshot} */ (this.#snapshot);
    const unknown = new Set(result.find_out);
    return itemsOf(key, result.recommendations.filter((id) => !unknown.has(id)));
  }

  /** @param {Item} item */
  #adviceFor(item) {
    return make("li", {}, this.#places.actionFor(item), ...this.#places.adviceFor(item, this.#answerTo(item)));
  }

  /** @param {Item[]} capped @returns {Node[]} where to turn, if nothing but facts hold the result down */
  #help(capped) {
    if (!capped.every(({ given }) => given)) return [];
    const help = capped.flatMap((item) => this.#places.adviceFor(item, this.#answerTo(item)));
    return [make("p", {}, say(help.length ? "capped_given_help" : "capped_given")), ...help];
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

  /** @param {string[]} ids of sections, each with its score */
  #sectionList(ids) {
    const { key, result } = /** @type {Snapshot} */ (this.#snapshot);
    const entries = ids.map((id) => {
      const part = result.sections[id];
      return make("li", {}, this.#places.linkToSection(id), ...(part ? [make("small", {}, sayScore(key, part))] : []));
    });
    return make("ul", {}, ...entries);
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
      const folds = (await this.#wayUp) ?? [];
      this.#isWayUpDue = false;
      if (this.#snapshot && !this.#listening.signal.aborted) for (const fold of folds) this.#showFold(fold, this.#snapshot);
    });
  }

  async #loadWayUp() {
    const module = await import("./way-up-fold.js").catch(() => null);
    // The next answer tries again.
    if (!module) this.#wayUp = null;
    if (!module || this.#listening.signal.aborted) return [];
    const ways = /** @type {const} */ (["way_up", "way_up_time"]);
    const folds = ways.map((way) => new module.WayUpFold(way, this.#part, this.#places, this.#ghost, this.#listening.signal));
    return folds;
  }

  /**
   * What there is nothing to say of is not in the page at all, but for the first fold.
   *
   * @param {import("./way-up-fold.js").WayUpFold} fold
   * @param {Snapshot} snapshot
   */
  #showFold(fold, snapshot) {
    fold.show(snapshot);
    const { element, note, isFirst } = fold;
    if (element.hidden && !isFirst) element.remove();
    else if (!element.isConnected) {
      this.#why.element.before(element);
      this.#folds.reopen(element);
    }
    if (note.hidden) note.remove();
    else if (!note.isConnected) this.#why.element.before(note);
  }
}

/**
 * @param {Key} key
 * @param {Item} item
 * @param {string | undefined} answer
 * @returns {boolean} whether no other one would be better; also for what does not apply, and for what only informs
 */
function isBestAnswer(key, item, answer) {
  const points = pointsOf(item, answer);
  if (points === undefined) return true;
  return key.better !== "neither" && (!item.weight || points === item.best) && capOf(item, answer) >= key.bands.length - 1;
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
