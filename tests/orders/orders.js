/**
 * Every order of so many events, or some that are drawn. An order is played anew from its beginning each time, as nothing can be
 * taken back; what can come next is known from the one before, which is checked as well.
 *
 * @import {Setting} from "./story.js"
 */
import { EVENTS } from "./events.js";
import { Story } from "./story.js";
import { Tab } from "./tab.js";

/** @typedef {{order: string[], problems: string[], next: string[]}} Finding `next`: what could have come after it */

/** Drawn less often than others: with each of them much of what was begun is over. */
const RARE = new Set(["leave", "close", "kill"]);

/** @type {Tab[]} */
let tabs = [];

/** @param {string} html of the checklist */
export async function prepare(html) {
  const frames = await Promise.all([openFrame(), openFrame()]);
  tabs = frames.map((frame) => new Tab(frame, html));
}

/** @returns {Promise<Window>} */
function openFrame() {
  const frame = document.createElement("iframe");
  frame.src = "frame.html";
  frame.hidden = true;
  return new Promise((resolve) => {
    frame.onload = () => resolve(/** @type {Window} */ (frame.contentWindow));
    document.body.append(frame);
  });
}

/**
 * @param {Setting} setting
 * @param {(story: Story, order: string[]) => string | undefined} choose the next event
 * @param {boolean} [isWhole] whether the reader comes back to a new page in the end
 * @returns {Promise<Finding>}
 */
async function play(setting, choose, isWhole = true) {
  const [here, there] = /** @type {[Tab, Tab]} */ (tabs);
  const story = new Story(here, there, setting);
  await breathe();
  await story.begin();
  /** @type {string[]} */
  const order = [];
  for (let name = choose(story, order); name !== undefined; name = choose(story, order)) {
    order.push(name);
    await story.play(name);
  }
  const next = story.possible;
  await story.settle("in the end");
  await story.goOn(order.length % 2 ? "come" : "fail");
  if (isWhole) await story.comeBack();
  return { order, problems: story.problems, next };
}

/**
 * Every order that begins with these events, of up to so many.
 *
 * @param {Setting} setting
 * @param {string[]} alphabet
 * @param {string[]} first
 * @param {number} most
 * @returns {Promise<{count: number, findings: Finding[]}>}
 */
export async function playAll(setting, alphabet, first, most) {
  // With one event more the new page is an order of its own.
  const found = await play(setting, (_, order) => first[order.length], false);
  let count = 1;
  const findings = found.problems.length ? [found] : [];
  if (first.length < most) {
    for (const name of found.next.filter((one) => alphabet.includes(one))) {
      const more = await playAll(setting, alphabet, [...first, name], most);
      count += more.count;
      findings.push(...more.findings);
    }
  }
  return { count, findings };
}

/**
 * The same orders in every run.
 *
 * @param {Setting} setting
 * @param {number} count
 * @param {number} most events
 * @returns {Promise<Finding[]>} those in which something was wrong
 */
export async function playDrawn(setting, count, most) {
  const findings = [];
  for (let seed = 0; seed < count; seed += 1) {
    const random = draw(seed);
    const found = await play(setting, ({ possible }, order) => {
      const lots = possible.flatMap((name) => Array(RARE.has(name) ? 1 : 4).fill(name));
      return order.length < most ? lots[Math.floor(random() * lots.length)] : undefined;
    });
    if (found.problems.length) findings.push(found);
  }
  return findings;
}

/** Lets the browser collect what is left of earlier orders. */
function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}

/** One order, as far as it can happen. @param {Setting} setting @param {string[]} order @returns {Promise<Finding>} */
export function playThis(setting, order) {
  return play(setting, (story, played) => {
    const name = order[played.length];
    return name !== undefined && EVENTS[name]?.can(story) ? name : undefined;
  });
}

/** The same numbers for the same seed in any browser (mulberry32). @param {number} seed */
function draw(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
