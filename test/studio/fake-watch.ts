/** A bus with a watch on it that only says what a test has it say; for pages that show what the watch knows. */
import { join } from "node:path";
import { rfc3339 } from "../../src/base/clock.ts";
import type { Incident, Traffic } from "../../src/bus/facts.ts";
import { startHub } from "../../src/bus/hub.ts";
import { connectBus, type LocalBus } from "../../src/bus/local.ts";
import { temporaryFolder } from "../temporary-folder.ts";

export interface FakeWatch extends AsyncDisposable {
  /** The studio's end. */
  readonly bus: LocalBus;
  /** An edge's end. */
  readonly edgeBus: LocalBus;
  /** What it answers with. */
  incidents: readonly Incident[];
  past: readonly Traffic[];
  /** How many incidents somebody asked for last. */
  limit: number | undefined;
  say(told: Traffic): void;
  tell(incident: Incident): void;
  /** It answers nothing any more. */
  die(): Promise<void>;
  comeBack(): Promise<void>;
}

export async function fakeWatch(past: readonly Traffic[] = []): Promise<FakeWatch> {
  const lifetimes = new AsyncDisposableStack();
  const { path, remove } = temporaryFolder();
  lifetimes.defer(remove);
  const socket = join(path, "bus.sock");
  lifetimes.use(await startHub(socket));
  const bus = lifetimes.use(await connectBus(socket));
  const edgeBus = lifetimes.use(await connectBus(socket));
  const own = lifetimes.use(await connectBus(socket));
  let ends: readonly (() => void)[] = [];
  const watch: FakeWatch = {
    bus,
    edgeBus,
    incidents: [],
    past,
    limit: undefined,
    say: (told) => own.publish("traffic", told),
    tell: (incident) => own.publish("incident", incident),
    async die() {
      for (const end of ends) end();
      await own.flush();
    },
    async comeBack() {
      ends = [
        own.respond("watch.status", () => ({ mode: "calm", incidents_open: 0 })),
        own.respond("watch.traffic", () => ({ seconds: [...watch.past] })),
        own.respond("watch.incidents.list", ({ limit }) => {
          watch.limit = limit;
          return { incidents: watch.incidents.slice(0, limit), total: watch.incidents.length };
        }),
        own.respond("watch.incidents.show", ({ id }) => ({
          incident: watch.incidents.find((each) => each.id === id) ?? null,
        })),
      ];
      await own.flush();
    },
    [Symbol.asyncDispose]: () => lifetimes.disposeAsync(),
  };
  await watch.comeBack();
  return watch;
}

export function second(atMs: number, fields: Partial<Traffic> = {}): Traffic {
  return {
    at: rfc3339(atMs),
    requests: 24,
    refused: 0,
    failed: 0,
    readers: { requests: 20, served: 20, p99_ms: 12 },
    mode: "calm",
    drill: false,
    incidents_open: 0,
    ...fields,
  };
}

/** The flood of 31 July 2011 as the register has it. */
export const flood: Incident = {
  id: "01K0FL00D00000000000000000",
  drill: false,
  kind: "flood",
  status: "closed",
  started_at: "2011-07-31T14:05:00.000Z",
  ended_at: "2011-07-31T14:08:20.000Z",
  requests: 603_010,
  refused: 0,
  challenged: 0,
  sources: 4_012,
  networks: [
    { asn: 64_500, name: "Drill network A", share: 0.92 },
    { asn: 64_502, name: "<script>alert(1)</script>", share: 0.04 },
  ],
  countries: [
    { code: "SA", share: 0.92 },
    { code: "EG", share: 0.04 },
  ],
  rules: [],
  responses: { signed: 603_010, judged: 0, uncertain: 0, dynamic: 0 },
  readers: { requests: 3_680, served: 3_676, p99_ms: 24 },
  outcome: "neutralised",
  evidence: [
    {
      at: "2011-07-31T14:05:03.000Z",
      what: "3,000 requests/s; usual here: 5/s, far above it from 50/s",
      data: { rate_per_s: 3_000, usual_per_s: 5, high_per_s: 50 },
    },
    {
      at: "2011-07-31T14:05:03.000Z",
      what: "100 % come from clients that fetch no style sheet or image (usual: 36 %)",
      data: { trait: "parts", value: "bare", seen: 1, usual: 0.36, distance: 0.64, threshold: 0.3 },
    },
    {
      at: "2011-07-31T14:05:03.000Z",
      what: "98 % ask for /ar/",
      data: { path: "/ar/<b>", share: 0.98 },
    },
    { at: "2011-07-31T14:06:00.000Z", what: "something that only a later watch can say" },
    {
      at: "2011-07-31T14:08:20.000Z",
      what: "over: 603,010 requests from about 4,012 sources in 200 s, 3,900/s at most",
      data: { seconds: 200, peak_per_s: 3_900 },
    },
  ],
};
