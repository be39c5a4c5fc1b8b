/**
 * The employers' federation CGEM, November 2021: its home page is replaced in the middle of an official visit, then the site is gone. Here a
 * real WordPress behind Kasbah is defaced in three ways while 60 people read and editors publish; then it is switched off for good.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { z } from "zod";
import { seededRandom } from "../../src/base/random.ts";
import type { Bus } from "../../src/bus/bus.ts";
import { connectBus } from "../../src/bus/local.ts";
import { dataFolder } from "../../src/config/data-folder.ts";
import { startWebhook, type Webhook } from "../webhook.ts";
import { languages, writeArticle } from "../wordpress/content.ts";
import { addressOf, ownFiles, read, type Readable, Readers, same, showing } from "../wordpress/readers.ts";
import { startProtected } from "../wordpress/protected.ts";
import { hasWordpress, startWordpress, type WordPress } from "../wordpress/wordpress.ts";
import { eventually, type Instance } from "./instance.ts";

const readersCount = 60;
const alarmMsMax = 1_000;
const successMin = 0.999;
const host = "news.example";
const patientMs = 60_000;
const random = seededRandom(22_11_2021);

const incidentsSchema = z.array(z.looseObject({ id: z.string(), kind: z.string(), status: z.string() }));

const storySchema = z.object({
  evidence: z.array(z.object({ data: z.looseObject({ step: z.string() }) })),
});

/** Every page and list, and the files that pages ask for. */
async function readablesOf(site: WordPress): Promise<Readable[]> {
  const addresses = await site.addresses();
  const pages = addresses.map(({ path, title }) => showing(path, title));
  const texts = await Promise.all(addresses.map(async ({ path }) => await (await site.get(path)).text()));
  const files = [...new Set(texts.flatMap((text) => ownFiles(text, host)))];
  const assets = files.map(async (path) => same(path, await (await site.get(path)).bytes()));
  return [...pages, ...(await Promise.all(assets))];
}

describe.skipIf(!hasWordpress)("a WordPress that is defaced", () => {
  let site: WordPress;
  let webhook: Webhook;
  let kasbah: Instance;
  let readables: Readable[];
  let readers: Readers;
  let newsroom: Newsroom;
  let lookout: Lookout;

  beforeAll(async () => {
    site = await startWordpress({ home: `http://${host}` });
    webhook = startWebhook();
    kasbah = await startProtected(site, {
      refreshS: 15,
      settings: `[watch]\nalerts = [{ kind = "webhook", url = "${webhook.url}" }]\n`,
    });
    readables = await readablesOf(site);
    readers = new Readers({ edge: kasbah.edge, host, count: readersCount, random, readables });
    newsroom = new Newsroom(site);
    lookout = await Lookout.at(kasbah);
  }, patientMs);

  afterAll(async () => {
    await lookout?.[Symbol.asyncDispose]();
    await newsroom?.[Symbol.asyncDispose]();
    await readers?.[Symbol.asyncDispose]();
    await kasbah?.[Symbol.asyncDispose]();
    await webhook?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
  });

  const incidents = async (): Promise<z.infer<typeof incidentsSchema>> =>
    incidentsSchema.parse(JSON.parse((await kasbah.kasbah("incidents", "list", "--json")).stdout));
  const openDefacements = async (): Promise<string[]> =>
    (await incidents())
      .filter(({ kind, status }) => kind === "defacement" && status === "open")
      .map(({ id }) => id);

  /** What was seen, asked and done, by the names that the register gives it. */
  const stepsOf = async (id: string): Promise<ReadonlySet<string>> => {
    const { evidence } = storySchema.parse(
      JSON.parse((await kasbah.kasbah("incidents", "show", id, "--json")).stdout),
    );
    return new Set(evidence.map(({ data }) => data.step));
  };
  const seen = async ({ path, title }: { path: string; title: string }): Promise<true | undefined> =>
    (await read({ edge: kasbah.edge, host }, showing(path, title))).is === "right" ? true : undefined;

  test(
    "in calm, what editors publish is read at once, and nobody is alarmed",
    async () => {
      const written = await newsroom.next();
      await eventually("the new article", async () => await seen(written));
      await newsroom.next();
      await eventually("readers", async () => (readers.requests > 100 ? true : undefined));
      expect(lookout.held).toEqual([]);
      expect([await openDefacements(), webhook.deliveries]).toEqual([[], []]);
      expect(readers.wrong).toEqual([]);
    },
    patientMs,
  );

  test.each([
    ["theme", isPage, async () => await site.defaceTheme()],
    ["database", isPage, async () => await site.defaceDatabase()],
    [
      "uploads and a plugin's script",
      isFile,
      async () => void (await Promise.all([site.defaceUploads(), site.defacePluginScript()])),
    ],
  ])(
    "by its %s: no false page is shown, the alarm comes at once, staff repair it, one command brings it back",
    async (_, isTouched, deface) => {
      const began = Date.now();
      await deface();
      const done = Date.now();
      const alarmAt = await lookout.heldSince(began);
      const firstRead =
        (await site.requests()).find(({ at, address }) => at > done && isTouched(address))?.at ?? done;
      expect(alarmAt - firstRead).toBeLessThan(alarmMsMax);
      const [incident = ""] = await openDefacements();
      const expected = ["page", "question", ...(isTouched === isPage ? ["site"] : [])];
      await eventually("the story", async () => {
        const told = await stepsOf(incident);
        return expected.every((step) => told.has(step)) ? told : undefined;
      });

      const cookie = await site.signIn(kasbah.edge);
      const desk = await kasbah.get("/wp-admin/edit.php", { host, headers: { cookie } });
      expect([desk.status, (await desk.text()).includes("wpadminbar")]).toEqual([200, true]);
      await site.restore();
      expect(await kasbah.kasbah("origin", "release")).toMatchObject({ exitCode: 0 });

      const written = await newsroom.next();
      await eventually("live again", async () => await seen(written), 15_000);
      expect(readers.wrong).toEqual([]);
      expect(readers.success).toBeGreaterThanOrEqual(successMin);
    },
    patientMs,
  );

  test("whoever is to be told was told of the first one within a second", () => {
    const told = webhook.deliveries.find(({ body }) => body.includes("incident.opened"));
    expect(told?.body).toContain("defacement");
    expect((told?.at ?? Infinity) - lookout.firstHeldAt).toBeLessThan(alarmMsMax);
  });

  test(
    "without its origin every page of the snapshot still reads, and says since when",
    async () => {
      await newsroom[Symbol.asyncDispose]();
      await site.stop();
      await eventually("the line that says since when", async () => {
        const copy = await (await kasbah.get("/contact/", { host })).text();
        return /<div role="status" lang="en"[^>]*>[^<]*\d\d:\d\d/.test(copy) ? true : undefined;
      });
      for (const [at, readable] of readables.entries())
        expect(await read({ edge: kasbah.edge, host, address: addressOf(at) }, readable)).toMatchObject({
          is: "right",
        });
      expect([readers.falseOnes, readers.success >= successMin]).toEqual([0, true]);
    },
    patientMs,
  );
});

test.skipIf(!hasWordpress)(
  "without judging, readers see what the attackers made",
  async () => {
    await using site = await startWordpress({ home: `http://${host}` });
    await using kasbah = await startProtected(site, { origin: 'judge = "off"', snapshot: false });
    await site.defaceTheme();
    expect(await read({ edge: kasbah.edge, host }, showing("/", "Fédération"))).toMatchObject({
      is: "false",
    });
  },
  patientMs,
);

/** Where attackers left what they touched. */
function isFile(address: string): boolean {
  return /^\/wp-content\/(uploads\/|plugins\/federation-agenda\/agenda\.js)/.test(address);
}

function isPage(address: string): boolean {
  return !address.startsWith("/wp-");
}

/** Hears when an answer was kept from readers. */
class Lookout implements AsyncDisposable {
  readonly #bus: Bus;
  readonly held: { readonly at: number; readonly address: string; readonly why: string }[] = [];

  private constructor(bus: Bus) {
    this.#bus = bus;
    bus.subscribe("origin.finding", ({ held, address, facts }) => {
      const why = facts.map(({ what, value, weight }) => `${what} (${weight}) ${value}`).join("; ");
      if (held) this.held.push({ at: Date.now(), address, why });
    });
  }

  static async at(kasbah: Instance): Promise<Lookout> {
    return new Lookout(await connectBus(dataFolder(kasbah.data).busSocket));
  }

  /** Ms since 1970; NaN: never. */
  get firstHeldAt(): number {
    return this.held[0]?.at ?? Number.NaN;
  }

  async heldSince(ms: number): Promise<number> {
    return await eventually(
      "an answer that is held",
      async () => this.held.find(({ at }) => at >= ms)?.at,
      15_000,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bus[Symbol.asyncDispose]();
  }
}

/** Between two articles: a live page on its busiest day. */
const pauseMs = 2_000;

/** Editors who publish, correct and are commented on. */
class Newsroom implements AsyncDisposable {
  readonly #site: WordPress;
  readonly #work: Promise<void>;
  #isOver = false;
  #published = Promise.withResolvers<{ path: string; title: string }>();

  constructor(site: WordPress) {
    this.#site = site;
    this.#work = this.#goOn();
  }

  /** The article that is published next. */
  async next(): Promise<{ path: string; title: string }> {
    return await this.#published.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#work;
  }

  async #goOn(): Promise<void> {
    for (let count = 0; !this.#isOver; count += 1) {
      const { title, ...article } = writeArticle(random, languages[count % 3] ?? "fr");
      const { id, path } = await this.#site.publish({ ...article, title: `${title} (${count})` });
      await this.#site.comment(id, `Lecteur ${count}`, "Merci.");
      await this.#site.edit(id, { content: `${article.content}\n<p>Mise à jour ${count}.</p>` });
      const published = this.#published;
      this.#published = Promise.withResolvers();
      published.resolve({ path, title: `(${count})` });
      await Bun.sleep(pauseMs);
    }
  }
}
