/**
 * The fields beside an answer: what the reader writes into them goes to the session as she writes, and what is known goes into them,
 * never over what she is writing.
 *
 * @import {Part} from "../types"
 * @import {Session} from "./session.js"
 */
import { make } from "../base/view.js";

/** @type {WeakMap<Part, {fields: Map<string, Field>, leave: AbortController}>} */
const known = new WeakMap();

/** Fields that a script has had in hand: what is in them later is none of what a reader wrote before. @type {WeakSet<Element>} */
const taken = new WeakSet();

/** @typedef {{field: HTMLInputElement | HTMLTextAreaElement, ink: HTMLElement}} Field with its text for paper, where a field would cut it */

/** @param {Part} part @param {Session} session */
export function showWords(part, session) {
  const { fields } = known.get(part) ?? take(part, session);
  for (const [name, { field, ink }] of fields) {
    const text = session.snapshot.written.get(name) ?? "";
    if (field.value !== text && !field.matches(":focus")) field.value = text;
    if (ink.textContent !== text) ink.textContent = text;
  }
}

/** @param {Part} part */
export function releaseWords(part) {
  known.get(part)?.leave.abort();
  known.delete(part);
}

/** @param {Part} part @param {Session} session */
function take(part, session) {
  const leave = new AbortController();
  /** @type {Map<string, Field>} */
  const fields = new Map();
  known.set(part, { fields, leave });
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-beside]"))) {
    const name = place.dataset.beside ?? "";
    const field = /** @type {Field["field"] | null} */ (place.lastElementChild);
    if (!field) continue;
    const ink = make("p", { "data-ink": "", "data-made": "" });
    place.append(ink);
    fields.set(name, { field, ink });
    const tell = () => {
      const { last } = session;
      session.answer(name, field.value.trim() ? field.value : null, part);
      // She is still at the question that she answered last.
      session.last = last;
    };
    field.addEventListener("input", () => field.matches(":focus") && tell(), { signal: leave.signal });
    field.addEventListener("blur", () => showWords(part, session), { signal: leave.signal });
    // What the reader wrote before any script ran: a browser marks nothing that it puts back itself.
    const isTyped = field.matches(":focus") || field.matches(":is(:user-valid, :user-invalid)");
    if (isTyped && !taken.has(field) && field.value && session.snapshot.written.get(name) !== field.value) tell();
    taken.add(field);
  }
  return { fields };
}
