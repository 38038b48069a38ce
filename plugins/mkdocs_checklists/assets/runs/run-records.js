/**
 * What a run is called, how old it is, whether it was removed: fields of the records of `storage.js`, read with suspicion.
 *
 * @import {Run, RunChange, StoredRun} from "../types"
 */
import { merge } from "../base/earlier.js";
import { language } from "../messages.js";
import { isObject, isRun, readEntries, RUN } from "../base/storage.js";

/** In characters. */
export const LONGEST_NAME = 80;
// What was removed can be brought back for a day; then it goes for good, with the next change.
const BACK = 24 * 60 * 60 * 1000;

/** @param {string} subject what one run is about, as it stands in a sentence @returns {string} as it stands at the start of one */
export function titleOf(subject) {
  return subject.charAt(0).toLocaleUpperCase(language) + subject.slice(1);
}

/** @typedef {{slot: string[], run?: StoredRun | undefined}} Found */

/**
 * @param {ReadonlyMap<string, unknown>} records by slot
 * @param {string} name
 * @returns {{slot: string, run: StoredRun | undefined}}
 */
function firstReadable(records, name) {
  for (let number = 1; ; number += 1) {
    const slot = name + (number > 1 ? `.${number}` : "");
    const run = records.get(slot);
    if (run === undefined || isRun(run)) return { slot, run };
  }
}

/**
 * Finds each run as `storage.js` would: in its first readable slot, with what an earlier id of the checklist has and it lacks.
 *
 * @param {readonly ReadonlyMap<string, unknown>[]} places slot -> record, under the present id of the checklist and earlier ones
 * @returns {Map<string, {slot: string, run: StoredRun | undefined}>} run -> where it is, or goes, under the present id
 */
export function gather(places) {
  /** @type {Map<string, {slot: string, run: StoredRun | undefined}>} */
  const found = new Map();
  for (const [at, records] of places.entries()) {
    for (const name of new Set([...records.keys()].map((slot) => slot.replace(/\.\d+$/, "")))) {
      const id = name === RUN ? "" : name;
      const { slot, run } = firstReadable(records, name);
      const present = found.get(id);
      if (!at) found.set(id, { slot, run });
      // The present id has nothing but what can't be read: that is not to be taken for an earlier id's.
      else if (run && (!present || present.run)) found.set(id, { slot: present?.slot ?? name, run: merge(present?.run, run, readEntries) ?? present?.run });
    }
  }
  return found;
}

/**
 * @param {ReadonlyMap<string, {run?: StoredRun | undefined}>} found
 * @returns {Map<string, Run>}
 */
export function summarize(found) {
  return new Map([...found].flatMap(([id, { run }]) => (run ? [[id, readRun(id, run)]] : [])));
}

/**
 * @param {string} id
 * @param {StoredRun} stored
 * @returns {Run}
 */
function readRun(id, stored) {
  const { name, made, opened, answers } = stored;
  const removed = readRemoved(stored);
  return {
    id,
    name: readName(name),
    made: typeof made === "string" ? made : "",
    opened: typeof opened === "number" && Number.isSafeInteger(opened) ? opened : 0,
    removed: removed && { at: removed.at, name: readName(removed.name) },
    answers: readEntries(answers),
  };
}

/** @param {unknown} name */
function readName(name) {
  // Never cut within a character. A longer name was not written by this code.
  return typeof name === "string" ? [...name.slice(0, 2 * LONGEST_NAME)].slice(0, LONGEST_NAME).join("") : "";
}

/**
 * @param {StoredRun} stored
 * @returns {{at: string, name?: unknown, answers: Record<string, unknown>, cleared?: StoredRun["cleared"]} | null}
 */
function readRemoved({ removed }) {
  // A date that can't be read says nothing of how long ago it was.
  const isReadable = isObject(removed) && typeof removed.at === "string" && !Number.isNaN(Date.parse(removed.at)) && isObject(removed.answers);
  return isReadable ? /** @type {ReturnType<typeof readRemoved>} */ (removed) : null;
}

/**
 * @param {StoredRun} run
 * @param {RunChange} change
 * @param {number} latest
 */
export function apply(run, { name, made, opened, removed }, latest) {
  const former = readRemoved(run);
  if (removed === false && former) {
    // What was answered since is newer.
    run.answers = { ...former.answers, ...run.answers };
    run.name ??= former.name;
    if (former.cleared) run.cleared ??= former.cleared;
    delete run.removed;
  }
  if (name !== undefined) put(run, "name", name, typeof run.name === "string");
  if (made !== undefined) put(run, "made", made, typeof run.made === "string");
  if (opened) put(run, "opened", latest, typeof run.opened === "number");
  // The run that every reader has may be used again after it was removed; what was taken then is now gone for good.
  if (removed && (!former || run.name !== undefined || Object.keys(run.answers).length)) {
    const { answers, cleared } = run;
    put(run, "removed", { at: new Date().toISOString(), name: run.name, answers, cleared }, former !== null);
    run.answers = {};
    delete run.name;
    delete run.cleared;
  }
}

/**
 * @param {StoredRun} run
 * @param {"name" | "made" | "opened" | "removed"} field
 * @param {unknown} value
 * @param {boolean} isReadable whether what is there is ours; else it is set aside
 */
function put(run, field, value, isReadable) {
  if (run[field] !== undefined && !isReadable) (run.set_aside ??= []).push([field, run[field]]);
  run[field] = value;
}

/**
 * @param {StoredRun} run
 * @returns {boolean} whether something was removed so long ago that it has now gone for good
 */
export function forget(run) {
  const removed = readRemoved(run);
  const isOld = removed !== null && Date.now() - Date.parse(removed.at) >= BACK;
  if (!isOld) return false;
  // The empty record stays, and with it the date, or what an earlier id of the checklist has would come back.
  run.adopted ??= removed.at;
  delete run.removed;
  return true;
}

/** @param {Run} run @returns {boolean} whether it was not removed; the one that every reader has may be used again after that */
export function isThere({ id, name, answers, removed }) {
  return !removed || (!id && (name !== "" || answers.size > 0));
}

/** @param {string} id @returns {Run} */
export function blank(id) {
  return { id, name: "", made: "", opened: 0, removed: null, answers: new Map() };
}

/**
 * @param {Run} run
 * @param {RunChange} change
 * @returns {Run} as it will be
 */
export function changed(run, { name = run.name, made = run.made, opened, removed }) {
  const after = { ...run, name, made, opened: opened ? Infinity : run.opened };
  if (removed === false) return { ...after, name: name || (run.removed?.name ?? ""), removed: null };
  return removed ? { ...after, name: "", removed: { at: new Date().toISOString(), name }, answers: new Map() } : after;
}
