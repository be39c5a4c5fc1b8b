// Tickets and passes: nobody makes or changes one, and they end by themselves.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createHmac, hkdfSync } from "node:crypto";
import { base64Url, fromBase64Url } from "../../base/bytes.ts";
import { hourMs } from "../../base/clock.ts";
import { seededRandom } from "../../base/random.ts";
import { GateKeys, epochMs, skewMs } from "./gate-keys.ts";
import { Passes, passLifeMs } from "./pass.ts";
import { type TicketPurpose, Tickets, seedOf, ticketLifeMs } from "./ticket.ts";

const secret = new Uint8Array(32).fill(7);
const keys = new GateKeys(secret);
const tickets = new Tickets(keys, seededRandom(1));
const passes = new Passes(keys, seededRandom(2));
const nowMs = Date.UTC(2011, 6, 31, 14);
const site = "portal";
const purposes: readonly TicketPurpose[] = ["work", "form", "sign-in"];

const ticket = tickets.issue({ purpose: "work", site, effort: 5, nowMs });
const pass = passes.issue({ site, effort: 9, nowMs });

/** Whether anybody takes it for anything. */
function isTaken(text: string, atMs = nowMs): boolean {
  const wanted = { site, nowMs: atMs };
  return (
    purposes.some((purpose) => tickets.read(text, { purpose, ...wanted }) !== undefined) ||
    passes.read(text, wanted) !== undefined
  );
}

describe("keys", () => {
  test("are HKDF's and HMAC's own", () => {
    const key = new Uint8Array(hkdfSync("sha256", secret, "kasbah-gates/1", "token/7", 32));
    const expected = createHmac("sha256", key).update("a message").update("a site").digest();
    const tag = keys.mac("token", 7, new TextEncoder().encode("a message"), "a site");
    expect(tag).toEqual(new Uint8Array(expected.subarray(0, 16)));
    expect(keys.keyFor("token", 7)).toEqual(key);
  });

  test("differ by purpose and by epoch", () => {
    const named = [keys.keyFor("token", 1), keys.keyFor("token", 2), keys.keyFor("seal", 1)];
    expect(new Set(named.map(base64Url)).size).toBe(3);
  });

  test("a secret of another length is refused", () => {
    expect(() => new GateKeys(new Uint8Array(31))).toThrow("32 bytes");
  });
});

describe("a ticket", () => {
  test("says what it was issued with", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...purposes),
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: Date.UTC(2200, 0) }),
        (purpose, where, effort, atMs) => {
          const text = tickets.issue({ purpose, site: where, effort, nowMs: atMs });
          expect(text).toMatch(/^[\w-]{48}$/);
          const read = tickets.read(text, { purpose, site: where, nowMs: atMs });
          expect(read).toMatchObject({ purpose, site: where, effort, issuedMs: atMs });
        },
      ),
    );
  });

  test("is good until its life is over, over a rotation of keys too, and not a moment longer", () => {
    for (const purpose of purposes) {
      for (const atMs of [0, epochMs - 1, 5 * epochMs - 1_000]) {
        const text = tickets.issue({ purpose, site, effort: 0, nowMs: atMs });
        const readAt = (laterMs: number) => tickets.read(text, { purpose, site, nowMs: atMs + laterMs });
        expect(readAt(ticketLifeMs[purpose] - 1)).toBeDefined();
        expect(readAt(ticketLifeMs[purpose])).toBeUndefined();
        expect(readAt(-skewMs)).toBeDefined();
        expect(readAt(-skewMs - 1)).toBeUndefined();
      }
    }
  });

  test("is no ticket for something else, for another site, or with another secret", () => {
    expect(tickets.read(ticket, { purpose: "form", site, nowMs })).toBeUndefined();
    expect(tickets.read(ticket, { purpose: "work", site: "blog", nowMs })).toBeUndefined();
    const others = new Tickets(new GateKeys(new Uint8Array(32).fill(8)), seededRandom(1));
    expect(others.read(ticket, { purpose: "work", site, nowMs })).toBeUndefined();
    expect(passes.read(ticket, { site, nowMs })).toBeUndefined();
  });

  test("survives a restart", () => {
    const after = new Tickets(new GateKeys(Uint8Array.from(secret)), seededRandom(3));
    expect(after.read(ticket, { purpose: "work", site, nowMs })).toBeDefined();
  });

  test("has a seed of its own, which is nobody else's", () => {
    const other = tickets.issue({ purpose: "work", site, effort: 5, nowMs });
    expect(seedOf(ticket)).toHaveLength(32);
    expect(seedOf(ticket)).toEqual(seedOf(ticket));
    expect(seedOf(ticket)).not.toEqual(seedOf(other));
  });
});

describe("a pass", () => {
  test("says what it was issued with, for half an hour, over a rotation of keys", () => {
    for (const atMs of [0, epochMs - 1, 9 * epochMs + 5]) {
      const text = passes.issue({ site, effort: 77, nowMs: atMs });
      const read = passes.read(text, { site, nowMs: atMs + passLifeMs - 1 });
      expect(read).toMatchObject({ site, effort: 77, expiresMs: atMs + passLifeMs });
      expect(passes.read(text, { site, nowMs: atMs + passLifeMs })).toBeUndefined();
      expect(passes.read(text, { site, nowMs: atMs - skewMs - 1 })).toBeUndefined();
    }
  });

  test("is no ticket, and no other site's", () => {
    expect(passes.read(pass, { site: "blog", nowMs })).toBeUndefined();
    for (const purpose of purposes) expect(tickets.read(pass, { purpose, site, nowMs })).toBeUndefined();
  });

  test("has a serial that no other has", () => {
    const texts = Array.from({ length: 1_000 }, () => passes.issue({ site, effort: 0, nowMs }));
    const serials = texts.map((text) => passes.read(text, { site, nowMs })?.serial);
    expect(new Set(serials).size).toBe(1_000);
  });
});

describe("hostile text", () => {
  test("never throws and never verifies", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.uint8Array({ minLength: 36, maxLength: 36 }).map(base64Url),
      fc.stringMatching(/^[\w-]{48}$/),
    );
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 2 ** 42 }), (text, atMs) => {
        expect(isTaken(text, atMs)).toBe(false);
        expect(seedOf(text)).toHaveLength(32);
      }),
    );
  });

  test("a ticket or a pass with any bit changed is none", () => {
    for (const text of [ticket, pass]) {
      expect(isTaken(text)).toBe(true);
      const bytes = fromBase64Url(text);
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const changed = Uint8Array.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isTaken(base64Url(changed))).toBe(false);
      }
    }
  });

  test("no other way to write it is taken: a ticket has one text", () => {
    const plus = ticket.replaceAll("-", "+").replaceAll("_", "/");
    const others = [`${ticket}=`, ` ${ticket}`, `${ticket}\n`, ticket.slice(0, -1), `${ticket}AAAA`];
    if (plus !== ticket) others.push(plus);
    expect(others.filter((text) => isTaken(text))).toEqual([]);
  });

  test("what an epoch's key made two epochs ago is forgotten even where its time is changed back", () => {
    const old = tickets.issue({ purpose: "form", site, effort: 0, nowMs: nowMs - 2 * epochMs });
    expect(isTaken(old)).toBe(false);
    expect(isTaken(old, nowMs - 2 * epochMs + hourMs)).toBe(true);
  });
});
