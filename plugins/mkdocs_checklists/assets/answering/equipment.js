/**
 * What a checklist with rules has beside questions and bands: conditions, a decision, a calculator, a plan. Loaded only for
 * those, and each of them only where it is needed.
 *
 * @import {Key, Part, Snapshot} from "../types"
 * @import {Session} from "./session.js"
 */
import { limitBoxes } from "./boxes.js";
import { showWords, releaseWords } from "./words.js";
import { makeEvaluate } from "../rules/rules.js";
import { sayResult } from "./spoken.js";
import "../rules-messages.js";
import * as build from "../messages.js";
import { bandTitle, make, panelOf, say, showNoResult } from "../base/view.js";

/** @type {typeof import("../decision/decision-panel.js") | undefined} */
let decision;
/** @type {typeof import("../decision/notes.js") | undefined} */
let notes;
/** @type {typeof import("../calculator/calculator.js") | undefined} */
let numbers;
/** @type {typeof import("../plan/plan.js") | undefined} */
let plan;

/** @param {Key} key with rules */
export function prepareEvaluate(key) {
  // On its way while the answers are read: which run they belong to should be clear before they are seen.
  if (key.rules?.plan) loadPlan();
  return makeEvaluate(key);
}

/**
 * Brings everything that goes with rules up to date; called whenever a part is shown.
 *
 * @param {Part} part
 * @param {Session} session
 */
export function equip(part, session) {
  addStyle();
  const { evaluation } = session.snapshot;
  const { rules } = session.key;
  part.toggleAttribute("data-ruled", Boolean(evaluation));
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-when]"))) {
    const isHidden = Boolean(evaluation?.hidden.has(place.dataset.when ?? ""));
    if (place.hidden !== isHidden) place.hidden = isHidden;
  }
  if (evaluation && rules?.several) limitBoxes(part, session.snapshot);
  if (evaluation && rules?.beside) showWords(part, session);
  if (rules?.plan) {
    loadPlan(
      () => session.parts.has(part) && plan?.showPlan(part, session),
      () => session.miss(),
    );
  }
  if (rules?.inputs) showNumbers(part, session);
  const panel = /** @type {HTMLElement | null} */ (part.querySelector("[data-panel]"));
  if (!evaluation || !panel) return;
  if (rules?.decision) decide(part, panel, session);
  else if (rules?.notes) showNotes(part, panel, session);
}

/** For a site without the plugin that does not list the style sheet: all results would show at once, each in large type. */
function addStyle() {
  // A cached `messages.js` of an earlier release does not know the folder.
  if (!build.folder || document.querySelector('link[href*="rules.css"]')) return;
  document.head.append(make("link", { rel: "stylesheet", href: `${build.folder}rules.css` }));
}

/** Ends what goes on for a part that leaves the page. @param {Part} part */
export function release(part) {
  releaseWords(part);
  numbers?.releaseCalculator(part);
  decision?.releaseDecision(part);
}

/** @returns the names of runs, where there are such and they have been loaded */
export const plans = () => plan;

/**
 * @param {() => void} [show] what to do once it is there
 * @param {() => void} [miss] what to do when it does not come
 */
async function loadPlan(show, miss) {
  plan ??= await import("../plan/plan.js").catch(() => undefined);
  if (plan) show?.();
  else miss?.();
}

/**
 * @param {Part} part
 * @param {Session} session
 */
async function showNumbers(part, session) {
  // At once where it can be: a figure must not lag behind the key.
  if (numbers) return numbers.showCalculator(part, session);
  numbers = await import("../calculator/calculator.js").catch(() => undefined);
  if (!numbers) return session.miss();
  if (session.parts.has(part)) numbers?.showCalculator(part, session);
}

/**
 * @param {Part} part
 * @param {HTMLElement} panel
 * @param {Session} session
 */
async function decide(part, panel, session) {
  const { choices, undoable } = session.snapshot;
  // Not before there is something to say. Once it is there it acts at once: a button that was pressed hands the focus on.
  if (!decision && !choices.size && !undoable) return showNoResult(panel, "none");
  decision ??= await import("../decision/decision-panel.js").catch(() => undefined);
  if (!decision) {
    showNoResult(panel, "result_missing");
    return session.miss();
  }
  if (session.parts.has(part)) decision.showDecision(part, panel, session);
}

/**
 * @param {Part} part
 * @param {HTMLElement} panel
 * @param {Session} session
 */
async function showNotes(part, panel, session) {
  notes ??= await import("../decision/notes.js").catch(() => undefined);
  if (!notes) return session.miss();
  if (session.parts.has(part)) notes.showNotes(panel, session.snapshot);
}

/**
 * @param {Part} part
 * @param {Snapshot} snapshot
 * @returns {string} the result as one would say it aloud: the decision, the figures, the score
 */
export function sayWholeResult(part, snapshot) {
  const { key, choices, undoable } = snapshot;
  if (!choices.size && undoable) return sayResult(part, snapshot);
  const decided = sayDecision(part, snapshot);
  const computed = key.rules?.inputs ? (numbers?.speakOf(part, snapshot) ?? "") : "";
  const scored = key.items.length || !computed ? sayResult(part, snapshot) : "";
  return [computed, decided && `${decided}.`, decided ? `${scored}.` : scored].filter(Boolean).join(" ");
}

/**
 * @param {Part} part
 * @param {Snapshot} snapshot
 * @returns {string} empty where there is no decision to speak of
 */
function sayDecision(part, { result, choices, evaluation }) {
  const [best = "", second = ""] = result.close_call ?? [];
  if (result.close_call) return say("close_call", { best: bandTitle(part, best), second: bandTitle(part, second) });
  if (result.outcome) return say("verdict", { band: bandTitle(part, result.outcome) });
  if (choices.size && evaluation?.tooLittle) return say("too_little");
  const isUnclear = result.fits && choices.size && !result.provisional;
  return (isUnclear && panelOf(part)?.querySelector("[data-unclear]")?.textContent) || "";
}
