/**
 * The server that a page which is looked at is shown from: whatever host its addresses name, it is asked, and it has only what is to be
 * seen. So a hostile page reaches nobody.
 */

/** As a browser gets it. */
export interface Shown {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What there is at an address: one of the site's own, `http://example.org/path?query`. Undefined: nothing. */
export type Show = (url: URL) => Promise<Shown | undefined>;

export interface Stand extends AsyncDisposable {
  readonly port: number;
}

/** On loopback, until it is disposed of. `hosts`: the site's own; others get an empty 404. */
export function openStand(hosts: ReadonlySet<string>, show: Show): Stand {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    development: false,
    async fetch(request) {
      const url = new URL(request.url);
      if (request.method !== "GET" || !hosts.has(url.hostname)) return new Response(null, { status: 404 });
      const shown = await show(url);
      return shown === undefined ? new Response(null, { status: 404 }) : new Response(shown.body, shown);
    },
    error: () => new Response(null, { status: 502 }),
  });
  const { port = 0 } = server;
  return { port, [Symbol.asyncDispose]: () => server.stop(true) };
}
