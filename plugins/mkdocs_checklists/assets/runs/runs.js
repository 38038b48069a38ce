/**
 * The runs of one checklist on a page, and which of them its parts show. To show another one, the parts leave the page for a
 * moment and come back with the name of that run, so that the element does what it does on any page.
 *
 * @import {Key, Part, Run} from "../types"
 * @import {Session} from "../answering/session.js"
 */
import { isThere, titleOf } from "./run-records.js";
import { RunStore } from "./run-store.js";
import { choicesOf, lastRun, SITE } from "../base/storage.js";
import { say } from "../base/view.js";

/** More than a list can show. */
export const MOST = 200;

/** @typedef {{answered: number, total: number}} Facts what can be said of the answers in a run */

/**
 * @template {Facts} Described
 * @typedef {{run: Run, name: string, isOpen: boolean, facts: Described}} Row
 */

/** @template {Facts} Described what the owner of the runs says of each */
export class Runs {
  /** The run that is open. */
  open = "";
  /** What one run is about, as it stands in a sentence, and at the start of one. */
  subject = "";
  title = "";
  /** Whether another run is open now because another tab has removed the one that was, and nobody has said so. */
  wasTakenAway = false;
  /** @type {Set<Part>} */
  parts = new Set();
  #key;
  #describe;
  #store;
  #onChange;
  /** Of the run that is open, and of those that were open on this page. @type {Map<string, Session>} */
  #sessions = new Map();
  /** Stands in for the parts in a session that they have left: so it lives on, with what is not stored yet. */
  #keeper;
  /** @type {WeakMap<Part, object>} */
  #shown = new WeakMap();
  /** @type {Map<string, {look: string, facts: Described}>} */
  #facts = new Map();
  /** Whether it is clear which run to begin with. */
  #isBegun = false;

  /**
   * @param {Key} key
   * @param {(written: ReadonlyMap<string, string>) => Described} describe the answers in a run
   * @param {() => void} onChange called when there may be something new to show
   */
  constructor(key, describe, onChange) {
    this.#key = key;
    this.#describe = describe;
    this.#onChange = onChange;
    this.#keeper = Object.assign(document.createElement("span"), { show: onChange, announce() {} });
    const place = { site: SITE, checklist: key.checklist, was: key.was };
    this.#store = new RunStore(place, key.revision, () => this.#onStore(), (run) => run === this.open);
    const remembered = lastRun(SITE, key.checklist);
    this.#isBegun = remembered !== null;
    this.open = remembered ?? "";
  }

  /** @returns {boolean} whether names and new runs are kept only as long as the page */
  get isUnsaved() {
    return this.#store.status !== "kept";
  }

  /**
   * Takes note of a part that is shown, and of what it shows.
   *
   * @param {Part} part
   * @param {Session} session
   */
  follow(part, session) {
    this.parts.add(part);
    this.#store.open();
    const run = runOf(part);
    this.#sessions.set(run, session);
    session.parts.delete(this.#keeper);
    if (session.snapshot.status === "kept") this.#retry();
    if (this.#shown.get(part) === session.snapshot) this.#store.read();
    this.#shown.set(part, session.snapshot);
    // Not while the session is at work on its parts.
    if (run !== this.open) queueMicrotask(() => this.#move());
  }

  /** @param {string} subject */
  name(subject) {
    this.subject = subject;
    this.title = titleOf(subject);
  }

  /** There is more to say of the same answers now. */
  describeAnew() {
    this.#facts.clear();
  }

  /** @returns {Row<Described>[]} in the order in which the runs were made; one that is as good as new only while it is open */
  get rows() {
    const runs = this.#store.runs.filter((run) => run.id === this.open || (isThere(run) && (run.name || this.#written(run).size)));
    if (!runs.some(({ id }) => id === this.open)) runs.unshift({ id: this.open, name: "", made: "", opened: 0, removed: null, answers: new Map() });
    return runs.map((run, at) => ({
      run,
      name: run.name.trim() || say("run_unnamed", { subject: this.title, number: at + 1 }),
      isOpen: run.id === this.open,
      facts: this.#factsOf(run),
    }));
  }

  /** @returns {{id: string, name: string} | null} what was removed last, if it can still be brought back */
  get removed() {
    const removed = this.#store.runs.flatMap(({ id, removed: taken }) => (taken ? [{ id, ...taken }] : []));
    const latest = removed.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
    return latest ? { id: latest.id, name: latest.name.trim() || this.title } : null;
  }

  /** @param {string} name of the run that is open */
  rename(name) {
    this.#isBegun = true;
    const isNew = !this.#store.runs.some(({ id }) => id === this.open);
    this.#store.change(this.open, { name, ...(isNew ? { made: new Date().toISOString() } : {}) });
  }

  /** @param {string} id */
  turnTo(id) {
    this.#store.change(id, { opened: true });
    this.#turn(id);
  }

  /** @returns {boolean} true if a run could be added (an empty one is reused) */
  add() {
    const { rows } = this;
    const blank = rows.find(({ isOpen, run }) => isOpen && !run.name && !this.#written(run).size);
    if (blank) return true;
    if (rows.length >= MOST) return false;
    this.#make();
    return true;
  }

  #make() {
    // Without a dot, by which `storage.js` tells slots apart.
    const id = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("-");
    this.#store.change(id, { made: new Date().toISOString(), opened: true });
    this.#turn(id);
  }

  /** @param {string} id */
  async remove(id) {
    const next = this.rows.find(({ run }) => run.id !== id);
    if (id === this.open && next) this.turnTo(next.run.id);
    else if (id === this.open) this.#make();
    await this.#store.change(id, { removed: true });
    this.#sessions.get(id)?.reload();
  }

  /** @param {string} id */
  async restore(id) {
    const blank = this.rows.some(({ isOpen, run }) => isOpen && !run.name && !this.#written(run).size);
    await this.#store.change(id, { removed: false });
    this.#sessions.get(id)?.reload();
    // What was opened only because nothing was left has served.
    if (blank) this.turnTo(id);
  }

  #onStore() {
    if (![...this.parts].some((part) => part.isConnected)) return this.#rest();
    const runs = this.#store.runs.filter((run) => isThere(run));
    const isSettled = this.#store.isRead && !this.isUnsaved;
    if (!this.#isBegun && this.#store.isRead) {
      this.#isBegun = true;
      const latest = runs.reduce((last, run) => (run.opened > last.opened ? run : last), { id: "", opened: 0 });
      // Whoever has begun to answer stays where she is.
      const isUntouched = ![...this.#sessions.values()].some(({ last }) => last);
      if (latest.id && isUntouched) this.#turn(latest.id);
    } else if (isSettled && this.#isGone()) {
      // Another tab has taken it away. What is typed on into its name would rename the one that is turned to.
      const { activeElement } = document;
      if (activeElement instanceof HTMLInputElement && activeElement.closest("[data-runs]")) activeElement.blur();
      this.wasTakenAway = true;
      this.#turn(runs.find(({ name, answers }) => name || answers.size)?.id ?? "");
    }
    this.#onChange();
  }

  #isGone() {
    const open = this.#store.runs.find(({ id }) => id === this.open);
    return open ? !isThere(open) : this.open !== "";
  }

  /** Nothing of the checklist is on the page any more. What could not be stored stays. */
  #rest() {
    this.parts.clear();
    this.#store.close();
    for (const [run, session] of this.#sessions) {
      if (session.snapshot.status !== "kept") continue;
      session.leave(this.#keeper);
      this.#sessions.delete(run);
    }
  }

  /** What found no room for another run may find it now. */
  #retry() {
    for (const session of this.#sessions.values()) if (session.snapshot.status !== "kept") session.reload();
  }

  /** @param {string} id */
  #turn(id) {
    this.open = id;
    this.#isBegun = true;
    this.#store.remember(id);
    this.#move();
  }

  /** Has all parts show the run that is open. */
  #move() {
    const parts = [...this.parts].filter((part) => part.isConnected && runOf(part) !== this.open);
    for (const part of this.parts) if (!part.isConnected) this.parts.delete(part);
    if (!parts.length) return;
    const focused = document.activeElement;
    for (const part of parts) this.#sessions.get(runOf(part))?.parts.add(this.#keeper);
    const marks = parts.map((part) => {
      const mark = document.createComment("");
      part.replaceWith(mark);
      return mark;
    });
    for (const [at, part] of parts.entries()) {
      // What is chosen in the form belongs to the run that is left. An item may be called "reset".
      const form = part.querySelector("form");
      if (form) HTMLFormElement.prototype.reset.call(form);
      if (this.open) part.dataset.run = this.open;
      else delete part.dataset.run;
      marks[at]?.replaceWith(part);
    }
    this.#onChange();
    if (focused instanceof HTMLElement && focused !== document.activeElement && parts.some((part) => part.contains(focused))) {
      focused.focus({ preventScroll: true });
    }
  }

  /** @param {Run} run @returns {ReadonlyMap<string, string>} its answers: what a session knows is newer than what is stored */
  #written({ id, answers }) {
    const session = this.#sessions.get(id);
    return session?.parts.size && session.snapshot.status !== "loading" ? session.own : choicesOf(this.#key, answers);
  }

  /** @param {Run} run */
  #factsOf(run) {
    const written = this.#written(run);
    const look = JSON.stringify([...written]);
    const known = this.#facts.get(run.id);
    if (known?.look === look) return known.facts;
    const facts = this.#describe(written);
    this.#facts.set(run.id, { look, facts });
    return facts;
  }
}

/** @param {Part} part */
function runOf(part) {
  return part.dataset.run ?? "";
}
