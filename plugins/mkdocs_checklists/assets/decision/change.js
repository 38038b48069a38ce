/**
 * What would have to change for another outcome to win: the fewest answers that would have to be others. Knows no page.
 *
 * One answer, then two: all of them are tried, in reading order, so that the first found is the first there is. Then up to
 * five, one by one, always the one that helps most: trying all would take minutes, so five that would do may be missed.
 *
 * Most answers only move points, and those are added up. Answers that conditions ask for may show, hide and rule out, so
 * what follows from them is evaluated whole.
 *
 * @import {Evaluate, Evaluation, Item, Key, RulesJson, Step, Tree} from "../types"
 */
import { applies, definiteAnswers, isSame, resolveAnswers } from "../base/answers.js";
import { toward } from "../rules/rules.js";

const MOST = 5;

/**
 * What answers come to. Lists go by the place of the outcome in the key.
 *
 * @typedef {object} State
 * @property {ReadonlySet<string>} hidden
 * @property {number[]} gates how many of them rule the outcome out
 * @property {number[]} earned
 * @property {number[]} least
 * @property {number[]} most
 * @property {number} answered
 * @property {number} applicable
 */

/**
 * One answer that might be another, and what that adds to a state.
 *
 * @typedef {object} Candidate
 * @property {string} item
 * @property {string} option
 * @property {boolean} isAsked whether a condition asks for the item
 * @property {number[]} earned
 * @property {number[]} least
 * @property {number[]} most
 * @property {number} answered
 * @property {number} applicable
 */

/** @typedef {Map<string, Step[] | null>} Changes outcome -> answers that make it win; null where none were found */

/**
 * Yields whenever a caller may want to give the page a turn; none of its pieces takes more than some milliseconds.
 *
 * @param {Key} key with a decision
 * @param {Evaluate} evaluate
 * @param {ReadonlyMap<string, string>} answers
 * @returns {Generator<undefined, Changes>} of every outcome but the one that wins already
 */
export function* findChanges(key, evaluate, answers) {
  const search = new Search(key, evaluate, answers);
  yield* search.tryOne();
  yield* search.tryTwo();
  yield* search.tryMore();
  return search.found;
}

class Search {
  /** @type {Changes} */
  found = new Map();
  #evaluate;
  #answers;
  #enough;
  #items;
  #decision;
  #ties;
  #choices;
  #now;
  #candidates;
  /** What an answer that conditions ask for leads to. @type {Map<Candidate, State>} */
  #states = new Map();

  /**
   * @param {Key} key
   * @param {Evaluate} evaluate
   * @param {ReadonlyMap<string, string>} answers
   */
  constructor(key, evaluate, answers) {
    const { decision } = /** @type {RulesJson} */ (key.rules);
    if (!decision) throw new TypeError("the key has no decision");
    this.#evaluate = evaluate;
    this.#answers = answers;
    this.#enough = key.enough;
    this.#items = key.items;
    this.#decision = decision;
    this.#ties = decision.ties.map((id) => decision.outcomes.indexOf(id));
    const { choices } = resolveAnswers(key, answers);
    this.#choices = new Map([...choices].map(([id, { value }]) => [id, value]));
    const evaluation = evaluate(answers);
    this.#now = this.#stateOf(evaluation, this.#choices);
    const asked = itemsInConditions(/** @type {RulesJson} */ (key.rules));
    this.#candidates = key.items.flatMap((item) => (evaluation.hidden.has(item.id) ? [] : this.#candidatesOf(item, asked.has(item.id))));
    for (const id of decision.outcomes) if (id !== evaluation.result.outcome) this.found.set(id, null);
  }

  *tryOne() {
    for (const one of this.#candidates) {
      if (one.isAsked) {
        this.#states.set(one, this.#stateWith([one]));
        yield;
      }
      this.#note(this.#states.get(one) ?? this.#now, this.#states.has(one) ? [] : [one], [one]);
    }
  }

  *tryTwo() {
    for (const [at, one] of this.#candidates.entries()) {
      if (this.#isDone()) return;
      yield;
      for (let next = at + 1; next < this.#candidates.length; next += 1) {
        const two = /** @type {Candidate} */ (this.#candidates[next]);
        if (two.item === one.item) continue;
        if (one.isAsked && two.isAsked) {
          this.#note(this.#stateWith([one, two]), [], [one, two]);
          yield;
          continue;
        }
        const state = this.#states.get(one) ?? this.#states.get(two);
        if (state) this.#note(state, [one.isAsked ? two : one], [one, two]);
        else this.#note(this.#now, [one, two], [one, two]);
      }
    }
  }

  *tryMore() {
    for (const [id, steps] of this.found) {
      if (!steps) this.found.set(id, yield* this.#climb(this.#decision.outcomes.indexOf(id)));
    }
  }

  #isDone() {
    return [...this.found.values()].every((steps) => steps !== null);
  }

  /**
   * Takes note of who would win, if that is news.
   *
   * @param {State} state
   * @param {Candidate[]} added to it
   * @param {Candidate[]} changes all of them
   */
  #note(state, added, changes) {
    const id = this.#decision.outcomes[this.#winner(state, added)];
    if (id !== undefined && this.found.get(id) === null) this.found.set(id, changes.map(stepOf));
  }

  /**
   * Adds the answer that helps an outcome most, until it wins.
   *
   * @param {number} outcome
   * @returns {Generator<undefined, Step[] | null>}
   */
  *#climb(outcome) {
    /** @type {Candidate[]} */
    let taken = [];
    let state = this.#now;
    while (taken.length < MOST) {
      /** @type {{candidate: Candidate, state: State, standing: number[]} | undefined} */
      let best;
      for (const candidate of this.#candidates) {
        if (taken.some(({ item }) => item === candidate.item)) continue;
        if (candidate.isAsked) yield;
        const next = candidate.isAsked ? this.#stateWith([...taken, candidate]) : added(state, candidate);
        const standing = this.#standing(next, outcome);
        if (!best || isBetter(standing, best.standing)) best = { candidate, state: next, standing };
      }
      if (!best) return null;
      taken.push(best.candidate);
      state = best.state;
      yield;
      if (this.#winner(state, []) !== outcome) continue;
      // The first ones may have become needless.
      for (const candidate of [...taken]) {
        const rest = taken.filter((other) => other !== candidate);
        if (this.#winner(this.#stateWith(rest), []) === outcome) taken = rest;
      }
      return this.#candidates.filter((candidate) => taken.includes(candidate)).map(stepOf);
    }
    return null;
  }

  /**
   * @param {State} state
   * @param {number} outcome
   * @returns {number[]} how far it is from winning: gates first, then answers that are missing, then fit
   */
  #standing({ gates, earned, least, most, answered, applicable }, outcome) {
    const fits = gates.map((_, n) => {
      const span = numberAt(most, n) - numberAt(least, n);
      return span ? (100 * (numberAt(earned, n) - numberAt(least, n))) / span : null;
    });
    const rivals = fits.flatMap((fit, n) => (n === outcome || gates[n] || fit === null ? [] : [fit]));
    const own = fits[outcome] ?? -100;
    const lead = rivals.length ? own - Math.max(...rivals) - this.#decision.lead : Infinity;
    return [numberAt(gates, outcome), Math.max(0, this.#enough * applicable - 100 * answered), -Math.min(lead, own - this.#decision.least)];
  }

  /**
   * The same rules as in `rules.js`, on sums.
   *
   * @param {State} state
   * @param {Candidate[]} added at most two
   * @returns {number} the place of the outcome that wins, or -1
   */
  #winner({ hidden, gates, earned, least, most, answered, applicable }, [one, two]) {
    const first = one && !hidden.has(one.item) ? one : undefined;
    const second = two && !hidden.has(two.item) ? two : undefined;
    const given = answered + (first?.answered ?? 0) + (second?.answered ?? 0);
    const all = applicable + (first?.applicable ?? 0) + (second?.applicable ?? 0);
    if (100 * given < this.#enough * all) return -1;
    let [best, bestFit, nextFit] = [-1, -1, -1];
    for (const n of this.#ties) {
      if (gates[n]) continue;
      const low = numberAt(least, n) + numberAt(first?.least, n) + numberAt(second?.least, n);
      const span = numberAt(most, n) + numberAt(first?.most, n) + numberAt(second?.most, n) - low;
      if (!span) continue;
      const gained = numberAt(earned, n) + numberAt(first?.earned, n) + numberAt(second?.earned, n) - low;
      // Half up, as everywhere. The numbers are small enough for the quotient never to reach the next whole one.
      const fit = Math.floor((200 * gained + span) / (2 * span));
      if (fit > bestFit) [best, bestFit, nextFit] = [n, fit, bestFit];
      else if (fit > nextFit) nextFit = fit;
    }
    const isClear = bestFit >= this.#decision.least && (nextFit < 0 || bestFit - nextFit >= this.#decision.lead);
    return isClear ? best : -1;
  }

  /** @param {Candidate[]} changes */
  #stateWith(changes) {
    const steps = changes.map(({ item, option }) => /** @type {[string, string]} */ ([item, option]));
    return this.#stateOf(this.#evaluate(new Map([...this.#answers, ...steps])), new Map([...this.#choices, ...steps]));
  }

  /**
   * @param {Evaluation} evaluation
   * @param {ReadonlyMap<string, string>} choices
   * @returns {State}
   */
  #stateOf({ hidden, firing }, choices) {
    const none = () => this.#decision.outcomes.map(() => 0);
    const state = { hidden, gates: none(), earned: none(), least: none(), most: none(), answered: 0, applicable: 0 };
    for (const gate of firing.gates) bump(state.gates, this.#decision.outcomes.indexOf(this.#decision.gates[gate]?.remove ?? ""), 1);
    for (const item of this.#items) {
      const value = choices.get(item.id);
      if (hidden.has(item.id) || !applies(value)) continue;
      state.applicable += 1;
      if (value === undefined) continue;
      state.answered += 1;
      const gift = toward(this.#decision, item, value);
      if (!gift) continue;
      for (const n of state.gates.keys()) {
        bump(state.earned, n, numberAt(gift.earned, n));
        bump(state.least, n, numberAt(gift.least, n));
        bump(state.most, n, numberAt(gift.most, n));
      }
    }
    return state;
  }

  /**
   * @param {Item} item
   * @param {boolean} isAsked
   * @returns {Candidate[]} every answer that she has not given
   */
  #candidatesOf(item, isAsked) {
    const value = this.#choices.get(item.id);
    const present = toward(this.#decision, item, value);
    const none = this.#decision.outcomes.map(() => 0);
    return definiteAnswers(item).flatMap((option) => {
      if (isSame(option, value)) return [];
      const gift = toward(this.#decision, item, option);
      const earned = none.map((_, n) => numberAt(gift?.earned, n) - numberAt(present?.earned, n));
      const [least, most] = present || !gift ? [none, none] : [gift.least, gift.most];
      const counts = { answered: value === undefined || !applies(value) ? 1 : 0, applicable: applies(value) ? 0 : 1 };
      return [{ item: item.id, option, isAsked, earned, least, most, ...counts }];
    });
  }
}

/**
 * @param {State} state
 * @param {Candidate} candidate
 * @returns {State}
 */
function added(state, candidate) {
  if (state.hidden.has(candidate.item)) return state;
  /** @param {number[]} left @param {number[]} right */
  const sum = (left, right) => left.map((value, n) => value + numberAt(right, n));
  return {
    ...state,
    earned: sum(state.earned, candidate.earned),
    least: sum(state.least, candidate.least),
    most: sum(state.most, candidate.most),
    answered: state.answered + candidate.answered,
    applicable: state.applicable + candidate.applicable,
  };
}

/** @param {number[]} one @param {number[]} other both tell how far it is from winning */
function isBetter(one, other) {
  const at = one.findIndex((value, n) => value !== other[n]);
  return at >= 0 && numberAt(one, at) < numberAt(other, at);
}

/**
 * @param {RulesJson} rules
 * @returns {Set<string>} items that may show, hide or rule out anything
 */
function itemsInConditions({ when = {}, decision, figures = [] }) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {Tree} tree */
  const walk = (tree) => {
    if (tree[0] === "is" || tree[0] === "answer") found.add(String(tree[1]));
    else for (const part of tree) if (Array.isArray(part)) walk(part);
  };
  for (const tree of [...Object.values(when), ...(decision?.gates ?? []).map((gate) => gate.when), ...figures.map(({ formula }) => formula)]) walk(tree);
  return found;
}

/** @param {Candidate} candidate @returns {Step} */
function stepOf({ item, option }) {
  return { item, option };
}

/** @param {number[] | undefined} list @param {number} place */
function numberAt(list, place) {
  return list?.[place] ?? 0;
}

/** @param {number[]} list @param {number} place @param {number} by */
function bump(list, place, by) {
  list[place] = numberAt(list, place) + by;
}
