/**
 * The tables of scores by section and by dimension: a bar in words for each, and a profile of them all where there are five
 * or more.
 *
 * @import {Key, PartResult, Snapshot} from "../types"
 */
import { draw } from "./drawing.js";
import { countStates } from "./panel.js";
import { make, say, sayScore } from "../base/view.js";

/** From here on the shape says more than the bars. */
const MANY = 5;
const RADIUS = 70;
/** More letters than this go on in a line of their own; a word with more than that, or more lines, have no room. */
const ROOM = 12;
const SHORT = 14;
const LINES = 3;
/** With more axes than this, names of several lines would meet. */
const FEW = 9;
const LINE = 13;

export class ScoreTable {
  #table;
  #panel;
  /** @type {SVGElement | null} */
  #profile = null;
  #shown = "";

  /**
   * @param {HTMLTableElement} table
   * @param {HTMLElement} panel that also has the words of the bands
   */
  constructor(table, panel) {
    this.#table = table;
    this.#panel = panel;
  }

  remove() {
    for (const cell of this.#table.querySelectorAll("td")) cell.replaceChildren();
    this.#profile?.remove();
  }

  /** @param {Snapshot} snapshot */
  show({ key, result }) {
    const rows = [...this.#table.rows].map((row) => {
      const { section, dimension } = row.dataset;
      const isSection = section !== undefined;
      const items = isSection ? key.sections.find(({ id }) => id === section)?.items : key.dimensions.get(dimension ?? "");
      const part = isSection ? result.sections[section] : result.dimensions[dimension ?? ""];
      const { applicable, answered } = countStates((items ?? []).map(({ id }) => result.states[id]));
      return { row, part, total: applicable, answered };
    });
    const look = JSON.stringify(rows.map(({ part, total, answered }) => [part, total, answered]));
    if (look === this.#shown) return;
    this.#shown = look;
    for (const { row, part, total, answered } of rows) {
      const cell = row.querySelector("td");
      if (!part || !cell) continue;
      fill(cell, key, part, total, answered);
      if (part.band) cell.append(...this.#wordsOf(row, part.band));
    }
    this.#showProfile(rows.map(({ row, part }) => [nameOf(row), part ? shareOf(key, part) : null]));
  }

  /**
   * @param {HTMLTableRowElement} row of a section or dimension
   * @param {string} band of its own
   * @returns {Node[]} its title, and a copy of its advice
   */
  #wordsOf({ dataset: { section, dimension } }, band) {
    const name = section === undefined ? `dimensions ${dimension}` : `sections ${section}`;
    const box = this.#panel.querySelector(`[data-part-bands="${name}"] [data-band="${band}"]`);
    const advice = box?.querySelector("dd")?.cloneNode(true);
    const title = box?.querySelector("dt > span")?.textContent;
    if (!title || !(advice instanceof Element)) return [];
    // A copy must not bring an id along.
    for (const marked of advice.querySelectorAll("[id]")) marked.removeAttribute("id");
    return [make("b", {}, title), make("div", {}, ...advice.childNodes)];
  }

  /** @param {[name: string, share: number | null][]} axes */
  #showProfile(axes) {
    this.#profile?.remove();
    const isShown = axes.length >= MANY && axes.filter(([, share]) => share !== null).length >= 3;
    const named = axes.map(([name, share]) => /** @type {Axis} */ ([linesOf(name), share]));
    const most = Math.max(...named.map(([lines]) => lines.length));
    // A number in place of a name would say nothing; the bars have all names.
    if (!isShown || most > (axes.length > FEW ? 1 : LINES) || named.some(([lines]) => lines.some((line) => line.length > SHORT))) return;
    this.#profile = drawProfile(named, most);
    this.#table.before(this.#profile);
  }
}

/** @typedef {[lines: string[], share: number | null]} Axis */

/** @param {string} name @returns {string[]} its words in lines that have room beside the picture, if the words have */
function linesOf(name) {
  /** @type {string[]} */
  const lines = [];
  for (const word of name.split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length && longer.length <= ROOM) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * @param {Element} cell
 * @param {Key} key
 * @param {PartResult} part
 * @param {number} total questions that apply
 * @param {number} answered
 */
function fill(cell, key, part, total, answered) {
  const sayOnly = (/** @type {string} */ id) => cell.replaceChildren(make("small", {}, say(id)));
  if (!total) return sayOnly("section_na");
  if (part.score === null) return sayOnly(answered ? "no_score" : "section_open");
  const [bottom, top] = meterEnds(key, part);
  const meter = make("meter", { "aria-hidden": "true", min: `${bottom}`, max: `${top}`, value: `${part.score}` });
  const score = sayScore(key, part);
  cell.replaceChildren(meter, make("small", {}, answered < total ? say("section_partly", { score, answered, total }) : score));
}

/**
 * @param {Key} key
 * @param {PartResult} part
 * @returns {readonly [number, number]}
 */
function meterEnds(key, part) {
  return key.as === "points" ? [part.least, part.possible] : key.range;
}

/**
 * @param {Key} key
 * @param {PartResult} part
 * @returns {number | null} from 0 to 1
 */
function shareOf(key, part) {
  const [bottom, top] = meterEnds(key, part);
  if (part.score === null || top === bottom) return null;
  const share = (part.score - bottom) / (top - bottom);
  // Farther out is better.
  return key.better === "lower" ? 1 - share : share;
}

/** @param {HTMLTableRowElement} row */
function nameOf(row) {
  return row.dataset.short ?? row.querySelector("th")?.textContent?.trim() ?? "";
}

/**
 * A web of axes, clockwise from the top; what has no score is passed over. The table below says the same in words.
 *
 * @param {Axis[]} axes
 * @param {number} most lines of a name
 */
function drawProfile(axes, most) {
  const at = (/** @type {number} */ n, /** @type {number} */ share) => {
    const angle = (2 * Math.PI * n) / axes.length;
    return [Math.sin(angle) * share * RADIUS, -Math.cos(angle) * share * RADIUS].map((x) => x.toFixed(1)).join(" ");
  };
  const ring = (/** @type {number} */ share) => draw("path", { d: `M${axes.map((_, n) => at(n, share)).join("L")}Z` });
  const dots = axes.flatMap(([, share], n) => (share === null ? [] : [at(n, share)]));
  const labels = axes.map(([lines], n) => {
    const [x = "0", y = "0"] = at(n, 1.12).split(" ");
    const side = Math.abs(Number(x)) < 5 ? "middle" : Number(x) > 0 ? "start" : "end";
    // Away from the middle: above at the top, below at the foot.
    const up = (1 - Number(y) / (1.12 * RADIUS)) / 2;
    const top = Number(y) + 4 - up * LINE * (lines.length - 1);
    return draw("text", { "text-anchor": side }, ...lines.map((line, row) => draw("tspan", { x, y: (top + row * LINE).toFixed(1) }, line)));
  });
  const half = 95 + (most - 1) * LINE;
  return draw(
    "svg",
    { "data-profile": "", "data-made": "", viewBox: `-155 ${-half} 310 ${2 * half}`, "aria-hidden": "true", focusable: "false" },
    draw("g", { "data-web": "" }, ring(0.5), ring(1), draw("path", { d: axes.map((_, n) => `M0 0L${at(n, 1)}`).join("") })),
    draw("path", { "data-shape": "", d: `M${dots.join("L")}Z` }),
    ...dots.map((dot) => draw("circle", { cx: dot.split(" ")[0] ?? 0, cy: dot.split(" ")[1] ?? 0, r: 3 })),
    ...labels,
  );
}
