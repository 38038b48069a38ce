/**
 * The cheapest of all choices that gain enough of everything: a knapsack turned round, solved exactly for a few dozen things. Twin of
 * `scoring/least_cost.py`. Loaded on demand.
 */

/**
 * One thing that may be taken, but only with those in `after`, which are named by their places. The parts of `cost` are added up
 * one by one, and compared from the front. `gains` are those of each thing that is needed.
 *
 * @typedef {{gains: bigint[], cost: (number | bigint)[], after: number[]}} Choice
 */

/** A set of things; of equal costs the set with the earlier things is cheaper. @typedef {{cost: (number | bigint)[], gains: bigint[], taken: number}} State */

/**
 * Thing by thing, only those sets are kept that no other one beats in both gains and cost, among sets that agree in what later
 * things wait for.
 *
 * @param {readonly Choice[]} choices at most 30; all together gain enough
 * @param {readonly bigint[]} needs
 * @returns {number[]} the places of the cheapest ones that together gain all of `needs`
 */
export function cheapest(choices, needs) {
  if (needs.every((need) => need <= 0n)) return [];
  const order = inOrder(choices);
  const bits = choices.map((_, n) => 2 ** (choices.length - 1 - n));
  const maskOf = (/** @type {number[]} */ places) => places.reduce((mask, n) => mask | (bits[n] ?? 0), 0);
  // What has to be gained by now: the rest can still come from later things.
  let least = needs.map((need, n) => choices.reduce((left, { gains }) => left - (gains[n] ?? 0n), need));
  /** @type {State[]} */
  let states = [{ cost: [...(choices[0]?.cost ?? []).map((part) => (typeof part === "bigint" ? 0n : 0)), 0], gains: needs.map(() => 0n), taken: 0 }];
  order.forEach((n, step) => {
    const choice = /** @type {Choice} */ (choices[n]);
    least = least.map((needed, at) => needed + (choice.gains[at] ?? 0n));
    const wanted = maskOf(choice.after);
    const bit = bits[n] ?? 0;
    const taking = states.flatMap((state) => ((state.taken & wanted) === wanted ? [take(state, choice, bit, needs)] : []));
    const watched = maskOf(order.slice(step + 1).flatMap((later) => choices[later]?.after ?? []));
    states = undominated([...states, ...taking].filter(({ gains }) => covers(gains, least)), watched);
  });
  const [best] = states;
  return choices.flatMap((_, n) => (!best || best.taken & (bits[n] ?? 0) ? [n] : []));
}

/**
 * @param {State} state
 * @param {Choice} choice
 * @param {number} bit
 * @param {readonly bigint[]} needs more than enough is no better than enough
 * @returns {State}
 */
function take(state, choice, bit, needs) {
  const cost = [...choice.cost, -bit].map((part, at) => /** @type {any} */ (part) + state.cost[at]);
  const gains = needs.map((need, n) => {
    const gain = (state.gains[n] ?? 0n) + (choice.gains[n] ?? 0n);
    return gain < need ? gain : need;
  });
  return { cost, gains, taken: state.taken | bit };
}

/** @param {readonly bigint[]} gains @param {readonly bigint[]} others */
function covers(gains, others) {
  return gains.every((gain, n) => gain >= (others[n] ?? 0n));
}

/**
 * @param {State[]} states
 * @param {number} watched
 * @returns {State[]} the cheapest first
 */
function undominated(states, watched) {
  /** @type {Map<number, bigint[][]>} */
  const most = new Map();
  return states.sort(compareCosts).filter(({ gains, taken }) => {
    const group = taken & watched;
    const cheaper = most.get(group) ?? [];
    if (cheaper.some((other) => covers(other, gains))) return false;
    most.set(group, [...cheaper.filter((other) => !covers(gains, other)), gains]);
    return true;
  });
}

/** @param {State} one @param {State} other */
function compareCosts(one, other) {
  for (const [at, part] of one.cost.entries()) {
    const another = other.cost[at] ?? 0;
    if (part !== another) return part < another ? -1 : 1;
  }
  return 0;
}

/**
 * @param {readonly Choice[]} choices
 * @returns {number[]} their places, so that none comes before what it waits for
 */
function inOrder(choices) {
  /** @type {number[]} */
  const order = [];
  const seen = new Set();
  const visit = (/** @type {number} */ n) => {
    if (seen.has(n)) return;
    seen.add(n);
    choices[n]?.after.forEach(visit);
    order.push(n);
  };
  choices.forEach((_, n) => visit(n));
  return order;
}
