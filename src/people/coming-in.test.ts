/** Coming in through the real front door: invitations, passkeys, sessions, and everything that is tried against them. */
import { describe, expect, spyOn, test } from "bun:test";
import type { Lies, RequestOptions, CreationOptions } from "../../test/studio/authenticator.ts";
import { type NewsroomStudio, openNewsroomStudio } from "../../test/studio/newsroom-studio.ts";
import { chrome, firefox, Visitor } from "../../test/studio/visitor.ts";
import { guessLimits, signInLimits } from "./attempts.ts";
import { invite } from "./roster.ts";

const everywhere = { role: "editor", site: null, section: null } as const;

async function withSteward(studio: NewsroomStudio): Promise<Visitor> {
  const amina = await Visitor.at(studio.origin);
  expect((await amina.enrol(studio.firstLink())).status).toBe(200);
  return amina;
}

function linkFor(studio: NewsroomStudio, name: string): string {
  const link = invite(studio.newsroom.membership, { name, grant: everywhere, by: null });
  if (link.outcome === "refused") throw new Error(link.reason);
  return link.value.url;
}

/** As the edge says where somebody comes from. */
async function fromNetwork({ origin }: NewsroomStudio, address: string): Promise<Visitor> {
  const visitor = await Visitor.at(origin);
  visitor.headers = { "x-real-ip": address };
  return visitor;
}

test("from an invitation to an account, out, and in again with the passkey", async () => {
  await using studio = await openNewsroomStudio();
  const { people, audit } = studio.newsroom;
  const amina = await Visitor.at(studio.origin);
  const page = await amina.get(new URL(studio.firstLink()).pathname);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("first steward")]);

  const link = studio.firstLink();
  const came = await amina.enrol(link);
  expect([came.status, await came.json()]).toEqual([200, { to: "/" }]);
  const [account] = people.accounts();
  expect(people.grantsOf(account?.id ?? "")).toEqual([
    { account: account?.id ?? "", role: "steward", site: null, section: null },
  ]);
  expect(audit.entries({ limit: 1 })[0]).toMatchObject({ act: "person.join", account: account?.id });
  expect(await amina.isIn()).toBe(true);

  const stolen = amina.cookies.get("kasbah") ?? "";
  expect((await amina.post("/sign-out")).headers.get("location")).toBe("/sign-in");
  expect(await amina.isIn()).toBe(false);
  amina.cookies.set("kasbah", stolen);
  expect(await amina.isIn()).toBe(false);

  expect(await (await amina.signIn({}, "/me?x=1")).json()).toEqual({ to: "/me?x=1" });
  expect(await amina.isIn()).toBe(true);
});

describe("an invitation", () => {
  test("that is guessed, used, or over gets one and the same page, and lets nobody in", async () => {
    await using studio = await openNewsroomStudio();
    await withSteward(studio);
    const used = linkFor(studio, "Sara");
    expect((await (await Visitor.at(studio.origin)).enrol(used, "Sara")).status).toBe(200);
    const over = linkFor(studio, "Idir");
    studio.clock.advance(72 * 60 * 60 * 1_000);
    const guessed = `${studio.origin}/invitation/${"A".repeat(43)}`;
    const stranger = await Visitor.at(studio.origin);
    const pages = await Promise.all(
      [used, over, guessed].map(async (url) => {
        const response = await stranger.get(new URL(url).pathname);
        return [response.status, (await response.text()).replaceAll(new URL(url).pathname, "")];
      }),
    );
    expect(pages[0]?.[0]).toBe(404);
    expect(pages[1]).toEqual(pages[0] ?? []);
    expect(pages[2]).toEqual(pages[0] ?? []);
    for (const url of [used, over, guessed]) expect(stranger.enrol(url)).rejects.toThrow("404");
  });

  test("opened by two at once lets in one of them, wholly", async () => {
    await using studio = await openNewsroomStudio();
    await withSteward(studio);
    const link = linkFor(studio, "Sara");
    const two = await Promise.all([Visitor.at(studio.origin), Visitor.at(studio.origin)]);
    const answers = await Promise.all(two.map((each) => each.enrol(link, "Sara")));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]));
    expect(studio.newsroom.people.accounts()).toHaveLength(2);
  });

  test("to be the first steward is void once somebody is in, and once there is a newer one", async () => {
    await using studio = await openNewsroomStudio();
    const older = studio.firstLink();
    const newer = studio.firstLink();
    const amina = await Visitor.at(studio.origin);
    expect(amina.enrol(older)).rejects.toThrow("404");
    expect((await amina.enrol(newer)).status).toBe(200);
    const again = studio.firstLink();
    expect((await Visitor.at(studio.origin)).enrol(again)).rejects.toThrow("404");
  });

  test("is kept as a digest: the database opens nothing", async () => {
    await using studio = await openNewsroomStudio();
    const token = studio.firstLink().split("/").at(-1) ?? "";
    const amina = await Visitor.at(studio.origin);
    await amina.enrol(`${studio.origin}/invitation/${token}`);
    const kept = JSON.stringify([
      studio.newsroom.database.query("SELECT * FROM invitation").all(),
      studio.newsroom.database.query("SELECT * FROM session").all(),
    ]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(amina.cookies.get("kasbah") ?? "?");
    expect(kept).not.toContain("Firefox");
  });
});

describe("a session", () => {
  test("goes on after the browser was updated", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    amina.userAgent = firefox.replaceAll("145.0", "146.0.1");
    expect(await amina.isIn()).toBe(true);
  });

  test("in another browser is refused, said so, and over in both", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const thief = await Visitor.at(studio.origin);
    thief.userAgent = chrome;
    thief.cookies.set("kasbah", amina.cookies.get("kasbah") ?? "");
    expect(await thief.isIn()).toBe(false);
    expect(await (await thief.get("/sign-in")).text()).toContain("turned up in another browser");
    expect(await amina.isIn()).toBe(false);
    expect(await (await amina.get("/sign-in")).text()).toContain("turned up in another browser");
    expect(studio.newsroom.audit.entries({ limit: 1 })[0]).toMatchObject({ act: "session.refuse" });
  });

  test("copied with the name of its browser works: that is the limit which the threat model states", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const thief = await Visitor.at(studio.origin);
    thief.cookies.set("kasbah", amina.cookies.get("kasbah") ?? "");
    expect(await thief.isIn()).toBe(true);
  });

  test("ends after its hours, however busy", async () => {
    await using studio = await openNewsroomStudio({ studio: { session_hours: 2 } });
    const amina = await withSteward(studio);
    studio.clock.advance(2 * 60 * 60 * 1_000 - 1);
    expect(await amina.isIn()).toBe(true);
    studio.clock.advance(1);
    expect(await amina.isIn()).toBe(false);
  });

  test("its cookie is out of scripts' reach and stays on this host", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await Visitor.at(studio.origin);
    const came = await amina.enrol(studio.firstLink());
    const cookie = came.headers.getSetCookie().find((line) => line.startsWith("kasbah="));
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).not.toMatch(/; Domain/i);
  });
});

describe("a passkey's answer", () => {
  const elsewhere = "https://studio.example";
  const lies: [string, Lies][] = [
    ["for another challenge", { challenge: "A".repeat(43) }],
    ["from another origin", { origin: elsewhere }],
    ["for another host", { rpId: "studio.example" }],
    ["without the owner's finger or PIN", { userVerified: false }],
    ["without anybody there", { userPresent: false, userVerified: false }],
    ["from inside another site's page", { crossOrigin: true }],
    ["made for something else", { type: "payment.get" }],
  ];

  test.each(lies)("%s makes no account", async (_, lie) => {
    await using studio = await openNewsroomStudio();
    const amina = await Visitor.at(studio.origin);
    const link = studio.firstLink();
    expect((await amina.enrol(link, "Amina", lie)).status).toBe(403);
    expect(studio.newsroom.people.accounts()).toEqual([]);
    expect((await amina.enrol(link)).status).toBe(200);
  });

  test.each([
    ...lies,
    ["with another signature", { signature: new Uint8Array([0x30, 6, 2, 1, 1, 2, 1, 1]) }],
    ["that is somebody else's", { userHandle: "A".repeat(43) }],
    ["with a passkey nobody knows", { id: "AAAA" }],
  ] as [string, Lies][])("%s lets nobody in", async (_, lie) => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    await amina.post("/sign-out");
    const refused = await amina.signIn(lie);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { error: expect.stringContaining("isn’t known here") },
    ]);
    expect(await amina.isIn()).toBe(false);
    expect((await amina.signIn()).status).toBe(200);
  });

  test("with a chain of certificates is refused: looking at it would fetch what a stranger names", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await Visitor.at(studio.origin);
    for (const attestation of ["packed", "fido-u2f", "android-key"])
      expect((await amina.enrol(studio.firstLink(), "Amina", { attestation })).status).toBe(403);
  });

  test("sent a second time lets nobody in", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const options = await amina.challenge<RequestOptions>("/sign-in");
    const cookie = amina.cookies.get("kasbah-challenge") ?? "";
    const answer = await amina.passkey.show(options);
    expect((await amina.postJson("/sign-in", { to: "/", answer })).status).toBe(200);
    amina.cookies.set("kasbah-challenge", cookie);
    expect((await amina.postJson("/sign-in", { to: "/", answer })).status).toBe(403);
  });

  test("whose counter doesn't rise lets nobody in: the key was copied", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    expect((await amina.signIn({ counter: 7 })).status).toBe(200);
    expect((await amina.signIn({ counter: 7 })).status).toBe(403);
    expect((await amina.signIn({ counter: 8 })).status).toBe(200);
  });

  test("from another browser than the one that asked lets nobody in", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const options = await amina.challenge<RequestOptions>("/sign-in");
    const answer = await amina.passkey.show(options);
    const other = await Visitor.at(studio.origin);
    expect((await other.postJson("/sign-in", { to: "/", answer })).status).toBe(403);
    await other.challenge("/sign-in");
    expect((await other.postJson("/sign-in", { to: "/", answer })).status).toBe(403);
  });

  test("after five minutes lets nobody in", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const options = await amina.challenge<RequestOptions>("/sign-in");
    const answer = await amina.passkey.show(options);
    studio.clock.advance(5 * 60_000);
    expect((await amina.postJson("/sign-in", { to: "/", answer })).status).toBe(403);
  });

  test("for one invitation doesn't serve for another", async () => {
    await using studio = await openNewsroomStudio();
    await withSteward(studio);
    const [mine, other] = [linkFor(studio, "Sara"), linkFor(studio, "Idir")].map(
      (url) => new URL(url).pathname,
    );
    const sara = await Visitor.at(studio.origin);
    const options = await sara.challenge<CreationOptions>(mine ?? "", { name: "Sara" });
    const answer = await sara.passkey.make(options);
    expect((await sara.postJson(other ?? "", { name: "Sara", answer })).status).toBe(403);
  });
});

describe("asking for a challenge", () => {
  test("tells nothing about who has an account", async () => {
    await using studio = await openNewsroomStudio();
    const before = await (await Visitor.at(studio.origin)).challenge<RequestOptions & object>("/sign-in");
    await withSteward(studio);
    const after = await (await Visitor.at(studio.origin)).challenge<RequestOptions & object>("/sign-in");
    expect({ ...after, challenge: "" }).toEqual({ ...before, challenge: "" });
  });

  test("too often from one network is answered with when to come again, and keeps out nobody else", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const stranger = await fromNetwork(studio, "203.0.113.7");
    const statuses: number[] = [];
    for (let at = 0; at < signInLimits.ofOne.burst; at += 1)
      statuses.push((await stranger.postJson("/sign-in/challenge", {})).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const refused = await stranger.postJson("/sign-in/challenge", {});
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    const neighbour = await fromNetwork(studio, "203.0.113.200");
    expect((await neighbour.postJson("/sign-in/challenge", {})).status).toBe(429);
    const other = await fromNetwork(studio, "203.0.114.7");
    expect((await other.postJson("/sign-in/challenge", {})).status).toBe(200);
    stranger.headers = { "x-forwarded-for": "198.51.100.1", "x-real-ip": "203.0.113.7" };
    expect((await stranger.postJson("/sign-in/challenge", {})).status).toBe(429);
    expect(await amina.isIn()).toBe(true);
    studio.clock.advance(1_000);
    expect((await stranger.postJson("/sign-in/challenge", {})).status).toBe(200);
  });

  test("by everybody together beyond all that may be leaves those who are signed in, and invitations, alone", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const { attempts } = studio.newsroom.membership;
    for (let at = 0; at < signInLimits.ofAll.burst; at += 1) {
      const address = `203.${at >> 8}.${at & 255}.1`;
      attempts.waitS(new Request(studio.origin, { headers: { "x-real-ip": address } }));
    }
    const stranger = await fromNetwork(studio, "198.51.100.7");
    expect((await stranger.postJson("/sign-in/challenge", {})).status).toBe(429);
    expect(await amina.isIn()).toBe(true);
    const options = await amina.challenge<CreationOptions>("/me/passkeys");
    const second = await Visitor.at(studio.origin);
    expect(
      (await amina.postJson("/me/passkeys", { answer: await second.passkey.make(options) })).status,
    ).toBe(200);
    expect((await stranger.enrol(linkFor(studio, "Sara"), "Sara")).status).toBe(200);
    studio.clock.advance(1_000);
    expect((await stranger.postJson("/sign-in/challenge", {})).status).toBe(200);
  });
});

/** All that a client sees of an answer. */
async function seen(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].filter(([name]) => name !== "date");
  return { status: answer.status, headers, body: await answer.text() };
}

describe("whoever tries whether somebody exists", () => {
  const wrongSignature = new Uint8Array([0x30, 6, 2, 1, 1, 2, 1, 1]);
  /** Others' answers hold as little, and are to cost as much. */
  const attempts: [string, Lies][] = [
    ["a passkey that is known, wrongly signed", { signature: wrongSignature }],
    ["an unknown one", { id: "A".repeat(22) }],
    ["an unknown one, wrongly signed", { id: "A".repeat(22), signature: wrongSignature }],
    ["a known one for an account that is somebody else's", { userHandle: "A".repeat(43) }],
    ["a known one with a counter that was there before", { counter: 0 }],
  ];

  test("gets the same answer for every passkey, for the same work: one signature is verified", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    await amina.signIn({ counter: 7 });
    await amina.post("/sign-out");
    const counting = spyOn(crypto.subtle, "verify");
    const answers: unknown[] = [];
    for (const [what, lies] of attempts) {
      counting.mockClear();
      answers.push(await seen(await amina.signIn(lies)));
      expect([what, counting.mock.calls.length]).toEqual([what, 1]);
    }
    counting.mockRestore();
    expect(answers).toEqual(Array.from(attempts, () => answers[0]));
    expect(answers[0]).toMatchObject({ status: 403 });
  });

  test("and has to have asked first: an answer to no challenge costs no signature, from however many", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const options = await amina.challenge<RequestOptions>("/sign-in");
    const answer = await amina.passkey.show(options);
    const counting = spyOn(crypto.subtle, "verify");
    const bots = Array.from({ length: 300 }, async (_, at) => {
      const bot = await fromNetwork(studio, `203.${at >> 8}.${at & 255}.1`);
      bot.cookies.set("kasbah-challenge", String.fromCodePoint(65 + (at % 26)).repeat(43));
      return await seen(await bot.postJson("/sign-in", { to: "/", answer }));
    });
    const answers = await Promise.all(bots);
    expect(counting).not.toHaveBeenCalled();
    counting.mockRestore();
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect((await amina.postJson("/sign-in", { to: "/", answer })).status).toBe(200);
  });

  test("gets the same answer for every invitation that lets nobody in, for one look-up", async () => {
    await using studio = await openNewsroomStudio();
    await withSteward(studio);
    const used = linkFor(studio, "Sara");
    expect((await (await Visitor.at(studio.origin)).enrol(used, "Sara")).status).toBe(200);
    const over = linkFor(studio, "Idir");
    studio.clock.advance(72 * 60 * 60 * 1_000);
    const unknown = `${studio.origin}/invitation/${"A".repeat(43)}`;
    const stranger = await fromNetwork(studio, "203.0.113.7");
    const counting = spyOn(studio.newsroom.database, "query");
    const answers: unknown[] = [];
    for (const link of [used, over, unknown]) {
      const { pathname } = new URL(link);
      counting.mockClear();
      const shown = await seen(await stranger.postJson(`${pathname}/challenge`, { name: "Sara" }));
      answers.push(shown);
      expect(counting.mock.calls).toHaveLength(1);
    }
    counting.mockRestore();
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(answers[0]).toMatchObject({ status: 404 });
  });
});

describe("guessing invitations", () => {
  const guess = (at: number): string => `/invitation/${String(at).padStart(43, "x")}`;

  test("gets one network a few looks, then a line that says when to come again", async () => {
    await using studio = await openNewsroomStudio();
    const guesser = await fromNetwork(studio, "203.0.113.7");
    const statuses: number[] = [];
    for (let at = 0; at <= guessLimits.ofOne.burst; at += 1)
      statuses.push((await guesser.get(guess(at))).status);
    expect(statuses).toEqual([...Array.from({ length: guessLimits.ofOne.burst }, () => 404), 429]);
    const other = await fromNetwork(studio, "198.51.100.7");
    expect((await other.get(guess(0))).status).toBe(404);
  });

  test("from thousands of networks ends for all together, and keeps out nobody who was invited", async () => {
    await using studio = await openNewsroomStudio();
    await withSteward(studio);
    const link = linkFor(studio, "Sara");
    const asks = Array.from({ length: 2 * guessLimits.ofAll.burst }, async (_, at) => {
      const bot = await fromNetwork(studio, `203.${at >> 8}.${at & 255}.1`);
      return (await bot.postJson(`${guess(at)}/challenge`, { name: "x" })).status;
    });
    const statuses = await Promise.all(asks);
    expect(statuses.filter((status) => status === 404)).toHaveLength(guessLimits.ofAll.burst);
    expect(statuses.filter((status) => status === 429)).toHaveLength(guessLimits.ofAll.burst);
    const sara = await fromNetwork(studio, "203.0.0.9");
    expect((await sara.get(new URL(link).pathname)).status).toBe(200);
    expect((await sara.enrol(link, "Sara")).status).toBe(200);
  });
});

describe("a challenge", () => {
  test("is used up by an answer that doesn't hold", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    await amina.post("/sign-out");
    const options = await amina.challenge<RequestOptions>("/sign-in");
    const wrong = await amina.passkey.show(options, { userVerified: false });
    expect((await amina.postJson("/sign-in", { to: "/", answer: wrong })).status).toBe(403);
    const right = await amina.passkey.show(options);
    expect((await amina.postJson("/sign-in", { to: "/", answer: right })).status).toBe(403);
  });

  test("answered by ten at once lets in one", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const options = await amina.challenge<RequestOptions>("/sign-in");
    const answer = await amina.passkey.show(options);
    const tries = Array.from({ length: 10 }, () => amina.postJson("/sign-in", { to: "/", answer }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 403)]);
  });

  test("of an enrolment answered again makes no second account", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await Visitor.at(studio.origin);
    const { pathname } = new URL(studio.firstLink());
    const options = await amina.challenge<CreationOptions>(pathname, { name: "Amina" });
    const cookie = amina.cookies.get("kasbah-challenge") ?? "";
    const answer = await amina.passkey.make(options);
    expect((await amina.postJson(pathname, { name: "Amina", answer })).status).toBe(200);
    amina.cookies.set("kasbah-challenge", cookie);
    expect((await amina.postJson(pathname, { name: "Amina", answer })).status).toBe(403);
    expect(studio.newsroom.people.accounts()).toHaveLength(1);
  });
});
