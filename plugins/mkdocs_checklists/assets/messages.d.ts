/** Stands for `messages.js`, which the build writes from the part `script` of `locale/<language>.json`. */

/** BCP 47. */
export const language: string;

/** Whether whole numbers below a thousand are written as JavaScript writes them. */
export const hasPlainDigits: boolean;

/** By id; `{name}` in a text is replaced, and a text with several forms is chosen by the number `{count}`. */
export const messages: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
