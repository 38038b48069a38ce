// The places to choose from: the browser's time zones, under the names of their countries.

/**
 * @typedef {object} Place
 * @property {string} zone
 * @property {string} label The country, and the city that the zone is named after.
 */

/** Cities that some browsers still list under an earlier name, or one that few would look for. */
const NAMES = new Map([
  ["Asmera", "Asmara"],
  ["Calcutta", "Kolkata"],
  ["Coral Harbour", "Atikokan"],
  ["DumontDUrville", "Dumont d’Urville"],
  ["Enderbury", "Kanton"],
  ["Faeroe", "Faroe Islands"],
  ["Godthab", "Nuuk"],
  ["Katmandu", "Kathmandu"],
  ["Kiev", "Kyiv"],
  ["Ponape", "Pohnpei"],
  ["Rangoon", "Yangon"],
  ["Saigon", "Ho Chi Minh City"],
  ["Truk", "Chuuk"],
]);

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Milliseconds of work after which the page gets a turn: a phone takes a quarter of a second for all countries. */
const SLICE = 8;

/**
 * The city in the name of a zone, `Europe/London`, or the whole name if it has no city.
 * @param {string} zone
 */
export function cityOf(zone) {
  const city = (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
  return NAMES.get(city) ?? city;
}

/**
 * In alphabetical order.
 * @param {string} locale
 * @returns {Promise<Place[]>}
 */
export async function listPlaces(locale) {
  const countries = await countriesByZone(locale);
  const order = new Intl.Collator(locale, { sensitivity: "base" });
  return Intl.supportedValuesOf("timeZone")
    .map((zone) => ({ zone, label: labelOf(zone, countries.get(zone), order) }))
    .sort((one, other) => order.compare(one.label, other.label));
}

/**
 * @param {string} zone
 * @param {string} [country]
 * @param {Intl.Collator} [order]
 */
export function labelOf(zone, country, order) {
  const city = cityOf(zone);
  // As in `America/Indiana/Knox`; where it is the country, it is said already.
  const [area = "", state] = zone.split("/").slice(0, -1);
  const full = state && (!country || !country.startsWith(state)) ? `${city}, ${state.replaceAll("_", " ")}` : city;
  const whole = country ?? area;
  return !whole || order?.compare(whole, city) === 0 ? full : `${whole}: ${full}`;
}

/**
 * Empty where a browser cannot say which zones a country has: then the continents stand in for them.
 * @param {string} locale
 */
async function countriesByZone(locale) {
  /** @type {Map<string, string>} */
  const countries = new Map();
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  let start = performance.now();
  for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second))) {
    const name = names.of(code);
    if (!name) continue;
    // Newer than the type checker's list. Some browsers have it as a method, some as a property.
    /** @type {Intl.Locale & {getTimeZones?: () => string[], timeZones?: string[]}} */
    const country = new Intl.Locale(`und-${code}`);
    for (const zone of country.getTimeZones?.() ?? country.timeZones ?? []) {
      if (!countries.has(zone)) countries.set(zone, name);
    }
    if (performance.now() - start > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      start = performance.now();
    }
  }
  return countries;
}
