/**
 * All runs of one checklist on one site: what they are called, which was open last, what was answered in each. They are the
 * records of `storage.js`, in which only fields of their own are written here, so that any release reads the answers.
 *
 * What could not be written stays here for the visit and goes with the next change. Records that nobody can read are passed
 * over and left as they are.
 *
 * @import {Run, RunChange, Status} from "../types"
 * @import {Found} from "./run-records.js"
 */
import { apply, blank, changed, forget, gather, summarize } from "./run-records.js";
import { AnswerStore, NAME, openChannel, RUN, settled } from "../base/storage.js";

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
  #listening = new AbortController();

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
    this.#channel = openChannel((data) => this.#onMessage(data));
    this.#listening = new AbortController();
    addEventListener("pageshow", ({ persisted }) => persisted && setTimeout(() => this.#resume()), { signal: this.#listening.signal });
    this.read();
    if (this.#pending.size) this.#writing ??= this.#flush();
  }

  /** As in `session.js`: what was under way when the page was left may never have an end. */
  #resume() {
    this.#isReading = false;
    this.#writing = this.#pending.size ? this.#flush() : null;
    this.read();
  }

  close() {
    this.#listening.abort();
    this.#channel?.close();
    this.#store?.close();
    this.#channel = this.#store = null;
  }

  /** @returns {Run[]} also those that were removed; the one that every reader has first, then by age */
  get runs() {
    const runs = new Map(this.#stored);
    for (const [id, change] of this.#pending) runs.set(id, changed(runs.get(id) ?? blank(id), change));
    return [...runs.values()].sort((a, b) => compare(a.id && "1", b.id && "1") || compare(a.made, b.made) || compare(a.id, b.id));
  }

  /** For `lastRun`. @param {string} id */
  remember(id) {
    try {
      sessionStorage.setItem(JSON.stringify([NAME, this.#place.site, this.#place.checklist]), id);
    } catch {
      // Then the run that was opened last in any tab is open on the next page.
    }
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

  /** @param {string} id */
  #slot(id) {
    return [this.#place.site, this.#place.checklist, id || RUN];
  }

  /**
   * @param {IDBObjectStore} runs
   * @returns {Promise<Map<string, Found>>}
   */
  async #find(runs) {
    const { site, checklist, was } = this.#place;
    const places = [];
    for (const place of [checklist, ...was]) {
      const range = IDBKeyRange.bound([site, place], [site, place, []]);
      const [keys, values] = await Promise.all([settled(runs.getAllKeys(range)), settled(runs.getAll(range))]);
      places.push(new Map(keys.map((key, at) => [String(/** @type {string[]} */ (key)[2]), values[at]])));
    }
    return new Map([...gather(places)].map(([id, { slot, run }]) => [id, { slot: this.#slot(slot), run }]));
  }
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
