/**
 * The plan: one row for each run, in an order that the reader chooses, to be printed by itself.
 *
 * @import {Described, Order} from "./plan-rows.js"
 * @import {Row, Runs} from "../runs/runs.js"
 */
import { language } from "../messages.js";
import { sortRows } from "./plan-rows.js";
import { make, say, write } from "../base/view.js";

/**
 * @typedef {object} Deeds what the plan has others do
 * @property {(id: string) => void} open
 * @property {() => void} begin names the first run
 * @property {boolean} canBegin whether there is a place for that on this page
 * @property {(words: string) => void} tell
 * @property {{order: Order | null}} sorting of the rows, chosen for as long as the page lives
 */

/** @typedef {{row: HTMLTableRowElement, button: HTMLButtonElement, mark: HTMLElement, cells: Map<string, HTMLElement>, remove: HTMLButtonElement}} Line */

export class PlanTable {
  #place;
  #runs;
  #deeds;
  /** Column -> its title. @type {Map<string, string>} */
  #columns;
  /** @type {Map<string, HTMLTableCellElement>} */
  #heads = new Map();
  #caption = make("caption");
  #body = make("tbody", { role: "rowgroup" });
  #table;
  #empty = make("p");
  #begin;
  #undone = make("p", { "data-undone": "" });
  #print;
  /** By run. @type {Map<string, Line>} */
  #lines = new Map();
  #collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  element;

  /**
   * @param {HTMLElement} place
   * @param {Runs<Described>} runs
   * @param {Deeds} deeds
   */
  constructor(place, runs, deeds) {
    this.#place = place;
    this.#runs = runs;
    this.#deeds = deeds;
    // As Python has written them for paper.
    const heads = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("th[data-column]")]);
    this.#columns = new Map(heads.map((head) => [head.dataset.column ?? "", head.textContent ?? ""]));
    const titles = [...this.#columns].map(([column, title]) => this.#head(column, title));
    // The roles, because a table that is laid out otherwise on a narrow screen is none to many browsers.
    const head = make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...titles, make("td", { role: "cell" })));
    this.#table = make("table", { class: "checklist-plan", role: "table" }, this.#caption, head, this.#body);
    this.#begin = press(say("run_name", { subject: runs.subject }), () => deeds.begin());
    this.#print = press(say("plan_print"), () => printAlone(this.#place));
    this.element = make("div", { "data-made": "" }, this.#undone, this.#empty, this.#begin, this.#table, this.#print);
  }

  show() {
    const { rows, removed } = this.#runs;
    const { order } = this.#deeds.sorting;
    if (this.element.parentNode !== this.#place) this.#place.append(this.element);
    const isEmpty = rows.length < 2 && !rows[0]?.run.name;
    this.#table.hidden = this.#print.hidden = isEmpty;
    this.#empty.hidden = !isEmpty;
    this.#begin.hidden = !isEmpty || !this.#deeds.canBegin;
    this.#place.toggleAttribute("data-filled", !isEmpty);
    write(this.#empty, isEmpty ? say("plan_empty", { subject: this.#runs.subject }) : "");
    this.#showUndo(removed);
    this.#showRows(isEmpty ? [] : sortRows(rows, order, this.#collator));
    const column = order && (this.#columns.get(order.column) ?? "");
    write(this.#caption, !order ? say("plan_order") : say(order.isReverse ? "plan_reversed" : "plan_sorted", { column: column ?? "" }));
    for (const [name, head] of this.#heads) {
      if (order?.column === name) head.setAttribute("aria-sort", order.isReverse ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  /**
   * @param {string} column
   * @param {string} title
   */
  #head(column, title) {
    const button = press(title, () => {
      const { order } = this.#deeds.sorting;
      this.#deeds.sorting.order = { column, isReverse: order?.column === column && !order.isReverse };
      this.show();
      this.#deeds.tell(this.#caption.textContent ?? "");
    });
    const head = make("th", { scope: "col", role: "columnheader" }, button);
    this.#heads.set(column, head);
    return head;
  }

  /** @param {Row<Described>[]} rows */
  #showRows(rows) {
    for (const { run, name, isOpen, facts } of rows) {
      const line = this.#lines.get(run.id) ?? this.#line(run.id);
      this.#lines.set(run.id, line);
      write(line.button, name);
      write(line.mark, isOpen ? say("plan_open") : "");
      line.remove.setAttribute("aria-label", say("plan_remove_named", { name }));
      for (const [column, cell] of line.cells) {
        const text = facts.cells.get(column)?.text ?? "";
        write(cell, text);
        cell.toggleAttribute("data-none", !text);
      }
    }
    const present = rows.flatMap(({ run }) => this.#lines.get(run.id)?.row ?? []);
    for (const id of [...this.#lines.keys()]) if (!rows.some(({ run }) => run.id === id)) this.#lines.delete(id);
    // Put anew only where they stand otherwise: what is moved loses the focus.
    if (present.length !== this.#body.rows.length || present.some((row, at) => row !== this.#body.rows[at])) this.#body.replaceChildren(...present);
  }

  /** @param {string} id @returns {Line} */
  #line(id) {
    const button = press("", () => this.#deeds.open(id));
    // As it is written: a name may run from right to left on a page that does not.
    button.dir = "auto";
    const mark = make("small");
    const others = [...this.#columns].filter(([column]) => column !== "run");
    const cells = new Map(others.map(([column, title]) => [column, make("td", { role: "cell", "data-title": title })]));
    const remove = press(say("plan_remove"), () => this.#remove(id));
    const name = make("th", { scope: "row", role: "rowheader" }, button, " ", mark);
    return { row: make("tr", { role: "row" }, name, ...cells.values(), make("td", { role: "cell" }, remove)), button, mark, cells, remove };
  }

  /** @param {string} id */
  #remove(id) {
    const name = this.#lines.get(id)?.button.textContent ?? "";
    this.#runs.remove(id);
    this.#undone.querySelector("button")?.focus();
    this.#deeds.tell(say("plan_removed", { name }));
  }

  /** @param {{id: string, name: string} | null} removed */
  #showUndo(removed) {
    if (!removed) return this.#undone.replaceChildren();
    const words = say("plan_removed", { name: removed.name });
    const label = say("plan_undo");
    // Left alone while it says the same: the reader may have her focus on the button.
    if (this.#undone.textContent === `${words} ${label}` && this.#undone.dataset.undone === removed.id) return undefined;
    this.#undone.dataset.undone = removed.id;
    const undo = press(label, () => {
      this.#runs.restore(removed.id);
      this.#lines.get(removed.id)?.button.focus();
      this.#deeds.tell(say("plan_restored", { name: removed.name }));
    });
    return this.#undone.replaceChildren(`${words} `, undo);
  }
}

/**
 * @param {string} words
 * @param {() => void} deed
 */
function press(words, deed) {
  const button = make("button", { type: "button" }, words);
  button.addEventListener("click", deed);
  return button;
}

/** @param {HTMLElement} place what is printed, and nothing else of the page */
function printAlone(place) {
  const done = new AbortController();
  const { signal } = done;
  const end = () => {
    place.removeAttribute("data-alone");
    done.abort();
  };
  place.setAttribute("data-alone", "");
  addEventListener("afterprint", end, { signal });
  // Some browsers do not say when they have printed; then the reader's next step does.
  for (const step of ["pointerdown", "keydown"]) addEventListener(step, end, { signal });
  print();
}
