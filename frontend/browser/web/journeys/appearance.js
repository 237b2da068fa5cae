import assert from "node:assert/strict";
import { test } from "node:test";
import { reading } from "../people.js";
import { settled } from "../places.js";
import { PHONE, profile } from "../visit.js";

const ROLE = "relationship_manager";
const language = (page) => page.locator("html").getAttribute("lang");

test("the page speaks the browser's language, the other one when asked, and remembers", async (t) => {
  const page = await reading(t, ROLE, "/customers", { locale: "zh-CN" });
  await page.getByRole("table", { name: "客户列表" }).waitFor();
  assert.equal(await language(page), "zh-CN");
  assert.equal(await page.title(), "我的客户 · 客图 Ketu");
  await page.getByRole("button", { name: /English/ }).click();
  await page.getByRole("table", { name: "List of customers" }).waitFor();
  assert.equal(await language(page), "en");
  assert.equal(await page.title(), "My customers · 客图 Ketu");
  await page.reload();
  await page.getByRole("table", { name: "List of customers" }).waitFor();
  assert.equal(await language(page), "en");
});

test("light and dark follow the machine, or the reader's choice, which is remembered", async (t) => {
  const page = await reading(t, ROLE, "/", { colorScheme: "dark" });
  assert.ok((await brightness(page)) < 200);
  await page.getByRole("button", { name: "Appearance" }).click();
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  assert.ok((await brightness(page)) > 600);
  await page.reload();
  await page.locator(".shell").waitFor();
  assert.ok((await brightness(page)) > 600);
});

test("on a phone everything is within reach: the list is cards, the menu at the foot, drawers fill the width", async (t) => {
  const page = await reading(t, ROLE, "/customers", { viewport: PHONE, hasTouch: true, isMobile: true });
  const list = page.getByRole("table", { name: "List of customers" });
  await list.waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
  const menu = await page.getByRole("navigation", { name: "Main navigation" }).boundingBox();
  assert.ok(menu.y + menu.height > PHONE.height - 2 && menu.y > PHONE.height - 100);
  await list.getByRole("link").first().tap();
  await page.getByRole("tab", { name: "Overview" }).waitFor();
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
  await page.getByRole("button", { name: "Change" }).first().tap();
  const drawer = page.getByRole("dialog");
  await drawer.waitFor();
  await page.waitForTimeout(400);
  const box = await drawer.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width, JSON.stringify(box));
});

for (const reducedMotion of ["reduce", "no-preference"]) {
  test(`menus open in their place and drawers close, with motion: ${reducedMotion}`, async (t) => {
    const page = await reading(t, ROLE, "/tasks", { reducedMotion });
    await page.getByRole("button", { name: /^Account: / }).click();
    const item = page.getByRole("menuitem").first();
    await item.and(page.locator(":focus")).waitFor();
    assert.ok((await page.getByRole("menu").boundingBox()).y > 0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Account: / }).and(page.locator(":focus")).waitFor();
    await page.getByRole("button", { name: "New task" }).click();
    await page.getByRole("dialog").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
}

test("the sign-in page has both languages and appearances too", async (t) => {
  const page = await (await profile(t, { locale: "zh-CN", colorScheme: "dark" })).newPage();
  await page.goto("/");
  await page.getByRole("heading", { name: "登录" }).waitFor();
  assert.ok((await brightness(page)) < 200);
  await page.getByRole("button", { name: /English/ }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

/** From 0, black, to 765, white. */
function brightness(page) {
  return page.evaluate(() => {
    const channels = getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3);
    return channels.reduce((sum, channel) => sum + Number(channel), 0);
  });
}
