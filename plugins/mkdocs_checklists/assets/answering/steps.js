/**
 * The questions alone, one on each screen, over the page that they are on. Loaded when a link to `#ID--score--steps` is followed.
 *
 * The fieldsets themselves move into a modal dialog and back, so that there is one question and one answer, whatever shows it.
 *
 * @import {Part} from "../types"
 * @import {Session} from "./session.js"
 */
// Before anything here is said.
import "../result-messages.js";
import { CHOSEN, FIELD } from "../base/fields.js";
import { headingOf, make, panelOf, say, write } from "../base/view.js";

/** What a step shows: a question, or the numbers that are asked for together. */
const STEP = "fieldset, [data-inputs]";

/** The way through each checklist that is open. @type {Map<string, Steps>} */
const open = new Map();

/**
 * Opens the questions of a checklist, at the first that is not answered.
 *
 * @param {Part} part one of its parts on the page
 * @param {Session} session
 * @returns {Steps} what to stop before the part leaves the page
 */
export function openSteps(part, session) {
  const id = part.dataset.checklist ?? "";
  const steps = open.get(id) ?? new Steps(id, part, session);
  open.set(id, steps);
  return steps;
}

class Steps {
  #id;
  #root;
  #session;
  #place = document.createComment("");
  /** @type {HTMLElement | null} */
  #step = null;
  #count = make("p", { "data-step-count": "" });
  #lead = make("div", { "data-step-lead": "" });
  #body = make("div");
  #back = make("button", { type: "button" }, say("step_back"));
  #next = make("button", { type: "button", "data-step-next": "" });
  #leave = make("button", { type: "button" }, say("step_leave"));
  #fill = make("progress", { "aria-hidden": "true" });
  #dialog = make("dialog", { "data-steps": "", "aria-label": say("steps") });

  /**
   * @param {string} id
   * @param {Part} part
   * @param {Session} session
   */
  constructor(id, part, session) {
    this.#id = id;
    this.#root = /** @type {Document | ShadowRoot} */ (part.getRootNode());
    this.#session = session;
    this.#dialog.append(
      make("header", {}, this.#count, this.#leave, this.#fill),
      this.#lead,
      this.#body,
      make("footer", {}, this.#back, this.#next),
    );
    this.#back.addEventListener("click", () => this.#go(-1));
    this.#next.addEventListener("click", () => this.#go(1));
    this.#leave.addEventListener("click", () => this.#dialog.close());
    // Escape, and the way back of a phone, close it as well.
    this.#dialog.addEventListener("close", (event) => event.target === this.#dialog && this.#end(this.#step));
    this.#dialog.addEventListener("keydown", (event) => this.#onKey(event));
    const steps = this.#all();
    this.#show(steps.find((step) => !isAnswered(step, session)) ?? steps[0] ?? null);
  }

  /** Puts everything back and leaves the reader where she is. */
  stop() {
    open.delete(this.#id);
    this.#restore();
    this.#dialog.remove();
  }

  /** @returns {HTMLElement[]} what can be answered now, in the order of the page */
  #all() {
    const parts = [...this.#root.querySelectorAll(`scored-checklist[data-checklist="${this.#id}"]`)];
    return parts.flatMap((part) => /** @type {HTMLElement[]} */ ([...part.querySelectorAll(STEP)])).filter((step) => !(step === this.#step ? this.#isGone() : step.closest("[hidden]")));
  }

  /** Whether a condition has hidden the question that is shown. */
  #isGone() {
    return Boolean(this.#step?.hidden || this.#place.parentElement?.closest("[hidden]"));
  }

  /** @returns {HTMLElement[]} likewise, with the step that is shown in its place */
  #inOrder() {
    const step = this.#step;
    if (!step) return this.#all();
    const others = this.#all().filter((other) => other !== step);
    const before = others.filter((other) => this.#place.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING);
    return [...before, step, ...others.slice(before.length)];
  }

  /** @param {1 | -1} by */
  #go(by) {
    const steps = this.#inOrder();
    const next = steps[steps.indexOf(/** @type {HTMLElement} */ (this.#step)) + by];
    if (next) return this.#show(next);
    if (by > 0) this.#showResult();
  }

  /** @param {HTMLElement | null} step */
  #show(step) {
    if (!step) return this.stop();
    this.#restore();
    const form = step.closest("form");
    if (!form) return;
    this.#step = step;
    step.replaceWith(this.#place);
    this.#body.replaceChildren(step);
    // Within the form of its question, which so keeps its name and its neighbours. A form knows its inputs by name: not `form.append`.
    if (this.#dialog.parentElement !== form) {
      this.#dialog.remove();
      // Out of the page it is modal no more, and says that it is open.
      this.#dialog.removeAttribute("open");
      Element.prototype.append.call(form, this.#dialog);
    }
    this.#lead.replaceChildren(...this.#leadOf(step));
    const steps = this.#inOrder();
    const at = steps.indexOf(step);
    write(this.#count, say("step", { number: at + 1, total: steps.length }));
    this.#fill.max = steps.length;
    this.#fill.value = at + 1;
    this.#back.disabled = at === 0;
    write(this.#next, say(at === steps.length - 1 ? "result_link" : "step_next"));
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    fieldOf(step)?.focus();
  }

  /**
   * @param {HTMLElement} step
   * @returns {Node[]} the section that it is in, and what all its questions begin with
   */
  #leadOf(step) {
    const id = step.querySelector("[name]")?.getAttribute("name") ?? "";
    const section = this.#session.key.sections.find(({ items }) => items.some((item) => item.id === id));
    if (!section) return [];
    const heading = headingOf(/** @type {HTMLElement} */ (step.closest("scored-checklist")), section.id)?.cloneNode(true);
    const lead = this.#root.getElementById(`${this.#id}--${section.id}--lead-in`)?.cloneNode(true);
    const words = heading instanceof Element ? heading : null;
    words?.querySelector(".headerlink")?.remove();
    if (lead instanceof Element) lead.removeAttribute("id");
    return [...(words?.textContent?.trim() ? [make("p", {}, make("small", {}, words.textContent.trim()))] : []), ...(lead ? [lead] : [])];
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    // Enter in a field goes on; on a button it presses that.
    if (event.key !== "Enter" || !(event.target instanceof Element && event.target.matches(FIELD))) return;
    event.preventDefault();
    this.#go(1);
  }

  #showResult() {
    const part = /** @type {HTMLElement} */ (this.#dialog.closest("scored-checklist"));
    const way = /** @type {HTMLElement | null} */ (part.querySelector("[data-way] a"));
    const heading = panelOf(part) && headingOf(part, "score");
    this.stop();
    if (!heading) return way?.click();
    heading.setAttribute("tabindex", "-1");
    heading.focus();
    heading.scrollIntoView();
  }

  #restore() {
    if (this.#step) this.#place.replaceWith(this.#step);
  }

  /** @param {HTMLElement | null} step where the reader goes on in the page */
  #end(step) {
    if (open.get(this.#id) !== this) return;
    this.stop();
    // So that the same link can be followed again.
    const id = step?.querySelector("[id]")?.id;
    if (id && location.hash === `#${this.#id}--score--steps`) history.replaceState(history.state, "", `#${id}`);
    fieldOf(step)?.focus({ preventScroll: true });
    step?.scrollIntoView({ block: "center" });
  }
}

/** @param {HTMLElement | null} step @returns {HTMLElement | null} what takes the focus in it */
function fieldOf(step) {
  const field = step?.querySelector(CHOSEN) ?? step?.querySelector(FIELD);
  return field instanceof HTMLElement ? field : null;
}

/**
 * @param {HTMLElement} step
 * @param {Session} session
 */
function isAnswered(step, { key, snapshot }) {
  const names = [...step.querySelectorAll("[name]")].map((field) => field.getAttribute("name") ?? "");
  return names.every((name) => !key.owners.has(name) || snapshot.choices.has(name) || snapshot.evaluation?.numbers.get(name));
}
