/**
 * What a checklist with rules has beside questions and bands: conditions, a decision, a calculator. Loaded only for those.
 *
 * @import {Key, Part, Snapshot} from "./types"
 * @import {Session} from "./session.js"
 */
import { makeEvaluate as makeRules } from "./rules.js";
import "./tools-messages.js";
import { bandTitle, panelOf, say, sayResult as sayScored, showNoResult } from "./view.js";

/** @type {typeof import("./plan.js") | null} */
let plan = null;

/** @param {Key} key with rules */
export function makeEvaluate(key) {
  // On its way while the answers are read: which run they belong to should be clear before they are seen.
  if (key.rules?.plan) loadPlan();
  return makeRules(key);
}

/** @param {() => void} [show] what to do once it is there */
async function loadPlan(show) {
  plan ??= await import("./plan.js").catch(() => null);
  if (plan) show?.();
}

/**
 * Brings everything that goes with rules up to date; called whenever a part is shown.
 *
 * @param {Part} part
 * @param {Session} session
 */
export function equip(part, session) {
  const { evaluation } = session.snapshot;
  part.toggleAttribute("data-ruled", Boolean(evaluation));
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-when]"))) {
    const isHidden = Boolean(evaluation?.hidden.has(place.dataset.when ?? ""));
    if (place.hidden !== isHidden) place.hidden = isHidden;
  }
  if (session.key.rules?.plan) loadPlan(() => session.parts.has(part) && plan?.showPlan(part, session));
  const panel = /** @type {HTMLElement | null} */ (part.querySelector("[data-panel]"));
  if (evaluation && panel) decide(part, panel, session);
}

/**
 * @param {Part} part
 * @param {Snapshot} snapshot
 * @returns {string} the result as one would say it aloud
 */
export function sayResult(part, snapshot) {
  const { result, choices } = snapshot;
  const [best = "", second = ""] = result.close_call ?? [];
  const words = result.close_call
    ? say("close_call", { best: bandTitle(part, best), second: bandTitle(part, second) })
    : result.outcome
      ? say("verdict", { band: bandTitle(part, result.outcome) })
      : // With nothing answered there is no verdict to speak of.
        result.fits && choices.size && !result.provisional && panelOf(part)?.querySelector("[data-unclear]")?.textContent;
  const rest = sayScored(part, snapshot);
  return words ? `${words}. ${rest}.` : rest;
}

/* --- a decision, and notes --- */

/** @type {typeof import("./decision.js") | undefined} */
let decision;
/** @type {typeof import("./notes.js") | undefined} */
let notes;

/**
 * @param {Part} part
 * @param {HTMLElement} panel
 * @param {Session} session
 */
async function decide(part, panel, session) {
  const { rules } = session.key;
  if (rules?.decision) {
    const { choices, undoable } = session.snapshot;
    // Not before there is something to say. Once it is there it acts at once: a button that was pressed hands the focus on.
    if (!decision && !choices.size && !undoable) return showNoResult(panel, "none");
    decision ??= await import("./decision.js").catch(() => undefined);
    if (!decision) return showNoResult(panel, "result_missing");
    if (session.parts.has(part)) decision.showDecision(part, panel, session);
  } else if (rules?.notes) {
    notes ??= await import("./notes.js").catch(() => undefined);
    if (session.parts.has(part)) notes?.showNotes(panel, session.snapshot);
  }
}
