/**
 * Exact numbers: fractions of BigInt, with the denominator above zero, and decimal text on either side.
 *
 * @import {Fraction} from "../types"
 */
import { rounded } from "../base/tally.js";

const DECIMAL = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/;

/**
 * @param {string} text
 * @returns {Fraction | null} null unless it is a number in digits, such as `-12.5`
 */
export function readDecimal(text) {
  if (!DECIMAL.test(text)) return null;
  const [whole = "", decimals = ""] = text.split(".");
  return reduce(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

/**
 * @param {bigint} top
 * @param {bigint} bottom not zero
 * @returns {Fraction} in lowest terms, so that numbers stay small and equal ones look alike
 */
export function reduce(top, bottom) {
  let [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  while (b) [a, b] = [b, a % b];
  const divisor = bottom < 0n ? -a : a;
  return divisor ? [top / divisor, bottom / divisor] : [0n, 1n];
}

/** @param {Fraction} a @param {Fraction} b */
export function add([a, b], [c, d]) {
  return reduce(a * d + c * b, b * d);
}

/** @param {Fraction} a @param {Fraction} b */
export function subtract([a, b], [c, d]) {
  return reduce(a * d - c * b, b * d);
}

/** @param {Fraction} a @param {Fraction} b */
export function multiply([a, b], [c, d]) {
  return reduce(a * c, b * d);
}

/**
 * @param {Fraction} a
 * @param {Fraction} b
 * @returns {Fraction | null} null for a division by zero
 */
export function divide([a, b], [c, d]) {
  return c ? reduce(a * d, b * c) : null;
}

/** @param {Fraction} a @returns {Fraction} */
export function negate([a, b]) {
  return [-a, b];
}

/**
 * @param {Fraction} a
 * @param {Fraction} b
 * @returns {-1 | 0 | 1} the sign of their difference
 */
export function compare([a, b], [c, d]) {
  const difference = a * d - c * b;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * @param {Fraction} value
 * @param {number} decimals
 * @returns {Fraction} rounded half up, towards plus infinity
 */
export function round(value, decimals) {
  return reduce(rounded(value, decimals), 10n ** BigInt(decimals));
}

/**
 * @param {Fraction} value
 * @param {number} decimals
 * @returns {string} the rounded value in digits, with all its decimals; `Intl` formats such a text without loss
 */
export function toDecimal(value, decimals) {
  const whole = rounded(value, decimals);
  const digits = `${whole < 0n ? -whole : whole}`.padStart(decimals + 1, "0");
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
  return whole < 0n ? `-${text}` : text;
}
