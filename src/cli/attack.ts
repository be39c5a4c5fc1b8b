/**
 * `kasbah attack`: drills the running instance with an attack, and shows what readers saw and what was recorded. Everything
 * that speaks HTTP is in attacks/; here the drill finds its target and tells the watch, never the edge, which networks are its own.
 */
import { drill } from "../../attacks/drill.ts";
import type { DrillNetwork } from "../../attacks/addresses.ts";
import { drawPlan, type Plan } from "../../attacks/plan.ts";
import type { Profile } from "../../attacks/profile.ts";
import { profiles } from "../../attacks/profiles.ts";
import { chooseTarget, type Target } from "../../attacks/target.ts";
import { rfc3339, systemClock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { nearest } from "../base/nearest.ts";
import { below, systemRandom } from "../base/random.ts";
import { ulid } from "../base/ulid.ts";
import type { Bus } from "../bus/bus.ts";
import type { Incident } from "../bus/facts.ts";
import type { Config } from "../config/settings.ts";
import { wholeNumber } from "./arguments.ts";
import { DefenceLog } from "./attack-defence.ts";
import {
  type AttackRecord,
  describePlan,
  describeProfiles,
  describeReport,
  listProfiles,
  recordOf,
} from "./attack-words.ts";
import { withInstance } from "./connect.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";
import { settingsOf } from "./settings-of.ts";

interface AttackOptions {
  readonly sources?: number;
  readonly seconds?: number;
  readonly rate?: number;
  readonly seed?: number;
}

const limits = { sources: 15_000, seconds: 600, rate: 200_000, seed: 2 ** 32 - 1 } as const;
/** A drill that was killed is over for the watch so long after its time. */
const marginMs = 20_000;
/** How long is waited for the incident to be closed. */
const recordMs = 15_000;

export const define: Define = (command) => {
  withJson(command)
    .argument("[profile]", "which attack; without it, what there is")
    .option("--sources <n>", "addresses that the flood comes from", wholeNumber(1, limits.sources))
    .option("--seconds <n>", "how long", wholeNumber(1, limits.seconds))
    .option(
      "--rate <n>",
      "requests a second, all together; 0: as fast as it goes",
      wholeNumber(0, limits.rate),
    )
    .option("--seed <n>", "draw the same drill again", wholeNumber(0, limits.seed))
    .addHelpText("after", () => `\nProfiles:\n  ${listProfiles(profiles).join("\n  ")}`)
    .action(async (name: string | undefined, options: AttackOptions) => {
      const invocation = invocationOf(command);
      if (name === undefined) {
        const facts = profiles.map((each) => ({ name: each.name, summary: each.summary, story: each.story }));
        return show(invocation, facts, () => describeProfiles(profiles));
      }
      const profile = profileNamed(name);
      const config = settingsOf(invocation);
      const progress = progressOf(invocation);
      const record = await withInstance(invocation, (bus) =>
        attack(bus, { profile, options, config, progress }),
      );
      show(invocation, record, () => describeReport(record));
    });
};

function profileNamed(name: string): Profile {
  const profile = profiles.find((each) => each.name === name);
  if (profile !== undefined) return profile;
  const names = profiles.map((each) => each.name);
  const meant = nearest(name, names);
  throw new OperatorError(`there is no attack "${name.slice(0, 100)}"`, {
    hint: meant === undefined ? `there is ${names.join(", ")}` : `did you mean "${meant}"?`,
    exitCode: 2,
  });
}

interface Attack {
  readonly profile: Profile;
  readonly options: AttackOptions;
  readonly config: Config;
  readonly progress: (line: string) => void;
}

async function attack(bus: Bus, { profile, options, config, progress }: Attack): Promise<AttackRecord> {
  const { edge } = await bus.request("edge.status", {});
  const target = { ...chooseTarget(edge.addresses, siteOf(config)), ...signInOf(config) };
  const seed = options.seed ?? below(systemRandom, limits.seed);
  const proxy = loopbackProxy(config);
  const plan = drawPlan(profile, { ...options, seed, known: knownNetworks(config), proxy });
  describePlan(profile, plan, target).forEach(progress);
  await using announced = await announce(bus, plan);
  const defence = new DefenceLog();
  const begins = (): void => defence.begins(systemClock.nowMs());
  const unsubscribe = bus.subscribe("defence", (facts) => defence.hears(facts, systemClock.nowMs()));
  const report = await drill({ plan, target, signal: announced.stopping, begins, progress }).finally(
    unsubscribe,
  );
  progress("waits for the incident to be recorded");
  const incident = await announced.recorded();
  return recordOf(plan, { target, report, defence: defence.seen, incident });
}

function siteOf(config: Config): string {
  return config["site.portal"].hosts[0] ?? "localhost";
}

/** The studio's, where it has a name at the edge. */
function signInOf({ studio }: Config): Pick<Target, "signIn"> {
  return studio.hostname === "" ? {} : { signIn: { host: studio.hostname, path: "/sign-in" } };
}

/** Blocks of loopback that `geo.overrides` puts somewhere: the edge takes their requests to come from there. */
function knownNetworks({ geo }: Config): DrillNetwork[] {
  return geo.overrides
    .filter(({ network }) => /^127\.\d+\.0\.0\/16$/.test(network))
    .map(({ network, country = "ZZ", asn = 0, name = "" }) => ({ network, country, asn, name }));
}

/** Through which a drill can come from addresses that this machine does not have. */
function loopbackProxy({ edge }: Config): string | undefined {
  const proxies = edge.trusted_proxies.map((network) => /^(127(?:\.\d+){3})\/32$/.exec(network)?.[1]);
  return proxies.find((proxy) => proxy !== undefined);
}

interface Announced extends AsyncDisposable {
  /** Aborted when somebody stops the drill. */
  readonly stopping: AbortSignal;
  /** Says that the drill is over; resolves with the closed incident, or with null where none comes in time. */
  recorded(): Promise<Incident | null>;
}

/** Tells the watch whose requests these will be, and that it is over, however it ends. */
async function announce(bus: Bus, { networks, flood: { seconds } }: Plan): Promise<Announced> {
  const id = ulid(systemClock, systemRandom);
  const startedMs = systemClock.nowMs();
  const say = (untilMs: number) =>
    bus.request("watch.drill", { id, networks: [...networks], until: rfc3339(untilMs) });
  const closed = Promise.withResolvers<Incident | null>();
  const unsubscribe = bus.subscribe("incident", (incident) => {
    const ours = incident.drill && Date.parse(incident.started_at) >= startedMs - 1_000;
    if (ours && incident.status === "closed") closed.resolve(incident);
  });
  await say(startedMs + seconds * 1_000 + marginMs);
  const stopping = new AbortController();
  const stop = (): void =>
    stopping.abort(new OperatorError("the drill was stopped", { hint: "its incident is closed by itself" }));
  for (const signal of signals) process.once(signal, stop);
  let ended: Promise<unknown> | undefined;
  const end = (): Promise<unknown> => (ended ??= say(systemClock.nowMs()));
  return {
    stopping: stopping.signal,
    async recorded() {
      await end();
      const timer = setTimeout(() => closed.resolve(null), recordMs);
      return await closed.promise.finally(() => clearTimeout(timer));
    },
    async [Symbol.asyncDispose]() {
      unsubscribe();
      for (const signal of signals) process.off(signal, stop);
      // A watch that is gone by now knows when it would have been over.
      await end().catch(() => {});
    },
  };
}

const signals = ["SIGINT", "SIGTERM"] as const;

/** Lines for whoever waits, beside the facts: on standard error. */
function progressOf({ json }: Invocation): (line: string) => void {
  return (line) => void (json || process.stderr.write(`${line}\n`));
}
