/**
 * The ways up: which answers to improve to reach the next band, the fewest of them, and those that take the least time. Twin of
 * `way_up.py`; the two are held together by `tests/vectors/way_up` and a differential property test. Loaded on demand.
 *
 * @import {Answer, Choices, Fraction, Item, Key, Step, Tally} from "../types"
 */
import { capOf, chooses, countsAs, pointsOf, resolveAnswers } from "../base/answers.js";
import { inOrder, score } from "../base/score.js";
import { bestOf } from "../base/several.js";
import { emptyAndFull, measureOf, rounded, tally, widthOf } from "../base/tally.js";
import { cheapest } from "./least-cost.js";

/** Up to so many answers that can be improved or left, all ways are compared. */
const MOST_EXACT = 20;

/**
 * One answer that can be improved, `place` in reading order. `gain` is what it adds to the score in the unit of `unitsOf`, `points`
 * what it adds in weighted points, both in the good direction.
 *
 * @typedef {{item: Item, option: Answer, place: number, gain: bigint, points: bigint, isHeld: boolean, isUrgent: boolean}} Move
 */

/** What is missing to the next band: of the score, or of a section, whose `items` there are. @typedef {{total: bigint, items?: readonly Item[]}} Need */

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
  const units = unitsOf(key, choices);
  const moves = findMoves(key, given, goal, units, withFacts);
  if (!moves) return NOWHERE;
  const byId = new Map(moves.map((move) => [move.item.id, move]));
  const before = (/** @type {Move} */ { item }) => (item.after ?? []).flatMap((id) => byId.get(id) ?? []);
  const forced = withAllBefore(moves.filter(({ isHeld }) => isHeld), before);
  const free = moves.filter((move) => !forced.has(move));
  const needs = needsOf(key, choices, units, goal).map((need) => ({ ...need, total: need.total - sumOf([...forced], need) }));
  if (!isMet(needs, free)) return NOWHERE;
  /** @type {string[]} */
  const greedy = [];
  const find = (/** @type {string} */ name, /** @type {Rank} */ rank, /** @type {(move: Move) => (number | bigint)[]} */ cost) => {
    /** @type {Move[]} */
    let chosen;
    if (free.length > MOST_EXACT) {
      chosen = stepByStep([...free].sort(rank), free, before, needs);
      if (name === "way_up_time" || needs.length > 1 || free.some((move) => before(move).length)) greedy.push(name);
    } else {
      const places = new Map(free.map((move, place) => [move, place]));
      const things = free.map((move) => ({
        gains: needs.map((need) => gainOf(move, need)),
        cost: cost(move),
        after: before(move).flatMap((other) => places.get(other) ?? []),
      }));
      chosen = cheapest(
        things,
        needs.map(({ total }) => total),
      ).flatMap((place) => free[place] ?? []);
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
 * @param {Choices} choices
 * @returns {Units}
 */
function unitsOf(key, choices) {
  const one = key.sections.map(() => 1n);
  const whole = tally(key, key.items, choices);
  const [low, high] = key.range;
  const size = BigInt(high - low);
  const place = (/** @type {bigint} */ counted, /** @type {bigint} */ per) => /** @type {Fraction} */ ([BigInt(low) * per + size * counted, per]);
  const above = (/** @type {Tally} */ sums) => BigInt(sums.earned - sums.possible + widthOf(key, sums));
  if (key.as === "points") return { times: one, exact: [BigInt(whole.earned), BigInt(key.unit)], per: BigInt(key.unit) };
  if (key.combine === "items") {
    const per = BigInt(widthOf(key, whole));
    return { times: one.map(() => size), exact: place(above(whole), per), per };
  }
  // A section without a share counts for nothing.
  const parts = key.sections.map(({ weight, items }) => {
    const sums = tally(key, items, choices);
    const width = Math.max(0, widthOf(key, sums));
    return { weight: width ? BigInt(weight) : 0n, width: BigInt(width || 1), above: above(sums) };
  });
  const all = parts.reduce((product, { width }) => product * width, 1n);
  const shares = parts.map(({ weight, width }) => (weight * all) / width);
  const per = parts.reduce((sum, { weight }) => sum + weight, 0n) * all;
  const counted = parts.reduce((sum, part, at) => sum + (shares[at] ?? 0n) * part.above, 0n);
  return { times: shares.map((share) => share * size), exact: place(counted, per), per };
}

/**
 * @param {Key} key
 * @param {Choices} choices
 * @param {Units} units
 * @param {number} goal a band above the worst
 * @returns {Need[]} that of the score, twice the decimal unit finer than `Units` counts, then those of sections, in weighted points
 */
function needsOf(key, choices, { exact: [top, per] }, goal) {
  const isLower = key.better === "lower";
  const sign = isLower ? -1n : 1n;
  const [[bound, parts], isAbove] = firstShown(key, tally(key, key.items, choices), key.bands[isLower ? goal - 1 : goal]?.min ?? 0);
  const fine = 2n * 10n ** BigInt(key.decimals);
  const missing = sign * ((bound * per * fine) / parts - top * fine);
  /** @type {Need[]} */
  const needs = [{ total: missing + (isAbove === isLower ? 0n : 1n) }];
  for (const { items, below, place } of key.caps) {
    const sums = tally(key, items, choices);
    const exact = measureOf(key, sums);
    if (place >= goal || !exact) continue;
    const [[bound, parts], isAbove] = firstShown(key, sums, below + Number(isLower));
    const [low, high] = key.range;
    const [times, size] = key.as === "points" ? [key.unit, 1] : [widthOf(key, sums), high - low];
    const missing = sign * (bound * exact[1] - exact[0] * parts) * BigInt(times);
    const unit = parts * exact[1] * BigInt(size);
    const floor = missing / unit - (missing % unit < 0n ? 1n : 0n);
    const isWhole = missing % unit === 0n;
    needs.push({ total: isWhole && isAbove === isLower ? floor : floor + 1n, items });
  }
  return needs;
}

/**
 * As `first_shown` of `rounding.py`.
 *
 * @param {Key} key
 * @param {Tally} sums
 * @param {number} cut
 * @returns {[bound: Fraction, isAbove: boolean]} from where on at least this is shown, and whether only what is above it is
 */
function firstShown(key, sums, cut) {
  const [ends, parts] = emptyAndFull(key, sums);
  const [empty, full] = /** @type {[Fraction, Fraction]} */ (ends.map((end) => [BigInt(end), BigInt(parts)]));
  const [low, high] = [rounded(empty, key.decimals), rounded(full, key.decimals)];
  const hasRoom = high - low >= 2n;
  if (hasRoom && BigInt(cut) === high) return [full, false];
  if (hasRoom && BigInt(cut) === low + 1n) return [empty, true];
  return [[2n * BigInt(cut) - 1n, 2n * 10n ** BigInt(key.decimals)], false];
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
  const holding = new Set(key.caps.filter(({ place }) => place < goal).map(({ section }) => section));
  for (const [at, section] of key.sections.entries()) {
    for (const item of section.items) {
      const answer = given.get(item.id);
      const points = pointsOf(item, answer);
      if (points === undefined) continue;
      const isHeld = capOf(item, answer) < goal;
      const option = item.given && !withFacts ? undefined : findBestOpen(key, item, goal);
      if (option === undefined && isHeld) return null;
      if (option === undefined) continue;
      const rise = BigInt(item.weight * ((pointsOf(item, option) ?? 0) - points) * (key.better === "lower" ? -1 : 1));
      const gain = (times[at] ?? 0n) * rise * fine;
      const isUrgent = Boolean(item.urgent?.some((urgent) => chooses(countsAs(item, answer), urgent)));
      // A section that counts nothing in the score may hold the band down for all that.
      const isUseful = rise > 0n && (gain > 0n || holding.has(section.id));
      if (isHeld || isUseful) moves.push({ item, option, place: moves.length, gain, points: rise, isHeld, isUrgent });
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

/** @param {Move} move @param {Need} need */
function gainOf({ gain, points, item }, { items }) {
  return !items ? gain : items.includes(item) ? points : 0n;
}

/** @param {Move[]} moves @param {Need} need */
function sumOf(moves, need) {
  return moves.reduce((sum, move) => sum + gainOf(move, need), 0n);
}

/** @param {Need[]} needs @param {Move[]} moves */
function isMet(needs, moves) {
  return needs.every((need) => sumOf(moves, need) >= need.total);
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
 * @param {Need[]} needs
 * @returns {Move[]} what comes first until it is enough, each with all that has to be mended before it; then without what is not
 *   needed
 */
function stepByStep(ranked, free, before, needs) {
  /** @type {Set<Move>} */
  const taken = new Set();
  const isFree = new Set(free);
  for (const move of ranked) {
    const open = needs.filter((need) => sumOf([...taken], need) < need.total);
    if (!open.length) break;
    if (!open.some((need) => gainOf(move, need) > 0n)) continue;
    for (const one of [...withAllBefore([move], before)].sort((a, b) => a.place - b.place)) if (isFree.has(one)) taken.add(one);
  }
  for (const move of [...taken].reverse()) {
    const rest = [...taken].filter((other) => other !== move);
    if (isMet(needs, rest) && !rest.some((other) => before(other).includes(move))) taken.delete(move);
  }
  return [...taken];
}
