/** Material keeps what is said of it and everything that checking came to. */
import { expect, test } from "bun:test";
import { createModel } from "../../test/model/model.ts";
import type { NewMaterial } from "./material.ts";

const video: NewMaterial = { kind: "video", source: "https://video.example/1", claim: { fr: "Une charge" } };
const note = { fr: "Filmé en 2009." };

test("starts unverified; the newest finding is its state, the earlier ones stay", () => {
  const { material } = createModel();
  const { id, state } = material.addMaterial(video).material;
  expect(state).toBe("unverified");
  material.addFinding(id, { state: "in progress", at: "2011-07-31T10:00:00.000Z", note: {} });
  material.addFinding(id, { state: "verified", at: "2011-07-31T11:00:00.000Z", note });
  material.addFinding(id, { state: "false", at: "2011-07-31T12:00:00.000Z", note });
  expect(material.material(id)?.state).toBe("false");
  expect(material.material(id)?.findings.map((finding) => finding.state)).toEqual([
    "in progress",
    "verified",
    "false",
  ]);
});

test.each([
  [{ state: "unverified", at: "2011-07-31T11:00:00.000Z", note }, "goes back to unverified"],
  [{ state: "false", at: "2011-07-31T11:00:00.000Z", note: {} }, "needs a note"],
  [{ state: "verified", at: "2011-07-31T09:00:00.000Z", note }, "older than the last one"],
] as const)("a finding %o is refused", (finding, reason) => {
  const { material } = createModel();
  const { id } = material.addMaterial(video).material;
  material.addFinding(id, { state: "in progress", at: "2011-07-31T10:00:00.000Z", note: {} });
  expect(material.addFinding(id, finding)).toEqual({ outcome: "refused", reason });
  expect(material.material(id)?.state).toBe("in progress");
});

test("a finding about nothing is refused, and an import that comes twice adds nothing", () => {
  const { material } = createModel();
  const finding = { state: "false", at: "2011-07-31T10:00:00.000Z", note } as const;
  expect(material.addFinding("nothing", finding)).toEqual({ outcome: "refused", reason: "unknown material" });
  const first = material.addMaterial(video, "wxr:1");
  expect(material.addMaterial(video, "wxr:1")).toEqual({ ...first, added: false });
});

test("a source that is no web address, and a claim in no language, are refused", () => {
  const { material } = createModel();
  expect(() => material.addMaterial({ ...video, source: "javascript:alert(1)" })).toThrow();
  expect(() => material.addMaterial({ ...video, claim: {} })).toThrow();
});
