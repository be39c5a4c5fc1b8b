// The secret on a request's head: there once, whatever the client sends.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { requestHead } from "./request-head.ts";
import { stamped } from "./stamp.ts";

const stamp = { name: "x-kasbah-secret", value: "0123456789abcdef" };

function headWith(headers: HeadersInit): string {
  const asked = {
    method: "GET",
    target: "/a",
    host: "example.org",
    address: "192.0.2.1",
    scheme: "http",
  } as const;
  const head = requestHead({ ...asked, headers: new Headers(headers) }, { kind: "none" });
  if (head === undefined) throw new Error("no head");
  return Buffer.from(stamped(head, stamp)).toString("latin1");
}

test("it stands there once, and the rest as it was", () => {
  const plain = headWith({ accept: "*/*" });
  expect(plain).toStartWith("GET /a HTTP/1.1\r\nhost: example.org\r\naccept: */*\r\n");
  expect(plain).toEndWith("\r\nx-kasbah-secret: 0123456789abcdef\r\n\r\n");
});

test.each(["X-Kasbah-Secret", "x_kasbah_secret", "X_Kasbah-Secret"])(
  "a client's own %s is taken out",
  (name) => {
    expect(headWith({ [name]: "guessed" })).not.toContain("guessed");
  },
);

test("whatever fields a client sends, the server finds one secret, and no field is lost or torn", () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
  const values = fc.stringMatching(/^[!-~]{0,30}$/);
  fc.assert(
    fc.property(fc.dictionary(names, values, { maxKeys: 10 }), (headers) => {
      const head = headWith(headers);
      expect(head.match(/x-kasbah-secret: /g)).toHaveLength(1);
      expect(head.split("\r\n\r\n")).toHaveLength(2);
    }),
  );
});
