/** The local bus: the contract, and what a hostile or slow client can't do to the others. */
import { describe, expect, test } from "bun:test";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../base/errors.ts";
import { busContract } from "../../test/bus-contract.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { lineBytesMax, requestsMax } from "./frame.ts";
import { type Hub, startHub } from "./hub.ts";
import { connectBus, type LocalBus } from "./local.ts";

busContract("local sockets", async () => {
  const house = await startHouse();
  return {
    connect: house.connect,
    interrupt: house.restartHub,
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
});

describe("the hub", () => {
  test("its socket is the owner's alone", async () => {
    await using house = await startHouse();
    expect((await stat(house.path)).mode & 0o777).toBe(0o600);
  });

  test("takes the place of a socket that a killed hub left behind", async () => {
    await using house = await startHouse();
    await Bun.write(`${house.path}.2`, "");
    await using second = await startHub(`${house.path}.2`);
    await using bus = await connectBus(`${house.path}.2`);
    await bus.flush();
    expect(second.counts().clients).toBe(1);
  });

  test("takes the place of a folder that somebody put where its socket belongs", async () => {
    await using house = await startHouse();
    await Bun.write(`${house.path}.3/file`, "");
    await using _third = await startHub(`${house.path}.3`);
    await using bus = await connectBus(`${house.path}.3`);
    await bus.flush();
  });

  test("nobody there: connecting fails at once and names the socket", async () => {
    const outcome = await connectBus("/nonexistent/bus.sock").catch(messageOf);
    expect(outcome).toMatch("/nonexistent/bus.sock");
  });

  test.each([
    ["an endless line", "x".repeat(lineBytesMax.fromClient + 1)],
    ["an endless line behind a good one", `flush - 1 \n${"x".repeat(lineBytesMax.fromClient + 1)}`],
    ["a verb that does not exist", "destroy - 1 \n"],
    ["no id", "flush - \n"],
    ["an id that is no whole number", "flush - 1e9 \n"],
    ["a negative id", "flush - -1 \n"],
    ["an empty line", "\n"],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x0a])],
    ["an unknown event", "publish nothing.like.it 0 {}\n"],
    ["an event's subject from the prototype", "subscribe constructor 0 \n"],
    ["listening to a request", "subscribe newsroom.publish 0 \n"],
    ["answering an event", "respond mode 0 \n"],
    ["asking an unknown subject", "request toString 1 {}\n"],
    [
      "more requests than allowed",
      `respond newsroom.publish 0 \n${Array.from({ length: requestsMax + 1 }, (_, id) => `request newsroom.publish ${id} {}\n`).join("")}`,
    ],
    ["the same id twice", "respond newsroom.publish 0 \n" + "request newsroom.publish 1 {}\n".repeat(2)],
  ])("cuts off a client that sends %s, and nobody else notices", async (_, sent) => {
    await using house = await startHouse();
    await using listener = await house.connect();
    await using sender = await house.connect();
    const event = new Promise((resolve) => listener.subscribe("edition.published", resolve));
    await listener.flush();
    const hostile = await rawClient(house.path);
    hostile.write(Buffer.from(sent));
    await hostile.closed;
    sender.publish("edition.published", { version: 4 });
    expect(await event).toEqual({ version: 4 });
    expect(house.hub().counts().cut).toBe(1);
  });

  test("passes payloads on unread: what is no JSON is the receiver's to refuse", async () => {
    await using house = await startHouse();
    await using listener = await house.connect();
    const event = new Promise((resolve) => listener.subscribe("edition.published", resolve));
    await listener.flush();
    const sender = await rawClient(house.path);
    sender.write(
      Buffer.from(
        'publish edition.published 0 {"version":\npublish edition.published 0 {"version":-1}\npublish edition.published 0 {"version":9}\n',
      ),
    );
    expect(await event).toEqual({ version: 9 });
    expect(listener.lost).toBe(2);
    sender.end();
  });

  test("a line of the greatest length stays readable when the hub's own id is longer", async () => {
    await using house = await startHouse();
    await using asker = await house.connect();
    await using responder = await house.connect();
    responder.respond("edge.bans.remove", () => ({ removed: true }));
    await responder.flush();
    const hostile = await rawClient(house.path);
    const head = "request edge.bans.remove 1 ";
    for (let id = 11; id <= 20; id += 1) hostile.write(Buffer.from(`request edge.bans.remove ${id} {}\n`));
    await hostile.line("refuse - 20 ");
    hostile.write(Buffer.from(`${head}${"x".repeat(lineBytesMax.fromClient - head.length - 1)}\n`));
    await hostile.line("refuse - 1 ");
    expect(await asker.request("edge.bans.remove", { network: "192.0.2.0/24" })).toEqual({ removed: true });
    hostile.end();
  });

  test("a refusal that is none fails the one request and nothing else", async () => {
    await using house = await startHouse();
    await using asker = await house.connect();
    const responder = await rawClient(house.path);
    responder.write(Buffer.from("respond newsroom.publish 0 \nflush - 1 \n"));
    await responder.line("flush - 1 ");
    const outcome = asker.request("newsroom.publish", {}).catch(messageOf);
    await responder.line("request newsroom.publish 1 {}");
    responder.write(Buffer.from("refuse - 1 {\n"));
    expect(await outcome).toBe("the other side failed and did not say how");
    await asker.flush();
    responder.end();
  });

  test("an answer counts only from the client that was asked", async () => {
    await using house = await startHouse();
    await using asker = await house.connect();
    await using responder = await house.connect();
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    responder.respond("edge.bans.remove", async () => {
      asked.resolve();
      await goOn.promise;
      return { removed: true };
    });
    await responder.flush();
    const answer = asker.request("edge.bans.remove", { network: "192.0.2.0/24" });
    await asked.promise;
    const forger = await rawClient(house.path);
    const ids = Array.from({ length: 50 }, (_, id) => `answer - ${id} {"removed":false}\n`);
    forger.write(Buffer.from(`${ids.join("")}flush - 1 \n`));
    await forger.line("flush - 1 ");
    goOn.resolve();
    expect(await answer).toEqual({ removed: true });
    forger.end();
  });

  test("a client that does not read loses events, then its connection; the others get every one", async () => {
    await using house = await startHouse();
    await using sender = await house.connect();
    await using listener = await house.connect();
    const stuck = await rawClient(house.path);
    stuck.write(Buffer.from("subscribe tampering 0 \nflush - 1 \n"));
    await stuck.line("flush - 1 ");
    stuck.pause();
    const count = 7_000;
    const seen = Promise.withResolvers<void>();
    let received = 0;
    listener.subscribe("tampering", () => {
      received += 1;
      if (received === count) seen.resolve();
    });
    await listener.flush();
    for (let at = 0; at < count; at += 1) {
      sender.publish("tampering", {
        where: `${at}`,
        evidence: { at: "2011-07-31T14:05:09Z", what: "x".repeat(2_000) },
      });
      if (at % 100 === 0) await sender.flush();
    }
    await seen.promise;
    const { lost, cut } = house.hub().counts();
    expect({ lostSome: lost > 1_000, cut }).toEqual({ lostSome: true, cut: 1 });
    expect([sender.lost, listener.lost]).toEqual([0, 0]);
  });

  test("lets in so many clients and no more; who left makes room", async () => {
    await using house = await startHouse();
    const first = await Promise.all(Array.from({ length: 32 }, () => rawClient(house.path)));
    const tooMany = await rawClient(house.path);
    await tooMany.closed;
    first[0]?.end();
    await first[0]?.closed;
    await using late = await house.connect();
    await late.flush();
    for (const client of first) client.end();
  });
});

interface House extends AsyncDisposable {
  readonly path: string;
  readonly hub: () => Hub;
  readonly restartHub: () => Promise<void>;
  readonly connect: () => Promise<LocalBus>;
}

async function startHouse(): Promise<House> {
  const { path: folder, remove } = temporaryFolder();
  const path = join(folder, "bus.sock");
  let hub = await startHub(path);
  return {
    path,
    hub: () => hub,
    connect: () => connectBus(path),
    async restartHub() {
      await hub[Symbol.asyncDispose]();
      hub = await startHub(path);
    },
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await remove();
    },
  };
}

interface RawClient {
  readonly closed: Promise<void>;
  readonly write: (data: Uint8Array) => void;
  /** Resolves when these words have arrived. */
  readonly line: (wanted: string) => Promise<void>;
  readonly pause: () => void;
  readonly end: () => void;
}

/** Speaks bytes to the hub, as something that broke out of its role would. */
async function rawClient(path: string): Promise<RawClient> {
  const closed = Promise.withResolvers<void>();
  let arrived = Promise.withResolvers<void>();
  let wantedLine: string | undefined;
  let text = "";
  let rest = new Uint8Array(0);
  const send = (data: Uint8Array): void => {
    rest = data.slice(Math.max(0, socket.write(data)));
  };
  const socket = await Bun.connect({
    unix: path,
    socket: {
      data: (_, chunk) => {
        text += chunk.toString();
        if (wantedLine !== undefined && text.includes(wantedLine)) arrived.resolve();
      },
      drain: () => send(rest),
      close: () => closed.resolve(),
    },
  });
  return {
    closed: closed.promise,
    write: send,
    line: (wanted) => {
      wantedLine = wanted;
      arrived = Promise.withResolvers();
      if (text.includes(wanted)) arrived.resolve();
      return arrived.promise;
    },
    pause: () => socket.pause(),
    end: () => void socket.end(),
  };
}
