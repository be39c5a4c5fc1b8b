/** What a page is made of is held to its hash. */
import { expect, test } from "bun:test";
import { factsOf, site } from "../../../test/guarded-site.ts";
import { learnSite } from "../learning/site.ts";
import type { DocumentKind } from "../facts.ts";
import { judgeAsset } from "./judge.ts";

const javascript: [string, string][] = [["content-type", "text/javascript"]];
const path = "/wp-content/themes/portail/main.js?ver=1.4";
const main = factsOf("start();", path, { headers: javascript });
const known = { sha256: main.sha256, kind: "script" as DocumentKind };
const by = { site, address: path, working: false };

function outcome(body: string, type: string, of: typeof known | undefined, address = path): string {
  const facts = factsOf(body, address, { headers: [["content-type", type]] });
  const verdict = judgeAsset(facts, of, { ...by, address });
  return verdict.kind === "contradicts" && verdict.alarm ? "alarm" : verdict.kind;
}

test("the same contents are vouched for, others are asked about", () => {
  expect(judgeAsset(main, known, by)).toEqual({ kind: "vouched", facts: [] });
  expect(outcome("start(); steal();", "text/javascript", known)).toBe("contradicts");
  expect(outcome("start(); steal();", "text/javascript", undefined, "/other.js")).toBe("contradicts");
});

test("the same contents under the next version's address are vouched for", () => {
  const { site: withMain } = learnSite([], [{ address: path, kind: "script", sha256: main.sha256 }]);
  const next = path.replace("1.4", "1.5");
  expect(judgeAsset(main, undefined, { ...by, site: withMain, address: next }).kind).toBe("vouched");
  expect(judgeAsset(main, undefined, { ...by, address: next }).kind).toBe("contradicts");
});

test("a page in place of a script raises an alarm", () => {
  expect(outcome("<h1>Hacked by X</h1>", "text/html", known)).toBe("alarm");
});

test("a new picture comes with every article, a changed one is asked about", () => {
  expect(outcome("new", "image/png", undefined, "/wp-content/uploads/neuf.png")).toBe("vouched");
  expect(outcome("new", "image/png", { sha256: "0".repeat(64), kind: "image" })).toBe("contradicts");
});

test("a drawing that runs code which leads away raises an alarm", () => {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg"><script>location="https://evil.example/"</script></svg>';
  expect(outcome(drawing, "image/svg+xml", undefined, "/wp-content/uploads/x.svg")).toBe("alarm");
});

test("a script that is gone says so itself", () => {
  const gone = factsOf("", path, { status: 404, headers: javascript });
  expect(judgeAsset(gone, known, by).kind).toBe("vouched");
  expect(judgeAsset({ ...gone, status: 503 }, known, by).kind).toBe("contradicts");
});
