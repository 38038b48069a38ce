/**
 * What few checklists have or few readers ask for: a table of cases, texts to copy and their blanks, the questions alone. Loaded where
 * there is such, and each part of it on demand.
 *
 * @import {Part} from "../types"
 * @import {Session} from "./session.js"
 */

/** @type {typeof import("../result/blanks.js") | undefined} */
let blanks;
/** @type {WeakMap<Part, {stop: () => void}>} */
const steps = new WeakMap();

/**
 * Brings what is asked for now. May be called at any time again.
 *
 * @param {Part} part
 * @param {Session} session
 * @param {string} hash of the address, or of a link that was followed
 */
export function extend(part, session, hash) {
  fill(part, session);
  offerCases(part, session);
  if (part.querySelector("details[open] > pre")) offerCopies(part, session);
  if (hash === `#${session.key.checklist}--score--steps`) openSteps(part, session);
}

/**
 * Fills the blanks of texts to copy.
 *
 * @param {Part} part
 * @param {Session} session
 */
export async function fill(part, session) {
  if (!(blanks || session.snapshot.written.size) || !part.querySelector("[data-gap]")) return;
  blanks ??= await import("../result/blanks.js").catch(() => session.miss());
  if (session.parts.has(part)) blanks?.fillBlanks(part, session.snapshot);
}

/**
 * Once the table of cases is opened, or is open already.
 *
 * @param {Part} part
 * @param {Session} session
 */
async function offerCases(part, session) {
  const place = /** @type {HTMLElement | null} */ (part.querySelector("[data-cases][open]"));
  if (!place) return;
  const module = await import("../cases/cases.js").catch(() => session.miss());
  if (session.parts.has(part)) module?.offerCases(part, session, place);
}

/**
 * Once a text to copy is opened.
 *
 * @param {Part} part
 * @param {Session} session
 */
async function offerCopies(part, session) {
  const module = await import("../result/copying.js").catch(() => session.miss());
  if (session.parts.has(part)) module?.offerCopies(part);
}

/**
 * @param {Part} part
 * @param {Session} session
 */
async function openSteps(part, session) {
  if (!part.querySelector("fieldset")) return;
  const module = await import("./steps.js").catch(() => session.miss());
  if (module && session.parts.has(part)) steps.set(part, module.openSteps(part, session));
}

/** Puts back what was taken out of a part that leaves the page. @param {Part} part @param {Session | null} session */
export function retract(part, session) {
  steps.get(part)?.stop();
  steps.delete(part);
  session?.example?.end(part);
}
