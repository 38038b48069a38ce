/**
 * What either of two outcomes means, side by side: in a close call, and as what comes nearest where there is no clear answer. Copied
 * from the list of outcomes that the page has anyway.
 *
 * @import {Part, Snapshot} from "../types"
 */
import { copyOf } from "./notes.js";
import { copiesOf } from "../result/panel.js";
import "../rules-messages.js";
import { bandTitle, make } from "../base/view.js";

/**
 * @param {Snapshot} snapshot
 * @returns {readonly string[]} the outcomes to be shown: two in a close call, one or two that come nearest, or none
 */
export function nearest({ result, choices, evaluation }) {
  const { close_call: close, ranking = [], outcome, provisional } = result;
  if (close) return close;
  return outcome || provisional || !choices.size || evaluation?.tooLittle ? [] : ranking.slice(0, 2);
}

/**
 * @param {Part} part
 * @param {HTMLElement} panel
 * @param {readonly string[]} ids of the outcomes
 * @param {readonly (readonly number[])[]} sides the notes that are true of each alone
 * @param {boolean} isClose whether the author may have a text for the two
 * @returns {HTMLElement[]}
 */
export function drawEither(part, panel, ids, sides, isClose) {
  const columns = ids.map((id, n) => {
    const means = panel.querySelector(`[data-outcomes] > [data-band="${id}"] [data-means]`);
    const notes = (sides[n] ?? []).flatMap((note) => copyOf(panel.querySelector(`[data-notes] > [data-note="${note}"]`)));
    const list = notes.length ? [make("ul", {}, ...notes)] : [];
    return make("div", { "data-one": id }, make("b", {}, bandTitle(part, id)), ...(means ? copiesOf(means) : []), ...list);
  });
  const text = isClose ? closeText(panel, ids) : null;
  return [...(text ? [make("div", {}, ...copiesOf(text))] : []), make("div", { "data-either": "" }, ...columns)];
}

/**
 * @param {HTMLElement} panel
 * @param {readonly string[]} ids
 * @returns {Element | null} the author's words for a close call between two
 */
function closeText(panel, [one, other]) {
  return panel.querySelector(`:is([data-close="${one}+${other}"], [data-close="${other}+${one}"]) > dd > div`);
}
