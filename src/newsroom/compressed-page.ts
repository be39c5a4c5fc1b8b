/**
 * Pages, compressed where that is safe. What is compressed tells by its length whether something that an attacker put into a page stands
 * elsewhere in it too (BREACH). That takes many requests with the attacker's words, in the visitor's name, for a page that holds a secret;
 * a session's cookie is Lax, so a page elsewhere can make a browser ask, and whoever sees the line sees the lengths. So:
 * - only what the studio's own pages or the visitor asked for is compressed (Fetch Metadata: `same-origin`, `none`), never what another
 *   site made a browser ask for, nor what a client asks that doesn't say;
 * - only answers to GET: the others show what was sent, and the link of an invitation, once;
 * - never what says `no-transform`, as pages do that show a secret (`secretPage` in src/web/answers.ts).
 * No page ever holds the session.
 */
import { codingFor, compress } from "../web/compress.ts";

/** Less than this fits into the first packets as it is. */
const worthBytes = 1_024;
const ownSites: readonly (string | null)[] = ["same-origin", "none"];

export async function compressedPage(request: Request, response: Response): Promise<Response> {
  const coding = codingFor(request);
  if (coding === undefined || !isSafe(request, response)) return response;
  const body = await response.bytes();
  const headers = new Headers(response.headers);
  if (body.length < worthBytes) return new Response(body, { status: response.status, headers });
  headers.set("content-encoding", coding);
  headers.set("vary", "accept-encoding, sec-fetch-site");
  return new Response(await compress(body, coding, "quick"), { status: response.status, headers });
}

function isSafe({ method, headers }: Request, response: Response): boolean {
  return (
    method === "GET" &&
    ownSites.includes(headers.get("sec-fetch-site")) &&
    response.headers.get("content-type")?.startsWith("text/html") === true &&
    response.headers.get("cache-control")?.includes("no-transform") !== true &&
    !response.headers.has("content-encoding")
  );
}
