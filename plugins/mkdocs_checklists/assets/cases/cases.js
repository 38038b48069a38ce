/**
 * The table of cases that an author has filled in: a press on one shows it in place of the reader's answers. Loaded once the
 * table is opened.
 *
 * @import {Part} from "../types"
 * @import {Session} from "../answering/session.js"
 */
// Before anything here is said.
import "../cases-messages.js";
import { folder } from "../messages.js";
import { ShownCase } from "./shown-case.js";
import { make, say } from "../base/view.js";

/** @typedef {Record<string, Record<string, string>>} Cases case -> item or input -> answer */

/** By address: what was fetched once serves the whole visit. @type {Map<string, Promise<Cases>>} */
const files = new Map();

/**
 * Makes a button of each case; called whenever the table is opened.
 *
 * @param {Part} part
 * @param {Session} session
 * @param {HTMLElement} place the table with its fold
 */
export function offerCases(part, session, place) {
  // On its way while she reads.
  load(session, place);
  if (place.querySelector("[data-made]")) return;
  const rows = /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-case]"));
  for (const row of rows) {
    const name = row.querySelector("th");
    const button = make("button", { type: "button", "data-made": "" }, row.querySelector("th > span")?.textContent ?? "");
    button.addEventListener("click", () => choose(part, session, place, row));
    name?.append(button);
  }
  place.querySelector("table")?.before(make("p", { "data-made": "" }, say("case_help")));
}

/**
 * @param {Part} part
 * @param {Session} session
 * @param {HTMLElement} place
 * @param {HTMLElement} row
 */
async function choose(part, session, place, row) {
  const cases = await load(session, place);
  const answers = cases?.[row.dataset.case ?? ""];
  // The file may be of another build than the page; the part may have gone by now, or show another run.
  if (!answers || !session.parts.has(part)) return;
  const [title = "", result = ""] = [...row.querySelectorAll(":scope > * > span")].map((words) => words.textContent ?? "");
  new ShownCase(part, session, place, { title, result, answers: new Map(Object.entries(answers)) }).begin();
}

/**
 * @param {Session} session
 * @param {HTMLElement} place
 * @returns {Promise<Cases | undefined>}
 */
async function load(session, place) {
  const address = new URL(`cases/${encodeURIComponent(session.key.checklist)}.json?${place.dataset.cases}`, folder).href;
  const loading = files.get(address) ?? fetch(address).then((response) => response.json());
  files.set(address, loading);
  try {
    return await loading;
  } catch {
    files.delete(address);
    return session.miss();
  }
}
