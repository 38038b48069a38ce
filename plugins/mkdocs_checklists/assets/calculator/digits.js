/**
 * The digits and signs of a typed number: to plain ones, and to the ways in which they can be read. Knows no page, and of a language
 * nothing but what every number of it shows: the shape of the groups says whether a sign is between thousands.
 */

/** @typedef {{whole: string, part: string}} Reading digits before and behind the decimal sign */

// Signs that say in which direction to write: numbers come with them from pages in Arabic or Persian.
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** What can be before decimals, the last one in Arabic and Persian only. */
const DECIMAL = ".,\u066b";

/**
 * @param {string} text
 * @returns {string} with digits of every script as those from 0 to 9, signs of full width as plain ones, and one kind of space
 */
export function plain(text) {
  return text
    .replace(DIRECTIONS, "")
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\p{Nd}/gu, digit)
    .replace(/\s+/g, " ")
    .replace(/[’‘ʼ´`]/g, "'")
    .trim();
}

/** @param {string} sign a decimal digit of any script @returns {string} */
function digit(sign) {
  const code = sign.charCodeAt(0);
  if (sign.length > 1) return sign; // Of mathematics, bold and the like.
  // In every script zero comes at a code that ends in 0 or in 6, and nine is the last digit behind it.
  const row = code & ~15;
  return String(code - row - (/\p{Nd}/u.test(String.fromCharCode(row)) ? 0 : 6));
}

/**
 * @param {string} amount digits and signs only
 * @returns {{decimal: Reading | null, thousands: Reading | null}} with the last sign before decimals, and with it between thousands; a
 *   number without a sign is in the first
 */
export function readings(amount) {
  const last = amount.search(/\D\d*$/);
  if (last < 0) return { decimal: { whole: amount, part: "" }, thousands: null };
  const [sign = "", before] = [amount[last], amount.slice(0, last)];
  const whole = DECIMAL.includes(sign) && !before.includes(sign) ? ungrouped(before) : null;
  const all = sign === "\u066b" ? null : ungrouped(amount);
  return {
    decimal: whole === null ? null : { whole, part: amount.slice(last + 1) },
    thousands: all === null ? null : { whole: all, part: "" },
  };
}

/**
 * @param {string} text
 * @returns {string | null} its digits; null where it has signs that are not one kind of sign between groups
 */
function ungrouped(text) {
  const sign = text.match(/\D/)?.[0];
  if (sign === undefined) return text;
  const groups = text.split(sign);
  const [first = "", ...others] = groups;
  if (!/^[1-9]\d{0,2}$/.test(first) || !/^\d{3}$/.test(others.at(-1) ?? "")) return null;
  const size = others[0]?.length;
  // In India: 12,34,567.
  const isEven = others.slice(0, -1).every((group) => /^\d{2,3}$/.test(group) && group.length === size) && (size === 3 || first.length < 3);
  return isEven ? groups.join("") : null;
}
