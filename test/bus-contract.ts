/** What every implementation of the bus must do (src/bus/bus.ts): a suite that takes a factory. */
import { describe, expect, test } from "bun:test";
import { OperatorError } from "../src/base/errors.ts";
import { type Bus, BusError, type Event } from "../src/bus/bus.ts";

/** A running bus that clients can be connected to. */
export interface BusNetwork extends AsyncDisposable {
  connect(): Promise<Bus>;
  /** Breaks every connection; resolves when the clients may come back. */
  interrupt(): Promise<void>;
}

const published = (version: number): Event<"edition.published"> => ({ version });

export function busContract(name: string, start: () => Promise<BusNetwork>): void {
  describe(`the bus contract on ${name}`, () => {
    test("an event reaches everybody who listens, its sender too, and nobody else", async () => {
      await using network = await start();
      await using sender = await network.connect();
      await using listener = await network.connect();
      const own = next(sender, "edition.published");
      const others = next(listener, "edition.published");
      const unrelated = next(listener, "mode");
      await Promise.all([sender.flush(), listener.flush()]);
      sender.publish("edition.published", published(7));
      expect(await Promise.all([own, others])).toEqual([published(7), published(7)]);
      sender.publish("mode", { mode: "guarded", reason: "the one that was waited for" });
      expect(await unrelated).toEqual({ mode: "guarded", reason: "the one that was waited for" });
    });

    test("events of one sender arrive in order", async () => {
      await using network = await start();
      await using sender = await network.connect();
      await using listener = await network.connect();
      const versions = Array.from({ length: 500 }, (_, at) => at + 1);
      const seen: number[] = [];
      const all = Promise.withResolvers<void>();
      listener.subscribe("edition.published", ({ version }) => {
        seen.push(version);
        if (seen.length === versions.length) all.resolve();
      });
      await listener.flush();
      for (const version of versions) sender.publish("edition.published", published(version));
      await all.promise;
      expect(seen).toEqual(versions);
    });

    test("an event that is not of its form is refused before it leaves", async () => {
      await using network = await start();
      await using sender = await network.connect();
      expect(() => sender.publish("edition.published", published(-1))).toThrow(/edition\.published/);
    });

    test("an ended subscription gets nothing more, and leaves the others alone", async () => {
      await using network = await start();
      await using bus = await network.connect();
      const seen: string[] = [];
      const end = bus.subscribe("edition.published", () => void seen.push("ended"));
      const other = next(bus, "edition.published");
      end();
      end();
      await bus.flush();
      bus.publish("edition.published", published(1));
      await other;
      expect(seen).toEqual([]);
    });

    test("a handler that throws harms nobody", async () => {
      await using network = await start();
      await using bus = await network.connect();
      bus.subscribe("edition.published", () => {
        throw new Error("a bug");
      });
      bus.subscribe("edition.published", async () => {
        throw new Error("a slower bug");
      });
      const other = next(bus, "edition.published");
      await bus.flush();
      bus.publish("edition.published", published(1));
      expect(await other).toEqual(published(1));
    });

    test("a request gets its own answer, also when answers overtake each other", async () => {
      await using network = await start();
      await using asker = await network.connect();
      await using responder = await network.connect();
      const first = Promise.withResolvers<void>();
      responder.respond("newsroom.rollback", async ({ version }) => {
        if (version === 1) await first.promise;
        else first.resolve();
        return { edition: null, rendered: version, changed: 0, removed: 0 };
      });
      await responder.flush();
      const answers = await Promise.all(
        [1, 2].map((version) => asker.request("newsroom.rollback", { version })),
      );
      expect(answers.map(({ rendered }) => rendered)).toEqual([1, 2]);
    });

    test("a request that nobody answers fails at once", async () => {
      await using network = await start();
      await using bus = await network.connect();
      expect(await faultOf(bus.request("newsroom.publish", {}))).toBe("no-responder");
    });

    test("a request that is not answered in time fails, and the late answer is nobody's", async () => {
      await using network = await start();
      await using asker = await network.connect();
      await using responder = await network.connect();
      const late = Promise.withResolvers<{ repaired: boolean }>();
      responder.respond("newsroom.repair", () => late.promise);
      responder.respond("edge.bans.remove", () => ({ removed: true }));
      await responder.flush();
      expect(
        await faultOf(asker.request("newsroom.repair", { sha256: "0".repeat(64) }, { timeoutMs: 20 })),
      ).toBe("timeout");
      late.resolve({ repaired: true });
      await responder.flush();
      expect(await asker.request("edge.bans.remove", { network: "192.0.2.0/24" })).toEqual({ removed: true });
    });

    test("what an operator did wrong and what failed come back apart, with the hint", async () => {
      await using network = await start();
      await using bus = await network.connect();
      bus.respond("newsroom.rollback", ({ version }) => {
        if (version === 1)
          throw new OperatorError("there is no edition 1", {
            hint: "see `kasbah editions list`",
            exitCode: 2,
          });
        throw new Error("the disk is full");
      });
      await bus.flush();
      const refused = await errorOf(bus.request("newsroom.rollback", { version: 1 }));
      expect(refused).toMatchObject({
        fault: "refused",
        message: "there is no edition 1",
        hint: "see `kasbah editions list`",
      });
      const broken = await errorOf(bus.request("newsroom.rollback", { version: 2 }));
      expect(broken).toMatchObject({ fault: "remote", message: "the disk is full" });
    });

    test("an answer that is not of its form is the answering side's failure", async () => {
      await using network = await start();
      await using bus = await network.connect();
      bus.respond("edge.bans.remove", () => ({ removed: "yes" }) as unknown as { removed: boolean });
      await bus.flush();
      expect(await faultOf(bus.request("edge.bans.remove", { network: "192.0.2.0/24" }))).toBe("remote");
    });

    test("the newest responder answers; one that ended does not", async () => {
      await using network = await start();
      await using older = await network.connect();
      await using newer = await network.connect();
      const endOlder = older.respond("edge.bans.remove", () => ({ removed: false }));
      await older.flush();
      const endNewer = newer.respond("edge.bans.remove", () => ({ removed: true }));
      await newer.flush();
      endOlder();
      await older.flush();
      expect(await older.request("edge.bans.remove", { network: "192.0.2.0/24" })).toEqual({ removed: true });
      endNewer();
      await newer.flush();
      expect(await faultOf(older.request("edge.bans.remove", { network: "192.0.2.0/24" }))).toBe(
        "no-responder",
      );
    });

    test("what does not fit into a message is refused, on the way there and back", async () => {
      await using network = await start();
      await using bus = await network.connect();
      bus.respond("newsroom.import", () => ({
        taken: {},
        outcomes: {},
        omitted: 0,
        items: Array.from({ length: 300 }, () => ({
          what: "post",
          name: "x".repeat(10_000),
          outcome: "taken",
          detail: "",
        })),
      }));
      await bus.flush();
      const file = "/".repeat(3_000_000);
      expect(await faultOf(bus.request("newsroom.import", { file, site: "portal" }))).toBe("too-large");
      expect(await faultOf(bus.request("newsroom.import", { file: "/a", site: "portal" }))).toBe("too-large");
    });

    test("who asks something that ends before it answers learns so at once", async () => {
      await using network = await start();
      await using asker = await network.connect();
      const responder = await network.connect();
      const asked = Promise.withResolvers<void>();
      responder.respond("newsroom.publish", () => {
        asked.resolve();
        return new Promise(() => {});
      });
      await responder.flush();
      const fault = faultOf(asker.request("newsroom.publish", {}, { timeoutMs: 60_000 }));
      await asked.promise;
      await responder[Symbol.asyncDispose]();
      expect(await fault).toBe("closed");
    });

    test("after an interruption subscriptions and responders are there again by themselves", async () => {
      await using network = await start();
      await using asker = await network.connect();
      await using responder = await network.connect();
      responder.respond("edge.bans.remove", () => ({ removed: true }));
      const event = next(asker, "edition.published");
      await Promise.all([asker.flush(), responder.flush()]);
      await network.interrupt();
      await Promise.all([untilFlushed(asker), untilFlushed(responder)]);
      expect(await asker.request("edge.bans.remove", { network: "192.0.2.0/24" })).toEqual({ removed: true });
      responder.publish("edition.published", published(3));
      expect(await event).toEqual(published(3));
    });

    test("a closed bus sends nothing and answers nothing", async () => {
      await using network = await start();
      const bus = await network.connect();
      const waiting = faultOf(bus.request("newsroom.publish", {}));
      await bus[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
      expect(["closed", "no-responder"]).toContain(await waiting);
      expect(await faultOf(bus.request("newsroom.publish", {}))).toBe("closed");
      bus.publish("edition.published", published(1));
    });
  });
}

function next<S extends Parameters<Bus["subscribe"]>[0]>(bus: Bus, subject: S): Promise<Event<S>> {
  return new Promise((resolve) => {
    const end = bus.subscribe(subject, (event) => {
      end();
      resolve(event);
    });
  });
}

/** The error that an operation must end in. */
async function errorOf(operation: Promise<unknown>): Promise<BusError> {
  try {
    await operation;
  } catch (thrown) {
    if (thrown instanceof BusError) return thrown;
    throw thrown;
  }
  throw new Error("it should have failed");
}

async function faultOf(operation: Promise<unknown>): Promise<string> {
  return (await errorOf(operation)).fault;
}

/** Flushing fails while the connection is away, so it is tried again until it is back. */
async function untilFlushed(bus: Bus): Promise<void> {
  for (;;) {
    try {
      return await bus.flush();
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
