/** A Chromium for tests: the machine's own, else the one that the npm package carries. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

// Nothing but the page under test may reach the network, and no machine needs a GPU or a sandbox for it.
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launch() {
  return chromium.launch({ executablePath: installed() ?? (await carried()), args: FLAGS });
}

function installed() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

async function carried() {
  // The package unpacks the shared libraries that a bare machine lacks (NSS) only where it believes to be on Lambda.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs24.x";
  // Its fonts have no Chinese; a machine's own may.
  if (existsSync("/etc/fonts/fonts.conf")) process.env.FONTCONFIG_PATH ??= "/etc/fonts";
  const { default: carrier } = await import("@sparticuz/chromium");
  return carrier.executablePath();
}

// `node chromium.js` ends with 0 where a browser starts.
if (import.meta.main) await (await launch()).close();
