/**
 * The result of a decision: the outcome or why there is none, how well each outcome fits, what was ruled out, and the folds that
 * explain it. Loaded once there is something to say.
 *
 * @import {Item, Part, Result, RulesJson, Snapshot} from "../types"
 * @import {Session} from "../answering/session.js"
 */
import { ChangeFold } from "./change-fold.js";
import { drawBar } from "../result/drawing.js";
import { copiesOf, copyOf, NotesNow } from "./notes.js";
import { Places } from "../result/places.js";
import { makeEvaluate } from "../rules/rules.js";
import "../rules-messages.js";
import { bandTitle, findNext, make, makeButton, say, showOffers } from "../base/view.js";
import { answerTo, pointsFor, WeightsFold } from "./weights.js";

// As the panel of a score: enough for the frame with the answer.
const SOON = 50;
/** How many questions tell the two of a close call apart. */
const APART = 2;

/** @type {WeakMap<Part, DecisionPanel>} */
const panels = new WeakMap();
/** Those that may have to be printed. @type {Set<DecisionPanel>} */
const living = new Set();
/** Folds that the reader has opened, by checklist and name. A theme may put the page anew when she follows a link within it. */
const opened = new Set();

// One for all panels, and for good.
addEventListener("beforeprint", () => {
  for (const panel of living) panel.showNow();
});

/** Ends what goes on for a part that leaves the page. @param {Part} part */
export function release(part) {
  const panel = panels.get(part);
  if (!panel) return;
  panel.stop();
  living.delete(panel);
  panels.delete(part);
}

/**
 * Brings the result of a decision up to date, soon.
 *
 * @param {Part} part
 * @param {HTMLElement} place the panel in it
 * @param {Session} session
 */
export function showDecision(part, place, session) {
  const present = panels.get(part);
  // What an element made is gone once it was taken out.
  if (present?.isIn(place)) return present.showSoon();
  release(part);
  const panel = new DecisionPanel(part, place, session);
  panels.set(part, panel);
  living.add(panel);
  panel.showNow();
}

class DecisionPanel {
  #part;
  #panel;
  #session;
  #decision;
  #places;
  /** Of the headings in here: one level below the panel's own. @type {"h4"} */
  #heading;
  #score = make("div", { "data-score": "", "data-made": "" });
  #close = make("div", { "data-made": "" });
  #fits = make("div", { "data-made": "" });
  #count = make("div", { "data-made": "" });
  #unknown = make("div", { "data-made": "" });
  #notes;
  /** @type {WeightsFold[]} */
  #weights;
  #changes;
  #folds;
  #undo = make("p", { "data-undo": "" });
  #next = makeButton("next");
  #reset = makeButton("reset");
  /** What each block shows, so that only what has changed is built anew. @type {Map<Element, string>} */
  #shown = new Map();
  #isDue = false;

  /**
   * @param {Part} part
   * @param {HTMLElement} panel
   * @param {Session} session
   */
  constructor(part, panel, session) {
    this.#part = part;
    this.#panel = panel;
    this.#session = session;
    this.#decision = /** @type {NonNullable<RulesJson["decision"]>} */ (session.key.rules?.decision);
    const level = Number(panel.querySelector("h1, h2, h3, h4, h5, h6")?.localName[1] ?? 3);
    this.#heading = nameOf(level + 1);
    const places = (this.#places = new Places(part, panel));
    this.#notes = new NotesNow(panel, this.#heading);
    this.#weights = this.#decision.outcomes.map((id) => new WeightsFold(id, bandTitle(part, id), panel, places, nameOf(level + 2)));
    this.#changes = new ChangeFold(part, panel, places, nameOf(level + 2), makeEvaluate(session.key));
    const folds = [...this.#weights.map(({ element }) => element), this.#changes.element];
    this.#folds = make("div", { "data-folds": "", "data-made": "" }, make(this.#heading, {}, say("weights")), ...folds);
    // The event does not bubble.
    this.#folds.addEventListener("toggle", ({ target }) => this.#noteFold(target), { capture: true });
    for (const fold of this.#folds.querySelectorAll("details")) if (opened.has(this.#nameOf(fold))) fold.open = true;
    const place = panel.querySelector("[data-result]");
    place?.replaceChildren(this.#score, this.#close, this.#notes.element, this.#fits, this.#count, this.#unknown, this.#folds);
    panel.append(make("div", { "data-actions": "", "data-made": "" }, this.#undo, this.#next, this.#reset));
  }

  /** @param {HTMLElement} panel */
  isIn(panel) {
    return panel.contains(this.#score) && panel.contains(this.#reset);
  }

  stop() {
    this.#changes.stop();
  }

  /** The answer and the bar are painted first: the panel is mostly out of sight then, and has more to do. */
  showSoon() {
    const { written, undoable } = this.#session.snapshot;
    // Where a button comes or goes the focus may have to go with it, at once.
    const isTurning = this.#reset.hidden === written.size > 0 || (undoable > 0) !== this.#undo.hasChildNodes();
    if (isTurning || document.hidden) return this.showNow();
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => setTimeout(() => this.#isDue && this.showNow(), SOON));
  }

  showNow() {
    this.#isDue = false;
    const { snapshot } = this.#session;
    if (!snapshot.evaluation || !this.#score.isConnected) return;
    this.#showScore(snapshot);
    this.#showClose(snapshot);
    this.#notes.show(snapshot);
    this.#showFits(snapshot);
    this.#showCount(snapshot);
    this.#showFolds(snapshot);
    this.#showOutcome(snapshot);
    this.#showActions(snapshot);
  }

  /**
   * Builds a block anew, if what it is made from has changed.
   *
   * @param {Element} block
   * @param {unknown} source
   * @param {() => (Node | string)[]} build
   */
  #refresh(block, source, build) {
    const look = JSON.stringify(source);
    if (this.#shown.get(block) === look) return;
    this.#shown.set(block, look);
    block.replaceChildren(...build());
  }

  /** @param {Snapshot} snapshot */
  #showScore(snapshot) {
    const { result, choices } = snapshot;
    const { provisional, outcome } = result;
    const { answered, total, applicable, missing } = countAnswers(snapshot);
    const ranking = this.#rank(result);
    const source = [provisional, outcome, result.close_call, ranking.slice(0, 2), result.removed, answered, total, applicable, missing];
    this.#refresh(this.#score, source, () => {
      if (!choices.size) return [make("p", {}, say("none"))];
      const [verdict, number] = this.#verdict(snapshot, ranking, applicable);
      const lines = [make("p", { "data-verdict": "" }, verdict), make("p", { "data-number": "" }, number)];
      if (missing > 0) lines.push(make("p", {}, say("provisional_more", { count: missing })));
      const means = outcome && this.#panel.querySelector(`[data-outcomes] > [data-band="${outcome}"] [data-means]`);
      return means ? [...lines, make("div", { "data-meaning": "" }, ...copiesOf(means))] : lines;
    });
  }

  /**
   * @param {Snapshot} snapshot
   * @param {Ranked[]} ranking
   * @param {number} applicable
   * @returns {[verdict: string, number: string]}
   */
  #verdict({ result, choices, total }, ranking, applicable) {
    const [best, second] = ranking;
    const { least, lead } = this.#decision;
    const title = (/** @type {Ranked} */ { id }) => bandTitle(this.#part, id);
    if (result.provisional) return [say("provisional"), say("answered", { answered: choices.size, total })];
    const unclear = this.#panel.querySelector("[data-unclear]")?.textContent ?? "";
    if (!applicable) return [unclear, say("fit_none_apply")];
    if (!best) return [unclear, say(this.#isAllRemoved(result) ? "fit_all_removed" : "fit_none")];
    if (result.close_call && second) {
      return [say("close_call", { best: title(best), second: title(second) }), say("close_fits", { best: best.fit, second: second.fit, lead })];
    }
    if (result.outcome === null) return [unclear, say("fit_low", { fit: best.fit, least })];
    const words = second ? say("fit_lead", { fit: best.fit, second: title(second), next: second.fit }) : say("fit_alone", { fit: best.fit });
    return [say("verdict", { band: title(best) }), words];
  }

  /** @param {Result} result */
  #isAllRemoved({ removed = {} }) {
    return this.#decision.outcomes.every((id) => Object.hasOwn(removed, id));
  }

  /**
   * @param {Result} result
   * @returns {Ranked[]} what is left, the best first
   */
  #rank({ fits = {}, removed = {} }) {
    const left = this.#decision.ties.filter((id) => !Object.hasOwn(removed, id));
    // The sort is stable, so ties stay in their order.
    return left.flatMap((id) => (typeof fits[id] === "number" ? [{ id, fit: fits[id] }] : [])).sort((a, b) => b.fit - a.fit);
  }

  /** The answers in which the two of a close call differ most. @param {Snapshot} snapshot */
  #showClose({ key, result, choices }) {
    const [best, second] = result.close_call ?? [];
    const [one, two] = [best, second].map((id) => this.#decision.outcomes.indexOf(id ?? ""));
    const apart = (best === undefined ? [] : key.items)
      .flatMap((item) => {
        const value = choices.get(item.id)?.value ?? "";
        const points = pointsFor(key, item, value);
        const gap = item.weight * ((points[one ?? -1] ?? 0) - (points[two ?? -1] ?? 0));
        return gap ? [{ item, value, gap }] : [];
      })
      .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap))
      .slice(0, APART);
    this.#refresh(this.#close, [best, second, apart.map(({ item, value }) => [item.id, value])], () => {
      const rows = apart.map(({ item, value, gap }) => {
        const side = say("close_side", { outcome: bandTitle(this.#part, gap > 0 ? best : second) });
        const answer = say("your_answer", { answer: answerTo(this.#panel, this.#places, item, value) });
        return make("li", {}, this.#places.linkTo(item), make("small", {}, `${answer} · ${side}`));
      });
      return rows.length ? [make("p", {}, say("close_items", { count: rows.length })), make("ul", {}, ...rows)] : [];
    });
  }

  /** @param {Snapshot} snapshot */
  #showFits({ result, choices, evaluation }) {
    const { fits = {}, removed = {} } = result;
    const gates = evaluation?.firing.gates ?? [];
    const ranked = this.#rank(result).map(({ id }) => id);
    const open = this.#decision.outcomes.filter((id) => !ranked.includes(id) && !Object.hasOwn(removed, id));
    const out = this.#decision.outcomes.filter((id) => Object.hasOwn(removed, id));
    this.#refresh(this.#fits, [fits, ranked, gates, choices.size > 0, result.provisional], () => {
      if (!choices.size) return [];
      const rows = [...ranked, ...open].map((id) => this.#fit(id, fits[id] ?? null));
      rows.push(...out.map((id) => this.#removed(id, fits[id] ?? null, gates)));
      return [make(this.#heading, {}, say(result.provisional ? "fits_so_far" : "fits")), make("ul", { "data-fits": "" }, ...rows)];
    });
  }

  /**
   * @param {string} id of an outcome
   * @param {number | null} fit
   */
  #fit(id, fit) {
    const words = make("span", {}, fit === null ? say("fit_open") : say("fit", { fit }));
    return make("li", {}, make("b", {}, bandTitle(this.#part, id)), " ", words, drawBar(fit ?? 0, 100 - (fit ?? 0), 100));
  }

  /**
   * @param {string} id of an outcome
   * @param {number | null} fit
   * @param {number[]} gates the places of those that hold
   */
  #removed(id, fit, gates) {
    const words = make("span", {}, fit === null ? say("removed") : say("removed_fit", { fit }));
    const reasons = gates.flatMap((n) => copyOf(this.#panel.querySelector(`[data-band="${id}"] [data-gate="${n}"]`)));
    return make("li", { "data-removed": "" }, make("s", {}, bandTitle(this.#part, id)), " ", words, make("ul", {}, ...reasons));
  }

  /** How complete it is, and what nobody knows yet. @param {Snapshot} snapshot */
  #showCount(snapshot) {
    const { key, result } = snapshot;
    const { answered, total, applicable } = countAnswers(snapshot);
    this.#refresh(this.#count, [answered, total, applicable, result.provisional], () => {
      if (!answered || result.provisional) return [];
      if (answered < total) return [make("p", {}, say("answered", { answered, total }))];
      return applicable ? [make("p", {}, say("complete", { count: applicable }))] : [];
    });
    this.#refresh(this.#unknown, result.find_out, () => {
      const items = result.find_out.flatMap((id) => /** @type {Item | undefined} */ (key.owners.get(id)) ?? []);
      const list = make("ul", {}, ...items.map((item) => make("li", {}, this.#places.linkTo(item))));
      return items.length ? [make(this.#heading, {}, say("find_out")), list] : [];
    });
  }

  /** @param {Snapshot} snapshot */
  #showFolds(snapshot) {
    const { choices, result } = snapshot;
    this.#folds.hidden = !choices.size;
    for (const fold of this.#weights) fold.show(snapshot);
    // Before there is a verdict, most of what would change is simply still to be answered.
    this.#changes.element.hidden = !choices.size || result.provisional;
    if (!this.#changes.element.hidden) this.#changes.show(snapshot);
  }

  /** @param {Snapshot} snapshot */
  #showOutcome({ result }) {
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (this.#panel.querySelectorAll("[data-outcomes] > [data-band]"))) {
      const isAwarded = box.dataset.band === result.outcome;
      if (isAwarded === box.hasAttribute("data-awarded")) continue;
      box.toggleAttribute("data-awarded", isAwarded);
      box.querySelector("dt > [data-made]")?.remove();
      if (isAwarded) box.querySelector("dt")?.append(" ", make("small", { "data-made": "" }, say("awarded")));
    }
  }

  /** @param {Snapshot} snapshot */
  #showActions(snapshot) {
    const { undoable, written } = snapshot;
    this.#next.hidden = !findNext(this.#part, snapshot);
    this.#reset.hidden = !written.size;
    if (undoable) showOffers(this.#undo, [[say("cleared", { count: undoable }), "undo"]]);
    else this.#undo.replaceChildren();
  }

  /** @param {EventTarget | null} fold */
  #noteFold(fold) {
    if (!(fold instanceof HTMLDetailsElement)) return;
    if (fold.open) opened.add(this.#nameOf(fold));
    else opened.delete(this.#nameOf(fold));
  }

  /** @param {HTMLDetailsElement} fold */
  #nameOf(fold) {
    return `${this.#part.dataset.checklist} ${fold.dataset.weights ?? "changes"}`;
  }
}

/** @typedef {{id: string, fit: number}} Ranked */

/**
 * @param {number} level
 * @returns {"h4"} the name of a heading of that level, or of the lowest there is
 */
function nameOf(level) {
  return /** @type {"h4"} */ (`h${Math.min(6, level)}`);
}

/**
 * @param {Snapshot} snapshot
 * @returns {{answered: number, total: number, applicable: number, missing: number}} items; `missing` are those that a verdict waits for
 */
function countAnswers({ key, choices, result, total }) {
  const left = [...choices.values()].filter(({ value }) => value === "na").length;
  const applicable = total - left;
  const missing = result.provisional ? Math.ceil((key.enough * applicable) / 100) - (choices.size - left) : 0;
  return { answered: choices.size, total, applicable, missing };
}
