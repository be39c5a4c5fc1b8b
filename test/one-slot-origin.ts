/**
 * Somebody else's site that carries little: one piece of work at a time, 20 ms each, so good for fifty a second; pages that may be kept cost it
 * nothing. `bun test/one-slot-origin.ts`, a process of its own; prints its address.
 */

const workMs = 20;

const links = Array.from({ length: 6 }, (_, at) => `/page/${at}`);
/** Otherwise a browser asks for one. */
const icon = `<link rel="icon" href="data:,">`;
const form = `<form method="post" action="/?comment"><label>Words <textarea name="words"></textarea></label><button>Send</button></form>`;
const front = `<!doctype html>${icon}<title>portal</title>${links.map((path) => `<a href="${path}">${path}</a>`).join("")}${form}`;
const headersFor = (cacheControl: string) => ({
  "cache-control": cacheControl,
  "content-type": "text/html; charset=utf-8",
});

/** Whoever comes waits for the one before. */
let last = Promise.resolve();

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 120,
  fetch: async (request) => {
    const { pathname, search, searchParams } = new URL(request.url);
    if (request.method === "GET" && search === "") {
      const body =
        pathname === "/" ? front : `<!doctype html><title>${pathname}</title>${"خبر ".repeat(2_000)}`;
      return new Response(body, { headers: headersFor("max-age=3600") });
    }
    const sent = await request.text();
    const turn = last.then(() => Bun.sleep(workMs));
    last = turn;
    await turn;
    const said = searchParams.get("s") ?? new URLSearchParams(sent.slice(0, 1_000)).get("words") ?? "";
    const found = `<!doctype html>${icon}<title>found</title><h1>Found</h1><p>${Bun.escapeHTML(said)}</p>`;
    return new Response(found, { headers: headersFor("no-store") });
  },
});

console.log(server.url.origin);
