import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SCREENSHOTS } from "../house.js";
import { reading } from "../people.js";
import { PLACES, parts, settled } from "../places.js";
import { PHONE, WIDE } from "../visit.js";

/** Pictures for people to look at, where a folder for them is named: role/language/page width appearance.png. */
for (const role of ["relationship_manager", "regional_manager", "auditor"]) {
  for (const locale of ["zh-CN", "en-GB"]) {
    test(`pictures of every page for the ${role.replace("_", " ")} in ${locale}`, { skip: !SCREENSHOTS }, async (t) => {
      const folder = join(SCREENSHOTS, role, locale);
      mkdirSync(folder, { recursive: true });
      const page = await reading(t, role, "/", { locale, reducedMotion: "reduce" });
      const there = Object.entries(PLACES).map(([name, visit]) => ({ name, visit: () => visit(page) }));
      for (const { name, visit } of [...there, ...(await parts(page))]) {
        await page.setViewportSize(WIDE);
        await visit();
        for (const viewport of [WIDE, PHONE]) {
          for (const colorScheme of ["light", "dark"]) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            await settled(page);
            await page.screenshot({ path: join(folder, `${name} ${viewport.width} ${colorScheme}.png`) });
          }
        }
      }
    });
  }
}
