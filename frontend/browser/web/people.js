/** The readers of the journeys: each signs in once, and goes on with the session that the last journey left. */

import { KETU_PASSWORD, READERS } from "./house.js";
import { Authenticator } from "./totp.js";
import { profile } from "./visit.js";

/** By role: the cookies that its last page left, and the authenticator that was enrolled. */
const kept = new Map();

/**
 * A page at `path`, read by the holder of `role`.
 *
 * options  of the profile: viewport, locale, colorScheme …
 */
export async function reading(t, role, path = "/", options = {}) {
  const known = kept.get(role) ?? { cookies: [], authenticator: null };
  kept.set(role, known);
  const context = await profile(t, {
    ...options,
    storageState: { cookies: known.cookies, origins: [] },
    // A refresh token is good once: the next page needs the one that this page got last.
    onLeaving: async () => {
      known.cookies = (await context.storageState()).cookies;
    },
  });
  const page = await context.newPage();
  await page.goto(path);
  await page.locator(".shell, .sign-in").first().waitFor();
  if (await page.locator(".sign-in").isVisible()) await signIn(page, role);
  return page;
}

/** Through all that the sign-in page asks the holder of `role` for; whether it had them set up an authenticator. */
export async function signIn(page, role, password = KETU_PASSWORD) {
  const known = kept.get(role) ?? { cookies: [], authenticator: null };
  kept.set(role, known);
  await submitPassword(page, role, password);
  const code = page.locator("input[autocomplete=one-time-code]");
  const secret = page.locator(".sign-in__secret");
  await page.locator(".shell").or(code).or(page.getByRole("alert")).first().waitFor();
  if (!(await code.isVisible())) return false;
  const isEnrolled = known.authenticator !== null;
  if (!isEnrolled) known.authenticator = new Authenticator(await secret.textContent());
  await code.fill(await known.authenticator.code());
  await page.locator("button[type=submit]").click();
  await page.locator(".shell").waitFor();
  return !isEnrolled;
}

/** Name and password alone. */
export async function submitPassword(page, role, password = KETU_PASSWORD) {
  await page.locator("input[autocomplete=username]").fill(READERS[role]);
  await page.locator("input[autocomplete=current-password]").fill(password);
  await page.locator("button[type=submit]").click();
}

/** What the authenticator of the holder of `role` showed last. */
export function lastCode(role) {
  return kept.get(role).authenticator.last;
}

export async function signOut(page) {
  await page.getByRole("button", { name: /^(Account|账号): / }).click();
  await page.getByRole("menuitem", { name: /(Sign out|退出登录)$/ }).click();
  await page.locator(".sign-in").waitFor();
}
