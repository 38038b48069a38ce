/** Stands for `result-messages.js`, which the build writes from the part `result` of `locale/<language>.json`. */
export {};
