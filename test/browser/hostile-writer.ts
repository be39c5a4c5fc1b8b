/** Fills every field of the studio with hostile words, over the addresses that its forms and its editor send to, from a page of its own. */
import { systemClock } from "../../src/base/clock.ts";
import { systemRandom } from "../../src/base/random.ts";
import { ulid } from "../../src/base/ulid.ts";
import type { Body, Block } from "../../src/pieces/body.ts";
import type { Success } from "../../src/pieces/notices.ts";
import type { Colleague } from "./colleague.ts";
import { hostileWords, packed } from "./hostile-words.ts";

type Fields = Readonly<Record<string, string>>;

interface Answer {
  /** After redirects. */
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

export class HostileWriter {
  readonly #who: Colleague;
  /** The newest revision of each text. */
  readonly #revisions = new Map<string, string>();

  constructor(who: Colleague) {
    this.#who = who;
  }

  /** Public ones, with everything that can stand around a text; returns their ids. */
  async writeTexts(): Promise<string[]> {
    await this.#who.visit("/texts/new");
    return await Promise.all(packed(300).map((title, at) => this.#writeText(title, at)));
  }

  async #writeText(title: string, at: number): Promise<string> {
    const text = await this.#start(title);
    const body = at === 0 ? everything : bodyOf(paragraph(title));
    const isSaved = await this.#save(text, title, body, from(packed(1_000), at));
    if (!isSaved) throw new Error(`the text ${JSON.stringify(title)} was refused`);
    await this.#handInAndSendBack(text, from(packed(1_000), at));
    const names = [0, 1, 2, 3].map((each) => from(packed(100), at * 4 + each)).join("\n");
    await this.#act(text, "details", "saved", { section: "", tags: names, bylines: names });
    await this.#must(`/texts/${text}/address`, { slug: from(packed(200), at) });
    await this.publish(text);
    const note = from(packed(2_000), at);
    await this.#act(text, "corrections", "corrected", { kind: "correction", note });
    return text;
  }

  async publish(text: string): Promise<void> {
    await this.#act(text, "publish", "published", { revision: this.#revisions.get(text) ?? "" });
  }

  async addNames(): Promise<void> {
    for (const name of packed(100)) {
      for (const kind of ["sections", "tags", "bylines"]) {
        await this.#must("/names", { kind, name, language: "ar", site: "portal" });
      }
    }
  }

  /** Addresses of the names that were added, one of each kind at least. */
  async pagesOfNames(): Promise<string[]> {
    await this.#who.visit("/names");
    const links = await this.#who.page
      .locator("a[href^='/names/']")
      .evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""));
    return links.filter((_, at) => at % 3 === 0);
  }

  async invitePeople(): Promise<void> {
    for (const name of packed(80))
      await this.#must("/people/invitations", { name, role: "editor", place: "" });
  }

  /** As a link's, then as a picture's: which of them was taken. */
  async tryAddress(text: string, address: string): Promise<"both" | "link" | "picture" | "none"> {
    const link = await this.#save(text, "x", bodyOf(linkTo(address)));
    const picture = await this.#save(
      text,
      "x",
      bodyOf({ type: "image", attrs: { id: "i", source: address, alt: "x" } }),
    );
    if (link && picture) return "both";
    return link ? "link" : picture ? "picture" : "none";
  }

  /** The answer's status, after redirects. */
  async post(path: string, fields: Fields): Promise<Answer> {
    return await this.#send(
      path,
      "application/x-www-form-urlencoded",
      new URLSearchParams(fields).toString(),
    );
  }

  async #start(title: string): Promise<string> {
    const once = ulid(systemClock, systemRandom);
    const fields = { title, kind: "story", place: "portal/", language: "ar", once };
    const { url, text: page } = await this.#must("/texts", fields);
    const text = new URL(url).pathname.slice("/texts/".length);
    const [, revision = ""] = /name="revision" value="([0-9A-Z]{26})"/.exec(page) ?? [];
    this.#revisions.set(text, revision);
    return text;
  }

  /** False where it was refused. */
  async #save(text: string, title: string, body: Body, standfirst = ""): Promise<boolean> {
    const parent = this.#revisions.get(text);
    const sent = JSON.stringify({ parent, title, standfirst, body });
    const answer = await this.#send(`/texts/${text}/revisions`, "application/json", sent);
    if (answer.status !== 200) return false;
    this.#revisions.set(text, (JSON.parse(answer.text) as { readonly revision: string }).revision);
    return true;
  }

  async #handInAndSendBack(text: string, reason: string): Promise<void> {
    const revision = this.#revisions.get(text) ?? "";
    await this.#act(text, "workflow", "handed in", { revision, to: "in review" });
    await this.#act(text, "workflow", "sent back", { revision, to: "draft", reason });
  }

  /** Throws where something else came of it. */
  async #act(text: string, path: string, deed: Success, fields: Fields): Promise<void> {
    const { url } = await this.#must(`/texts/${text}/${path}`, fields);
    const notice = new URL(url).searchParams.get("notice");
    if (notice !== deed) throw new Error(`${path} came to "${notice}" with ${JSON.stringify(fields)}`);
  }

  async #must(path: string, fields: Fields): Promise<Answer> {
    const answer = await this.post(path, fields);
    if (answer.status !== 200)
      throw new Error(`${path} answered ${answer.status} to ${JSON.stringify(fields)}`);
    return answer;
  }

  /** As a form or a script of the page itself would. */
  async #send(path: string, type: string, body: string): Promise<Answer> {
    return await this.#who.page.evaluate(
      async (sent) => {
        const headers = { "content-type": sent.type, accept: "text/html" };
        const response = await fetch(sent.path, { method: "POST", headers, body: sent.body });
        return { status: response.status, url: response.url, text: await response.text() };
      },
      { path, type, body },
    );
  }
}

/** Each line is used once at least, where there are as many texts as lines. */
function from(lines: readonly string[], at: number): string {
  return lines[at % lines.length] ?? "";
}

function bodyOf(...content: readonly Block[]): Body {
  return { version: 1, doc: { type: "doc", content } };
}

function paragraph(text: string, id = "p"): Block {
  return { type: "paragraph", attrs: { id }, content: [{ type: "text", text }] };
}

function linkTo(href: string): Block {
  const marks = [{ type: "link" as const, attrs: { href } }];
  return { type: "paragraph", attrs: { id: "a" }, content: [{ type: "text", text: "x", marks }] };
}

/** Every kind of block that holds words, and every attribute that takes any. */
const everything = bodyOf(
  ...hostileWords.map((words, at) => paragraph(words, `p${at}`)),
  ...packed(2_000).flatMap((words, at): Block[] => [
    { type: "heading", attrs: { id: `h${at}`, level: 2 }, content: [{ type: "text", text: words }] },
    { type: "codeBlock", attrs: { id: `c${at}` }, content: [{ type: "text", text: words }] },
    { type: "blockquote", attrs: { id: `q${at}` }, content: [paragraph(words)] },
    {
      type: "bulletList",
      attrs: { id: `l${at}` },
      content: [{ type: "listItem", content: [paragraph(words)] }],
    },
    {
      type: "table",
      attrs: { id: `t${at}` },
      content: [{ type: "tableRow", content: [{ type: "tableCell", content: [paragraph(words)] }] }],
    },
    {
      type: "image",
      attrs: { id: `i${at}`, source: "https://example.org/a.jpg", alt: words, caption: words },
    },
  ]),
);
