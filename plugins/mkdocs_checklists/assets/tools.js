/**
 * What a checklist with rules has beside questions and bands: conditions, a decision, a calculator. Loaded only for those.
 *
 * @import {Part} from "./types"
 * @import {Session} from "./session.js"
 */
export { makeEvaluate } from "./rules.js";
import "./tools-messages.js";

/**
 * Brings everything that goes with rules up to date; called whenever a part is shown.
 *
 * @param {Part} part
 * @param {Session} session
 */
export function equip(part, { snapshot: { evaluation } }) {
  part.toggleAttribute("data-ruled", Boolean(evaluation));
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-when]"))) {
    const isHidden = Boolean(evaluation?.hidden.has(place.dataset.when ?? ""));
    if (place.hidden !== isHidden) place.hidden = isHidden;
  }
}
