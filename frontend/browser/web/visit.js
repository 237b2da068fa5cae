/** A fresh reader's page in the browser of this process, and whatever it complained of. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before } from "node:test";
import { launch } from "../chromium.js";
import { KETU_URL, SCREENSHOTS } from "./house.js";

export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

/** A browser's profile that nobody used; it is closed after the test `t`, which fails where its pages complained. */
export async function profile(t, options = {}) {
  const context = await browser.newContext({
    viewport: WIDE,
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
    baseURL: KETU_URL,
    // What comes into view by moving is there for a moment before it can be seen: a click of that moment is lost.
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const complaints = new Complaints();
  await complaints.listenTo(context);
  context.complaints = complaints;
  t.after(async () => {
    await options.onLeaving?.(context);
    if (SCREENSHOTS && !t.passed) await Promise.all(context.pages().map((page, at) => page.screenshot({ path: pictureOf(t, at) })));
    await complaints.settled();
    await context.close();
    assert.deepEqual(complaints.found, []);
  });
  return context;
}

/** Of what a journey that failed saw last. */
function pictureOf(t, at) {
  return join(SCREENSHOTS, `failed ${t.name.slice(0, 60).replaceAll(/[^\w ]/g, "")} ${at}.png`);
}

/**
 * What no page may do: fail, warn, break its own policy, ask another host, put what somebody typed into an address, or
 * be refused by the server. A journey that breaks something by intent says so: `context.complaints.expect(/…/)`.
 */
class Complaints {
  found = [];
  /** Nobody is signed in yet; a second factor is asked for. */
  #expected = [/^401 POST \/auth\/refresh$/, /^403 POST \/auth\/sign-in$/];
  #pending = new Set();

  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  async listenTo(context) {
    await context.exposeBinding("__violated", (_, told) => this.#note(`policy: ${told}`));
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        window.__violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
    context.on("weberror", (error) => this.#note(`fault: ${error.error().message}`));
    context.on("console", (message) => {
      // The browser logs each refused request by itself; the answers below tell which it was.
      const isOfBrowser = /^Failed to load resource|WebSocket connection to/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !isOfBrowser) this.#note(`${message.type()}: ${message.text()}`);
    });
    context.on("request", (request) => this.#look(request.method(), new URL(request.url())));
    context.on("page", (page) => page.on("websocket", (socket) => this.#look("WS", new URL(socket.url()))));
    context.on("response", (response) => this.#keep(this.#read(response)));
  }

  /** Resolves when every answer was looked at. */
  async settled() {
    await Promise.all(this.#pending);
  }

  #look(method, url) {
    if (url.protocol === "data:" || url.protocol === "blob:") return;
    if (url.host !== new URL(KETU_URL).host) this.#note(`another host: ${url}`);
    // Names, numbers of accounts and telephones have no business in an address, which servers and browsers keep.
    if (/[^\x21-\x7e]|%[89a-f]|\d{7,}/i.test(url.search + url.hash)) this.#note(`personal in an address: ${method} ${url}`);
  }

  async #read(response) {
    const url = new URL(response.url());
    if (response.status() >= 400) {
      const told = url.pathname === "/graphql" ? ` ${await response.text().catch(() => "")}` : "";
      this.#note(`${response.status()} ${response.request().method()} ${url.pathname}${told}`);
    } else if (url.pathname === "/graphql" && response.status() === 200) {
      // A page that went away takes its answers with it.
      const { errors } = await response.json().catch(() => ({}));
      if (errors) this.#note(`refused: ${JSON.stringify(errors)}`);
    }
  }

  #keep(reading) {
    this.#pending.add(reading);
    void reading.finally(() => this.#pending.delete(reading));
  }

  #note(complaint) {
    if (!this.#expected.some((pattern) => pattern.test(complaint))) this.found.push(complaint);
  }
}
