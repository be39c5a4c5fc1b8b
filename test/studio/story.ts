/** One text in the studio, with buttons to press, for tests of what becomes of it. */
import { expect } from "bun:test";
import type { InterfaceLanguage } from "../../src/language/tags.ts";
import type { Text } from "../../src/pieces/piece.ts";
import type { Person } from "../../src/web/route.ts";
import { contentOf, paragraphs } from "../model/model.ts";
import { openTextStudio, type TextStudio } from "./text-studio.ts";

export interface Story extends TextStudio {
  readonly id: string;
  readonly author: Person;
  readonly text: () => Text;
  /** What the page after the POST says: `published` or `published/now`. */
  press(path: string, fields?: Readonly<Record<string, string>>): Promise<string>;
  /** With the revision that stands now. */
  pressSeen(path: string, fields?: Readonly<Record<string, string>>): Promise<string>;
  /** Paths of everything that readers get on the portal. */
  published(): string[];
}

/** A contributor's draft in Rif, with the contributor signed in. */
export async function draft(language: InterfaceLanguage = "en"): Promise<Story> {
  const where = await openTextStudio(language);
  const { newsroom, studio } = where;
  newsroom.pieces.addSection({ site: "portal", slug: "rif", names: { fr: "Rif" } });
  const author = where.signIn("contributor", "portal", "rif");
  const { piece } = newsroom.pieces.addPiece({ site: "portal", kind: "story", section: "rif" });
  const { text } = newsroom.pieces.addText({
    pieceId: piece.id,
    language: "fr",
    content: contentOf("Une marche", "", paragraphs("Des milliers de gens.")),
    by: author.id,
  });
  const now = (): Text => {
    const found = newsroom.pieces.text(text.id);
    if (found === undefined) throw new Error("the text is gone");
    return found;
  };
  const press: Story["press"] = async (path, fields = {}) => {
    const answer = await studio.post(`/texts/${text.id}/${path}`, fields);
    if (answer.status !== 303) return String(answer.status);
    const after = new URL(answer.headers.get("location") ?? "", studio.origin);
    expect((await studio.get(after.pathname + after.search)).status).toBe(200);
    return ["notice", "readers"].flatMap((name) => after.searchParams.get(name) ?? []).join("/");
  };
  return {
    ...where,
    id: text.id,
    author,
    text: now,
    press,
    pressSeen: (path, fields) => press(path, { revision: now().workingRevision, ...fields }),
    published: () =>
      [...(newsroom.publisher.current?.edition.targets.values() ?? [])]
        .filter(({ site }) => site === "portal")
        .map(({ path }) => path),
  };
}

/** Stands for an edge: serves whatever is published at once. */
export function serveAll({ bus, newsroom }: Story): void {
  const facts = { id: "e", version: "1", addresses: [], workers: 1, edition: null, requests: 0, refused: 0 };
  bus.respond("edge.status", () => ({
    edge: { ...facts, started_at: "2011-07-31T14:00:00Z" },
    edition: newsroom.publisher.facts(),
  }));
}
