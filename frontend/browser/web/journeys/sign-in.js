import assert from "node:assert/strict";
import { test } from "node:test";
import { READERS } from "../house.js";
import { lastCode, signIn, signOut, submitPassword } from "../people.js";
import { profile } from "../visit.js";

const ROLE = "relationship_manager";

test("a wrong password is refused in words, and the right one then opens the address that was asked for", async (t) => {
  const context = await profile(t);
  context.complaints.expect(/^401 POST \/auth\/sign-in$/);
  const page = await context.newPage();
  await page.goto("/customers");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.equal(await page.title(), "Sign in · 客图 Ketu");

  await signIn(page, ROLE, "not-the-password");
  assert.match(await page.getByRole("alert").textContent(), /^User name or password is wrong/);
  assert.equal(await page.locator("input[autocomplete=username]").inputValue(), READERS[ROLE]);

  await signIn(page, ROLE);
  await page.getByRole("table", { name: "List of customers" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/customers");
});

for (const role of ["regional_manager", "auditor", "administrator"]) {
  test(`the first sign-in of the ${role.replace("_", " ")} sets up an authenticator; the session outlives a reload`, async (t) => {
    const context = await profile(t);
    const page = await context.newPage();
    await page.goto("/");
    assert.equal(await signIn(page, role), true);
    await page.reload();
    await page.locator(".shell").waitFor();
  });
}

test("whoever has an authenticator is asked for its code, which is good once", async (t) => {
  const context = await profile(t);
  context.complaints.expect(/^401 POST \/auth\/sign-in$/);
  const page = await context.newPage();
  await page.goto("/");
  assert.equal(await signIn(page, "regional_manager"), false);
  await signOut(page);

  await submitPassword(page, "regional_manager");
  await page.getByLabel("Code").fill(lastCode("regional_manager"));
  await page.getByRole("button", { name: "Sign in" }).click();
  assert.match(await page.getByRole("alert").textContent(), /^This code was not right, or has been used/);
  assert.equal(await page.getByLabel("Code").inputValue(), "");
});

test("signing out forgets: nothing is stored, Back shows nobody, other tabs are signed out", async (t) => {
  const context = await profile(t);
  const page = await context.newPage();
  await page.goto("/customers");
  await signIn(page, ROLE);
  const name = await openFirst(page);
  const other = await context.newPage();
  await other.goto("/customers");
  await other.getByRole("table").waitFor();

  await signOut(page);
  for (const tab of [page, other]) await tab.getByRole("heading", { name: "Sign in" }).waitFor();

  assert.deepEqual(await stored(page), { session: [], databases: [], caches: [], local: [] });
  const left = (await context.cookies()).map((cookie) => cookie.name);
  assert.deepEqual(left, []);
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  for (const tab of [page, other]) assert.equal((await tab.content()).includes(name), false);
});

test("a session whose cookie is gone ends at the next request that needs it", async (t) => {
  const context = await profile(t);
  const page = await context.newPage();
  await page.goto("/customers");
  await signIn(page, ROLE);
  await page.getByRole("table").waitFor();
  await context.clearCookies();
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

/** Open the first customer of the list; their name. */
async function openFirst(page) {
  const link = page.getByRole("table").getByRole("link").first();
  const name = await link.textContent();
  await link.click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  return name;
}

/** What the page left in the browser, beside how it is to look. */
function stored(page) {
  return page.evaluate(async () => ({
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    local: Object.keys(localStorage).filter((key) => !["ketu.language", "ketu.appearance", "ketu.menu"].includes(key)),
  }));
}
