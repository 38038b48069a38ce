/**
 * What a checklist with rules has beside questions and bands: conditions, a decision, a calculator. Loaded only for those.
 *
 * @import {Part} from "./types"
 * @import {Session} from "./session.js"
 */
export { makeEvaluate } from "./rules.js";
import "./tools-messages.js";
import { sayResult } from "./view.js";

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
  if (session.key.rules?.inputs) showNumbers(part, session);
}

/** What goes with inputs, once it is loaded. @type {typeof import("./calculator.js") | undefined} */
let numbers;

/**
 * @param {Part} part
 * @param {Session} session
 */
async function showNumbers(part, session) {
  // At once where it can be: a figure must not lag behind the key.
  if (numbers) return numbers.showCalculator(part, session);
  numbers = await import("./calculator.js").catch(() => undefined);
  if (session.parts.has(part)) numbers?.showCalculator(part, session);
}

/**
 * @param {Part} part
 * @param {import("./types").Snapshot} snapshot
 * @returns {string} what is to be said of it aloud; empty where there are no numbers to speak of
 */
export function speak(part, snapshot) {
  const isCleared = !snapshot.choices.size && snapshot.undoable;
  const words = isCleared || !snapshot.key.rules?.inputs ? "" : (numbers?.speakOf(part, snapshot) ?? "");
  return words && snapshot.key.items.length ? `${words} ${sayResult(part, snapshot)}` : words;
}
