/**
 * The shortest way up: which answers to improve to reach the next band. Twin of `way_up.py`; the two are held together by
 * `tests/vectors/way_up` and a differential property test. Loaded on demand.
 *
 * @import {Answer, Choices, Item, Key, Step} from "../types"
 */
import { capOf, definiteAnswers, pointsOf, resolveAnswers } from "../base/answers.js";
import { score, tally } from "../base/score.js";

/**
 * @param {Key} key
 * @param {ReadonlyMap<string, string>} answers
 * @param {readonly string[]} [hidden] items that a condition hides, and goes on hiding
 * @returns {Step[] | null} those that hold the band down first, then the largest gains; null without a band, at the top, and
 *   where no improvement of these answers is enough
 */
export function findWayUp(key, answers, hidden = []) {
  const { choices } = resolveAnswers(key, answers, hidden);
  const given = new Map([...choices].map(([id, { value }]) => [id, value]));
  const now = placeOf(key, given, hidden);
  if (now < 0 || now === key.bands.length - 1) return null;
  const goal = now + 1;
  /** @type {Step[]} */
  const held = [];
  /** @type {{step: Step, gain: bigint, per: bigint, effort: number}[]} */
  const others = [];
  for (const section of key.sections) {
    // What a step adds to the score, in a unit that is the same for all steps of one checklist.
    const [times, per] = key.combine === "sections" ? [BigInt(section.weight), BigInt(spanOf(key, section.items, choices))] : [1n, 1n];
    for (const item of section.items) {
      const value = given.get(item.id);
      const points = pointsOf(item, value);
      if (points === undefined) continue;
      const option = findBestOpen(item, goal);
      const isHeld = capOf(item, value) < goal;
      if (option === undefined && isHeld) return null;
      if (option === undefined) continue;
      const step = { item: item.id, option };
      const gain = times * BigInt(item.weight * ((pointsOf(item, option) ?? 0) - points));
      if (isHeld) held.push(step);
      else if (gain > 0n) others.push({ step, gain, per, effort: item.effort });
    }
  }
  // The sort is stable, so ties stay in reading order.
  others.sort((a, b) => Number(b.gain * a.per - a.gain * b.per) || (a.effort === b.effort ? 0 : a.effort - b.effort));
  const steps = [...held, ...others.map(({ step }) => step)];
  // From the held ones on, each further step can only add to the score: the first that is enough is found by halving.
  let [low, high] = [held.length, steps.length + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(key, withSteps(given, steps.slice(0, middle)), hidden) >= goal) high = middle;
    else low = middle + 1;
  }
  return low > steps.length ? null : steps.slice(0, low);
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
 * @param {Key} key
 * @param {ReadonlyMap<string, string>} answers
 * @param {readonly string[]} hidden
 * @returns {number} place of the awarded band from the bottom; -1 without one
 */
function placeOf(key, answers, hidden) {
  const { band } = score(key, answers, hidden);
  return key.bands.findIndex(({ id }) => id === band);
}

/**
 * @param {Item} item
 * @param {number} goal
 * @returns {Answer | undefined} the one with the most points that leaves the band open, the first of equals
 */
function findBestOpen(item, goal) {
  let best;
  let most = -Infinity;
  for (const answer of definiteAnswers(item)) {
    const points = pointsOf(item, answer) ?? 0;
    if (capOf(item, answer) >= goal && points > most) [best, most] = [answer, points];
  }
  return best;
}

/**
 * @param {Key} key
 * @param {readonly Item[]} items
 * @param {Choices} choices
 * @returns {number} what lies between both ends of their share
 */
function spanOf(key, items, choices) {
  const { least, possible } = tally(key, items, choices);
  return possible - (key.from_zero ? 0 : least);
}
