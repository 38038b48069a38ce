/**
 * One case that is shown in place of the reader's answers, and the marks that say so. Where she has none of her own, the answers
 * are hers from the first one on that she changes. Where she has, nothing of the case is ever stored, unless as one more run.
 *
 * @import {Entry, Part, ShownExample} from "../types"
 * @import {Session} from "../answering/session.js"
 */
import { make, panelOf, say, write } from "../base/view.js";

// A live region must stand empty for a while before its text comes, or it stays silent.
const SOON = 300;

/** @typedef {{title: string, result: string, answers: ReadonlyMap<string, string>}} Case */

/** @implements {ShownExample} */
export class ShownCase {
  /** @type {Map<string, Entry>} */
  answers = new Map();
  #part;
  #session;
  #place;
  #case;
  #isChanged = false;
  /** @type {Mark[]} */
  #marks = [];
  /** @type {HTMLElement[]} */
  #tags = [];

  /**
   * @param {Part} part
   * @param {Session} session
   * @param {HTMLElement} place the table of cases
   * @param {Case} shown
   */
  constructor(part, session, place, shown) {
    this.#part = part;
    this.#session = session;
    this.#place = place;
    this.#case = shown;
    for (const [id, choice] of shown.answers) this.answers.set(id, this.#entry(choice));
  }

  /** Shows it, and brings the reader to the words that say what it is. */
  begin() {
    this.#session.example?.end();
    this.#session.example = this;
    const { title, result } = this.#case;
    /** @type {Record<string, string>} */
    const address = panelOf(this.#part) ? { href: `#${this.#session.key.checklist}--score` } : {};
    const mark = this.#markAt((element) => this.#place.after(element), make("a", address, say("case_result", { result })));
    for (const part of this.#session.parts) {
      const heading = part.querySelector("[data-panel] > :first-child");
      if (heading) this.#markAt((element) => heading.after(element));
      const bar = part.querySelector("[data-bar] p");
      const tag = make("b", { "data-made": "" }, say("case_tag"));
      this.#tags.push(tag);
      bar?.prepend(tag, " ");
    }
    this.#place.removeAttribute("open");
    this.#session.show();
    mark.element.setAttribute("aria-label", say("case_shown", { title }));
    mark.element.focus();
  }

  /**
   * @param {(element: HTMLElement) => void} put
   * @param {...HTMLElement} more behind the words
   */
  #markAt(put, ...more) {
    const mark = new Mark(this.#case.title, more, () => this.#leave(), this.#subject ? () => this.#keep() : undefined, this.#subject);
    this.#marks.push(mark);
    put(mark.element);
    return mark;
  }

  /** What one run is called, where there may be several. */
  get #subject() {
    return this.#session.key.rules?.plan ? (this.#part.querySelector("[data-runs]")?.getAttribute("data-runs") ?? "") : "";
  }

  /**
   * @param {string} item
   * @param {string | null} choice
   * @param {Part} part
   */
  answer(item, choice, part) {
    if (!this.#session.own.size) return this.#adopt(item, choice, part);
    if (choice === null) this.answers.delete(item);
    else this.answers.set(item, this.#entry(choice));
    this.#isChanged = true;
    this.#session.show();
    this.#session.announceSoon();
  }

  /**
   * All answers become the reader's, with the one that she has changed.
   *
   * @param {string} item
   * @param {string | null} choice
   * @param {Part} part
   */
  #adopt(item, choice, part) {
    const { answers } = this;
    this.#remove();
    for (const [id, entry] of answers) if (id !== item) this.#session.answer(id, entry.choice, part);
    this.#session.answer(item, choice, part);
    this.#session.equipment?.plans()?.nameRun(part, this.#case.title);
    this.#tell(say("case_adopted"));
  }

  /** @param {Part} [gone] */
  end(gone) {
    this.#remove();
    // Nothing of it may be left in fields that come back. An item may be called "reset".
    const form = gone?.querySelector("form");
    if (form) HTMLFormElement.prototype.reset.call(form);
    this.#session.show();
  }

  #remove() {
    this.#session.example = null;
    for (const { element } of this.#marks) element.remove();
    for (const tag of this.#tags) tag.remove();
  }

  #leave() {
    this.end();
    this.#place.querySelector("summary")?.focus();
    this.#tell(say(this.#session.own.size ? "case_returned" : "case_removed"));
  }

  #keep() {
    const { title } = this.#case;
    const subject = this.#subject;
    const answers = new Map([...this.answers].map(([id, { choice }]) => [id, choice]));
    this.end();
    const isKept = this.#session.equipment?.plans()?.beginRun(this.#part, title, answers);
    this.#place.querySelector("summary")?.focus();
    if (isKept) this.#tell(say("case_kept", { subject, title }));
  }

  show() {
    const hasOwn = this.#session.own.size > 0;
    const words = hasOwn ? say(this.#isChanged ? "case_changed" : "case_safe") : say("case_unsaved");
    for (const mark of this.#marks) mark.show(words, hasOwn);
  }

  /** @param {string} choice @returns {Entry} */
  #entry(choice) {
    return { choice, at: new Date().toISOString(), revision: this.#session.key.revision };
  }

  /** @param {string} words for a screen reader */
  #tell(words) {
    const live = this.#part.querySelector("[data-case-live]") ?? make("p", { role: "status", "data-live": "", "data-case-live": "", "data-made": "" });
    this.#part.append(live);
    write(live, "");
    setTimeout(() => write(live, words), SOON);
  }
}

/** The words that say that an example is shown, with the ways out of it. */
class Mark {
  #words = make("span");
  #back = make("button", { type: "button" });
  #keep = make("button", { type: "button" });
  element;

  /**
   * @param {string} title
   * @param {HTMLElement[]} more
   * @param {() => void} leave
   * @param {(() => void) | undefined} keep
   * @param {string} subject
   */
  constructor(title, more, leave, keep, subject) {
    this.#back.addEventListener("click", leave);
    if (keep) this.#keep.addEventListener("click", keep);
    write(this.#keep, say("case_keep", { subject }));
    this.#canKeep = Boolean(keep);
    const words = make("p", {}, make("b", {}, say("case_shown", { title })), make("br"), this.#words);
    const lines = more.map((line) => make("p", {}, line));
    this.element = make("div", { "data-case-shown": "", "data-made": "", role: "group", tabindex: "-1" }, words, ...lines, this.#back, " ", this.#keep);
  }

  #canKeep;

  /**
   * @param {string} words
   * @param {boolean} hasOwn whether the reader has answers of her own
   */
  show(words, hasOwn) {
    write(this.#words, words);
    write(this.#back, say(hasOwn ? "case_back" : "case_remove"));
    this.#keep.hidden = !hasOwn || !this.#canKeep;
  }
}
