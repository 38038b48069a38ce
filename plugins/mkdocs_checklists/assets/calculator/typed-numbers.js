/**
 * What a reader types in a field for a number: to a number in digits, or to what is wrong with it. Knows no page and no language:
 * a comma and a point are both taken for the decimal sign, because readers of one page come with both habits. What could mean
 * two things is never guessed at.
 *
 * @import {InputJson} from "../types"
 */
import { compare, readDecimal } from "../rules/exact.js";

/**
 * @typedef {object} Problem
 * @property {"digits" | "unfinished" | "two" | "both" | "signs" | "ambiguous" | "thousands" | "decimals" | "whole" | "zero" | "low" | "high"} problem
 * @property {string} [whole] how it could be meant: a comma or point between thousands
 * @property {string} [part] or before decimals
 */

/** In front of what is kept as it was typed because it is no number: nothing may be computed from it. */
const RAW = "?";

/**
 * @param {string} text
 * @param {Pick<InputJson, "min" | "max" | "decimals">} input
 * @returns {{number: string} | Problem} with an empty number where nothing is typed
 */
export function readTyped(text, input) {
  // Also no-break and thin spaces, which copied numbers come with.
  const trimmed = text.trim().replace(/\s/g, " ").replace(/^[−–]/, "-").replace(/^\+(?=[\d.,])/, "");
  if (!trimmed) return { number: "" };
  const minus = trimmed.startsWith("-") ? "-" : "";
  const amount = trimmed.slice(minus.length).trim();
  if (/^[.,]?$/.test(amount)) return { problem: "unfinished" };
  if (!/^[\d., ]+$/.test(amount)) return { problem: "digits" };
  const signs = amount.match(/[.,]/g) ?? [];
  if (new Set(signs).size > 1) return { problem: "both" };
  if (signs.length > 1) return { problem: "signs" };
  if (amount.includes(" ") && !/^\d{1,3}( \d{3})+([.,]\d*)?$/.test(amount)) return { problem: "two" };
  const [before = "", after = ""] = amount.replaceAll(" ", "").split(/[.,]/);
  const whole = before.replace(/^0+(?=\d)/, "") || "0";
  const part = after.replace(/0+$/, "");
  const asThousands = minus + before + after;
  // A reading that the field would not take can't be what is meant.
  if (signs.length && !amount.includes(" ") && isWithin(asThousands, input) && /^[1-9]\d{0,2}$/.test(before) && after.length === 3) {
    const whole = asThousands;
    if (part.length > input.decimals) return { problem: "thousands", whole };
    return { problem: "ambiguous", whole, part: `${minus}${before}${part && "."}${part}` };
  }
  const number = `${minus}${whole}${part && "."}${part}`;
  if (number === "-0") return { problem: "zero" };
  if (part.length > input.decimals) return { problem: input.decimals ? "decimals" : "whole" };
  const value = readDecimal(number);
  // Longer than any limit can be.
  if (!value) return { problem: minus ? "low" : "high" };
  const [low, high] = [readDecimal(input.min), readDecimal(input.max)];
  if (low && compare(value, low) < 0) return { problem: "low" };
  if (high && compare(value, high) > 0) return { problem: "high" };
  return { number };
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
 * @returns {string} what to keep of it: a number in digits, or the text in a form that no number has; empty for nothing
 */
export function toWritten(text, input) {
  const read = readTyped(text, input);
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
