// What two working days on two clocks have in common. It knows no page, and what the time is it is told. The rules of the
// time zones are the browser's own (`Intl`).
//
// A day is counted in days since 1 January 1970, an instant in milliseconds since then, a time of day in minutes since
// midnight. What a clock on the wall shows is written as the instant at which a clock in UTC shows the same.

/**
 * @typedef {object} Hours
 * @property {string} zone
 * @property {number} start On the clock of the zone.
 * @property {number} end If it is not after the start, it is on the next day.
 */
/** @typedef {{from: number, to: number}} Span From one instant to another. */
/**
 * @typedef {object} Meeting
 * @property {Span} here The working day asked for.
 * @property {Span[]} there All working days of the other place around it, in order.
 * @property {Span[]} shared In order; they do not touch.
 */
/**
 * @typedef {object} Change
 * @property {number} day The first day of the new hours.
 * @property {Meeting} meeting
 * @property {string[]} zones Where the clocks have changed since the hours before.
 */
/**
 * @typedef {object} Miss
 * @property {"before" | "after"} side Where the nearest working day there lies.
 * @property {Span} there That day.
 * @property {number} gap Milliseconds between the two.
 */

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/**
 * @param {string} zone
 * @throws {RangeError} if the browser does not know it.
 */
function clockOf(zone) {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone: zone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    });
    clocks.set(zone, clock);
  }
  return clock;
}

/** @param {string} zone */
export function isTimeZone(zone) {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * What the clocks of a zone show at an instant, to the second.
 * @param {string} zone
 * @param {number} instant
 */
export function wallClock(zone, instant) {
  /** @type {Partial<Record<Intl.DateTimeFormatPartTypes, number>>} */
  const parts = {};
  for (const { type, value } of clockOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * How far the clocks of a zone are ahead of UTC, in milliseconds.
 * @param {string} zone
 * @param {number} instant
 */
export function offsetAt(zone, instant) {
  return wallClock(zone, instant) - instant;
}

/**
 * When the clocks of a zone show this. The first time where they show it twice, because they go back. Where they skip it,
 * the time by which they would show it had they not gone forward yet.
 * @param {string} zone
 * @param {number} wall
 */
export function instantOf(zone, wall) {
  // Two instants that surely lie before and after it, wherever on earth.
  const candidates = [wall - DAY, wall + DAY].map((probe) => wall - offsetAt(zone, probe));
  const [first = wall] = candidates;
  return candidates.find((instant) => wallClock(zone, instant) === wall) ?? first;
}

/**
 * The date on the clocks of a zone.
 * @param {string} zone
 * @param {number} instant
 */
export function dayAt(zone, instant) {
  return Math.floor(wallClock(zone, instant) / DAY);
}

/**
 * The hours of work that begin on a day.
 * @param {Hours} hours
 * @param {number} day
 * @returns {Span}
 */
export function workingHours({ zone, start, end }, day) {
  const from = instantOf(zone, day * DAY + start * MINUTE);
  const to = instantOf(zone, (end > start ? day : day + 1) * DAY + end * MINUTE);
  // Clocks that go forward can skip the whole of it.
  return { from, to: Math.max(from, to) };
}

/**
 * @param {number} day As they count here.
 * @param {Hours} here
 * @param {Hours} there
 * @returns {Meeting | null} `null` if the browser does not know one of the zones.
 */
export function sharedHours(day, here, there) {
  if (!isTimeZone(here.zone) || !isTimeZone(there.zone)) return null;
  return meet(day, here, there);
}

/**
 * @param {number} day
 * @param {Hours} here
 * @param {Hours} there
 * @returns {Meeting}
 */
function meet(day, here, there) {
  const own = workingHours(here, day);
  // Dates are up to two days apart, work through the night begins a day earlier, and the nearest may be one further.
  const theirs = [-3, -2, -1, 0, 1, 2, 3].map((apart) => workingHours(there, day + apart));
  /** @type {Span[]} */
  const shared = [];
  for (const span of theirs) {
    const from = Math.max(own.from, span.from);
    const to = Math.min(own.to, span.to);
    if (from >= to) continue;
    const last = shared.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else shared.push({ from, to });
  }
  return { here: own, there: theirs, shared };
}

/**
 * How long some spans take, in minutes.
 * @param {Span[]} spans
 */
export function minutesOf(spans) {
  return spans.reduce((sum, { from, to }) => sum + (to - from), 0) / MINUTE;
}

/**
 * How far apart two working days are that share nothing; the one before wins if both are as near.
 * @param {Meeting} meeting
 * @returns {Miss}
 */
export function nearestMiss({ here, there }) {
  /** @type {Miss | undefined} */
  let nearest;
  for (const span of there) {
    const isBefore = span.to <= here.from;
    const gap = Math.max(0, isBefore ? here.from - span.to : span.from - here.to);
    if (!nearest || gap < nearest.gap) nearest = { side: isBefore ? "before" : "after", there: span, gap };
  }
  if (!nearest) throw new RangeError("There are working days on both sides of every working day.");
  return nearest;
}

/**
 * When the shared hours change on one of the clocks, from the next day to the same date a year later. A single day that is
 * unlike those around it, such as the night in which the clocks are changed, does not count.
 * @param {number} day
 * @param {Hours} here
 * @param {Hours} there
 * @returns {Change[]}
 */
export function changesAhead(day, here, there) {
  if (!isTimeZone(here.zone) || !isTimeZone(there.zone)) return [];
  const zones = [here.zone, there.zone];
  /** @type {Map<number, {meeting: Meeting, read: string}>} */
  const looked = new Map();
  /** A meeting, and what one reads of it: the same on two days if nothing has changed. */
  const look = (/** @type {number} */ on) => {
    let found = looked.get(on);
    if (!found) {
      const meeting = meet(on, here, there);
      const read = meeting.shared
        .flatMap(({ from, to }) => [to - from, ...zones.map((zone) => wallClock(zone, from) - on * DAY)])
        .join();
      looked.set(on, (found = { meeting, read }));
    }
    return found;
  };
  // Only days near a change of the clocks are worth a look.
  const isCalm = (/** @type {number} */ on) => zones.every((zone) => offsetOn(zone, on - 3) === offsetOn(zone, on + 3));

  let known = look(day);
  /** @type {Change[]} */
  const changes = [];
  for (let next = day + 1; next <= yearAfter(day); next += 1) {
    if (isCalm(next)) continue;
    const found = look(next);
    if (found.read === known.read || found.read !== look(next + 1).read) continue;
    const [before, after] = [known.meeting.here, found.meeting.here];
    const edges = /** @type {const} */ (["from", "to"]);
    const moved = zones.filter((zone) => edges.some((edge) => offsetAt(zone, before[edge]) !== offsetAt(zone, after[edge])));
    changes.push({ day: next, meeting: found.meeting, zones: [...new Set(moved)] });
    known = found;
  }
  return changes;
}

/** @type {Map<string, Map<number, number>>} */
const offsets = new Map();

/**
 * What `offsetAt` gives as a day begins in UTC. It is kept, because a reader who tries other hours asks again for the
 * same year, and on a phone the browser takes a tenth of a second for it.
 * @param {string} zone
 * @param {number} day
 */
function offsetOn(zone, day) {
  const known = offsets.get(zone) ?? new Map();
  const offset = known.get(day) ?? offsetAt(zone, day * DAY);
  offsets.set(zone, known.set(day, offset));
  return offset;
}

/** @param {number} day */
function yearAfter(day) {
  const date = new Date(day * DAY);
  return date.setUTCFullYear(date.getUTCFullYear() + 1) / DAY;
}

/**
 * @param {string} text As a form gives a date: `2027-03-28`.
 * @returns {number | null} `null` if it is none of this calendar, or not from 2000 to 2099.
 */
export function readDay(text) {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return null;
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && writeDay(instant / DAY) === text ? instant / DAY : null;
}

/** @param {number} day */
export function writeDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/**
 * @param {string} text As a form gives a time of day: `09:30`.
 * @returns {number | null}
 */
export function readTime(text) {
  const found = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text);
  return found && Number(found[1]) * 60 + Number(found[2]);
}
