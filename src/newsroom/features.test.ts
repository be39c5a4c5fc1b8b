/** What features say of themselves fits together. */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deeds, features, menuOf } from "./features.ts";

const source = join(import.meta.dir, "..");

/** `act: "text.publish"`, `note("text.publish"`, and both of a choice. */
const noted =
  /(?:act[:=] |, |note\(|\? |: )"((?:text|person|grant|passkey|session|invitation|drill|defence|rule|picture|names)\.[a-z-]+)"/g;

test("every deed that is noted can be told in the record", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.tsx?$/.test(path) && !path.includes(".test."),
  );
  const acts = files.flatMap((path) =>
    [...readFileSync(join(source, path), "utf8").matchAll(noted)].map(([, act = ""]) => act),
  );
  expect(acts.length).toBeGreaterThan(20);
  expect([...new Set(acts)].filter((act) => !(act in deeds))).toEqual([]);
});

test("the menu has every feature's entries, the protected site's only where there is one", () => {
  const entries = features.flatMap((feature) => feature.menu ?? []);
  const everything = menuOf({ isProtecting: true });
  expect(new Set(everything)).toEqual(new Set(entries));
  const paths = (isProtecting: boolean) => menuOf({ isProtecting }).map(({ path }) => path);
  expect(paths(true).filter((path) => !paths(false).includes(path))).toEqual(["/origin"]);
});
