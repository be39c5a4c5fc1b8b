/** The record of what was done: newest first, in pages, and nobody rewrites it. */
import { expect, test } from "bun:test";
import { createModel } from "../../test/model/model.ts";
import { createAudit } from "./audit.ts";

function record() {
  const { database, clock, people } = createModel();
  return { database, clock, audit: createAudit(database, { clock }), amina: people.addAccount("Amina").id };
}

test("what was noted comes back newest first, page by page", () => {
  const { audit, clock, amina } = record();
  for (const subject of ["a", "b", "c"]) {
    clock.advance(1_000);
    audit.note({ account: amina, act: "text.publish", subject });
  }
  audit.note({ account: null, act: "people.invite", subject: "d", detail: "steward" });
  const first = audit.entries({ limit: 2 });
  expect(first.map(({ subject }) => subject)).toEqual(["d", "c"]);
  expect(first[0]).toMatchObject({ account: null, act: "people.invite", detail: "steward" });
  expect(audit.entries({ before: first[1]?.id, limit: 10 }).map(({ subject }) => subject)).toEqual([
    "b",
    "a",
  ]);
});

test("it only grows", () => {
  const { audit, database, amina } = record();
  audit.note({ account: amina, act: "text.publish", subject: "a" });
  expect(() => database.run("DELETE FROM audit")).toThrow("only grows");
  expect(() => database.run("UPDATE audit SET subject = 'b'")).toThrow("only grows");
});

test.each([
  ["an act without a form", { act: "published" }],
  ["a subject that is a text", { subject: "x".repeat(201) }],
  ["an account that is none", { account: "01NOBODY" }],
])("%s is not taken", (_, wrong) => {
  const { audit, amina } = record();
  expect(() => audit.note({ account: amina, act: "text.publish", subject: "a", ...wrong })).toThrow();
});
