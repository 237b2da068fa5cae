import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../accessible.js";
import { reading } from "../people.js";
import { PLACES, parts, settled } from "../places.js";
import { PHONE, profile, WIDE } from "../visit.js";

/** By the words of a page that is not in its language yet: a key. */
const KEY = /\b[a-z][A-Za-z]+(\.[a-zA-Z]\w+){2,}|undefined|\[object/;

/** What each reader's pages differ in; the rest is the relationship manager's. */
const OWN = {
  relationship_manager: Object.keys(PLACES),
  regional_manager: ["home", "customers", "tickets", "access-log", "access-event"],
  auditor: ["home", "tasks", "alerts", "access-log"],
  administrator: ["home", "customers"],
};

const LOOKS = [
  [WIDE, "light"],
  [WIDE, "dark"],
  [PHONE, "light"],
];

test("axe finds nothing grave in signing in", async (t) => {
  const page = await (await profile(t)).newPage();
  await page.goto("/");
  await page.locator(".sign-in").waitFor();
  assert.deepEqual(await inEveryLook(page), new Map());
});

for (const [role, places] of Object.entries(OWN)) {
  test(`axe finds nothing grave on the pages of the ${role.replace("_", " ")}, light and dark, wide and narrow`, async (t) => {
    const page = await reading(t, role, "/", { locale: role === "regional_manager" ? "zh-CN" : "en-GB" });
    const there = places.map((name) => ({ name, visit: () => PLACES[name](page) }));
    if (role === "relationship_manager") there.push(...(await parts(page)));
    const found = new Map();
    for (const { name, visit } of there) {
      await visit();
      assert.equal(await page.locator("main").getByRole("alert").count(), 0, `${name} did not come`);
      assert.doesNotMatch(await page.locator("body").innerText(), KEY, name);
      for (const [grave, looks] of await inEveryLook(page)) found.set(grave, [...(found.get(grave) ?? []), `${name} (${looks})`]);
    }
    // What stands around every page is told once.
    const told = Array.from(found, ([grave, where]) => `${grave} — ${where.slice(0, 3).join(", ")}${where.length > 3 ? " …" : ""}`);
    assert.deepEqual(told, []);
  });
}

/** The violations on the page as it stands, and in which looks each is one; the page is left as it was. */
async function inEveryLook(page) {
  const found = new Map();
  const note = (what, look) => found.set(what, [...(found.get(what) ?? []), look]);
  for (const [viewport, colorScheme] of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await settled(page);
    for (const each of await violations(page)) note(each, `${viewport.width} ${colorScheme}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > viewport.width) note(`the page is ${width} wide`, String(viewport.width));
  }
  await page.setViewportSize(WIDE);
  return found;
}
