/**
 * What expressions may ask of a score while not all is known that is shown. Twin of `reported_score`, `reported_band` and
 * `scored_items` in `scoring/score.py`.
 *
 * @import {Choices, Fraction, Item, Key} from "../types"
 */
import { reduce } from "./exact.js";
import { partOf } from "../base/score.js";
import { meanOfSections, measureOf, shownOf, tally } from "../base/tally.js";

/**
 * @param {Key} key
 * @param {Choices} choices
 * @param {string | undefined} id of a section; everything where none is named
 * @returns {Fraction | null} the score as it is reported
 */
export function reportedScore(key, choices, id) {
  const sections = key.sections.filter((section) => id === undefined || section.id === id);
  const tallies = sections.map(({ items }) => tally(key, items, choices));
  const isMean = id === undefined && key.combine === "sections";
  const whole = tally(key, sections.flatMap(({ items }) => items), choices);
  const exact = isMean ? meanOfSections(key, tallies) : measureOf(key, whole);
  return exact && reduce(shownOf(key, whole, exact), 10n ** BigInt(key.decimals));
}

/**
 * @param {Key} key
 * @param {Choices} choices
 * @param {string} id of a section with bands
 * @returns {string | null} its band by its own score
 */
export function reportedBand(key, choices, id) {
  const section = key.sections.find((one) => one.id === id);
  return (section && partOf(key, tally(key, section.items, choices), section.bands).band) ?? null;
}

/**
 * @param {Key} key
 * @param {string | undefined} id of a section; everything where none is named
 * @returns {Item[]} those whose points the score can depend on
 */
export function scoredItems(key, id) {
  const counts = key.sections.filter((section) => (id === undefined ? section.weight || key.combine === "items" : section.id === id));
  return counts.flatMap(({ items }) => items.filter((item) => item.weight));
}
