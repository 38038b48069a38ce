/**
 * The result panel: the verdict and its reasons, what to find out, what to do first, sections and bands. Loaded on
 * demand. Questions and advice are copied from the page's own nodes, never rebuilt from text.
 *
 * @import {Item, Snapshot} from "./types"
 */
import { bandByScore } from "./score.js";
import { bandTitle, chooseAdvice, countAnswers, findNext, headingOf, make, makeButton, say, sayScore, showUndo } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";
const FIRST = 3;

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
  #advice = make("div");
  #more = make("details");
  #undo = make("p", { "data-undo": "" });
  #next = makeButton("next");
  #reset = makeButton("reset");
  #marker = makeMarker();
  /** What each block shows, so that only what has changed is built anew. @type {Map<Element, string>} */
  #shown = new Map();
  /** @type {Snapshot | null} */
  #snapshot = null;
  #listening = new AbortController();

  /**
   * @param {HTMLElement} part
   * @param {HTMLElement} panel
   */
  constructor(part, panel) {
    this.#part = part;
    this.#panel = panel;
    const level = Number(panel.querySelector("h1, h2, h3, h4, h5, h6")?.localName[1] ?? 3);
    this.#heading = /** @type {"h4"} */ (`h${Math.min(6, level + 1)}`);
    const place = panel.querySelector("[data-result]");
    place?.replaceChildren(this.#score, this.#ends, this.#count, this.#open, this.#capped, this.#unknown, this.#advice);
    panel.append(make("div", { "data-actions": "", "data-made": "" }, this.#undo, this.#next, this.#reset));
    panel.querySelector("svg[data-scale]")?.append(this.#marker);
    // Its list may be long, and few open it.
    this.#more.addEventListener("toggle", () => this.#fillMore(), { signal: this.#listening.signal });
  }

  remove() {
    this.#listening.abort();
    this.#marker.remove();
    this.#panel.querySelector("[data-result]")?.replaceChildren();
    for (const cell of this.#panel.querySelectorAll("[data-section] > td")) cell.replaceChildren();
  }

  /** Opens what is folded, for paper. */
  showAll() {
    if (this.#more.isConnected) this.#more.open = true;
    this.#fillMore();
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#snapshot = snapshot;
    this.#showScore(snapshot);
    this.#showMarker(snapshot);
    this.#showReasons(snapshot);
    this.#showAdvice(snapshot);
    this.#showSections(snapshot);
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
    this.#refresh(this.#score, [score, provisional, band, result.possible, choices.size > 0, applicable > 0], () => {
      if (!choices.size) return [make("p", {}, say("none"))];
      const number = score === null ? say(applicable ? "no_score" : "none_apply") : sayScore(key, result);
      const title = bandTitle(this.#part, band);
      const verdict = provisional ? say("provisional") : title && say("verdict", { band: title });
      const shown = provisional && score !== null ? say("score_provisional", { score: number }) : number;
      return [...(verdict ? [make("p", { "data-verdict": "" }, verdict)] : []), make("p", { "data-number": "" }, shown)];
    });
    const [bottom, top] = endsOf(this.#snapshot);
    this.#refresh(this.#ends, [bottom, top], () => [make("span", {}, `${bottom}`), make("span", {}, `${top}`)]);
  }

  /** @param {Snapshot} snapshot */
  #showMarker(snapshot) {
    const { score } = snapshot.result;
    const [bottom, top] = endsOf(snapshot);
    const at = score === null || top === bottom ? null : (100 * (score - bottom)) / (top - bottom);
    this.#marker.toggleAttribute("hidden", at === null);
    if (at !== null) this.#marker.setAttribute("transform", `translate(${Math.min(100, Math.max(0, at))})`);
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
    const open = provisional && answered ? key.items.filter((item) => item.caps.size && !choices.has(item.id)) : [];
    this.#refresh(this.#open, idsOf(open), () =>
      open.length ? [make("p", {}, say("provisional_open", { count: open.length })), this.#list(open)] : [],
    );
    const capped = result.capped_by.flatMap((id) => key.owners.get(id) ?? []);
    const byScore = score === null ? null : bandByScore(key, score);
    this.#refresh(this.#capped, [band, byScore, capped.map(({ id }) => [id, choices.get(id)?.value])], () =>
      capped.length
        ? [make("p", {}, say("capped", { band: bandTitle(this.#part, byScore), count: capped.length })), this.#list(capped, true)]
        : [],
    );
    const unknown = result.find_out.flatMap((id) => key.owners.get(id) ?? []);
    this.#refresh(this.#unknown, idsOf(unknown), () => (unknown.length ? [make(this.#heading, {}, say("find_out")), this.#list(unknown)] : []));
  }

  /** @param {Snapshot} snapshot */
  #showAdvice({ choices }) {
    const weak = this.#weakItems();
    const first = weak.slice(0, FIRST).map((item) => [item.id, choices.get(item.id)?.value]);
    const rest = weak.length - FIRST;
    this.#refresh(this.#advice, [first, Math.max(0, rest)], () => {
      if (!weak.length) return [];
      const list = make("ol", {}, ...weak.slice(0, FIRST).map((item) => this.#adviceFor(item)));
      if (rest > 0) this.#more.replaceChildren(make("summary", {}, say("to_do_more", { count: rest })));
      this.#shown.delete(this.#more);
      return [make(this.#heading, {}, say("to_do")), list, ...(rest > 0 ? [this.#more] : [])];
    });
    if (rest > 0 && this.#more.open) this.#fillMore();
  }

  #fillMore() {
    const snapshot = this.#snapshot;
    const summary = this.#more.firstElementChild;
    if (!this.#more.open || !snapshot || !summary) return;
    const items = this.#weakItems().slice(FIRST);
    const source = items.map((item) => [item.id, snapshot.choices.get(item.id)?.value]);
    this.#refresh(this.#more, source, () => [summary, make("ol", { start: `${FIRST + 1}` }, ...items.map((item) => this.#adviceFor(item)))]);
  }

  /** @returns {Item[]} what to mend, in order; what nobody knows yet is to be found out, not mended */
  #weakItems() {
    const { key, result } = /** @type {Snapshot} */ (this.#snapshot);
    const unknown = new Set(result.find_out);
    return result.recommendations.filter((id) => !unknown.has(id)).flatMap((id) => key.owners.get(id) ?? []);
  }

  /**
   * @param {Item} item
   * @returns {HTMLLIElement} the question as a link, with a copy of its advice
   */
  #adviceFor(item) {
    const entry = make("li", {}, this.#linkTo(item));
    const card = this.#fieldset(item)?.querySelector("[data-advice]") ?? this.#elsewhere(item, "[data-advice]");
    const advice = card?.cloneNode(true);
    if (!(advice instanceof Element)) return entry;
    const answer = this.#snapshot?.choices.get(item.id)?.value;
    if (chooseAdvice(advice, item, answer)) {
      // Text to copy stays with its question; a copy must not bring an id along.
      for (const surplus of advice.querySelectorAll(":scope > [hidden], :scope > details")) surplus.remove();
      for (const marked of advice.querySelectorAll("[id]")) marked.removeAttribute("id");
      entry.append(...advice.childNodes);
    }
    return entry;
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
        // By its value: another part of the page may not have checked it yet.
        const input = withAnswers && this.#fieldset(item)?.querySelector(`input[value="${this.#snapshot?.choices.get(item.id)?.value}"]`);
        const answer = input && input.closest("label")?.textContent?.trim();
        return make("li", {}, this.#linkTo(item), ...(answer ? [make("small", {}, say("your_answer", { answer }))] : []));
      }),
    );
  }

  /** @param {Item} item */
  #linkTo(item) {
    const heading = headingOf(this.#part, item.id);
    const source = heading ?? this.#elsewhere(item, "a");
    const href = heading ? `#${heading.id}` : source?.getAttribute("href");
    const words = source?.textContent?.trim() ?? item.id;
    return href ? make("a", { href }, words) : make("span", {}, words);
  }

  /** @param {Item} item */
  #fieldset(item) {
    return headingOf(this.#part, item.id)?.closest("fieldset");
  }

  /** @param {Item} item @param {string} child of the card that stands for a question on another page */
  #elsewhere(item, child) {
    return this.#panel.querySelector(`[data-elsewhere] > [data-item="${item.id}"] > ${child}`);
  }

  /** @param {Snapshot} snapshot */
  #showSections({ key, result }) {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.#panel.querySelectorAll("tr[data-section]"))) {
      const section = key.sections.find(({ id }) => id === row.dataset.section);
      const sums = section && result.sections[section.id];
      const cell = row.querySelector("td");
      if (!section || !sums || !cell) continue;
      const states = section.items.map((item) => result.states[item.id]).filter((state) => state !== "na");
      const [total, answered] = [states.length, states.filter((state) => state !== "unanswered").length];
      this.#refresh(cell, [sums, total, answered], () => {
        if (!total) return [make("small", {}, say("section_na"))];
        if (sums.score === null) return [make("small", {}, say(answered ? "no_score" : "section_open"))];
        const [bottom, top] = key.as === "points" ? [sums.least, sums.possible] : key.range;
        const meter = make("meter", { "aria-hidden": "true", min: `${bottom}`, max: `${top}`, value: `${sums.score}` });
        const score = sayScore(key, sums);
        return [meter, make("small", {}, answered < total ? say("section_partly", { score, answered, total }) : score)];
      });
    }
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
    this.#reset.hidden = !snapshot.choices.size;
    if (snapshot.undoable) showUndo(this.#undo, snapshot.undoable);
    else this.#undo.replaceChildren();
  }
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

/** @param {Item[]} items */
function idsOf(items) {
  return items.map(({ id }) => id);
}

/** A line on a halo, so that it shows on every band; its width does not stretch with the picture. */
function makeMarker() {
  const marker = document.createElementNS(SVG, "g");
  marker.setAttribute("data-marker", "");
  marker.setAttribute("data-made", "");
  for (let lines = 0; lines < 2; lines += 1) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", "M0 -3V13");
    line.setAttribute("vector-effect", "non-scaling-stroke");
    marker.append(line);
  }
  return marker;
}
