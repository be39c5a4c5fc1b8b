/** No test file may get lost on the way into its run. */
import { expect, test } from "bun:test";
import { stagesOf } from "./stages.ts";

const files = [
  ...new Bun.Glob("{src,test,attacks,bench}/**/*.test.{ts,tsx}").scanSync(`${import.meta.dir}/..`),
];

test("each file is in one run", () => {
  const shared = stagesOf(files).flatMap(({ runs }) => runs.flat());
  expect(shared.toSorted()).toEqual(files.toSorted());
});

test("what a machine's business would spoil comes last", () => {
  const [beside, ...apart] = stagesOf(files).map(({ runs }) => runs.flat());
  expect(beside).toContain("test/scenarios/up.test.ts");
  expect(apart.map((those) => those.filter((file) => /cgem|mamfakinch|looking\.test/.test(file)))).toEqual([
    ["test/scenarios/mamfakinch-2011.test.ts"],
    ["src/origin/looking/looking.test.ts", "test/scenarios/cgem.test.ts"],
  ]);
});
