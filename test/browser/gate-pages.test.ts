/** The gates' pages in a real browser and a text browser: the way through without scripts, with them, and when they fail. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { fromBase64Url, hex } from "../../src/base/bytes.ts";
import { seedOf } from "../../src/decision/gates/ticket.ts";
import { verify } from "../../src/decision/puzzle/verify.ts";
import { gateWords } from "../../src/edge/gate-pages/languages.ts";
import { roughWait } from "../../src/edge/gate-pages/wait.ts";
import { bundleSolver } from "../../src/edge/solver/solver-script.ts";
import { interfaceLanguages } from "../../src/language/tags.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults, smallTargets } from "./faults.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { GateServer, ticket } from "./gate-server.ts";

const browser = await launchBrowser();
const timeoutMs = 30_000;
const lynx = Bun.which("lynx");
const said = gateWords.en;
const effort = { effort: 4 };
/** Longer than a test. */
const later = { waitS: 60 };

let gate: GateServer;
beforeEach(() => {
  gate = new GateServer();
});
afterEach(() => gate[Symbol.dispose]());
afterAll(() => browser?.close());

describe.skipIf(browser === null)("in Chromium", () => {
  const withoutScripts: BrowserContextOptions = { javaScriptEnabled: false };
  /** What scripts and policies said in all pages. */
  const complaints: string[] = [];

  async function open(path: string, options: BrowserContextOptions = {}, at = gate): Promise<Page> {
    const page = await opened(browser).newPage(options);
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(at.origin + path);
    return page;
  }

  const arrival = (page: Page): Promise<void> => page.getByRole("heading", { name: "The site" }).waitFor();

  async function write(page: Page, words: string): Promise<void> {
    await page.locator("textarea").fill(words);
    await page.locator("button").click();
    await page.locator("progress").waitFor();
  }

  test(
    "without scripts the page comes back by itself until its ticket is good",
    async () => {
      await using page = await open("/work?q=a&b=%22c%22", withoutScripts);
      expect(await page.title()).toContain("about 5 seconds");
      gate.isOpen = true;
      await arrival(page);
      expect(gate.through).toEqual([
        { method: "GET", target: "/work?q=a&b=%22c%22", body: "", origin: null, ticket, proof: undefined },
      ]);
      expect(gate.asked).toEqual(["GET /work", "GET /work"]);
    },
    timeoutMs,
  );

  test(
    "without cookies the button shows the ticket",
    async () => {
      gate.page = later;
      await using page = await open("/work", withoutScripts);
      await page.context().clearCookies();
      gate.isOpen = true;
      await page.getByRole("button").click();
      await arrival(page);
      expect(gate.through).toMatchObject([{ method: "GET", target: "/work", ticket, proof: undefined }]);
    },
    timeoutMs,
  );

  test(
    "what somebody wrote comes through whole, also when sent too soon, and the site may then lead elsewhere",
    async () => {
      using elsewhere = new GateServer();
      gate.page = later;
      gate.afterForm = Response.redirect(`${elsewhere.origin}/form`, 303);
      await using page = await open("/form", withoutScripts);
      await write(page, "« كلمات » & <b>more</b>");
      await page.getByRole("button", { name: said.sendNow }).click();
      await page.getByText(said.early).waitFor();
      expect(gate.through).toEqual([]);
      gate.isOpen = true;
      await page.getByRole("button", { name: said.sendNow }).click();
      await page.waitForURL(`${elsewhere.origin}/form`);
      const [through] = gate.through;
      expect(through).toMatchObject({ method: "POST", target: "/comment?p=7", origin: gate.origin });
      expect(new URLSearchParams(through?.body).get("words")).toBe("« كلمات » & <b>more</b>");
    },
    timeoutMs,
  );

  test(
    "a script solves the puzzle, says so once, shows how far it is, and sends the proof",
    async () => {
      gate.page = { ...later, ...effort };
      gate.solver = solverThat(`
        postMessage({ done: 0.2 });
        postMessage({ done: 0.4 });
        fetch("/held").then(() => postMessage({ proof: ["solved", data.seed, data.effort].join("-") }));`);
      const { promise, resolve } = Promise.withResolvers<void>();
      gate.held = promise;
      await using page = await open("/work");
      await page.getByText(said.solving).waitFor();
      await page.waitForFunction(() => document.querySelector("progress")?.value === 0.4);
      resolve();
      await arrival(page);
      expect(gate.through).toMatchObject([
        { method: "GET", target: "/work", proof: `solved-${hex(seedOf(ticket))}-4` },
      ]);
    },
    timeoutMs,
  );

  test(
    "a form goes out as soon as the edge's own solver has a proof, which is right",
    async () => {
      gate.page = { ...later, ...effort };
      gate.solver = new TextDecoder().decode((await bundleSolver()).body);
      await using page = await open("/form");
      await page.locator("textarea").fill("words");
      await page.locator("button").click();
      await arrival(page);
      const [through] = gate.through;
      expect(through).toMatchObject({ method: "POST", body: "words=words" });
      expect(verify(seedOf(ticket), effort.effort, fromBase64Url(through?.proof ?? ""))).toBe(true);
    },
    timeoutMs,
  );

  test(
    "a form goes out by itself when its time has come, where scripts run",
    async () => {
      gate.isOpen = true;
      await using page = await open("/form");
      await page.locator("textarea").fill("words");
      await page.locator("button").click();
      await arrival(page);
      expect(gate.through).toMatchObject([{ method: "POST", body: "words=words", proof: undefined }]);
    },
    timeoutMs,
  );

  test(
    "where the solver is missing, breaks, says nothing or talks nonsense, the page waits like any other",
    async () => {
      await Promise.all(
        [
          "",
          solverThat(`postMessage({ done: 0.3 }); throw new Error("out of memory");`),
          solverThat(""),
          solverThat("postMessage(null); postMessage({ done: 'x' }); postMessage({ proof: 7 });"),
        ].map(async (solver) => {
          using own = new GateServer();
          own.page = effort;
          own.solver = solver;
          await using page = await open("/work", {}, own);
          own.isOpen = true;
          await arrival(page);
          expect(own.through).toMatchObject([{ method: "GET", proof: undefined }]);
        }),
      );
    },
    timeoutMs,
  );

  test(
    "a phone solves for one ticket twice at most",
    async () => {
      gate.page = { ...later, ...effort };
      gate.solver = solverThat("postMessage({ done: 0.1 });");
      await using page = await open("/work");
      for (const _ of [1, 2]) {
        await page.getByText(said.solving).waitFor();
        expect(page.workers().length).toBe(1);
        await page.reload();
      }
      expect(await page.locator("[role=status]").textContent()).toBe(
        said.timed.replace("{wait}", said.about(roughWait(later.waitS))),
      );
      expect(page.workers()).toEqual([]);
    },
    timeoutMs,
  );

  for (const language of interfaceLanguages) {
    test(
      `${language}: axe finds nothing, nothing overflows, a thumb finds its buttons`,
      async () => {
        const screen = { locale: language, reducedMotion: "reduce" } as const;
        // It has all that a page without a form has.
        gate.page = { ...later, ...effort, sealed: "c2VhbGVk" };
        for (const path of ["/work", "/refused"]) {
          await using page = await open(path, screen);
          expect(await page.locator("html").getAttribute("lang")).toBe(language);
          expect(await faults(page)).toEqual([]);
          expect(await smallTargets(page)).toEqual([]);
        }
      },
      timeoutMs,
    );
  }

  test("the policies had nothing to refuse, and no script failed but the one that was to", () => {
    const expected = /status of (404|429|503)|out of memory/;
    expect(complaints.length).toBeGreaterThan(10);
    expect(complaints.filter((each) => !expected.test(each))).toEqual([]);
  });
});

describe.skipIf(lynx === null)("in lynx", () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);

  /** What is on its screens after these keys, one a line. */
  async function press(keys: readonly string[], ...options: readonly string[]): Promise<string> {
    const commands = join(folder.path, "keys");
    await Bun.write(commands, [...keys, "q", "y"].map((key) => `key ${key}\n`).join(""));
    const command = [
      "lynx",
      "-nopause",
      "-accept_all_cookies",
      `-cmd_script=${commands}`,
      ...options,
      `${gate.origin}/work`,
    ];
    const env = { ...process.env, TERM: "vt100", LANG: "C.UTF-8", COLUMNS: "200" };
    return await new Response(Bun.spawn(command, { stdin: "ignore", env, timeout: 10_000 }).stdout).text();
  }

  test("the page says what it is about", async () => {
    gate.page = later;
    const shown = (await press([], "-dump")).replaceAll(/\s+/g, " ");
    expect(shown).toContain("REFRESH(60 sec)");
    for (const words of [said.why, said.rest, said.stuck]) expect(shown).toContain(words);
  });

  test("its link leads on once the ticket is good, and without cookies the button does", async () => {
    gate.isOpen = true;
    await press(["^J"]);
    await press(["<tab>", "<tab>", "^J"], "-cookies=off");
    expect(gate.asked).toEqual(["GET /work", "GET /work", "GET /work", "POST /work"]);
    expect(gate.through.map(({ method, target }) => `${method} ${target}`)).toEqual([
      "GET /work",
      "GET /work",
    ]);
  });
});

/** A Worker's script: `work` once it was asked, with `data`. */
function solverThat(work: string): string {
  return `onmessage = ({ data }) => { ${work} };`;
}
