/** A picture at a known address: encoded anew it is still that picture, and nobody is asked; another one is asked about. */
import { expect, test } from "bun:test";
import sharp from "sharp";
import { html, type LivingOrigin } from "../../../test/living-origin.ts";
import { protectedSite } from "../../../test/origin-newsroom.ts";

const drawn = (inner: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="#fff"/>${inner}</svg>`,
  );
const logo = drawn('<circle cx="100" cy="100" r="80" fill="#0a5"/>');
const other = drawn('<rect x="0" y="0" width="200" height="140"/>');

function shows({ answers }: Pick<LivingOrigin, "answers">, bytes: Buffer): void {
  const headers = { "content-type": "image/png" };
  answers.set("/logo.png", () => new Response(new Uint8Array(bytes), { headers }));
}

test("encoded anew it becomes baseline by itself; another picture never does", async () => {
  await using site = await protectedSite();
  const { living, watching, protecting } = site;
  shows(living, await sharp(logo).png().toBuffer());
  living.answers.set("/", () => html({ title: "Accueil", body: '<img src="/logo.png" alt="">' }));
  protecting.origin.snapshot.begin(true);
  await protecting.origin.snapshot.idle();
  await protecting.origin.approve([]);
  const hash = async () => (await site.entries()).find(({ path }) => path === "/logo.png")?.copy.sha256;
  const first = await hash();

  shows(living, await sharp(logo).resize(180).png({ palette: true }).toBuffer());
  protecting.origin.hints.add("/logo.png" as never);
  await watching.round();
  const second = await hash();
  expect(second).not.toBe(first);
  expect(site.questions.list()).toEqual([]);

  shows(living, await sharp(other).png().toBuffer());
  protecting.origin.hints.add("/logo.png" as never);
  await watching.round();
  expect(await hash()).toBe(second);
  expect(site.questions.list("open").map(({ addresses }) => addresses)).toEqual([["/logo.png"]]);
});
