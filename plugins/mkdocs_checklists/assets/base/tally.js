/**
 * Sums of points over some items, and the number that stands for them. Twin of `scoring/tally.py` and `scoring/rounding.py`.
 *
 * Points and weights are integers, in the units of the key, small enough for exact sums in a Number (a check sees to it); only
 * shares become BigInt fractions, rounded once, at the end.
 *
 * @import {Choices, Fraction, Item, Key, Tally} from "../types"
 */
import { applies, pointsOf } from "./answers.js";

/**
 * Sums over the answered items of a group; those that do not apply leave both sides of every sum. Where open items count, they
 * earn nothing, which is not always among what an answer can earn; not in an untouched checklist, which has no score.
 *
 * @param {Key} key
 * @param {readonly Item[]} items
 * @param {Choices} choices
 * @returns {Tally}
 */
export function tally(key, items, choices) {
  const sums = { earned: 0, least: 0, possible: 0, answered: 0, applicable: 0 };
  const countsOpen = key.open_zero && key.items.some((item) => pointsOf(item, choices.get(item.id)?.value) !== undefined);
  for (const item of items) {
    const value = choices.get(item.id)?.value;
    if (!applies(value)) continue;
    sums.applicable += 1;
    const points = pointsOf(item, value);
    if (points !== undefined) {
      sums.answered += 1;
      sums.earned += item.weight * points;
      addEnds(sums, item);
    } else if (countsOpen) addEnds(sums, item, true);
  }
  return sums;
}

/**
 * @param {Pick<Tally, "least" | "possible">} sums
 * @param {Item} item
 * @param {boolean} [mayBeZero] whether it may earn nothing, too
 */
export function addEnds(sums, { weight, least, most }, mayBeZero) {
  sums.least += weight * (mayBeZero ? Math.min(0, least) : least);
  sums.possible += weight * (mayBeZero ? Math.max(0, most) : most);
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @returns {Fraction | null} from 0 to 1; null when the items could not have earned anything else
 */
function share(key, sums) {
  const width = widthOf(key, sums);
  return width > 0 ? [BigInt(sums.earned - sums.possible + width), BigInt(width)] : null;
}

/** @param {Key} key @param {Tally} sums @returns {number} what is between both ends of the share */
export function widthOf(key, { least, possible }) {
  return possible - (key.from_zero ? 0 : least);
}

/**
 * @param {Key} key
 * @param {Fraction | null} part a share
 * @returns {Fraction | null} its place in the reported range
 */
function inRange({ range: [bottom, top] }, part) {
  return part && [BigInt(bottom) * part[1] + part[0] * BigInt(top - bottom), part[1]];
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @returns {Fraction | null} the score before rounding
 */
export function measureOf(key, sums) {
  const part = share(key, sums);
  if (key.as === "points") return part && [BigInt(sums.earned), BigInt(key.unit)];
  return inRange(key, part);
}

/**
 * @param {Key} key
 * @param {readonly Tally[]} tallies one a section
 * @returns {Fraction | null} the weighted mean of the shares there are, placed in the range
 */
export function meanOfSections(key, tallies) {
  let [top, bottom, weights] = [0n, 1n, 0n];
  key.sections.forEach((section, at) => {
    const part = share(key, /** @type {Tally} */ (tallies[at]));
    if (!part) return;
    const weight = BigInt(section.weight);
    top = top * part[1] + weight * part[0] * bottom;
    bottom *= part[1];
    weights += weight;
  });
  return weights ? inRange(key, [top, bottom * weights]) : null;
}

/**
 * @param {Fraction} exact
 * @param {number} decimals
 * @returns {bigint} the value x 10^decimals, rounded half up (towards plus infinity)
 */
export function rounded([top, bottom], decimals) {
  const doubled = 2n * top * 10n ** BigInt(decimals) + bottom;
  const quotient = doubled / (2n * bottom);
  // BigInt division cuts towards zero; a negative remainder shows that it should have gone down.
  return doubled % (2n * bottom) < 0n ? quotient - 1n : quotient;
}

/**
 * @param {Fraction} exact
 * @param {readonly number[]} ends of the scale, in parts
 * @param {number} decimals
 * @param {number} [parts] how many parts one is
 * @returns {bigint} as `rounded`; but what is short of the upper end is at most one below it, and what is above the lower end at
 *   least one above that, where there is room
 */
export function asShown(exact, ends, decimals, parts = 1) {
  const near = rounded(exact, decimals);
  const per = BigInt(parts);
  const [[low, above], [high, past]] = /** @type {[Fraction, Fraction]} */ (
    ends.map((end) => [rounded([BigInt(end), per], decimals), exact[0] * per - BigInt(end) * exact[1]])
  );
  if (high - low < 2n) return near;
  return near >= high && past < 0n ? near - 1n : near <= low && above > 0n ? near + 1n : near;
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @returns {[ends: readonly number[], parts: number]} the numbers for empty and full, in parts of one
 */
export function emptyAndFull({ as, range, unit }, { least, possible }) {
  return as === "points" ? [[least, possible], unit] : [range, 1];
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @param {Fraction} exact the score before rounding
 * @returns {bigint} as readers see it, x 10^decimals
 */
export function shownOf(key, sums, exact) {
  const [ends, parts] = emptyAndFull(key, sums);
  return asShown(exact, ends, key.decimals, parts);
}
