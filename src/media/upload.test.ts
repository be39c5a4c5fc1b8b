/** Bodies of a large upload: whole, too long, or too slow. */
import { expect, test } from "bun:test";
import { readUpload } from "./upload.ts";

const limits = { bytesMax: 1_000, msMax: 5_000 };

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
  expect(await readUpload(request(bytes, { "content-length": "1000" }), limits)).toEqual(bytes);
  const parts = streamed(bytes.slice(0, 10), bytes.slice(10, 600), bytes.slice(600));
  expect(await readUpload(request(parts), limits)).toEqual(bytes);
  expect(await readUpload(new Request("http://localhost/"), limits)).toEqual(new Uint8Array());
});

test("stops at the limit, whatever the length said", async () => {
  expect(await readUpload(request("x", { "content-length": "1001" }), limits)).toBe("too long");
  const parts = streamed(new Uint8Array(900), new Uint8Array(101));
  expect(await readUpload(request(parts, { "content-length": "10" }), limits)).toBe("too long");
});

test("that never ends is given up when its time is over", async () => {
  const dripping = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
  expect(await readUpload(request(dripping), { ...limits, msMax: 20 })).toBe("too slow to come");
});
