/** An item's HTML before it is parsed: shortcodes, reusable blocks, lead pictures, and what would grow without end. */
import { describe, expect, test } from "bun:test";
import { wordsOf } from "../../pieces/body.ts";
import { contentOf } from "./content.ts";
import { channelSchema, itemSchema, type WxrItem } from "./parts.ts";
import { withoutShortcodes } from "./shortcodes.ts";
import { Survey } from "./survey.ts";

function itemOf(fields: Record<string, string>): WxrItem {
  const parsed = itemSchema.parse({ "wp:post_type": "post", ...fields, categories: [], meta: [] });
  return { ...parsed, line: 1, comments: 0, tooLong: [] };
}

function surveyOf(...items: readonly WxrItem[]): Survey {
  const survey = new Survey();
  survey.add({ kind: "channel", channel: channelSchema.parse({ link: "https://old.example" }) });
  for (const item of items) survey.add({ kind: "item", item });
  return survey;
}

function picture(id: string, caption = ""): WxrItem {
  return itemOf({
    "wp:post_id": id,
    "wp:post_type": "attachment",
    "wp:post_parent": "1",
    "wp:attachment_url": `https://old.example/${id}.jpg`,
    "excerpt:encoded": caption,
  });
}

function wordsFrom(content: string, survey = surveyOf()): string {
  const result = contentOf(itemOf({ "wp:post_id": "1", "content:encoded": content }), "en", survey, "UTC");
  return result.ok ? wordsOf(result.content.body) : result.reason;
}

describe("shortcodes", () => {
  const nothing = { byId: () => undefined, ofThisPost: [] };

  test.each([
    ["[[gallery]]", "[gallery]"],
    ["[unknown a=1]x[/unknown]", "[unknown a=1]x[/unknown]"],
    ["[gallery ids='9']", "[gallery ids='9']"],
    ["[caption]no end", "[caption]no end"],
    ["[/caption]", "[/caption]"],
    ["[captions]", "[captions]"],
    ["a [embed]https://v.example/1[/embed] b", "a \n\nhttps://v.example/1\n\n b"],
    ["[code lang=js]a < b[/code]", "<pre>a &lt; b</pre>"],
    [
      "[caption caption='old']<img src=a>[/caption]",
      "<figure><img src=a><figcaption>old</figcaption></figure>",
    ],
  ])("%s", (written, shown) => {
    expect(withoutShortcodes(written, nothing)).toBe(shown);
  });

  test("a gallery shows the pictures that it names, or those of the post", () => {
    const survey = surveyOf(picture("7", "seven"), picture("8", "eight"), picture("9", "nine"));
    expect(wordsFrom('[gallery ids="9,7,404"]', survey)).toBe("nine\nseven");
    expect(wordsFrom('before [gallery exclude="8"] after', survey)).toBe("before\nseven\nnine\nafter");
  });

  test("players become links", () => {
    expect(
      wordsFrom('[audio https://old.example/a.mp3][video mp4="https://old.example/b.mp4"][/video]'),
    ).toBe("https://old.example/a.mp3\nhttps://old.example/b.mp4");
  });
});

test("a gallery repeated without end grows no further than a text may", () => {
  const survey = surveyOf(
    ...Array.from({ length: 200 }, (_, at) => picture(String(at + 1), "x".repeat(1_000))),
  );
  expect(wordsFrom("[gallery]".repeat(100_000), survey)).toMatch(/^it is longer than \d+ characters$/);
});

test("reusable blocks that hold each other many times over stop in time", () => {
  const reference = (id: number): string => `<!-- wp:block {"ref":${id}} /-->`;
  const blocks = [11, 12, 13, 14].map((id) =>
    itemOf({
      "wp:post_id": String(id),
      "wp:post_type": "wp_block",
      "content:encoded": `<p>w</p>${reference(id + 1).repeat(2_000)}`,
    }),
  );
  expect(wordsFrom(reference(11), surveyOf(...blocks)).startsWith("w\nw")).toBe(true);
});

test("titles and excerpts that are too long are cut between characters, and said so", () => {
  const item = itemOf({ "wp:post_id": "1", title: "🙂".repeat(200), "excerpt:encoded": "e".repeat(2_000) });
  const result = contentOf(item, "en", surveyOf(), "UTC");
  if (!result.ok) throw new Error(result.reason);
  expect(result.content.title).toBe(`${"🙂".repeat(149)}…`);
  expect(result.content.standfirst).toHaveLength(1_000);
  expect(result.remarks).toEqual([
    "title shortened to 300 characters",
    "excerpt shortened to 1000 characters",
  ]);
});

test("a lead picture stands in front, unless the text shows it", () => {
  const survey = surveyOf(picture("5", "lead"));
  const lead = {
    ...itemOf({ "wp:post_id": "1", "content:encoded": "text" }),
    meta: new Map([["_thumbnail_id", "5"]]),
  };
  const shown = { ...lead, content: 'text <img class="wp-image-5" src="/5.jpg" alt="here">' };
  const words = (item: WxrItem): string => {
    const result = contentOf(item, "en", survey, "UTC");
    return result.ok ? wordsOf(result.content.body) : result.reason;
  };
  expect(words(lead)).toBe("lead\ntext");
  expect(words(shown)).toBe("text\nhere");
});
