/**
 * Boxes that can't be ticked any more: where as many options are chosen as may be.
 *
 * @import {Part, Snapshot} from "../types"
 */
import { chooses, optionsIn } from "../base/answers.js";
import { findQuestions } from "../base/fields.js";

/** By part: the items of which several options may be chosen, with their boxes. @type {WeakMap<Part, [string, number, HTMLInputElement[]][]>} */
const known = new WeakMap();

/** @param {Part} part @param {Snapshot} snapshot */
export function limitBoxes(part, { key, choices }) {
  for (const [item, most, boxes] of boxesOf(part, key)) {
    const answer = choices.get(item)?.value;
    const isFull = answer !== undefined && optionsIn(answer).length >= most;
    for (const box of boxes) box.disabled = isFull && !chooses(answer, box.value);
  }
}

/** @param {Part} part @param {Snapshot["key"]} key */
function boxesOf(part, { owners }) {
  const found =
    known.get(part) ??
    [...findQuestions(part)].flatMap(([item, question]) => {
      const most = owners.get(item)?.many?.at_most;
      /** @type {NodeListOf<HTMLInputElement>} */
      const boxes = question.querySelectorAll(":scope > label > :not([data-excludes])");
      return most === undefined ? [] : [/** @type {[string, number, HTMLInputElement[]]} */ ([item, most, [...boxes]])];
    });
  known.set(part, found);
  return found;
}
