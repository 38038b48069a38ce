/**
 * Advice whose condition holds, copied from the list of all advice that the page has anyway.
 *
 * @import {Snapshot} from "../types"
 */
import "../rules-messages.js";
import { make, say } from "../base/view.js";
import { copiesOf, headingBelow, shortList } from "../result/panel.js";

/** @type {WeakMap<HTMLElement, NotesNow>} */
const lists = new WeakMap();

/**
 * Lists the notes that apply now, where a checklist has notes and no decision.
 *
 * @param {HTMLElement} panel
 * @param {Snapshot} snapshot
 */
export function showNotes(panel, snapshot) {
  let list = lists.get(panel);
  if (!list || !panel.contains(list.element)) {
    list = new NotesNow(panel, headingBelow(panel));
    lists.set(panel, list);
    panel.querySelector("[data-all-notes]")?.before(list.element);
  }
  list.show(snapshot);
}

export class NotesNow {
  element = make("div", { "data-notes-now": "", "data-made": "" });
  #panel;
  #heading;
  #shown = "";

  /**
   * @param {HTMLElement} panel
   * @param {"h4"} heading of the list
   */
  constructor(panel, heading) {
    this.#panel = panel;
    this.#heading = heading;
  }

  /** @param {Snapshot} snapshot */
  show({ evaluation }) {
    // Those that are true of one of two outcomes are beside that.
    const apart = new Set(evaluation?.firing.sides.flat());
    const numbers = evaluation?.firing.notes.filter((n) => !apart.has(n)) ?? [];
    const look = numbers.join();
    if (look === this.#shown) return;
    this.#shown = look;
    const entries = numbers.flatMap((n) => copyOf(this.#panel.querySelector(`[data-notes] > [data-note="${n}"]`)));
    const list = entries.length ? [make(this.#heading, {}, say("notes_now")), ...shortList(entries, "data-more-notes", "notes_more")] : [];
    this.element.replaceChildren(...list);
  }
}

/**
 * @param {Element | null} source
 * @returns {HTMLLIElement[]} a list entry with a copy of its words: without ids, which there can be only once, and without the
 *   condition in small print, which holds
 */
export function copyOf(source) {
  return source ? [make("li", {}, ...copiesOf(source))] : [];
}
