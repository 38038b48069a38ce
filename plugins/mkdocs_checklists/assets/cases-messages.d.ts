/** Stands for `cases-messages.js`, which the build writes from the part `cases` of `locale/<language>.json`. */
export {};
