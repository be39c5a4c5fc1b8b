// A form given back sealed: nobody opens, changes or moves it, it ends by itself, and nobody is made to send one for another site.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { base64Url, fromBase64Url, utf8 } from "../../base/bytes.ts";
import { seededRandom } from "../../base/random.ts";
import { GateKeys, epochMs, skewMs } from "./gate-keys.ts";
import { sealLifeMs, seal, sealedBodyBytesMax, unseal } from "./seal.ts";
import { isSealable } from "./sealable.ts";
import { Spent, spentBytes } from "./spent.ts";

const keys = new GateKeys(new Uint8Array(32).fill(3));
const random = seededRandom(1);
const nowMs = Date.UTC(2011, 6, 31, 14);
const addressed = { site: "portal", method: "POST", target: "/wp-comments-post.php?p=7" };
const posted = { type: "application/x-www-form-urlencoded", body: utf8("comment=نعم&post=7") };

function sealed(atMs = nowMs): string {
  return seal({ keys, random }, { ...addressed, ...posted }, atMs) ?? "";
}

test("comes back as it was sent, whatever it is", () => {
  const any = fc.record({
    site: fc.string({ unit: "binary", maxLength: 50 }),
    method: fc.string({ maxLength: 10 }),
    target: fc.string({ unit: "binary", maxLength: 200 }),
    type: fc.string({ unit: "grapheme-ascii", maxLength: 200 }),
    body: fc.uint8Array({ maxLength: 200 }),
  });
  fc.assert(
    fc.property(any, fc.integer({ min: 0, max: 2 ** 42 }), (one, atMs) => {
      const { site, method, target, type, body } = one;
      const text = seal({ keys, random }, one, atMs) ?? "";
      expect(unseal(keys, text, { site, method, target, nowMs: atMs })).toMatchObject({ type, body });
    }),
  );
});

test("64 kB at most", () => {
  const of = (bytes: number) =>
    seal({ keys, random }, { ...addressed, ...posted, body: new Uint8Array(bytes) }, nowMs);
  expect(unseal(keys, of(sealedBodyBytesMax) ?? "", { ...addressed, nowMs })?.body.byteLength).toBe(65_536);
  expect(of(sealedBodyBytesMax + 1)).toBeUndefined();
  const type = "a".repeat(300);
  expect(seal({ keys, random }, { ...addressed, ...posted, type }, nowMs)).toBeUndefined();
});

test("at another address, with another method, for another site or with another secret, it is nothing", () => {
  const text = sealed();
  const others = [{ target: "/wp-login.php" }, { method: "PUT" }, { site: "blog" }];
  for (const other of others) expect(unseal(keys, text, { ...addressed, ...other, nowMs })).toBeUndefined();
  const foreign = new GateKeys(new Uint8Array(32).fill(4));
  expect(unseal(foreign, text, { ...addressed, nowMs })).toBeUndefined();
});

test("what is bound together can't be shifted: no target ends where a method begins", () => {
  const text = seal({ keys, random }, { site: "a", method: "POST", target: '/","x', ...posted }, nowMs) ?? "";
  expect(unseal(keys, text, { site: "a", method: 'POST","/', target: "x", nowMs })).toBeUndefined();
});

test("is good for two hours, over a rotation of keys, and not from the future", () => {
  for (const atMs of [epochMs - 1, 7 * epochMs]) {
    const openAt = (laterMs: number) => unseal(keys, sealed(atMs), { ...addressed, nowMs: atMs + laterMs });
    expect(openAt(sealLifeMs - 1)).toBeDefined();
    expect(openAt(sealLifeMs)).toBeUndefined();
    expect(openAt(-skewMs - 1)).toBeUndefined();
  }
});

test("with any bit changed it is nothing; hostile text never throws and never opens", () => {
  const bytes = fromBase64Url(sealed());
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(unseal(keys, base64Url(changed), { ...addressed, nowMs })).toBeUndefined();
  }
  const epochByte = bytes[0] ?? 0;
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.uint8Array({ maxLength: 100 }).map((rest) => base64Url(Uint8Array.of(epochByte, ...rest))),
    fc.constant("A".repeat(100_000)),
  );
  fc.assert(
    fc.property(anything, (text) => {
      expect(unseal(keys, text, { ...addressed, nowMs })).toBeUndefined();
    }),
  );
});

test("goes through once: its id is spent; where that isn't asked, it goes through as often as it is shown", () => {
  const spent = new Spent(new SharedArrayBuffer(spentBytes(64)));
  const text = sealed();
  const open = () => unseal(keys, text, { ...addressed, nowMs });
  const goesThrough = () => {
    const { id, sealedMs } = open() ?? { id: 0n, sealedMs: 0 };
    return spent.spend(id, 1, sealedMs + sealLifeMs, nowMs);
  };
  expect([goesThrough(), goesThrough()]).toEqual([true, false]);
  expect(open()).toBeDefined();
  expect(unseal(keys, sealed(), { ...addressed, nowMs })?.id).not.toBe(open()?.id);
});

describe("what may be sealed", () => {
  const own = {
    method: "POST",
    type: "application/x-www-form-urlencoded; charset=utf-8",
    bodyBytes: 100,
    ownOrigin: "https://example.org",
    origin: "https://example.org",
    referer: "https://example.org/ar/2011/07/march",
    secFetchSite: "same-origin",
  };
  const silent = { ...own, origin: null, referer: null, secFetchSite: null };

  test("the site's own forms, also of browsers that say nothing", () => {
    const types = [own.type, "multipart/form-data; boundary=x", "TEXT/PLAIN"];
    for (const type of types)
      expect(
        [
          { ...own, type },
          { ...silent, type },
        ].every(isSealable),
      ).toBe(true);
  });

  test("nothing that another site's page made somebody send", () => {
    const foreign = [
      { origin: "https://example.org.evil.example" },
      { origin: "null" },
      { origin: "http://example.org" },
      { referer: "https://example.org.evil.example/" },
      { secFetchSite: "cross-site" },
      { secFetchSite: "same-site" },
    ];
    for (const one of foreign) {
      expect(isSealable({ ...own, ...one })).toBe(false);
      expect(isSealable({ ...silent, ...one })).toBe(false);
    }
  });

  test("nothing that no form could have sent, and nothing large", () => {
    expect(isSealable({ ...own, type: "application/json" })).toBe(false);
    expect(isSealable({ ...own, type: "" })).toBe(false);
    expect(isSealable({ ...own, method: "PUT" })).toBe(false);
    expect(isSealable({ ...own, bodyBytes: 65_537 })).toBe(false);
  });
});
