/**
 * What a reader types or pastes in a field for a number: to a number in digits, or to what is wrong with it. Knows no page: the
 * conventions of its language are handed over. A comma and a point are both taken for the decimal sign, because readers of one page
 * come with both habits; where that leaves two readings, it is asked which one is meant and never guessed.
 *
 * @import {InputJson} from "../types"
 * @import {Reading} from "./digits.js"
 */
import { plain, readings } from "./digits.js";
import { compare, readDecimal } from "../rules/exact.js";
import { withoutUnit } from "./units.js";

/**
 * @typedef {object} Problem
 * @property {"digits" | "unfinished" | "two" | "signs" | "ambiguous" | "thousands" | "decimals" | "whole" | "zero" | "low" | "high"} problem
 * @property {string} [whole] how it could be meant: a comma or point between thousands
 * @property {string} [part] or before decimals
 */

/** @typedef {{sign: string, unit: string}} Conventions the decimal sign of the page's language, and the unit that the input names */

/** In front of what is kept as it was typed because it is no number: nothing may be computed from it. */
const RAW = "?";
// From this on, three digits behind a sign can be decimals as well as thousands.
const GROUP = 3;

/**
 * @param {string} text
 * @param {Pick<InputJson, "min" | "max" | "decimals">} input
 * @param {Conventions} conventions
 * @returns {{number: string} | Problem} with an empty number where nothing is typed
 */
export function readTyped(text, input, { sign, unit }) {
  const names = plain(unit).toLowerCase();
  const typed = withoutUnit(plain(text).toLowerCase(), names);
  if (!typed) return { number: "" };
  const [front = ""] = /^(?:[-−–]|\+(?=[\d.,]))/.exec(typed) ?? [];
  const minus = front && front !== "+" ? "-" : "";
  const unsigned = typed.slice(front.length).trim();
  // Also a currency behind the minus, and prices without cents: `15,-`.
  const amount = (front ? withoutUnit(unsigned, names) : unsigned).replace(/(\d)[.,](?:--?|[–—])$/, "$1");
  if (/^[.,]?$/.test(amount)) return { problem: "unfinished" };
  if (!/^[\d.,' \u066b\u066c]+$/.test(amount) || !/\d/.test(amount)) return { problem: "digits" };
  const { decimal, thousands } = readings(amount);
  const only = decimal && thousands ? chosen(decimal, thousands, amount, minus, input, sign) : (decimal ?? thousands);
  if (!only) return { problem: amount.includes(" ") ? "two" : "signs" };
  return "problem" in only ? only : limited(only, minus, input);
}

/**
 * Of `1,234`, which can be read in two ways.
 *
 * @param {Reading} decimal
 * @param {Reading} thousands
 * @param {string} amount
 * @param {string} minus
 * @param {Pick<InputJson, "min" | "max" | "decimals">} input
 * @param {string} sign
 * @returns {Reading | Problem}
 */
function chosen(decimal, thousands, amount, minus, input, sign) {
  const isDecimalHere = amount.includes(sign === "," ? "," : ".");
  const isFine = input.decimals >= GROUP;
  if (!isDecimalHere && !isFine) return thousands;
  const [whole, part] = [numberOf(thousands, minus), numberOf(decimal, minus)];
  // A reading that the field would not take can't be what is meant.
  if (!isWithin(whole, input)) return decimal;
  if (isDecimalHere && isFine && isWithin(part, input)) return decimal;
  if (!isDecimalHere && !isWithin(part, input)) return thousands;
  const isTaken = decimalsOf(part) <= input.decimals && isWithin(part, input);
  return isTaken ? { problem: "ambiguous", whole, part } : { problem: "thousands", whole };
}

/**
 * @param {Reading} reading
 * @param {string} minus
 * @param {Pick<InputJson, "min" | "max" | "decimals">} input
 * @returns {{number: string} | Problem}
 */
function limited(reading, minus, input) {
  const number = numberOf(reading, minus);
  if (number === "-0") return { problem: "zero" };
  if (decimalsOf(number) > input.decimals) return { problem: input.decimals ? "decimals" : "whole" };
  const value = readDecimal(number);
  // Longer than any limit can be.
  if (!value) return { problem: minus ? "low" : "high" };
  const [low, high] = [readDecimal(input.min), readDecimal(input.max)];
  if (low && compare(value, low) < 0) return { problem: "low" };
  if (high && compare(value, high) > 0) return { problem: "high" };
  return { number };
}

/** @param {Reading} reading @param {string} minus @returns {string} without zeros that say nothing */
function numberOf({ whole, part }, minus) {
  const decimals = part.replace(/0+$/, "");
  return `${minus}${whole.replace(/^0+(?=\d)/, "") || "0"}${decimals && "."}${decimals}`;
}

/** @param {string} number */
function decimalsOf(number) {
  return number.split(".")[1]?.length ?? 0;
}

/**
 * @param {string} number in digits
 * @param {Pick<InputJson, "min" | "max">} input
 */
function isWithin(number, { min, max }) {
  const [value, low, high] = [readDecimal(number), readDecimal(min), readDecimal(max)];
  return Boolean(value && low && high && compare(low, value) <= 0 && compare(value, high) <= 0);
}

/**
 * @param {string} text as typed
 * @param {InputJson} input
 * @param {Conventions} conventions
 * @returns {string} what to keep of it: a number in digits, or the text in a form that no number has; empty for nothing
 */
export function toWritten(text, input, conventions) {
  const read = readTyped(text, input, conventions);
  return "number" in read ? read.number : RAW + text;
}

/**
 * @param {string} written what was kept
 * @param {string} sign the decimal sign of the reader's language
 * @returns {string} what to put in the field
 */
export function toTyped(written, sign) {
  if (written.startsWith(RAW)) return written.slice(RAW.length);
  return readDecimal(written) ? written.replace(".", sign) : written;
}
