/** Names beside the site's own, on a real server of another site's: a replaced front is told, with evidence, though nobody can hold it back. */
import { expect, test } from "bun:test";
import { Resolver } from "node:dns/promises";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { startDnsServer } from "../../../test/dns-server.ts";
import { html, prose, startLivingOrigin } from "../../../test/living-origin.ts";
import { protectedSite } from "../../../test/origin-newsroom.ts";
import type { Finding } from "../../bus/origin-facts.ts";

const name = "blog.cgem.example";
const falsePage = () =>
  new Response(
    "<html><head><title>Hacked by X</title></head><body bgcolor=black><h1>HACKED BY X</h1><marquee>we were here</marquee></body></html>",
    { headers: { "content-type": "text/html" } },
  );

/** The protected site, and another one under a name that leads to this machine. */
async function besideAnother(settings: Parameters<typeof protectedSite>[0] = {}) {
  const stack = new AsyncDisposableStack();
  const dns = stack.use(await startDnsServer({ addresses: { [name]: ["127.0.0.1"] } }));
  const other = stack.use(startLivingOrigin());
  const names = new Resolver({ timeout: 500, tries: 1 });
  names.setServers([dns.address]);
  const site = stack.use(
    await protectedSite({
      originNames: { names, port: 1, plainPort: Number(new URL(other.url).port), timeoutMs: 500 },
      ...settings,
    }),
  );
  const told: Finding[] = [];
  site.edge.subscribe("origin.finding", (finding) => void told.push(finding));
  await site.edge.flush();
  const look = async (): Promise<void> => {
    await site.watching.looking.round();
    await site.watching.looking.gathering.idle();
    await site.edge.flush();
  };
  return { ...site, dns, other, told, look, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const listed = { settings: { hosts_watched: [name], evidence_bytes_max: 64 * 1024 * 1024 } };

test("a front that was replaced is told with evidence until it is right again; ours goes on being learned", async () => {
  await using site = await besideAnother(listed);
  for (let round = 0; round < 3; round += 1) await site.look();
  site.other.answers.set("/", () => html({ title: "Accueil", body: prose(5) }));
  await site.look();
  expect(site.told).toEqual([]);

  const usual = site.other.answers.get("/");
  site.other.answers.set("/", falsePage);
  await site.look();
  await site.look();
  const [first, again] = site.told;
  expect(first).toMatchObject({ verdict: "alarm", held: false });
  expect(first?.facts[0]).toEqual({ what: "sibling host", value: name, weight: "contradicts" });
  expect(JSON.stringify(first?.facts)).toContain("Hacked by X");
  expect(again?.id).toBe(first?.id ?? "none");
  expect(site.questions.list("open").length).toBe(1);
  expect(site.protecting.origin.isHeld).toBe(false);
  const files = await readdir(join(site.data.evidence, first?.id ?? ""));
  expect(files).toEqual(
    expect.arrayContaining(["sibling.body", "sibling.head.json", `name-${name}.json`, "manifest.json"]),
  );

  if (usual !== undefined) site.other.answers.set("/", usual);
  await site.look();
  expect(site.told.at(-1)?.facts).toEqual([{ what: "sibling host", value: name, weight: "note" }]);
  expect(site.questions.list().map(({ status }) => status)).toEqual(["over"]);
});

test("said to be not ours, nothing of ours is held and nobody is asked again", async () => {
  await using site = await besideAnother(listed);
  await site.look();
  site.other.answers.set("/", falsePage);
  await site.look();
  const [question] = site.questions.list("open");
  await site.deciding.quarantine(question?.id ?? "", "not ours");
  await site.look();
  expect(site.held).toEqual([]);
  expect(site.questions.list("open")).toEqual([]);
});

test("a redesign that they say is theirs is right from now on", async () => {
  await using site = await besideAnother(listed);
  await site.look();
  site.other.answers.set("/", falsePage);
  await site.look();
  await site.deciding.accept(site.questions.list("open")[0]?.id ?? "");
  await site.look();
  await site.look();
  expect(site.told.at(-1)?.verdict).toBe("uncertain");
  expect(site.questions.list("open")).toEqual([]);
});

test("one bad moment is none, nor is a server's own fault", async () => {
  await using site = await besideAnother(listed);
  await site.look();
  const usual = site.other.answers.get("/");
  const falseFrom = site.other.asked.length;
  site.other.answers.set("/", (request, visit) =>
    site.other.asked.length === falseFrom + 1 || usual === undefined ? falsePage() : usual(request, visit),
  );
  await site.look();
  site.other.answers.set("/", () => new Response("<title>Hacked by X</title>", { status: 503 }));
  await site.look();
  expect(site.told).toEqual([]);
});

test("names that approved pages link to are looked at without being listed, but never in our own network", async () => {
  await using site = await besideAnother({ hosts: ["www.cgem.example"] });
  site.living.answers.set("/a-propos/", () =>
    html({ title: "À propos", body: `${prose(99)}<a href="http://${name}/">le blog</a>` }),
  );
  site.protecting.origin.snapshot.begin(true);
  await site.protecting.origin.snapshot.idle();
  await site.protecting.origin.approve([]);
  await site.look();
  expect(site.other.asked).toEqual([]);
  expect(site.dns.asked).toContain(`A ${name}`);
});
