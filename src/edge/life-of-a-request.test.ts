// docs/life-of-a-request.md shows the table of phases as it is.
import { expect, test } from "bun:test";
import { join } from "node:path";
import { phases } from "./phases.ts";

test("the page and the table agree: the same phases, in the same order, for the same reasons", async () => {
  const page = await Bun.file(join(import.meta.dir, "../../docs/life-of-a-request.md")).text();
  const rows = page.split("\n").filter((line) => /^\| `\w+` \|/.test(line));
  expect(rows).toEqual(phases.map(({ name, runs, reason }) => `| \`${name}\` | ${runs} | ${reason} |`));
  const drawn = /request ─► (.*) ─► answer/.exec(page)?.[1];
  expect(drawn?.split(" ─► ")).toEqual(phases.map(({ name }) => name));
});
