/**
 * One checklist on one page, shared by all its parts. State flows one way: what is stored, what is in the inputs and
 * what the reader does make the answers; the answers make the result; parts show it. Nothing is counted incrementally.
 *
 * @import {AnswerJson, Entry, Evaluate, Key, Part, ShownExample, Snapshot, Status} from "../types"
 */
import { definite, isSame, optionsIn, resolveAnswers } from "../base/answers.js";
import { fire, lookOf } from "./happening.js";
import { readKey, score } from "../base/score.js";
import { AnswerStore, choicesOf, isOld, lastRun, SITE } from "../base/storage.js";

// Long enough for a reader who walks through radios with the arrow keys to arrive.
const SETTLED = 1000;
// Longer than storage ever takes to reply, where it does reply.
const PATIENCE = 3000;

/** By the text of the key, so that parts of two builds never share one; until everything is stored. @type {Map<string, Session>} */
const sessions = new Map();
/** By their texts. @type {Map<string, Key>} */
const keys = new Map();

// Back from the cache, the page has missed what other tabs did. WebKit ends what it had interrupted only after this event;
// until then, what this page believes to be storing must decide nothing.
let isReturning = false;
addEventListener("pageshow", ({ persisted }) => (isReturning = persisted) && setTimeout(resumeAll));

function resumeAll() {
  isReturning = false;
  sessions.forEach((session) => session.resume());
}

/**
 * @param {Part} part
 * @returns {Session} the session of its checklist and run, which the part has joined. Throws when the key is broken.
 */
export function joinSession(part) {
  const { key: text = "" } = part.dataset;
  const key = keys.get(text) ?? readKey(JSON.parse(text));
  keys.set(text, key);
  // Before anything is answered, or an answer would go to the first run while another is about to be shown.
  const run = part.dataset.run ?? ((key.rules?.plan && lastRun(SITE, key.checklist)) || "");
  if (run) part.dataset.run = run;
  const name = run + text;
  const session = sessions.get(name) ?? new Session(key, run, () => sessions.get(name) === session && sessions.delete(name));
  sessions.set(name, session);
  session.parts.add(part);
  return session;
}

export class Session {
  /** @type {Set<Part>} */
  parts = new Set();
  /** @type {Key} */
  key;
  /** @type {Snapshot} */
  snapshot;
  /** The item that the reader answered last. */
  last = "";
  /** What is shown in place of her own answers, which stay what they are. Nothing of it is stored. @type {ShownExample | null} */
  example = null;

  // Answers come from three places, weakest first: inputs of an element that has been moved, storage, and changes not yet stored.
  /** @type {Map<string, Entry>} */
  #found = new Map();
  /** @type {Map<string, Entry>} */
  #stored = new Map();
  /** @type {Map<string, Entry | null>} */
  #pending = new Map();

  /** @type {Map<string, Entry>} */
  #cleared = new Map();
  /** When the offer was made that is no longer shown. */
  #declined = "";
  /** What storage has yet to learn of the offer to undo. @type {Map<string, Entry> | null | undefined} */
  #pendingCleared;

  /** @type {Status | "loading"} */
  #status = "loading";
  /** Whether storage has been read at all: before that nothing is written. */
  #isLoaded = false;
  #setAside = false;
  #isIncomplete = false;
  #restored = /** @type {string | null} */ (null);
  /** What is being stored. @type {Map<string, Entry | null> | undefined} */
  #batch;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #announcement;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;
  #store;
  #onEmpty;
  /** What goes with the rules of a key, once it is loaded. @type {typeof import("./equipment.js") | undefined} */
  equipment;
  /** @type {Evaluate | undefined} */
  #evaluate;

  /**
   * @param {Key} key
   * @param {string} run
   * @param {() => void} onEmpty called when the last part has gone, and everything is stored
   */
  constructor(key, run, onEmpty) {
    this.key = key;
    this.#onEmpty = onEmpty;
    this.#store = new AnswerStore({ site: SITE, checklist: key.checklist, run, was: key.was }, () => isReturning || this.reload());
    this.snapshot = this.#take();
    // Storage that never replies must not let her believe that her answers are kept.
    this.#patience = setTimeout(() => {
      this.#lose();
      this.show();
    }, PATIENCE);
    this.#begin();
    // What a part shows may depend on others that the browser has yet to read.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.show(), { once: true });
  }

  async #begin() {
    this.reload();
    // Most checklists have no rules, and never load what evaluates them.
    if (!this.key.rules) return;
    this.equipment = await import("./equipment.js").catch(() => undefined);
    this.#evaluate = this.equipment?.prepareEvaluate(this.key);
    if (this.equipment) return this.snapshot.written.size ? this.#rescore() : this.show();
    // As without a script: everything is shown, and nothing is counted.
    for (const part of this.parts) part.dataset.broken = "";
    this.miss();
  }

  /** @param {Part} part */
  leave(part) {
    this.parts.delete(part);
    // A theme that moves an element takes it out and puts it back in one go: that must not cost unsaved answers.
    queueMicrotask(() => {
      if (this.parts.size) return;
      clearTimeout(this.#announcement);
      // Answers given just before she left are still to be stored; then storage is closed.
      if (!this.#batch) this.reload();
    });
  }

  #close() {
    this.#onEmpty();
    this.#store.close();
  }

  /** A module did not come: all parts say so. What was answered is as safe as ever. @returns {undefined} */
  miss() {
    if (this.#isIncomplete) return;
    this.#isIncomplete = true;
    this.show();
    this.announceSoon();
  }

  /**
   * Takes over inputs that are checked already. What was clicked before the script ran is newer than all that is known;
   * what a theme has put back is taken only where there is no storage. Fires no `checklist-changed`.
   *
   * @param {Map<string, string>} inputs item -> answer
   * @param {Part} part
   * @param {boolean} isNew whether the reader must have clicked them on this very page
   */
  adopt(inputs, part, isNew) {
    const { choices } = this.snapshot;
    const news = [...inputs].filter(([item, choice]) => this.key.owners.has(item) && (isNew ? !isSame(choices.get(item)?.value, choice) : !choices.has(item)));
    for (const [item, choice] of news) (isNew ? this.#pending : this.#found).set(item, this.#entry(item, choice));
    if (!news.length) return;
    if (this.#isLoaded) this.#keepFound();
    this.#rescore(part);
    this.#save();
  }

  /**
   * @param {string} item
   * @param {string | null} choice null clears the answer
   * @param {Part} part
   */
  answer(item, choice, part) {
    this.last = item;
    if (this.example) return this.example.answer(item, choice, part);
    if (choice === null) this.#forget(item);
    else this.#pending.set(item, this.#entry(item, choice));
    this.#rescore(part, { item, answer: choice && this.key.owners.get(item)?.many && definite(choice) ? optionsIn(choice) : choice });
    this.announceSoon();
    this.#save();
  }

  /** Dates an answer from an earlier revision anew: the reader has said that it is still right. @param {string} item @param {Part} part */
  confirm(item, part) {
    const choice = this.snapshot.choices.get(item);
    if (choice) this.answer(item, choice.value, part);
  }

  /** @param {Part} part */
  reset(part) {
    if (this.example) return this.example.end();
    const cleared = new Map([...this.#answers()].filter(([id]) => this.key.owners.has(id)));
    if (!cleared.size) return;
    this.#cleared = this.#pendingCleared = cleared;
    // Answers to items that are gone are not the reader's to see, so not hers to lose either.
    for (const item of cleared.keys()) this.#forget(item);
    this.#found.clear();
    this.#restored = null;
    this.#rescore(part);
    this.announceSoon();
    this.#save();
  }

  /** @param {Part} part */
  undo(part) {
    const answers = this.#answers();
    for (const [id, entry] of this.#cleared) {
      // An answer given since the reset is newer than what the reset took, whatever its id. As a copy it is stored again in any case.
      if (!this.#ids(id).some((name) => answers.has(name))) this.#pending.set(id, { ...entry });
    }
    this.#cleared = new Map();
    this.#pendingCleared = null;
    this.#rescore(part);
    this.announceSoon();
    this.#save();
  }

  /** The page is back from the cache. Firefox never reports the end of what was being written, and WebKit aborts it: write it again. */
  resume() {
    this.#batch = undefined;
    this.reload();
  }

  /** Reads storage anew: at the start, after another tab's change, and when a page comes back from the cache. */
  async reload() {
    const loaded = await this.#store.load();
    clearTimeout(this.#patience);
    if (!this.parts.size && !this.#pending.size && !this.#found.size) return this.#close();
    const isFirst = !this.#isLoaded;
    this.#isLoaded = true;
    const before = lookOf(this.snapshot);
    this.#setAside ||= loaded.setAside;
    if (loaded.status === "kept") {
      // Storage that had gone is back, and empty: what the page shows is the last copy.
      if (this.#status === "unavailable" && loaded.isNew) this.#pending = new Map([...this.#stored, ...this.#pending]);
      // Where something is being cleared, nothing is left that could be newer.
      for (const [id, entry] of this.#pending) if (this.#batch?.get(id) !== null && isOld(entry, loaded.answers.get(id), this.#stored.get(id))) this.#pending.delete(id);
      this.#stored = loaded.answers;
      const offer = loaded.clearedAt === this.#declined ? new Map() : loaded.cleared;
      this.#cleared = this.#pendingCleared === undefined ? offer : (this.#pendingCleared ?? new Map());
      if (!loaded.answers.size) this.#restored = null;
    }
    if (isFirst) this.#start(loaded);
    else if (loaded.status === "unavailable") this.#lose();
    else if (this.#status === "unavailable") this.#status = loaded.status;
    this.#keepFound();
    if (before === lookOf(this.#take())) this.show();
    else this.#rescore();
    this.#save();
  }

  /** @param {import("../types").Loaded} loaded */
  #start({ status, clearedAt }) {
    this.#status = status;
    const dates = [...this.#stored].flatMap(([id, { at }]) => (this.key.owners.has(id) ? at : []));
    // Our own dates are ISO in UTC, which sort as text; the latest is when she was last here.
    this.#restored = dates.sort().at(-1) ?? null;
    // An offer to undo is for the visit in which she sees what is missing; once she has answered anew it is in the way.
    if (dates.length && this.#pendingCleared === undefined) {
      this.#cleared = new Map();
      this.#declined = clearedAt;
    }
  }

  /** Storage does not answer, or not any more. She must hear of it wherever on the page she is. */
  #lose() {
    if (this.#status !== "unavailable" && this.snapshot.choices.size) this.announceSoon();
    this.#status = "unavailable";
  }

  #keepFound() {
    if (this.#status === "unavailable") this.#pending = new Map([...this.#found, ...this.#pending]);
    this.#found.clear();
  }

  /** @param {string} item @returns {readonly string[]} every id that it was ever filed under */
  #ids(item) {
    return this.key.owners.get(item)?.ids ?? [item];
  }

  /** @param {string} item */
  #forget(item) {
    // All of them, also one that only another tab knows of, or an older answer would come back in its place.
    for (const id of this.#ids(item)) {
      this.#found.delete(id);
      // Storage may have it, though a page that was in the cache gets no reply.
      const entry = this.#pending.get(id);
      if (entry) this.#stored.set(id, entry);
      this.#pending.set(id, null);
    }
  }

  /** @param {string} item @param {string} choice @returns {Entry} */
  #entry(item, choice) {
    // Never dated before what it takes the place of: the clock may have been wrong.
    const former = this.#ids(item).map((id) => (this.#pending.get(id) ?? this.#stored.get(id))?.at ?? "");
    return { choice, at: [new Date().toISOString(), ...former].sort().at(-1) ?? "", revision: this.key.revision };
  }

  /** @returns {Map<string, Entry>} */
  #answers() {
    const answers = new Map([...this.#found, ...this.#stored]);
    for (const [id, entry] of this.#pending) {
      if (entry) answers.set(id, entry);
      else answers.delete(id);
    }
    return answers;
  }

  /** The reader's own answers, whatever is shown. */
  get own() {
    return choicesOf(this.key, this.#answers());
  }

  /** @returns {Snapshot} */
  #take() {
    const { key, example } = this;
    const answers = example?.answers ?? this.#answers();
    const written = choicesOf(key, answers);
    const { choices } = resolveAnswers(key, written);
    const evaluation = this.#evaluate?.(written);
    for (const id of evaluation?.hidden ?? []) choices.delete(id);
    /** @type {Map<string, string>} */
    const unconfirmed = new Map();
    for (const [item, { source }] of choices) {
      const entry = answers.get(source);
      if (entry && entry.revision < key.revision) unconfirmed.set(item, entry.at);
    }
    return {
      key,
      result: evaluation?.result ?? score(key, written),
      choices,
      total: key.items.filter(({ id }) => !evaluation?.hidden.has(id)).length,
      evaluation,
      written,
      unconfirmed,
      status: this.#status,
      setAside: this.#setAside,
      restored: written.size && !example ? this.#restored : null,
      isIncomplete: this.#isIncomplete,
      undoable: example ? 0 : new Set([...this.#cleared.keys()].map((id) => key.owners.get(id)).filter((owner) => owner?.ids.every((id) => !written.has(id)))).size,
    };
  }

  /** @param {Part} [part] the one concerned @param {{item: string, answer: AnswerJson | null}} [change] what the reader did */
  #rescore(part, change) {
    this.show();
    const source = part ?? [...this.parts][0];
    if (change) fire(source, "checklist-changed", { checklist: this.key.checklist, ...change });
    if (!this.example && (!this.key.rules || this.#evaluate)) fire(source, "checklist-scored", this.snapshot.result);
  }

  show() {
    this.snapshot = this.#take();
    // What several options come to is not known yet: nothing may be written over.
    if (this.key.rules?.several && !this.#evaluate && !this.#isIncomplete) return;
    for (const part of this.parts) part.show(this.snapshot);
    this.example?.show();
  }

  announceSoon() {
    clearTimeout(this.#announcement);
    [...this.parts][0]?.announce(null);
    this.#announcement = setTimeout(() => [...this.parts][0]?.announce(this.snapshot), SETTLED);
  }

  /** Stores what is pending. A change that could not be stored stays pending and goes with the next one. */
  async #save() {
    if (this.#batch || !this.#isLoaded) return;
    while (this.#pending.size || this.#pendingCleared !== undefined) {
      const batch = (this.#batch = new Map(this.#pending));
      const cleared = this.#pendingCleared;
      const known = this.#stored;
      const status = await this.#store.save({ answers: batch, cleared, known }, this.key.revision);
      if (status !== this.#status) {
        this.#status = status;
        this.show();
        // Storage has come back: what it holds was never read. Or it has gone, which she must hear wherever she is.
        if (status === "kept") queueMicrotask(() => this.reload());
        else this.announceSoon();
      }
      if (status !== "kept") break;
      for (const [id, entry] of batch) {
        if (this.#pending.get(id) === entry) this.#pending.delete(id);
        if (!entry) this.#stored.delete(id);
        // Storage has not taken it either.
        else if (!isOld(entry, this.#stored.get(id), known.get(id))) this.#stored.set(id, entry);
      }
      if (this.#pendingCleared === cleared) this.#pendingCleared = undefined;
    }
    this.#batch = undefined;
    if (!this.parts.size) this.#close();
  }
}
