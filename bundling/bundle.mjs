/**
 * Makes of the browser's modules what a wheel serves: fewer and smaller files, with the names that the package asks for.
 *
 *   node bundling/bundle.mjs SOURCE TARGET
 *
 * Rollup joins modules that are always loaded together, Terser shortens them. A module that is loaded on demand keeps its path, as
 * the entries do, so that the package finds it whether it serves this or the sources. The catalogue of words is no part of it: a
 * site writes its own.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { rollup } from "rollup";
import { minify } from "terser";

const [source, target] = process.argv.slice(2).map((path) => resolve(path));

/** What every widget needs before the first answer. By itself, it would be parted by who else needs which of it. */
const BASE = ["base/answers.js", "base/fields.js", "base/score.js", "base/storage.js", "base/tally.js", "base/view.js"];
/** Asked for by name: the equipment and the calculator are named in the head of pages whose checklist needs them. */
const ENTRIES = ["define.js", "define-index.js", "answering/equipment.js", "calculator/calculator.js"];

const isOfTheSite = (/** @type {string} */ id) => id.endsWith("messages.js");
const pathOf = (/** @type {string} */ id) => relative(source, id);
const nameOf = (/** @type {string} */ path) => path.replace(/\.js$/, "");

const bundle = await rollup({
  input: Object.fromEntries(ENTRIES.map((path) => [nameOf(path), join(source, path)])),
  external: isOfTheSite,
  // A warning is of an import that is not there, or of a circle: neither may be published.
  onwarn(warning) {
    throw new Error(warning.message);
  },
});
const { output } = await bundle.generate({
  format: "es",
  compact: true,
  minifyInternalExports: true,
  hoistTransitiveImports: false,
  entryFileNames: "[name].js",
  chunkFileNames: ({ facadeModuleId, moduleIds, name }) =>
    name === "base" ? "base/base.js" : pathOf(facadeModuleId ?? /** @type {string} */ (moduleIds.at(-1))),
  manualChunks: (id) => (BASE.includes(pathOf(id)) ? "base" : undefined),
});
await bundle.close();

for (const chunk of output) {
  if (chunk.type !== "chunk") throw new Error(`${chunk.fileName} is no module`);
  const { code } = await minify(chunk.code, { module: true, ecma: 2020, compress: { passes: 3 } });
  const path = join(target, chunk.fileName);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, /** @type {string} */ (code));
}
