/** The shapes that the browser modules share. Types only: this file is read by `tsc`, never served. */

/* --- the scoring key and its result ---------------------------------------------------------------------------- */

/**
 * The id of an option, the ids of several in order with "+" between them, or one of the two answers that need no option: "na",
 * "unknown". `base/answers.js` knows what it means. Several are one text, also where they are stored: a release from before there
 * were any carries what it can't read along as it is.
 */
export type Answer = string;

/** What is handed out to others: several options as a list. */
export type AnswerJson = string | string[];

/** How many options may be chosen together, and the one that excludes the others. */
export type Many = { at_most: number; none?: string };

/** Points are whole numbers of the units that the key counts them in. */
export type OptionJson = [id: string, points: number, was?: string[]];

export interface ItemJson {
  id: string;
  /** Name of a scale; otherwise `options`. */
  scale?: string;
  options?: OptionJson[];
  /** Where several options may be chosen. */
  many?: Many;
  weight?: number;
  /** Whether "does not apply" is an answer. */
  na?: boolean;
  /** Option id -> the best band still possible. */
  caps?: Record<string, string>;
  /** One that it counts in wholly, or each with its share in units of the key. */
  dimension?: string | Record<string, number>;
  was?: string[];
  /** Option ids known to be gone. */
  retired?: string[];
  /** What mending takes, in minutes. */
  effort?: number;
  /** Whether it is a fact that nobody can mend. */
  given?: boolean;
  /** Options whose advice comes first. */
  urgent?: string[];
  /** Items to mend first. */
  after?: string[];
  /** The options after which there is advice; all that can be bettered, where it is left out. */
  advice?: string[];
  /** Whether the reader may write words beside the answer, or a link to what shows it. */
  note?: boolean;
  evidence?: boolean;
}

/** `min` is the cut score x 10^decimals. */
export type BandKey = { id: string; min: number };

/** What the attribute `data-key` holds; everything equal to its default is left out. */
export interface KeyJson {
  checklist: string;
  revision?: number;
  unknown?: boolean;
  was?: string[];
  retired?: string[];
  score?: {
    as?: "percent" | "points";
    range?: [number, number];
    decimals?: number;
    combine?: "items" | "sections";
    /** Whether a share begins at zero points, not at the fewest. */
    from_zero?: boolean;
    /** Whether an open item counts as zero points, once any is answered. */
    open_zero?: boolean;
    enough?: number;
    better?: "higher" | "lower" | "neither";
    /** Into how many parts a point, a weight of one, and a whole item in a dimension are divided. */
    units?: [points: number, weights: number, shares?: number];
  };
  /** Ascending; `min` is the cut score x 10^decimals. */
  bands?: BandKey[];
  /** Sections that hold the result down; `below` is a score x 10^decimals. */
  caps?: { section: string; below: number; band: string }[];
  dimension_bands?: Record<string, BandKey[]>;
  scales?: Record<string, OptionJson[]>;
  sections: { id: string; weight?: number; bands?: BandKey[]; items: ItemJson[] }[];
  rules?: RulesJson;
}

/** An expression as data: an operator and its operands. `expressions/trees.py` evaluates the same. */
export type Tree = [operator: string, ...operands: (Tree | string | number)[]];

export interface InputJson {
  id: string;
  /** In digits, as `max` is. */
  min: string;
  max: string;
  decimals: number;
  section?: string;
  was?: string[];
}

/** What the result depends on beside points; whatever is empty is left out. */
export interface RulesJson {
  /** By the id of the section, item, input or figure that it shows. */
  when?: Record<string, Tree>;
  decision?: {
    outcomes: string[];
    /** Item -> for each option, in order -> unweighted points for each outcome, in order. */
    points: Record<string, number[][]>;
    gates: { remove: string; when: Tree; text: string }[];
    lead: number;
    least: number;
    /** All outcomes, in the order that decides between equal fits. */
    ties: string[];
  };
  notes?: { when: Tree; text: string }[];
  inputs?: InputJson[];
  figures?: { id: string; decimals: number; formula: Tree }[];
  verdicts?: { id: string; when: Tree }[];
  /** Whether many runs make one table. */
  plan?: boolean;
  /** Whether of any item several options may be chosen. */
  several?: boolean;
  /** Whether beside any answer something may be written. */
  beside?: boolean;
}

export interface Named {
  id: string;
  /** Only an item has a list of them. */
  values?: ReadonlyMap<string, Answer>;
  /** Likewise: where several options may be chosen. */
  many?: Many | undefined;
  /** Where an answer may be filed: the present id, then earlier ones. */
  ids: readonly string[];
}

export interface Item {
  id: string;
  weight: number;
  /** The points of the best answer, unweighted, and the fewest and the most that an answer can earn. */
  best: number;
  least: number;
  most: number;
  /** The worst answer (the first of them): what "unknown" counts as. */
  weakest: Answer;
  /** Where several options may be chosen. */
  many?: Many;
  /** What the reader may write beside the answer. */
  note?: boolean;
  evidence?: boolean;
  /** Option -> points, unweighted. Where several may be chosen, it is asked for whole answers too, as `values` and `caps` are. */
  points: ReadonlyMap<string, number>;
  /** Whether "does not apply" is an answer. */
  na?: boolean;
  /** Everything that may be filed as an answer -> the answer it means today. */
  values: ReadonlyMap<string, Answer>;
  /** Option -> index of the best band still possible. */
  caps: ReadonlyMap<string, number>;
  retired: ReadonlySet<string>;
  /** Where an answer may be filed: the present id, then earlier ones. */
  ids: readonly string[];
  /** Dimension -> share, in units of the key. */
  shares: ReadonlyMap<string, number>;
  /** What mending takes, in minutes; Infinity where nobody has said. */
  effort: number;
  /** As in `ItemJson`, as the next three. */
  given?: boolean;
  urgent?: readonly string[];
  after?: readonly string[];
  advice?: readonly string[];
}

/** An item to improve, and what its answer would have to become. */
export interface Step {
  item: string;
  option: Answer;
}

/** A scoring key made ready for look-ups. */
export interface Key {
  checklist: string;
  revision: number;
  /** Earlier ids of the checklist. */
  was: readonly string[];
  as: "percent" | "points";
  range: readonly [number, number];
  decimals: number;
  combine: "items" | "sections";
  from_zero?: boolean;
  open_zero?: boolean;
  enough: number;
  better?: "higher" | "lower" | "neither";
  units?: [points: number, weights: number, shares?: number];
  /** Into how many parts a weighted point is divided. */
  unit: number;
  /** And into how many a whole item in a dimension is. */
  shares: number;
  /** From worst to best; of a measurement from lowest to highest. Those of sections and dimensions likewise. */
  bands: readonly BandKey[];
  dimension_bands: ReadonlyMap<string, readonly BandKey[]>;
  /** `place` is that of the best band still possible, `items` are those of the section. */
  caps: readonly { section: string; below: number; place: number; items: readonly Item[] }[];
  sections: readonly { id: string; weight: number; bands?: readonly BandKey[] | undefined; items: readonly Item[] }[];
  /** The items of all sections, in reading order. */
  items: readonly Item[];
  /** The items of each, which weigh as much there as their share. */
  dimensions: ReadonlyMap<string, readonly Item[]>;
  /** Every id an answer may be filed under -> the item or input it belongs to. */
  owners: ReadonlyMap<string, Item | Named>;
  retired: ReadonlySet<string>;
  rules?: RulesJson;
}

/** The answer that counts, as it is called today, and the id under which it was filed. */
export type Choice = { value: Answer; source: string };
export type Choices = ReadonlyMap<string, Choice>;

export type Tally = { earned: number; least: number; possible: number; answered: number; applicable: number };

/** With a denominator above zero. */
export type Fraction = [numerator: bigint, denominator: bigint];

export type State = "answered" | "unknown" | "na" | "unanswered";

/** What is reported of a section, of a dimension, and of the whole. */
export interface PartResult {
  score: number | null;
  earned: number;
  least: number;
  possible: number;
  completeness: number;
  /** Where the part has bands of its own; null until enough of it is answered. */
  band?: string | null;
}

export interface Result extends PartResult {
  band: string | null;
  checklist: string;
  revision: number;
  /** The least and the most of the scale, whatever is answered. */
  ends: [least: number, most: number];
  /** Whether anything is missing. */
  provisional: boolean;
  /** Items that a verdict waits for: all unanswered ones that can cap it, and as many others as are needed. */
  missing: string[];
  /** How many more answers `enough` asks for. */
  needed: number;
  /** Whatever the caps say. */
  band_by_score: string | null;
  /** Ids of items, then sections. */
  capped_by: (string | { section: string })[];
  sections: Record<string, PartResult>;
  dimensions: Record<string, PartResult>;
  recommendations: string[];
  find_out: string[];
  states: Record<string, State>;
  /** Answers the key does not know: an id, or "id=option". */
  ignored: string[];
  /** Of a decision. */
  outcome?: string | null;
  close_call?: [best: string, second: string] | null;
  /** Outcomes that have a fit and are not removed, the best first. */
  ranking?: string[];
  fits?: Record<string, number | null>;
  removed?: Record<string, string[]>;
  notes?: string[];
  /** Of a calculator. */
  figures?: Record<string, number | null>;
  verdict?: string | null;
  /** What the reader has written beside answers, by item; never scored. */
  words?: Record<string, string>;
  evidence?: Record<string, string>;
}

/** What the rules of a key make of answers. */
export interface Evaluation {
  result: Result;
  /** Sections, items, inputs and figures that a condition does not show. */
  hidden: ReadonlySet<string>;
  /** Inputs and figures, exact; null where something is missing. Also the results that formulas ask for, as in `score(section)`. */
  numbers: ReadonlyMap<string, Fraction | null>;
  /** Which gates and notes hold, by their numbers in the file. */
  firing: {
    gates: number[];
    notes: number[];
    /** In a close call: the notes that are true of the one alone, and of the other alone. */
    sides: number[][];
  };
  /** Where a decision is not clear because so few answers are known: how many, of how many questions that apply. */
  tooLittle: { known: number; applicable: number } | null;
}

/** What an expression can ask for; each may be null. */
export interface Facts {
  /** Of an input or a figure. */
  number: (id: string) => Fraction | null;
  answer: (id: string) => Answer | null;
  /** A score or points. */
  result: (tree: Tree) => Fraction | null;
  /** The awarded one, or that of a section by its own score. */
  band: (section?: string) => string | null;
  outcome: string | null;
  /** Whether the outcome is one of the two in a close call, so that it is not known. */
  isClose: boolean;
}

export type Evaluate = (answers: ReadonlyMap<string, string>) => Evaluation;

/* --- what is kept in the browser ------------------------------------------------------------------------------- */

/** A reader's answer, as raw as she gave it: everything else is derived. */
export interface Entry {
  choice: string;
  /** ISO date-time. */
  at: string;
  /** Of the checklist, when the answer was given or confirmed. */
  revision: number;
}

/** What one run of one checklist looks like in IndexedDB, under the key [site, checklist, run]. */
export interface StoredRun {
  format: 1;
  revision: number;
  /** By item id, also of items that are gone. Entries may be damaged: they are `Entry` only once checked. */
  answers: Record<string, unknown>;
  /** What the last reset took away, until it is undone. */
  cleared?: { at: string; answers: Record<string, unknown> };
  /** ISO date-time: when answers were last taken over from an earlier id of the checklist. */
  adopted?: unknown;
  /** Damaged entries whose place a new answer took. */
  set_aside?: [id: string, entry: unknown][];
  /** What follows is written by `run-records.js`; releases before it leave it as it is. As the reader typed it. */
  name?: unknown;
  /** ISO date-time. */
  made?: unknown;
  /** The run with the greatest number was turned to last. */
  opened?: unknown;
  /** What the reader took away with the whole run, until she wants it back or a day has gone by. */
  removed?: unknown;
}

/** One run, as a plan of many shows it. */
export interface Run {
  /** Empty for the one that every reader has. */
  id: string;
  name: string;
  made: string;
  opened: number;
  /** What was taken away with the whole run: when, and what it was called. */
  removed: { at: string; name: string } | null;
  /** By item id, as they were given. */
  answers: ReadonlyMap<string, Entry>;
}

/** A case of the author's that is shown in place of a reader's own answers. */
export interface ShownExample {
  readonly answers: ReadonlyMap<string, Entry>;
  /** The reader changes an answer, or with `null` clears it. */
  answer(item: string, choice: string | null, part: Part): void;
  /** Her own answers are shown again; `gone` is a part that has left the page. */
  end(gone?: Part): void;
  /** Called whenever something new is shown. */
  show(): void;
}

/** What may become of a run beside its answers. */
export interface RunChange {
  name?: string;
  made?: string;
  opened?: boolean;
  removed?: boolean;
}

export interface StorageAddress {
  /** URL path that tells this site from others on its origin. */
  site: string;
  checklist: string;
  /** One named use of the checklist; empty for the one that every reader has. */
  run: string;
  /** Earlier ids of the checklist. */
  was: readonly string[];
}

/** `null` deletes the entry. For `cleared`: `null` withdraws the undo offer, `undefined` keeps it. */
export interface Changes {
  answers: ReadonlyMap<string, Entry | null>;
  cleared?: ReadonlyMap<string, Entry> | null | undefined;
  /** What was stored when it was last read; written again where nothing is stored any more. */
  known?: ReadonlyMap<string, Entry>;
}

/** What became of a call: nothing ever throws. */
export type Status = "kept" | "full" | "unavailable";

export interface Loaded {
  status: Status;
  /** Whether nothing at all is stored yet. */
  isNew: boolean;
  answers: Map<string, Entry>;
  cleared: Map<string, Entry>;
  /** When the reader cleared them. */
  clearedAt: string;
  /** Whether anything stored could not be read, and was left where it is. */
  setAside: boolean;
}

/* --- an index of checklists ---------------------------------------------------------------------------------------- */

/** What `keys/ID.json` holds; what is empty is left out. */
export interface IndexKeyJson {
  key: KeyJson;
  subject?: string;
  /** Titles by id, as the next two. */
  bands?: Record<string, string>;
  outcomes?: Record<string, string>;
  verdicts?: Record<string, string>;
  /** The figure that leads the result. */
  main?: { id: string; text: string; unit: string; decimals: number };
  /** Input -> the number that the example fills in. */
  examples?: Record<string, string>;
}

/* --- a checklist on a page ---------------------------------------------------------------------------------------- */

/** Everything there is to show, taken at one moment. */
export interface Snapshot {
  key: Key;
  result: Result;
  choices: Choices;
  /** How many items there are to answer: all but the hidden ones. */
  total: number;
  /** Where the key has rules, and they are loaded. */
  evaluation: Evaluation | undefined;
  /** Everything that is filed, also for inputs: id -> answer as it was given. */
  written: ReadonlyMap<string, string>;
  /** Items whose answer was given under an earlier revision -> when. */
  unconfirmed: ReadonlyMap<string, string>;
  status: Status | "loading";
  setAside: boolean;
  /** Whether a module did not come, so that something is missing until the page is loaded anew. */
  isIncomplete: boolean;
  /** When the answers that were found in storage were given; null when there were none. */
  restored: string | null;
  /** How many answers an undo would bring back. */
  undoable: number;
}

/** What a session needs of an element. */
export interface Part extends HTMLElement {
  show(snapshot: Snapshot): void;
  /** null makes ready to speak. */
  announce(snapshot: Snapshot | null): void;
}
