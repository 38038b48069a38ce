/**
 * One page in one tab, with modules of its own. It asks for nothing that the test does not hand out: storage, messages, time and
 * modules that are loaded on demand.
 *
 * @import {World} from "./world.js"
 */
import { Clock } from "./clock.js";

export class Page {
  isDead = false;
  /** Whether the reader has clicked or typed anywhere on it. */
  isTouched = false;
  /** How often it asked to be loaded anew. */
  reloads = 0;
  clock = new Clock();
  events = new EventTarget();
  /** On their way: modules that were asked for. @type {{name: string, come: () => void, fail: () => void}[]} */
  awaited = [];
  /** @type {Map<string, Record<string, any>>} */
  #modules = new Map();
  /** Modules that have come once, or come at once. @type {(name: string) => boolean} */
  #isHere;
  #environment;
  #product;

  /**
   * @param {World} world
   * @param {any} frame the window in which its document is
   * @param {Map<string, string>} session what the tab remembers
   * @param {(name: string) => boolean} isHere whether a module comes as soon as it is asked for
   */
  constructor(world, frame, session, isHere) {
    this.#product = frame.product;
    this.#isHere = isHere;
    const { clock, events } = this;
    const page = this;
    this.#environment = {
      $need: (/** @type {string} */ name) => this.need(name),
      $arrive: (/** @type {string} */ name) => this.#arrive(name),
      BroadcastChannel: world.channels.for(this),
      Date: world.date,
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
      setTimeout: clock.setTimeout,
      clearTimeout: clock.clearTimeout,
      requestAnimationFrame: clock.requestAnimationFrame,
      cancelAnimationFrame: clock.clearTimeout,
      customElements: { get: () => undefined, define: (/** @type {string} */ _, /** @type {any} */ element) => (this.element = element) },
      indexedDB: world.storage.for(this),
      location: {
        href: `${world.address}page/`,
        hash: "",
        reload() {
          page.reloads += 1;
        },
      },
      navigator: {
        userActivation: {
          get hasBeenActive() {
            return page.isTouched;
          },
        },
      },
      sessionStorage: {
        getItem: (/** @type {string} */ name) => session.get(name) ?? null,
        setItem: (/** @type {string} */ name, /** @type {string} */ value) => session.set(name, value),
      },
    };
  }

  /** What `define.js` registers, once it has run. @type {any} */
  element = null;

  /** @param {string} name @returns what the module exports */
  need(name) {
    let module = this.#modules.get(name);
    if (!module) {
      const $meta = { url: `https://site.example/kb/assets/checklists/0123456789ab/${name}` };
      module = /** @type {Record<string, any>} */ (this.#product[name]({ ...this.#environment, $meta }));
      this.#modules.set(name, module);
    }
    return module;
  }

  /** @param {string} name */
  #arrive(name) {
    if (this.#modules.has(name) || this.#isHere(name)) return Promise.resolve().then(() => this.need(name));
    return new Promise((resolve, reject) => {
      const fail = () => reject(new TypeError(`Failed to fetch dynamically imported module: ${name}`));
      this.awaited.push({ name, come: () => resolve(this.need(name)), fail });
    });
  }

  /** All that is awaited comes, or fails. @param {"come" | "fail"} how */
  arrive(how) {
    for (const module of this.awaited.splice(0)) module[how]();
  }

  die() {
    this.isDead = true;
    this.clock.clear();
    this.awaited = [];
  }
}
