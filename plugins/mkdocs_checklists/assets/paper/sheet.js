/**
 * The result by itself, to be printed: verdict and number, why, all there is to do with its advice, the answers in short, the date and
 * the address. Loaded when the button is pressed.
 *
 * The sheet is hidden on the screen, so that printing changes nothing there; `sheet.css` shows it on paper in place of the page.
 *
 * @import {Item, Part, Snapshot} from "../types"
 * @import {Session} from "../answering/session.js"
 */
// Before anything here is said.
import "../result-messages.js";
import * as build from "../messages.js";
import { linesOf } from "./answers-in-short.js";
import { Places } from "../result/places.js";
import { sayArithmetic } from "../result/why.js";
import { make, say } from "../base/view.js";

/** What of a panel is printed, in this order. What explains the method is on the page. */
const SOURCES = "[data-verdicts] > [data-awarded], [data-figures], .checklist-compare, [data-score], [data-result], [data-notes-now]";
/** The text to copy below it. */
const TEXT = ":scope > details:has(> pre)";
/** What of that is of no use on paper, or is written anew. */
const SURPLUS = "[hidden], button:not(.checklist-term), svg, meter, .checklist-term__text, .headerlink, [data-actions], [data-copy], [data-to-do], [data-rest], [data-why], [data-way-up], [data-way-up-time], [data-folds], [data-fills], [data-open]:not([data-advice]), [data-live]";
/** Folds whose summary says only that there is more. */
const PLAIN = "[data-more-meaning], [data-more-unknown], [data-more-notes]";

/** What is shown for a figure that has none. */
const NO_NUMBER = "–";

/** No reader answers a dialog within this many milliseconds. */
const QUICK = 1000;
/** Longest wait for the style sheet. */
const PATIENCE = 5000;

/** Removes the sheet that is in the page. */
let clear = () => {};

/**
 * Prints the result of a checklist.
 *
 * @param {Part} part
 * @param {HTMLElement} panel
 * @param {Session} session
 */
export async function printResult(part, panel, session) {
  const [weights] = await Promise.all([session.key.rules?.decision && import("../decision/weights.js"), addStyle()]);
  clear();
  const sheet = makeSheet(part, panel, session.snapshot, weights?.weighForOutcome);
  document.body.append(sheet);
  const done = new AbortController();
  clear = () => {
    sheet.remove();
    done.abort();
  };
  // No `afterprint`: on a phone it may come before anything is printed. Whatever the reader does next comes after.
  for (const step of ["pointerdown", "keydown", "wheel", "popstate"]) addEventListener(step, clear, { signal: done.signal, capture: true, passive: true });
  const start = performance.now();
  print();
  // Where the page is held up until the dialog is closed, that was it.
  if (performance.now() - start > QUICK) clear();
}

/** @returns {Promise<void>} once the style sheet is there; without it the page would be printed as ever */
function addStyle() {
  const present = document.querySelector('link[href*="paper/sheet.css"]');
  if (present || !build.folder) return Promise.resolve();
  const link = make("link", { rel: "stylesheet", href: `${build.folder}paper/sheet.css` });
  document.head.append(link);
  return new Promise((resolve) => {
    for (const end of ["load", "error"]) link.addEventListener(end, () => resolve());
    setTimeout(resolve, PATIENCE);
  });
}

/**
 * @param {Part} part
 * @param {HTMLElement} panel
 * @param {Snapshot} snapshot
 * @param {typeof import("../decision/weights.js").weighForOutcome} [weigh]
 * @returns {HTMLElement}
 */
function makeSheet(part, panel, snapshot, weigh) {
  const places = new Places(part, panel);
  const sources = [...panel.querySelectorAll(SOURCES)].filter((source) => !source.parentElement?.closest(SOURCES));
  const toDo = itemsToDo(snapshot).map((item) => thingToDo(places, item, snapshot));
  const answers = linesOf(part, places, snapshot, weigh);
  const blocks = [
    ...sources.map(cleaned),
    ...(toDo.length ? [make("h2", {}, say(snapshot.key.better === "neither" ? "advice" : "to_do_all")), make("ol", {}, ...toDo)] : []),
    ...[...panel.querySelectorAll(TEXT)].map(cleaned),
    ...(answers.length ? [make("h2", {}, say("answers_in_short")), ...why(snapshot), make("div", { "data-columns": "" }, ...answers)] : []),
  ];
  return make("section", { "data-sheet": "", hidden: "" }, ...head(part, panel), ...blocks);
}

/** @param {Part} part @param {HTMLElement} panel @returns {HTMLElement[]} what it is about, when it was printed, and where the page is */
function head(part, panel) {
  const root = /** @type {Document | ShadowRoot} */ (part.getRootNode());
  const own = `scored-checklist[data-checklist="${part.dataset.checklist}"]`;
  // The name of the run, if it has one, and that an example is shown.
  const named = [...root.querySelectorAll(`${own} [data-runs] [data-ink], ${own} [data-case-shown] > :first-child`)];
  const names = named.map(({ textContent }) => textContent?.trim() ?? "").filter((name) => name && !name.endsWith(":"));
  const date = new Intl.DateTimeFormat(build.language, { dateStyle: "long" }).format(new Date());
  const address = location.href.replace(/#.*/s, "");
  return [
    make("h1", {}, panel.getAttribute("aria-label") ?? ""),
    ...[...new Set(names)].map((name) => make("p", {}, make("b", {}, name))),
    make("p", {}, make("small", {}, `${date} · ${address}`)),
  ];
}

/** @param {Snapshot} snapshot @returns {Node[]} how the number came about */
function why(snapshot) {
  const { score, provisional } = snapshot.result;
  return score === null || provisional ? [] : [make("p", {}, sayArithmetic(snapshot))];
}

/** @param {Snapshot} snapshot @returns {Item[]} in their order */
function itemsToDo({ key, result }) {
  const unknown = new Set(result.find_out);
  return result.recommendations.flatMap((id) => {
    const owner = unknown.has(id) ? undefined : key.owners.get(id);
    return owner ? [/** @type {Item} */ (owner)] : [];
  });
}

/** @param {Places} places @param {Item} item @param {Snapshot} snapshot */
function thingToDo(places, item, { choices }) {
  const title = places.actionFor(item).textContent ?? "";
  const question = places.linkTo(item).textContent ?? "";
  const advice = make("div", {}, ...places.adviceFor(item, choices.get(item.id)?.value));
  return make("li", {}, make("b", {}, title), ...(title === question ? [] : [" ", make("small", {}, question)]), cleaned(advice));
}

/**
 * @param {Element} source
 * @returns {HTMLElement} a copy for paper: folds are open, and what is pressed is gone
 */
function cleaned(source) {
  const copy = make("div", {}, source.cloneNode(true));
  for (const surplus of copy.querySelectorAll(SURPLUS)) surplus.remove();
  for (const term of copy.querySelectorAll(".checklist-term")) term.replaceWith(...term.childNodes);
  for (const fold of copy.querySelectorAll("details")) {
    const summary = fold.querySelector(":scope > summary");
    const words = fold.matches(PLAIN) ? "" : (summary?.textContent ?? "");
    summary?.remove();
    fold.replaceWith(make("div", {}, ...(words ? [make("h3", {}, words)] : []), ...fold.childNodes));
  }
  // Figures that there are no numbers for.
  for (const output of copy.querySelectorAll("output")) if (output.textContent === NO_NUMBER) output.closest("tr, [data-figure]")?.remove();
  for (const table of copy.querySelectorAll("table")) if (!table.querySelector("td")) table.remove();
  for (const marked of copy.querySelectorAll("[id], [name]")) for (const name of ["id", "name"]) marked.removeAttribute(name);
  // All are one below the name of the sheet, but for those of folds.
  for (const heading of copy.querySelectorAll("h1, h4, h5, h6")) heading.replaceWith(make("h2", {}, ...heading.childNodes));
  return copy;
}
