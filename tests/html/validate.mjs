// Validates every page of a built site: `node tests/html/validate.mjs site`. Nothing is asked of any other host.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { argv, exit } from "node:process";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { config, known } from "./rules.mjs";

const folder = argv[2];
if (!folder) {
  console.error("Which folder? node tests/html/validate.mjs FOLDER");
  exit(2);
}
const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".html")).sort();
const validator = new HtmlValidate(new StaticConfigLoader(config));
const seen = new Map(known.map((fault) => [fault, 0]));
let faults = 0;

for (const name of names) {
  const path = join(folder, name);
  const lines = (await readFile(path, "utf-8")).split("\n");
  const { results } = await validator.validateFile(path);
  for (const message of results.flatMap((result) => result.messages)) {
    // A tag is told by its name, behind the bracket.
    const source = lines[message.line - 1].slice(message.column - 2);
    const fault = known.find(
      (fault) =>
        fault.rule.test(message.ruleId) &&
        (fault.message?.test(message.message) ?? true) &&
        (fault.selector?.test(message.selector ?? "") ?? true) &&
        (fault.source?.test(source) ?? true),
    );
    if (fault) {
      seen.set(fault, (seen.get(fault) ?? 0) + 1);
      continue;
    }
    faults += 1;
    console.error(`${path}:${message.line}:${message.column}: ${message.message} [${message.ruleId}]\n    ${source.slice(0, 120)}`);
  }
}
for (const [fault, count] of seen) {
  console.log(`${String(count).padStart(5)} × known: ${fault.reason} (${fault.link})`);
  if (!count) {
    faults += 1;
    console.error(`No page has this fault any more; strike it from tests/html/rules.mjs: ${fault.rule}`);
  }
}
if (!names.length) {
  faults += 1;
  console.error(`There is no page in ${folder}`);
}
console.log(`${names.length} pages, ${faults} faults`);
exit(faults ? 1 : 0);
