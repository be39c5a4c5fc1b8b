/** The page of one text and what its editor sends. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { json, page, readJson, Refusal } from "../web/answers.ts";
import type { ClientScript } from "../web/client-scripts.ts";
import type { PersonRoute, SignedIn } from "../web/route.ts";
import type { SaveRequest } from "./editor/exchange.ts";
import { materialCards } from "./material-card.ts";
import { TextPage, type Writing } from "./page-text.tsx";
import type { PiecesParts } from "./parts.ts";
import { atText } from "./place.ts";
import { saveSchema, saveText, textBytesMax } from "./saving.ts";
import { type TextView, viewText } from "./text-view.ts";
import { UnsavedTexts } from "./unsaved.ts";
import { openedVersion, writerOf } from "./versions.ts";

export const editorScript: ClientScript = {
  name: "editor",
  entry: fileURLToPath(new URL("editor.client.ts", import.meta.url)),
};

export function editingRoutes(parts: PiecesParts): PersonRoute[] {
  parts.scripts.prepare(editorScript);
  const at = atText(parts.database);
  const unsaved = new UnsavedTexts(parts.clock);
  return [
    {
      method: "GET",
      path: "/texts/:text",
      access: { act: "read", at },
      handle: (visit) => textPage(parts, unsaved, visit),
    },
    {
      method: "POST",
      path: "/texts/:text/revisions",
      access: { act: "write", at },
      bodyBytesMax: textBytesMax,
      handle: async (visit) => {
        const request = requestFrom(await readJson(visit, saveSchema, textBytesMax));
        const answer = saveText(parts, textIn(visit), request, visit.person);
        unsaved.forget(visit.person.id, textIn(visit));
        return json(answer);
      },
    },
    {
      method: "POST",
      path: "/texts/:text/unsaved",
      access: { act: "write", at },
      bodyBytesMax: textBytesMax,
      handle: async (visit) => {
        const lent = await readJson(visit, z.union([discardSchema, saveSchema]), textBytesMax);
        if ("discard" in lent) unsaved.forget(visit.person.id, textIn(visit));
        else unsaved.keep(visit.person.id, textIn(visit), requestFrom(lent));
        return new Response(null, { status: 204 });
      },
    },
  ];
}

const discardSchema = z.strictObject({ discard: z.literal(true) });

function requestFrom({ merges, ...request }: z.infer<typeof saveSchema>): SaveRequest {
  return merges === undefined ? request : { ...request, merges };
}

function textIn({ params }: SignedIn): string {
  return params["text"] ?? "";
}

async function textPage(parts: PiecesParts, unsaved: UnsavedTexts, visit: SignedIn): Promise<Response> {
  const view = viewText(parts, visit, textIn(visit));
  if (view === undefined) throw new Refusal(404);
  // What was withdrawn can be read by who has to know, and goes nowhere any more.
  if (!view.may.write || view.text.publication === "withdrawn") return page(TextPage({ visit, view }));
  return page(TextPage({ visit, view, writing: await writingOf(parts, unsaved, visit, view) }));
}

async function writingOf(
  parts: PiecesParts,
  lent: UnsavedTexts,
  { url, person, language, timeZone }: SignedIn,
  { text, working }: TextView,
): Promise<Writing> {
  const branches = parts.pieces.branchesOf(text.id);
  const branch = url.searchParams.get("version");
  const version = openedVersion(text, working, { branches, branch, parts });
  const unsaved = lent.find(person.id, working);
  const bodies = [version.mine, version.theirs, unsaved].flatMap((shown) => shown?.body ?? []);
  return {
    script: await parts.scripts.address(editorScript),
    opened: { ...version, timeZone, unsaved, material: materialCards(parts, bodies, language) },
    branches: branches
      .filter(({ id }) => id !== branch)
      .map((each) => ({ id: each.id, createdAt: each.createdAt, by: writerOf(each, parts) })),
  };
}
