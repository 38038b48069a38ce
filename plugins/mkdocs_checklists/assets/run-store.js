/**
 * All runs of one checklist on one site: what they are called, which was open last, what was answered in each. They are the
 * records of `storage.js`, in which only fields of their own are written here, so that any release reads the answers.
 *
 * What could not be written stays here for the visit and goes with the next change. Records that nobody can read are passed
 * over and left as they are.
 *
 * @import {Run, RunChange, Status, StoredRun} from "./types"
 */
import { AnswerStore, isObject, isRun, NAME, readEntries, RUN, settled } from "./storage.js";

/** In characters. */
export const LONGEST_NAME = 80;
// What was taken away can be brought back for a day; then it goes for good, with the next change.
const BACK = 24 * 60 * 60 * 1000;

export class RunStore {
  /** Of the latest attempt to write; `unavailable` also when nothing could be read. @type {Status} */
  status = "kept";
  /** Whether storage has replied. */
  isRead = false;
  #place;
  #revision;
  #onChange;
  /** @type {AnswerStore | null} */
  #store = null;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** As they were last read. @type {ReadonlyMap<string, Run>} */
  #stored = new Map();
  /** @type {Map<string, RunChange>} */
  #pending = new Map();
  /** @type {Promise<void> | null} */
  #writing = null;
  #isReading = false;
  #isStale = false;

  /**
   * @param {{site: string, checklist: string, was: readonly string[]}} place
   * @param {number} revision of the checklist
   * @param {() => void} onChange called when there may be something new to show
   * @param {(run: string) => boolean} isFollowed whether the answers of a run are known without reading them again
   */
  constructor(place, revision, onChange, isFollowed) {
    this.#place = place;
    this.#revision = revision;
    this.#onChange = onChange;
    this.isFollowed = isFollowed;
  }

  /** Begins, or begins again, to listen and to read. */
  open() {
    if (this.#store) return;
    this.#store = new AnswerStore({ ...this.#place, run: "" }, () => this.read());
    try {
      this.#channel = new BroadcastChannel(NAME);
      this.#channel.onmessage = ({ data }) => this.#onMessage(data);
    } catch {
      // As in `storage.js`: no channel, no other tabs.
    }
    this.read();
  }

  close() {
    this.#channel?.close();
    this.#store?.close();
    this.#channel = this.#store = null;
  }

  /** @returns {Run[]} also those that were taken away; the one that every reader has first, then by age */
  get runs() {
    const runs = new Map(this.#stored);
    for (const [id, change] of this.#pending) runs.set(id, changed(runs.get(id) ?? blank(id), change));
    return [...runs.values()].sort((a, b) => compare(a.id && "1", b.id && "1") || compare(a.made, b.made) || compare(a.id, b.id));
  }

  /** @returns {string | null} the run that was open last in this very tab; null where none was turned to */
  get remembered() {
    try {
      return sessionStorage.getItem(this.#address);
    } catch {
      return null;
    }
  }

  /** @param {string} id */
  remember(id) {
    try {
      sessionStorage.setItem(this.#address, id);
    } catch {
      // Then the run that was opened last in any tab is open on the next page.
    }
  }

  get #address() {
    return JSON.stringify([NAME, this.#place.site, this.#place.checklist]);
  }

  /**
   * Changes a run, at once for this page, and as soon as possible where it is stored.
   *
   * @param {string} id
   * @param {RunChange} change
   * @returns {Promise<void>} once an attempt was made to store it
   */
  async change(id, change) {
    this.#pending.set(id, { ...this.#pending.get(id), ...change });
    this.#onChange();
    // What changes while something is being written is written right after it.
    this.#writing ??= this.#flush();
    await this.#writing;
  }

  async read() {
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#isStale && this.#store) {
      this.#isStale = false;
      try {
        this.#stored = await this.#store.transact("readonly", async (runs) => summarize(await this.#find(runs)));
        if (!this.#pending.size) this.status = "kept";
      } catch {
        this.status = "unavailable";
      }
      this.isRead = true;
    }
    this.#isReading = false;
    this.#onChange();
  }

  async #flush() {
    while (this.#pending.size) {
      const batch = new Map(this.#pending);
      this.status = await this.#write(batch);
      if (this.status !== "kept") break;
      for (const [id, change] of batch) if (this.#pending.get(id) === change) this.#pending.delete(id);
    }
    this.#writing = null;
    this.#onChange();
  }

  /**
   * Reads and writes in one transaction, so that tabs never undo one another's changes.
   *
   * @param {ReadonlyMap<string, RunChange>} batch
   * @returns {Promise<Status>}
   */
  async #write(batch) {
    if (!this.#store) return "unavailable";
    try {
      this.#stored = await this.#store.transact("readwrite", async (runs) => {
        const found = await this.#find(runs);
        let latest = Math.max(0, ...[...summarize(found).values()].map(({ opened }) => opened));
        for (const [id, change] of batch) {
          const { slot, run = { format: 1, revision: this.#revision, answers: {} } } = found.get(id) ?? { slot: this.#slot(id) };
          if (change.opened) latest += 1;
          apply(run, change, latest);
          runs.put(run, slot);
          found.set(id, { slot, run });
        }
        for (const [id, { slot, run }] of found) {
          if (run && forget(run)) runs.put(run, slot);
          if (!run) found.delete(id);
        }
        return summarize(found);
      });
    } catch (error) {
      return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "unavailable";
    }
    for (const [id, { removed }] of batch) {
      this.#tell(id, "about");
      // Its answers have come or gone: who has it open must look again.
      if (removed !== undefined) this.#tell(id);
    }
    return "kept";
  }

  /**
   * @param {string} id
   * @param {...string} more than who has only the answers in view needs to hear
   */
  #tell(id, ...more) {
    const { site, checklist } = this.#place;
    this.#channel?.postMessage(JSON.stringify([site, checklist, id, ...more]));
  }

  /** @param {unknown} data */
  #onMessage(data) {
    const { site, checklist } = this.#place;
    if (typeof data !== "string" || !data.startsWith(JSON.stringify([site, checklist]).slice(0, -1))) return;
    const [, , run, more] = JSON.parse(data);
    if (more || !this.isFollowed(run)) this.read();
  }

  /** @param {string} id @param {string} [checklist] */
  #slot(id, checklist = this.#place.checklist) {
    return [this.#place.site, checklist, id || RUN];
  }

  /**
   * Finds each run where `storage.js` would: in its first readable slot, else as a copy of what an earlier id of the checklist has.
   *
   * @param {IDBObjectStore} runs
   * @returns {Promise<Map<string, Found>>}
   */
  async #find(runs) {
    const { site, checklist, was } = this.#place;
    /** @type {Map<string, Found>} */
    const found = new Map();
    for (const place of [checklist, ...was]) {
      const range = IDBKeyRange.bound([site, place], [site, place, []]);
      const [keys, values] = await Promise.all([settled(runs.getAllKeys(range)), settled(runs.getAll(range))]);
      const records = new Map(keys.map((key, at) => [String(/** @type {string[]} */ (key)[2]), values[at]]));
      for (const name of new Set([...records.keys()].map((slot) => slot.replace(/\.\d+$/, "")))) {
        const id = name === RUN ? "" : name;
        const { slot, run } = firstReadable(records, name);
        if (place === checklist) found.set(id, { slot: this.#slot(slot), run });
        else if (run && !found.has(id)) found.set(id, { slot: this.#slot(name), run });
      }
    }
    return found;
  }
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
 * @param {ReadonlyMap<string, Found>} found
 * @returns {Map<string, Run>}
 */
function summarize(found) {
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
    answers: new Map([...readEntries(answers)].map(([item, { choice }]) => [item, choice])),
  };
}

/** @param {unknown} name */
function readName(name) {
  // Never cut within a character. Who wrote a longer one was not us.
  return typeof name === "string" ? [...name.slice(0, 2 * LONGEST_NAME)].slice(0, LONGEST_NAME).join("") : "";
}

/**
 * @param {StoredRun} stored
 * @returns {{at: string, name?: unknown, answers: Record<string, unknown>, cleared?: StoredRun["cleared"]} | null}
 */
function readRemoved({ removed }) {
  const isReadable = isObject(removed) && typeof removed.at === "string" && isObject(removed.answers);
  return isReadable ? /** @type {ReturnType<typeof readRemoved>} */ (removed) : null;
}

/**
 * @param {StoredRun} run
 * @param {RunChange} change
 * @param {number} latest
 */
function apply(run, { name, made, opened, removed }, latest) {
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
  // The run that every reader has may be used again after it was taken away; what was taken then is now gone for good.
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
 * @returns {boolean} whether something was taken away so long ago that it has now gone for good
 */
function forget(run) {
  const removed = readRemoved(run);
  const isOld = removed !== null && !(Date.now() - Date.parse(removed.at) < BACK);
  // The empty record stays, or a copy under an earlier id of the checklist would come back.
  if (isOld) delete run.removed;
  return isOld;
}

/** @param {string} id @returns {Run} */
function blank(id) {
  return { id, name: "", made: "", opened: 0, removed: null, answers: new Map() };
}

/**
 * @param {Run} run
 * @param {RunChange} change
 * @returns {Run} as it will be
 */
function changed(run, { name = run.name, made = run.made, opened, removed }) {
  const after = { ...run, name, made, opened: opened ? Infinity : run.opened };
  if (removed === false) return { ...after, name: name || (run.removed?.name ?? ""), removed: null };
  return removed ? { ...after, name: "", removed: { at: new Date().toISOString(), name }, answers: new Map() } : after;
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
