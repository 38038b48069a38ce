/**
 * Several of many: what an answer with several options means, earns and caps. Loaded on demand, by what evaluates the rules of a key.
 * Twin of what `model/several.py` and `scoring/answers.py` say of it.
 *
 * An item is made ready for it: where others look an answer up, they find what all its options come to.
 *
 * @import {Answer, Item, Key, Many} from "../types"
 */
import { chooses, definite, optionsIn } from "./answers.js";

/** @param {readonly string[]} options @returns {Answer} that has them */
function joined(options) {
  return options.join("+");
}

/** Option -> points; of an answer, their sum. @extends {Map<string, number>} */
class Points extends Map {
  /** @override @param {string} answer @returns {number | undefined} */
  get(answer) {
    const options = optionsIn(answer);
    return options.every((option) => super.has(option)) ? options.reduce((sum, option) => sum + (super.get(option) ?? 0), 0) : undefined;
  }
}

/** Option -> index of the best band still possible; of an answer, the lowest. @extends {Map<string, number>} */
class Caps extends Map {
  /** @override @param {string} answer @returns {number | undefined} */
  get(answer) {
    const caps = optionsIn(answer).flatMap((option) => super.get(option) ?? []);
    return caps.length ? Math.min(...caps) : undefined;
  }
}

/** Ids that are gone; nothing chosen, or nothing else, is nothing to be listed. @extends {Set<string>} */
class Retired extends Set {
  /** @override @param {string} answer */
  has(answer) {
    return optionsIn(answer).every((option) => !option || super.has(option));
  }
}

/** What may be filed -> the answer that it means today. @extends {Map<string, Answer>} */
class Meanings extends Map {
  /** @param {Item} item */
  constructor({ values, points, retired, many }) {
    super(values);
    this.options = [...points.keys()];
    this.retired = retired;
    this.many = /** @type {Many} */ (many);
  }

  /** @override @param {string} filed @returns {Answer | undefined} */
  get(filed) {
    const known = super.get(filed);
    if (known !== undefined) return known;
    // What was ticked of options that are gone is left out; with one that was never there, nothing is known of the rest either.
    const chosen = new Set(optionsIn(filed).flatMap((part) => (this.retired.has(part) ? [] : (super.get(part) ?? ""))));
    const present = this.options.filter((option) => chosen.has(option));
    const most = chosen.has(this.many.none ?? "") ? 1 : this.many.at_most;
    return present.length && present.length === chosen.size && chosen.size <= most ? joined(present) : undefined;
  }

  /** @override @param {string} filed */
  has(filed) {
    return this.get(filed) !== undefined;
  }
}

/** Makes every item ready of which several options may be chosen. @param {Key} key */
export function prepareSeveral({ items, better }) {
  for (const item of items) {
    if (!item.many || item.points instanceof Points) continue;
    const points = new Points(item.points);
    const ends = [-1, 1].map((sign) => bestOf(points, item.many, sign === 1 ? 1 : -1));
    const [weakest = "", best = ""] = better === "lower" ? ends.toReversed() : ends;
    const [least = 0, most = 0] = ends.map((answer) => points.get(answer));
    /** @type {Partial<Item>} */
    const ready = {
      points,
      weakest,
      least,
      most,
      best: points.get(best) ?? 0,
      values: new Meanings(item),
      caps: new Caps(item.caps),
      retired: new Retired(item.retired),
    };
    Object.assign(item, ready);
  }
}

/**
 * @param {Iterable<readonly [option: string, points: number]>} points
 * @param {Many | undefined} many
 * @param {1 | -1} [sign] -1 for the least
 * @returns {Answer} the one that earns the most of these options, of equals the first; empty without any
 */
export function bestOf(points, many, sign = 1) {
  const given = [...points];
  const worth = (/** @type {readonly [string, number]} */ [, earned]) => sign * earned;
  // The sort is stable, so of equals the first is chosen.
  const ranked = given.filter(([id]) => id !== many?.none).sort((a, b) => worth(b) - worth(a));
  const chosen = ranked.filter((option, at) => !at || (at < (many?.at_most ?? 1) && worth(option) > 0));
  const none = given.find(([id]) => id === many?.none);
  if (none && (!chosen.length || worth(none) > chosen.reduce((sum, option) => sum + worth(option), 0))) return none[0];
  return joined(given.flatMap((option) => (chosen.includes(option) ? option[0] : [])));
}

/**
 * @param {Item} item
 * @param {Answer | undefined} answer
 * @returns {Answer[]} those that are one step from it: another option; where several may be chosen, one more or one fewer, or the
 *   one that excludes them
 */
export function otherAnswers({ points, many }, answer) {
  const options = [...points.keys()];
  const now = definite(answer) ?? "";
  if (!many || !now || now === many.none) return options.filter((option) => option !== now);
  return options.flatMap((option) => {
    if (option === many.none) return option;
    const chosen = options.filter((other) => chooses(now, other) !== (other === option));
    return chosen.length && chosen.length <= many.at_most ? joined(chosen) : [];
  });
}
