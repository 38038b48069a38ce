/**
 * One order of events, played on the product and on the model beside it.
 *
 * @import {Tab} from "./tab.js"
 * @import {Answers} from "./model.js"
 */
import { EVENTS } from "./events.js";
import { fits, Model, same, show } from "./model.js";
import { World } from "./world.js";

const SITE = "/kb/assets/checklists/";
/** Longer than any timer of the product that matters here. */
const LONG = 4000;

/**
 * @typedef {object} Setting
 * @property {string} kind of checklist
 * @property {[id: string, choice: string][]} start what is stored, of an earlier revision, oldest first
 * @property {string} here modules that come at once in the reader's tab, as an expression for their names
 */

export class Story {
  world = new World();
  model = new Model();
  /** What should not be: the first words say which kind of thing, for a list of kinds. @type {string[]} */
  problems = [];
  #isQuick = false;
  #wasFull = false;

  /** @param {Tab} here @param {Tab} there @param {Setting} setting */
  constructor(here, there, { kind, start, here: names }) {
    this.here = here;
    this.there = there;
    const answers = Object.fromEntries(start.map(([id, choice], at) => [id, { choice, at: `2026-11-0${at + 1}T12:00:00.000Z`, revision: 0 }]));
    const key = [SITE, kind, "default"];
    if (start.length) this.world.storage.rows.set(JSON.stringify(key), { key, value: { format: 1, revision: 0, answers } });
    this.model.did("", "", Object.fromEntries(start.map(([id, choice]) => [`/${itemOf(id)}`, choice])));
    this.model.reach("");
    this.model.reach("here");
    const pattern = new RegExp(names);
    here.enter(this.world, (name) => pattern.test(name));
    there.enter(this.world, () => true);
  }

  /** The other tab is open before anything happens in the reader's. */
  async begin() {
    this.there.open();
    await this.there.rest();
    await this.there.work();
  }

  /** @returns {string[]} the events that can come next */
  get possible() {
    return Object.keys(EVENTS).filter((name) => EVENTS[name]?.can(this));
  }

  /** @param {string} name of an event */
  async play(name) {
    this.world.tick();
    // A reader is slower than a frame, unless she closes the page.
    if (!["close", "kill"].includes(name)) await this.here.pass();
    await EVENTS[name]?.happen(this);
    await this.here.rest();
    await this.there.work();
    this.#isQuick = this.here.isOpen ? this.here.hasRead : this.#isQuick;
    if (this.#isQuick && !this.here.isAsking && !this.#wasFull) this.model.reach("here");
    if (!this.there.isAsking) this.model.reach("there");
  }

  /** @param {Tab} tab @param {string} item @param {string} value */
  answer(tab, item, value) {
    const target = tab.input(item, value);
    // Before the script runs it is the browser that knows: the script finds it.
    if (tab.isOpen) this.#press(tab, `answer ${item}`, target, { [tab.place(item)]: value });
    else tab.press(target);
  }

  /** @param {Tab} tab @param {string} action @param {string} [item] */
  press(tab, action, item) {
    const target = tab.button(action, item);
    if (!target) return;
    const before = tab.answers;
    if (action === "undo") return this.#undo(tab, target, before);
    const place = tab.place(item ?? "");
    /** @type {Record<string, string | null>} */
    let changes = { [place]: action === "clear" ? null : (before[place] ?? null) };
    if (action === "reset") {
      const readers = new Map([this.here, this.there].filter((one) => one.hasRead).map((one) => [this.#nameOf(one), one.visit]));
      this.model.isOfferOld = false;
      this.model.offers.push({ taken: before, run: tab.place(""), tab: this.#nameOf(tab), visit: tab.visit, readers, isOver: false });
      changes = Object.fromEntries(Object.keys(before).map((one) => [one, null]));
    }
    this.#press(tab, action, target, changes);
  }

  /** @param {Tab} tab @param {string} name @param {HTMLElement} target @param {Record<string, string | null>} changes */
  #press(tab, name, target, changes) {
    const before = tab.answers;
    const expected = Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, answer]) => answer !== null));
    tab.press(target);
    this.model.did(this.#nameOf(tab), name, changes, before);
    const found = tab.answers;
    if (!same(found, /** @type {Answers} */ (expected))) {
      this.problems.push(`late: ${name} in ${this.#nameOf(tab)}: ${show(found)}, not ${show(/** @type {Answers} */ (expected))}`);
    }
  }

  /** @param {Tab} tab @param {HTMLElement} target @param {Answers} before */
  #undo(tab, target, before) {
    const { offered } = tab;
    tab.press(target);
    const after = tab.answers;
    const changes = Object.fromEntries(Object.entries(after).filter(([item, answer]) => before[item] !== answer));
    const count = Object.keys(changes).length;
    if (count !== offered) this.problems.push(`undo: said ${offered}, brought back ${count} at once`);
    const { isOfferClear } = this.model;
    const isRight = this.model.canBringBack(before, after, { run: tab.place(""), tab: this.#nameOf(tab), visit: tab.visit });
    if (!isRight && isOfferClear) {
      this.problems.push(`undo: from ${show(before)} to ${show(after)}, which no reset took`);
    }
    this.model.did(this.#nameOf(tab), "undo", changes, before);
  }

  openHere() {
    this.here.open();
    // What was clicked before the script ran is taken over now, for the run that is open now.
    const found = Object.entries(this.found).map(([item, value]) => [this.here.place(item), value]);
    if (found.length) this.model.did("here", "open", Object.fromEntries(found));
    this.found = {};
  }

  /** Clicked before the script ran. @type {Answers} */
  found = {};

  /** @param {Tab} tab */
  #nameOf(tab) {
    return tab === this.here ? "here" : "there";
  }

  /** @param {number} time until the page is gone */
  async close(time) {
    const { here } = this;
    await here.pass(time);
    const isInTime = time > 0 && this.#isQuick && !this.#wasFull;
    while (isInTime && (here.step() || this.there.step())) await here.rest();
    if (!isInTime) this.model.loses("here");
    here.page.events.dispatchEvent(new Event("pagehide"));
    await here.rest();
    this.found = {};
    this.#isQuick = false;
    this.#forgetFull();
    here.goTo();
  }

  fill() {
    this.#wasFull = true;
    this.world.storage.full = this.here.page;
  }

  #forgetFull() {
    this.#wasFull = false;
    this.world.storage.full = null;
  }

  /** What has left with no room to store it may be lost. */
  leave() {
    if (this.#wasFull) this.model.loses("here");
    this.here.leave();
  }

  /** All that can be delivered is, but for modules that never come; then everything must be as the model says. */
  async settle(/** @type {string} */ when) {
    const { here, there, world } = this;
    world.tick();
    for (const time of [0, LONG]) {
      do {
        await here.pass(time);
        await there.pass(time);
        await here.work();
        await there.work();
      } while (world.storage.isReady(here.page));
    }
    const { stored } = this;
    const fitting = this.model.ends.filter((end) => fits(end, stored));
    if (this.#wasFull) {
      // With no room it is the page that holds her answers, until she gives one more.
      if (here.isOpen && !this.model.ends.some((end) => fits(ofRun(end, here), here.answers))) this.#blame(`here, ${when}`, here.answers);
    } else {
      if (!fitting.length) this.#blame(`stored, ${when}`, stored);
      for (const tab of [here, there].filter(({ isOpen }) => isOpen)) {
        const expected = onlyOfRun(stored, tab);
        if (!same(tab.answers, expected)) this.problems.push(`${this.#nameOf(tab)}, ${when}: ${show(tab.answers)}, but stored ${show(expected)}`);
      }
      if (this.model.isOfferClear) this.#checkOffers(when, stored);
    }
    this.#noteErrors();
  }

  /**
   * The reader can go on, whatever has come or not, and nothing is different once the modules have come after all.
   *
   * @param {"come" | "fail"} how
   */
  async goOn(how) {
    const { here } = this;
    if (here.isOpen) {
      this.answer(here, "b", here.answers[here.place("b")] === "no" ? "yes" : "no");
      this.#forgetFull();
      await this.settle("after one more answer");
      if (here.page.awaited.length) {
        here.page.arrive(how);
        await this.settle(`once modules ${how}`);
      }
    }
  }

  /** A new page shows what is stored. */
  async comeBack() {
    const { here } = this;
    here.isHere = () => true;
    here.goTo();
    here.open();
    await this.settle("on a new page");
  }

  /** @returns {Answers} by run and item; what is filed under two ids counts by its date */
  get stored() {
    /** @type {Answers} */
    const found = {};
    for (const { key, value } of this.world.storage.rows.values()) {
      const [, , slot] = /** @type {string[]} */ (key);
      const { answers } = /** @type {{answers: Record<string, {choice: string, at: string}>}} */ (value);
      const entries = Object.entries(answers).sort(([, one], [, two]) => (one.at < two.at ? -1 : 1));
      for (const [id, { choice }] of entries) found[`${slot === "default" ? "" : slot}/${itemOf(id)}`] = choice;
    }
    return found;
  }

  /** @param {string} what @param {Answers} found */
  #blame(what, found) {
    const ends = this.model.ends.map((end) => [...end].map(([item, answers]) => `${item}=${[...answers].map((one) => one ?? "none").join("|")}`).join(" "));
    this.problems.push(`${what}: ${show(found)}, not ${ends.join(" or ")}`);
  }

  /** @param {string} when @param {Answers} answers */
  #checkOffers(when, answers) {
    for (const tab of [this.here, this.there]) {
      if (!tab.isOpen) continue;
      const name = this.#nameOf(tab);
      const offer = this.model.offers.findLast(({ run }) => run === tab.place(""));
      const back = Object.keys(offer?.taken ?? {}).filter((item) => !(item in answers)).length;
      // A reader who came after the reset, to answers that are there, is not bothered with it.
      const isDue = offer && ((offer.tab === name && offer.visit === tab.visit) || offer.readers.get(name) === tab.visit);
      const allowed = !offer || offer.isOver ? [0] : isDue ? [back] : [0, back];
      if (!allowed.includes(tab.offered)) this.problems.push(`offer ${name}, ${when}: ${tab.offered}, not ${allowed.join(" or ")}`);
    }
  }

  #noteErrors() {
    for (const tab of [this.here, this.there]) this.problems.push(...tab.errors.splice(0).map((error) => `error: ${error}`));
  }
}

/** @param {string} id which may be an earlier one @returns {string} */
function itemOf(id) {
  return id === "former" ? "a" : id;
}

/** @param {string} item @param {Tab} tab */
function isOfRun(item, tab) {
  return item.startsWith(tab.place(""));
}

/** @param {Map<string, Set<string | null>>} end @param {Tab} tab */
function ofRun(end, tab) {
  return new Map([...end].filter(([item]) => isOfRun(item, tab)));
}

/** @param {Answers} answers @param {Tab} tab @returns {Answers} */
function onlyOfRun(answers, tab) {
  return Object.fromEntries(Object.entries(answers).filter(([item]) => isOfRun(item, tab)));
}
