// The edge defends itself: when it starts in the middle of an attack, when the watch is frozen, when a worker dies; and only as far as it is let.
import { afterEach, describe, expect, test } from "bun:test";
import { systemClock } from "../../src/base/clock.ts";
import type { DefenceFacts } from "../../src/bus/facts.ts";
import { connectBus, type LocalBus } from "../../src/bus/local.ts";
import { dataFolder } from "../../src/config/data-folder.ts";
import { BareFlood } from "../edge/bare-flood.ts";
import { rawRequest } from "../edge/raw-http.ts";
import { kernelObeys, tables } from "../nft.ts";
import { until, WholeEdge } from "../edge/whole-edge.ts";
import { type Instance, processOf, startInstance } from "./instance.ts";

const sources = 120;
const timeoutMs = 30_000;
/** Within a second, in simulated time (defence.test.ts) and on a machine that is free; this one may be busy with other tests. */
const soonMs = 5_000;
const bare = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const bareTerms = [
  { trait: "program", value: "none" },
  { trait: "accept", value: "none" },
];

const lifetimes: AsyncDisposableStack[] = [];
afterEach(async () => {
  for (const lifetime of lifetimes.splice(0)) await lifetime.disposeAsync();
});

async function instanceWith(
  settings: string,
  { kernel }: { readonly kernel: "auto" | "off" } = { kernel: "off" },
): Promise<Instance> {
  const lifetime = new AsyncDisposableStack();
  lifetimes.push(lifetime);
  return lifetime.use(
    await startInstance({ demo: true, settings: `${settings}\n[kernel]\nnftables = "${kernel}"\n` }),
  );
}

async function busOf({ data }: Instance): Promise<LocalBus> {
  const bus = await connectBus(dataFolder(data).busSocket);
  lifetimes.at(-1)?.use(bus);
  return bus;
}

function portOf({ edge }: { readonly edge: string }): number {
  return Number(new URL(edge).port);
}

/** The first that says so, from now on. */
async function defenceThat(bus: LocalBus, isSo: (facts: DefenceFacts) => boolean): Promise<DefenceFacts> {
  const { promise, resolve } = Promise.withResolvers<DefenceFacts>();
  const end = bus.subscribe("defence", (facts) => {
    if (isSo(facts)) resolve(facts);
  });
  return await promise.finally(end);
}

const acts = ({ rules }: DefenceFacts): boolean => rules.some(({ state }) => state === "active");

async function readerGets(instance: Instance): Promise<number> {
  const headers = {
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "accept-language": "ar-MA",
  };
  return (await instance.get("/", { headers: { ...headers, accept: "text/html,*/*;q=0.8" } })).status;
}

describe("a flood", () => {
  test(
    "that is there when the edge starts for the first time meets a rule, and readers are served",
    async () => {
      const first = await instanceWith("");
      using flood = new BareFlood(portOf(first), sources);
      await first.stop();
      const instance = await first.again();
      lifetimes.at(-1)?.use(instance);
      const bus = await busOf(instance);
      expect((await bus.request("edge.defence", {})).defence.frozen).toBe(false);
      if (!acts((await bus.request("edge.defence", {})).defence)) await defenceThat(bus, acts);
      expect(await readerGets(instance)).toBe(200);
      const answers = await flood.count(1_000);
      expect(answers.get(200) ?? 0).toBeLessThan(20);
    },
    timeoutMs,
  );

  test(
    "meets a rule at once while the watch is frozen; the edge's own mode is what it says of its health",
    async () => {
      const instance = await instanceWith("");
      const bus = await busOf(instance);
      const watch = await processOf("watch", instance.processId);
      process.kill(watch, "SIGSTOP");
      try {
        const ruled = defenceThat(bus, acts);
        await bus.flush();
        const startedMs = systemClock.nowMs();
        using _ = new BareFlood(portOf(instance), sources);
        const { rules } = await ruled;
        const active = rules.find(({ state }) => state === "active");
        expect(systemClock.nowMs() - startedMs).toBeLessThan(soonMs);
        expect(active?.collateral_worst).toBeLessThanOrEqual(0.02);
        await until(async () =>
          /"mode":"(?:guarded|siege)"/.test(await (await instance.get("/_kasbah/health")).text()),
        );
        expect(await readerGets(instance)).toBe(200);
      } finally {
        process.kill(watch, "SIGCONT");
      }
    },
    timeoutMs,
  );

  test(
    "gets everything that it asks for where the defence is off, and where it only notes",
    async () => {
      for (const mode of ["off", "shadow"]) {
        const instance = await instanceWith(`[decision]\nmode = "${mode}"`);
        const bus = await busOf(instance);
        using flood = new BareFlood(portOf(instance), sources);
        if (mode === "shadow") await defenceThat(bus, acts);
        const answers = await flood.count(1_500);
        expect([...answers.keys()]).toEqual([200]);
        expect((await bus.request("edge.defence", {})).defence.dry_run).toBe(mode === "shadow");
      }
    },
    timeoutMs,
  );
});

describe.skipIf(!kernelObeys)("the kernel", () => {
  test(
    "takes a flood over; undo lets it in again, and a stop leaves no table behind",
    async () => {
      const instance = await instanceWith("", { kernel: "auto" });
      const bus = await busOf(instance);
      const own = tables().filter((name) => name.includes(`_${portOf(instance)}_`));
      expect(own).toHaveLength(1);
      using flood = new BareFlood(portOf(instance), sources);
      await defenceThat(bus, acts);
      await defenceThat(bus, ({ kernel }) => kernel.banned >= sources * 0.99);
      expect(await readerGets(instance)).toBe(200);
      const answers = await flood.count(1_000);
      expect(answers.values().reduce((sum, count) => sum + count, 0)).toBeLessThan(sources);
      const { defence, rules } = await bus.request("edge.defence.undo", {});
      expect(defence.kernel.banned).toBe(0);
      expect(rules).toBeGreaterThanOrEqual(1);
      await instance.stop();
      expect(tables()).not.toContain(own[0] ?? "");
    },
    timeoutMs,
  );
});

describe("over the bus", () => {
  test(
    "a rule that matches all phones is refused, one that harms nobody acts until it is switched off",
    async () => {
      const instance = await instanceWith("");
      const bus = await busOf(instance);
      const ask = { action: "deny", seconds: 600, by: "watch" } as const;
      const hostile = [{ trait: "client", value: "phone" }];
      const refused = await bus.request("edge.rules.add", { ...ask, terms: hostile });
      expect(refused.rule).toBeNull();
      expect(refused.objection).toContain("clients do");
      const added = await bus.request("edge.rules.add", { ...ask, terms: bareTerms });
      const id = added.rule?.id ?? "";
      const status = async (): Promise<number> => (await rawRequest(portOf(instance), bare)).status;
      await until(async () => (await status()) !== 200);
      expect(await readerGets(instance)).toBe(200);
      await bus.request("edge.rules.disable", { id });
      expect((await bus.request("edge.rules.list", {})).rules.find((rule) => rule.id === id)?.state).toBe(
        "expired",
      );
      await until(async () => (await status()) === 200);
    },
    timeoutMs,
  );
});

describe("a worker", () => {
  const RealWorker = globalThis.Worker;
  afterEach(() => {
    globalThis.Worker = RealWorker;
  });

  test("that starts anew has the rules that hold", async () => {
    const workers: Worker[] = [];
    globalThis.Worker = class extends RealWorker {
      constructor(...options: ConstructorParameters<typeof RealWorker>) {
        super(...options);
        workers.push(this);
      }
    };
    await using edge = new WholeEdge();
    await edge.publish({ "/": "front" });
    await edge.start();
    await edge.bus.request("edge.rules.add", {
      terms: bareTerms,
      action: "deny",
      seconds: 600,
      by: "operator",
    });
    const port = Number(new URL(edge.url).port);
    let asked = 0;
    /** Each time from somewhere else: who is refused often gets no answer at all. Nothing: the connection went to a worker that was just ending. */
    const status = async (): Promise<number | undefined> => {
      asked += 1;
      const answer = await rawRequest(port, bare, 1_000, `127.0.3.${asked}`).catch(() => undefined);
      return answer?.status || undefined;
    };
    edge.clock.advance(500);
    await until(async () => (await status()) === 403);
    for (const worker of workers) worker.terminate();
    await until(
      async () =>
        workers.length === 4 &&
        (await edge.get("/").then(
          ({ ok }) => ok,
          () => false,
        )),
    );
    const answers: number[] = [];
    await until(async () => {
      const answer = await status();
      if (answer !== undefined) answers.push(answer);
      return answers.length === 5;
    });
    expect(answers).toEqual([403, 403, 403, 403, 403]);
  }, 20_000);
});
