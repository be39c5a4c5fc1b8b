/** What a person reads when something fails. */
import { expect, test } from "bun:test";
import { explain } from "./explain.ts";

test.each(["ENOSPC", "SQLITE_FULL"])("a full disk (%s) is said plainly, whoever met it", (code) => {
  const thrown = Object.assign(new Error("no space"), { code });
  const wrapped = new Error("storing a page failed", { cause: thrown });
  expect(explain(wrapped).lines.join()).toEndWith("the disk is full: free some space, then try again");
});
