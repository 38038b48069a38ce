/** Stands for `index-messages.js`, which the build writes from the part `index` of `locale/<language>.json`. */
export {};
