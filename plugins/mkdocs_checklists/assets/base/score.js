/**
 * The rules of scoring: a key and answers in, a result out. Twin of `scoring/score.py`, function by function; the two are
 * held together by `tests/vectors/scoring` and by a differential property test.
 *
 * Nothing here knows the page, the clock or storage. Points and weights are integers small enough for exact sums in a
 * Number (500 items x 1000 x 1000 is far below 2^53); only shares become BigInt fractions, rounded once, at the end.
 */

/** @import {Answer, Choices, Fraction, Item, ItemJson, Key, KeyJson, Named, OptionJson, PartResult, Result, Tally} from "../types" */
import { applies, capOf, chooses, countsAs, isUnknown, meaningsOf, pointsOf, resolveAnswers, stateOf } from "./answers.js";

/**
 * Prepares a key. Throws a TypeError when it does not hold together, because a score from a broken key would be wrong
 * without looking wrong.
 *
 * @param {KeyJson} json
 * @returns {Key}
 */
export function readKey(json) {
  /** @type {Pick<Key, "as" | "range" | "decimals" | "combine" | "enough" | "better">} */
  const rules = { as: "percent", range: [0, 100], decimals: 0, combine: "items", enough: 70, ...json.score };
  const { bands: ascending = [] } = json;
  const bands = rules.better === "lower" ? ascending.toReversed() : ascending;
  const places = new Map(bands.map((band, place) => [band.id, place]));
  const scales = new Map(Object.entries(json.scales ?? {}));
  const sections = json.sections.map((section) => ({
    weight: 1,
    ...section,
    items: section.items.map((item) => readItem(item, scales, places, json)),
  }));
  const items = sections.flatMap((section) => section.items);
  return {
    revision: 1,
    was: [],
    ...json,
    ...rules,
    bands,
    sections,
    items,
    dimensions: groupByDimension(items),
    owners: findOwners([...items, ...(json.rules?.inputs ?? []).map(({ id, was = [] }) => ({ id, ids: [id, ...was] }))]),
    retired: new Set(json.retired),
  };
}

/**
 * @param {ItemJson} json
 * @param {ReadonlyMap<string, OptionJson[]>} scales
 * @param {ReadonlyMap<string, number>} places band id -> its place from the worst
 * @param {KeyJson} key
 * @returns {Item}
 */
function readItem(json, scales, places, { unknown = true, score }) {
  const options = json.options ?? scales.get(json.scale ?? "") ?? [];
  const caps = new Map(Object.entries(json.caps ?? {}).map(([id, band]) => [id, places.get(band)]));
  if (!options.length || !options.every((option) => Number.isInteger(option[1])) || [...caps.values()].includes(undefined)) {
    // Its scale, a band that it caps at, or its points.
    throw TypeError(json.id);
  }
  const points = new Map(options.map(([id, earned]) => [id, earned]));
  const [least, most] = [Math.min(...points.values()), Math.max(...points.values())];
  const [worst, best] = score?.better === "lower" ? [most, least] : [least, most];
  return {
    weight: 1,
    effort: Infinity,
    ...json,
    best,
    least,
    most,
    weakest: /** @type {OptionJson} */ (options.find((option) => option[1] === worst))[0],
    points,
    values: meaningsOf(options, json.na, unknown),
    caps: /** @type {Map<string, number>} */ (caps),
    retired: new Set(json.retired),
    ids: [json.id, ...(json.was ?? [])],
  };
}

/**
 * @param {readonly Item[]} items
 * @returns {Map<string, Item[]>}
 */
function groupByDimension(items) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    if (item.dimension !== undefined) groups.set(item.dimension, [...(groups.get(item.dimension) ?? []), item]);
  }
  return groups;
}

/**
 * An id that two items lay claim to belongs to the one that bears it today, else to the first in reading order.
 *
 * @template {Named} T
 * @param {readonly T[]} items
 * @returns {Map<string, T>}
 */
function findOwners(items) {
  const owners = new Map(items.map((item) => [item.id, item]));
  for (const item of items) {
    for (const id of item.ids) if (!owners.has(id)) owners.set(id, item);
  }
  return owners;
}

/**
 * Scores answers against a key. Answers that the key does not know are listed
 * in `ignored`, because stored answers outlive revisions. Items that are hidden by a condition do not apply.
 *
 * @param {Key} key
 * @param {ReadonlyMap<string, Answer>} answers
 * @param {Iterable<string>} [hidden] ids of items
 * @returns {Result}
 */
export function score(key, answers, hidden = []) {
  const { choices, ignored } = resolveAnswers(key, answers, hidden);
  const whole = tally(key.items, choices);
  const sections = key.sections.map((section) => tally(section.items, choices));
  const exact = key.combine === "sections" ? meanOfSections(key, sections) : measureOf(key, whole);
  const needed = Math.max(0, Math.ceil((key.enough * whole.applicable) / 100) - whole.answered);
  const missing = missingItems(key, choices, needed);
  const part = partOf(key, whole, exact);
  const byScore = part.score === null || missing.length ? null : bandAt(key, part.score);
  const awarded = byScore === null ? null : Math.min(byScore, ...key.items.map((item) => capOf(item, choices.get(item.id)?.value)));
  return {
    checklist: key.checklist,
    revision: key.revision,
    ...part,
    ends: endsOf(key),
    provisional: missing.length > 0,
    missing,
    needed,
    band: key.bands[awarded ?? -1]?.id ?? null,
    band_by_score: key.bands[byScore ?? -1]?.id ?? null,
    capped_by: awarded === byScore ? [] : idsOf(key.items.filter((item) => capOf(item, choices.get(item.id)?.value) === awarded)),
    sections: Object.fromEntries(key.sections.map((section, at) => [section.id, partOf(key, /** @type {Tally} */ (sections[at]))])),
    dimensions: Object.fromEntries([...key.dimensions].map(([id, items]) => [id, partOf(key, tally(items, choices))])),
    recommendations: recommendations(key, choices, sections),
    find_out: idsOf(key.items.filter((item) => isUnknown(choices.get(item.id)?.value))),
    states: Object.fromEntries(key.items.map((item) => [item.id, stateOf(choices.get(item.id)?.value)])),
    ignored,
  };
}

/**
 * Sums over the answered items of a group; those that do not apply leave both sides of every sum.
 *
 * @param {readonly Item[]} items
 * @param {Choices} choices
 * @returns {Tally}
 */
export function tally(items, choices) {
  const sums = { earned: 0, least: 0, possible: 0, answered: 0, applicable: 0 };
  for (const item of items) {
    const value = choices.get(item.id)?.value;
    if (!applies(value)) continue;
    sums.applicable += 1;
    const points = pointsOf(item, value);
    if (points === undefined) continue;
    sums.answered += 1;
    sums.earned += item.weight * points;
    sums.least += item.weight * item.least;
    sums.possible += item.weight * item.most;
  }
  return sums;
}

/**
 * @param {Tally} sums
 * @returns {Fraction | null} from 0 to 1; null when the answered items could not have earned anything else
 */
function share({ earned, least, possible }) {
  return possible === least ? null : [BigInt(earned - least), BigInt(possible - least)];
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
  const part = share(sums);
  if (key.as === "points") return part && [BigInt(sums.earned), 1n];
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
    const part = share(/** @type {Tally} */ (tallies[at]));
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
 * @param {readonly [number, number]} ends of the scale
 * @param {number} decimals
 * @returns {bigint} as `rounded`; but what is short of the upper end is at most one below it, and what is above the lower end at
 *   least one above that, where there is room
 */
export function asShown(exact, ends, decimals) {
  const near = rounded(exact, decimals);
  const past = exact[0] * 10n ** BigInt(decimals) - near * exact[1];
  const [low, high] = /** @type {[number, number]} */ (ends.map((end) => end * 10 ** decimals));
  if (high - low < 2) return near;
  return near >= high && past < 0n ? near - 1n : near <= low && past > 0n ? near + 1n : near;
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @returns {readonly [number, number]} the numbers for empty and full
 */
export function emptyAndFull({ as, range }, { least, possible }) {
  return as === "points" ? [least, possible] : range;
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @param {Fraction | null} [exact] the score before rounding
 * @returns {PartResult} what is reported of a section, of a dimension, and of the whole
 */
function partOf(key, sums, exact = measureOf(key, sums)) {
  return {
    score: exact && Number(asShown(exact, emptyAndFull(key, sums), key.decimals)) / 10 ** key.decimals,
    earned: sums.earned,
    least: sums.least,
    possible: sums.possible,
    completeness: sums.applicable ? Math.floor((100 * sums.answered) / sums.applicable) : 100,
  };
}

/**
 * @param {Key} key
 * @returns {[number, number]} the least and the most of the scale, whatever is answered; what does not apply earns nothing
 */
function endsOf({ as, range, items }) {
  if (as === "percent") return [...range];
  let [low, high] = [0, 0];
  for (const { weight, least, most, na } of items) {
    low += weight * Math.min(na ? 0 : least, least);
    high += weight * Math.max(na ? 0 : most, most);
  }
  return [low, high];
}

/**
 * @param {Key} key
 * @param {Choices} choices
 * @param {number} needed how many more answers `enough` asks for
 * @returns {string[]} ids of the items that a verdict waits for: all that can cap it, and as many others as are needed
 */
function missingItems({ items }, choices, needed) {
  const open = items.filter(({ id }) => !choices.has(id));
  let others = needed - open.filter(({ caps }) => caps.size).length;
  return idsOf(open.filter(({ caps }) => caps.size || (others -= 1) >= 0));
}

/**
 * @param {Key} key
 * @param {number} score that the reader sees: the band must never contradict it
 * @returns {number} index of the band; below every cut score, that of the lowest
 */
function bandAt({ bands, better, decimals }, score) {
  // Both are the nearest number to what has so many decimals.
  const place = Math.max(0, bands.filter((band) => band.min / 10 ** decimals <= score).length - 1);
  return better === "lower" ? bands.length - 1 - place : place;
}

/** @param {readonly {id: string}[]} items */
function idsOf(items) {
  return items.map(({ id }) => id);
}

/**
 * What to do something about, what comes first at the front: as `scoring/advice.py`, which says in which order.
 *
 * @param {Key} key
 * @param {Choices} choices
 * @param {readonly Tally[]} tallies one a section
 */
function recommendations({ sections, bands, better, combine }, choices, tallies) {
  const top = bands.length - 1;
  const isMeasured = better === "neither";
  const found = sections.flatMap(({ weight, items }, at) => {
    const sums = /** @type {Tally} */ (tallies[at]);
    const [times, per] = combine === "sections" ? [weight, sums.possible - sums.least || 1] : [1, 1];
    return items.flatMap((item) => {
      const answer = choices.get(item.id)?.value;
      const isMeant = (/** @type {string} */ option) => chooses(countsAs(item, answer), option);
      const earned = pointsOf(item, answer);
      // What does not apply earns no points and needs no advice.
      if (earned === undefined || item.given || item.advice?.some(isMeant) === false) return [];
      const cap = Math.min(top, capOf(item, answer));
      const lost = isMeasured ? 0 : item.weight * Math.abs(item.best - earned);
      if (cap === top && !lost && (!isMeasured || isUnknown(answer))) return [];
      // Urgent or not is before all else; within a cap, what has no effort is behind what has one.
      const [late, minutes] = item.effort < Infinity ? [0, item.effort] : [0.5, 1];
      return [{ item, rank: cap + late - (item.urgent?.some(isMeant) ? 1e6 : 0), gain: BigInt(lost * times), per: BigInt(per * minutes) }];
    });
  });
  // The sort is stable, so ties stay in reading order.
  return inOrder(found.sort((a, b) => a.rank - b.rank || Number(b.gain * a.per - a.gain * b.per)).map(({ item }) => item));
}

/**
 * @param {readonly Item[]} items
 * @returns {string[]} their ids in this order, but what another one waits for is put right in front of that
 */
export function inOrder(items) {
  /** @type {string[]} */
  const ordered = [];
  const left = new Set(items);
  const place = (/** @type {Item} */ item) => {
    if (!left.delete(item)) return;
    if (item.after) for (const other of items) if (item.after.includes(other.id)) place(other);
    ordered.push(item.id);
  };
  items.forEach(place);
  return ordered;
}
