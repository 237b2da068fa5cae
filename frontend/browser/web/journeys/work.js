import assert from "node:assert/strict";
import { test } from "node:test";
import { changeTelephone, giveTask } from "../others.js";
import { reading } from "../people.js";
import { settled } from "../places.js";

const ROLE = "relationship_manager";
const CUSTOMER = "cus_4";

const said = (page, words) => page.locator(".ant-message").getByText(words).waitFor();
const form = (page) => page.locator(".command-form").getByRole("dialog");

/** The telephone of the customer's contact points, as far as it is shown. */
const telephone = (page) => page.getByRole("list", { name: "Contact points" }).getByRole("listitem").filter({ hasText: "Telephone" }).first();

test("a telephone number is changed without being shown in full, and stays changed", async (t) => {
  const page = await reading(t, ROLE, `/customers/${CUSTOMER}`);
  await telephone(page).getByRole("button", { name: "Change" }).click();
  await form(page).getByLabel("Telephone").fill("13900004321");
  await form(page).getByRole("button", { name: "Save" }).click();
  await said(page, "Changed.");
  await form(page).waitFor({ state: "detached" });
  assert.match(await telephone(page).textContent(), /4321/);
  assert.doesNotMatch(await page.content(), /13900004321/);
  await page.reload();
  assert.match(await telephone(page).textContent(), /4321/);
});

test("what does not fit is said at its field, and keeps what was typed", async (t) => {
  const page = await reading(t, ROLE, `/customers/${CUSTOMER}`);
  await telephone(page).getByRole("button", { name: "Change" }).click();
  const field = form(page).getByLabel("Telephone");
  await field.fill("no telephone");
  await form(page).getByRole("button", { name: "Save" }).click();
  await form(page).getByText("5 to 20 digits").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.equal(await field.inputValue(), "no telephone");
  // What was begun is left by its button alone.
  await page.keyboard.press("Escape");
  assert.equal(await field.inputValue(), "no telephone");
  await form(page).getByRole("button", { name: "Cancel" }).click();
  await form(page).waitFor({ state: "detached" });
});

for (const [follows, how] of [
  [true, "which is seen as it happens"],
  [false, "which the server finds"],
]) {
  test(`what somebody else has changed meanwhile, ${how}, is said; what was typed is kept, and the next attempt succeeds`, async (t) => {
    const page = await reading(t, ROLE);
    if (!follows) await page.routeWebSocket(/\/graphql$/, () => undefined);
    await page.goto(`/customers/${CUSTOMER}`);
    await telephone(page).getByRole("button", { name: "Change" }).click();
    const field = form(page).getByLabel("Telephone");
    await field.fill("13900007777");
    await changeTelephone(CUSTOMER, "13900005555");
    if (!follows) await form(page).getByRole("button", { name: "Save" }).click();
    await form(page).getByText("Somebody else has changed this meanwhile").waitFor();
    assert.equal(await field.inputValue(), "13900007777");
    await telephone(page).getByText("5555").waitFor();
    await form(page).getByRole("button", { name: "Save" }).click();
    await said(page, "Changed.");
    await telephone(page).getByText("7777").waitFor();
  });
}

test("a task is created, opened and completed by its manager", async (t) => {
  const page = await reading(t, ROLE, "/tasks");
  const title = `Call about the summer fund ${Date.now()}`;
  await page.getByRole("button", { name: "New task" }).click();
  await form(page).getByLabel("Title").fill(title);
  await form(page).getByRole("button", { name: "Create" }).click();
  await said(page, "The task has been created.");
  const row = page.getByRole("table", { name: "List of tasks" }).getByRole("link", { name: title });
  await row.click();

  const task = page.locator(".detail-drawer").getByRole("dialog");
  await task.getByRole("button", { name: "Complete" }).click();
  await form(page).getByLabel("Result").fill("Will think about it");
  await page.keyboard.press("Control+Enter");
  await said(page, "The task is completed.");
  await task.getByText("Will think about it").waitFor();
  await page.reload();
  await task.getByText("Will think about it").waitFor();
  assert.equal(await task.getByRole("button", { name: "Complete" }).count(), 0);
  await page.keyboard.press("Escape");
  await row.waitFor({ state: "detached" });
});

test("a task that was finished elsewhere cannot be finished again", async (t) => {
  const { id } = await giveTask("Ring back before noon");
  const page = await reading(t, ROLE, `/tasks?task=${id}`);
  const other = await page.context().newPage();
  await other.goto(`/tasks?task=${id}`);
  for (const each of [page, other]) {
    await each.locator(".detail-drawer").getByRole("button", { name: "Complete" }).click();
    await form(each).getByLabel("Result").fill(each === page ? "Rung back" : "Rung twice");
  }
  await form(page).getByRole("button", { name: "Complete" }).click();
  await said(page, "The task is completed.");
  await other.getByText("Rung back").waitFor();
  await form(other).getByRole("button", { name: "Complete" }).click();
  await form(other).getByText(/Somebody else has changed this meanwhile|It is completed or cancelled already/).first().waitFor();
  assert.equal(await form(other).getByLabel("Result").inputValue(), "Rung twice");
});

test("a ticket is opened for a customer, commented and closed", async (t) => {
  const page = await reading(t, ROLE, `/customers/${CUSTOMER}?tab=tickets`);
  const subject = `Statement did not arrive ${Date.now()}`;
  await page.getByRole("button", { name: "New ticket" }).click();
  await form(page).getByLabel("Subject").fill(subject);
  await form(page).getByRole("combobox", { name: "Channel" }).click();
  await page.getByTitle("Telephone", { exact: true }).click();
  await form(page).getByRole("button", { name: "Open" }).click();
  await said(page, "The ticket has been opened.");
  await page.getByRole("link", { name: subject }).click();

  const ticket = page.locator(".detail-drawer").getByRole("dialog");
  await ticket.getByLabel("New note").fill("Sent once more");
  await ticket.getByRole("button", { name: "Add note" }).click();
  await said(page, "The note has been added.");
  await ticket.getByText("Sent once more").waitFor();
  await ticket.getByRole("button", { name: "Close", exact: true }).last().click();
  await form(page).getByLabel("Answer").fill("The customer has it now");
  await form(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await said(page, "The ticket is closed.");
  await page.reload();
  await settled(page);
  await ticket.getByRole("button", { name: "Reopen" }).waitFor();
  await ticket.getByText("The customer has it now").waitFor();
  await ticket.getByText("Sent once more").waitFor();
});

test("who may only read is offered nothing to change", async (t) => {
  const page = await reading(t, "auditor", `/customers/${CUSTOMER}`);
  await telephone(page).waitFor();
  assert.equal(await page.getByRole("button", { name: "Change" }).count(), 0);
  await page.goto("/tasks?whose=all&state=OPEN");
  await page.getByRole("table", { name: "List of tasks" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "New task" }).count(), 0);
});

test("a customer whom nobody manages is given to somebody, from where they wait", async (t) => {
  const page = await reading(t, "regional_manager");
  const waiting = page.locator(".home__block").filter({ has: page.getByRole("heading", { name: "Customers without a manager" }) });
  const row = waiting.getByRole("listitem").first();
  const name = await row.getByRole("link").textContent();
  await row.getByRole("button", { name: `Assign a manager: ${name}` }).click();
  await form(page).getByRole("combobox", { name: "Manager", exact: true }).fill("姜楠");
  await page.locator(".ant-select-dropdown:visible").getByText("姜楠").first().click();
  await form(page).getByRole("button", { name: "Save" }).click();
  await said(page, "The manager has been assigned.");
  await waiting.getByRole("link", { name, exact: true }).waitFor({ state: "detached" });
});

test("keys that lead elsewhere do not lead away from an open form", async (t) => {
  const page = await reading(t, ROLE, "/tasks");
  await page.getByRole("button", { name: "New task" }).click();
  await form(page).getByLabel("Title").fill("Half written");
  await form(page).getByRole("button", { name: "Cancel" }).focus();
  for (const keys of ["g", "c", "Control+k"]) await page.keyboard.press(keys);
  assert.equal(new URL(page.url()).pathname, "/tasks");
  assert.equal(await form(page).getByLabel("Title").inputValue(), "Half written");
  assert.equal(await page.getByRole("dialog").count(), 1);
});
