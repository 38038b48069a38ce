/**
 * The rules of scoring: a key and answers in, a result out. Twin of `scoring/score.py`, function by function; the two are
 * held together by `tests/vectors/scoring` and by a differential property test.
 *
 * Nothing here knows the page, the clock or storage. Points and weights are integers, in the units of the key, small enough for
 * exact sums in a Number (a check sees to it); only shares become BigInt fractions, rounded once, at the end.
 */

/** @import {Answer, Choices, Fraction, Item, ItemJson, Key, KeyJson, Named, OptionJson, PartResult, Result, Tally} from "../types" */
import { applies, capOf, isUnknown, meaningsOf, pointsOf, resolveAnswers, stateOf } from "./answers.js";

/**
 * Prepares a key. Throws a TypeError when it does not hold together, because a score from a broken key would be wrong
 * without looking wrong.
 *
 * @param {KeyJson} json
 * @returns {Key}
 */
export function readKey(json) {
  const { as = "percent", range = [0, 100], decimals = 0, combine = "items", from = "least", open = "left-out", enough = 70, units = [1, 1] } = json.score ?? {};
  const bands = json.bands ?? [];
  const places = new Map(bands.map((band, place) => [band.id, place]));
  const scales = new Map(Object.entries(json.scales ?? {}));
  const sections = json.sections.map(({ id, weight = 1, items }) => ({
    id,
    weight,
    items: items.map((item) => readItem(item, scales, places, json.unknown ?? true)),
  }));
  const items = sections.flatMap((section) => section.items);
  const { rules } = json;
  return {
    checklist: json.checklist,
    revision: json.revision ?? 1,
    was: json.was ?? [],
    as,
    range,
    decimals,
    combine,
    from,
    open,
    enough,
    unit: units[0] * units[1],
    bands,
    sections,
    items,
    dimensions: groupByDimension(items),
    owners: findOwners([...items, ...(rules?.inputs ?? []).map(({ id, was = [] }) => ({ id, ids: [id, ...was] }))]),
    retired: new Set(json.retired),
    rules,
  };
}

/**
 * @param {ItemJson} json
 * @param {ReadonlyMap<string, OptionJson[]>} scales
 * @param {ReadonlyMap<string, number>} places band id -> its place from the bottom
 * @param {boolean} unknown whether "unknown" is an answer
 * @returns {Item}
 */
function readItem(json, scales, places, unknown) {
  const options = json.options ?? scales.get(json.scale ?? "") ?? [];
  const caps = new Map(Object.entries(json.caps ?? {}).map(([id, band]) => [id, places.get(band)]));
  if (!options.length || !options.every((option) => Number.isInteger(option[1])) || [...caps.values()].includes(undefined)) {
    throw new TypeError(`item "${json.id}": no such scale or band, or points that are no number`);
  }
  const points = new Map(options.map(([id, earned]) => [id, earned]));
  const least = Math.min(...points.values());
  const na = json.na ?? false;
  return {
    id: json.id,
    weight: json.weight ?? 1,
    best: Math.max(...points.values()),
    least,
    lowest: /** @type {OptionJson} */ (options.find((option) => option[1] === least))[0],
    points,
    na,
    values: meaningsOf(options, na, unknown),
    caps: /** @type {Map<string, number>} */ (caps),
    retired: new Set(json.retired),
    ids: [json.id, ...(json.was ?? [])],
    dimension: json.dimension,
    effort: json.effort ?? Infinity,
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
  const whole = tally(key, key.items, choices);
  const sections = key.sections.map((section) => tally(key, section.items, choices));
  const exact = key.combine === "sections" ? meanOfSections(key, sections) : valueOf(key, whole);
  const needed = Math.max(0, Math.ceil((key.enough * whole.applicable) / 100) - whole.answered);
  const missing = missingItems(key, choices, needed);
  const byScore = exact && !missing.length ? bandAt(key, rounded(exact, key.decimals)) : null;
  const awarded = byScore === null ? null : Math.min(byScore, ...key.items.map((item) => capOf(item, choices.get(item.id)?.value)));
  return {
    checklist: key.checklist,
    revision: key.revision,
    ...partOf(key, whole, exact),
    ends: endsOf(key),
    provisional: missing.length > 0,
    missing,
    needed,
    band: key.bands[awarded ?? -1]?.id ?? null,
    band_by_score: key.bands[byScore ?? -1]?.id ?? null,
    capped_by: awarded === byScore ? [] : idsOf(key.items.filter((item) => capOf(item, choices.get(item.id)?.value) === awarded)),
    sections: Object.fromEntries(key.sections.map((section, at) => [section.id, partOf(key, /** @type {Tally} */ (sections[at]))])),
    dimensions: Object.fromEntries([...key.dimensions].map(([id, items]) => [id, partOf(key, tally(key, items, choices))])),
    recommendations: recommendations(key, choices),
    find_out: idsOf(key.items.filter((item) => isUnknown(choices.get(item.id)?.value))),
    states: Object.fromEntries(key.items.map((item) => [item.id, stateOf(choices.get(item.id)?.value)])),
    ignored,
  };
}

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
  const countsOpen = key.open === "zero" && key.items.some((item) => pointsOf(item, choices.get(item.id)?.value) !== undefined);
  for (const item of items) {
    const value = choices.get(item.id)?.value;
    if (!applies(value)) continue;
    sums.applicable += 1;
    const { weight, least, best } = item;
    const points = pointsOf(item, value);
    if (points !== undefined) {
      sums.answered += 1;
      sums.earned += weight * points;
      sums.least += weight * least;
      sums.possible += weight * best;
    } else if (countsOpen) {
      sums.least += weight * Math.min(0, least);
      sums.possible += weight * Math.max(0, best);
    }
  }
  return sums;
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @returns {Fraction | null} from 0 to 1; null when the items could not have earned anything else
 */
function share({ from }, { earned, least, possible }) {
  const start = from === "zero" ? 0 : least;
  return possible > start ? [BigInt(earned - start), BigInt(possible - start)] : null;
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
function valueOf(key, sums) {
  const part = share(key, sums);
  if (key.as === "points") return part && [BigInt(sums.earned), BigInt(key.unit)];
  return inRange(key, part);
}

/**
 * @param {Key} key
 * @param {readonly Tally[]} tallies one a section
 * @returns {Fraction | null} the weighted mean of the shares there are, placed in the range
 */
function meanOfSections(key, tallies) {
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
 * @param {Key} key
 * @param {Tally} sums
 * @param {Fraction | null} [exact] the score before rounding
 * @returns {PartResult} what is reported of a section, of a dimension, and of the whole
 */
function partOf(key, sums, exact = valueOf(key, sums)) {
  return {
    score: exact && Number(rounded(exact, key.decimals)) / 10 ** key.decimals,
    earned: sums.earned / key.unit,
    least: sums.least / key.unit,
    possible: sums.possible / key.unit,
    completeness: sums.applicable ? Math.floor((100 * sums.answered) / sums.applicable) : 100,
  };
}

/**
 * @param {Key} key
 * @returns {[number, number]} the least and the most of the scale, whatever is answered; what does not apply earns nothing
 */
function endsOf({ as, range, items, unit }) {
  if (as === "percent") return [...range];
  let [low, high] = [0, 0];
  for (const { weight, least, best, na } of items) {
    const ways = na ? [least, best, 0] : [least, best];
    low += weight * Math.min(...ways);
    high += weight * Math.max(...ways);
  }
  return [low / unit, high / unit];
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
 * @param {bigint} shown the number that the reader sees, x 10^decimals: the band must never contradict it
 * @returns {number} index of the band; below every cut score, the lowest
 */
function bandAt(key, shown) {
  return Math.max(0, key.bands.filter((band) => band.min <= shown).length - 1);
}

/** @param {readonly {id: string}[]} items */
function idsOf(items) {
  return items.map(({ id }) => id);
}

/**
 * What to mend, most urgent first: answers that hold the band down, then points lost.
 *
 * @param {Key} key
 * @param {Choices} choices
 */
function recommendations(key, choices) {
  const top = key.bands.length - 1;
  const weak = key.items.flatMap((item) => {
    const answer = choices.get(item.id)?.value;
    const earned = pointsOf(item, answer);
    // What does not apply earns no points and needs no advice.
    if (earned === undefined) return [];
    const cap = Math.min(top, capOf(item, answer));
    const lost = cap < top ? 0 : item.weight * (item.best - earned);
    return cap < top || earned < item.best ? [{ id: item.id, cap, lost }] : [];
  });
  // The sort is stable, so ties stay in reading order.
  return idsOf(weak.sort((a, b) => a.cap - b.cap || b.lost - a.lost));
}
