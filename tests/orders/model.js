/**
 * What should be, in a few lines: of every answer, what the reader did last with it, in either tab. A reset takes what was shown
 * in its tab when it was pressed, and keeps it; an undo brings that back where nothing has been answered since.
 */

/** @typedef {Record<string, string>} Answers item -> answer */
/**
 * @typedef {object} Deed
 * @property {Record<string, string | null>} changes
 * @property {string} tab
 * @property {number} reached how many deeds there were when storage had heard of it; Infinity before
 * @property {number} group 0, or that of deeds that may be lost, the last first
 */
/** @typedef {{taken: Answers, tab: string, visit: number, readers: Map<string, number>, isOver: boolean}} Offer `readers`: tabs that showed what is stored -> visit */

export class Model {
  /** @type {Deed[]} */
  deeds = [];
  /** @type {Offer[]} */
  offers = [];
  /** The deeds before this one are stored for certain. */
  safe = 0;
  #groups = 0;

  /** @param {string} tab @param {Record<string, string | null>} changes */
  did(tab, changes) {
    this.deeds.push({ changes, tab, reached: tab === "here" ? Infinity : this.deeds.length, group: 0 });
  }

  /** All that was done so far is stored. */
  reach() {
    this.safe = this.deeds.length;
    for (const deed of this.deeds) deed.reached = Math.min(deed.reached, this.safe);
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
    return ways.map((deeds) => {
      const late = deeds.toSorted((one, two) => one.reached - two.reached);
      /** @type {Map<string, Set<string | null>>} */
      const end = new Map();
      for (const order of [deeds, late]) {
        for (const [item, answer] of fold(order)) end.set(item, (end.get(item) ?? new Set()).add(answer));
      }
      return end;
    });
  }

  /** @param {Answers} before @param {Answers} after @param {string} tab @param {number} visit @returns {boolean} whether an undo may do that */
  canBringBack(before, after, tab, visit) {
    const own = this.offers.findLastIndex((offer) => offer.tab === tab && offer.visit === visit);
    const offers = this.offers.filter((offer, at) => at >= own && !offer.isOver);
    const offer = offers.reverse().find(({ taken }) => same(after, { ...taken, ...before }) && !same(after, before));
    if (!offer) return false;
    for (const earlier of this.offers.slice(0, this.offers.indexOf(offer) + 1)) earlier.isOver = true;
    return true;
  }
}

/** @param {Deed[]} deeds @returns {Map<string, string | null>} */
function fold(deeds) {
  return new Map(deeds.flatMap(({ changes }) => Object.entries(changes)));
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
