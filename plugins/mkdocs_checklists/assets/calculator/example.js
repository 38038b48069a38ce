/** Whether the numbers of a reader are those of the example. Knows no page. */

/** So many, and most of all that are filled in, or it may be chance. */
const SEVERAL = 3;

/**
 * @param {readonly string[]} ids of inputs
 * @param {ReadonlyMap<string, string | undefined>} examples the number of the example for each input that has one
 * @param {ReadonlyMap<string, string>} written
 * @returns {string[]} the inputs that hold the example's number; empty where they are too few to say so
 */
export function inputsOfExample(ids, examples, written) {
  const filled = ids.filter((id) => written.has(id));
  const same = filled.filter((id) => examples.get(id) === written.get(id));
  return same.length >= Math.min(SEVERAL, ids.length) && 2 * same.length > filled.length ? same : [];
}
