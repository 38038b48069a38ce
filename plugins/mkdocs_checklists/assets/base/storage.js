/**
 * Where answers live: IndexedDB, and a BroadcastChannel that tells other tabs of a change. The only module that knows
 * either. Every call resolves to a plain value that says what happened; no quota or privacy error gets out.
 *
 * Nothing unreadable is ever overwritten. A damaged entry stays in its record; a record of unknown shape, or of a later
 * format, stays whole, and the next free slot ("default.2", "default.3", ...) serves instead.
 *
 * @import {Changes, Entry, Loaded, StorageAddress, Status, StoredRun} from "../types"
 */
import { isAnswer, means } from "./answers.js";
import * as build from "../messages.js";

export const NAME = "mkdocs-checklists";
const RUNS = "runs";
export const RUN = "default";

/**
 * The key under which the answers of this site are kept: the path of the folder that its browser files are served from, without
 * the one that is named by a release's hash. Two sites on one origin stay apart, two releases of one site do not. The build
 * writes it, so that modules may lie anywhere.
 */
export const SITE = build.site ?? siteOf(import.meta.url);

/**
 * @param {string} url of this module, where a build has not written the key (a cached `messages.js` of an earlier release)
 * @returns {string}
 */
export function siteOf(url) {
  return new URL(url).pathname.replace(/(?:[0-9a-f]{12}\/)?(?:base\/)?[^/]*$/, "");
}

/**
 * @param {string} site
 * @param {string} checklist
 * @returns {string | null} the run that was open last in this very tab; null where none was turned to
 */
export function lastRun(site, checklist) {
  try {
    return sessionStorage.getItem(JSON.stringify([NAME, site, checklist]));
  } catch {
    return null;
  }
}

/**
 * @param {(data: unknown) => void} hear
 * @returns {BroadcastChannel | null} null where none may be opened, as on an opaque origin: then there are no other tabs either
 */
export function openChannel(hear) {
  try {
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }) => hear(data);
    return channel;
  } catch {
    return null;
  }
}

/** Few checklists have earlier ids. @type {typeof import("./earlier.js").merge | undefined} */
let merge;

/** The stored answers of one checklist on one site. */
export class AnswerStore {
  /** @type {StorageAddress} */
  #place;
  /** @type {Promise<IDBDatabase> | null} */
  #database = null;
  /** @type {BroadcastChannel | null} */
  #channel;
  #onChange;
  /** Has other tabs look again. */
  tell;

  /**
   * @param {StorageAddress} place
   * @param {() => void} onChange called when somebody else may have changed these answers: another tab, or the browser
   */
  constructor(place, onChange) {
    this.#place = place;
    this.#onChange = onChange;
    const address = JSON.stringify([place.site, place.checklist, place.run]);
    this.#channel = openChannel((data) => data === address && onChange());
    this.tell = () => this.#channel?.postMessage(address);
  }

  /** @returns {Promise<Loaded>} */
  async load() {
    try {
      // Without it, what an earlier id has is taken only where the present one has nothing.
      if (this.#place.was.length) merge ??= (await import("./earlier.js").catch(() => undefined))?.merge;
      const { run, isNew, isAdopted, isDamaged } = await this.transact("readonly", (runs) => this.#find(runs));
      // Written at once, so that the copy no longer depends on the earlier id; without room it is made at the next save.
      if (isAdopted) await this.save({ answers: new Map() }, run.revision);
      const answers = readEntries(run.answers);
      const cleared = Object(run.cleared);
      return {
        status: "kept",
        isNew,
        answers,
        cleared: readEntries(cleared.answers),
        clearedAt: String(cleared.at ?? ""),
        setAside: isDamaged || answers.size < Object.keys(run.answers).length,
      };
    } catch {
      return { status: "unavailable", isNew: true, answers: new Map(), cleared: new Map(), clearedAt: "", setAside: false };
    }
  }

  /**
   * Reads, changes and writes what is named, in one transaction, so that tabs never undo one another's answers.
   *
   * @param {Changes} changes
   * @param {number} revision of the checklist
   * @returns {Promise<Status>}
   */
  async save({ answers, cleared, known }, revision) {
    try {
      await this.transact("readwrite", async (runs) => {
        const { run, slot, isNew } = await this.#find(runs);
        run.revision = revision;
        // All that an earlier id has is in it now; what is cleared here must not come back from there.
        if (merge && this.#place.was.length) run.adopted = new Date().toISOString();
        // The browser has thrown away what was stored: what the page knows is the last copy.
        if (isNew && known) for (const [id, entry] of known) replace(run, id, entry);
        for (const [id, entry] of answers) replace(run, id, entry, known);
        if (cleared) run.cleared = { at: new Date().toISOString(), answers: Object.fromEntries(cleared) };
        if (cleared === null) delete run.cleared;
        runs.put(run, slot);
        // The page may be about to go: then nothing would say any more that this was all. Whoever reads from now on waits for it.
        runs.transaction.commit();
        this.tell();
      });
      return "kept";
    } catch (error) {
      return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "unavailable";
    }
  }

  close() {
    // Not closed: other tabs are still to be told of what is on its way to storage.
    if (this.#channel) this.#channel.onmessage = null;
    this.#database?.then((database) => database.close(), () => {});
    this.#database = null;
  }

  /**
   * Finds the run to read and to write: the first readable slot, or a new one, with what an earlier id of the checklist has
   * and this one lacks.
   *
   * @param {IDBObjectStore} runs
   */
  async #find(runs) {
    const { site, checklist, run: name, was } = this.#place;
    // All at once: every reply that is waited for is time in which the page may go.
    const [present, ...rest] = /** @type {[Slot, ...Slot[]]} */ (
      await Promise.all([checklist, ...was].map((id) => firstReadable(runs, site, id, name)))
    );
    let { run } = present;
    for (const { run: earlier } of run || !present.isDamaged ? rest : []) {
      run = (earlier && (merge ? merge(run, earlier, readEntries) : !run && earlier)) || run;
    }
    const isAdopted = run !== present.run;
    const isNew = !run;
    run ??= /** @type {StoredRun} */ ({ format: 1, revision: 1, answers: {} });
    return { run, slot: present.slot, isNew, isAdopted, isDamaged: present.isDamaged };
  }

  /**
   * Also for `run-store.js`, which looks after all runs of a checklist.
   *
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(runs: IDBObjectStore) => Promise<T>} work may await nothing but requests of its transaction
   * @returns {Promise<T>} once the transaction is complete
   */
  async transact(mode, work) {
    const transaction = (await this.#open()).transaction(RUNS, mode);
    const completed = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const [value] = await Promise.all([work(transaction.objectStore(RUNS)), completed]);
    return value;
  }

  #open() {
    this.#database ??= this.#connect().catch((error) => {
      // Next time may be better: the reader can lift a block while the page is open.
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  /** @returns {Promise<IDBDatabase>} */
  async #connect() {
    // Without a version: takes the database as it is, so that a later release can never lock this one out.
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => request.result.createObjectStore(RUNS);
    const database = await settled(request);
    const forget = () => {
      database.close();
      this.#database = null;
      this.#onChange();
    };
    // Gives way when somebody wants to upgrade or delete it, and notices when the browser has thrown it away.
    database.onversionchange = forget;
    database.onclose = forget;
    return database;
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @typedef {{slot: string[], run: StoredRun | undefined, isDamaged: boolean}} Slot */

/**
 * @param {IDBObjectStore} runs
 * @param {string} site
 * @param {string} checklist
 * @param {string} name
 * @returns {Promise<Slot>}
 */
async function firstReadable(runs, site, checklist, name) {
  for (let number = 1; ; number += 1) {
    const slot = [site, checklist, (name || RUN) + (number > 1 ? `.${number}` : "")];
    const run = await settled(runs.get(slot));
    if (run === undefined || isRun(run)) return { slot, run, isDamaged: number > 1 };
  }
}

/**
 * @param {Pick<import("../types").Key, "owners">} key
 * @param {ReadonlyMap<string, Entry>} entries
 * @returns {Map<string, string>} as the scorer takes them; but what is filed under several ids of one item counts by its date,
 *   because an author may take a renaming back
 */
export function choicesOf({ owners }, entries) {
  const current = [...entries].filter(([id, { at }]) => {
    const owner = owners.get(id);
    return !owner?.ids.some((name) => {
      const rival = owners.get(name) === owner && entries.get(name);
      return rival && rival.at > at && (means(owner, rival.choice));
    });
  });
  return new Map(current.map(([id, { choice }]) => [id, choice]));
}

/**
 * @param {Entry | null} entry
 * @param {Entry | undefined} rival
 * @param {Entry | undefined} known what this page knew to be stored: an answer that undo brings back keeps its date, and takes the
 *   place of a newer one that was cleared here
 * @returns {boolean | null | undefined} whether it had to wait for storage so long that another tab has written a newer one
 */
export function isOld(entry, rival, known) {
  // What is dated in the future says only that the clock was wrong.
  return entry && rival && rival.at > entry.at && rival.at > (known?.at ?? "") && rival.at <= new Date().toISOString();
}

/**
 * @param {StoredRun} run
 * @param {string} id
 * @param {Entry | null} entry
 * @param {ReadonlyMap<string, Entry>} [known] what was stored when it was last read
 */
function replace(run, id, entry, known) {
  const former = Object.hasOwn(run.answers, id) ? run.answers[id] : undefined;
  if (former !== undefined && !isEntry(former)) (run.set_aside ??= []).push([id, former]);
  else if (isOld(entry, former, known?.get(id))) return;
  if (entry) run.answers[id] = entry;
  else delete run.answers[id];
}

/**
 * @param {unknown} entries
 * @returns {Map<string, Entry>} those that can be read
 */
export function readEntries(entries) {
  const readable = /** @type {[string, Entry][]} */ (Object.entries(isObject(entries) ? entries : {}).filter(([, entry]) => isEntry(entry)));
  return new Map(readable);
}

/**
 * @param {unknown} value
 * @returns {value is StoredRun}
 */
export function isRun(value) {
  return isObject(value) && value.format === 1 && isObject(value.answers) && Array.isArray(value.set_aside ?? []);
}

/**
 * @param {unknown} value
 * @returns {value is Entry}
 */
function isEntry(value) {
  return (
    isObject(value) &&
    isAnswer(value.choice) &&
    typeof value.at === "string" &&
    !Number.isNaN(Date.parse(value.at)) &&
    Number.isInteger(value.revision)
  );
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isObject(value) {
  return Object.prototype.toString.call(value) === "[object Object]";
}
