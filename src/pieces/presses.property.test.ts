/** Whoever presses whichever buttons in whatever order, with whatever page they had open: what pieces promise holds, nothing fails. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { contentOf } from "../../test/model/model.ts";
import { draft, type Story } from "../../test/studio/story.ts";
import type { Text } from "./piece.ts";

const press = fc.record({
  who: fc.constantFrom("author", "editor", "stranger"),
  path: fc.constantFrom(
    "workflow",
    "workflow",
    "publish",
    "publish",
    "schedule",
    "unschedule",
    "private",
    "address",
    "corrections",
    "restore",
    "withdraw",
    "save",
  ),
  to: fc.constantFrom("idea", "draft", "in review", "ready"),
  at: fc.constantFrom("2011-08-01T09:30", "2011-07-01T09:30", "never"),
  slug: fc.constantFrom("one", "two", "…"),
  isStale: fc.boolean(),
});
type Press = typeof press extends fc.Arbitrary<infer T> ? T : never;

test("any sequence of presses", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(press, { minLength: 4, maxLength: 14, size: "max" }), async (presses) => {
      await using story = await draft();
      const editor = story.signIn("editor", "portal", "rif");
      const stranger = story.signIn("contributor", "portal", "rif");
      const first = story.text().workingRevision;
      for (const each of presses) {
        const before = story.text();
        story.studio.become({ author: story.author, editor, stranger }[each.who]);
        const outcome = await take(story, each, first);
        const after = story.text();
        lawful(before, after, each);
        if (each.who === "stranger" && each.path !== "save")
          expect([outcome, after]).toEqual(["403", before]);
        if (after.publication === "published") expect(readyOf(story, after)).toBe("ready");
        expect(isPublic(story)).toBe(after.publication === "published");
      }
    }),
    { numRuns: 12 },
  );
}, 30_000);

async function take(story: Story, { path, to, at, slug, isStale }: Press, first: string): Promise<string> {
  const { newsroom, id } = story;
  const parent = story.text().workingRevision;
  if (path === "save") {
    newsroom.pieces.saveRevision({ textId: id, parent, content: contentOf("Une marche, encore") });
    return "saved";
  }
  const fields = { to, at, slug, version: first, kind: "update", note: `Note ${slug}` };
  const outcome = await story.press(path, { ...fields, revision: isStale ? first : parent });
  expect(outcome).not.toMatch(/^(4(?!03)|5)/);
  return outcome;
}

function lawful(before: Text, after: Text, { path }: Press): void {
  if (before.publication === "withdrawn")
    expect(after).toEqual({ ...before, workingRevision: after.workingRevision });
  if (before.publishedAt !== null) expect(after.publishedAt).toBe(before.publishedAt);
  if (before.path !== null && path !== "address") expect(after.path).toBe(before.path);
  if (path === "save") expect(after.publishedRevision).toBe(before.publishedRevision);
  expect(after.publication === "published").toBe(after.publishedRevision !== null);
  expect(after.publication === "scheduled").toBe(after.scheduledFor !== null);
}

function readyOf({ newsroom }: Story, { publishedRevision }: Text): string | undefined {
  return newsroom.pieces.revision(publishedRevision ?? "")?.workflow;
}

/** As readers see it: its own address answers with a page. */
function isPublic({ newsroom, text }: Story): boolean {
  const targets = [...(newsroom.publisher.current?.edition.targets.values() ?? [])];
  return targets.some(
    ({ site, path, status }) => site === "portal" && path === text().path && status === 200,
  );
}
