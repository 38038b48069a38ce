/** What all tabs share: the time of day, storage, messages. */
import { Channels } from "./channels.js";
import { Storage } from "./storage.js";

const NOON = Date.parse("2026-11-30T12:00:00Z");

export class World {
  storage = new Storage();
  channels = new Channels();
  address = "https://site.example/kb/";
  #now = NOON;

  date = dateOf(() => this.#now);

  /** So that no two things happen at the same time. */
  tick() {
    this.#now += 1000;
  }
}

/** @param {() => number} now */
function dateOf(now) {
  return class extends Date {
    /** @param {any[]} all */
    constructor(...all) {
      // @ts-expect-error: as many as the real one takes.
      super(...(all.length ? all : [now()]));
    }

    /** @override */
    static now() {
      return now();
    }
  };
}

// More than any chain of promises in the product is long. A task of its own would take ten times as long.
const HOPS = 60;

/** Until all that was promised has happened: everything but what a test hands out. */
export async function drain() {
  for (let hop = 0; hop < HOPS; hop += 1) await null;
}
