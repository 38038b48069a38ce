/**
 * What is said to a screen reader once the reader has paused. Loaded when there is something to say.
 *
 * @import {Snapshot} from "../types"
 */
// Before anything here is said.
import "../result-messages.js";
import { bandTitle, isUnsaved, say, sayCount, sayScore } from "../base/view.js";

/**
 * @param {HTMLElement} part
 * @param {Snapshot} snapshot
 * @returns {string} the result as one would say it aloud
 */
export function sayResult(part, snapshot) {
  const { key, result, choices, undoable } = snapshot;
  if (!choices.size && undoable) return say("cleared", { count: undoable });
  const count = sayCount(snapshot);
  const band = bandTitle(part, result.band);
  if (result.score === null) return count;
  const score = `${sayScore(key, result)}.`;
  if (result.provisional) return `${say("score_provisional", { score })} ${count}.`;
  const words = band ? `${say("verdict", { band })}. ${score}` : score;
  return isUnsaved(snapshot) ? `${words} ${count}.` : words;
}
