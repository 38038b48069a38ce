/**
 * All that is stored of all checklists of one site, for a page that shows many: one connection and one read for them all.
 * Only reads. What it can't read is as if it were not there.
 */
import { AnswerStore, openChannel, settled } from "../base/storage.js";

export class SiteRuns {
  #site;
  #store;
  #channel;

  /**
   * @param {string} site
   * @param {() => void} onChange called when any answers of the site may have changed
   */
  constructor(site, onChange) {
    this.#site = site;
    // No checklist has this address, so it hears only that the database was closed.
    this.#store = new AnswerStore({ site, checklist: "", run: "", was: [] }, onChange);
    this.#channel = openChannel((data) => this.#isOurs(data) && onChange());
  }

  /** @param {unknown} data */
  #isOurs(data) {
    try {
      return JSON.parse(String(data))[0] === this.#site;
    } catch {
      return false;
    }
  }

  /** @returns {Promise<Map<string, Map<string, unknown>>>} checklist -> slot -> record; empty where storage does not answer */
  async read() {
    try {
      return await this.#store.transact("readonly", (runs) => this.#find(runs));
    } catch {
      return new Map();
    }
  }

  /** @param {IDBObjectStore} runs */
  async #find(runs) {
    const range = IDBKeyRange.bound([this.#site], [this.#site, []]);
    const [keys, values] = await Promise.all([settled(runs.getAllKeys(range)), settled(runs.getAll(range))]);
    /** @type {Map<string, Map<string, unknown>>} */
    const found = new Map();
    for (const [at, key] of keys.entries()) {
      const [, checklist = "", slot = ""] = /** @type {string[]} */ (key);
      const records = found.get(checklist) ?? new Map();
      found.set(checklist, records.set(String(slot), values[at]));
    }
    return found;
  }

  close() {
    this.#channel?.close();
    this.#store.close();
  }
}
