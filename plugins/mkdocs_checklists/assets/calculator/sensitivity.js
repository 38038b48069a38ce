/**
 * Which input matters most: what a tenth more or less of each does to the main figure, and at which value of it the verdict
 * changes. Knows no page; does its work in small steps, because it takes thousands of evaluations.
 *
 * The value at which the verdict changes is sought on the grid of what may be typed: every value near the present one, then at
 * growing distances, then by halving between the last that keeps the verdict and the first that does not. So it is exact to the
 * last decimal; only a change back and forth between two far values that were tried may be missed.
 *
 * @import {Evaluate, Evaluation, Fraction, InputJson, Key} from "../types"
 */
import { compare, readDecimal, reduce, subtract, toDecimal } from "../rules/exact.js";

// All values this near are tried; farther off, so many for each doubling of the distance.
const NEAR = 64n;
const PER_DOUBLING = 4n;

/**
 * @typedef {object} Weight
 * @property {InputJson} input
 * @property {Fraction} value at present
 * @property {{value: Fraction, main: Fraction}[]} tenths with a tenth less, with a tenth more
 * @property {Fraction} effect the largest change of the main figure by a tenth
 * @property {{value: Fraction, verdict: string | null, distance: Fraction} | null} turn the nearest value with another verdict;
 *   the distance is relative to the present value
 */

/**
 * @param {Key} key
 * @param {Evaluate} evaluate
 * @param {ReadonlyMap<string, string>} answers
 * @param {string} main id of the figure that leads
 * @returns {Generator<number, Weight[]>} yields how many inputs are done, after each evaluation; the inputs whose turn is nearest
 *   come first, then those with the largest effect
 */
export function* weighInputs(key, evaluate, answers, main) {
  const present = evaluate(answers);
  const verdict = present.result.verdict ?? null;
  const figure = present.numbers.get(main) ?? null;
  /** @type {Weight[]} */
  const weights = [];
  let done = 0;
  for (const input of key.rules?.inputs ?? []) {
    const value = present.numbers.get(input.id);
    if (value) {
      const grid = new Grid(input, value, evaluate, answers);
      const tenths = figure ? yield* weighTenths(grid, main, done) : [];
      const turn = key.rules?.verdicts ? yield* findTurn(grid, verdict, done) : null;
      const changes = tenths.map((tenth) => magnitude(subtract(tenth.main, /** @type {Fraction} */ (figure))));
      const effect = changes.reduce((most, change) => (compare(change, most) > 0 ? change : most), /** @type {Fraction} */ ([0n, 1n]));
      weights.push({ input, value, tenths, effect, turn });
    }
    done += 1;
  }
  return weights.sort(
    (a, b) => (a.turn && b.turn ? compare(a.turn.distance, b.turn.distance) : Number(!a.turn) - Number(!b.turn)) || compare(b.effect, a.effect),
  );
}

/** The numbers that may be typed for one input, counted in steps of its last decimal. */
class Grid {
  /** @type {bigint} */
  at;
  /** @type {bigint} */
  low;
  /** @type {bigint} */
  high;
  #input;
  #scale;
  #evaluate;
  #answers;

  /**
   * @param {InputJson} input
   * @param {Fraction} value
   * @param {Evaluate} evaluate
   * @param {ReadonlyMap<string, string>} answers
   */
  constructor(input, value, evaluate, answers) {
    this.#input = input;
    this.#scale = 10n ** BigInt(input.decimals);
    this.#evaluate = evaluate;
    this.#answers = answers;
    const [low, high] = [readDecimal(input.min) ?? value, readDecimal(input.max) ?? value];
    this.at = (value[0] * this.#scale) / value[1];
    // Towards the inside, where a limit has more decimals than may be typed.
    this.low = -floor(-low[0] * this.#scale, low[1]);
    this.high = floor(high[0] * this.#scale, high[1]);
  }

  /** @param {bigint} step @returns {Fraction} */
  value(step) {
    return reduce(step, this.#scale);
  }

  /** @param {bigint} step @returns {Evaluation} */
  evaluate(step) {
    const digits = toDecimal(this.value(step), this.#input.decimals);
    return this.#evaluate(new Map([...this.#answers, [this.#input.id, digits]]));
  }
}

/**
 * @param {Grid} grid
 * @param {string} main
 * @param {number} done
 * @returns {Generator<number, {value: Fraction, main: Fraction}[]>} none for zero, whose tenth is nothing
 */
function* weighTenths(grid, main, done) {
  const size = grid.at < 0n ? -grid.at : grid.at;
  const tenth = floor(2n * size + 10n, 20n) || 1n;
  const found = [];
  for (const step of size ? [grid.at - tenth, grid.at + tenth] : []) {
    if (step < grid.low || step > grid.high) continue;
    const figure = grid.evaluate(step).numbers.get(main);
    if (figure) found.push({ value: grid.value(step), main: figure });
    yield done;
  }
  return found;
}

/**
 * @param {Grid} grid
 * @param {string | null} verdict at present
 * @param {number} done
 * @returns {Generator<number, Weight["turn"]>}
 */
function* findTurn(grid, verdict, done) {
  /** @type {{step: bigint, off: bigint} | null} */
  let nearest = null;
  for (const side of [-1n, 1n]) {
    const room = side < 0n ? grid.at - grid.low : grid.high - grid.at;
    // Whatever is farther than what was found on the other side is of no interest.
    /** @type {bigint} */
    const limit = nearest && nearest.off - 1n < room ? nearest.off - 1n : room;
    let same = 0n;
    for (const off of distances(limit)) {
      const isSame = isVerdict(grid, grid.at + side * off, verdict);
      yield done;
      if (isSame) {
        same = off;
        continue;
      }
      /** @type {bigint} */
      let other = off;
      while (other - same > 1n) {
        const middle = (same + other) / 2n;
        if (isVerdict(grid, grid.at + side * middle, verdict)) same = middle;
        else other = middle;
        yield done;
      }
      nearest = { step: grid.at + side * other, off: other };
      break;
    }
  }
  if (!nearest) return null;
  const size = grid.at < 0n ? -grid.at : grid.at;
  const found = grid.evaluate(nearest.step).result.verdict ?? null;
  return { value: grid.value(nearest.step), verdict: found, distance: reduce(nearest.off, size || 1n) };
}

/** @param {Grid} grid @param {bigint} step @param {string | null} verdict */
function isVerdict(grid, step, verdict) {
  return (grid.evaluate(step).result.verdict ?? null) === verdict;
}

/** @param {bigint} limit @returns {Generator<bigint>} growing distances, the limit last */
function* distances(limit) {
  let off = 0n;
  while (off < limit) {
    off += off < NEAR ? 1n : off / PER_DOUBLING;
    yield off < limit ? off : limit;
  }
}

/** @param {bigint} top @param {bigint} bottom above zero */
function floor(top, bottom) {
  const quotient = top / bottom;
  return top % bottom < 0n ? quotient - 1n : quotient;
}

/** @param {Fraction} value @returns {Fraction} */
function magnitude([top, bottom]) {
  return [top < 0n ? -top : top, bottom];
}
