/**
 * Somebody else's site that carries little: one piece of work at a time, 20 ms each, so good for fifty a second; pages that may be kept cost it nothing.
 * `bun test/one-slot-origin.ts`, a process of its own; prints its address.
 */

const workMs = 20;

const links = Array.from({ length: 6 }, (_, at) => `/page/${at}`);
const front = `<!doctype html><title>portal</title>${links.map((path) => `<a href="${path}">${path}</a>`).join("")}`;
const kept = { "cache-control": "max-age=3600", "content-type": "text/html; charset=utf-8" };
const own = { "cache-control": "no-store", "content-type": "text/html; charset=utf-8" };

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
      return new Response(body, { headers: kept });
    }
    const sent = await request.text();
    const turn = last.then(() => Bun.sleep(workMs));
    last = turn;
    await turn;
    const wish = searchParams.get("s") ?? `${sent.length} bytes`;
    return new Response(`<!doctype html><title>found</title><p>${Bun.escapeHTML(wish)}`, { headers: own });
  },
});

console.log(server.url.origin);
