/**
 * What a checklist with rules has beside questions and bands: conditions, a decision, a calculator. Loaded only for those.
 *
 * @import {Key, Part} from "./types"
 * @import {Session} from "./session.js"
 */
import { makeEvaluate as makeRules } from "./rules.js";
import "./tools-messages.js";

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
}
