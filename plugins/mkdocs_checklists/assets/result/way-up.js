/**
 * The ways up: which answers to improve to reach the next band, the fewest of them, and those that take the least time. Twin of
 * `way_up.py`; the two are held together by `tests/vectors/way_up` and a differential property test. Loaded on demand.
 *
 * @import {Answer, Fraction, Item, Key, Step} from "../types"
 */
import { capOf, chooses, countsAs, pointsOf, resolveAnswers } from "../base/answers.js";
import { emptyAndFull, inOrder, score } from "../base/score.js";
import { bestOf } from "../base/several.js";
import { cheapest } from "./least-cost.js";

/** Up to so many answers that can be improved or left, all ways are compared. */
const MOST_EXACT = 20;

/**
 * One answer that can be improved, `place` in reading order. `gain` is what it adds to the score, in the good direction and in the
 * unit of `unitsOf`.
 *
 * @typedef {{item: Item, option: Answer, place: number, gain: bigint, isHeld: boolean, isUrgent: boolean}} Move
 */

/** `greedy` names the ways that were found step by step: there may be a better one. @typedef {{fewest: Step[] | null, quickest: Step[] | null, greedy: string[]}} WaysUp */

/** @type {WaysUp} */
const NOWHERE = { fewest: null, quickest: null, greedy: [] };

/**
 * @param {Key} key
 * @param {ReadonlyMap<string, string>} answers
 * @param {readonly string[]} [hidden] items that a condition hides, and goes on hiding
 * @param {boolean} [withFacts] whether facts could be mended as well, which only says what they hold down
 * @returns {WaysUp} null without a band, at the best, and where no improvement of these answers is enough
 */
export function findWaysUp(key, answers, hidden = [], withFacts = false) {
  const { choices } = resolveAnswers(key, answers, hidden);
  const given = new Map([...choices].map(([id, { value }]) => [id, value]));
  const result = score(key, given, hidden);
  const goal = key.bands.findIndex(({ id }) => id === result.band) + 1;
  if (!goal || goal === key.bands.length || key.better === "neither") return NOWHERE;
  const units = unitsOf(key, given);
  const moves = findMoves(key, given, goal, units, withFacts);
  if (!moves) return NOWHERE;
  const byId = new Map(moves.map((move) => [move.item.id, move]));
  const before = (/** @type {Move} */ { item }) => (item.after ?? []).flatMap((id) => byId.get(id) ?? []);
  const forced = withAllBefore(moves.filter(({ isHeld }) => isHeld), before);
  const free = moves.filter((move) => !forced.has(move));
  const need = needOf(key, units, goal, result) - sumOf([...forced]);
  if (sumOf(free) < need) return NOWHERE;
  /** @type {string[]} */
  const greedy = [];
  const find = (/** @type {string} */ name, /** @type {Rank} */ rank, /** @type {(move: Move) => (number | bigint)[]} */ cost) => {
    /** @type {Move[]} */
    let chosen;
    if (free.length > MOST_EXACT) {
      chosen = stepByStep([...free].sort(rank), free, before, need);
      if (name === "way_up_time" || free.some((move) => before(move).length)) greedy.push(name);
    } else {
      const places = new Map(free.map((move, place) => [move, place]));
      const things = free.map((move) => ({ gain: move.gain, cost: cost(move), after: before(move).flatMap((other) => places.get(other) ?? []) }));
      chosen = cheapest(things, need).flatMap((place) => free[place] ?? []);
    }
    const taken = [...forced, ...chosen].sort(rank);
    const ordered = inOrder(taken.map(({ item }) => item));
    return ordered.map((id) => ({ item: id, option: /** @type {Move} */ (byId.get(id)).option }));
  };
  return { fewest: find("way_up", byGain, countFirst), quickest: find("way_up_time", byTime, timeFirst), greedy };
}

/**
 * @param {ReadonlyMap<string, string>} answers
 * @param {readonly Step[]} steps
 * @returns {Map<string, string>} the answers as if the steps had been taken
 */
export function withSteps(answers, steps) {
  return new Map([...answers, ...steps.map(({ item, option }) => /** @type {const} */ ([item, option]))]);
}

/**
 * In which whole numbers gains are counted: `times` for a weighted point of each section, and the score is `low + counted / per`.
 *
 * @typedef {{times: bigint[], exact: Fraction, per: bigint}} Units
 */

/**
 * @param {Key} key
 * @param {ReadonlyMap<string, Answer>} given
 * @returns {Units}
 */
function unitsOf(key, given) {
  const sums = key.sections.map(({ items }) => {
    const found = items.flatMap((item) => {
      const points = pointsOf(item, given.get(item.id));
      return points === undefined ? [] : [[item.weight * (points - item.least), item.weight * (item.most - item.least), item.weight * points]];
    });
    return [0, 1, 2].map((part) => BigInt(found.reduce((sum, row) => sum + (row[part] ?? 0), 0)));
  });
  const total = (/** @type {number} */ part) => sums.reduce((sum, row) => sum + (row[part] ?? 0n), 0n);
  const one = key.sections.map(() => 1n);
  if (key.as === "points") return { times: one, exact: [total(2), 1n], per: 1n };
  const [low, high] = key.range;
  const size = BigInt(high - low);
  const place = (/** @type {bigint} */ counted, /** @type {bigint} */ per) => /** @type {Fraction} */ ([BigInt(low) * per + size * counted, per]);
  if (key.combine === "items") return { times: one.map(() => size), exact: place(total(0), total(1)), per: total(1) };
  const spans = sums.map(([, span]) => span || 1n);
  const all = spans.reduce((product, span) => product * span, 1n);
  const shares = key.sections.map(({ weight }, at) => (BigInt(weight) * all) / /** @type {bigint} */ (spans[at]));
  const weights = key.sections.reduce((sum, { weight }, at) => sum + (sums[at]?.[1] ? BigInt(weight) : 0n), 0n);
  const counted = shares.reduce((sum, share, at) => sum + share * (sums[at]?.[0] ?? 0n), 0n);
  return { times: shares.map((share) => share * size), exact: place(counted, weights * all), per: weights * all };
}

/**
 * @param {Key} key
 * @param {Units} units
 * @param {number} goal a band above the worst
 * @param {import("../types").Result} result
 * @returns {bigint} what is missing to it, twice the decimal unit finer than `Units` counts
 */
function needOf(key, { exact: [top, per] }, goal, result) {
  const isLower = key.better === "lower";
  const cut = key.bands[isLower ? goal - 1 : goal]?.min ?? 0;
  const unit = 10 ** key.decimals;
  const [low, high] = emptyAndFull(key, /** @type {any} */ (result)).map((end) => end * unit);
  const hasRoom = (high ?? 0) - (low ?? 0) >= 2;
  // From where on at least the cut score is shown, in halves of the last decimal, and whether only what is above it is.
  const isAbove = hasRoom && cut === (low ?? 0) + 1;
  const bound = hasRoom && cut === high ? 2 * cut : isAbove ? 2 * (cut - 1) : 2 * cut - 1;
  const missing = BigInt(bound) * per - 2n * BigInt(unit) * top;
  const isStrict = isAbove !== isLower;
  return (isLower ? -missing : missing) + (isStrict ? 1n : 0n);
}

/**
 * @param {Key} key
 * @param {ReadonlyMap<string, Answer>} given
 * @param {number} goal
 * @param {Units} units
 * @param {boolean} withFacts
 * @returns {Move[] | null} all answers that can be improved; null where one that holds the band down can't
 */
function findMoves(key, given, goal, { times }, withFacts) {
  /** @type {Move[]} */
  const moves = [];
  const fine = 2n * 10n ** BigInt(key.decimals);
  for (const [at, section] of key.sections.entries()) {
    for (const item of section.items) {
      const answer = given.get(item.id);
      const points = pointsOf(item, answer);
      if (points === undefined) continue;
      const isHeld = capOf(item, answer) < goal;
      const option = item.given && !withFacts ? undefined : findBestOpen(key, item, goal);
      if (option === undefined && isHeld) return null;
      if (option === undefined) continue;
      const rise = item.weight * ((pointsOf(item, option) ?? 0) - points) * (key.better === "lower" ? -1 : 1);
      const gain = (times[at] ?? 0n) * BigInt(rise) * fine;
      const isUrgent = Boolean(item.urgent?.some((urgent) => chooses(countsAs(item, answer), urgent)));
      if (isHeld || gain > 0n) moves.push({ item, option, place: moves.length, gain, isHeld, isUrgent });
    }
  }
  return moves;
}

/**
 * @param {Key} key
 * @param {Item} item
 * @param {number} goal
 * @returns {Answer | undefined} the best that leaves the band open, the first of equals
 */
function findBestOpen(key, item, goal) {
  const open = [...item.points].filter(([option]) => capOf(item, option) >= goal);
  return bestOf(open, item.many, key.better === "lower" ? -1 : 1) || undefined;
}

/**
 * @param {Move[]} moves
 * @param {(move: Move) => Move[]} before
 * @returns {Set<Move>} these, and all that has to be mended before them
 */
function withAllBefore(moves, before) {
  /** @type {Set<Move>} */
  const found = new Set();
  const queue = [...moves];
  for (let move = queue.pop(); move; move = queue.pop()) {
    if (found.has(move)) continue;
    found.add(move);
    queue.push(...before(move));
  }
  return found;
}

/** @param {Move[]} moves */
function sumOf(moves) {
  return moves.reduce((sum, { gain }) => sum + gain, 0n);
}

/** @typedef {(one: Move, other: Move) => number} Rank */

/** @type {Rank} */
function byGain(one, other) {
  return byKind(one, other) || Number(other.gain - one.gain) || compare(one.item.effort, other.item.effort) || one.place - other.place;
}

/** @type {Rank} */
function byTime(one, other) {
  const [a, b] = [minutesOf(one) || 1, minutesOf(other) || 1];
  const rises = Number(other.gain * BigInt(a) - one.gain * BigInt(b));
  return byKind(one, other) || lackOf(one) - lackOf(other) || rises || one.place - other.place;
}

/** @type {Rank} */
function byKind(one, other) {
  return Number(other.isUrgent) - Number(one.isUrgent) || Number(other.isHeld) - Number(one.isHeld);
}

/** @param {number} one @param {number} other either may be infinite */
function compare(one, other) {
  return one === other ? 0 : one - other;
}

/** @param {Move} move @returns {(number | bigint)[]} */
function countFirst(move) {
  return [1, -move.gain, lackOf(move), minutesOf(move)];
}

/** @param {Move} move @returns {number[]} */
function timeFirst(move) {
  return [lackOf(move), minutesOf(move), 1];
}

/** @param {Move} move @returns {number} 1 where nobody has said what it takes */
function lackOf({ item }) {
  return item.effort < Infinity ? 0 : 1;
}

/** @param {Move} move */
function minutesOf({ item }) {
  return item.effort < Infinity ? item.effort : 0;
}

/**
 * @param {Move[]} ranked
 * @param {Move[]} free
 * @param {(move: Move) => Move[]} before
 * @param {bigint} need
 * @returns {Move[]} what comes first until it is enough, each with all that has to be mended before it; then without what is not
 *   needed
 */
function stepByStep(ranked, free, before, need) {
  /** @type {Set<Move>} */
  const taken = new Set();
  const isFree = new Set(free);
  let total = 0n;
  for (const move of ranked) {
    if (total >= need) break;
    for (const one of [...withAllBefore([move], before)].sort((a, b) => a.place - b.place)) {
      if (!isFree.has(one) || taken.has(one)) continue;
      taken.add(one);
      total += one.gain;
    }
  }
  for (const move of [...taken].reverse()) {
    const isNeeded = total - move.gain < need || [...taken].some((other) => other !== move && before(other).includes(move));
    if (isNeeded) continue;
    taken.delete(move);
    total -= move.gain;
  }
  return [...taken];
}
