// What a worker notes down for the main thread: sums that nobody can spoil by what they call themselves, and no more than there is room for.
import { expect, test } from "bun:test";
import type { RequestTraits } from "../decision/requests/request-traits.ts";
import { WorkerNotes } from "./worker-notes.ts";

function speaking(language: string): RequestTraits {
  const text: RequestTraits["text"] = (trait) => (trait === "language" ? language : "phone");
  return { hash: () => 0, number: () => 0, text };
}

test("readers in good standing are counted by group, and what a rule would have done to them", () => {
  const notes = new WorkerNotes();
  notes.matched("rule-1", true, 16);
  notes.matched("rule-1", false, 1);
  notes.known(true);
  notes.knownGroups(speaking("ar"), "rule-1");
  notes.known(false);
  notes.knownGroups(speaking("ar"), undefined);
  const { rules, known, knownRequests, knownServed } = notes.take();
  expect([knownRequests, knownServed, known.get("ar"), known.get("phone")]).toEqual([2, 1, 2, 6]);
  expect(rules.get("rule-1")).toMatchObject({ matched: 17, refused: 16 });
  expect(rules.get("rule-1")?.known.get("ar")).toBe(1);
  expect(notes.take()).toMatchObject({ knownRequests: 0, knownServed: 0, forKernel: { ban: [], unban: [] } });
});

test("a language that is called as something that every object has is a language", () => {
  const notes = new WorkerNotes();
  for (const language of ["toString", "valueOf", "__proto__"]) {
    notes.knownGroups(speaking(language), "rule-1");
  }
  const { known, rules } = notes.take();
  expect(["toString", "valueOf", "__proto__"].map((group) => known.get(group))).toEqual([1, 1, 1]);
  expect(rules.get("rule-1")?.known.get("toString")).toBe(1);
});

test("groups and addresses beyond what there is room for are not kept", () => {
  const notes = new WorkerNotes();
  for (let at = 0; at < 5_000; at += 1) {
    notes.known(true);
    notes.knownGroups(speaking(`x-${at}`), "rule-1");
    notes.wish("ban", `127.10.${at >> 8}.${at & 255}`);
  }
  const { known, rules, forKernel, knownRequests } = notes.take();
  expect([known.size, rules.get("rule-1")?.known.size, forKernel.ban.length]).toEqual([512, 512, 2_048]);
  expect(knownRequests).toBe(5_000);
});
