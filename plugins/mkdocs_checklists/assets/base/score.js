/**
 * The rules of scoring: a key and answers in, a result out. Twin of `scoring/score.py`, function by function; the two are
 * held together by `tests/vectors/scoring` and by a differential property test.
 *
 * Nothing here knows the page, the clock or storage. Points and weights are integers, in the units of the key, small enough for
 * exact sums in a Number (a check sees to it); only shares become BigInt fractions, rounded once, at the end.
 */

/** @import {Answer, BandKey, Choices, Fraction, Item, ItemJson, Key, KeyJson, Named, OptionJson, PartResult, Result, Tally} from "../types" */
import { applies, capOf, isUnknown, meaningsOf, pointsOf, resolveAnswers, stateOf } from "./answers.js";

/**
 * Prepares a key. Throws a TypeError when it does not hold together, because a score from a broken key would be wrong
 * without looking wrong.
 *
 * @param {KeyJson} json
 * @returns {Key}
 */
export function readKey(json) {
  const { as = "percent", range = [0, 100], decimals = 0, combine = "items", from = "least", open = "left-out", enough = 70, units: [points, weights, shares = 1] = [1, 1] } = json.score ?? {};
  const bands = json.bands ?? [];
  const places = new Map(bands.map((band, place) => [band.id, place]));
  const scales = new Map(Object.entries(json.scales ?? {}));
  const sections = json.sections.map(({ id, weight = 1, bands: own, items }) => ({
    id,
    weight,
    bands: own,
    items: items.map((item) => readItem(item, scales, places, json.unknown ?? true, shares)),
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
    unit: points * weights,
    shares,
    bands,
    caps: (json.caps ?? []).map((cap) => ({ ...cap, place: places.get(cap.band) ?? -1, at: sections.findIndex(({ id }) => id === cap.section) })),
    sections,
    items,
    dimensions: groupByDimension(items),
    dimensionBands: new Map(Object.entries(json.dimension_bands ?? {})),
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
 * @param {number} whole the share of an item in a dimension that it counts in wholly
 * @returns {Item}
 */
function readItem(json, scales, places, unknown, whole) {
  const options = json.options ?? scales.get(json.scale ?? "") ?? [];
  const caps = new Map(Object.entries(json.caps ?? {}).map(([id, band]) => [id, places.get(band)]));
  if (!options.length || !options.every((option) => Number.isInteger(option[1])) || [...caps.values()].includes(undefined)) {
    throw new TypeError(`item "${json.id}": no such scale or band, or points that are no number`);
  }
  const points = new Map(options.map(([id, earned]) => [id, earned]));
  const least = Math.min(...points.values());
  const { na = false, dimension = {} } = json;
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
    shares: new Map(typeof dimension === "string" ? [[dimension, whole]] : Object.entries(dimension)),
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
    for (const [id, share] of item.shares) groups.set(id, [...(groups.get(id) ?? []), { ...item, weight: item.weight * share }]);
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
  const needed = neededOf(key, whole);
  const missing = missingItems(key, choices, sections, needed);
  const byScore = exact && !missing.length ? bandAt(key.bands, rounded(exact, key.decimals)) : null;
  const low = key.caps.filter(({ at, below }) => {
    const own = valueOf(key, /** @type {Tally} */ (sections[at]));
    return own && rounded(own, key.decimals) < below;
  });
  const caps = key.items.map((item) => capOf(item, choices.get(item.id)?.value));
  const awarded = byScore === null ? null : Math.min(byScore, ...caps, ...low.map(({ place }) => place));
  const fine = { ...key, unit: key.unit * key.shares };
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
    capped_by:
      awarded === byScore
        ? []
        : [
            ...idsOf(key.items.filter((_, at) => caps[at] === awarded)),
            ...[...new Set(low.flatMap(({ section, place }) => (place === awarded ? section : [])))].map((section) => ({ section })),
          ],
    sections: Object.fromEntries(key.sections.map(({ id, bands }, at) => [id, withBand(key, /** @type {Tally} */ (sections[at]), bands)])),
    dimensions: Object.fromEntries([...key.dimensions].map(([id, items]) => [id, withBand(fine, tally(key, items, choices), key.dimensionBands.get(id))])),
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
 * @param {Tally} sums
 * @param {readonly BandKey[] | undefined} bands of the section or dimension itself
 * @returns {PartResult}
 */
function withBand(key, sums, bands) {
  const exact = valueOf(key, sums);
  const place = exact && !neededOf(key, sums) && bands ? bandAt(bands, rounded(exact, key.decimals)) : -1;
  return { ...partOf(key, sums, exact), ...(bands && { band: bands[place]?.id ?? null }) };
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @returns {number} how many more answers `enough` asks for
 */
function neededOf({ enough }, { applicable, answered }) {
  return Math.max(0, Math.ceil((enough * applicable) / 100) - answered);
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
 * @param {readonly Tally[]} tallies one a section
 * @param {number} needed how many more answers `enough` asks for
 * @returns {string[]} ids of the items that a verdict waits for: all that can cap it, and as many others as are needed, also in
 *   the sections that can cap it
 */
function missingItems(key, choices, tallies, needed) {
  const open = key.items.filter(({ id }) => !choices.has(id));
  const taken = new Set(open.filter(({ caps }) => caps.size));
  const take = (/** @type {readonly Item[]} */ items, /** @type {number} */ count) => {
    const left = items.filter(({ id }) => !choices.has(id));
    count -= left.filter((item) => taken.has(item)).length;
    for (const item of left) if (!taken.has(item) && count-- > 0) taken.add(item);
  };
  for (const { at } of key.caps) take(/** @type {Key["sections"][number]} */ (key.sections[at]).items, neededOf(key, /** @type {Tally} */ (tallies[at])));
  take(open, needed);
  return idsOf(open.filter((item) => taken.has(item)));
}

/**
 * @param {readonly BandKey[]} bands
 * @param {bigint} shown the number that the reader sees, x 10^decimals: the band must never contradict it
 * @returns {number} index of the band; below every cut score, the lowest
 */
function bandAt(bands, shown) {
  return Math.max(0, bands.filter(({ min }) => min <= shown).length - 1);
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
