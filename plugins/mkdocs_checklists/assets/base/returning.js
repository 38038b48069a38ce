/**
 * What is said of answers from an earlier visit. Loaded when there are some.
 *
 * @import {Snapshot} from "../types"
 */
import { language } from "../messages.js";
import "../return-messages.js";
import { make, makeButton, say } from "./view.js";

/**
 * @param {string} date ISO
 * @returns {string}
 */
export function sayDate(date) {
  const day = new Date(date);
  const year = day.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString(language, { day: "numeric", month: "long", year });
}

/** @param {Snapshot} snapshot */
export function sayReturn({ status, restored, unconfirmed, undoable }) {
  const lines = [];
  if (unconfirmed.size) lines.push(say("notice_unconfirmed", { count: unconfirmed.size }));
  if (status === "kept" && !undoable && restored) lines.push(sayRestored(restored));
  return lines;
}

/** @param {string} date */
function sayRestored(date) {
  const isToday = new Date(date).toDateString() === new Date().toDateString();
  return isToday ? say("notice_today") : say("notice_restored", { date: sayDate(date) });
}

/**
 * @param {HTMLFieldSetElement} fieldset
 * @param {string | undefined} date of an answer to confirm
 */
export function showConfirm(fieldset, date) {
  const present = fieldset.querySelector("[data-confirm]");
  if (date === undefined) present?.remove();
  if (date === undefined || present) return;
  const button = makeButton("confirm_button");
  button.dataset.do = "confirm";
  fieldset.querySelector("label")?.before(make("p", { "data-confirm": "", "data-made": "" }, `${say("confirm", { date: sayDate(date) })} `, button));
}
