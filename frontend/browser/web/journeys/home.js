import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../people.js";
import { settled } from "../places.js";

const titles = (page) => page.locator(".home .panel__title").allInnerTexts();

test("a reader arranges their home page, which stays so, and takes it back", async (t) => {
  const page = await reading(t, "relationship_manager");
  await settled(page);
  const before = await titles(page);
  assert.ok(before.indexOf("My tasks") < before.indexOf("New alerts"));

  await page.getByRole("button", { name: "Customise" }).click();
  await page.getByRole("button", { name: "Move down: My tasks" }).click();
  await page.getByRole("checkbox", { name: "Announcements" }).uncheck();
  await page.reload();
  await settled(page);
  const after = await titles(page);
  assert.ok(after.indexOf("My tasks") > after.indexOf("New alerts"));
  assert.equal(after.includes("Announcements"), false);

  await page.getByRole("button", { name: "Customise" }).click();
  await page.getByRole("button", { name: "Restore defaults" }).click();
  await settled(page);
  assert.deepEqual(await titles(page), before);
});

test("what is arranged is arranged by the keyboard as well: the focus goes there, and back", async (t) => {
  const page = await reading(t, "relationship_manager");
  await settled(page);
  const opener = page.getByRole("button", { name: "Customise" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: "Figures" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Escape");
  await opener.and(page.locator(":focus")).waitFor();
  assert.equal(await opener.getAttribute("aria-expanded"), "false");
});
