/** Where pictures come in, and where the studio sees them. */
import type { Config } from "../config/settings.ts";
import { json, Refusal } from "../web/answers.ts";
import { readBody } from "../web/incoming.ts";
import type { Route, SignedIn } from "../web/route.ts";
import { Shares } from "../base/shares.ts";
import { full, Gate } from "./gate.ts";
import { jpegOf, type Picture, webpsOf } from "./picture.ts";
import type { PictureFault, Pictures } from "./store.ts";
import { words } from "./words/index.ts";

export interface MediaParts {
  readonly pictures: Pictures;
  readonly config: Pick<Config, "media">;
  /** Where every act is noted that changes something. */
  readonly audit: { note(deed: { account: string; act: string; subject: string }): void };
}

/** Bodies are held in memory while they come and wait: at most so many times `media.file_bytes_max`. */
const uploadsAtOnce = 6;
/** Of one person: whoever drops a hundred pictures at once, or whose line stands still, leaves places to the others. */
const uploadsOfOneMax = 2;
const busyForS = 10;

/** A body of any length gets as far as the handler, which says in words how long it may be. */
const anyLength = Number.MAX_SAFE_INTEGER;

export function pictureRoutes({ pictures, config, audit }: MediaParts): readonly Route[] {
  const uploads = new Gate({ atOnce: uploadsAtOnce, waiting: 0 });
  const shares = new Shares<string>(uploadsOfOneMax);
  const bytesMax = config.media.file_bytes_max;
  return [
    {
      method: "POST",
      path: "/pictures",
      access: { act: "write", at: "anywhere" },
      bodyBytesMax: anyLength,
      handle: async (visit: SignedIn) => {
        const leave = shares.take(visit.person.id);
        if (leave === undefined) return refused(visit, "busy", bytesMax);
        try {
          const answer = await uploads.pass(() => takePicture(visit, { pictures, audit, bytesMax }));
          return answer === full ? refused(visit, "busy", bytesMax) : answer;
        } finally {
          leave();
        }
      },
    },
    {
      method: "GET",
      path: "/pictures/:picture",
      access: "signed in",
      handle: (visit) => showPicture(visit, pictures),
    },
  ];
}

async function takePicture(
  visit: SignedIn,
  { pictures, audit, bytesMax }: Pick<MediaParts, "pictures" | "audit"> & { readonly bytesMax: number },
): Promise<Response> {
  const bytes = await readBody(visit.request, { bytesMax });
  if (bytes === "too long") return refused(visit, "too long", bytesMax);
  if (bytes === "broken off") throw new Refusal(400);
  if (bytes === "too slow") return refused(visit, "too slow to come", bytesMax);
  visit.askAgain();
  const added = await pictures.add(bytes, visit.person.id);
  if (added.outcome === "refused") return refused(visit, added.reason, bytesMax);
  const { id, variants } = added.picture;
  audit.note({ account: visit.person.id, act: "picture.add", subject: id });
  const { width = 0, height = 0 } = variants.findLast(({ type }) => type === "image/webp") ?? {};
  const note = added.stilled ? { note: words[visit.language].stilled } : {};
  return json({ id, width, height, ...note }, 201);
}

type Fault = PictureFault | "too long" | "too slow to come";

function refused({ language }: SignedIn, fault: Fault, bytesMax: number): Response {
  const error = words[language].faults[fault].replace("{size}", megabytes(bytesMax));
  const answer = json({ error }, statuses[fault] ?? 415);
  if (fault === "busy") answer.headers.set("retry-after", String(busyForS));
  return answer;
}

/** Of the kinds that aren't taken in: 415. */
const statuses: Partial<Readonly<Record<Fault, number>>> = {
  "too long": 413,
  "too slow to come": 408,
  "too many pixels": 413,
  busy: 503,
  withdrawn: 409,
  empty: 422,
  broken: 422,
  "too slow": 422,
  failed: 422,
};

function megabytes(bytes: number): string {
  return String(Math.floor(bytes / (1024 * 1024)));
}

/** `?width=` in pixels: the narrowest that is as wide, else the widest. Without it, the narrowest of all. */
async function showPicture({ params, url, person }: SignedIn, pictures: Pictures): Promise<Response> {
  const picture = pictures.seenBy(person, params["picture"] ?? "");
  const variant = picture && variantFor(picture, Number(url.searchParams.get("width") ?? 0));
  if (picture === undefined || variant === undefined) throw new Refusal(404);
  const data = await pictures.data(picture.id, variant);
  if (data === undefined) throw new Refusal(404);
  return new Response(data, {
    headers: {
      "content-type": variant.type,
      // It may be withdrawn; then it isn't in a browser of the newsroom for longer than a working day.
      "cache-control": "private, max-age=28800",
    },
  });
}

function variantFor(picture: Picture, width: number) {
  const webps = webpsOf(picture);
  return webps.find((each) => each.width >= width) ?? webps.at(-1) ?? jpegOf(picture);
}
