/**
 * The offer to fill in an example, for a reader who wants to see first what comes out. Nothing is ever filled in unasked, and
 * nothing that she has typed is ever replaced.
 *
 * @import {Part, Snapshot} from "./types"
 * @import {Session} from "./session.js"
 */
import { make, makeButton, say, write } from "./view.js";

export class ExampleOffer {
  #part;
  #session;
  #fill = makeButton("example");
  #words = make("span");
  #empty = makeButton("example_undo");
  #note = make("p", { "data-example-note": "" }, this.#words, " ", this.#empty);
  /** What this page has filled in, with what stood there before. @type {Map<string, string | undefined>} */
  #filled = new Map();

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

  /** @returns {HTMLElement[]} where an input of this checklist with an example stands on the page */
  #places() {
    const root = /** @type {Document | ShadowRoot} */ (this.#part.getRootNode());
    return [...root.querySelectorAll(`scored-checklist[data-checklist="${this.#part.dataset.checklist}"] [data-inputs] > [data-example]`)].flatMap((place) =>
      place instanceof HTMLElement ? [place] : [],
    );
  }

  #onFill() {
    const { written } = this.#session.snapshot;
    for (const { dataset } of this.#places()) {
      const { input = "", example = "" } = dataset;
      if (written.has(input)) continue;
      this.#filled.set(input, undefined);
      this.#session.answer(input, example, this.#part);
    }
    this.#empty.focus();
  }

  #onEmpty() {
    const { written } = this.#session.snapshot;
    for (const id of this.#made(written)) this.#session.answer(id, this.#filled.get(id) ?? null, this.#part);
    this.#filled.clear();
    // Reloaded since, or typed over in part: then there is nothing to offer, and the first field is where one goes on.
    if (this.#fill.hidden) this.#places()[0]?.querySelector("input")?.focus();
    else this.#fill.focus();
  }

  /** @param {ReadonlyMap<string, string>} written @returns {string[]} the inputs that still hold the example's number */
  #made(written) {
    const places = this.#places();
    const same = places.flatMap(({ dataset }) => (dataset.input && written.get(dataset.input) === dataset.example ? [dataset.input] : []));
    if (this.#filled.size) return same.filter((id) => this.#filled.has(id));
    // After a reload only the numbers can tell: all of them, or it may be chance.
    const isAll = places.every(({ dataset }) => !dataset.input || written.get(dataset.input) === dataset.example);
    return isAll ? same : [];
  }

  /** @param {Snapshot} snapshot */
  show({ key, written, evaluation }) {
    const isEmpty = !(key.rules?.inputs ?? []).some(({ id, was = [] }) => [id, ...was].some((name) => written.has(name)));
    const made = isEmpty ? [] : this.#made(written);
    if (this.#fill.hidden === isEmpty) this.#fill.hidden = !isEmpty;
    this.#note.hidden = !made.length;
    // Those that she can see; what is hidden is filled in too, for when it appears.
    const count = made.filter((id) => !evaluation?.hidden.has(id)).length;
    if (count) write(this.#words, say("example_note", { count }));
  }
}
