/**
 * All that is stored of all checklists of one site, for a page that tells of many: one connection and one read for them all.
 * Only reads. What it can't read is as if it were not there.
 */
import { AnswerStore, lastRun, NAME, settled } from "../base/storage.js";

export class SiteRuns {
  #site;
  #store;
  /** @type {BroadcastChannel | null} */
  #channel = null;

  /**
   * @param {string} site
   * @param {() => void} onChange called when any answers of the site may have changed
   */
  constructor(site, onChange) {
    this.#site = site;
    // Its own address is nobody's; it calls only when the browser has taken the database away.
    this.#store = new AnswerStore({ site, checklist: "", run: "", was: [] }, onChange);
    try {
      this.#channel = new BroadcastChannel(NAME);
      this.#channel.onmessage = ({ data }) => this.#isOurs(data) && onChange();
    } catch {
      // As in `storage.js`: no channel, no other tabs.
    }
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

  /** @param {string} checklist @returns {string | null} as `lastRun` */
  remembered(checklist) {
    return lastRun(this.#site, checklist);
  }

  close() {
    this.#channel?.close();
    this.#store.close();
  }
}
