/** Milliseconds at a stretch: half a frame, so that typing and scrolling stay smooth meanwhile. */
const SLICE = 8;

/**
 * Long work in slices, so that the page never waits for it.
 *
 * @template Progress
 * @template Outcome
 */
export class Slices {
  #onProgress;
  #onDone;
  /** What the work was last begun for. */
  #source = "";
  /** @type {Generator<Progress, Outcome> | null} */
  #work = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;

  /**
   * @param {(progress: Progress) => void} onProgress called after each slice but the last
   * @param {(outcome: Outcome) => void} onDone
   */
  constructor(onProgress, onDone) {
    this.#onProgress = onProgress;
    this.#onDone = onDone;
  }

  /**
   * Begins soon, unless the work for the same source is under way or done. What was under way for another source ends.
   *
   * @param {unknown} source what the outcome depends on, as data
   * @param {() => Generator<Progress, Outcome>} begin
   * @returns {boolean} whether it begins
   */
  start(source, begin) {
    const look = JSON.stringify(source);
    if (look === this.#source) return false;
    this.stop();
    this.#source = look;
    this.#work = begin();
    this.#goOnSoon();
    return true;
  }

  /** Ends what is under way. It begins anew with the next `start`. */
  stop() {
    clearTimeout(this.#next);
    if (this.#work) this.#source = "";
    this.#work = null;
  }

  #goOnSoon() {
    this.#next = setTimeout(() => this.#goOn());
  }

  #goOn() {
    const work = /** @type {Generator<Progress, Outcome>} */ (this.#work);
    const end = performance.now() + SLICE;
    let step = work.next();
    while (!step.done && performance.now() < end) step = work.next();
    if (!step.done) {
      this.#onProgress(step.value);
      return this.#goOnSoon();
    }
    this.#work = null;
    return this.#onDone(step.value);
  }
}
