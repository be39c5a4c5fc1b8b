/** Where the studio shows a text as readers will get it. */
import type { Database } from "bun:sqlite";
import { fileName } from "../media/picture.ts";
import type { Pictures } from "../media/store.ts";
import { atText, placeOfText } from "../pieces/place.ts";
import type { Publisher } from "../publishing/publisher.ts";
import type { Page } from "../publishing/rendering.ts";
import { page, Refusal } from "../web/answers.ts";
import type { Person, PersonRoute, SignedIn } from "../web/route.ts";
import { PreviewPage, previewWidths } from "./page-preview.tsx";
import { type PreviewForm, previewForms, previewOf, type PreviewParts, recentSource } from "./preview.ts";
import { picturePath } from "./place.ts";
import { createSite } from "./site.tsx";

export interface SiteParts extends Omit<PreviewParts, "source"> {
  readonly database: Database;
  readonly publisher: Pick<Publisher, "source">;
  readonly pictures: Pick<Pictures, "picture" | "seenBy" | "data">;
}

/** Nothing but the style sheet and pictures, in no frame but the studio's: what slipped into a text must not run here either. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-same-origin",
].join("; ");

export function siteRoutes(parts: SiteParts): PersonRoute[] {
  const renderer = createSite();
  const previewParts = { ...parts, source: recentSource(() => parts.publisher.source(), parts.clock) };
  const access = { act: "read", at: atText(parts.database) } as const;
  return [
    {
      method: "GET",
      path: "/texts/:text/preview",
      access,
      handle: (visit) => previewPage(parts, visit),
    },
    ...previewForms.map((form): PersonRoute => ({
      method: "GET",
      path: `/texts/:text/preview/${form}`,
      access,
      handle: ({ params }) =>
        framed(previewOf(previewParts, renderer, { textId: params["text"] ?? "", form })),
    })),
    {
      method: "GET",
      path: picturePath(":file"),
      access: "signed in",
      handle: ({ params, person }) => pictureFile(parts, person, params["file"] ?? ""),
    },
  ];
}

function previewPage({ pieces, database }: SiteParts, visit: SignedIn): Response {
  const text = pieces.text(visit.params["text"] ?? "");
  const working = text && pieces.revision(text.workingRevision);
  if (text === undefined || working === undefined) throw new Refusal(404);
  const texts = pieces.textsOf(text.pieceId).filter(({ id }) => {
    const place = placeOfText(database, id);
    return place !== undefined && visit.person.may("read", place);
  });
  const asked = visit.url.searchParams;
  const form: PreviewForm = previewForms.find((each) => each === asked.get("form")) ?? "page";
  const width = previewWidths.find((each) => each === asked.get("width")) ?? "desktop";
  return page(PreviewPage({ visit, text, title: working.title, texts, form, width }));
}

function framed(shown: Page | undefined): Response {
  if (shown === undefined) throw new Refusal(404);
  // Without a way out, links do nothing: most of them lead to pages that only the public site has.
  const html = new TextDecoder().decode(shown.body).replace("<head>", '<head><base target="_blank"/>');
  return new Response(html, {
    headers: {
      "content-type": shown.type,
      "content-security-policy": policy,
      "x-frame-options": "SAMEORIGIN",
      "cache-control": "no-store",
    },
  });
}

/** Under the same name as on the public site (`01J9Z3K5Q8R2T4V6X8Z0B2D4F6-480.webp`). */
async function pictureFile({ pictures }: SiteParts, person: Person, file: string): Promise<Response> {
  const picture = pictures.seenBy(person, file.slice(0, Math.max(0, file.indexOf("-"))));
  const variant = picture?.variants.find((each) => fileName(picture.id, each) === file);
  const data = picture && variant && (await pictures.data(picture.id, variant));
  if (variant === undefined || data === undefined) throw new Refusal(404);
  return new Response(data, { headers: { "content-type": variant.type, "cache-control": "no-store" } });
}
