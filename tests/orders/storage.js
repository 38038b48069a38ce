/**
 * A double of IndexedDB that does nothing until a test steps it: each step is one reply. Holds what the product uses, and to
 * the rules that matter here: a transaction that writes waits for all before it, one that only reads for those that write;
 * it takes requests only while one of its replies is handled, and is complete once it has nothing more to do.
 *
 * @import {Page} from "./page.js"
 */

/** @typedef {{page: Page, mode: string, requests: Request[], undo: [string, Row | undefined][], isActive: boolean, isCommitted: boolean, error: DOMException | null, oncomplete?: () => void, onabort?: () => void}} Transaction */
/** @typedef {{work: () => unknown, isWrite: boolean, transaction: Transaction, result?: unknown, error?: DOMException, onsuccess?: () => void, onerror?: () => void}} Request */
/** @typedef {{key: IDBValidKey, value: unknown}} Row */

export class Storage {
  /** @type {Map<string, Row>} */
  rows = new Map();
  /** A page whose next write finds no room. @type {Page | null} */
  full = null;
  #isMade = false;
  /** @type {WeakMap<Page, number>} */
  #complete = new WeakMap();
  /** @type {{page: Page, request: any}[]} */
  #openings = [];
  /** In the order in which they were begun. @type {Transaction[]} */
  #transactions = [];

  /** @param {Page} page @returns what `indexedDB` is for it */
  for(page) {
    return {
      open: () => {
        const request = { result: this.#connect(page), onupgradeneeded() {}, onsuccess() {}, onerror() {} };
        this.#openings.push({ page, request });
        return request;
      },
    };
  }

  /** @param {Page} page */
  #connect(page) {
    let isClosed = false;
    return {
      createObjectStore() {},
      close: () => {
        isClosed = true;
      },
      transaction: (/** @type {string} */ _, /** @type {string} */ mode) => {
        if (isClosed) throw new DOMException("The connection is closed.", "InvalidStateError");
        /** @type {Transaction} */
        const transaction = { page, mode, requests: [], undo: [], isActive: true, isCommitted: false, error: null };
        this.#transactions.push(transaction);
        return Object.assign(transaction, { objectStore: () => this.#store(transaction) });
      },
    };
  }

  /** @param {Transaction} transaction */
  #store(transaction) {
    const ask = (/** @type {() => unknown} */ work, isWrite = false) => {
      if (!transaction.isActive || transaction.isCommitted) throw new DOMException("The transaction is not active.", "TransactionInactiveError");
      /** @type {Request} */
      const request = { work, isWrite, transaction };
      transaction.requests.push(request);
      return request;
    };
    return {
      transaction: { commit: () => (transaction.isCommitted = true) },
      get: (/** @type {IDBValidKey} */ key) => ask(() => copy(this.rows.get(JSON.stringify(key))?.value)),
      getAll: (/** @type {IDBKeyRange} */ range) => ask(() => this.#within(range).map(({ value }) => copy(value))),
      getAllKeys: (/** @type {IDBKeyRange} */ range) => ask(() => this.#within(range).map(({ key }) => key)),
      put: (/** @type {unknown} */ value, /** @type {IDBValidKey} */ key) => {
        const kept = copy(value);
        return ask(() => {
          const name = JSON.stringify(key);
          transaction.undo.push([name, this.rows.get(name)]);
          this.rows.set(name, { key, value: kept });
        }, true);
      },
    };
  }

  /** @param {IDBKeyRange} range */
  #within(range) {
    return [...this.rows.values()].filter(({ key }) => range.includes(key)).sort((one, two) => indexedDB.cmp(one.key, two.key));
  }

  /** @param {Page} page @returns whether it waits for a reply, be it one that another page holds up */
  isAsked(page) {
    return this.#openings.some((opening) => opening.page === page) || this.#transactions.some((transaction) => transaction.page === page);
  }

  /** @param {Page} page @returns how many of its transactions are complete */
  repliesTo(page) {
    return this.#complete.get(page) ?? 0;
  }

  /** @param {Page} page @returns whether it can have a reply now */
  isReady(page) {
    return this.#openings.some((opening) => opening.page === page) || this.#next(page) !== undefined;
  }

  /** @param {Page} page */
  #next(page) {
    return this.#transactions.find((one, place) => one.page === page && this.#isFree(one, place));
  }

  /** One reply to a page. @param {Page} page @returns whether there was one to give */
  step(page) {
    const at = this.#openings.findIndex((opening) => opening.page === page);
    if (at >= 0) {
      const [opening] = this.#openings.splice(at, 1);
      if (!this.#isMade) opening?.request.onupgradeneeded();
      this.#isMade = true;
      opening?.request.onsuccess();
      return true;
    }
    const transaction = this.#next(page);
    if (transaction) this.#advance(transaction);
    return transaction !== undefined;
  }

  /** @param {Transaction} transaction @param {number} place */
  #isFree({ mode }, place) {
    return !this.#transactions.slice(0, place).some((earlier) => mode === "readwrite" || earlier.mode === "readwrite");
  }

  /** @param {Transaction} transaction */
  #advance(transaction) {
    const request = transaction.requests.shift();
    if (!request) {
      this.#end(transaction);
      this.#complete.set(transaction.page, this.repliesTo(transaction.page) + 1);
      transaction.oncomplete?.();
      return;
    }
    transaction.isActive = true;
    if (request.isWrite && this.full === transaction.page) {
      this.full = null;
      request.error = transaction.error = new DOMException("There is no room.", "QuotaExceededError");
      request.onerror?.();
      this.#abort(transaction);
      return;
    }
    request.result = request.work();
    request.onsuccess?.();
  }

  /** @param {Transaction} transaction */
  #abort(transaction) {
    for (const [name, row] of transaction.undo.reverse()) {
      if (row) this.rows.set(name, row);
      else this.rows.delete(name);
    }
    this.#end(transaction);
    transaction.onabort?.();
  }

  /** @param {Transaction} transaction */
  #end(transaction) {
    this.#transactions = this.#transactions.filter((one) => one !== transaction);
  }

  /** No more requests are taken once a reply has been handled. */
  rest() {
    for (const transaction of this.#transactions) transaction.isActive = false;
  }

  /** The page is gone, and with it what it had begun. @param {Page} page */
  drop(page) {
    this.#openings = this.#openings.filter((opening) => opening.page !== page);
    this.forget(page);
  }

  /** A page gets no more replies to what it has asked. What it had committed is done, all else is not. @param {Page} page */
  forget(page) {
    for (const transaction of this.#transactions.filter((one) => one.page === page)) {
      transaction.oncomplete = transaction.onabort = undefined;
      if (transaction.isCommitted) {
        for (const { work } of transaction.requests) work();
        this.#end(transaction);
      } else this.#abort(transaction);
    }
  }
}

/** @template T @param {T} value @returns {T} */
function copy(value) {
  return value === undefined ? value : structuredClone(value);
}
