/**
 * The offer to fill in an example, for a reader who wants to see first what comes out. Nothing is ever filled in unasked, and
 * nothing that she has typed is ever replaced.
 *
 * @import {Part, Snapshot} from "../types"
 * @import {Session} from "../answering/session.js"
 */
import { itemOf } from "../base/fields.js";
import { make, makeButton, say, write } from "../base/view.js";
import { inputsOfExample } from "./example.js";

export class ExampleOffer {
  #part;
  #session;
  #fill = makeButton("example");
  #words = make("span");
  #empty = makeButton("example_undo");
  #note = make("p", { "data-example-note": "" }, this.#words, " ", this.#empty);
  /** What this page has filled in. @type {Set<string>} */
  #filled = new Set();

  /**
   * @param {Part} part
   * @param {Session} session
   */
  constructor(part, session) {
    this.#part = part;
    this.#session = session;
    const first = part.querySelector("[data-inputs]:has(> [data-example])");
    // Of several parts on a page, the first offers it for all.
    if (!first || this.#places()[0]?.closest("scored-checklist") !== part) return;
    const box = make("div", { "data-offer": "", "data-made": "" }, this.#fill, this.#note);
    first.before(box);
    box.addEventListener("click", ({ target }) => {
      if (target === this.#fill) this.#onFill();
      if (target === this.#empty) this.#onEmpty();
    });
  }

  /**
   * @param {string} [kinds] of places
   * @returns {HTMLElement[]} where a question or an input of this checklist with an example stands on the page
   */
  #places(kinds = "[data-inputs] > [data-example]") {
    const root = /** @type {Document | ShadowRoot} */ (this.#part.getRootNode());
    const own = `scored-checklist[data-checklist="${this.#part.dataset.checklist}"]`;
    return [...root.querySelectorAll(`${own} :is(${kinds})`)].flatMap((place) => (place instanceof HTMLElement ? [place] : []));
  }

  #onFill() {
    for (const place of this.#places("[data-example]")) {
      const { written, evaluation } = this.#session.snapshot;
      const id = place.dataset.input ?? itemOf(place);
      // What is hidden stays empty: she could not see what was filled in. An answer before may have shown it.
      if (written.has(id) || evaluation?.hidden.has(id)) continue;
      this.#filled.add(id);
      this.#session.answer(id, place.dataset.example ?? "", this.#part);
    }
    this.#empty.focus();
  }

  #onEmpty() {
    const { written } = this.#session.snapshot;
    const questions = this.#places("fieldset[data-example]").map(itemOf);
    for (const id of [...this.#made(written), ...questions.filter((id) => this.#filled.has(id))]) this.#session.answer(id, null, this.#part);
    this.#filled.clear();
    // Reloaded since, or typed over in part: then there is nothing to offer, and the first field is where one goes on.
    if (this.#fill.hidden) this.#places()[0]?.querySelector("input")?.focus();
    else this.#fill.focus();
  }

  /** @param {ReadonlyMap<string, string>} written @returns {string[]} the inputs that still hold the example's number */
  #made(written) {
    const examples = new Map(this.#places().map(({ dataset }) => [dataset.input ?? "", dataset.example]));
    if (this.#filled.size) return [...this.#filled].filter((id) => examples.has(id) && written.get(id) === examples.get(id));
    // After a reload only the numbers can tell.
    return inputsOfExample([...examples.keys()], examples, written);
  }

  /** @param {Snapshot} snapshot */
  show({ key, written, evaluation }) {
    const isEmpty = !(key.rules?.inputs ?? []).some(({ id, was = [] }) => [id, ...was].some((name) => written.has(name)));
    const made = isEmpty ? [] : this.#made(written);
    if (this.#fill.hidden === isEmpty) this.#fill.hidden = !isEmpty;
    this.#note.hidden = !made.length;
    const count = made.filter((id) => !evaluation?.hidden.has(id)).length;
    if (count) write(this.#words, say("example_note", { count }));
  }
}
