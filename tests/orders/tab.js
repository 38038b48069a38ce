/**
 * One tab: a frame in which one page after the other is open, and what a reader sees and presses there.
 *
 * @import {World} from "./world.js"
 */
import { Page } from "./page.js";
import { drain } from "./world.js";

/** Between two things that a reader does, and between a storage's replies, at most. */
export const MOMENT = 100;

export class Tab {
  /** @type {any} */
  page = null;
  /** Which page this is, and which visit of a checklist: counted, so that one can ask whether it is still the same. */
  visit = 0;
  /** @type {HTMLElement | null} */
  part = null;
  isOpen = false;
  /** What went wrong in it. @type {string[]} */
  errors = [];
  /** @type {(name: string) => boolean} */
  isHere = () => true;
  #session = new Map();
  /** How many transactions were complete when the checklist came. */
  #replies = 0;
  /** @type {World} */
  #world;
  #template;
  #frame;

  /**
   * @param {any} frame its window, in which the script of the product has run
   * @param {string} html of the checklist
   */
  constructor(frame, html) {
    this.#frame = frame;
    const template = frame.document.createElement("template");
    template.innerHTML = html;
    this.#template = template.content;
    this.#world = /** @type {any} */ (null);
    this.#define();
    frame.onerror = (/** @type {unknown} */ words) => this.errors.push(String(words));
    frame.addEventListener("unhandledrejection", (/** @type {PromiseRejectionEvent} */ event) => this.errors.push(String(event.reason?.stack)));
  }

  /** A frame can define an element only once: this one becomes what the modules of the page of the moment define. */
  #define() {
    const tab = this;
    const owners = new WeakMap();
    class Stand extends this.#frame.HTMLElement {
      // @ts-expect-error: what is returned takes its place.
      constructor() {
        const { element } = tab.page;
        const made = Reflect.construct(element, [], Stand);
        Object.setPrototypeOf(made, element.prototype);
        made.querySelectorAll = Stand.prototype.querySelectorAll;
        owners.set(made, tab.page);
        return made;
      }

      /** @param {string} selectors */
      querySelectorAll(selectors) {
        // No script can make a browser believe that its user has clicked.
        return super.querySelectorAll(selectors.replace(/:is\(:user-valid[^)]*\)/, "[data-touched]"));
      }

      connectedCallback() {
        Object.getPrototypeOf(this).connectedCallback.call(this);
      }

      disconnectedCallback() {
        // A page that is gone does nothing any more.
        if (!owners.get(this)?.isDead) Object.getPrototypeOf(this).disconnectedCallback.call(this);
      }
    }
    this.#frame.customElements.define("scored-checklist", Stand);
  }

  /** A world of its own, with a page whose scripts have yet to run. @param {World} world @param {(name: string) => boolean} isHere */
  enter(world, isHere) {
    this.#world = world;
    this.isHere = isHere;
    this.#session = new Map();
    this.errors = [];
    this.goTo();
  }

  /** A page as the server sends it, in place of the one that was there: nothing of it has run. */
  goTo() {
    this.page?.die();
    if (this.page && this.#world) {
      this.#world.storage.drop(this.page);
      this.#world.channels.drop(this.page);
    }
    this.#frame.document.body.replaceChildren();
    this.page = new Page(this.#world, this.#frame, this.#session, this.isHere);
    this.isOpen = false;
    this.visit += 1;
    this.part = this.#copy();
  }

  #copy() {
    // From another document, so that nothing of it has been upgraded yet.
    return /** @type {HTMLElement} */ (this.#template.cloneNode(true).firstChild);
  }

  /** The script runs, or the theme puts the checklist into the page that is there. */
  open() {
    if (!this.page.element) this.page.need("define.js");
    this.part ??= this.#copy();
    this.#frame.document.body.append(this.part);
    this.isOpen = true;
    this.#replies = this.#world.storage.repliesTo(this.page);
  }

  /** The theme takes the checklist out of the page. */
  leave() {
    this.part?.remove();
    this.part = null;
    this.isOpen = false;
    this.visit += 1;
  }

  /** The page was in the cache for a while: storage has forgotten what it had begun, and messages have gone by. */
  comeBack() {
    this.#world.storage.forget(this.page);
    this.#world.channels.forget(this.page);
    this.page.events.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  }

  /** @returns {Record<string, string>} what is checked on the page: item -> answer */
  get answers() {
    /** @type {Record<string, string>} */
    const found = {};
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.part?.querySelectorAll("fieldset input") ?? [])) {
      if (input.checked) found[this.place(input.name)] = input.value;
    }
    return found;
  }

  /** @param {string} item @returns {string} it in the run that is open */
  place(item) {
    return `${this.part?.dataset.run ?? ""}/${item}`;
  }

  /** @returns {number} how many answers can be brought back, as the page says it; 0 where it says nothing of it */
  get offered() {
    const words = this.part?.querySelector('[data-do="undo"]')?.parentElement?.textContent ?? "";
    const { one, other } = this.#messages.cleared;
    const count = new RegExp(other.replace("{count}", "(\\d+)")).exec(words)?.[1];
    return words.includes(one) ? 1 : Number(count ?? 0);
  }

  get #messages() {
    return this.page.need("messages.js").messages;
  }

  /** @returns {boolean} whether it knows nothing yet of what is stored */
  get isBlind() {
    return this.#world.storage.repliesTo(this.page) <= this.#replies;
  }

  /** @returns {boolean} whether what is stored has been read, and no more is asked for */
  get hasRead() {
    const { storage } = this.#world;
    const words = this.part?.querySelector("[data-notice]")?.textContent ?? "";
    return this.isOpen && !this.isBlind && !storage.isAsked(this.page) && !words.includes(this.#messages.notice_unavailable);
  }

  /** @param {string} item @param {string} value @returns {HTMLInputElement} */
  input(item, value) {
    return /** @type {HTMLInputElement} */ (this.part?.querySelector(`input[name="${item}"][value="${value}"]`));
  }

  /** @param {string} action @param {string} [item] @returns {HTMLElement | null | undefined} */
  button(action, item) {
    const place = item ? this.part?.querySelector(`input[name="${item}"]`)?.closest("fieldset") : this.part;
    const button = /** @type {HTMLElement | null | undefined} */ (place?.querySelector(`[data-do="${action}"]`));
    return button?.closest("[hidden]") ? null : button;
  }

  /** @returns {HTMLOptionElement[]} the runs that can be turned to */
  get runs() {
    return [...(this.part?.querySelectorAll("[data-runs] select option") ?? [])].map((option) => /** @type {HTMLOptionElement} */ (option));
  }

  /** To the next run. */
  turn() {
    const select = /** @type {HTMLSelectElement} */ (this.part?.querySelector("[data-runs] select"));
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    this.visit += 1;
  }

  /** @returns {HTMLElement | null | undefined} the button for one more run */
  get adder() {
    return this.part?.querySelector("[data-runs] button");
  }

  add() {
    this.adder?.click();
    this.visit += 1;
  }

  /** @param {HTMLElement} target */
  press(target) {
    this.page.isTouched = true;
    target.dataset.touched = "";
    target.click();
  }

  /** @returns {boolean} whether it has asked storage for something, or will in a moment */
  get isAsking() {
    return this.#world.storage.isAsked(this.page) || this.page.clock.isDue(MOMENT);
  }

  /** @returns {boolean} whether storage or another tab has something for it, or a moment is to pass for it */
  get isAwaiting() {
    return this.#isReady() || this.page.clock.isDue(MOMENT);
  }

  /** One thing that storage or another tab has for it. @returns {boolean} whether there was one that could be had */
  step() {
    return this.#world.channels.step(this.page) || this.#world.storage.step(this.page);
  }

  /** @param {number} [time] in milliseconds */
  async pass(time = MOMENT) {
    for (let left = /** @type {number | null} */ (time); left !== null; ) {
      const passed = this.page.clock.step(left);
      left = passed === null ? null : left - passed;
      await this.rest();
    }
  }

  /** Storage and the other tabs do all that they are asked for, as long as there is more. */
  async work() {
    do {
      while (this.step()) await this.rest();
      await this.pass();
    } while (this.#isReady());
  }

  #isReady() {
    // Another page may hold storage up: then there is nothing to be had.
    return this.#world.channels.hasMessage(this.page) || this.#world.storage.isReady(this.page);
  }

  async rest() {
    await drain();
    this.#world.storage.rest();
  }
}
