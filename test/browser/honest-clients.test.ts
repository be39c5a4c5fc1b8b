/**
 * Honest clients at the wired gates, while a flood that keeps its tickets asks a small site for six times what it carries: programs that keep
 * cookies, text browsers, Chromium without scripts and on a slow phone, and forms that were sent meanwhile. All of them at once, as people come.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { FloodOrder } from "../../attacks/flood.ts";
import { drawPlan } from "../../attacks/plan.ts";
import { solverSwarm } from "../../attacks/profiles/solver-swarm.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { gateHeader } from "../../src/edge/gate-pages/names.ts";
import { until, WholeEdge } from "../edge/whole-edge.ts";
import { type SlowOrigin, startSlowOrigin } from "../slow-origin.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { launchBrowser, opened } from "./browser.ts";

const browser = await launchBrowser();
const folder = temporaryFolder();
const lynx = Bun.which("lynx");
const w3m = Bun.which("w3m");
const curl = Bun.which("curl");
/** It is killed once it is not needed any more. */
const floodS = 60;
const attacker = resolve(import.meta.dir, "../../attacks/process.ts");
const timeoutMs = 60_000;
const slowdown = 6;
/** Nobody opens a page more often. */
const triesMax = 8;

let origin: SlowOrigin;
let edge: WholeEdge;
let flood: Bun.Subprocess;
beforeAll(async () => {
  origin = await startSlowOrigin();
  edge = new WholeEdge({
    edge: { workers: 1 },
    origin: { url: origin.url },
    decision: { mode: "shadow" },
  });
  await edge.start();
  flood = Bun.spawn([process.execPath, attacker], { ipc: () => {}, timeout: timeoutMs });
  flood.send({ do: "flood", order: floodOrder() });
  await until(
    async () => (await edge.get(`/?s=look+${performance.now()}`)).headers.get(gateHeader) === "work",
  );
}, timeoutMs);
afterAll(async () => {
  await browser?.close();
  flood.kill("SIGKILL");
  await flood.exited;
  await edge[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await folder.remove();
}, timeoutMs);

function floodOrder(): FloodOrder {
  const story = { ...solverSwarm, flood: { ...solverSwarm.flood, atGates: { cookies: "own" } as const } };
  const { flood: plan } = drawPlan(story, { seed: 4, sources: 200, seconds: floodS, rate: 300, known: [] });
  const target = {
    address: "127.0.0.1",
    port: Number(new URL(edge.url).port),
    tls: false,
    host: "localhost",
  };
  return { plan, target, pages: [{ path: "/", sha256: sha256(""), bytes: 0, parts: [] }] };
}

/** Runs it again after as long as its page says, as people do who look at one. What it shows at last. */
async function again(ask: () => Promise<string>): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const shown = await ask();
    const seconds = Number(
      /refresh *\((\d+) sec\)|retry-after: (\d+)/i.exec(shown)?.slice(1).find(Boolean) ?? 0,
    );
    if (seconds === 0 || tries === triesMax) return shown;
    await Bun.sleep(seconds * 1_000);
  }
}

async function run(command: readonly string[]): Promise<string> {
  const env = { ...process.env, HOME: folder.path, TERM: "vt100", LANG: "C.UTF-8" };
  const child = Bun.spawn([...command], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
    env,
    timeout: 20_000,
  });
  return await new Response(child.stdout).text();
}

describe("programs and text browsers", () => {
  test.skipIf(curl === null).concurrent(
    "curl that keeps its cookies and comes back when it is told to",
    async () => {
      const jar = join(folder.path, "curl");
      const ask = () =>
        run(["curl", "-si", "-b", jar, "-c", jar, "--interface", "127.9.1.7", `${edge.url}/?s=curl+wants`]);
      expect(await again(ask)).toContain("<p>curl wants</p>");
    },
    timeoutMs,
  );

  test.skipIf(lynx === null).concurrent(
    "lynx, whose reader opens the page again",
    async () => {
      const [cookies, config, keys] = ["lynx", "lynx.cfg", "keys"].map((name) => join(folder.path, name));
      await Bun.write(config ?? "", "PERSISTENT_COOKIES:TRUE\nACCEPT_ALL_COOKIES:TRUE\n");
      await Bun.write(keys ?? "", "key q\nkey y\n");
      const files = [`-cookie_file=${cookies}`, `-cookie_save_file=${cookies}`, `-cmd_script=${keys}`];
      const ask = () => run(["lynx", `-cfg=${config}`, "-nopause", ...files, `${edge.url}/?s=lynx+wants`]);
      expect(await again(ask)).toMatch(/Found[^]*lynx wants/);
    },
    timeoutMs,
  );

  test.skipIf(w3m === null).concurrent(
    "w3m, whose reader opens the page again",
    async () => {
      const ask = () => run(["w3m", "-cookie", "-o", "accept_cookie=1", "-dump", `${edge.url}/?s=w3m+wants`]);
      expect(await again(ask)).toMatch(/Found\s+w3m wants/);
    },
    timeoutMs,
  );
});

describe.skipIf(browser === null)("Chromium", () => {
  const withoutScripts: BrowserContextOptions = { javaScriptEnabled: false };

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await opened(browser).newPage(options);
    page.setDefaultTimeout(timeoutMs);
    await page.goto(edge.url + path);
    return page;
  }

  const found = (page: Page, words: string): Promise<void> =>
    page.getByText(words, { exact: true }).waitFor();

  /** Without the ticket that its page brought along, so that it is given back. */
  async function send(page: Page, words: string): Promise<void> {
    await page.locator("textarea").fill(words);
    await page.context().clearCookies();
    const given = page.waitForResponse((answer) => answer.status() === 503);
    await page.getByRole("button", { name: "Send" }).click();
    expect((await given).headers()[gateHeader]).toBe("work");
  }

  test.concurrent(
    "without scripts, as Tor Browser at its safest, comes through by waiting",
    async () => {
      await using page = await open("/?s=plain+wants", withoutScripts);
      await found(page, "plain wants");
    },
    timeoutMs,
  );

  test.concurrent(
    "slowed down six times comes through by solving",
    async () => {
      await using page = await opened(browser).newPage();
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      const solved = page.waitForRequest((request) => request.method() === "POST", { timeout: timeoutMs });
      await page.goto(`${edge.url}/?s=phone+wants`);
      expect((await solved).postData()).toMatch(/kasbah-proof=[\w-]{20}/);
      await page.getByText("phone wants", { exact: true }).waitFor({ timeout: timeoutMs });
    },
    timeoutMs,
  );

  test.concurrent(
    "a form goes through by itself where scripts run",
    async () => {
      await using page = await open("/");
      await send(page, "« كلمات » & <b>more</b>");
      await found(page, "« كلمات » & <b>more</b>");
    },
    timeoutMs,
  );

  test.concurrent(
    "a form goes through by its page's button where none run, pressed too soon as well",
    async () => {
      await using page = await open("/", withoutScripts);
      await send(page, "plain words");
      for (let tries = 1; (await page.getByText("plain words", { exact: true }).count()) === 0; tries += 1) {
        expect(tries).toBeLessThan(triesMax);
        const button = page.locator("form button");
        if (tries > 1) await Bun.sleep(3_000);
        await button.click();
        await page.waitForLoadState();
      }
    },
    timeoutMs,
  );
});
