/** What axe finds wrong with a page for those who do not see it, or use no pointer. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const GRAVE = ["serious", "critical"];

/** Each grave violation on one line: its rule, and an element that breaks it, of three at most. */
export async function violations(page) {
  // As the browser's own, not as a script of the page, which its policy would refuse.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 160)}`));
}
