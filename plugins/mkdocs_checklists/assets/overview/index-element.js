/**
 * @import {Run} from "../types"
 * @import {Scored, Standing} from "./progress.js"
 */
import { folder } from "../messages.js";
import { prepare, standingOf } from "./progress.js";
import { sayDate } from "../base/returning.js";
import { gather, isThere, summarize, titleOf } from "../runs/run-records.js";
import { SiteRuns } from "./site-runs.js";
import { lastRun, readEntries, SITE } from "../base/storage.js";
import { make, makeButton, say, write } from "../base/view.js";

/** By address, which has the version of the key in it. @type {Map<string, Promise<Scored>>} */
const keys = new Map();

/**
 * `<checklist-index>`: the overview of checklists. Says beside each how far the reader is with it, and what came of it, from what
 * this browser has stored; nothing where it has nothing, or does not tell.
 *
 * With `data-short-list` it shows only what is begun, and is hidden where that is nothing.
 *
 * Each entry is an element with `data-entry` (id of the checklist) and `data-version` (of its key); `data-was` (earlier ids) and
 * `data-whole` (all of it is on the page that its links lead to) where they apply. The element itself has `data-read` once storage
 * has replied, whatever it has said.
 */
export class ChecklistIndexElement extends HTMLElement {
  /** Dropped once it has served: an aborted one would keep the whole page. @type {AbortController | null} */
  #listening = null;
  /** Whether something is stored of which nothing can be said, for lack of a file. */
  #isIncomplete = false;
  /** @type {SiteRuns | null} */
  #runs = null;
  #isReading = false;
  #isStale = false;

  connectedCallback() {
    const { signal } = (this.#listening = new AbortController());
    this.#runs = new SiteRuns(SITE, () => this.#refresh());
    // A page that comes back from the cache has missed what other tabs did.
    addEventListener("pageshow", ({ persisted }) => this.#onReturn(persisted), { signal });
    this.#refresh();
  }

  /** @param {boolean} isFromCache */
  #onReturn(isFromCache) {
    // As in `session.js`: what was under way when the page was left may never have an end.
    if (isFromCache) this.#isReading = false;
    this.#refresh();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = null;
    this.#runs?.close();
    this.#runs = null;
  }

  async #refresh() {
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#isStale && this.#runs) {
      this.#isStale = this.#isIncomplete = false;
      const records = await this.#runs.read();
      const entries = [.../** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-entry]"))];
      const begun = await Promise.all(entries.map((entry) => this.#show(entry, records)));
      if (this.hasAttribute("data-short-list")) {
        entries.forEach((entry, at) => entry.toggleAttribute("hidden", !begun[at]));
        this.hidden = !begun.some(Boolean) && !this.#isIncomplete;
      }
      this.#showBegun(begun.filter(Boolean).length, entries.length);
      this.toggleAttribute("data-read", true);
    }
    this.#isReading = false;
  }

  /**
   * @param {number} begun
   * @param {number} count
   */
  #showBegun(begun, count) {
    const line = /** @type {HTMLElement | null} */ (this.querySelector("[data-begun]"));
    if (!line) return;
    const text = begun ? say("index_begun", { begun, count }) : "";
    line.hidden = !begun && !this.#isIncomplete;
    if (!this.#isIncomplete) return write(line, text);
    // Left alone while it says the same: the reader may have her focus on the button.
    if (line.querySelector("button")) return;
    const button = makeButton("reload");
    button.addEventListener("click", () => location.reload());
    line.replaceChildren(`${say("notice_incomplete")} `, button, ` ${text}`);
  }

  /**
   * @param {HTMLElement} entry
   * @param {ReadonlyMap<string, ReadonlyMap<string, unknown>>} records
   * @returns {Promise<boolean>} whether its checklist is begun
   */
  async #show(entry, records) {
    const { entry: id = "", version = "", was = "" } = entry.dataset;
    const found = gather([id, ...was.split(" ").filter(Boolean)].map((name) => records.get(name) ?? new Map()));
    const runs = [...summarize(found).values()].filter((run) => isThere(run) && (run.name || run.answers.size));
    const open = this.#choose(id, runs);
    const stored = open && found.get(open.id)?.run;
    const scored = stored && open.answers.size ? await load(id, version) : null;
    if (stored && open.answers.size && !scored) this.#isIncomplete = true;
    const standing = stored && scored ? standingOf(scored, readEntries(stored.answers)) : null;
    const place = entry.querySelector("[data-progress]");
    const isBegun = Boolean(standing?.answered);
    if (place) showStanding(place, isBegun ? standing : null, scored && open ? sayRun(scored, open, runs) : "");
    showWay(entry, id, isBegun ? standing : null);
    return isBegun;
  }

  /**
   * @param {string} checklist
   * @param {readonly Run[]} runs
   * @returns {Run | undefined} the one that its page would open; if nothing is answered in that, another
   */
  #choose(checklist, runs) {
    const remembered = lastRun(SITE, checklist);
    const byAge = [...runs].sort((a, b) => b.opened - a.opened);
    const open = byAge.find(({ id }) => id === remembered) ?? byAge[0];
    return open?.answers.size ? open : byAge.find(({ answers }) => answers.size);
  }
}

/**
 * @param {string} id
 * @param {string} version
 * @returns {Promise<Scored | null>} null where the key can't be had: then nothing is said that might be wrong
 */
async function load(id, version) {
  const address = new URL(`keys/${encodeURIComponent(id)}.json?${version}`, folder).href;
  const loading = keys.get(address) ?? fetch(address).then(async (response) => prepare(await response.json()));
  keys.set(address, loading);
  try {
    return await loading;
  } catch {
    keys.delete(address);
    return null;
  }
}

/**
 * @param {Scored} scored
 * @param {Run} open
 * @param {readonly Run[]} runs
 * @returns {string} which of several uses it is; empty where there are no several
 */
function sayRun({ json, key }, open, runs) {
  if (!key.rules?.plan || (runs.length < 2 && !open.name.trim())) return "";
  const subject = titleOf(json.subject ?? "");
  const name = open.name.trim();
  const count = runs.length;
  if (!name) return say("index_run_of", { subject, name: `${runs.indexOf(open) + 1}`, count });
  return say(count > 1 ? "index_run_of" : "index_run", { subject, name, count });
}

/**
 * @param {Element} place
 * @param {Standing | null} standing
 * @param {string} run
 */
function showStanding(place, standing, run) {
  if (!standing) return place.replaceChildren();
  const { words, result, last } = standing;
  const parts = [run && make("span", {}, run), result && make("strong", {}, result), make("span", {}, words), make("span", {}, sayLast(last))];
  const shown = parts.filter((part) => part instanceof Element);
  // A sign between them, for ears and for copies as well as for eyes.
  place.replaceChildren(...shown.flatMap((part, at) => (at ? [" · ", part] : [part])));
}

/** @param {string} date ISO */
function sayLast(date) {
  const isToday = new Date(date).toDateString() === new Date().toDateString();
  return isToday ? say("index_today") : say("index_last", { date: sayDate(date) });
}

/**
 * The link beside it: begin, go on at the first open question, or see the result.
 *
 * @param {HTMLElement} entry
 * @param {string} id
 * @param {Standing | null} standing
 */
function showWay(entry, id, standing) {
  const start = entry.querySelector("[data-title] a")?.getAttribute("href");
  const way = entry.querySelector("[data-standing] a");
  const words = way?.querySelector("span");
  if (!start || !way || !words) return;
  const begin = (way.getAttribute("data-begin") ?? words.textContent) || "";
  way.setAttribute("data-begin", begin);
  write(words, !standing ? begin : say(standing.next ? "index_go_on" : "result_link"));
  const isWhole = entry.hasAttribute("data-whole") && standing;
  way.setAttribute("href", isWhole ? start.replace(/(#.*)?$/, `#${id}--${standing.next ?? "score"}`) : start);
}
