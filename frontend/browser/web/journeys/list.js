import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../people.js";

const REGIONAL = "regional_manager";

const list = (page) => page.getByRole("table", { name: "List of customers" });
const names = (page) => list(page).locator("tbody tr td:first-child").allTextContents();
const count = async (page) => Number.parseInt(await page.locator(".pager__count").textContent(), 10);
const addressOf = (page) => Object.fromEntries(new URL(page.url()).searchParams);

/** Do something that changes the list, and wait until it shows what came of it. */
async function changing(page, act) {
  const answered = page.waitForResponse(
    (response) => new URL(response.url()).pathname === "/graphql" && (response.request().postData() ?? "").includes("orderBy"),
  );
  await act();
  await (await answered).finished();
  await page.locator(".refreshing, .skeleton").first().waitFor({ state: "detached" });
}

test("a list is ordered by its columns, and its address keeps the order", async (t) => {
  const page = await reading(t, REGIONAL, "/customers");
  await list(page).waitFor();
  const heading = list(page).getByRole("columnheader", { name: "Customer no." });
  await changing(page, () => heading.getByRole("button").click());
  assert.equal(await heading.getAttribute("aria-sort"), "ascending");
  const numbers = () => list(page).locator("tbody td[data-label='Customer no.']").allTextContents();
  const upwards = await numbers();
  assert.deepEqual(upwards, upwards.toSorted());
  await changing(page, () => heading.getByRole("button").click());
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  const downwards = await numbers();
  assert.deepEqual(downwards, downwards.toSorted().toReversed());
  assert.notDeepEqual(downwards, upwards);

  assert.deepEqual(addressOf(page), { sort: "CUSTOMER_NO.DESC" });
  await page.reload();
  await list(page).waitFor();
  assert.deepEqual(await numbers(), downwards);
});

test("filters narrow the list; the address keeps them over a reload, and they are cleared at once", async (t) => {
  const page = await reading(t, REGIONAL, "/customers");
  await list(page).waitFor();
  const all = await count(page);
  await page.getByRole("combobox", { name: "Type" }).click();
  await changing(page, () => page.getByTitle("Corporate", { exact: true }).click());
  const narrowed = await names(page);
  assert.ok(narrowed.length > 0 && narrowed.length < all);
  assert.deepEqual(new Set(await list(page).locator("tbody td[data-label='Type']").allTextContents()), new Set(["Corporate"]));
  assert.equal(addressOf(page).kind, "ORGANISATION");
  await page.reload();
  await list(page).waitFor();
  assert.deepEqual(await names(page), narrowed);
  await changing(page, () => page.getByRole("button", { name: "Clear filters" }).click());
  assert.equal(await count(page), all);
  assert.equal(addressOf(page).kind, undefined);
});

test("a filter that nobody fits says so, and offers the way back", async (t) => {
  const page = await reading(t, REGIONAL, "/customers?kind=ORGANISATION&state=DEREGISTERED");
  await page.getByText("No customer fits these filters").waitFor();
  await page.locator(".state").getByRole("button", { name: "Clear filters" }).click();
  await list(page).waitFor();
});

test("pages follow one another without a gap, and Back returns to the one before", async (t) => {
  const page = await reading(t, REGIONAL, "/customers");
  await list(page).waitFor();
  const first = await names(page);
  await changing(page, () => page.getByRole("button", { name: "Next" }).click());
  await page.getByText("Page 2").waitFor();
  const second = await names(page);
  assert.equal(first.length + second.length, await count(page));
  assert.equal(new Set([...first, ...second]).size, first.length + second.length);
  assert.ok(await page.getByRole("button", { name: "Next" }).isDisabled());
  await page.reload();
  await list(page).waitFor();
  assert.deepEqual(await names(page), second);
  await page.getByRole("button", { name: "Previous" }).click();
  await page.getByText("Page 1").waitFor();
  await list(page).getByRole("link", { name: first[0], exact: true }).waitFor();
  assert.deepEqual(await names(page), first);
});

test("columns are hidden and shown, and the choice is kept", async (t) => {
  const page = await reading(t, REGIONAL, "/customers");
  await list(page).waitFor();
  const heading = list(page).getByRole("columnheader", { name: "Tier" });
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Tier" }).uncheck();
  await heading.waitFor({ state: "detached" });
  await page.reload();
  await list(page).waitFor();
  assert.equal(await heading.count(), 0);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Tier" }).check();
  await heading.waitFor();
});

test("a list is gone through by the keyboard: / leaves for the search, j and k move, Enter opens", async (t) => {
  const page = await reading(t, REGIONAL, "/customers");
  await list(page).waitFor();
  const [first, second] = await names(page);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await list(page).getByRole("link").first().focus();
  await page.keyboard.press("j");
  assert.equal(await focused(), second);
  await page.keyboard.press("k");
  assert.equal(await focused(), first);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: second }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await list(page).waitFor();
  assert.equal(new URL(page.url()).pathname, "/customers");
});

test("on another page the focus is where the page begins", async (t) => {
  const page = await reading(t, REGIONAL, "/customers");
  await list(page).getByRole("link").first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: "Overview" }).waitFor();
  await page.locator("main:focus").waitFor();
  await page.keyboard.press("Tab");
  assert.ok(await page.locator("main :focus").isVisible());
});

test("whoever sees several managers' customers finds those of one, whose id stands in the address", async (t) => {
  const page = await reading(t, REGIONAL, "/customers");
  await list(page).waitFor();
  await page.getByRole("combobox", { name: "Manager" }).fill("姜楠");
  await changing(page, () => page.locator(".ant-select-dropdown:visible").getByText("姜楠").click());
  assert.match(addressOf(page).manager, /^sta_\d+$/);
  const managers = await list(page).locator("tbody td[data-label='Manager']").allTextContents();
  assert.deepEqual(new Set(managers), new Set(["姜楠"]));
  await page.reload();
  await list(page).waitFor();
  await page.locator(".ant-select").filter({ hasText: "姜楠" }).waitFor();
});
