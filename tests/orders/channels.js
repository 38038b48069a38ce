/**
 * A double of BroadcastChannel: what is posted waits until a test has a page hear it.
 *
 * @import {Page} from "./page.js"
 */

/** @typedef {{page: Page, name: string, onmessage: ((event: {data: unknown}) => void) | null}} Channel */

export class Channels {
  /** @type {Set<Channel>} */
  #channels = new Set();
  /** In the order in which they were posted. @type {{channel: Channel, data: unknown}[]} */
  #messages = [];

  /** @param {Page} page @returns what `BroadcastChannel` is for it */
  for(page) {
    const all = this.#channels;
    const messages = this.#messages;
    return class {
      page = page;
      /** @type {Channel["onmessage"]} */
      onmessage = null;

      /** @param {string} name */
      constructor(name) {
        this.name = name;
        all.add(this);
      }

      /** @param {unknown} data */
      postMessage(data) {
        for (const channel of all) {
          if (channel !== this && channel.name === this.name) messages.push({ channel, data });
        }
      }

      close() {
        all.delete(this);
      }
    };
  }

  /** @param {Page} page @returns whether there is one that it has not heard */
  hasMessage(page) {
    return this.#messages.some(({ channel }) => channel.page === page && this.#channels.has(channel));
  }

  /** One message to a page. @param {Page} page @returns whether there was one */
  step(page) {
    const at = this.#messages.findIndex(({ channel }) => channel.page === page);
    const [message] = at < 0 ? [] : this.#messages.splice(at, 1);
    if (message && this.#channels.has(message.channel)) message.channel.onmessage?.({ data: message.data });
    return message !== undefined;
  }

  /** @param {Page} page that hears nothing of what was said until now */
  forget(page) {
    for (let at = this.#messages.length - 1; at >= 0; at -= 1) if (this.#messages[at]?.channel.page === page) this.#messages.splice(at, 1);
  }

  /** @param {Page} page that is gone */
  drop(page) {
    for (const channel of this.#channels) if (channel.page === page) this.#channels.delete(channel);
  }
}
