/** The page of one text and what its editor sends. */
import { fileURLToPath } from "node:url";
import { json, page, readJson, Refusal } from "../web/answers.ts";
import type { ClientScript } from "../web/client-scripts.ts";
import type { PersonRoute, SignedIn } from "../web/route.ts";
import { TextPage, type Writing } from "./page-text.tsx";
import type { PiecesParts } from "./parts.ts";
import { atText } from "./place.ts";
import { saveSchema, saveText, textBytesMax } from "./saving.ts";
import { type TextView, viewText } from "./text-view.ts";
import { openedVersion, versionOf } from "./versions.ts";

export const editorScript: ClientScript = {
  name: "editor",
  entry: fileURLToPath(new URL("editor.client.ts", import.meta.url)),
};

export function editingRoutes(parts: PiecesParts): PersonRoute[] {
  parts.scripts.prepare(editorScript);
  const at = atText(parts.database);
  return [
    {
      method: "GET",
      path: "/texts/:text",
      access: { act: "read", at },
      handle: (visit) => textPage(parts, visit),
    },
    {
      method: "POST",
      path: "/texts/:text/revisions",
      access: { act: "write", at },
      bodyBytesMax: textBytesMax,
      handle: async (visit) => {
        const { merges, ...request } = await readJson(visit, saveSchema, textBytesMax);
        const save = merges === undefined ? request : { ...request, merges };
        return json(saveText(parts, textIn(visit), save, visit.person.id));
      },
    },
  ];
}

function textIn({ params }: SignedIn): string {
  return params["text"] ?? "";
}

async function textPage(parts: PiecesParts, visit: SignedIn): Promise<Response> {
  const view = viewText(parts, visit, textIn(visit));
  if (view === undefined) throw new Refusal(404);
  if (!view.may.write) return page(TextPage({ visit, view }));
  return page(TextPage({ visit, view, writing: await writingOf(parts, visit, view) }));
}

async function writingOf(
  parts: PiecesParts,
  { url }: SignedIn,
  { text, working }: TextView,
): Promise<Writing> {
  const branches = parts.pieces.branchesOf(text.id);
  const branch = url.searchParams.get("version");
  return {
    script: await parts.scripts.address(editorScript),
    opened: openedVersion(text, working, { branches, branch, parts }),
    branches: branches
      .filter(({ id }) => id !== branch)
      .map((each) => ({ id: each.id, createdAt: each.createdAt, by: versionOf(each, parts).by })),
  };
}
