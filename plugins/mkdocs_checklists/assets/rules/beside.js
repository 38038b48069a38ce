/**
 * What a reader writes beside an answer: reported with the result, and never scored. Twin of `scoring/beside.py`.
 *
 * It is filed as answers are, under the id of the item with `/words` or `/evidence` behind it. So it is stored, merged, reset and
 * brought back with them, and a release from before carries it along as an answer to an item that is gone.
 *
 * @import {Item, Key, Named, Result} from "../types"
 */

/** @param {Item} item @param {"words" | "evidence"} kind @returns {Named} as whose answer it is filed */
function ownerOf({ id, ids }, kind) {
  return { id: `${id}/${kind}`, ids: ids.map((name) => `${name}/${kind}`) };
}

/** @param {Key} key @returns {Iterable<[Item, "words" | "evidence", Named]>} everything that may be written */
function* fieldsOf({ items }) {
  for (const item of items) {
    if (item.note) yield [item, "words", ownerOf(item, "words")];
    if (item.evidence) yield [item, "evidence", ownerOf(item, "evidence")];
  }
}

/** Has the key know the ids that these are filed under. @param {Key} key */
export function prepareBeside(key) {
  const owners = /** @type {Map<string, Item | Named>} */ (key.owners);
  const fields = [...fieldsOf(key)];
  for (const [, , owner] of fields) owners.set(owner.id, owner);
  for (const [item, kind, owner] of fields) {
    for (const id of item.ids) if (owners.get(id) === item) owners.set(`${id}/${kind}`, owner);
  }
}

/**
 * @param {Key} key
 * @param {ReadonlyMap<string, string>} answers
 * @returns {Pick<Result, "words" | "evidence">} by item; a kind that no item asks for is left out
 */
export function besideResult(key, answers) {
  /** @type {Pick<Result, "words" | "evidence">} */
  const found = {};
  for (const [item, kind, { ids }] of fieldsOf(key)) {
    const texts = (found[kind] ??= {});
    const text = ids.filter((id) => key.owners.get(id)?.id === `${item.id}/${kind}`).map((id) => answers.get(id)).find(Boolean);
    if (text) texts[item.id] = text;
  }
  return found;
}
