/**
 * What can happen, when it can, and how.
 *
 * @import {Story} from "./story.js"
 */

/** Longer than the patience of the product. */
const LONG = 4000;
/** What a reader can do sooner than close the page. */
const BLINK = 10;

/** @type {Record<string, {can: (story: Story) => unknown, happen: (story: Story) => unknown}>} */
export const EVENTS = {
  open: { can: ({ here }) => !here.isOpen, happen: (story) => story.openHere() },
  load: { can: ({ here }) => here.isAwaiting, happen: ({ here }) => here.work() },
  yes: answering("here", "a", "yes"),
  no: answering("here", "a", "no"),
  other: answering("here", "b", "yes"),
  clear: pressing("here", "clear", "a"),
  confirm: pressing("here", "confirm", "a"),
  reset: pressing("here", "reset"),
  undo: pressing("here", "undo"),
  leave: { can: ({ here }) => here.isOpen, happen: (story) => story.leave() },
  close: { can: ({ here }) => here.page.element, happen: (story) => story.close(BLINK) },
  "there answer": answering("there", "a", "partly"),
  "there reset": pressing("there", "reset"),
  "there undo": pressing("there", "undo"),
  come: { can: ({ here }) => here.page.awaited.length, happen: ({ here }) => here.page.arrive("come") },
  fail: { can: ({ here }) => here.page.awaited.length, happen: ({ here }) => here.page.arrive("fail") },
  // From here on: in drawn orders only.
  hear: { can: ({ here, world }) => world.channels.hasMessage(here.page), happen: ({ here, world }) => world.channels.step(here.page) },
  turn: { can: ({ here }) => here.isOpen && here.runs.length > 1, happen: ({ here }) => here.turn() },
  add: { can: ({ here }) => here.isOpen && here.adder, happen: ({ here }) => here.add() },
  reply: { can: ({ here, world }) => world.storage.isReady(here.page), happen: ({ here, world }) => world.storage.step(here.page) },
  back: { can: ({ here }) => here.isOpen, happen: ({ here }) => here.comeBack() },
  wait: { can: ({ here }) => here.isOpen && here.isAsking, happen: ({ here }) => here.pass(LONG) },
  full: { can: ({ here, world }) => here.isOpen && here.hasRead && !world.storage.full, happen: (story) => story.fill() },
  kill: { can: ({ here }) => here.page.element, happen: (story) => story.close(0) },
};

/** @param {"here" | "there"} tab @param {string} item @param {string} value */
function answering(tab, item, value) {
  return {
    can: (/** @type {Story} */ story) => story[tab].part && !story[tab].input(item, value).checked,
    happen: (/** @type {Story} */ story) => {
      story.answer(story[tab], item, value);
      if (!story[tab].isOpen) story.found = { ...story.found, [item]: value };
    },
  };
}

/** @param {"here" | "there"} tab @param {string} action @param {string} [item] */
function pressing(tab, action, item) {
  return {
    can: (/** @type {Story} */ story) => story[tab].isOpen && story[tab].button(action, item),
    happen: (/** @type {Story} */ story) => story.press(story[tab], action, item),
  };
}
