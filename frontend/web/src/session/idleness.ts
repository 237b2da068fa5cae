/** Whether somebody sits before the page, in any of its tabs. */

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const LOOK_EVERY_MS = 5_000;
const TELL_EVERY_MS = 5_000;

const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("ketu.activity");

let lastSignAt = Date.now();
let lastToldAt = 0;
let timer: ReturnType<typeof setInterval> | null = null;

tabs?.addEventListener("message", () => {
  lastSignAt = Date.now();
});

/** Call `leave` once nobody has touched the page for so long; again calls take the place of earlier ones. */
export function watchIdleness(seconds: number, leave: () => void): void {
  if (timer === null) lastSignAt = Date.now();
  else clearInterval(timer);
  for (const sign of SIGNS) addEventListener(sign, touched, { passive: true, capture: true });
  timer = setInterval(() => {
    // A machine that slept comes back with all of the time gone by.
    if (Date.now() - lastSignAt < seconds * 1000) return;
    ignoreIdleness();
    leave();
  }, LOOK_EVERY_MS);
}

export function ignoreIdleness(): void {
  if (timer !== null) clearInterval(timer);
  timer = null;
  for (const sign of SIGNS) removeEventListener(sign, touched, { capture: true });
}

function touched(): void {
  lastSignAt = Date.now();
  if (lastSignAt - lastToldAt < TELL_EVERY_MS) return;
  lastToldAt = lastSignAt;
  tabs?.postMessage("here");
}
