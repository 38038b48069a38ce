// <shared-hours>: how many hours of a working day two places share, worked out as the reader fills in a form. The page around
// it says how to do that by hand. Nothing is stored, and nothing leaves the page.

import { drawStrip } from "./strip.js";
import { cityOf, labelOf, listPlaces } from "./places.js";
import {
  DAY,
  MINUTE,
  changesAhead,
  dayAt,
  instantOf,
  isTimeZone,
  offsetAt,
  readDay,
  readTime,
  sharedHours,
  workingHours,
  writeDay,
} from "./time-zones.js";
import { Words } from "./words.js";

/** @import {Place} from "./places.js" */
/** @import {Hours, Meeting} from "./time-zones.js" */

const START = "09:00";
const END = "17:00";
const QUARTER = 6 * 60;

/** Milliseconds without a change after which a result is spoken: a time is typed in two or three steps. */
const SETTLED = 1000;

/** @type {Promise<Place[]> | undefined} */
let places;

/**
 * What the fields hold, while the page stays open: the theme puts a page anew for each link within it.
 * @type {string[] | undefined}
 */
let held;

let count = 0;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A control with its label, a line of help and a place for what is wrong with it. */
class Field {
  /** @type {HTMLDivElement} */
  element;
  /** Whether the reader has been here and gone on: nobody is told of an error while still typing. */
  isLeft = false;
  #error = make("p", { "data-error": "", hidden: "" });
  #help = make("p", { "data-help": "" });

  /**
   * @param {HTMLSelectElement | HTMLInputElement} control
   * @param {string} label
   * @param {string} [help]
   */
  constructor(control, label, help = "") {
    this.control = control;
    const id = `shared-hours-${(count += 1)}`;
    control.id = id;
    control.autocomplete = "off";
    this.#error.id = `${id}-error`;
    this.#help.id = `${id}-help`;
    this.help = help;
    this.element = make("div", { "data-field": "" }, make("label", { for: id }, label), control, this.#help, this.#error);
  }

  get value() {
    return this.control.value;
  }

  /** @param {string} value */
  set value(value) {
    this.control.value = value;
  }

  /** @param {string} words */
  set help(words) {
    this.#help.textContent = words;
    this.#help.hidden = !words;
    this.#describe();
  }

  /** @param {string} words What is wrong and what to do; empty if nothing is. */
  set error(words) {
    const shown = this.isLeft ? words : "";
    if (this.#error.textContent !== shown) this.#error.textContent = shown;
    this.#error.hidden = !shown;
    if (shown) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
    this.#describe();
  }

  #describe() {
    const ids = [this.#error, this.#help].filter((line) => line.textContent).map((line) => line.id);
    if (ids.length) this.control.setAttribute("aria-describedby", ids.join(" "));
    else this.control.removeAttribute("aria-describedby");
  }
}

/** One side of the form: a place and its hours. */
class Side {
  /**
   * @param {string} legend
   * @param {Place[]} list
   * @param {{none: string, begins: string, ends: string}} labels
   */
  constructor(legend, list, { none, begins, ends }) {
    const options = [{ zone: "", label: none }, ...list].map(({ zone, label }) => make("option", { value: zone }, label));
    this.place = new Field(make("select", {}, ...options), "Place");
    this.place.isLeft = true; // nobody is half-way through a choice
    this.start = new Field(make("input", { type: "time", value: START }), begins);
    this.end = new Field(make("input", { type: "time", value: END }), ends);
    this.fields = [this.place, this.start, this.end];
    this.element = make(
      "fieldset",
      {},
      make("legend", {}, legend),
      this.place.element,
      make("div", { "data-times": "" }, this.start.element, this.end.element),
    );
  }

  /**
   * Says what is wrong beside each field.
   * @param {Words} words
   * @returns {Hours | null} `null` if anything is missing or wrong.
   */
  read(words) {
    const zone = this.place.value;
    const isKnown = !zone || isTimeZone(zone);
    this.place.error = isKnown ? "" : "Your browser does not know the time there. Choose a city with the same time.";
    const [start, end] = [readTime(this.start.value), readTime(this.end.value)];
    const missing = `Put in a time, such as ${words.clock(9 * 60 * MINUTE)}.`;
    const isSame = start !== null && start === end;
    this.start.error = start === null ? missing : "";
    this.end.error = end === null ? missing : isSame ? "Work begins at this time. Put in another one." : "";
    this.end.help = start !== null && end !== null && end < start ? "On the next day." : "";
    return zone && isKnown && start !== null && end !== null && !isSame ? { zone, start, end } : null;
  }
}

class SharedHours extends HTMLElement {
  #listening = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  connectedCallback() {
    this.#listening = new AbortController();
    this.#build(this.#listening.signal);
  }

  disconnectedCallback() {
    this.#listening.abort();
    clearTimeout(this.#later);
    this.replaceChildren();
  }

  /** @param {AbortSignal} signal */
  async #build(signal) {
    const words = new Words(document.documentElement.lang || "en");
    const style = make("link", { rel: "stylesheet", href: new URL("shared-hours.css", import.meta.url).href });
    // Without its style sheet the form is plain, and works.
    const styled = new Promise((resolve) => {
      for (const type of ["load", "error"]) style.addEventListener(type, resolve, { signal });
    });
    this.replaceChildren(style);
    places ??= listPlaces(words.locale);
    const [list] = await Promise.all([places, styled]);
    if (signal.aborted) return;

    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hasOwn = Boolean(own) && isTimeZone(own);
    const isListed = list.some(({ zone }) => zone === own);
    const mine = hasOwn && !isListed ? [{ zone: own, label: labelOf(own) }, ...list] : list;
    const here = new Side("You", mine, { none: "Choose a place", begins: "You begin at", ends: "You end at" });
    const there = new Side("The provider", list, { none: "Choose a place", begins: "They begin at", ends: "They end at" });
    here.place.help = hasOwn ? "Taken from your device." : "";
    there.place.help = "Or a city with the same time.";
    if (hasOwn) here.place.value = own;
    const today = writeDay(dayAt(hasOwn ? own : "UTC", Date.now()));
    const date = new Field(
      make("input", { type: "date", value: today, min: "2000-01-01", max: "2099-12-31" }),
      "Day",
      "On your calendar. Clocks go forward and back in the year, so the day matters.",
    );
    const fields = [...here.fields, ...there.fields, date];
    held?.forEach((value, at) => {
      const field = fields[at];
      if (field) field.value = value;
    });
    const result = make("div", { "data-result": "" });
    const status = make("p", { role: "status", "data-status": "" });

    const update = () => {
      held = fields.map((field) => field.value);
      const day = readDay(date.value);
      date.error =
        day === null ? `Put in a day from 2000 to 2099, such as ${words.date(dayAt("UTC", Date.parse(today)))}.` : "";
      const [ours, theirs] = [here.read(words), there.read(words)];
      const meeting = ours && theirs && day !== null ? sharedHours(day, ours, theirs) : null;
      const [text, parts] =
        ours && theirs && day !== null && meeting
          ? describe(words, day, ours, theirs, meeting)
          : missing(here, there, fields.some((field) => field.control.ariaInvalid));
      if (result.textContent !== parts.map((part) => part.textContent).join("")) result.replaceChildren(...parts);
      this.toggleAttribute("data-answered", Boolean(meeting));
      clearTimeout(this.#later);
      this.#later = setTimeout(() => {
        if (status.textContent !== text) status.textContent = text;
      }, SETTLED);
    };

    const leave = (/** @type {Event} */ event) => {
      const left = fields.find((field) => field.control === event.target);
      if (!left) return;
      left.isLeft = true;
      update();
    };
    for (const type of ["input", "change"]) this.addEventListener(type, update, { signal });
    // From now on it is her own choice.
    here.place.control.addEventListener("change", () => (here.place.help = ""), { signal });
    this.addEventListener("focusout", leave, { signal });
    this.append(
      make(
        "p",
        { "data-intro": "" },
        `Choose where the provider works. Both working days start as ${words.clock(9 * 60 * MINUTE)} to ` +
          `${words.clock(17 * 60 * MINUTE)}: put in the real hours. For work through the night, put in an end that is ` +
          "earlier than the start. Nothing of it is stored or sent.",
      ),
      make("div", { "data-form": "" }, here.element, there.element, date.element),
      result,
      status,
    );
    update();
  }
}

/**
 * What stands in place of a result.
 * @param {Side} here
 * @param {Side} there
 * @param {unknown} isMarked
 * @returns {[string, HTMLElement[]]}
 */
function missing(here, there, isMarked) {
  const text =
    here.place.value && there.place.value
      ? `The hours you share will stand here once ${isMarked ? "what is marked has been put right" : "the form is complete"}.`
      : `Choose ${here.place.value ? "where the provider works" : "both places"}, and the hours you share will stand here.`;
  return [text, [make("p", { "data-pending": "" }, text)]];
}

/**
 * The result, in words and as a picture.
 * @param {Words} words
 * @param {number} day
 * @param {Hours} here
 * @param {Hours} there
 * @param {Meeting} meeting
 * @returns {[string, HTMLElement[]]} What is spoken, and what stands on the page.
 */
function describe(words, day, here, there, meeting) {
  const [answer, more] = words.answer(meeting, day, here, there);
  const wall = day * DAY;
  // Work through the night would be torn apart by a picture from midnight to midnight.
  const edge = wall + (here.end > here.start ? 0 : Math.floor(here.start / QUARTER) * QUARTER * MINUTE);
  const hours = [0, 1, 2, 3, 4].map((part) => {
    const at = edge + part * QUARTER * MINUTE;
    return { at: instantOf(here.zone, at), text: words.fullHour(at) };
  });
  const whole = { from: instantOf(here.zone, edge), to: instantOf(here.zone, edge + DAY) };
  const zones = [...new Set([here.zone, there.zone])];
  const changing = zones.filter((zone) => offsetAt(zone, whole.from) !== offsetAt(zone, whole.to));
  const today = changing.length ? words.clockChange(changing) : "";
  const [mine, theirs] = [cityOf(here.zone), cityOf(there.zone)];
  const changes = changesAhead(day, here, there);
  const own = words.ranges(here.zone, [meeting.here], day);
  // As they would name them there.
  const other = words.ranges(there.zone, [workingHours(there, day)], day);
  const strip = make("div", { "data-picture": "", "aria-hidden": "true" });
  strip.append(
    drawStrip(
      whole,
      [
        { name: `You: ${mine}`, spans: [meeting.here] },
        { name: `There: ${theirs}`, spans: meeting.there },
      ],
      meeting.shared,
      hours,
    ),
    make("p", {}, `On the clock in ${mine}. ${meeting.shared.length ? "Striped: the hours you share." : "Nothing overlaps."}`),
  );
  const parts = [
    make("p", { "data-paper": "" }, `${words.date(day)}. You: ${mine}, ${own}. There: ${theirs}, ${other}.`),
    make("p", { "data-answer": "" }, answer),
    ...[more, today].filter(Boolean).map((sentence) => make("p", {}, sentence)),
    strip,
    ...(meeting.shared.length ? [] : [make("p", {}, words.shift(meeting, day, here, there))]),
    make("p", {}, words.use(meeting)),
    make("p", {}, words.ahead(meeting, changes.length)),
    ...(changes.length
      ? [make("ul", {}, ...changes.map((change) => make("li", {}, words.change(change, here, there))))]
      : []),
  ];
  return [[answer, more, today].filter(Boolean).join(" "), parts];
}

if (!customElements.get("shared-hours")) customElements.define("shared-hours", SharedHours);
