// What the protected site says about where it lies, through a whole worker: rewritten for readers, also from the cache, or told.
import { expect, test } from "bun:test";
import { startTestEdge } from "../../../test/edge/in-process.ts";
import { rawRequest } from "../../../test/edge/raw-http.ts";
import { plainAnswer, startRawOrigin } from "../../../test/edge/raw-origin.ts";

const get = (path: string, more = ""): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`;

test("pages lead to the public name, whether they are fresh, kept, or one reader's own; what can't be rewritten is told", async () => {
  await using origin = await startRawOrigin((socket, head) => {
    const own = `http://127.0.0.1:${origin.port}`;
    const headers = `Content-Type: text/html\r\nServer: nginx/1.22 (Debian)\r\nX-Backend: web-3\r\nX-Debug: ${own.slice(7)}\r\n`;
    const body = `<a href="${own}/a">a</a>${head.startsWith("GET /told") ? `<!-- 127.0.0.1:${origin.port} -->` : ""}`;
    socket.write(plainAnswer(body, headers));
  });
  await using edge = startTestEdge({ config: { origin: { url: origin.url } } });
  for (const more of ["", "", "Cookie: PHPSESSID=a\r\n"]) {
    const { headers, body } = await rawRequest(edge.port, get("/", more));
    expect(body).toBe('<a href="http://localhost/a">a</a>');
    expect([headers["server"], headers["x-backend"]]).toEqual(["nginx", undefined]);
  }
  const told = edge.readings.find(({ facts }) => facts.some(({ what }) => what === "bypass"));
  expect(told?.facts[0]?.value).toBe(`x-debug: 127.0.0.1:${origin.port}`);
  await rawRequest(edge.port, get("/told"));
  expect(edge.readings.at(-1)).toMatchObject({ address: "/told", verdict: "uncertain", isHeld: false });
  expect(edge.readings.at(-1)?.facts.map(({ what }) => what)).toEqual(["bypass", "bypass"]);
});
