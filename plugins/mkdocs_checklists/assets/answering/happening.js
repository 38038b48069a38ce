/**
 * Whether something has happened to answers and result, and how a page hears of it.
 *
 * @import {Part, Snapshot} from "../types"
 */

/** @param {Snapshot} snapshot @returns {string} equal for snapshots with the same answers and result */
export function lookOf({ result, written }) {
  return JSON.stringify([result, [...written]]);
}

/** @param {Part | undefined} part @param {string} name @param {object} detail */
export function fire(part, name, detail) {
  part?.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
}
