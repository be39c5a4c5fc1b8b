/** Every address of the studio that has to do with texts. */
import { page, Refusal } from "../web/answers.ts";
import type { PersonRoute } from "../web/route.ts";
import { WordsPage } from "./page-words.tsx";
import type { PiecesParts } from "./parts.ts";
import { atText } from "./place.ts";
import { detailsRoutes } from "./routes-details.ts";
import { listRoutes } from "./routes-list.ts";
import { workflowRoutes } from "./routes-workflow.ts";
import { viewText } from "./text-view.ts";

export function routes(parts: PiecesParts): PersonRoute[] {
  return [...listRoutes(parts), textPage(parts), ...workflowRoutes(parts), ...detailsRoutes(parts)];
}

function textPage(parts: PiecesParts): PersonRoute {
  return {
    method: "GET",
    path: "/texts/:text",
    access: { act: "read", at: atText(parts.database) },
    handle: (visit) => {
      const view = viewText(parts, visit, visit.params["text"] ?? "");
      if (view === undefined) throw new Refusal(404);
      return page(WordsPage({ visit, view }));
    },
  };
}
