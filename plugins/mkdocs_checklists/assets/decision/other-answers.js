/**
 * The answers that are one step from another. Part of what an answer may be, but nothing needs it before the first one.
 *
 * @import {Answer, Item} from "../types"
 */
import { chooses, definite, JOINT } from "../base/answers.js";

/**
 * @param {Item} item
 * @param {Answer | undefined} answer
 * @returns {Answer[]} another option; where several may be chosen, one more or one fewer, or the one that excludes them
 */
export function otherAnswers({ points, many }, answer) {
  const options = [...points.keys()];
  const now = definite(answer) ?? "";
  if (!many || !now || now === many.none) return options.filter((option) => option !== now);
  return options.flatMap((option) => {
    if (option === many.none) return option;
    const chosen = options.filter((other) => chooses(now, other) !== (other === option));
    return chosen.length && chosen.length <= many.at_most ? chosen.join(JOINT) : [];
  });
}
