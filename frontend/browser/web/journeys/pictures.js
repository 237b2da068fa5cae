import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SCREENSHOTS } from "../house.js";
import { reading, submitPassword } from "../people.js";
import { PLACES, parts, settled } from "../places.js";
import { PHONE, profile, WIDE } from "../visit.js";

/** Pictures for people to look at, where a folder for them is named: role/language/page width appearance.png. */
const LOCALES = ["zh-CN", "en-GB"];

/** A page as it stands, wide and on a phone, light and dark. */
async function take(page, role, locale, name, beforeEach = settled) {
  const folder = join(SCREENSHOTS, role, locale);
  mkdirSync(folder, { recursive: true });
  for (const viewport of [WIDE, PHONE]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await beforeEach(page);
      await page.screenshot({ path: join(folder, `${name} ${viewport.width} ${colorScheme}.png`) });
    }
  }
}

for (const role of ["relationship_manager", "regional_manager", "auditor"]) {
  for (const locale of LOCALES) {
    test(`pictures of every page for the ${role.replace("_", " ")} in ${locale}`, { skip: !SCREENSHOTS }, async (t) => {
      const page = await reading(t, role, "/", { locale });
      const there = Object.entries(PLACES).map(([name, visit]) => ({ name, visit: () => visit(page) }));
      for (const { name, visit } of [...there, ...(await parts(page))]) {
        await page.setViewportSize(WIDE);
        await visit();
        await take(page, role, locale, name);
      }
    });
  }
}

const GRAPH = "**/graphql";
const PAGES = ["/", "/customers", "/customers/cus_1", "/customers/cus_1?tab=relations", "/tasks"];
const nameOf = (path) => path.replaceAll(/\W+/g, "-").replaceAll(/^-|-$/g, "") || "home";
const drawn = (page) => page.waitForTimeout(300);

for (const locale of LOCALES) {
  test(`pictures of what does not come in ${locale}`, { skip: !SCREENSHOTS }, async (t) => {
    const page = await reading(t, "relationship_manager", "/", { locale });
    page.context().complaints.expect(/^500 POST \/graphql/);
    // Who is reading is known; what the page shows is not.
    const other = (route) => (route.request().postData() ?? "").includes(`"operationName":"Session"`);
    for (const path of PAGES) {
      await page.setViewportSize(WIDE);
      await page.route(GRAPH, (route) => (other(route) ? route.continue() : undefined));
      await page.goto(path);
      await take(page, "states", locale, `loading-${nameOf(path)}`, drawn);
      await page.unroute(GRAPH);
      await page.route(GRAPH, (route) => (other(route) ? route.continue() : route.fulfill({ status: 500, body: "{}" })));
      await page.goto(path);
      await take(page, "states", locale, `failed-${nameOf(path)}`, drawn);
      await page.unroute(GRAPH);
    }
    await page.goto("/tasks?state=CANCELLED&priority=URGENT&purpose=OTHER");
    await take(page, "states", locale, "empty-tasks");
    await page.goto("/customers?state=DEREGISTERED&kind=ORGANISATION");
    await take(page, "states", locale, "empty-customers");
    await page.goto("/nowhere");
    await take(page, "states", locale, "nowhere");
    page.context().complaints.expect(/WebSocket|socket/i);
    await page.routeWebSocket(/\/graphql$/, (socket) => void socket.close({ code: 1012 }));
    await page.goto("/customers");
    await page.locator(".ant-alert-banner").waitFor();
    await take(page, "states", locale, "lost");
  });

  test(`pictures of who may not in ${locale}`, { skip: !SCREENSHOTS }, async (t) => {
    const page = await reading(t, "administrator", "/", { locale });
    for (const path of ["/", "/customers", "/customers/cus_1", "/tasks", "/alerts"]) {
      await page.goto(path);
      await take(page, "states", locale, `may-not-${nameOf(path)}`);
    }
  });

  test(`pictures of the sign-in in ${locale}`, { skip: !SCREENSHOTS }, async (t) => {
    const context = await profile(t, { locale });
    context.complaints.expect(/^401 POST \/auth\/sign-in$/);
    const page = await context.newPage();
    await page.goto("/");
    await take(page, "states", locale, "sign-in");
    await submitPassword(page, "relationship_manager", "not-the-password");
    await page.getByRole("alert").waitFor();
    await take(page, "states", locale, "sign-in-refused");
    await submitPassword(page, "regional_manager");
    await page.locator("input[autocomplete=one-time-code]").waitFor();
    await take(page, "states", locale, "sign-in-code");
  });
}
