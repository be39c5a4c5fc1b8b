// Admission: the allow-list over bans over buckets, expiry to the millisecond, and tables that stay within their limit.
import { expect, test } from "bun:test";
import { Admission, type AdmissionLimits } from "./admission.ts";
import { type Network, parseNetwork } from "./address.ts";
import { type ActiveBan, objectionToBan } from "./bans.ts";

const start = Date.UTC(2011, 6, 31, 14);

function networkOf(text: string): Network {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

function create(limits: Partial<AdmissionLimits> = {}): Admission {
  return new Admission({
    mode: "auto",
    allow: [],
    prefixRate: 10,
    prefixBurst: 20,
    prefixesMax: 100,
    ...limits,
  });
}

function ask(admission: Admission, address: string, atMs = start): string {
  const client = admission.client(address, atMs);
  if (client === undefined) return "no address";
  if (admission.banOf(client, atMs) !== undefined) return "banned";
  return admission.throttledForS(client, atMs) === 0 ? "admitted" : "throttled";
}

function timesAdmitted(admission: Admission, addresses: Iterable<string>): number {
  return [...addresses].filter((address) => ask(admission, address) === "admitted").length;
}

const many = (count: number, address: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => address(at));
const ban = (network: string, expiresAtMs: number | null = null): ActiveBan => ({
  network,
  reason: "flood",
  expiresAtMs,
});

test("a prefix may burst, then keeps to its rate; others notice nothing", () => {
  const admission = create();
  expect(
    timesAdmitted(
      admission,
      many(50, () => "192.0.2.1"),
    ),
  ).toBe(20);
  expect(ask(admission, "192.0.2.2")).toBe("admitted");
  expect(ask(admission, "192.0.2.1", start + 99)).toBe("throttled");
  expect(ask(admission, "192.0.2.1", start + 199)).toBe("admitted");
});

test("without the bucket (mode off, or a dry run) the same burst goes through", () => {
  for (const mode of ["off", "shadow"] as const) {
    expect(
      timesAdmitted(
        create({ mode }),
        many(50, () => "192.0.2.1"),
      ),
    ).toBe(50);
  }
});

test("all addresses of one IPv6 /64 share a bucket, the next /64 has its own", () => {
  const admission = create();
  expect(
    timesAdmitted(
      admission,
      many(50, (at) => `2001:db8:0:1::${at.toString(16)}`),
    ),
  ).toBe(20);
  expect(ask(admission, "2001:db8:0:2::1")).toBe("admitted");
});

test("a mapped IPv4 address is counted with the plain one", () => {
  const admission = create();
  timesAdmitted(
    admission,
    many(20, () => "192.0.2.1"),
  );
  expect(ask(admission, "::ffff:192.0.2.1")).toBe("throttled");
});

test("a ban holds until the millisecond it expires, and the wider one behind it goes on", () => {
  const admission = create();
  admission.setBans([ban("192.0.2.0/24", start + 1000), ban("198.51.100.0/24")]);
  expect(ask(admission, "192.0.2.9", start + 999)).toBe("banned");
  expect(ask(admission, "192.0.2.9", start + 1000)).toBe("admitted");
  admission.setBans([ban("192.0.2.0/24", start + 1000), ban("192.0.0.0/16")]);
  expect(ask(admission, "192.0.2.9", start + 500)).toBe("banned");
  expect(ask(admission, "192.0.2.9", start + 2000)).toBe("banned");
  admission.setBans([]);
  expect(ask(admission, "192.0.2.9", start + 2000)).toBe("admitted");
});

test("the allow-list wins over a ban and over the bucket", () => {
  const admission = create({ allow: [networkOf("192.0.2.7/32")] });
  admission.setBans([ban("192.0.2.0/24")]);
  expect(
    timesAdmitted(
      admission,
      many(50, () => "192.0.2.7"),
    ),
  ).toBe(50);
  expect(ask(admission, "192.0.2.8")).toBe("banned");
});

test("bans hold in every mode", () => {
  for (const mode of ["auto", "off", "shadow"] as const) {
    const admission = create({ mode });
    admission.setBans([ban("192.0.2.0/24")]);
    expect(ask(admission, "192.0.2.1")).toBe("banned");
  }
});

test("no more addresses are remembered than the limit says, and none for longer than an hour", () => {
  const admission = create({ prefixesMax: 10 });
  timesAdmitted(
    admission,
    many(200, (at) => `10.0.0.${at}`),
  );
  expect(admission.clients).toBeWithin(5, 11);
  for (const minutes of [0, 30, 60]) admission.forget(start + minutes * 60_000);
  expect(admission.clients).toBe(0);
});

test("bans that would do nothing, or too much, are answered in words", () => {
  const allow = [networkOf("203.0.113.0/24")];
  expect(objectionToBan(networkOf("203.0.113.7"), allow)).toContain("always wins over a ban");
  expect(objectionToBan(networkOf("203.0.0.0/16"), allow)).toBeUndefined();
  expect(objectionToBan(networkOf("0.0.0.0/0"), allow)).toContain("too wide");
  expect(objectionToBan(networkOf("2001::/15"), allow)).toContain("too wide");
});
