/**
 * @import {Part, Snapshot} from "../types"
 */
import { joinSession } from "./session.js";
import { findQuestions, itemOf, readAnswers, readChange } from "../base/fields.js";
import { Bar, make, say, sayCount, showItem, showNoResult, showNotice } from "../base/view.js";

// A long checklist that is restored in one go would hold the page up for longer than a reader forgives.
const AT_ONCE = 100;
// From here on it pays to have the browser lay out each question by itself.
const LONG = 60;
const AT_REST = 500;
/** @type {typeof import("../base/returning.js") | undefined} */
let returning;
/** @type {typeof import("./extras.js") | undefined} */
let extras;

// Enough for the frame with the answer, and sooner than she looks up from the question.
const SOON = 50;

/**
 * `<scored-checklist>`: one part of a checklist on a page. Scores and remembers what the reader answers in the form it
 * wraps. All parts of one checklist on a page act as one; the form works, unscored, without it.
 *
 * Attributes
 * - `data-checklist`: id of the checklist.
 * - `data-key`: its scoring key as JSON, whole, whichever part this is.
 *
 * Events, both bubbling and composed, with plain JSON in `detail`
 * - `checklist-changed` `{checklist, item, answer}`: the reader has given an answer, confirmed it, or cleared it (`null`).
 * - `checklist-scored`: the result. At once after every change, restore, reset, undo or update from another tab,
 *   once for each, from the part concerned.
 *
 * Custom properties: `--checklist-*`, declared and described at the head of `checklist.css`.
 *
 * @implements {Part}
 */
export class ScoredChecklistElement extends HTMLElement {
  /** @type {import("./session.js").Session | null} */
  #session = null;
  // Dropped as soon as they have served: an aborted one would keep the whole page that the element came from.
  /** @type {AbortController | null} */
  #arriving = null;
  /** @type {AbortController | null} */
  #listening = null;
  /** @type {Map<string, HTMLFieldSetElement>} */
  #items = new Map();
  /** What each item looks like, so that only what has changed is touched. @type {Map<string, string>} */
  #shown = new Map();
  /** @type {Bar | null} */
  #bar = null;
  /** @type {import("../result/score-panel.js").ResultPanel | null} */
  #panel = null;
  /** @type {Element | null} */
  #notice = null;
  /** @type {HTMLElement | null} */
  #live = null;
  #wasConnected = false;
  /** What is about to be announced. @type {Snapshot | null} */
  #due = null;
  #isPanelDue = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  connectedCallback() {
    if (isParsed(this)) return this.#connect();
    const { signal } = (this.#arriving = new AbortController());
    document.addEventListener("readystatechange", () => this.#connect(), { once: true, signal });
  }

  #connect() {
    try {
      this.#session = joinSession(this);
    } catch (error) {
      console.error(`The checklist "${this.dataset.checklist}" cannot be scored: its data-key is broken.`, error);
      // As without a script: advice and the tally of points are shown.
      this.toggleAttribute("data-broken", true);
      return;
    }
    // A page that was saved or copied while it was at work still holds what was made then.
    this.#removeMade();
    this.#items = findQuestions(this);
    // All questions are styled anew by it: not while the page is on its way.
    if (this.#items.size >= LONG) setTimeout(() => this.toggleAttribute("data-long", true), AT_REST);
    if (this.#items.size) this.#bar = new Bar(this);
    this.#notice = this.#findNotice();
    this.#listen();
    // A browser marks what its user has changed since the page came, and puts back no such mark. Within `is`, as older ones may not know it.
    const more = this.#wasConnected ? "" : ":is(:user-valid)";
    this.#session.adopt(readAnswers(this, more), this, !this.#wasConnected);
    this.#synchronise();
    this.#wasConnected = true;
    this.#extend();
  }

  /** Brings what few checklists have or few readers ask for. */
  async #extend(hash = location.hash) {
    if (!extras && !hash.endsWith("--steps") && !this.querySelector("[data-gap], details[open]")) return;
    extras ??= await import("./extras.js").catch(() => this.#session?.miss());
    if (this.#session) extras?.extend(this, this.#session, hash);
  }

  disconnectedCallback() {
    this.#arriving?.abort();
    this.#listening?.abort();
    this.#arriving = this.#listening = null;
    clearTimeout(this.#later);
    this.#session?.equipment?.release(this);
    this.#session?.leave(this);
    extras?.retract(this, this.#session);
    this.#session = null;
    this.#panel?.remove();
    this.#bar = this.#panel = this.#live = null;
    this.#isPanelDue = false;
    this.#shown.clear();
    this.#notice?.replaceChildren();
    this.#removeMade();
  }

  #removeMade() {
    for (const made of this.querySelectorAll("[data-made]")) made.remove();
    for (const advice of this.querySelectorAll("[data-open]")) advice.removeAttribute("data-open");
    for (const text of this.querySelectorAll("[data-for]")) text.removeAttribute("hidden");
    for (const band of this.querySelectorAll("[data-awarded]")) band.removeAttribute("data-awarded");
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    this.#showItems(snapshot);
    this.#bar?.show(snapshot);
    // Without its rules nothing could be said of it that would be true.
    if (snapshot.key.bands.length && !snapshot.key.rules === !snapshot.evaluation) this.#showPanelSoon(snapshot);
    this.#session?.equipment?.equip(this, this.#session);
    if (this.#session) extras?.fill(this, this.#session);
    if (!returning && (snapshot.restored || snapshot.unconfirmed.size)) this.#loadReturning();
    if (this.#notice) showNotice(this.#notice, snapshot, returning?.sayReturn(snapshot) ?? []);
  }

  async #loadReturning() {
    returning = await import("../base/returning.js").catch(() => this.#session?.miss());
    this.#synchronise();
  }

  /** @param {Snapshot} snapshot */
  #showItems(snapshot) {
    const weak = new Set(snapshot.result.recommendations);
    let room = AT_ONCE;
    for (const [id, fieldset] of this.#items) {
      const item = /** @type {import("../types").Item | undefined} */ (snapshot.key.owners.get(id));
      const look = [snapshot.choices.get(id)?.value, weak.has(id), snapshot.unconfirmed.get(id)].join();
      // An item that was never touched looks as it came from the server.
      if (!item || (this.#shown.get(id) ?? ",false,") === look) continue;
      if (!room) {
        clearTimeout(this.#later);
        this.#later = setTimeout(() => this.#session && this.#showItems(this.#session.snapshot));
        return;
      }
      room -= 1;
      this.#shown.set(id, look);
      showItem(fieldset, item, snapshot, weak.has(id));
      returning?.showConfirm(fieldset, snapshot.unconfirmed.get(id));
    }
  }

  /**
   * The answer and the bar are painted first: the panel is mostly out of sight then, and has more to do.
   *
   * @param {Snapshot} snapshot
   */
  #showPanelSoon(snapshot) {
    if (!this.#panel || document.hidden) {
      this.#showPanel(snapshot);
      return;
    }
    if (this.#isPanelDue) return;
    this.#isPanelDue = true;
    requestAnimationFrame(() => setTimeout(() => this.#isPanelDue && this.#showPanelNow(), SOON));
  }

  #showPanelNow() {
    this.#isPanelDue = false;
    if (this.#session) this.#panel?.show(this.#session.snapshot);
  }

  /** The result is built by a module that nothing needs before there is something to say. @param {Snapshot} snapshot */
  async #showPanel(snapshot) {
    if (this.#panel) return this.#panel.show(snapshot);
    const place = /** @type {HTMLElement | null} */ (this.querySelector("[data-panel]"));
    if (!place) return;
    if (!snapshot.written.size && !snapshot.undoable) return showNoResult(place, "none");
    const module = await import("../result/score-panel.js").catch(() => this.#session?.miss());
    if (!module) return showNoResult(place, "result_missing");
    // The element may have left, or left and come back, in the meantime.
    if (!this.#session) return;
    this.#panel ??= new module.ResultPanel(this, place);
    this.#panel.show(this.#session.snapshot);
  }

  /**
   * Speaks through a polite live region. It must stand empty for a while before its text comes, or it stays silent.
   *
   * @param {Snapshot | null} snapshot null prepares it
   */
  async announce(snapshot) {
    if (!this.#live) this.append((this.#live = make("p", { role: "status", "data-live": "", "data-made": "" })));
    this.#live.textContent = "";
    this.#due = snapshot;
    if (!snapshot) return;
    const sayAll = this.#session?.equipment?.sayWholeResult ?? (await import("./spoken.js").catch(() => null))?.sayResult;
    const now = this.#session?.snapshot;
    // Something newer is about to be announced, or the element has left the page.
    if (this.#due !== snapshot || !this.#live || !now) return;
    const result = sayAll?.(this, now) ?? sayCount(now);
    this.#live.textContent = now.isIncomplete ? `${say("notice_incomplete")} ${result}` : result;
  }

  #listen() {
    const { signal } = (this.#listening = new AbortController());
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    document.addEventListener("click", (event) => this.#onLink(event), { signal, capture: true });
    this.addEventListener("toggle", () => this.#extend(), { signal, capture: true });
    addEventListener("pageshow", ({ persisted }) => this.#onReturn(persisted), { signal });
    addEventListener("beforeprint", () => this.#onPrint(), { signal });
    addEventListener("hashchange", () => this.#extend(), { signal });
  }

  #onPrint() {
    this.#showPanelNow();
    this.#panel?.showAll();
  }

  /** @param {boolean} isFromCache */
  #onReturn(isFromCache) {
    // Some browsers restore inputs late.
    this.#synchronise();
    // Of a page from the back-forward cache WebKit empties fields only after this event.
    if (isFromCache) setTimeout(() => this.#synchronise());
  }

  /** Writes every answer into its inputs, whatever was in them: ARCHITECTURE.md lists what can have put it there. */
  #synchronise() {
    this.#shown.clear();
    // Also where there is no answer the input must be written.
    for (const id of readAnswers(this).keys()) this.#shown.set(id, "");
    if (this.#session) this.show(this.#session.snapshot);
  }

  /** @returns {Element | null} where to say what became of the answers */
  #findNotice() {
    const own = this.querySelector("[data-notice]");
    // A part without a place for it leaves it to the one that has; where none has, the first part with questions makes one.
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    if (own || !this.querySelector("label") || root.querySelector(`[data-checklist="${this.dataset.checklist}"] [data-notice]`)) return own;
    const notice = make("p", { "data-notice": "", "data-made": "" });
    const form = this.querySelector("form");
    // Not `form.append`: an item may be called that, and a form knows its inputs by name.
    if (form) Element.prototype.append.call(form, notice);
    return notice;
  }

  /**
   * A link to the questions alone, wherever it is on the page, leads to no other address: instant navigation of a theme would take
   * the focus out of them again, and pass over a link that was followed before.
   *
   * @param {MouseEvent} event
   */
  #onLink(event) {
    // Others may fire a click at the document itself.
    const link = /** @type {HTMLAnchorElement | null | undefined} */ (/** @type {HTMLElement} */ (event.target).closest?.('[href$="--steps"]'));
    if (link?.href.split("#")[0] !== location.href.split("#")[0] || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#extend(link.hash);
  }

  /** @param {Event} event */
  #onChange({ target }) {
    const change = readChange(target);
    if (change && this.#items.has(change[0])) this.#session?.answer(...change, this);
  }

  /** @param {Event} event */
  async #onClick({ target }) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-do]"));
    const session = this.#session;
    if (!button || !session) return;
    const from = { fieldset: button.closest("fieldset"), panel: button.closest("[data-panel]"), focused: document.activeElement };
    const item = itemOf(from.fieldset);
    const deed = button.dataset.do;
    // At once: a press is about what is there when it is made, however long the rest takes.
    if (deed === "clear") session.answer(item, null, this);
    if (deed === "confirm") session.confirm(item, this);
    if (deed === "reset") session.reset(this);
    if (deed === "undo") session.undo(this);
    if (deed === "reload") return location.reload();
    // Few press a button before the first answer.
    const module = await import("./actions.js").catch(() => session.miss());
    if (session === this.#session) module?.follow(deed, from, this, session, () => this.#showPanelNow());
  }
}

/**
 * @param {Element} element
 * @returns {boolean} whether its end has been read: an element may be upgraded when it has only some of its children
 */
function isParsed(element) {
  if (document.readyState !== "loading") return true;
  // The parser goes on behind an element only when it has finished with it.
  for (let node = /** @type {Node | null} */ (element); node; node = node.parentNode) {
    if (node.nextSibling) return true;
  }
  return false;
}
