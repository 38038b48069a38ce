/** Stands for `tools-messages.js`, which the build writes from the part `tools` of `locale/<language>.json`. */
export {};
