import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../people.js";
import { parts } from "../places.js";

test("every part of a customer shows the auditor what there is, or that there is nothing", async (t) => {
  const page = await reading(t, "auditor");
  const panel = page.getByRole("tabpanel");
  const all = await parts(page);
  assert.ok(all.length >= 8);
  for (const { name, visit } of all) {
    await visit();
    assert.notEqual((await panel.innerText()).trim(), "", name);
    assert.equal(await panel.getByRole("alert").count(), 0, name);
    assert.equal(await panel.getByText("You may not see").count(), 0, name);
  }
});

test("a relation is added and ended, and stays so", async (t) => {
  const page = await reading(t, "relationship_manager", "/customers/cus_29?tab=relations");
  await page.getByRole("button", { name: "Add relation" }).click();
  const form = page.locator(".command-form").getByRole("dialog");
  await form.getByRole("combobox", { name: "Other customer" }).fill("王建国");
  await page.getByTitle(/王建国/).first().click();
  await form.getByRole("combobox", { name: "Relation" }).click();
  await page.locator(".ant-select-dropdown:visible").getByText("Referrer").first().click();
  await form.getByRole("button", { name: "Add relation" }).or(form.getByRole("button", { name: "Save" })).first().click();
  await page.locator(".ant-message").getByText("The relation was added.").waitFor();
  await page.reload();
  await page.getByText("As a table").click();
  const row = page.getByRole("row").filter({ hasText: "王建国" }).filter({ hasText: "Referrer" });
  await row.getByRole("button", { name: /^End/ }).click();
  await page.getByRole("button", { name: /^End relation$/ }).last().click();
  await page.locator(".ant-message").getByText("The relation was ended.").waitFor();
  await row.waitFor({ state: "detached" });
});
