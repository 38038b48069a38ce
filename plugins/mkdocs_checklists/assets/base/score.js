/**
 * The rules of scoring: a key and answers in, a result out. Twin of `scoring/score.py`, function by function; the two are
 * held together by `tests/vectors/scoring` and by a differential property test.
 *
 * Nothing here knows the page, the clock or storage.
 */

/** @import {Answer, BandKey, Choices, Fraction, Item, ItemJson, Key, KeyJson, Named, OptionJson, PartResult, Result, Tally} from "../types" */
import { capOf, chooses, countsAs, isUnknown, meaningsOf, pointsOf, resolveAnswers, stateOf } from "./answers.js";
import { addEnds, meanOfSections, measureOf, shownOf, tally, widthOf } from "./tally.js";

/**
 * Prepares a key. Throws a TypeError when it does not hold together, because a score from a broken key would be wrong
 * without looking wrong.
 *
 * @param {KeyJson} json
 * @returns {Key}
 */
export function readKey(json) {
  /** @type {Pick<Key, "as" | "range" | "decimals" | "combine" | "from_zero" | "open_zero" | "enough" | "better" | "units">} */
  const rules = { as: "percent", range: [0, 100], decimals: 0, combine: "items", enough: 70, ...json.score };
  const [points, weights, shares = 1] = rules.units ?? [1, 1];
  const fromWorst = (/** @type {readonly BandKey[]} */ ascending) => (rules.better === "lower" ? ascending.toReversed() : ascending);
  const bands = fromWorst(json.bands ?? []);
  const places = new Map(bands.map((band, place) => [band.id, place]));
  const scales = new Map(Object.entries(json.scales ?? {}));
  const sections = json.sections.map((section) => ({
    weight: 1,
    ...section,
    bands: section.bands && fromWorst(section.bands),
    items: section.items.map((item) => readItem(item, scales, places, json, shares)),
  }));
  const items = sections.flatMap((section) => section.items);
  return {
    revision: 1,
    was: [],
    ...json,
    ...rules,
    unit: points * weights,
    shares,
    bands,
    caps: (json.caps ?? []).map((cap) => {
      const place = places.get(cap.band);
      if (place === undefined) throw TypeError(cap.band);
      // Of a section that is not there, this throws one, too.
      return { ...cap, place, items: /** @type {{items: Item[]}} */ (sections.find(({ id }) => id === cap.section)).items };
    }),
    sections,
    items,
    dimensions: groupByDimension(items),
    dimension_bands: new Map(Object.entries(json.dimension_bands ?? {}).map(([id, ascending]) => [id, fromWorst(ascending)])),
    owners: findOwners([...items, ...(json.rules?.inputs ?? []).map(({ id, was = [] }) => ({ id, ids: [id, ...was] }))]),
    retired: new Set(json.retired),
  };
}

/**
 * @param {ItemJson} json
 * @param {ReadonlyMap<string, OptionJson[]>} scales
 * @param {ReadonlyMap<string, number>} places band id -> its place from the worst
 * @param {KeyJson} key
 * @param {number} whole the share of an item in a dimension that it counts in wholly
 * @returns {Item}
 */
function readItem(json, scales, places, { unknown = true, score }, whole) {
  const options = json.options ?? scales.get(json.scale ?? "") ?? [];
  const caps = new Map(Object.entries(json.caps ?? {}).map(([id, band]) => [id, places.get(band)]));
  if (!options.length || !options.every((option) => Number.isInteger(option[1])) || [...caps.values()].includes(undefined)) {
    // Its scale, a band that it caps at, or its points.
    throw TypeError(json.id);
  }
  const points = new Map(options.map(([id, earned]) => [id, earned]));
  const [least, most] = [Math.min(...points.values()), Math.max(...points.values())];
  const [worst, best] = score?.better === "lower" ? [most, least] : [least, most];
  const { dimension = {} } = json;
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
    for (const [id, share] of item.shares) {
      // Built on the item itself, so that what is made ready of it later is there too.
      const counted = Object.create(item, { weight: { value: item.weight * share } });
      groups.set(id, [...(groups.get(id) ?? []), counted]);
    }
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
  const sign = key.better === "lower" ? -1 : 1;
  // What has no score is no number, and so is not worse than one.
  const weak = key.caps.filter(({ section, below }) => sign * (parts[section]?.score ?? NaN) < (sign * below) / 10 ** key.decimals);
  const caps = key.items.map((item) => capOf(item, choices.get(item.id)?.value));
  const awarded = byScore === null ? null : Math.min(byScore, ...caps, ...weak.map(({ place }) => place));
  const held = awarded === byScore ? null : awarded;
  const fine = { ...key, unit: key.unit * key.shares };
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
    capped_by: [
      ...idsOf(key.items.filter((_, at) => caps[at] === held)),
      ...[...new Set(weak.flatMap(({ section, place }) => (place === held ? section : [])))].map((section) => ({ section })),
    ],
    sections: parts,
    dimensions: Object.fromEntries([...key.dimensions].map(([id, items]) => [id, partOf(fine, tally(key, items, choices), key.dimension_bands.get(id))])),
    recommendations: recommendations(key, choices, sections),
    find_out: idsOf(key.items.filter((item) => isUnknown(choices.get(item.id)?.value))),
    states: Object.fromEntries(key.items.map((item) => [item.id, stateOf(choices.get(item.id)?.value)])),
    ignored,
  };
}

/**
 * @param {Key} key
 * @param {Tally} sums
 * @param {readonly BandKey[]} [bands] of the section or dimension itself
 * @param {Fraction | null} [exact] the score before rounding
 * @returns {PartResult} what is reported of a section, of a dimension, and of the whole
 */
export function partOf(key, sums, bands, exact = measureOf(key, sums)) {
  const score = exact && Number(shownOf(key, sums, exact)) / 10 ** key.decimals;
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
 * @returns {number | null} index of the band; below every cut score, that of the lowest
 */
function bandAt({ better, decimals }, bands, score) {
  if (score === null) return score;
  // Both are the nearest number to what has so many decimals.
  const place = Math.max(0, bands.filter(({ min }) => min / 10 ** decimals <= score).length - 1);
  return better === "lower" ? bands.length - 1 - place : place;
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
 * What to do something about, what comes first at the front: as `scoring/advice.py`, which says in which order.
 *
 * @param {Key} key
 * @param {Choices} choices
 * @param {readonly Tally[]} tallies one a section
 */
function recommendations(key, choices, tallies) {
  const { sections, bands, better, combine } = key;
  const top = bands.length - 1;
  const isMeasured = better === "neither";
  const found = sections.flatMap(({ weight, items }, at) => {
    const sums = /** @type {Tally} */ (tallies[at]);
    const width = widthOf(key, sums);
    const [times, per] = combine === "items" ? [1, 1] : width > 0 ? [weight, width] : [0, 1];
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
