/** Stands for `messages.js`, which the build writes from the part `script` of `locale/<language>.json`. */

/** Address of the folder that the browser files are in. */
export const folder: string;

/** The key of the site: see `SITE` in `base/storage.js`. A cached file of an earlier release has none. */
export const site: string | undefined;

/** BCP 47. */
export const language: string;

/** Whether whole numbers below a thousand are written as JavaScript writes them. */
export const hasPlainDigits: boolean;

/** By id; `{name}` in a text is replaced, and a text with several forms is chosen by the number `{count}`. */
export const messages: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
