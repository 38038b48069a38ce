/**
 * Where the buttons of a checklist lead. Loaded when the first one is pressed.
 *
 * @import {Part} from "../types"
 * @import {Session} from "./session.js"
 */
import { CHOSEN, FIELD } from "../base/fields.js";
import { findNext } from "../base/view.js";

/**
 * @typedef {object} From
 * @property {HTMLFieldSetElement | null} fieldset where the button was
 * @property {Element | null} panel likewise
 * @property {Element | null} focused what had the focus when it was pressed
 */

/**
 * Brings the reader to where a press leads. What it does to answers has been done.
 *
 * @param {string | undefined} deed of the button: `data-do`
 * @param {From} from
 * @param {Part} part
 * @param {Session} session
 * @param {() => void} showPanel brings the panel up to date at once
 */
export function follow(deed, { fieldset, panel, focused }, part, session, showPanel) {
  const { activeElement } = document;
  // The module may be late, and the reader elsewhere by then.
  if (activeElement && activeElement !== focused && activeElement !== document.body) return;
  // Most buttons go away by being pressed; each hands the focus on, or a keyboard would be sent to the top of the page.
  switch (deed) {
    case "next":
      return goToNext(part, session);
    case "clear":
      return focusOn(fieldset, FIELD);
    case "confirm":
      return focusOn(fieldset, CHOSEN);
    case "print":
      showPanel();
      return printResult(part, panel, session);
    case "reset":
      showPanel();
      return focusOn(panel, '[data-do="undo"]');
    case "undo":
      showPanel();
      if (panel) return focusOn(panel, '[data-do="reset"]');
      // The line that held the button stays; the answers are where they were.
      part.querySelector("[data-notice]")?.setAttribute("tabindex", "-1");
      return focusOn(part, "[data-notice]");
  }
}

/**
 * @param {Part} part
 * @param {Element | null} panel
 * @param {Session} session
 */
async function printResult(part, panel, session) {
  const module = await import("../paper/sheet.js").catch(() => session.miss());
  if (panel instanceof HTMLElement && session.parts.has(part)) module?.printResult(part, panel, session);
}

/**
 * @param {Part} part
 * @param {Session} session
 */
function goToNext(part, { snapshot, last }) {
  const next = findNext(part, snapshot, last);
  if (next instanceof HTMLFieldSetElement) bringIntoView(next);
  else next?.click();
}

/**
 * @param {Element | null} place
 * @param {string} selector
 */
function focusOn(place, selector) {
  const target = place?.querySelector(selector);
  if (target instanceof HTMLElement) target.focus();
}

/** @param {HTMLFieldSetElement} question */
function bringIntoView(question) {
  const field = /** @type {HTMLElement | null} */ (question.querySelector(FIELD));
  field?.focus({ preventScroll: true });
  // A tall question starts at its words; any other is shown whole, away from the bars at the edges.
  const isTall = question.offsetHeight > innerHeight / 2;
  question.scrollIntoView({ block: isTall ? "start" : "center" });
  // In a very small window its words alone may fill what the bars leave free.
  if (isTall) field?.scrollIntoView({ block: "nearest" });
}
