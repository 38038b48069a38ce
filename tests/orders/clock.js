/** A double of timers: no time passes but what a test lets pass. */

const FRAME = 16;

export class Clock {
  #now = 0;
  #last = 0;
  /** @type {Map<number, {at: number, work: () => void}>} */
  #timers = new Map();

  setTimeout = (/** @type {(...all: any[]) => void} */ work, delay = 0, /** @type {any[]} */ ...all) => {
    this.#last += 1;
    this.#timers.set(this.#last, { at: this.#now + Math.max(1, delay), work: () => work(...all) });
    return this.#last;
  };

  clearTimeout = (/** @type {number | undefined} */ id) => {
    if (id !== undefined) this.#timers.delete(id);
  };

  requestAnimationFrame = (/** @type {(now: number) => void} */ work) => this.setTimeout(() => work(this.#now), FRAME);

  /**
   * Lets time pass until the next timer, if one is due within so many milliseconds.
   *
   * @param {number} limit
   * @returns {number | null} how many went by; null where all of them did, with no timer in them
   */
  step(limit) {
    const [id, timer] = [...this.#timers].reduce((first, one) => (one[1].at < first[1].at ? one : first), [0, { at: Infinity, work() {} }]);
    const passed = timer.at - this.#now;
    if (passed > limit) {
      this.#now += limit;
      return null;
    }
    this.#timers.delete(id);
    this.#now = timer.at;
    timer.work();
    return passed;
  }

  /** @param {number} limit @returns whether a timer is due within so many milliseconds */
  isDue(limit) {
    return [...this.#timers.values()].some(({ at }) => at <= this.#now + limit);
  }

  clear() {
    this.#timers.clear();
  }
}
