/**
 * Above the questions: what the run is called that they are answered for, the way to another one, and to one more.
 *
 * @import {Facts, Runs} from "./runs.js"
 */
import { LONGEST_NAME } from "./run-records.js";
import { MOST } from "./runs.js";
import { make, say, write } from "../base/view.js";

export class RunHead {
  #place;
  #runs;
  #field = make("input", { type: "text", maxlength: `${LONGEST_NAME}`, dir: "auto" });
  #select = make("select");
  /** On paper, where a field can't be filled in. */
  #ink = make("p", { "data-ink": "" });
  #line = make("p", { "data-line": "" });
  #tell;
  element;

  /**
   * @param {HTMLElement} place
   * @param {Runs<Facts>} runs
   * @param {(words: string) => void} tell
   */
  constructor(place, runs, tell) {
    this.#place = place;
    this.#runs = runs;
    this.#tell = tell;
    const { subject } = runs;
    const add = make("button", { type: "button" }, say("run_add", { subject }));
    this.#select.setAttribute("aria-label", say("run_switch", { subject }));
    const label = make("label", {}, say("run_name", { subject }), this.#field);
    this.element = make("div", { role: "group", tabindex: "-1", "data-made": "" }, label, make("div", {}, this.#select, add), this.#line, this.#ink);
    // Names are no answers: the element must not take them for any.
    this.#field.addEventListener("input", ({ isTrusted }) => {
      // Firefox fills the fields of a tab that comes back as if somebody typed, but without the focus.
      if (isTrusted && !this.#field.matches(":focus")) this.show();
      else runs.rename(this.#field.value);
    });
    this.#select.addEventListener("change", () => {
      runs.turnTo(this.#select.value);
      tell(sayOpened(runs));
    });
    add.addEventListener("click", () => this.add(tell));
  }

  /** @param {(words: string) => void} tell */
  add(tell) {
    const { subject } = this.#runs;
    const isThere = this.#runs.add();
    write(this.#line, isThere ? "" : say("run_limit", { count: MOST }));
    if (isThere) this.name();
    tell(isThere ? say("run_added", { subject }) : say("run_limit", { count: MOST }));
  }

  /** Has the reader name the run. */
  name() {
    this.#field.focus();
  }

  show() {
    const runs = this.#runs;
    const { rows } = runs;
    const open = rows.find(({ isOpen }) => isOpen);
    if (this.element.parentNode !== this.#place) this.#place.replaceChildren(this.element);
    this.element.setAttribute("aria-label", `${runs.title}: ${open?.name ?? ""}`);
    // Left alone while it says the same, or the cursor would jump; what another tab has named does not go between the letters typed here.
    const name = open?.run.name ?? "";
    if (runs.wasTakenAway) this.#tell(sayOpened(runs));
    runs.wasTakenAway = false;
    if (this.#field.value !== name && !(document.activeElement === this.#field && this.#open === runs.open)) this.#field.value = name;
    this.#open = runs.open;
    write(this.#ink, `${runs.title}: ${name}`);
    this.#showChoice();
    if (runs.isUnsaved) write(this.#line, rows.length > 1 || name ? say("run_unsaved") : "");
    else if (this.#line.textContent === say("run_unsaved")) write(this.#line, "");
  }

  #open = "";

  #showChoice() {
    const { rows } = this.#runs;
    this.#select.hidden = rows.length < 2;
    const options = [...this.#select.options];
    for (const [at, { run, name, facts }] of rows.entries()) {
      const option = options[at] ?? this.#select.appendChild(make("option"));
      option.value = run.id;
      write(option, say("run_progress", { name, answered: facts.answered, total: facts.total }));
    }
    for (const surplus of options.slice(rows.length)) surplus.remove();
    this.#select.value = this.#runs.open;
  }
}

/** @param {Runs<Facts>} runs @returns {string} which run is open, as one would say it aloud */
export function sayOpened({ rows, title }) {
  const open = rows.find(({ isOpen }) => isOpen);
  if (!open) return "";
  const { answered, total } = open.facts;
  return say("run_opened", { subject: title, name: open.name, answered, total });
}
