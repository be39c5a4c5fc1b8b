/** From a draft to readers and away again, through the front door: every step, every refusal, nothing twice. */
import { describe, expect, test } from "bun:test";
import { addPicture, bodyOf, contentOf } from "../../test/model/model.ts";
import { draft, serveAll, type Story } from "../../test/studio/story.ts";
import { BlobStore } from "../store/blobs.ts";

function workflowOf({ newsroom, text }: Story): string | undefined {
  return newsroom.pieces.revision(text().workingRevision)?.workflow;
}

describe("a contributor", () => {
  test("hands in and takes back, and neither judges nor publishes", async () => {
    await using story = await draft();
    expect(await story.pressSeen("workflow", { to: "in review" })).toBe("handed in");
    expect(workflowOf(story)).toBe("in review");
    expect(await story.pressSeen("workflow", { to: "in review" })).toBe("already so");
    expect(await story.pressSeen("workflow", { to: "ready" })).toBe("403");
    expect(await story.pressSeen("workflow", { to: "draft" })).toBe("taken back");
    for (const path of ["publish", "schedule", "unschedule", "private", "corrections", "withdraw"]) {
      expect(await story.pressSeen(path, { at: "2030-01-01T10:00", kind: "update", note: "x" })).toBe("403");
    }
    expect(story.text().publication).toBe("none");
  });

  test("touches nobody else's text, nor one of another section, and sees no button for it", async () => {
    await using story = await draft();
    story.signIn("contributor", "portal", "rif");
    expect(await story.pressSeen("workflow", { to: "in review" })).toBe("403");
    const page = await (await story.studio.get(`/texts/${story.id}`)).text();
    expect(page).not.toContain(`/texts/${story.id}/workflow`);
    story.signIn("contributor", "portal", "eau");
    expect((await story.studio.get(`/texts/${story.id}`)).status).toBe(403);
    expect(await story.pressSeen("workflow", { to: "in review" })).toBe("403");
  });
});

describe("an editor", () => {
  test("sends back with a word, which its author reads until it is handed in again", async () => {
    await using story = await draft();
    await story.pressSeen("workflow", { to: "in review" });
    story.signIn("editor", "portal", "rif");
    expect(await story.pressSeen("workflow", { to: "draft", reason: "Who <b>counted</b>?" })).toBe(
      "sent back",
    );
    story.studio.become(story.author);
    const page = async (): Promise<string> => await (await story.studio.get(`/texts/${story.id}`)).text();
    expect(await page()).toContain("Who &lt;b&gt;counted&lt;/b&gt;?");
    await story.pressSeen("workflow", { to: "in review" });
    expect(await page()).not.toContain("counted");
  });

  test("publishes a draft in one act, recorded as the steps that it takes; readers have it", async () => {
    await using story = await draft();
    serveAll(story);
    const editor = story.signIn("editor", "portal", "rif");
    expect(await story.pressSeen("publish")).toBe("published/now");
    expect(story.published()).toContain("/fr/2011/07/une-marche");
    const steps = story.newsroom.database.query("SELECT to_state, account_id FROM workflow_step ORDER BY id");
    expect(steps.values()).toEqual([
      ["in review", editor.id],
      ["ready", editor.id],
    ]);
    const { version } = story.newsroom.publisher.facts() ?? {};
    expect(await story.pressSeen("publish")).toBe("already so/now");
    expect(story.newsroom.publisher.facts()?.version).toBe(version);
  });

  test("is told where no edge answers, and that the text is published all the same", async () => {
    await using story = await draft();
    story.signIn("editor");
    expect(await story.pressSeen("publish")).toBe("published/late");
    expect(story.published()).toContain("/fr/2011/07/une-marche");
  });

  test("doesn't publish words that somebody changed meanwhile; two who press at once publish once", async () => {
    await using story = await draft();
    story.signIn("editor");
    const seen = story.text().workingRevision;
    story.newsroom.pieces.saveRevision({ textId: story.id, parent: seen, content: contentOf("Changed") });
    expect(await story.press("publish", { revision: seen })).toBe("changed meanwhile");
    expect(story.text().publication).toBe("none");
    const both = await Promise.all([story.pressSeen("publish"), story.pressSeen("publish")]);
    expect(both.toSorted()).toEqual(["already so/late", "published/late"]);
    expect(story.newsroom.publisher.facts()?.version).toBe(1);
  });

  test("can’t call what readers have a draft again: that takes a newer version", async () => {
    await using story = await draft();
    story.signIn("editor");
    await story.pressSeen("publish");
    expect(await story.pressSeen("workflow", { to: "draft" })).toBe("no such step");
    expect(workflowOf(story)).toBe("ready");
  });

  test("holds no right in another section", async () => {
    await using story = await draft();
    story.signIn("editor", "portal", "eau");
    for (const path of ["publish", "private", "withdraw", "workflow"]) {
      expect(await story.pressSeen(path, { to: "in review" })).toBe("403");
    }
    expect((await story.studio.get(`/texts/${story.id}/withdraw`)).status).toBe(403);
  });
});

describe("a time for publication", () => {
  test("is the newsroom's own; nothing is public before, by no way", async () => {
    await using story = await draft();
    story.signIn("editor");
    const other = story.newsroom.pieces.addPiece({ site: "portal", kind: "story" }).piece.id;
    const public_ = story.newsroom.pieces.addText({
      pieceId: other,
      language: "fr",
      content: contentOf("Autre"),
      workflow: "ready",
    });
    story.newsroom.pieces.publish(public_.text.id);
    expect(await story.pressSeen("schedule", { at: "2011-08-01T09:30" })).toBe("scheduled");
    expect(await story.pressSeen("schedule", { at: "2011-08-01T09:30" })).toBe("already so");
    expect(story.text().scheduledFor).toBe("2011-08-01T09:30:00.000Z");
    await story.newsroom.publisher.publish();
    const targets = [...(story.newsroom.publisher.current?.edition.targets.values() ?? [])];
    const blobs = new BlobStore(story.data.blobs);
    expect(targets.filter(({ path }) => path.includes("une-marche"))).toEqual([]);
    const found = await Promise.all(targets.map(({ sha256 }) => blobs.get(sha256)));
    const pages = found.map((blob) => (blob.state === "whole" ? new TextDecoder().decode(blob.data) : ""));
    expect(pages.filter((page) => page.includes("Autre")).length).toBeGreaterThan(3);
    expect(pages.filter((page) => page.includes("Une marche"))).toEqual([]);
    story.clock.advance(24 * 60 * 60 * 1_000);
    expect(story.newsroom.pieces.publishDue()).toMatchObject([{ result: { outcome: "done" } }]);
  });

  test("that is over, or no time at all, is refused; taken off the plan it stays a draft", async () => {
    await using story = await draft();
    story.signIn("editor");
    expect(await story.pressSeen("schedule", { at: "2011-07-01T09:30" })).toBe("in the past");
    expect(await story.pressSeen("schedule", { at: "soon" })).toBe("no time");
    expect(workflowOf(story)).toBe("draft");
    expect(await story.pressSeen("schedule", { at: "2011-08-01T09:30" })).toBe("scheduled");
    expect(await story.press("unschedule")).toBe("unscheduled");
    expect(await story.press("unschedule")).toBe("already so");
    expect(story.text().publication).toBe("none");
  });
});

describe("taken away", () => {
  test("private: off the site, and back again at the same address", async () => {
    await using story = await draft();
    story.signIn("editor");
    await story.pressSeen("publish");
    expect(await story.press("private")).toBe("private/late");
    expect(story.published()).not.toContain("/fr/2011/07/une-marche");
    expect(await story.press("private")).toBe("already so");
    expect(await story.pressSeen("publish")).toBe("published/late");
    expect(story.published()).toContain("/fr/2011/07/une-marche");
  });

  test("withdrawn: the page asks first; then it is gone for good, and nothing more can be done", async () => {
    await using story = await draft();
    story.signIn("editor");
    expect(await story.press("withdraw")).toBe("no such step");
    await story.pressSeen("publish");
    const asked = await (await story.studio.get(`/texts/${story.id}/withdraw`)).text();
    expect(asked).toContain("Nothing brings it back");
    const both = await Promise.all([story.press("withdraw"), story.press("withdraw")]);
    expect(both.toSorted()).toEqual(["already so", "withdrawn/late"]);
    const target = [...(story.newsroom.publisher.current?.edition.targets.values() ?? [])].find(
      ({ path }) => path === "/fr/2011/07/une-marche",
    );
    expect(target?.status).toBe(410);
    expect(await (await story.studio.get(`/texts/${story.id}`)).text()).not.toContain('class="writing"');
    for (const path of ["publish", "private", "unschedule", "schedule"]) {
      expect(await story.pressSeen(path, { at: "2030-01-01T10:00" })).toBe("no such step");
    }
  });

  test("withdrawn after it was kept private: what earlier editions showed is erased too", async () => {
    await using story = await draft();
    story.signIn("editor");
    await story.pressSeen("publish");
    const shown = [...(story.newsroom.publisher.current?.edition.targets.values() ?? [])]
      .filter(({ path }) => path.startsWith("/fr/2011/07/une-marche"))
      .map(({ sha256 }) => sha256);
    expect(shown).toHaveLength(2);
    await story.press("private");
    expect(await story.press("withdraw")).toBe("withdrawn/late");
    const withdrawals = story.newsroom.publisher.current?.edition.withdrawals ?? [];
    expect(withdrawals.map(({ path }) => path).toSorted()).toEqual([
      "/fr/2011/07/une-marche",
      "/fr/2011/07/une-marche/text",
    ]);
    expect(withdrawals.flatMap(({ blobs }) => blobs)).toEqual(expect.arrayContaining(shown));
  });
});

describe("the address", () => {
  test("follows the title until first publication, unless somebody chose one", async () => {
    await using story = await draft();
    story.signIn("editor");
    const renamed = { textId: story.id, parent: story.text().workingRevision, content: contentOf("À Nador") };
    story.newsroom.pieces.saveRevision(renamed);
    await story.pressSeen("publish");
    expect(story.text().path).toBe("/fr/2011/07/a-nador");
  });

  test("chosen by its author before, by an editor after; the old one leads on", async () => {
    await using story = await draft();
    expect(await story.press("address", { slug: "Marche du Rif!" })).toBe("moved");
    expect(await story.press("address", { slug: "…" })).toBe("no address");
    story.signIn("editor");
    await story.pressSeen("publish");
    expect(story.text().path).toBe("/fr/2011/07/marche-du-rif");
    expect(await story.press("address", { slug: "la-marche" })).toBe("moved/late");
    const old = [...(story.newsroom.publisher.current?.edition.targets.values() ?? [])].find(
      ({ path }) => path === "/fr/2011/07/marche-du-rif",
    );
    expect(old?.status).toBe(301);
    story.studio.become(story.author);
    expect(await story.press("address", { slug: "mine" })).toBe("403");
  });
});

test("bodies that are too long, no form, or not of the form get one clear answer", async () => {
  await using story = await draft();
  story.signIn("editor");
  expect(await story.pressSeen("workflow", { to: "nonsense" })).toBe("422");
  expect(await story.press("publish")).toBe("422");
  expect(await story.pressSeen("workflow", { to: "draft", reason: "a".repeat(1_001) })).toBe("422");
  expect(await story.pressSeen("workflow", { to: "draft", reason: "a".repeat(70_000) })).toBe("413");
  expect((await story.studio.postJson(`/texts/${story.id}/publish`, {})).status).toBe(415);
  expect((await story.studio.post("/texts/01NOBODY/publish", { revision: "x" })).status).toBe(404);
  expect(story.text().publication).toBe("none");
});

describe("a picture without words", () => {
  const media = "01J9Z3K5Q8R2T4V6X8Z0B2D4F6";
  const illustrate = (story: Story, decorative?: true): void => {
    addPicture(story.newsroom, media);
    story.newsroom.pieces.saveRevision({
      textId: story.id,
      parent: story.text().workingRevision,
      content: contentOf(
        "Une marche",
        "",
        bodyOf({ type: "image", attrs: { id: "i", media, alt: "", decorative } }),
      ),
    });
  };

  test("is warned of, and published when whoever publishes is asked once more", async () => {
    await using story = await draft();
    story.signIn("editor");
    illustrate(story);
    const page = async (query = ""): Promise<string> =>
      await (await story.studio.get(`/texts/${story.id}${query}`)).text();
    expect(await page()).toContain("One picture has no description.");
    expect(await story.pressSeen("publish")).toBe("undescribed");
    expect(story.text().publication).toBe("none");
    expect(workflowOf(story)).toBe("draft");
    expect(await page("?notice=undescribed")).toContain('name="insists" value="yes"');
    expect(await story.pressSeen("publish", { insists: "yes" })).toBe("published/late");
  });

  test("is asked about before a time is set too, and that time isn't lost", async () => {
    await using story = await draft();
    story.signIn("editor");
    illustrate(story);
    const at = "2011-08-01T09:30";
    const revision = story.text().workingRevision;
    const answer = await story.studio.post(`/texts/${story.id}/schedule`, { revision, at });
    const asked = await (await story.studio.get(answer.headers.get("location") ?? "")).text();
    expect(asked).toContain(`action="/texts/${story.id}/schedule"`);
    expect(asked).toContain(`name="at" value="${at}"`);
    expect(await story.pressSeen("schedule", { at, insists: "yes" })).toBe("scheduled");
  });

  test("that only decorates needs none", async () => {
    await using story = await draft();
    story.signIn("editor");
    illustrate(story, true);
    expect(await (await story.studio.get(`/texts/${story.id}`)).text()).not.toContain("no description");
    expect(await story.pressSeen("publish")).toBe("published/late");
  });
});
