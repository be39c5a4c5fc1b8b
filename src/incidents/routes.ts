/** The watch's addresses in the studio. All of them answer also while the watch doesn't: no request waits for it longer than `patienceMs`. */
import { join } from "node:path";
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Bus } from "../bus/bus.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Audit } from "../people/audit.ts";
import { page, readForm, Refusal, seeOther } from "../web/answers.ts";
import type { ClientScripts } from "../web/client-scripts.ts";
import type { Right, Route, SignedIn } from "../web/route.ts";
import { ServiceFeed, serviceOrders } from "./service/feed.ts";
import { tellService } from "./service/service-part.tsx";
import { DefenceFeed } from "./defence/feed.ts";
import { isOrder, orders, type SaidOfOrder, saidSchema } from "./defence/orders.ts";
import { drillBounds, drillProfiles } from "./drill-bounds.ts";
import { Drills } from "./drill.ts";
import { freshForm } from "./drill-part.tsx";
import { watchEvents } from "./events.ts";
import { IncidentPage, NoAnswerPage } from "./page-incident.tsx";
import { shownMax, WatchPage } from "./page-watch.tsx";
import { Teller } from "./telling.ts";
import { patienceMs, WatchFeed } from "./watch-feed.ts";

export interface WatchParts {
  readonly bus: Pick<Bus, "subscribe" | "request">;
  readonly clock: Clock;
  readonly log: Log;
  readonly scripts: ClientScripts;
  readonly audit: Pick<Audit, "note">;
  /** How a command against this instance is started; without it there are no drills. */
  readonly kasbah?: readonly string[] | undefined;
  /** Default: a quarter of a minute. */
  readonly beatEveryMs?: number;
}

const script = { name: "watch", entry: join(import.meta.dir, "chart.client.ts") };
const mayWatch: Right = { act: "watch", at: "anywhere" };
/** The whole site is defended, and drilled. */
const mayDefend: Right = { act: "defend", at: "everywhere" };
const mayDrill: Right = { act: "drill", at: "everywhere" };

export function watchRoutes(parts: WatchParts): readonly Route[] {
  const pages = new WatchPages(parts);
  return [
    { method: "GET", path: "/watch", access: mayWatch, handle: (visit) => pages.watch(visit) },
    { method: "GET", path: "/watch/events", access: mayWatch, handle: (visit) => pages.events(visit) },
    {
      method: "GET",
      path: "/watch/incidents/:incident",
      access: mayWatch,
      handle: (visit) => pages.incident(visit),
    },
    {
      method: "POST",
      path: "/watch/defence/:order",
      access: mayDefend,
      handle: (visit) => pages.order(visit),
    },
    {
      method: "POST",
      path: "/watch/service/:order",
      access: mayDefend,
      handle: (visit) => pages.orderService(visit),
    },
    {
      method: "POST",
      path: "/watch/rules/:rule/enable",
      access: mayDefend,
      handle: (visit) => pages.switchRule(visit, "enable"),
    },
    {
      method: "POST",
      path: "/watch/rules/:rule/disable",
      access: mayDefend,
      handle: (visit) => pages.switchRule(visit, "disable"),
    },
    { method: "POST", path: "/watch/drills", access: mayDrill, handle: (visit) => pages.startDrill(visit) },
    {
      method: "POST",
      path: "/watch/drills/stop",
      access: mayDrill,
      handle: (visit) => pages.stopDrill(visit),
    },
  ];
}

const beatEveryMs = 15_000;
const patience = { timeoutMs: patienceMs } as const;
/** A form of three short fields. */
const drillBytesMax = 1_024;
/** As in ruleSchema. */
const ruleIdLengthMax = 100;
const drillForm = z.object({ profile: z.string(), sources: z.string(), seconds: z.string() });

class WatchPages {
  readonly #parts: WatchParts;
  readonly #feed: WatchFeed;
  readonly #defence: DefenceFeed;
  readonly #service: ServiceFeed;
  readonly #drills: Drills;
  readonly #tellers = new Map<InterfaceLanguage, Teller>();

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#feed = new WatchFeed(parts);
    this.#defence = new DefenceFeed({ ...parts, changed: () => this.#feed.changed() });
    this.#service = new ServiceFeed({ ...parts, changed: () => this.#feed.changed() });
    this.#drills = new Drills({ ...parts, changed: () => this.#feed.changed() });
  }

  async watch(visit: SignedIn, form = freshForm): Promise<Response> {
    const { bus, clock, scripts, kasbah } = this.#parts;
    const teller = this.#teller(visit);
    const [now, list, address] = await Promise.all([
      this.#feed.now(),
      answered(bus.request("watch.incidents.list", { limit: shownMax }, patience)),
      scripts.address(script),
    ]);
    const mayStart = kasbah !== undefined && visit.person.may(mayDrill.act, "everywhere");
    return page(
      WatchPage({
        visit,
        teller,
        told: teller.tell(now, this.#feed.seconds, clock.nowMs()),
        said: saidSchema.safeParse(visit.url.searchParams.get("said")).data,
        defence: this.#defence.facts,
        service: this.#service.facts,
        mayDefend: visit.person.may(mayDefend.act, "everywhere"),
        list,
        drill: mayStart ? { state: this.#drills.state, form } : undefined,
        script: address,
      }),
      form.faults.length > 0 ? 422 : 200,
    );
  }

  events(visit: SignedIn): Response {
    const teller = this.#teller(visit);
    return watchEvents(visit, {
      feed: this.#feed,
      describe: (now) => ({
        ...teller.tell(now, this.#feed.seconds, this.#parts.clock.nowMs()),
        defence: {
          ...teller.defence.tell(this.#defence.facts),
          service: tellService(this.#service.facts, teller.language, teller.quantities),
        },
      }),
      beatEveryMs: this.#parts.beatEveryMs ?? beatEveryMs,
    });
  }

  async incident(visit: SignedIn): Promise<Response> {
    const teller = this.#teller(visit);
    const id = visit.params["incident"] ?? "";
    const answer = await answered(this.#parts.bus.request("watch.incidents.show", { id }, patience));
    if (answer === undefined) return page(NoAnswerPage({ visit, teller }), 503);
    if (answer.incident === null) throw new Refusal(404);
    const rules = this.#defence.facts?.rules ?? [];
    return page(IncidentPage({ visit, teller, incident: answer.incident, rules }));
  }

  async order(visit: SignedIn): Promise<Response> {
    const name = visit.params["order"] ?? "";
    if (!isOrder(name)) throw new Refusal(404);
    const isAnswered = await orders[name](this.#defence);
    // Also what may not have been done: that somebody ordered it is what the record is for.
    this.#parts.audit.note({ account: visit.person.id, act: `defence.${name}`, subject: "edge" });
    return backTo("defence", isAnswered ? undefined : "no answer");
  }

  async orderService(visit: SignedIn): Promise<Response> {
    const name = serviceOrders.find((each) => each === visit.params["order"]);
    if (name === undefined) throw new Refusal(404);
    const isAnswered = await this.#service.order(name);
    this.#parts.audit.note({ account: visit.person.id, act: `service.${name}`, subject: "edge" });
    return backTo("service", isAnswered ? undefined : "no answer");
  }

  async switchRule(visit: SignedIn, way: "enable" | "disable"): Promise<Response> {
    const id = visit.params["rule"] ?? "";
    if (id.length > ruleIdLengthMax) throw new Refusal(404);
    const answer = await this.#defence.order(`edge.rules.${way}`, { id });
    if (answer === undefined) return backTo("defence", "no answer");
    if (answer.rule === null) return backTo("defence", "no rule");
    this.#parts.audit.note({ account: visit.person.id, act: `rule.${way}`, subject: id });
    return backTo(`rule-${id}`);
  }

  async startDrill(visit: SignedIn): Promise<Response> {
    const { profile, ...numbers } = await readForm(visit, drillForm, drillBytesMax);
    const known = drillProfiles.find((name) => name === profile);
    if (known === undefined) throw new Refusal(422, `there is no attack "${profile.slice(0, 100)}"`);
    const faults = (["sources", "seconds"] as const).filter(
      (name) => !isWithin(numbers[name], drillBounds[name]),
    );
    if (faults.length > 0) return await this.watch(visit, { ...numbers, faults });
    const order = { profile: known, sources: Number(numbers.sources), seconds: Number(numbers.seconds) };
    if (!this.#drills.start(order)) throw new Refusal(409, "a drill is going on already");
    this.#note(visit, "drill.start", `${order.sources} sources, ${order.seconds} s`);
    return seeOther("/watch#drill");
  }

  stopDrill(visit: SignedIn): Response {
    if (this.#drills.stop()) this.#note(visit, "drill.stop");
    return seeOther("/watch#drill");
  }

  #note({ person }: SignedIn, act: string, detail?: string): void {
    const { state } = this.#drills;
    if (state.kind === "none") return;
    this.#parts.audit.note({ account: person.id, act, subject: state.order.profile, detail });
  }

  #teller({ language, timeZone }: SignedIn): Teller {
    const known = this.#tellers.get(language) ?? new Teller(language, timeZone);
    this.#tellers.set(language, known);
    return known;
  }
}

function backTo(place: string, said?: SaidOfOrder): Response {
  const query = said === undefined ? "" : `?${new URLSearchParams({ said })}`;
  return seeOther(`/watch${query}#${encodeURIComponent(place)}`);
}

/** Undefined where nobody answers in time. */
function answered<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch(() => undefined);
}

function isWithin(text: string, { least, most }: { readonly least: number; readonly most: number }): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
