/** A real Chromium for tests: the system's if there is one, else the one that npm brings. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { messageOf } from "../../src/base/errors.ts";

/**
 * Debian's headless shell first: the same engine without the windows that nobody sees needs half the processor time. The file itself:
 * what is in `/usr/bin` is a script that starts it and would survive it.
 */
const systemPaths = [
  "/usr/lib/chromium/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** It is to talk to nobody but the page under test. */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Null where this machine has none that starts; tests are then skipped. Never downloads. */
export async function launchBrowser(): Promise<Browser | null> {
  const found = systemPaths.find((path) => existsSync(path));
  if (found !== undefined) return chromium.launch({ executablePath: found, args: quiet });
  const { default: bundled } = await import("@sparticuz/chromium");
  try {
    const executablePath = await bundled.executablePath();
    return await chromium.launch({ executablePath, args: [...bundled.args, ...quiet], headless: true });
  } catch (thrown) {
    console.warn(`browser tests are skipped: the bundled Chromium doesn't start: ${messageOf(thrown)}`);
    return null;
  }
}

/** For tests in a `describe.skipIf(browser === null)`. */
export function opened(browser: Browser | null): Browser {
  if (browser === null) throw new Error("there is no browser");
  return browser;
}
