/** Serves rendered pages on loopback under the edge's own security headers, without an edition around them. */
import { securityHeaders } from "../../src/edge/security-headers.ts";
import type { Page } from "../../src/publishing/rendering.ts";

export interface SiteServer extends Disposable {
  /** `http://127.0.0.1:40123`, without a slash. */
  readonly origin: string;
}

/** `pages` by `site/path` (test/model/render.ts); only one site of them is served. */
export function serveSite(pages: ReadonlyMap<string, Page>, site: string): SiteServer {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      const page = pages.get(site + pathname) ?? pages.get("portal/_kasbah/errors/404/ar");
      if (page === undefined) return new Response(null, { status: 404 });
      const protection = securityHeaders(page.area, page.type, false);
      const headers = { ...page.headers, "content-type": page.type, ...protection };
      return new Response(new Uint8Array(page.body), { status: page.status, headers });
    },
  });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    [Symbol.dispose]: () => void server.stop(true),
  };
}
