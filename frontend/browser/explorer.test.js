/**
 * The explorer as a reader meets it. Needs KETU_URL, the tokens of a manager (KETU_TOKEN) and of an administrator, who
 * may see no customer (ADMINISTRATOR_TOKEN), and a folder for SCREENSHOTS.
 */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.js";

const { KETU_URL, KETU_TOKEN, ADMINISTRATOR_TOKEN, SCREENSHOTS } = process.env;
const FOLDER = join(import.meta.dirname, "../explorer/src/examples");
const EXAMPLES = readdirSync(FOLDER).map((file) => file.split(".")[0]);

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

/** A fresh reader's page; what it asked for and complained of is noted on it. */
async function open(t, { fragment = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  // The schema is some megabytes: a busy machine takes its time.
  page.setDefaultTimeout(90_000);
  page.requests = [];
  page.complaints = [];
  page.on("request", (request) => page.requests.push(request));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  page.on("console", (message) => {
    // The browser logs each refused request by itself; the page's own words on it are what the tests look at.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      page.complaints.push(message.text());
    }
  });
  await page.goto(`${KETU_URL}/explorer${fragment}`);
  await page.locator(".graphiql-query-editor .CodeMirror").waitFor();
  t.after(() => {
    assert.deepEqual(page.complaints, []);
    const outside = page.requests.map((request) => new URL(request.url())).filter((url) => url.origin !== KETU_URL);
    assert.deepEqual(outside.map(String), []);
  });
  return page;
}

const signedIn = (t, options = {}) => open(t, { fragment: `#token=${KETU_TOKEN}`, ...options });

const notice = (page) => page.locator(".notice");

const operations = (page) => page.requests.filter((request) => new URL(request.url()).pathname === "/graphql");

/** Run what the editor holds; the answer of the server, which the page must show. */
async function run(page) {
  const answered = page.waitForResponse((response) => !isIntrospection(response.request()));
  await page.locator(".graphiql-execute-button").click();
  const answer = await (await answered).json();
  await page.locator(".graphiql-response .CodeMirror", { hasText: answer.data ? '"data"' : '"errors"' }).waitFor();
  return answer;
}

const isIntrospection = (request) =>
  new URL(request.url()).pathname !== "/graphql" || request.postDataJSON()?.operationName === "IntrospectionQuery";

test("without a token the page says how to get one and asks the server nothing", async (t) => {
  const page = await open(t);
  assert.match(await notice(page).textContent(), /^No token yet.*\.\/ketu token --user NAME$/);
  assert.deepEqual(operations(page), []);
  await page.screenshot({ path: join(SCREENSHOTS, "no-token.png") });
});

test("a token in the fragment is kept for the tab and leaves the address", async (t) => {
  const page = await signedIn(t);
  assert.equal(page.url(), `${KETU_URL}/explorer`);
  assert.equal(await page.evaluate(() => sessionStorage.getItem("ketu.token")), KETU_TOKEN);
  assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie), "{}");
  await page.reload();
  await page.locator(".holder").waitFor();
});

test("a pasted token opens the schema's documentation", async (t) => {
  const page = await open(t);
  await page.getByLabel("Token", { exact: true }).fill(`Bearer ${KETU_TOKEN}\n`);
  await page.getByRole("button", { name: "Use" }).click();
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("link", { name: "Query", exact: true }).click();
  await page.getByRole("link", { name: "customers", exact: true }).first().waitFor();
  await page.screenshot({ path: join(SCREENSHOTS, "documentation.png") });
});

for (const name of EXAMPLES) {
  test(`the example ${name} is answered`, async (t) => {
    const page = await signedIn(t);
    await page.getByLabel("Examples").selectOption(name);
    const [, operation] = /query (\w+)/.exec(readFileSync(join(FOLDER, `${name}.graphql`), "utf-8"));
    await page.getByRole("tab", { name: operation }).waitFor();
    const answer = await run(page);
    assert.equal(answer.errors, undefined);
    for (const value of Object.values(answer.data)) {
      assert.notDeepEqual(value.nodes ?? value.edges ?? value.hits ?? [value], []);
    }
    assert.match(await notice(page).textContent(), /^Answered · [\d.,]+ ms · [\d.,]+ KB$/);
    for (const request of operations(page)) {
      assert.equal(request.method(), "POST");
      assert.equal(await request.headerValue("authorization"), `Bearer ${KETU_TOKEN}`);
      assert.equal(new URL(request.url()).search, "");
    }
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  });
}

test("what the reader's roles withhold is named", async (t) => {
  const page = await open(t, { fragment: `#token=${ADMINISTRATOR_TOKEN}` });
  const answer = await run(page);
  assert.deepEqual(answer.data, { customers: null });
  assert.match(await notice(page).textContent(), / · not for your roles: Query\.customers$/);
  await page.screenshot({ path: join(SCREENSHOTS, "withheld.png") });
});

test("an example opens beside what the reader wrote, and in place of an untouched one", async (t) => {
  const page = await signedIn(t);
  const tabs = page.getByRole("tab");
  const editor = () => page.evaluate(() => document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror.getValue());
  await page.getByLabel("Examples").selectOption(EXAMPLES[1]);
  assert.equal(await tabs.count(), 1);
  await page.locator(".graphiql-query-editor .CodeMirror").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("query Mine { viewer { __typename } }");
  await page.getByLabel("Examples").selectOption(EXAMPLES[0]);
  assert.equal(await tabs.count(), 2);
  assert.match(await editor(), /^# en: /);
  await tabs.first().click();
  await page.waitForFunction(() => document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror.getValue().startsWith("query Mine"));
});

test("a token that the server refuses is named as the cause", async (t) => {
  const page = await open(t, { fragment: `#token=${KETU_TOKEN.replace(/.{8}$/, "AAAAAAAA")}` });
  await page.getByRole("alert").waitFor();
  assert.match(await notice(page).textContent(), /^The server does not accept this token · HTTP 401 · UNAUTHENTICATED · /);
  await page.screenshot({ path: join(SCREENSHOTS, "refused-token.png") });
  await page.getByRole("button", { name: "Forget" }).click();
  assert.match(await notice(page).textContent(), /^No token yet/);
  assert.equal(await page.evaluate(() => sessionStorage.getItem("ketu.token")), null);
});

test("an operation that the schema does not allow is explained", async (t) => {
  const page = await signedIn(t);
  await page.locator(".graphiql-query-editor .CodeMirror").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("{ noSuchField }");
  const answer = await run(page);
  assert.ok(answer.errors[0].extensions.code);
  assert.match(await notice(page).textContent(), new RegExp(`^The server refused the request · HTTP 4\\d\\d · ${answer.errors[0].extensions.code} · `));
  await page.screenshot({ path: join(SCREENSHOTS, "invalid-operation.png") });
});

test("a server that went away is named as such", async (t) => {
  const page = await signedIn(t);
  await page.route("**/graphql", (route) => route.abort());
  await page.locator(".graphiql-execute-button").click();
  await page.getByRole("alert").waitFor();
  assert.equal(await notice(page).textContent(), "The server does not answer. Is it still running?");
});

test("the page speaks the browser's language, and the other one when asked, and remembers", async (t) => {
  const page = await signedIn(t, { locale: "zh-CN", colorScheme: "dark" });
  assert.equal(await page.title(), "Ketu 客图 · 查询台");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh");
  await run(page);
  assert.match(await notice(page).textContent(), /^已返回 · /);
  await page.screenshot({ path: join(SCREENSHOTS, "chinese-dark.png") });
  await page.getByRole("button", { name: "切换到英文" }).click();
  await page.reload();
  await page.getByLabel("Examples").waitFor();
  assert.equal(await page.title(), "Ketu 客图 · Explorer");
});

test("light and dark follow the system", async (t) => {
  const brightness = async (colorScheme) => {
    const page = await open(t, { colorScheme });
    return page.evaluate(() => {
      const [red, green, blue] = getComputedStyle(document.querySelector("#root")).backgroundColor.match(/\d+/g);
      return Number(red) + Number(green) + Number(blue);
    });
  };
  assert.ok((await brightness("light")) > 700);
  assert.ok((await brightness("dark")) < 200);
});

test("on a phone everything is within reach and nothing is cut off", async (t) => {
  const page = await signedIn(t, { viewport: { width: 390, height: 844 } });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await run(page);
  assert.equal(await width(), 390);
  assert.ok((await page.locator(".graphiql-response").boundingBox()).width > 300);
  await page.screenshot({ path: join(SCREENSHOTS, "narrow.png"), fullPage: true });
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("link", { name: "Query", exact: true }).click();
  assert.equal(await width(), 390);
  assert.ok((await page.locator(".graphiql-plugin").boundingBox()).width > 300);
  await page.screenshot({ path: join(SCREENSHOTS, "narrow-documentation.png"), fullPage: true });
});
