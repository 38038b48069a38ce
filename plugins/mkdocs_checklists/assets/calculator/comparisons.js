/**
 * Figures side by side: a bar of one scale for each, beside its number. Which is the most and which the least is said in words.
 *
 * @import {Fraction, Snapshot} from "../types"
 */
import { draw } from "../result/drawing.js";
import { compare } from "../rules/exact.js";
import { sayRounded } from "./numerals.js";
import { make, say } from "../base/view.js";

export class Comparisons {
  #tables;
  #shown = "";

  /** @param {HTMLElement} part */
  constructor(part) {
    this.#tables = [.../** @type {NodeListOf<HTMLTableElement>} */ (part.querySelectorAll("table.checklist-compare"))].map((table) =>
      [...table.rows].map((row) => {
        const bar = draw("rect", { height: 10 });
        const zero = draw("path", { "vector-effect": "non-scaling-stroke" });
        const picture = draw(
          "svg",
          { "data-compared": "", "data-made": "", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
          bar,
          zero,
        );
        const cell = row.querySelector("td");
        cell?.prepend(picture);
        const mark = make("small", { "data-made": "" });
        cell?.append(" ", mark);
        return { row, id: row.dataset.figure ?? "", output: row.querySelector("output"), bar, zero, picture, mark };
      }),
    );
  }

  stop() {
    for (const { output } of this.#tables.flat()) if (output) output.textContent = "";
  }

  /** @param {Snapshot} snapshot */
  show({ key, evaluation }) {
    const decimals = new Map((key.rules?.figures ?? []).map((figure) => [figure.id, figure.decimals]));
    const tables = this.#tables.map((rows) => rows.map((entry) => ({ ...entry, value: entry.row.hidden ? null : (evaluation?.numbers.get(entry.id) ?? null) })));
    const look = tables.flat().map(({ value }) => value?.join("/") ?? "").join();
    if (look === this.#shown) return;
    this.#shown = look;
    for (const rows of tables) {
      const values = rows.flatMap(({ value }) => (value ? [value] : []));
      const [least, most] = [pick(values, -1), pick(values, 1)];
      const isTold = values.length > 1 && least && most && compare(least, most) !== 0;
      // Zero is always in the picture, or small differences would look large.
      const low = Math.min(0, least ? toNumber(least) : 0);
      const width = Math.max(0, most ? toNumber(most) : 0) - low || 1;
      const place = (/** @type {number} */ x) => (100 * (x - low)) / width;
      for (const { id, value, output, bar, zero, picture, mark } of rows) {
        if (output) output.textContent = value ? sayRounded(value, decimals.get(id) ?? 0) : "–";
        mark.textContent = !isTold || !value ? "" : compare(value, most) === 0 ? say("number_most") : compare(value, least) === 0 ? say("number_least") : "";
        const end = value ? toNumber(value) : 0;
        bar.setAttribute("x", `${place(Math.min(0, end))}`);
        bar.setAttribute("width", `${place(Math.max(0, end)) - place(Math.min(0, end))}`);
        zero.setAttribute("d", `M${place(0)} -2V12`);
        picture.toggleAttribute("data-below", end < 0);
        picture.toggleAttribute("hidden", !value);
      }
    }
  }
}

/**
 * @param {Fraction[]} values
 * @param {-1 | 1} side
 * @returns {Fraction | undefined} the least or the most
 */
function pick(values, side) {
  const [first, ...more] = values;
  return more.reduce((best, value) => (best && compare(value, best) === side ? value : best), first);
}

/** Near enough for a picture. @param {Fraction} value */
function toNumber([top, bottom]) {
  return Number((top * 1_000_000n) / bottom) / 1_000_000;
}
