/**
 * Numbers as the reader's language writes them, with every digit: `Intl` is given decimal text, never a binary fraction.
 *
 * @import {Fraction} from "../types"
 */
import { toDecimal } from "../rules/exact.js";
import { language } from "../messages.js";

/** Each takes long to make. By number of decimals. @type {Map<number, Intl.NumberFormat>} */
const formats = new Map();
// Enough to follow a step of the arithmetic; what has more is marked as rounded.
const MOST = 6;

/**
 * @param {string} digits such as `-1234.50`
 * @returns {string} `−1,234.50`
 */
export function sayDigits(digits) {
  const decimals = digits.split(".")[1]?.length ?? 0;
  const format = formats.get(decimals) ?? new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  formats.set(decimals, format);
  return format.format(/** @type {`${number}`} */ (digits)).replace("-", "−");
}

/**
 * @param {Fraction} value
 * @param {number} decimals
 */
export function sayRounded(value, decimals) {
  return sayDigits(toDecimal(value, decimals));
}

/**
 * @param {Fraction} value
 * @returns {string} all its decimals; where there are too many, as many as help, behind a sign that says so
 */
export function sayExact(value) {
  const digits = toDecimal(value, MOST);
  const short = digits.replace(/\.?0+$/, "");
  return isWhole(value, MOST) ? sayDigits(short) : `≈ ${sayDigits(digits)}`;
}

/**
 * @param {Fraction} value
 * @param {number} decimals
 * @returns {boolean} whether so many decimals hold all of it
 */
export function isWhole([, bottom], decimals) {
  return 10n ** BigInt(decimals) % bottom === 0n;
}

/**
 * @param {Fraction} change its sign is said in words
 * @returns {string} in per cent, with one decimal where the change is small
 */
export function sayShare([top, bottom]) {
  const share = Math.abs(Number((top * 1_000_000n) / bottom)) / 1_000_000;
  return new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: share < 1 ? 2 : 3 }).format(share);
}

/** @returns {string} what stands before decimals */
export function decimalSign() {
  const parts = new Intl.NumberFormat(language).formatToParts(0.5);
  return parts.find(({ type }) => type === "decimal")?.value ?? ".";
}
