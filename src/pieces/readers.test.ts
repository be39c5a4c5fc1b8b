/** What whoever published is told: readers have it, it is on its way, or it couldn't be made. */
import { expect, test } from "bun:test";
import { publishStory } from "../../test/model/model.ts";
import { openTextStudio } from "../../test/studio/text-studio.ts";
import { ClientScripts } from "../web/client-scripts.ts";
import { reachReaders } from "./readers.ts";

test("an edge that serves the edition only after it was asked is waited for", async () => {
  await using where = await openTextStudio();
  const parts = { ...where.newsroom, bus: where.bus, scripts: new ClientScripts() };
  publishStory(where.newsroom.pieces, "Une marche");
  const edge = { id: "e", version: "1", addresses: [], workers: 1, edition: null, requests: 0, refused: 0 };
  where.bus.respond("edge.status", () => {
    where.bus.publish("edition.served", { edge: "e", version: 1, id: "x" });
    return { edge: { ...edge, started_at: "2011-07-31T14:00:00Z" }, edition: null };
  });
  expect(await reachReaders(parts)).toBe("now");
});

test("without an edge it is on its way; an edition that can't be made is said to have failed", async () => {
  await using where = await openTextStudio();
  const parts = { ...where.newsroom, bus: where.bus, scripts: new ClientScripts() };
  publishStory(where.newsroom.pieces, "Une marche");
  expect(await reachReaders(parts)).toBe("late");
  expect(await reachReaders(parts, () => Promise.reject(new Error("the disk is full")))).toBe("failed");
});
