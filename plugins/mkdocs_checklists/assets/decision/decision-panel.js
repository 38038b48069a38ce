/**
 * The result of a decision: the outcome or why there is none, how well each outcome fits, what was ruled out, and the folds that
 * explain it. Loaded once there is something to say.
 *
 * @import {Item, Part, Result, RulesJson, Snapshot} from "../types"
 * @import {Session} from "../answering/session.js"
 */
import { ChangeFold } from "./change-fold.js";
import { drawBar } from "../result/drawing.js";
import { drawEither, nearest } from "./either.js";
import { copyOf, NotesNow } from "./notes.js";
import { Actions, Blocks, countAnswers, headingBelow, markAwarded, meaningOf, OpenedFolds, shortList } from "../result/panel.js";
import { Places } from "../result/places.js";
import { makeEvaluate, toward } from "../rules/rules.js";
import { isAllRemoved } from "../rules/unclear.js";
import "../rules-messages.js";
import { bandTitle, make, say } from "../base/view.js";
import { WeightsFold } from "./weights.js";

// As the panel of a score: enough for the frame with the answer.
const SOON = 50;
/** How many questions tell the two of a close call apart. */
const APART = 2;

/** @type {WeakMap<Part, DecisionPanel>} */
const panels = new WeakMap();
/** Those that may have to be printed. @type {Set<DecisionPanel>} */
const living = new Set();

// One for all panels, and for good.
addEventListener("beforeprint", () => {
  for (const panel of living) panel.showNow();
});

/** Ends what goes on for a part that leaves the page. @param {Part} part */
export function releaseDecision(part) {
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
  // Taking the element out of the page removed our nodes: build them again.
  if (present?.isIn(place)) return present.showSoon();
  releaseDecision(part);
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
  #heading;
  #score = make("div", { "data-made": "" });
  #either = make("div", { "data-made": "" });
  #close = make("div", { "data-made": "" });
  #fits = make("details", { "data-all-fits": "", "data-made": "" });
  #count = make("div", { "data-made": "" });
  #unknown = make("div", { "data-made": "" });
  #notes;
  /** @type {WeightsFold[]} */
  #weights;
  #changes;
  #folds;
  #actions = new Actions();
  #blocks = new Blocks();
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
    this.#heading = headingBelow(panel);
    const heading = headingBelow(panel, 2);
    const places = (this.#places = new Places(part, panel));
    this.#notes = new NotesNow(panel, this.#heading);
    this.#weights = this.#decision.outcomes.map((id) => new WeightsFold(id, bandTitle(part, id), panel, places, heading));
    this.#changes = new ChangeFold(part, places, heading, makeEvaluate(session.key));
    const folds = [...this.#weights.map(({ element }) => element), this.#changes.element];
    this.#folds = make("div", { "data-folds": "", "data-made": "" }, make(this.#heading, {}, say("weights")), ...folds);
    new OpenedFolds(this.#folds, part.dataset.checklist);
    const place = panel.querySelector("[data-result]");
    // As in the panel of a score: what comes out and what to do, then the buttons, then what explains it.
    const blocks = [this.#score, this.#either, this.#close, this.#count, this.#unknown, this.#notes.element, this.#actions.element, this.#fits, this.#folds];
    place?.replaceChildren(...blocks);
    if (place) new OpenedFolds(place, part.dataset.checklist);
  }

  /** @param {HTMLElement} panel */
  isIn(panel) {
    return panel.contains(this.#score) && panel.contains(this.#actions.element);
  }

  stop() {
    this.#changes.stop();
  }

  /** The answer and the bar are painted first: the panel is mostly out of sight then, and has more to do. */
  showSoon() {
    if (this.#actions.isTurning(this.#session.snapshot) || document.hidden) return this.showNow();
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => setTimeout(() => this.#isDue && this.showNow(), SOON));
  }

  showNow() {
    this.#isDue = false;
    const { snapshot } = this.#session;
    if (!snapshot.evaluation || !this.#score.isConnected) return;
    this.#showScore(snapshot);
    this.#showEither(snapshot);
    this.#showClose(snapshot);
    this.#notes.show(snapshot);
    this.#showFits(snapshot);
    this.#showCount(snapshot);
    this.#showFolds(snapshot);
    markAwarded(this.#panel.querySelectorAll("[data-outcomes] > [data-band]"), snapshot.result.outcome);
    this.#actions.show(this.#part, snapshot);
  }

  /** @param {Snapshot} snapshot */
  #showScore(snapshot) {
    const { result, choices } = snapshot;
    const { provisional, outcome, needed } = result;
    const { answered, total, applicable } = countAnswers(snapshot);
    const ranking = rankingOf(result);
    const source = [provisional, outcome, result.close_call, ranking.slice(0, 2), result.removed, answered, total, applicable, needed];
    source.push(result.find_out.length);
    this.#blocks.refresh(this.#score, source, () => {
      if (!choices.size) return [make("p", {}, say("none"))];
      const [verdict, number] = this.#verdict(snapshot, ranking, applicable);
      const lines = [make("p", { "data-verdict": "" }, verdict), make("p", { "data-number": "" }, number)];
      if (needed) lines.push(make("p", {}, say("provisional_more", { count: needed })));
      const means = outcome && this.#panel.querySelector(`[data-outcomes] > [data-band="${outcome}"] [data-means]`);
      return means ? [...lines, meaningOf(means)] : lines;
    });
  }

  /**
   * @param {Snapshot} snapshot
   * @param {Ranked[]} ranking
   * @param {number} applicable
   * @returns {[verdict: string, number: string]}
   */
  #verdict({ key, result, choices, total, evaluation }, ranking, applicable) {
    const [best, second] = ranking;
    const { least, lead } = this.#decision;
    const title = (/** @type {Ranked} */ { id }) => bandTitle(this.#part, id);
    if (result.provisional) return [say("provisional"), say("answered", { answered: choices.size, total })];
    const unclear = this.#panel.querySelector("[data-unclear]")?.textContent ?? "";
    if (!applicable) return [unclear, say("fit_none_apply")];
    if (evaluation?.tooLittle) return [say("too_little"), say("fit_unknown", evaluation.tooLittle)];
    if (!best) return [unclear, say(isAllRemoved(key, result) ? "fit_all_removed" : "fit_none")];
    if (result.close_call && second) {
      return [say("close_call", { best: title(best), second: title(second) }), say("close_fits", { best: best.fit, second: second.fit, lead })];
    }
    if (result.outcome === null) return [unclear, say("fit_low", { fit: best.fit, least })];
    const words = second ? say("fit_lead", { fit: best.fit, second: title(second), next: second.fit }) : say("fit_alone", { fit: best.fit });
    return [say("verdict", { band: title(best) }), words];
  }

  /** What either of two outcomes means, where it is not clear which. @param {Snapshot} snapshot */
  #showEither(snapshot) {
    const ids = nearest(snapshot);
    const sides = snapshot.evaluation?.firing.sides ?? [];
    const isClose = Boolean(snapshot.result.close_call);
    this.#blocks.refresh(this.#either, [ids, sides, isClose], () =>
      ids.length ? [make(this.#heading, {}, say(isClose ? "close_both" : "unclear_both")), ...drawEither(this.#part, this.#panel, ids, sides, isClose)] : [],
    );
  }

  /** The answers in which the two of a close call differ most. @param {Snapshot} snapshot */
  #showClose({ key, result, choices }) {
    const [best, second] = result.close_call ?? [];
    const [one, two] = [best, second].map((id) => this.#decision.outcomes.indexOf(id ?? ""));
    const apart = (best === undefined ? [] : key.items)
      .flatMap((item) => {
        const value = choices.get(item.id)?.value ?? "";
        const points = toward(this.#decision, item, value)?.earned ?? [];
        const gap = (points[one ?? -1] ?? 0) - (points[two ?? -1] ?? 0);
        return gap ? [{ item, value, gap }] : [];
      })
      .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap))
      .slice(0, APART);
    this.#blocks.refresh(this.#close, [best, second, apart.map(({ item, value }) => [item.id, value])], () => {
      const rows = apart.map(({ item, value, gap }) => {
        const side = say("close_side", { outcome: bandTitle(this.#part, gap > 0 ? best : second) });
        const answer = say("your_answer", { answer: this.#places.answerText(item, value) });
        return make("li", {}, this.#places.linkTo(item), make("small", {}, `${answer} · ${side}`));
      });
      return rows.length ? [make("p", {}, say("close_items", { count: rows.length })), make("ul", {}, ...rows)] : [];
    });
  }

  /** @param {Snapshot} snapshot */
  #showFits({ result, choices, evaluation }) {
    const { fits = {}, removed = {} } = result;
    const gates = evaluation?.firing.gates ?? [];
    const ranked = result.ranking ?? [];
    const open = this.#decision.outcomes.filter((id) => !ranked.includes(id) && !Object.hasOwn(removed, id));
    const out = this.#decision.outcomes.filter((id) => Object.hasOwn(removed, id));
    // Where it is not clear which it is, what it is not is in the way.
    const isFolded = !result.outcome && !result.provisional && out.length > 0 && out.length < this.#decision.outcomes.length;
    this.#blocks.refresh(this.#fits, [fits, ranked, gates, choices.size > 0, result.provisional, isFolded], () => {
      if (!choices.size) return [];
      const rows = [...ranked, ...open].map((id) => this.#fit(id, fits[id] ?? null));
      const removed = out.map((id) => this.#removed(id, fits[id] ?? null, gates));
      const heading = make("summary", {}, say(result.provisional ? "fits_so_far" : "fits"));
      if (!isFolded) return [heading, make("ul", { "data-fits": "" }, ...rows, ...removed)];
      const summary = make("summary", {}, say("ruled_out", { count: out.length }));
      return [heading, make("ul", { "data-fits": "" }, ...rows), make("details", {}, summary, make("ul", { "data-fits": "" }, ...removed))];
    });
    this.#fits.hidden = !choices.size;
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
    this.#blocks.refresh(this.#count, [answered, total, applicable, result.provisional], () => {
      if (!answered || result.provisional) return [];
      if (answered < total) return [make("p", {}, say("answered", { answered, total }))];
      return applicable ? [make("p", { "data-complete": "" }, say("complete", { count: applicable }))] : [];
    });
    this.#blocks.refresh(this.#unknown, result.find_out, () => {
      const items = result.find_out.flatMap((id) => /** @type {Item | undefined} */ (key.owners.get(id)) ?? []);
      const entries = items.map((item) => make("li", {}, this.#places.linkTo(item)));
      return items.length ? [make(this.#heading, {}, say("find_out")), ...shortList(entries, "data-more-unknown", "find_out_more")] : [];
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
}

/** @typedef {{id: string, fit: number}} Ranked */

/**
 * @param {Result} result
 * @returns {Ranked[]}
 */
function rankingOf({ ranking = [], fits = {} }) {
  return ranking.map((id) => ({ id, fit: fits[id] ?? 0 }));
}
