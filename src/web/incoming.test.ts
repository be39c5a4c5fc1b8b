/** Bodies: whole, too long, or too slow. */
import { expect, test } from "bun:test";
import { readBody } from "./incoming.ts";

const pace = { msMax: 5_000, graceMs: 5_000, bytesPerSecondMin: 1_000 };
const limits = { bytesMax: 1_000, pace };

function request(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/pictures", { method: "POST", body, headers });
}

function streamed(...chunks: Uint8Array<ArrayBuffer>[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

test("comes whole, with and without a length", async () => {
  const bytes = Uint8Array.from({ length: 1_000 }, (_, at) => at % 256);
  expect(await readBody(request(bytes, { "content-length": "1000" }), limits)).toEqual(bytes);
  const parts = streamed(bytes.slice(0, 10), bytes.slice(10, 600), bytes.slice(600));
  expect(await readBody(request(parts), limits)).toEqual(bytes);
  expect(await readBody(new Request("http://localhost/"), limits)).toEqual(new Uint8Array());
});

test("stops at the limit, whatever the length said", async () => {
  expect(await readBody(request("x", { "content-length": "1001" }), limits)).toBe("too long");
  const parts = streamed(new Uint8Array(900), new Uint8Array(101));
  expect(await readBody(request(parts, { "content-length": "10" }), limits)).toBe("too long");
});

function dripping(): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
}

test("that never ends is given up when its time is over", async () => {
  const hurried = { ...limits, pace: { ...pace, msMax: 20 } };
  expect(await readBody(request(dripping()), hurried)).toBe("too slow");
});

test("that comes more slowly than anybody sends is given up long before", async () => {
  const hurried = { ...limits, pace: { ...pace, graceMs: 10 } };
  expect(await readBody(request(dripping()), hurried)).toBe("too slow");
});

test("that rests for a moment is waited for", async () => {
  const resting = new ReadableStream({
    async start(controller) {
      controller.enqueue(new Uint8Array(500));
      await new Promise<void>((resolve) => setTimeout(resolve, 60));
      controller.enqueue(new Uint8Array(100));
      controller.close();
    },
  });
  const hurried = { ...limits, pace: { ...pace, graceMs: 20 } };
  expect(await readBody(request(resting), hurried)).toHaveLength(600);
});

test("that comes in crumbs takes no more memory than its bytes", async () => {
  const crumbs = new ReadableStream({
    start(controller) {
      for (let at = 0; at < 1_000; at += 1) controller.enqueue(new Uint8Array([at % 256]));
      controller.close();
    },
  });
  const read = await readBody(request(crumbs), limits);
  expect(typeof read === "string" ? read : read.buffer.byteLength).toBeLessThanOrEqual(2_000);
});

/** An error that nobody takes ends the newsroom. */
test("that breaks off in the middle disturbs nobody", async () => {
  const unhandled: unknown[] = [];
  const note = (thrown: unknown): void => void unhandled.push(thrown);
  process.on("unhandledRejection", note);
  using _ = { [Symbol.dispose]: () => void process.off("unhandledRejection", note) };
  const { promise: outcome, resolve } = Promise.withResolvers<unknown>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(asked) {
      begin();
      resolve(await readBody(asked, limits));
      return new Response();
    },
  });
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port: server.port ?? 0,
    socket: { data() {} },
  });
  socket.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 900\r\n\r\nabc");
  await begun;
  socket.terminate();
  expect(await outcome).toBe("broken off");
  await new Promise<void>((done) => setTimeout(done));
  expect(unhandled).toEqual([]);
});
