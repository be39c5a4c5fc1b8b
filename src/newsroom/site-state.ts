/**
 * How the site stands, for the line on every page of the studio. It is followed in the background, so that no page ever waits for the watch;
 * a watch that hasn't been heard for a while is not believed any longer.
 */
import type { Clock } from "../base/clock.ts";
import type { Answer, Bus, Event } from "../bus/bus.ts";
import type { OriginState } from "../bus/origin-facts.ts";
import type { ServiceFacts } from "../bus/service-facts.ts";
import type { Publisher } from "../publishing/publisher.ts";
import type { SiteState } from "../web/route.ts";

export interface SiteStateOptions {
  readonly publisher: Pick<Publisher, "facts">;
  readonly bus: Pick<Bus, "subscribe" | "request">;
  readonly clock: Clock;
}

const askEveryMs = 2_000;
const askTimeoutMs = 1_000;
/** Two questions without an answer, and a little more. */
const silentAfterMs = 5_000;
/** An edge tells every five seconds how it serves the protected site, and how much it serves. */
const edgeSilentAfterMs = 15_000;
/** What needs somebody most comes first. */
const gravest = ["held", "gone", "maintenance", "live"] as const satisfies readonly OriginState["site"][];

const lessThanNormal = ["read-only", "lite"] as const satisfies readonly ServiceFacts["level"][];

export class SiteStateFollower implements Disposable {
  readonly #options: SiteStateOptions;
  readonly #endings: readonly (() => void)[];
  #watch: { readonly status: Answer<"watch.status">; readonly heardMs: number } | undefined;
  readonly #services = new Map<string, { readonly level: ServiceFacts["level"]; readonly heardMs: number }>();
  readonly #edges = new Map<string, { readonly site: OriginState["site"]; readonly heardMs: number }>();

  constructor(options: SiteStateOptions) {
    this.#options = options;
    const { bus } = options;
    const timer = setInterval(() => void this.ask(), askEveryMs);
    this.#endings = [
      () => clearInterval(timer),
      bus.subscribe("mode", () => this.ask()),
      bus.subscribe("incident", () => this.ask()),
      bus.subscribe("origin.state", (state) => this.#hear(state)),
      bus.subscribe("service", (facts) => this.#hearService(facts)),
    ];
    void this.ask();
  }

  get state(): SiteState {
    const { publisher, clock } = this.#options;
    const edition = publisher.facts();
    const isHeard = this.#watch !== undefined && clock.nowMs() - this.#watch.heardMs < silentAfterMs;
    const status = isHeard ? this.#watch?.status : undefined;
    return {
      edition: edition && {
        version: edition.version,
        publishedAt: edition.published_at,
        stale: edition.stale,
      },
      mode: status?.mode ?? null,
      incidentsOpen: status?.incidents_open ?? null,
      protectedSite: this.#protectedSite(),
      service: this.#service(),
    };
  }

  /** Resolves when the watch has answered, or when it is clear that it doesn't. Never rejects. */
  async ask(): Promise<void> {
    const { bus, clock } = this.#options;
    try {
      const status = await bus.request("watch.status", {}, { timeoutMs: askTimeoutMs });
      this.#watch = { status, heardMs: clock.nowMs() };
    } catch {
      // Its silence is what `state` tells.
    }
  }

  #hear({ edge, site }: Event<"origin.state">): void {
    this.#edges.set(edge, { site, heardMs: this.#options.clock.nowMs() });
  }

  #hearService({ edge, level }: Event<"service">): void {
    this.#services.set(edge, { level, heardMs: this.#options.clock.nowMs() });
  }

  /** Of the edge that serves least. */
  #service(): SiteState["service"] {
    const oldestMs = this.#options.clock.nowMs() - edgeSilentAfterMs;
    const heard = [...this.#services.values()].filter(({ heardMs }) => heardMs > oldestMs);
    return lessThanNormal.find((each) => heard.some(({ level }) => level === each));
  }

  /** At the edge where it stands worst. */
  #protectedSite(): OriginState["site"] | null {
    const oldestMs = this.#options.clock.nowMs() - edgeSilentAfterMs;
    const heard = [...this.#edges.values()].filter(({ heardMs }) => heardMs > oldestMs);
    return gravest.find((each) => heard.some(({ site }) => site === each)) ?? null;
  }

  [Symbol.dispose](): void {
    for (const end of this.#endings) end();
  }
}
