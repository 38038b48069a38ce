/**
 * @import {Part, Snapshot} from "./types"
 */
import { joinSession } from "./session.js";
import { Bar, findItems, make, readAnswers, sayResult, showItem, showNoResult, showNotice } from "./view.js";

// A long checklist that is restored in one go would hold the page up for longer than a reader forgives.
const AT_ONCE = 100;
// From here on it pays to have the browser lay out each question by itself.
const LONG = 60;
const AT_REST = 500;
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
  #arriving = new AbortController();
  #listening = new AbortController();
  /** @type {Map<string, HTMLFieldSetElement>} */
  #items = new Map();
  /** What each item looks like, so that only what has changed is touched. @type {Map<string, string>} */
  #shown = new Map();
  /** @type {Bar | null} */
  #bar = null;
  /** @type {import("./result.js").ResultPanel | null} */
  #panel = null;
  /** @type {Element | null} */
  #notice = null;
  /** @type {HTMLElement | null} */
  #live = null;
  #wasConnected = false;
  #isPanelDue = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  connectedCallback() {
    this.#arriving = new AbortController();
    if (isParsed(this)) this.#connect();
    else document.addEventListener("readystatechange", () => this.#connect(), { once: true, signal: this.#arriving.signal });
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
    const isCopy = this.querySelector("[data-made]") !== null;
    this.#removeMade();
    this.#items = findItems(this);
    // All questions are styled anew by it: not while the page is on its way.
    if (this.#items.size >= LONG) this.#resting = setTimeout(() => this.toggleAttribute("data-long", true), AT_REST);
    if (this.#items.size) this.#bar = new Bar(this);
    this.#notice = this.#findNotice();
    // We keep the answers. What the browser puts back may be older than a reset in another tab. Not in the page's source:
    // without a script the browser is all there is.
    this.querySelector("form")?.setAttribute("autocomplete", "off");
    this.#listen();
    this.#synchronise(!this.#wasConnected && !isCopy);
    this.#wasConnected = true;
  }

  disconnectedCallback() {
    this.#arriving.abort();
    this.#listening.abort();
    clearTimeout(this.#later);
    clearTimeout(this.#resting);
    this.#session?.tools?.release(this);
    this.#session?.leave(this);
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
    this.#session?.tools?.equip(this, this.#session);
    if (this.#notice) showNotice(this.#notice, snapshot);
  }

  /** @param {Snapshot} snapshot */
  #showItems(snapshot) {
    const weak = new Set(snapshot.result.recommendations);
    let room = AT_ONCE;
    for (const [id, fieldset] of this.#items) {
      const item = /** @type {import("./types").Item | undefined} */ (snapshot.key.owners.get(id));
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
    const module = await import("./result.js").catch(() => null);
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
  announce(snapshot) {
    if (!this.#live) this.append((this.#live = make("p", { role: "status", "data-live": "", "data-made": "" })));
    this.#live.textContent = snapshot && (this.#session?.tools?.sayResult ?? sayResult)(this, snapshot);
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    // Some browsers restore inputs late, and a page from the back-forward cache has missed what other tabs did.
    addEventListener("pageshow", ({ persisted }) => this.#onReturn(persisted), { signal });
    addEventListener("beforeprint", () => this.#onPrint(), { signal });
  }

  #onPrint() {
    this.#showPanelNow();
    this.#panel?.showAll();
  }

  /** @param {boolean} isFromCache */
  #onReturn(isFromCache) {
    // Forgets what was shown, so that every answer is written into its inputs again.
    this.#shown.clear();
    this.#synchronise(false);
    if (isFromCache) this.#session?.reload();
  }

  /** @param {boolean} isNew whether what is checked can only be the reader's doing */
  #synchronise(isNew) {
    this.#session?.adopt(readAnswers(this), this, isNew);
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

  /** @param {Event} event */
  #onChange({ target }) {
    if (target instanceof HTMLInputElement && this.#items.has(target.name)) this.#session?.answer(target.name, target.value, this);
  }

  /** @param {Event} event */
  async #onClick({ target }) {
    const button = target instanceof Element ? target.closest("[data-do]") : null;
    if (!(button instanceof HTMLElement)) return;
    const session = this.#session;
    // Few press a button before the first answer. The next press tries again, and another run is not what was meant.
    const module = await import("./actions.js").catch(() => null);
    if (session && session === this.#session) module?.act(button, this, session, () => this.#showPanelNow());
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
