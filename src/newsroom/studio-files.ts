/** What the studio's pages load: style sheet, icon, islands. Everybody may have them; they say nothing about anything. */
import { assetAddress, studioAssets } from "../web/assets.ts";
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
      handle: () =>
        new Response(Uint8Array.from(asset.body), {
          headers: { "content-type": asset.type, ...keptForEver },
        }),
    })),
    {
      method: "GET",
      path: `${scriptPrefix}:file`,
      access: "everyone",
      handle: (visit) => scriptFile(visit, scripts),
    },
  ];
}

function scriptFile({ request, params }: Visit, scripts: ClientScripts): Response {
  const found = scripts.find(params["file"] ?? "");
  if (found === undefined) throw new Refusal(404);
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    vary: "accept-encoding",
    ...keptForEver,
  };
  const takesBrotli = /\bbr\b/.test(request.headers.get("accept-encoding") ?? "");
  return takesBrotli
    ? new Response(found.brotli, { headers: { ...headers, "content-encoding": "br" } })
    : new Response(found.body, { headers });
}
