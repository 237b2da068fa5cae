import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../people.js";
import { parts, settled } from "../places.js";
import { PHONE, WIDE } from "../visit.js";

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

test("a number is shown in full for who says what for, is kept nowhere, and hides again", async (t) => {
  const page = await reading(t, "relationship_manager", "/customers/cus_1");
  const point = page.getByRole("list", { name: "Contact points" }).getByRole("listitem").filter({ hasText: "Telephone" }).first();
  const show = point.getByRole("button", { name: /^Show in full / });
  const masked = (await show.getAttribute("aria-label")).replace("Show in full ", "");
  await show.click();
  const form = page.locator(".command-form").getByRole("dialog");
  await form.getByRole("button", { name: "Show in full" }).click();
  assert.equal(await form.getByText("Please fill this in").count(), 2);
  await form.getByRole("combobox", { name: "Purpose" }).click();
  await page.locator(".ant-select-dropdown:visible").getByText("Contact customer").click();
  await form.getByRole("textbox", { name: "Reference" }).fill("TASK-1");
  await form.getByRole("button", { name: "Show in full" }).click();

  const shown = point.getByRole("status");
  const value = await shown.textContent();
  assert.match(value, /^\+?[\d ]{7,}$/);
  assert.equal(value.endsWith(masked.slice(-4)), true);
  await point.getByRole("timer").getByText(/^hidden in \d+ s$/).waitFor();
  const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  assert.equal(storage.includes(value.slice(-8)), false);

  await point.getByRole("button", { name: `Hide again ${masked}` }).click();
  await shown.waitFor({ state: "detached" });
  assert.equal((await page.locator("body").innerText()).includes(value), false);

  await page.goto("/customers/cus_1?tab=access");
  await page.getByRole("tabpanel").getByText("Shown in full").first().waitFor();
});

test("the graph of relations stands in its place, whatever the shape of the page and its look", async (t) => {
  const page = await reading(t, "relationship_manager", "/customers/cus_1?tab=relations", { colorScheme: "light" });
  await page.getByRole("img", { name: /^Graph of the relations/ }).waitFor();
  for (const viewport of [WIDE, PHONE, WIDE]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await page.waitForFunction(isInside, null, { timeout: 5000 });
    }
  }
});

/** In the page: something is drawn, and none of it at the edge. */
function isInside() {
  const edge = 8;
  let painted = 0;
  for (const canvas of document.querySelectorAll(".relations__canvas canvas")) {
    const { width, height } = canvas;
    // A copy: the browser warns of who reads what is drawn to be seen.
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    for (let at = 3; at < data.length; at += 4) {
      if (data[at] === 0) continue;
      const x = ((at - 3) / 4) % width;
      const y = Math.floor((at - 3) / 4 / width);
      if (x < edge || y < edge || x >= width - edge || y >= height - edge) return false;
      painted += 1;
    }
  }
  return painted > 500;
}

test("the way back from a customer leads to the list as it was left", async (t) => {
  const page = await reading(t, "relationship_manager", "/customers?sort=CUSTOMER_NO.DESC&kind=PERSON");
  await page.getByRole("table", { name: "List of customers" }).getByRole("link").first().click();
  await page.getByRole("link", { name: "All customers" }).click();
  await page.waitForURL("/customers?sort=CUSTOMER_NO.DESC&kind=PERSON");
});

test("what is typed in a drawer that a row has opened stays there", async (t) => {
  const page = await reading(t, "relationship_manager", "/customers/cus_1?tab=accounts");
  await page.getByRole("table", { name: "Accounts" }).getByRole("button", { name: /^Show in full / }).first().click();
  const reference = page.locator(".command-form").getByRole("dialog").getByRole("textbox", { name: "Reference" });
  await reference.click();
  await page.keyboard.type("jk 1");
  assert.equal(await reference.inputValue(), "jk 1");
});

test("figures that are kept from a reader are not told to be nothing", async (t) => {
  const page = await reading(t, "head_office_analyst", "/customers/cus_1?tab=accounts");
  await page.getByRole("table", { name: "Accounts" }).waitFor();
  await settled(page);
  assert.equal(await page.getByRole("heading", { name: "Balances" }).count(), 0);
  await page.goto("/customers/cus_1");
  await page.getByText("You may not see Contact points").waitFor();
  await page.goto("/customers/cus_1?tab=transactions");
  await page.getByRole("button", { name: "As a table" }).or(page.getByText("No transaction fits these filters")).first().waitFor();
  await settled(page);
  const months = page.getByRole("button", { name: "As a table" });
  if (await months.isVisible()) {
    await months.click();
    const sums = await page.getByRole("region").getByRole("cell").allTextContents();
    assert.ok(sums.length > 0 && sums.every((sum) => !/^¥0\.00$/.test(sum)), sums.join());
  }
  assert.equal(await page.getByText("¥0.00").count(), 0);
});
