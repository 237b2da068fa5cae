import assert from "node:assert/strict";
import { test } from "node:test";
import { changeTelephone, giveTask } from "../others.js";
import { reading } from "../people.js";

const ROLE = "relationship_manager";
const tasks = (page) => page.getByRole("table", { name: "List of tasks" });

test("a task that a colleague gives appears by itself", async (t) => {
  const page = await reading(t, ROLE, "/tasks");
  await tasks(page).or(page.getByText("Nothing to do")).first().waitFor();
  await page.locator("[data-live=connected]").waitFor();
  const title = `A call came in for you ${Date.now()}`;
  assert.equal(await page.getByText(title).count(), 0);
  await giveTask(title);
  await tasks(page).getByRole("link", { name: title }).waitFor();
});

test("an open customer follows what is changed elsewhere", async (t) => {
  const page = await reading(t, ROLE, "/customers/cus_3");
  await page.locator("[data-live=connected]").waitFor();
  const points = page.getByRole("list", { name: "Contact points" });
  await points.waitFor();
  await changeTelephone("cus_3", "13900002468");
  await points.getByText(/2468/).waitFor();
});

for (const [when, isTold] of [
  ["after it has told how things are", true],
  ["before it has told anything", false],
]) {
  test(`a connection that is lost ${when} is said, what is shown stays, and it heals by itself`, async (t) => {
    const { page, told, cut, mend } = await onSocket(t, { isTold });
    await page.goto("/tasks");
    await tasks(page).waitFor();
    await told;

    await cut();
    await page.getByRole("alert").getByText("The connection to the bank is lost").waitFor();
    assert.equal(await page.locator("[data-live]").getAttribute("data-live"), "lost");
    assert.ok(await tasks(page).isVisible());
    const title = `Came while nobody listened ${Date.now()}`;
    await giveTask(title);
    assert.equal(await page.getByText(title).count(), 0);

    mend();
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByText("Connected again.").waitFor();
    await page.getByText("The connection to the bank is lost").waitFor({ state: "detached" });
    await tasks(page).getByRole("link", { name: title }).waitFor();
  });
}

test("what could not be asked for anew stays, and is said to be old", async (t) => {
  const page = await reading(t, ROLE, "/tasks");
  await tasks(page).waitFor();
  await page.locator("[data-live=connected]").waitFor();
  page.context().complaints.expect(/500 POST/);
  const failure = { message: "", extensions: { code: "INTERNAL", requestId: "0123456789abcdef" } };
  await page.route("**/graphql", (route) => route.fulfill({ status: 500, json: { errors: [failure] } }));
  const title = `Asked for in vain ${Date.now()}`;
  await giveTask(title);
  const notice = page.locator("main").getByRole("alert");
  await notice.getByText("What you see may be out of date.").waitFor();
  await notice.getByText("Request 0123456789abcdef").waitFor();
  assert.ok(await tasks(page).isVisible());
  await page.unroute("**/graphql");
  await notice.getByRole("button", { name: "Try again" }).click();
  await tasks(page).getByRole("link", { name: title }).waitFor();
  await notice.waitFor({ state: "detached" });
});

test("without a network a page says so in the place of what it cannot show, and asks again when it is told to", async (t) => {
  const page = await withoutNetwork(t);
  // It asks by itself as well: told to, it does so at once.
  const asked = page.waitForRequest("**/healthz", { timeout: 2_000 });
  await page.getByRole("button", { name: "Try again" }).click();
  await asked;
  await page.locator("main").getByText("No connection to the bank").waitFor();
});

test("what a page cannot show without a network comes by itself once there is one", async (t) => {
  const page = await withoutNetwork(t);
  await page.context().setOffline(false);
  await page.getByRole("table", { name: "List of customers" }).waitFor();
});

/** A page whose socket can be cut; `told` is once the bank has told of tasks over it, which the page hears only if `isTold`. */
async function onSocket(t, { isTold }) {
  const page = await reading(t, ROLE);
  page.context().complaints.expect(/WebSocket|socket/i);
  const sockets = [];
  let isCut = false;
  let hears = isTold;
  const told = Promise.withResolvers();
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    if (isCut) return void socket.close({ code: 1012 });
    sockets.push(socket);
    socket.connectToServer().onMessage((message) => {
      const { type, payload } = JSON.parse(message);
      if (hears || type !== "next") socket.send(message);
      if (payload?.data?.myTasks) told.resolve();
    });
  });
  return {
    page,
    told: told.promise,
    async cut() {
      isCut = true;
      for (const socket of sockets) await socket.close({ code: 1012 });
    },
    mend() {
      isCut = false;
      hears = true;
    },
  };
}

/** A page that was left, without a network, for one that it cannot show. */
async function withoutNetwork(t) {
  const page = await reading(t, ROLE, "/tasks");
  await tasks(page).waitFor();
  page.context().complaints.expect(/WebSocket/);
  await page.context().setOffline(true);
  await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Customers" }).click();
  await page.locator("main").getByText("No connection to the bank").waitFor();
  return page;
}
