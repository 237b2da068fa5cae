import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../house.js";
import { reading } from "../people.js";

const SOMEBODY_ELSES = "query { customers(first: 1, where: { customerNo: { eq: \"100006\" } }) { nodes { id displayName } } }";

test("whoever may see no customer is told so, and is offered no way there", async (t) => {
  const page = await reading(t, "administrator", "/customers");
  await page.getByText("You may not see Customers").waitFor();
  assert.equal(await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Customers" }).count(), 0);
  await page.goto("/customers/cus_1");
  await page.getByText("You may not see Customers").waitFor();
});

test("a customer out of reach is absent, just as one that does not exist", async (t) => {
  const { nodes: [customer] } = (await ask("service_agent", SOMEBODY_ELSES)).customers;
  const page = await reading(t, "relationship_manager", `/customers/${customer.id}`);
  const said = page.locator("main");
  await page.getByText("There is no such customer in your scope").waitFor();
  const outOfReach = await said.innerText();
  assert.equal(outOfReach.includes(customer.displayName), false);
  await page.goto("/customers/cus_999999");
  await page.getByText("There is no such customer in your scope").waitFor();
  assert.equal(await said.innerText(), outOfReach);
});

test("an address that leads nowhere says so", async (t) => {
  const page = await reading(t, "relationship_manager", "/nowhere");
  await page.getByText("There is no such page").waitFor();
  await page.getByRole("link", { name: "To the home page" }).click();
  await page.waitForURL("/");
});

test("a list that did not come says why, and comes when asked again", async (t) => {
  const page = await reading(t, "relationship_manager");
  await page.route("**/graphql", (route) =>
    (route.request().postData() ?? "").includes("orderBy") ? route.abort() : route.continue(),
  );
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Customers" }).click();
  const alert = page.locator("main").getByRole("alert");
  await alert.getByText("No connection to the bank").waitFor();
  await page.unroute("**/graphql");
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("table", { name: "List of customers" }).waitFor();
});
