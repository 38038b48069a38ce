/**
 * What the reader has answered, in short: by section, each question with its answer and what it counted, and the numbers.
 *
 * @import {Item, Part, Snapshot} from "../types"
 * @import {Places} from "../result/places.js"
 */
import "../result-messages.js";
import { exactly } from "../result/panel.js";
import { weigh } from "../result/why.js";
import { headingOf, make, panelOf, say, sayScore } from "../base/view.js";

/** @typedef {typeof import("../decision/weights.js").weighForOutcome} WeighForOutcome */

/**
 * @param {Part} part
 * @param {Places} places
 * @param {Snapshot} snapshot
 * @param {WeighForOutcome} [weighForOutcome] of a decision
 * @returns {HTMLElement[]}
 */
export function linesOf(part, places, snapshot, weighForOutcome) {
  const { key, result, choices } = snapshot;
  const counted = countedFor(snapshot, weighForOutcome);
  const sections = key.sections.flatMap((section) => {
    const lines = section.items.filter(({ id }) => choices.has(id) && !snapshot.evaluation?.hidden.has(id)).map((item) => lineOf(part, places, item, snapshot, counted));
    if (!lines.length) return [];
    const score = result.sections[section.id];
    const isScored = key.sections.length > 1 && score && score.score !== null && !key.rules?.decision;
    const title = titleOf(part, section.id);
    const words = isScored ? [title, sayScore(key, score)].filter(Boolean).join(" · ") : title;
    return [make("div", {}, ...(words ? [make("h3", {}, words)] : []), make("dl", {}, ...lines))];
  });
  const numbers = numbersOf(part, snapshot);
  return [...(numbers.length ? [make("div", {}, make("dl", {}, ...numbers))] : []), ...sections];
}

/** @param {Part} part @param {string} section @returns {string} its name beside its score, or its heading; empty where neither is on the page */
function titleOf(part, section) {
  const named = panelOf(part)?.querySelector(`tr[data-section="${section}"] > th, .checklist-points[data-of="${section}"] > caption`);
  if (named) return named.textContent?.trim() ?? "";
  const heading = headingOf(part, section)?.cloneNode(true);
  if (heading instanceof Element) heading.querySelector(".headerlink")?.remove();
  return heading?.textContent?.trim() ?? "";
}

/**
 * @param {Part} part
 * @param {Places} places
 * @param {Item} item
 * @param {Snapshot} snapshot
 * @param {(item: Item) => string} counted
 */
function lineOf(part, places, item, { choices }, counted) {
  const words = counted(item);
  const notes = [...(headingOf(part, item.id)?.closest("fieldset")?.querySelectorAll("[data-beside] > p") ?? [])];
  const answer = make("dd", {}, make("b", {}, places.answerText(item, choices.get(item.id)?.value)), ...(words ? [" ", make("small", {}, words)] : []));
  const beside = notes.filter(({ textContent }) => textContent).map(({ textContent }) => make("dd", { "data-ink": "" }, textContent ?? ""));
  return make("div", {}, make("dt", {}, places.linkTo(item).textContent ?? ""), " ", answer, ...beside);
}

/**
 * @param {Snapshot} snapshot
 * @param {WeighForOutcome} [weighForOutcome]
 * @returns {(item: Item) => string} what the answer to it counted, in words; empty where it counted nothing
 */
function countedFor(snapshot, weighForOutcome) {
  const { key, result, choices } = snapshot;
  if (!weighForOutcome) {
    return (item) => {
      const row = item.weight ? weigh(key, item, choices.get(item.id)?.value) : undefined;
      return row ? say("why_gave", { earned: exactly(row.earned), count: exactly(row.most) }) : "";
    };
  }
  const rows = result.outcome ? weighForOutcome(snapshot, result.outcome).flatMap((section) => section.rows) : [];
  const points = new Map(rows.map((row) => [row.item, row.points]));
  return (item) => {
    const count = points.get(item) ?? 0;
    return count ? say(count > 0 ? "weight_for" : "weight_against", { count: exactly(Math.abs(count)) }) : "";
  };
}

/** @param {Part} part @param {Snapshot} snapshot @returns {HTMLElement[]} what was filled in, as it is in the fields or as it is kept */
function numbersOf(part, { key, written, evaluation }) {
  return (key.rules?.inputs ?? []).flatMap(({ id, was = [] }) => {
    const kept = [id, ...was].map((name) => written.get(name)).find(Boolean);
    if (!kept || evaluation?.hidden.has(id)) return [];
    const place = headingOf(part, id)?.closest("[data-input]");
    const card = panelOf(part)?.querySelector(`[data-elsewhere] > [data-input="${id}"] > :first-child`);
    const name = (place?.querySelector("label > span") ?? card)?.textContent?.trim() ?? id;
    const unit = place?.querySelector("[data-unit]")?.textContent ?? "";
    const field = /** @type {{value: string} | null | undefined} */ (/** @type {unknown} */ (place?.querySelector("[name]")));
    const number = `${field?.value || kept} ${unit}`.trim();
    return [make("div", {}, make("dt", {}, name), " ", make("dd", {}, make("b", {}, number)))];
  });
}
