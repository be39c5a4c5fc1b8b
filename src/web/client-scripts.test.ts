/** Islands are bundled once, for production, and small. */
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ClientScripts, scriptPrefix } from "./client-scripts.ts";

const folder = temporaryFolder();
afterAll(folder.remove);
let scripted = 0;

async function scriptOf(source: string): Promise<{ name: string; entry: string }> {
  const entry = join(folder.path, `${(scripted += 1)}.client.ts`);
  await Bun.write(entry, source);
  return { name: "some", entry };
}

test("a script is bundled, minified, compressed, and found under a name that says what is in it", async () => {
  const scripts = new ClientScripts();
  const script = await scriptOf("const who: string = process.env.NODE_ENV ?? ''; document.title = who;");
  const address = await scripts.address(script);
  expect(address).toMatch(/^\/scripts\/some\.[0-9a-f]{16}\.js$/);
  const found = scripts.find(address.slice(scriptPrefix.length));
  const text = new TextDecoder().decode(found?.body);
  expect(text).toContain("production");
  expect(text).not.toContain("process.env");
  expect(brotliDecompressSync(found?.brotli ?? "").toString()).toBe(text);
});

test("it is compressed as well as can be once somebody has asked for it", async () => {
  const scripts = new ClientScripts();
  const lines = Array.from({ length: 400 }, (_, at) => `document.title += "line ${at} ${at % 7}";`);
  const address = await scripts.address(await scriptOf(lines.join("\n")));
  const found = scripts.find(address.slice(scriptPrefix.length));
  const quick = found?.brotli.length ?? 0;
  while (found?.brotli.length === quick) await Bun.sleep(5);
  expect(found?.brotli.length).toBeLessThan(quick);
  expect(brotliDecompressSync(found?.brotli ?? "").toString()).toBe(new TextDecoder().decode(found?.body));
});

test("what was prepared is the very bundle that a page names", async () => {
  const scripts = new ClientScripts();
  const script = await scriptOf("document.title = 'prepared';");
  scripts.prepare(script);
  expect(await scripts.address(script)).toBe(await scripts.address({ ...script }));
});

test("what can't be bundled fails where a page asks for it, not before", async () => {
  const scripts = new ClientScripts();
  const script = await scriptOf("import './nowhere.ts';");
  scripts.prepare(script);
  expect(scripts.address(script)).rejects.toThrow();
});
