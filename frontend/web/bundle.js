/**
 * What the built page sends: `node bundle.js` prints the scripts of the first page, and what each other page and heavy
 * part adds to them, as they leave the server (gzip). It ends with 1 where the first page has more than it may.
 */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const DIST = join(import.meta.dirname, "dist");
const manifest = JSON.parse(readFileSync(join(DIST, ".vite/manifest.json"), "utf-8"));

/** Kilobytes of scripts before a reader sees their home page. */
const MOST_KB = 300;
/** From here on a part that is no page is told by its name. */
const HEAVY_KB = 100;

const ENTRY = "index.html";
const HOME = "src/features/home/index.ts";
const LANGUAGES = ["src/i18n/zh.ts", "src/i18n/en.ts"];

/** A chunk and all that it imports before it runs. */
function withImports(names) {
  const found = new Set();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(manifest[name].imports ?? []));
  }
  return found;
}

function bytesOf(names) {
  const files = new Set(Array.from(names, (name) => manifest[name].file).filter((file) => file.endsWith(".js")));
  return Array.from(files).reduce((sum, file) => sum + statSync(join(DIST, `${file}.gz`)).size, 0);
}

const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
const frame = withImports([ENTRY]);
const language = LANGUAGES.toSorted((one, other) => bytesOf(withImports([other])) - bytesOf(withImports([one])))[0];
const first = withImports([ENTRY, language, HOME]);
const besides = (names, known) => Array.from(names).filter((name) => !known.has(name));
const beyondFirst = (names) => bytesOf(besides(withImports(names), first));

const rows = [
  ["What stands around every page", bytesOf(frame)],
  ["The larger of the languages", bytesOf(besides(withImports([language]), frame))],
  ["The home page", bytesOf(besides(withImports([HOME]), withImports([ENTRY, language])))],
  ["**The first page**", bytesOf(first)],
];
// What pages share is told with each of them.
for (const [name, chunk] of Object.entries(manifest)) {
  const isLater = chunk.isDynamicEntry && !first.has(name) && !LANGUAGES.includes(name);
  const bytes = isLater ? beyondFirst([name]) : 0;
  if (name.endsWith("/index.ts") ? bytes > 0 : bytes > HEAVY_KB * 1000) rows.push([`\`${name.replace(/^src\/|\/index\.ts$/g, "")}\``, bytes]);
}

console.log("| Scripts, gzip | KB |\n|---|---|");
for (const [what, bytes] of rows) console.log(`| ${what} | ${kb(bytes)} |`);

if (bytesOf(first) > MOST_KB * 1000) {
  console.error(`The first page has ${kb(bytesOf(first))} KB of scripts, and may have ${MOST_KB}: load something later.`);
  process.exitCode = 1;
}
