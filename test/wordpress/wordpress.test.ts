// The WordPress of the tests: that it is one, that editors and attackers do what they say, and that it ends.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { eventually } from "../scenarios/instance.ts";
import { attackersMark } from "./attackers.ts";
import { type WordPress, hasWordpress, startWordpress } from "./wordpress.ts";

test.skipIf(!hasWordpress)("ends with its test, however that ends", async () => {
  const victim = Bun.spawn([process.execPath, join(import.meta.dir, "..", "wordpress-victim.ts")], {
    stdout: "pipe",
  });
  const { value } = await victim.stdout.getReader().read();
  const { folder, servers } = victimSchema.parse(JSON.parse(new TextDecoder().decode(value)));
  const left = (): number[] => servers.filter((id) => existsSync(`/proc/${id}`));
  expect([servers.length, left()]).toEqual([4, servers]);
  victim.kill("SIGKILL");
  await eventually("all servers have ended", async () => (left().length === 0 ? true : undefined));
  await rm(folder, { recursive: true });
});

const victimSchema = z.object({ folder: z.string(), servers: z.array(z.number()) });

describe.skipIf(!hasWordpress)("a WordPress", () => {
  let site: WordPress;
  beforeAll(async () => {
    site = await startWordpress();
  }, 60_000);
  afterAll(async () => await site?.[Symbol.asyncDispose]());

  const page = async (path: string): Promise<string> => await (await site.get(path)).text();

  test("shows the front, articles in three languages, lists, feeds, search, and 404", async () => {
    const addresses = await site.addresses();
    expect(addresses.length).toBeGreaterThan(40);
    expect(await page("/")).toContain("Fédération des Ateliers");
    expect(await page("/?s=cyberattaque")).toContain("Cyberattaque algérienne");
    expect((await site.get("/feed/")).headers.get("content-type")).toContain("rss+xml");
    expect((await site.get("/nowhere/")).status).toBe(404);
    const arabic = addresses.find(({ title }) => title.startsWith("الحرية"));
    expect(await page(arabic?.path ?? "")).toContain('lang="ar" dir="rtl"');
  });

  test("editors publish, correct, sign in", async () => {
    const { id, path } = await site.publish({ title: "Une brève", content: "<p>Elle est courte.</p>" });
    expect(await page(path)).toContain("Elle est courte.");
    await site.edit(id, { title: "Une brève, corrigée" });
    expect(await page(path)).toContain("Une brève, corrigée");
    const cookie = await site.signIn();
    const desk = await site.get("/wp-admin/edit.php", { cookie });
    expect([desk.status, (await desk.text()).includes("Une brève, corrigée")]).toEqual([200, true]);
  });

  test("attackers deface it, and staff restore it", async () => {
    const before = await page("/contact/");
    await site.defaceTheme();
    expect(await page("/")).toContain(attackersMark);
    await site.restore();
    await site.defaceDatabase();
    expect(await page("/contact/")).toContain(attackersMark);
    await site.defaceUploads();
    await site.defacePluginScript();
    expect(await page("/wp-content/plugins/federation-agenda/agenda.js")).toContain(attackersMark);
    await site.restore();
    expect(await page("/contact/")).toBe(before);
    await site.breakDatabase();
    expect(await page("/")).toContain("Error establishing a database connection");
    await site.restore();
    await site.installer();
    expect((await site.get("/")).headers.get("location")).toContain("/wp-admin/install.php");
    await site.restore();
    await site.stop();
    expect(await site.get("/").catch(() => "gone")).toBe("gone");
    await site.start();
    expect(await page("/contact/")).toBe(before);
  });
});
