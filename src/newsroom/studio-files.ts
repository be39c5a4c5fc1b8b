/** What the studio's pages load: style sheet, icon, islands. Everybody may have them; they say nothing about anything. */
import { type Asset, assetAddress, studioAssets } from "../web/assets.ts";
import { codingFor, type Coding, compress } from "../web/compress.ts";
import { Refusal } from "../web/answers.ts";
import { type ClientScripts, scriptPrefix } from "../web/client-scripts.ts";
import type { OpenRoute, Visit } from "../web/route.ts";

/** The name changes with the contents. */
const keptForEver = { "cache-control": "public, max-age=31536000, immutable" };

export function studioFiles(scripts: ClientScripts): readonly OpenRoute[] {
  return [
    ...studioAssets.map((asset): OpenRoute => ({
      method: "GET",
      path: assetAddress(asset),
      access: "everyone",
      handle: ({ request }) => assetFile(request, asset),
    })),
    {
      method: "GET",
      path: `${scriptPrefix}:file`,
      access: "everyone",
      handle: (visit) => scriptFile(visit, scripts),
    },
  ];
}

async function assetFile(request: Request, asset: Asset): Promise<Response> {
  const headers = { "content-type": asset.type, vary: "accept-encoding", ...keptForEver };
  const coding = codingFor(request);
  if (coding === undefined) return new Response(Uint8Array.from(asset.body), { headers });
  const body = await smaller(asset, coding);
  return new Response(body, { headers: { ...headers, "content-encoding": coding } });
}

/** By name and coding: twice as many as there are assets. */
const made = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

function smaller({ name, body }: Asset, coding: Coding): Promise<Uint8Array<ArrayBuffer>> {
  const key = `${coding} ${name}`;
  const known = made.get(key) ?? compress(body, coding, "best");
  made.set(key, known);
  return known;
}

function scriptFile({ request, params }: Visit, scripts: ClientScripts): Response {
  const found = scripts.find(params["file"] ?? "");
  if (found === undefined) throw new Refusal(404);
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    vary: "accept-encoding",
    ...keptForEver,
  };
  return codingFor(request) === "br"
    ? new Response(found.brotli, { headers: { ...headers, "content-encoding": "br" } })
    : new Response(found.body, { headers });
}
