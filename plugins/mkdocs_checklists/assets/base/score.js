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
  /** @type {Pick<Key, "as" | "range" | "decimals" | "combine" | "from_zero" | "open_zero" | "enough" | "units">} */
  const rules = { as: "percent", range: [0, 100], decimals: 0, combine: "items", enough: 70, ...json.score };
  const [points, weights, shares = 1] = json.score?.units ?? [1, 1];
  const bands = json.bands ?? [];
  const places = new Map(bands.map((band, place) => [band.id, place]));
  const scales = new Map(Object.entries(json.scales ?? {}));
  const sections = json.sections.map((section) => ({
    weight: 1,
    ...section,
    items: section.items.map((item) => readItem(item, scales, places, json.unknown ?? true, shares)),
  }));
  const items = sections.flatMap((section) => section.items);
  return {
    was: [],
    revision: 1,
    ...json,
    ...rules,
    unit: points * weights,
    shares,
    bands,
    caps: (json.caps ?? []).map((cap) => {
      const [place, section] = [places.get(cap.band), sections.find(({ id }) => id === cap.section)];
      if (place === undefined || !section) throw new TypeError(cap.section);
      return { ...cap, place, items: section.items };
    }),
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
 * @param {ReadonlyMap<string, number>} places band id -> its place from the bottom
 * @param {boolean} unknown whether "unknown" is an answer
 * @param {number} whole the share of an item in a dimension that it counts in wholly
 * @returns {Item}
 */
function readItem(json, scales, places, unknown, whole) {
  const options = json.options ?? scales.get(json.scale ?? "") ?? [];
  const caps = new Map(Object.entries(json.caps ?? {}).map(([id, band]) => [id, places.get(band)]));
  if (!options.length || !options.every((option) => Number.isInteger(option[1])) || [...caps.values()].includes(undefined)) {
    // Its scale, a band that it caps at, or its points.
    throw new TypeError(json.id);
  }
  const points = new Map(options.map(([id, earned]) => [id, earned]));
  const least = Math.min(...points.values());
  const { na, dimension = {} } = json;
  return {
    weight: 1,
    effort: Infinity,
    ...json,
    best: Math.max(...points.values()),
    least,
    lowest: /** @type {OptionJson} */ (options.find((option) => option[1] === least))[0],
    points,
    values: meaningsOf(options, na, unknown),
    caps: /** @type {Map<string, number>} */ (caps),
    retired: new Set(json.retired),
    ids: [json.id, ...(json.was ?? [])],
    shares: new Map(typeof dimension === "string" ? [[dimension, whole]] : Object.entries(dimension)),
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
  const needed = neededOf(key, whole);
  const missing = missingItems(key, choices, needed);
  const part = partOf(key, whole, undefined, key.combine === "sections" ? meanOfSections(key, sections) : measureOf(key, whole));
  const parts = Object.fromEntries(key.sections.map(({ id, bands }, at) => [id, partOf(key, /** @type {Tally} */ (sections[at]), bands)]));
  const byScore = missing.length ? null : bandAt(key, key.bands, part.score);
  // What has no score is no number, and so is not below one.
  const low = key.caps.filter(({ section, below }) => (parts[section]?.score ?? NaN) < below / 10 ** key.decimals);
  const caps = key.items.map((item) => capOf(item, choices.get(item.id)?.value));
  const awarded = byScore === null ? null : Math.min(byScore, ...caps, ...low.map(({ place }) => place));
  const fine = { ...key, unit: key.unit * key.shares };
  const bandsOf = new Map(Object.entries(key.dimension_bands ?? {}));
  return {
    checklist: key.checklist,
    revision: key.revision,
    ...part,
    ends: endsOf(key),
    provisional: missing.length > 0,
    missing,
    needed,
    band: idAt(key.bands, awarded),
    band_by_score: idAt(key.bands, byScore),
    capped_by:
      awarded === byScore
        ? []
        : [
            ...idsOf(key.items.filter((_, at) => caps[at] === awarded)),
            ...[...new Set(low.flatMap(({ section, place }) => (place === awarded ? section : [])))].map((section) => ({ section })),
          ],
    sections: parts,
    dimensions: Object.fromEntries([...key.dimensions].map(([id, items]) => [id, partOf(fine, tally(key, items, choices), bandsOf.get(id))])),
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
function addEnds(sums, { weight, least, best }, mayBeZero) {
  sums.least += weight * (mayBeZero ? Math.min(0, least) : least);
  sums.possible += weight * (mayBeZero ? Math.max(0, best) : best);
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @returns {Fraction | null} from 0 to 1; null when the items could not have earned anything else
 */
function share(key, { earned, least, possible }) {
  const start = key.from_zero ? 0 : least;
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
 * @param {Key} key
 * @param {Tally} sums
 * @param {readonly BandKey[]} [bands] of the section or dimension itself
 * @param {Fraction | null} [exact] the score before rounding
 * @returns {PartResult} what is reported of a section, of a dimension, and of the whole
 */
function partOf(key, sums, bands, exact = measureOf(key, sums)) {
  const score = exact && Number(rounded(exact, key.decimals)) / 10 ** key.decimals;
  return {
    score,
    earned: sums.earned / key.unit,
    least: sums.least / key.unit,
    possible: sums.possible / key.unit,
    completeness: sums.applicable ? Math.floor((100 * sums.answered) / sums.applicable) : 100,
    ...(bands && { band: idAt(bands, neededOf(key, sums) ? null : bandAt(key, bands, score)) }),
  };
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
  const sums = { least: 0, possible: 0 };
  for (const item of items) addEnds(sums, item, item.na);
  return [sums.least / unit, sums.possible / unit];
}

/**
 * @param {Key} key
 * @param {Choices} choices
 * @param {number} needed how many more answers `enough` asks for
 * @returns {string[]} ids of the items that a verdict waits for: all that can cap it, and as many others as are needed, also in
 *   the sections that can cap it
 */
function missingItems(key, choices, needed) {
  const open = key.items.filter(({ id }) => !choices.has(id));
  const taken = new Set(open.filter(({ caps }) => caps.size));
  const take = (/** @type {readonly Item[]} */ items, /** @type {number} */ count) => {
    // Those that are waited for anyhow count first. The sort is stable, so the others stay in reading order.
    const unanswered = items.filter(({ id }) => !choices.has(id)).sort((a, b) => Number(taken.has(b)) - Number(taken.has(a)));
    for (const item of unanswered.slice(0, count)) taken.add(item);
  };
  for (const { items } of key.caps) take(items, neededOf(key, tally(key, items, choices)));
  take(open, needed);
  return idsOf(open.filter((item) => taken.has(item)));
}

/**
 * @param {Key} key
 * @param {readonly BandKey[]} bands of the whole or of a part
 * @param {number | null} score that the reader sees: the band must never contradict it
 * @returns {number | null} index of the band; below every cut score, the lowest
 */
function bandAt({ decimals }, bands, score) {
  // Both are the nearest number to what has so many decimals.
  return score === null ? score : Math.max(0, bands.filter(({ min }) => min / 10 ** decimals <= score).length - 1);
}

/** @param {readonly BandKey[]} bands @param {number | null} place @returns {string | null} */
function idAt(bands, place) {
  return bands[place ?? -1]?.id ?? null;
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
