/**
 * What is filed under an earlier id of a checklist. Loaded only for a checklist that has one.
 *
 * @import {Entry, StoredRun} from "../types"
 */
/**
 * Adds to a run what a record under an earlier id of its checklist has that is newer. Mostly there is nothing, because the
 * run began as a copy of it. But an author may take a renaming back, and a tab may still show the page with the earlier id.
 *
 * @param {StoredRun | undefined} run
 * @param {StoredRun} earlier
 * @param {(entries: unknown) => Map<string, Entry>} read what can be read of the entries of a record
 * @returns {StoredRun | undefined} undefined where there is nothing to add
 */
export function merge(run, earlier, read) {
  const adopted = new Date().toISOString();
  if (!run) return { ...earlier, adopted };
  const [ours, theirs] = [read(run.answers), read(earlier.answers)];
  // What is the same in both was copied from one to the other. What came before that and is in one of them only was cleared in the other.
  const same = [...ours].flatMap(([id, { at }]) => (theirs.get(id)?.at === at ? at : []));
  const copied = String(earlier.adopted ?? "");
  const since = [...same, copied, String(run.adopted ?? ""), dateOf(run.cleared), dateOf(run.removed)].sort().at(-1) ?? "";
  const added = [...theirs].filter(([id, { at }]) => at > (ours.get(id)?.at ?? (Object.hasOwn(run.answers, id) ? at : since)));
  const reset = dateOf(earlier.cleared);
  const gone = [...ours].filter(([id, { at }]) => !theirs.has(id) && at <= (reset > since ? reset : copied));
  if (!added.length && !gone.length) return undefined;
  const answers = { ...run.answers, ...Object.fromEntries(added) };
  for (const [id] of gone) delete answers[id];
  return { ...run, answers, adopted, ...(reset > since ? { cleared: earlier.cleared } : {}) };
}

/** @param {unknown} removal @returns {string} when it was; empty where there was none that can be read */
function dateOf(removal) {
  const { at } = Object(removal);
  return typeof at === "string" ? at : "";
}
