/** The studio's pages about a protected site, on a real port: a living origin, a newsroom with its first baseline, an edge that says what a test has it say. */
import { systemClock } from "../../src/base/clock.ts";
import { connectBus } from "../../src/bus/local.ts";
import type { OriginState } from "../../src/bus/origin-facts.ts";
import type { InterfaceLanguage } from "../../src/language/tags.ts";
import { menuOf } from "../../src/newsroom/features.ts";
import { originRoutes } from "../../src/origin/routes.ts";
import type { Deed } from "../../src/people/audit.ts";
import { protectedSite } from "../origin-newsroom.ts";
import { openStudio, personWho } from "./studio.ts";

const since = "2026-05-20T01:40:00Z";

export const liveState: OriginState = {
  edge: "edge-1",
  at: since,
  site: "live",
  since,
  by: "edge",
  reason: "",
  baseline: { approved_at: since, pages: 11 },
  held_pages: 0,
  working_until: null,
  maintenance: null,
  health: { state: "well", took_ms: 240, capacity: 8, waiting: 0 },
  shown: { judged: 120, uncertain: 2, copies: 0, cached: 90 },
};

export async function openOriginStudio({ language = "en" }: { readonly language?: InterfaceLanguage } = {}) {
  const stack = new AsyncDisposableStack();
  const site = stack.use(await protectedSite());
  const bus = stack.use(await connectBus(site.data.busSocket));
  const edge = { state: liveState, asked: [] as (readonly [string, unknown])[], sample: "" };
  const answers = (subject: "edge.origin.working" | "edge.maintenance.on" | "edge.maintenance.off"): void => {
    site.edge.respond(subject, (ask: unknown) => {
      edge.asked.push([subject, ask]);
      return { origin: edge.state, maintenance: null };
    });
  };
  answers("edge.origin.working");
  answers("edge.maintenance.on");
  answers("edge.maintenance.off");
  site.edge.respond("edge.origin", () => ({ origin: edge.state }));
  site.edge.respond("edge.origin.purge", (ask) => {
    edge.asked.push(["edge.origin.purge", ask]);
    return { purged: 7 };
  });
  site.edge.respond("edge.origin.sample", ({ offset }) => {
    if (edge.sample === "") return { sample: null };
    const body = Buffer.from(edge.sample);
    const piece = body.subarray(offset, offset + 100_000).toString("base64");
    return { sample: { status: 200, headers: [["content-type", "text/html"]], length: body.length, piece } };
  });
  await site.edge.flush();
  const noted: Deed[] = [];
  const { origin } = site.protecting;
  const { evidence } = site.data;
  const audit = { note: (deed: Deed) => void noted.push(deed) };
  const studio = stack.use(
    openStudio({
      routes: originRoutes({ origin, bus, clock: systemClock, audit, evidence }),
      menu: menuOf({ isProtecting: true }),
      person: personWho(),
      language,
    }),
  );
  return { ...site, bus, state: edge, noted, studio, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
