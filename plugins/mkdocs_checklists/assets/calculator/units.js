/**
 * The unit that comes with a pasted number: dropped where it is the one that the input names, in words or as the sign of its
 * currency. A unit that the input does not name stays, so that pounds are never taken for euros. Knows no page and no language.
 */

/** Sign or word -> the currencies that it is written for. */
const CURRENCIES = new Map(
  Object.entries({
    "€": "EUR",
    euro: "EUR",
    euros: "EUR",
    "£": "GBP",
    $: "USD AUD CAD HKD MXN NZD SGD",
    us$: "USD",
    a$: "AUD",
    c$: "CAD",
    ca$: "CAD",
    hk$: "HKD",
    nz$: "NZD",
    s$: "SGD",
    r$: "BRL",
    "¥": "JPY CNY",
    "₹": "INR",
    "fr.": "CHF",
    sfr: "CHF",
    kr: "DKK NOK SEK",
    "zł": "PLN",
    "kč": "CZK",
    ft: "HUF",
    lei: "RON",
    r: "ZAR",
    "₺": "TRY",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
  }).map(([sign, codes]) => [sign, codes.toLowerCase().split(" ")]),
);

/**
 * @param {string} text a number as it was typed, in plain digits and in lower case
 * @param {string} unit of the input, likewise; empty where it has none
 * @returns {string} the number alone, where nothing but this unit is beside it
 */
export function withoutUnit(text, unit) {
  const { names, rate } = namesOf(tight(unit));
  let number = tight(text);
  const before = names.find((name) => number.startsWith(name) && /^[\s\d.,+−–-]/.test(number.slice(name.length)));
  number = number.slice(before?.length).trim();
  // `€40 per hour`: the currency in front, what it is for behind.
  const behind = [...names, rate].find((name) => isName(name) && number.endsWith(name) && /[\s\d.,–-]$/.test(number.slice(0, -name.length)));
  return behind === undefined ? number : number.slice(0, -behind.length).trim();
}

/** @param {string} unit @returns {{names: string[], rate: string}} all names of the unit, the longest first, and what an amount is for */
function namesOf(unit) {
  // Behind anything else it could be thousands of a currency.
  const [, currency = unit, gap = "", rate = ""] = /^(\S+?)( ?)((?:\/|(?:per|pro|par|por|je|al) ).+)$/.exec(unit) ?? [];
  const ofSign = CURRENCIES.get(currency);
  const codes = ofSign ? (ofSign.length === 1 ? ofSign : []) : [currency];
  const signs = [...CURRENCIES].filter(([, of]) => of.some((code) => codes.includes(code))).map(([sign]) => sign);
  if (!ofSign && !signs.length) return { names: [unit].filter(isName), rate: "" };
  const names = [currency, ...codes, ...signs].filter(isName).flatMap((name) => [name, `${name}${gap}${rate}`]);
  return { names: names.sort((a, b) => b.length - a.length), rate };
}

/** @param {string} words @returns {string} with no blank beside a slash */
function tight(words) {
  return words.replace(/ ?\/ ?/g, "/");
}

/** Whether it can't be taken for a part of the number. @param {string} name */
function isName(name) {
  return /[\p{L}\p{Sc}%‰°]/u.test(name) && !/^\d|\d$/.test(name);
}
