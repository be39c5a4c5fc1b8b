/** Where alerts arrive: a small server that keeps what it was sent, and when. */

export interface Delivery {
  /** Ms since 1970. */
  readonly at: number;
  readonly body: string;
}

export interface Webhook extends AsyncDisposable {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  /** The first one that came, or comes. */
  first(): Promise<Delivery>;
}

export function startWebhook(): Webhook {
  const deliveries: Delivery[] = [];
  const first = Promise.withResolvers<Delivery>();
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const delivery = { at: Date.now(), body: await request.text() };
      deliveries.push(delivery);
      first.resolve(delivery);
      return new Response(null, { status: 204 });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}/alerts`,
    deliveries,
    first: () => first.promise,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
