/** Stands for `return-messages.js`, which the build writes from the part `return` of `locale/<language>.json`. */
export {};
