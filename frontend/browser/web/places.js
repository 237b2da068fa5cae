/** Where readers go: each page, and what opens beside it. */

/** Everything that was asked for is shown. */
export async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.locator(".splash, .skeleton, .refreshing, [aria-busy=true]").first().waitFor({ state: "detached" });
}

/** Go to a page and open what `open` opens there, if there is any of it. */
async function go(page, path, open) {
  await page.goto(path);
  await settled(page);
  const opener = open?.(page).first();
  if (!opener || !(await opener.isVisible())) return;
  await opener.click();
  await page.getByRole("dialog").last().waitFor();
  await settled(page);
}

const row = (page) => page.locator("main table tbody a");
const button = (...names) => (page) => page.locator("main").getByRole("button", { name: new RegExp(names.join("|")) });
const search = (page) => page.locator(".search-opener");
const CUSTOMER = "/customers/cus_1";

/** By name; whoever may not see a page meets the words that say so, which are a page as well. */
export const PLACES = {
  home: (page) => go(page, "/"),
  customers: (page) => go(page, "/customers"),
  search: (page) => go(page, "/customers", search),
  absent: (page) => go(page, "/customers/cus_999999"),
  "contact-point": (page) => go(page, CUSTOMER, button("^Change", "^修改")),
  reveal: (page) => go(page, CUSTOMER, button("^Show in full", "^查看明文")),
  tasks: (page) => go(page, "/tasks"),
  task: (page) => go(page, "/tasks", row),
  "new-task": (page) => go(page, "/tasks", button("New task", "新建任务")),
  tickets: (page) => go(page, "/tickets"),
  ticket: (page) => go(page, "/tickets?whose=all&state=CLOSED", row),
  "new-ticket": (page) => go(page, "/tickets", button("New ticket", "新建工单")),
  alerts: (page) => go(page, "/alerts"),
  alert: (page) => go(page, "/alerts", row),
  "access-log": (page) => go(page, "/access-log"),
  "access-event": (page) => go(page, "/access-log", row),
};

/** The parts of a customer, by the keys that their addresses have. */
export async function parts(page) {
  await go(page, CUSTOMER);
  const ids = await page.getByRole("tab").evaluateAll((tabs) => tabs.map((tab) => tab.id.split("-").at(-1)));
  return ids.map((key) => ({ name: `customer-${key}`, visit: () => go(page, `${CUSTOMER}?tab=${key}`) }));
}
