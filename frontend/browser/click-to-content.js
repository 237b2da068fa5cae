/**
 * From a click to what it shows: `node click-to-content.js N W`, N clicks, after W that are not counted, each on a page of
 * the list, on a customer, on the search, in a Chromium, as KETU_USER with KETU_PASSWORD at KETU_URL, whose list is longer than
 * one page. Prints JSON: for each kind the median and the 95th percentile of milliseconds, in all and by where they went:
 *
 * server   as the answer says itself (Server-Timing)
 * network  from the first byte of the request to the last one of the answer, without the server
 * page     the rest: from the click to the request, and from the answer until it is painted
 */

import { launch } from "./chromium.js";

const { KETU_URL, KETU_USER, KETU_PASSWORD } = process.env;
const [CLICKS, WARM_UP] = process.argv.slice(2).map(Number);
const PAGES_OF_AN_ORDER = 14;
const ORDERS = ["Customer no.", "Customer since", "Customer"];

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", baseURL: KETU_URL });
await context.addInitScript(measureInPage);
const page = await context.newPage();
await signIn();
const found = { list: await list(), customer: await customers(), search: await search() };
await browser.close();
console.log(JSON.stringify(found));

async function signIn() {
  await page.goto("/customers");
  await page.locator("input[autocomplete=username]").fill(KETU_USER);
  await page.locator("input[autocomplete=current-password]").fill(KETU_PASSWORD);
  await page.locator("button[type=submit]").click();
  await page.locator("tbody tr").first().waitFor();
  await page.waitForLoadState("networkidle");
}

/** Pages that were not looked at before: each order of the list, and the pages that follow. */
async function list() {
  const splits = [];
  for (const order of ORDERS) {
    for (let number = 0; number <= PAGES_OF_AN_ORDER; number++) {
      const control = number ? page.getByRole("button", { name: "Next" }) : page.getByRole("columnheader", { name: order, exact: true }).getByRole("button");
      if (splits.length === CLICKS + WARM_UP || (await control.isDisabled())) break;
      splits.push(await split("click", () => control.click(), "rows"));
    }
  }
  return summed(splits);
}

/** Customers from the rows of the list, none of them twice. */
async function customers() {
  const splits = [];
  await page.goto("/customers");
  for (let row = 0; splits.length < CLICKS + WARM_UP; row++) {
    const links = page.locator("tbody tr a");
    await links.first().waitFor();
    if (row === (await links.count())) {
      await split("click", () => page.getByRole("button", { name: "Next" }).click(), "rows");
      row = 0;
    }
    splits.push(await split("click", () => links.nth(row).click(), "customer"));
    await page.goBack();
    await page.waitForLoadState("networkidle");
  }
  return summed(splits);
}

/** What somebody types who looks for a customer: the whole of it at once, so that no pause of theirs is in it. */
async function search() {
  const names = new Set();
  await page.goto("/customers");
  while (names.size < CLICKS + WARM_UP) {
    await page.locator("tbody tr a").first().waitFor();
    for (const name of await page.locator("tbody tr a").allTextContents()) names.add(name);
    await split("click", () => page.getByRole("button", { name: "Next" }).click(), "rows");
  }
  await page.keyboard.press("/");
  const box = page.getByRole("combobox", { name: "Search" });
  await box.waitFor();
  const splits = [];
  for (const text of Array.from(names).slice(0, CLICKS + WARM_UP)) {
    await box.fill("");
    // The box waits until the typing rests, also for being emptied.
    await page.waitForTimeout(300);
    splits.push(await split("input", () => page.keyboard.insertText(text), "hits"));
  }
  return summed(splits);
}

/** Where the time went between the event that `act` raises and the frame that shows the content. */
async function split(event, act, content) {
  await page.evaluate(([name, what]) => window.arm(name, what), [event, content]);
  await act();
  return page.evaluate((kind) => Promise.race([window.measured, window.tooLong(kind)]), content);
}

function summed(all) {
  const splits = all.slice(WARM_UP);
  const of = (part) => {
    const values = splits.map((each) => each[part]).toSorted((one, other) => one - other);
    const at = (share) => Number(values[Math.ceil(share * values.length) - 1].toFixed(1));
    return { median: at(0.5), p95: at(0.95) };
  };
  return { clicks: splits.length, total: of("total"), server: of("server"), network: of("network"), page: of("page") };
}

/** Runs in the page: `arm` waits for an event and for content that was not there before; `measured` tells the split. */
function measureInPage() {
  const hrefs = (selector) => Array.from(document.querySelectorAll(selector), (each) => each.getAttribute("href") ?? each.textContent).join();
  const CONTENT = {
    rows: () => hrefs("main tbody tr a"),
    customer: () => location.pathname.startsWith("/customers/") && document.querySelector("main [role=tabpanel] .panel dd")?.textContent && location.pathname,
    // Until the answer comes, what was found before stays.
    hits: () => document.querySelector("[role=option] .search__name")?.textContent.startsWith(document.querySelector(".search [role=combobox]").value) && hrefs("[role=option]"),
  };

  window.arm = (event, what) => {
    const before = CONTENT[what]();
    performance.clearResourceTimings();
    window.measured = new Promise((resolve) => {
      const begin = ({ timeStamp }) => resolve(shown(what, before).then((painted) => toSplit(timeStamp, painted)));
      addEventListener(event, begin, { capture: true, once: true });
    });
  };

  window.tooLong = (kind) => new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${kind} came`)), 10_000));

  function shown(what, before) {
    return new Promise((resolve) => {
      function look() {
        const now = CONTENT[what]();
        if (!now || now === before) return;
        observer.disconnect();
        // The frame that has it is painted when what was asked for within it has its turn.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      }
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
    });
  }

  async function toSplit(began, painted) {
    // The browser writes down what was loaded when it has time to.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const asked = performance.getEntriesByType("resource").filter(({ name, responseStart }) => name.endsWith("/graphql") && responseStart && responseStart <= painted);
    const answer = asked.toSorted((one, other) => one.responseStart - other.responseStart).at(-1);
    if (!answer) throw new Error("nothing was asked for: it had been there before");
    // The page may have the whole of an answer before the browser has noted its end.
    const ended = Math.min(answer.responseEnd, painted);
    const server = answer.serverTiming.find(({ name }) => name === "total").duration;
    const network = ended - answer.requestStart - server;
    const total = painted - began;
    return { total, server, network, page: total - server - network };
  }
}
