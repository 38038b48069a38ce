/**
 * What should be, in a few lines: of every answer, what the reader did last with it, in either tab. A reset takes what was shown
 * in its tab when it was pressed, and keeps it; an undo brings that back where nothing has been answered since.
 */

/** @typedef {Record<string, string>} Answers item -> answer */
/**
 * @typedef {object} Deed
 * @property {Answers} before what its tab showed
 * @property {Record<string, string | null>} changes
 * @property {string} tab
 * @property {string} name what was pressed
 * @property {number} number
 * @property {number} reached how many deeds there were when storage had heard of it; Infinity before
 * @property {number} group 0, or that of deeds that may be lost, the last first
 */
/** @typedef {{taken: Answers, run: string, tab: string, visit: number, readers: Map<string, number>, isOver: boolean}} Offer `readers`: tabs that showed what is stored -> visit */

export class Model {
  /** @type {Deed[]} */
  deeds = [];
  /** @type {Offer[]} */
  offers = [];
  /** The deeds before this one are stored for certain. */
  safe = 0;
  /** Whether an undo was about another reset than the last one. */
  isOfferOld = false;
  #groups = 0;

  /** @param {string} tab @param {string} name @param {Record<string, string | null>} changes @param {Answers} [before] what the tab showed */
  did(tab, name, changes, before = {}) {
    this.deeds.push({ before, changes, tab, name, number: this.deeds.length, reached: Infinity, group: 0 });
  }

  /** All that was done so far in a tab is stored. @param {string} tab */
  reach(tab) {
    if (tab === "here") this.safe = this.deeds.length;
    for (const deed of this.deeds) if (deed.tab === tab) deed.reached = Math.min(deed.reached, this.deeds.length);
  }

  /**
   * A page has gone at once: what was done on it since storage last replied may be lost, the latest first.
   *
   * @param {string} tab
   */
  loses(tab) {
    this.#groups += 1;
    for (const deed of this.deeds.slice(this.safe)) {
      if (deed.tab === tab && !deed.group) deed.group = this.#groups;
    }
    this.safe = this.deeds.length;
  }

  get isCertain() {
    return this.deeds.every(({ group }) => !group);
  }

  /**
   * One way, where no page has gone at once. What the other tab does before storage has heard of a deed may count as before or
   * after it: then there are several answers that an item may have in the end.
   *
   * @returns {Map<string, Set<string | null>>[]}
   */
  get ends() {
    /** @type {Deed[][]} */
    let ways = [this.deeds];
    for (let group = 1; group <= this.#groups; group += 1) {
      ways = ways.flatMap((deeds) => {
        const count = deeds.filter((deed) => deed.group === group).length;
        return Array.from({ length: count + 1 }, (_, kept) => {
          let seen = 0;
          return deeds.filter((deed) => deed.group !== group || (seen += 1) <= kept);
        });
      });
    }
    return ways.map(endOf);
  }

  /** @returns {boolean} whether it is clear which reset can be undone: not where the tabs have not heard of each other's press */
  get isOfferClear() {
    const about = this.deeds.filter(({ name }) => name === "reset" || name === "undo");
    const last = about.at(-1);
    const rival = about.findLast(({ tab }) => tab !== last?.tab);
    return this.isCertain && !this.isOfferOld && !(last && rival && rival.reached > last.number);
  }

  /**
   * @param {Answers} before
   * @param {Answers} after
   * @param {Pick<Offer, "run" | "tab" | "visit">} place where undo was pressed
   * @returns {boolean} whether it may do that
   */
  canBringBack(before, after, place) {
    const offers = this.offers.filter(({ run }) => run === place.run);
    const own = offers.findLastIndex(({ tab, visit }) => tab === place.tab && visit === place.visit);
    // One that the other tab has taken back in the meantime brings back the same.
    const at = offers.findLastIndex(({ taken }) => same(after, { ...taken, ...before }) && !same(after, before));
    if (at < 0) return false;
    this.isOfferOld = at < offers.length - 1;
    if (at < own) return false;
    for (const earlier of offers.slice(0, at + 1)) earlier.isOver = true;
    return true;
  }
}

/** @param {Deed[]} deeds @returns {Map<string, Set<string | null>>} */
function endOf(deeds) {
  /** @type {Map<string, Set<string | null>>} */
  const end = new Map();
  for (const item of new Set(deeds.flatMap(({ changes }) => Object.keys(changes)))) {
    const about = deeds.filter(({ changes }) => item in changes);
    const last = /** @type {Deed} */ (about.at(-1));
    const rivals = about.filter((rival) => rival.tab !== last.tab && isOpen(last, rival, item, deeds));
    // Among themselves they are in order, but for what is cleared, which has no date.
    const latest = rivals.filter((rival, at) => at === rivals.length - 1 || rival.changes[item] === null);
    end.set(item, new Set([last, ...latest].map(({ changes }) => changes[item] ?? null)));
  }
  return end;
}

/**
 * @param {Deed} last
 * @param {Deed} rival of the other tab, before it
 * @param {string} item
 * @param {Deed[]} deeds
 * @returns {boolean} whether either may be what counts
 */
function isOpen(last, rival, item, deeds) {
  // What a reset took is older than what was answered since, also in a tab that this one has yet to hear of.
  const reset = deeds.findLast(({ name, number }) => name === "reset" && number < last.number);
  const isUnheard = deeds.some(({ tab, changes, number, reached }) => tab === last.tab && item in changes && number < rival.number && reached > rival.number);
  if (last.name === "undo" && (isUnheard || rival.number > (reset?.number ?? 0))) return true;
  // What undo brings back is old: it may give way to an answer that its tab has never shown.
  const isShown = deeds.some(({ tab, before, number }) => tab === last.tab && number > rival.number && number <= last.number && before[item] === rival.changes[item]);
  if (last.name === "undo" && rival.changes[item] !== null && !isShown) return true;
  // Of two answers the newer one counts. What is cleared has no date, and what is brought back has its old one.
  return rival.reached > last.number && (last.name === "undo" || last.changes[item] === null || rival.changes[item] === null || rival.name === "undo");
}

/** @param {Map<string, Set<string | null>>} end @param {Answers} answers */
export function fits(end, answers) {
  const items = new Set([...end.keys(), ...Object.keys(answers)]);
  return [...items].every((item) => (end.get(item) ?? new Set([null])).has(answers[item] ?? null));
}

/** @param {Answers} one @param {Answers} two */
export function same(one, two) {
  return show(one) === show(two);
}

/** @param {Answers} answers @returns {string} */
export function show(answers) {
  return Object.entries(answers).sort(([one], [two]) => (one < two ? -1 : 1)).map(([item, answer]) => `${item}=${answer}`).join(" ") || "nothing";
}
