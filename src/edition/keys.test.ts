/** Ed25519 held against the vectors of C2SP/CCTV, and TUF's key ids against an example computed by hand. */
import { describe, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import { z } from "zod";
import { fromHex, utf8 } from "../base/bytes.ts";
import { isSignedBy, isSoundPublicKey, keyId, signingKey } from "./keys.ts";

const top = resolve(import.meta.dir, "../..");
const shared = join(top, "../shared/vectors/tlog/ed25519vectors.json");
const vectorSchema = z.array(
  z.object({ key: z.string(), sig: z.string(), msg: z.string(), flags: z.array(z.string()).nullable() }),
);

/** What no verifier of RFC 8032 takes, and what we refuse besides: keys without a secret, second spellings. */
const refused = ["low_order_residue", "non_canonical_R", "low_order_A", "non_canonical_A"];

function check(vectors: unknown): void {
  for (const { key, sig, msg, flags } of vectorSchema.parse(vectors)) {
    const expected = !refused.some((flag) => flags?.includes(flag));
    expect([flags, isSignedBy(fromHex(key), utf8(msg), fromHex(sig))]).toEqual([flags, expected]);
  }
}

test("signatures verify as the vectors say", async () => {
  check(await Bun.file(join(top, "test/vectors/tlog/ed25519.json")).json());
});

test.skipIf(!(await Bun.file(shared).exists()))("all 914 of them", async () => {
  check(await Bun.file(shared).json());
});

describe("a key", () => {
  const key = signingKey(new Uint8Array(32).fill(7));

  test("signs what only it verifies", () => {
    const signature = key.sign(utf8("Mamfakinch"));
    expect(isSignedBy(key.publicKey, utf8("Mamfakinch"), signature)).toBe(true);
    expect(isSignedBy(key.publicKey, utf8("mamfakinch"), signature)).toBe(false);
    expect(isSignedBy(signingKey(new Uint8Array(32)).publicKey, utf8("Mamfakinch"), signature)).toBe(false);
  });

  test("has the id that TUF gives it", () => {
    const text = `{"keytype":"ed25519","keyval":{"public":"${Buffer.from(key.publicKey).toString("hex")}"},"scheme":"ed25519"}`;
    expect(keyId(key.publicKey)).toBe(new Bun.CryptoHasher("sha256").update(text).digest("hex"));
    expect(key.id).toBe(keyId(key.publicKey));
  });

  test("is unsound where anybody can sign for it", () => {
    expect(isSoundPublicKey(key.publicKey)).toBe(true);
    expect(isSoundPublicKey(new Uint8Array(32))).toBe(false);
    expect(isSoundPublicKey(key.publicKey.subarray(1))).toBe(false);
  });

  test("is made from 32 bytes and no other number", () => {
    expect(() => signingKey(new Uint8Array(31))).toThrow("32 bytes");
  });
});
