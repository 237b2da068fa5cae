import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../house.js";
import { reading } from "../people.js";

const ROLE = "relationship_manager";
const WHOM = "query { customers(first: 1, orderBy: [{ field: CUSTOMER_NO }]) { nodes { id displayName customerNo } } }";

/** What finds the first customer of the sample: 王建国, 100001. */
const WAYS = [
  ["name", ({ displayName }) => displayName],
  ["pinyin", () => "wangjianguo"],
  ["initials", () => "wjg"],
  ["customer number", ({ customerNo }) => customerNo],
];

for (const [way, typed] of WAYS) {
  test(`a customer is found by ${way}, opened by the keyboard, and no address holds what was typed`, async (t) => {
    const { nodes: [customer] } = (await ask(ROLE, WHOM)).customers;
    const page = await reading(t, ROLE);
    const addresses = [];
    page.on("framenavigated", (frame) => addresses.push(frame.url()));
    page.on("request", (request) => addresses.push(request.url()));
    await page.keyboard.press("/");
    const box = page.getByRole("combobox", { name: "Search" });
    await box.waitFor();
    await box.pressSequentially(typed(customer), { delay: 20 });
    const hit = page.getByRole("option", { name: customer.displayName }).first();
    await hit.waitFor();
    while ((await hit.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowDown");
    assert.equal(await box.getAttribute("aria-activedescendant"), await hit.getAttribute("id"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: customer.displayName }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/customers/${customer.id}`);
    for (const address of [...addresses, page.url()]) {
      assert.equal(decodeURIComponent(address).includes(typed(customer)), false, address);
    }
    await page.goBack();
    assert.equal(new URL(page.url()).pathname, "/");
  });
}

test("what is out of reach is not found, and the box says so; Escape closes it", async (t) => {
  const page = await reading(t, ROLE);
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Search" });
  // A customer of another branch, whom the auditor finds.
  await box.fill("zhangwei");
  await page.getByText("Nothing found in your scope").waitFor();
  await page.keyboard.press("Escape");
  await box.waitFor({ state: "detached" });
});

test("the arrows go round the hits, and the pointer chooses as well", async (t) => {
  const page = await reading(t, "regional_manager");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("combobox", { name: "Search" }).fill("王");
  const hits = page.getByRole("option");
  await hits.nth(1).waitFor();
  const last = (await hits.count()) - 1;
  await page.keyboard.press("ArrowUp");
  assert.equal(await hits.nth(last).getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowDown");
  assert.equal(await hits.nth(0).getAttribute("aria-selected"), "true");
  await hits.nth(1).hover();
  assert.equal(await hits.nth(1).getAttribute("aria-selected"), "true");
  await hits.nth(1).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
});
