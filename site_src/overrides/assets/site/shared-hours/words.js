// What the shared hours are called: times, days and lengths as the reader writes them, and whole sentences.

import { DAY, MINUTE, dayAt, minutesOf, nearestMiss, wallClock } from "./time-zones.js";
import { cityOf } from "./places.js";

/** @import {Change, Hours, Meeting, Span} from "./time-zones.js" */

const HOUR = 60;

/** The words of one page, in its language. */
export class Words {
  /** @type {string} */
  locale;
  /** @type {Intl.DateTimeFormatOptions} */
  #time;
  #list;
  /** @type {Map<string, Intl.DateTimeFormat>} */
  #formats = new Map();

  /** @param {string} language Of the page. */
  constructor(language) {
    const base = language.split("-")[0];
    // The words are those of the page; a variant that the reader prefers decides how dates are written.
    this.locale = navigator.languages.find((one) => one.split("-")[0] === base) ?? language;
    // Two o’clock in the afternoon is written as in the time fields beside it, which follow the browser.
    const { hourCycle = "h23" } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
    const isHalfDay = hourCycle === "h12" || hourCycle === "h11";
    this.#time = { hourCycle, hour: isHalfDay ? "numeric" : "2-digit", minute: "2-digit" };
    this.#list = new Intl.ListFormat(this.locale, { type: "conjunction" });
  }

  /**
   * What a clock in UTC shows.
   * @param {number} wall
   */
  clock(wall) {
    return this.#format(wall, this.#time).replace(" ", "\u00a0"); // with its AM or PM
  }

  /**
   * The same for the edge of a picture, where there is little room.
   * @param {number} wall
   */
  fullHour(wall) {
    return this.#time.hour === "2-digit" ? this.clock(wall) : this.#format(wall, { ...this.#time, minute: undefined });
  }

  /**
   * @param {number} day
   * @param {"long" | "short"} [length]
   */
  date(day, length = "long") {
    /** @type {Intl.DateTimeFormatOptions} */
    const long = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
    return this.#format(day * DAY, length === "long" ? long : { ...long, year: undefined });
  }

  /**
   * @param {number} wall
   * @param {Intl.DateTimeFormatOptions} options
   */
  #format(wall, options) {
    // To make one takes far longer than to use it.
    const key = JSON.stringify(options);
    const format = this.#formats.get(key) ?? new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", ...options });
    this.#formats.set(key, format);
    return format.format(wall);
  }

  /** @param {number} minutes */
  length(minutes) {
    const whole = Math.round(minutes);
    const [hours, rest] = [Math.floor(whole / HOUR), whole % HOUR];
    /** @type {[number, string][]} */
    const all = [
      [hours, "hour"],
      [rest, "minute"],
    ];
    const parts = all.filter(([count], at) => count || (at === 1 && !hours));
    return this.#list.format(
      parts.map(([count, unit]) =>
        // A number and its word stay on one line.
        new Intl.NumberFormat(this.locale, { style: "unit", unit, unitDisplay: "long" }).format(count).replace(" ", "\u00a0"),
      ),
    );
  }

  /**
   * A time on the clocks of a zone; with the date, where that is not the day one would think of.
   * @param {string} zone
   * @param {number} instant
   * @param {number} day
   */
  at(zone, instant, day) {
    const on = dayAt(zone, instant);
    const time = this.clock(wallClock(zone, instant));
    return on === day ? time : `${time} (${this.date(on, "short")})`;
  }

  /**
   * @param {string} zone
   * @param {Span[]} spans
   * @param {number} day
   */
  ranges(zone, spans, day) {
    return this.#list.format(
      spans.map(({ from, to }) => {
        const on = dayAt(zone, from);
        const range = `${this.clock(wallClock(zone, from))} to ${this.clock(wallClock(zone, to))}`;
        return on === day ? range : `${range} (${this.date(on, "short")})`;
      }),
    );
  }

  /**
   * How long, and when on both clocks.
   * @param {Meeting} meeting
   * @param {number} day
   * @param {Hours} here
   * @param {Hours} there
   */
  shared({ shared }, day, here, there) {
    const [own, theirs] = [this.ranges(here.zone, shared, day), this.ranges(there.zone, shared, day)];
    const when = own === theirs ? `${own} in both places` : `${own} with you, ${theirs} there`;
    return [this.length(minutesOf(shared)), when];
  }

  /**
   * The answer, and a second sentence or two where one is not enough.
   * @param {Meeting} meeting
   * @param {number} day
   * @param {Hours} here
   * @param {Hours} there
   */
  answer(meeting, day, here, there) {
    if (!meeting.shared.length) return ["You share no hours on this day.", this.#miss(meeting, day, here, there)];
    const [length, when] = this.shared(meeting, day, here, there);
    const isWhole = (/** @type {Span} */ one) => meeting.shared.some(({ from, to }) => from <= one.from && one.to <= to);
    let whole = "";
    if (isWhole(meeting.here)) whole = "That is your whole working day.";
    else if (meeting.there.some(isWhole)) whole = "That is their whole working day.";
    return [`You share ${length}: ${when}.`, whole];
  }

  /**
   * @param {Meeting} meeting
   * @param {number} day
   * @param {Hours} here
   * @param {Hours} there
   */
  #miss(meeting, day, here, there) {
    const { side, there: span, gap } = nearestMiss(meeting);
    const isBefore = side === "before";
    const edge = isBefore ? span.to : span.from;
    const apart = gap ? `${this.length(gap / MINUTE)} ${isBefore ? "before" : "after"}` : "just when";
    return [
      `Their working day ${isBefore ? "ends" : "begins"} at ${this.at(there.zone, edge, day)} there.`,
      `That is ${this.at(here.zone, edge, day)} with you, ${apart} yours ${isBefore ? "begins" : "ends"}.`,
    ].join(" ");
  }

  /**
   * What would bring one hour in common, where there is none.
   * @param {Meeting} meeting
   * @param {number} day
   * @param {Hours} here
   * @param {Hours} there
   */
  shift(meeting, day, here, there) {
    const { side, there: span, gap } = nearestMiss(meeting);
    const by = gap + HOUR * MINUTE;
    const length = this.length(by / MINUTE);
    const isBefore = side === "before";
    const own = this.at(here.zone, isBefore ? meeting.here.from - by : meeting.here.to + by, day);
    const theirs = this.at(there.zone, isBefore ? span.to + by : span.from - by, day);
    const [mine, other] = isBefore ? ["begin", "end"] : ["end", "begin"];
    const [early, late] = isBefore ? ["earlier", "later"] : ["later", "earlier"];
    return (
      `To share one hour, you would ${mine} ${length} ${early}, at ${own}. ` +
      `Or they would ${other} ${length} ${late}, at ${theirs}. You can also split it between you.`
    );
  }

  /**
   * What the hours are good for: the idea of the question about shared hours.
   * @param {Meeting} meeting
   */
  use({ shared }) {
    return shared.length
      ? "Routine work can live with few hours in common. For work that is full of questions, count last week’s questions " +
          "that could not wait, and see whether these hours would have held them."
      : "Routine work can live without shared hours. Work that is full of questions cannot: agree on fixed times for " +
          "calls, or give it to somebody whose day is closer to yours.";
  }

  /**
   * Where clocks are changed on the day itself.
   * @param {string[]} zones
   */
  clockChange(zones) {
    return `On this day the clocks change in ${this.#cities(zones)}.`;
  }

  /**
   * What comes before the list of changes, or stands for it.
   * @param {Meeting} meeting
   * @param {number} changes How many there are.
   */
  ahead({ shared }, changes) {
    const year = "In the 12 months after that day";
    if (changes) return `${year}, this changes:`;
    const state = shared.length ? "these hours stay as they are" : "you share no hours either";
    return `${year}, ${state}, by the rules in your browser.`;
  }

  /**
   * @param {Change} change
   * @param {Hours} here
   * @param {Hours} there
   */
  change({ day, meeting, zones }, here, there) {
    const hours = meeting.shared.length ? this.shared(meeting, day, here, there).join(": ") : "no shared hours";
    return `From ${this.date(day)}, when the clocks have changed in ${this.#cities(zones)}: ${hours}.`;
  }

  /** @param {string[]} zones */
  #cities(zones) {
    return this.#list.format(zones.map(cityOf));
  }
}
