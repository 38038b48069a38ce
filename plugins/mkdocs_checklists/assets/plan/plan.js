/**
 * Many runs of one checklist (tasks, candidates): names for them above the questions, and a plan of them all in the panel.
 * Loaded only for checklists with a plan.
 *
 * @import {Part} from "../types"
 * @import {Session} from "../answering/session.js"
 * @import {Order, Words} from "./plan-rows.js"
 */
import { resolveAnswers } from "../base/answers.js";
import { makeEvaluate } from "../rules/rules.js";
import { describe } from "./plan-rows.js";
import { PlanTable } from "./plan-table.js";
import { RunHead, sayOpened } from "../runs/run-head.js";
import { Runs } from "../runs/runs.js";
import { make } from "../base/view.js";
// Before anything here is said.
import "../rules-messages.js";

// A live region must stand empty for a while before its text comes, or it stays silent.
const SOON = 300;

/** As sessions, by the text of the key; they live as long as the page, with what could not be stored. @type {Map<string, Plan>} */
const plans = new Map();

/**
 * Brings names and plan up to date; called whenever a part is shown.
 *
 * @param {Part} part
 * @param {Session} session
 */
export function showPlan(part, session) {
  const { key = "" } = part.dataset;
  const plan = plans.get(key) ?? new Plan(session.key);
  plans.set(key, plan);
  plan.runs.follow(part, session);
  plan.show();
  plan.fill(part, session);
}

/**
 * @param {Part} part
 * @param {string} name of the run that is open, where its reader has given it none
 */
export function nameRun(part, name) {
  const runs = plans.get(part.dataset.key ?? "")?.runs;
  if (runs && !runs.rows.find(({ isOpen }) => isOpen)?.run.name) runs.rename(name);
}

/**
 * Turns to one more run, which begins with a name and answers.
 *
 * @param {Part} part
 * @param {string} name
 * @param {ReadonlyMap<string, string>} answers
 * @returns {boolean} whether there was room for it
 */
export function beginRun(part, name, answers) {
  return plans.get(part.dataset.key ?? "")?.begin(name, answers) ?? false;
}

class Plan {
  /** @type {WeakMap<Element, RunHead>} */
  #heads = new WeakMap();
  /** @type {WeakMap<Element, PlanTable>} */
  #tables = new WeakMap();
  /** @type {{order: Order | null}} */
  #sorting = { order: null };
  /** From the first table that is shown; empty until then. @type {Words} */
  #words = { outcomes: {}, answers: {} };
  /** What the run that is about to be opened begins with. @type {ReadonlyMap<string, string> | null} */
  #answers = null;
  #key;
  #evaluate;
  #live = make("p", { role: "status", "data-live": "", "data-made": "" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;

  /** @param {import("../types").Key} key */
  constructor(key) {
    this.#key = key;
    this.#evaluate = makeEvaluate(key);
    this.runs = new Runs(key, (written) => this.#describe(written), () => this.show());
  }

  /** @param {ReadonlyMap<string, string>} written */
  #describe(written) {
    const evaluation = this.#evaluate(written);
    const { choices } = resolveAnswers(this.#key, written);
    for (const id of evaluation.hidden) choices.delete(id);
    return describe(this.#key, evaluation, choices, this.#words);
  }

  show() {
    const { runs } = this;
    const [head, table] = [this.#find("[data-runs]"), this.#find("[data-plan]")];
    const subject = head?.dataset.runs ?? table?.dataset.subject;
    if (subject) runs.name(subject);
    this.#take(readWords(table?.dataset.plan));
    if (head) this.#headAt(head).show();
    if (table) this.#tableAt(table, head !== undefined).show();
    const [part] = this.#parts();
    if (part && !part.contains(this.#live)) part.append(this.#live);
  }

  /** @param {Words | null} words */
  #take(words) {
    if (!words || Object.keys(this.#words.outcomes).length) return;
    this.#words = words;
    this.runs.describeAnew();
  }

  /** @returns {Part[]} on the page, in reading order */
  #parts() {
    const parts = [...this.runs.parts].filter((part) => part.isConnected);
    return parts.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  }

  /** @param {string} selector @returns {HTMLElement | undefined} the first place of its kind */
  #find(selector) {
    for (const part of this.#parts()) {
      const place = part.querySelector(selector);
      if (place instanceof HTMLElement) return place;
    }
    return undefined;
  }

  /** @param {HTMLElement} place */
  #headAt(place) {
    const head = this.#heads.get(place) ?? new RunHead(place, this.runs, this.#tell);
    this.#heads.set(place, head);
    return head;
  }

  /**
   * @param {HTMLElement} place
   * @param {boolean} canBegin
   */
  #tableAt(place, canBegin) {
    const deeds = { open: this.#open, begin: this.#begin, canBegin, tell: this.#tell, sorting: this.#sorting };
    const table = this.#tables.get(place) ?? new PlanTable(place, this.runs, deeds);
    this.#tables.set(place, table);
    return table;
  }

  /**
   * @param {string} name
   * @param {ReadonlyMap<string, string>} answers
   */
  begin(name, answers) {
    this.#answers = answers;
    const isThere = this.runs.add();
    if (isThere) this.runs.rename(name);
    else this.#answers = null;
    return isThere;
  }

  /**
   * The answers that a new run begins with, once a part shows it.
   *
   * @param {Part} part
   * @param {Session} session
   */
  fill(part, session) {
    const answers = this.#answers;
    if (!answers || (part.dataset.run ?? "") !== this.runs.open || session.own.size) return;
    this.#answers = null;
    // Not while the session is at work on its parts.
    queueMicrotask(() => answers.forEach((answer, id) => session.answer(id, answer, part)));
  }

  #open = (/** @type {string} */ id) => {
    this.runs.turnTo(id);
    const head = this.#find("[data-runs]");
    const target = head ? this.#headAt(head).element : undefined;
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "start" });
    this.#tell(sayOpened(this.runs));
  };

  #begin = () => {
    const head = this.#find("[data-runs]");
    if (head) this.#headAt(head).name();
  };

  #tell = (/** @type {string} */ words) => {
    clearTimeout(this.#speaking);
    this.#live.textContent = "";
    this.#speaking = setTimeout(() => {
      this.#live.textContent = words;
    }, SOON);
  };
}

/** @param {string | undefined} json @returns {Words | null} */
function readWords(json) {
  return json === undefined ? null : JSON.parse(json);
}
