/** Stands for `rules-messages.js`, which the build writes from the part `rules` of `locale/<language>.json`. */
export {};
