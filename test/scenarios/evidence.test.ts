/**
 * A page of a protected site is replaced while Kasbah runs as an operator runs it: what is kept of it is complete, stands in the log, is named by
 * the register, and can be checked by anybody who has the folder.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sha256 } from "../../src/base/bytes.ts";
import { connectBus } from "../../src/bus/local.ts";
import { dataFolder } from "../../src/config/data-folder.ts";
import { findChromium } from "../../src/origin/looking/render.ts";
import { type LivingOrigin, startLivingOrigin } from "../living-origin.ts";
import { eventually, type Instance, startInstance } from "./instance.ts";

const host = "news.example";
const falsePage =
  "<html><head><title>Hacked by X</title></head><body bgcolor=black><h1>HACKED BY X</h1></body></html>";
const patientMs = 60_000;

const listSchema = z.array(z.looseObject({ id: z.string(), kind: z.string() }));
const checkedSchema = z.object({
  folder: z.string(),
  files: z.array(z.object({ name: z.string(), sha256: z.string(), state: z.string() })),
});

/** From the first one on whom the edge asks for: Kasbah itself looks at every page again and again, and whoever finds it first brings what they were given. */
function replaceForReaders({ answers }: LivingOrigin): void {
  const approved = answers.get("/a-propos/");
  const headers = { "content-type": "text/html", "x-powered-by": "X" };
  let isReplaced = false;
  answers.set("/a-propos/", (request, visit) => {
    isReplaced ||= request.headers.has("via");
    return isReplaced || approved === undefined
      ? new Response(falsePage, { headers })
      : approved(request, visit);
  });
}

describe("a page that was replaced", () => {
  let living: LivingOrigin;
  let kasbah: Instance;

  beforeAll(async () => {
    living = startLivingOrigin();
    kasbah = await startInstance({
      args: ["--origin", living.url],
      settings: `[site.portal]\nhosts = ["${host}"]\n[origin]\ncrawl_rate = 1000\nrefresh_s = 1\n`,
    });
    const taken = await kasbah.kasbah("snapshot", "--yes");
    if (taken.exitCode !== 0) throw new Error(taken.stderr);
  }, patientMs);

  afterAll(async () => {
    await kasbah?.[Symbol.asyncDispose]();
    await living?.[Symbol.asyncDispose]();
  });

  const incidentId = async (): Promise<string | undefined> => {
    const { stdout } = await kasbah.kasbah("incidents", "list", "--json");
    return listSchema.parse(JSON.parse(stdout)).find(({ kind }) => kind === "defacement")?.id;
  };
  test(
    "is kept from readers; the register names every file by its hash, and the log has them",
    async () => {
      // Whoever asks again and again takes the processor from the pictures, which come last.
      await using bus = await connectBus(dataFolder(kasbah.data).busSocket);
      const gathered = Promise.withResolvers<string>();
      bus.subscribe("origin.evidence", (event) => gathered.resolve(event.finding));
      await bus.flush();
      replaceForReaders(living);
      const answer = await kasbah.get("/a-propos/", { host });
      expect(await answer.text()).not.toContain("Hacked");
      const finding = await gathered.promise;
      const id = await eventually("an incident", incidentId);
      const { files, folder } = await eventually("an edition that names it", async () => {
        const { exitCode, stdout } = await kasbah.kasbah("origin", "evidence", finding, "--json");
        return exitCode === 0 ? checkedSchema.parse(JSON.parse(stdout)) : undefined;
      });
      const pictures =
        findChromium() === undefined ? [] : ["appearance.html", "appearance.png", "approved.png"];
      expect(files.map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          "manifest.json",
          ...["edge", "browser", "googlebot"].flatMap((who) => [`${who}.body`, `${who}.head.json`]),
          ...pictures,
        ]),
      );
      expect((await readdir(folder)).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
      expect(await Bun.file(join(folder, "edge.body")).text()).toBe(falsePage);
      expect(await Bun.file(join(folder, "edge.head.json")).text()).toContain("x-powered-by");

      const told = files.filter(({ name }) => !name.endsWith(".head.json"));
      await eventually("a story that names all of it", async () => {
        const { stdout: story } = await kasbah.kasbah("incidents", "show", id);
        const isWhole = told.every(({ name, sha256: hash }) => story.includes(`${finding}/${name} ${hash}`));
        return isWhole && /the name news\.example/.test(story) ? true : undefined;
      });
      for (const { name, sha256: hash } of files)
        expect(sha256(await Bun.file(join(folder, name)).bytes()) as string).toBe(hash);
    },
    patientMs,
  );

  test(
    "can't be changed afterwards without anybody noticing, nor without Kasbah running",
    async () => {
      const { evidence } = dataFolder(kasbah.data);
      const [finding = ""] = await readdir(evidence);
      await kasbah.stop();
      await appendFile(join(evidence, finding, "edge.body"), "<!-- we never wrote this -->");
      const { exitCode, stdout, stderr } = await kasbah.kasbah("origin", "evidence", finding);
      expect(exitCode).not.toBe(0);
      expect(stdout).toMatch(/^changed .* edge\.body$/m);
      expect(stderr).toContain("can't be what was gathered");
    },
    patientMs,
  );
});
