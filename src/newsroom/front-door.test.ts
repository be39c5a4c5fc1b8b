/** What a browser can be made to do from elsewhere, and what the studio answers to it: forgeries, foreign names, frames, open redirects. */
import { describe, expect, test } from "bun:test";
import { connect } from "node:net";
import fc from "fast-check";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { openStudio } from "../../test/studio/studio.ts";
import { type NewsroomStudio, openNewsroomStudio } from "../../test/studio/newsroom-studio.ts";
import { Visitor } from "../../test/studio/visitor.ts";
import { ownPath } from "../people/own-path.ts";

async function withSteward(studio: NewsroomStudio): Promise<Visitor> {
  const amina = await Visitor.at(studio.origin);
  expect((await amina.enrol(studio.firstLink())).status).toBe(200);
  return amina;
}

const evil = "https://evil.example";

describe("a request that was forged elsewhere", () => {
  test.each([
    ["a foreign page's", evil],
    ["an opaque page's", "null"],
    ["another port's", "http://localhost:1"],
    ["nobody's", ""],
  ])("with %s Origin changes nothing", async (_, origin) => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const fields = { name: "Mallory", role: "steward", place: "" };
    expect((await amina.post("/people/invitations", fields, { origin })).status).toBe(403);
    expect((await amina.postJson("/sign-in/challenge", {}, { origin })).status).toBe(403);
    expect(studio.newsroom.membership.invitations.open()).toEqual([]);
    expect((await amina.post("/people/invitations", fields)).status).toBe(200);
  });

  test("with that Origin allowed would change something: it is this check that keeps it out", async () => {
    let changed = 0;
    const route = {
      method: "POST" as const,
      path: "/change",
      access: "everyone" as const,
      handle: () => {
        changed += 1;
        return new Response();
      },
    };
    await using guarded = openStudio({ routes: [route] });
    const forge = (origin: string): Promise<Response> =>
      fetch(`${guarded.origin}/change`, { method: "POST", headers: { origin } });
    expect([(await forge(evil)).status, changed]).toEqual([403, 0]);
    expect([(await forge(guarded.origin)).status, changed]).toEqual([200, 1]);
  });
});

test("from another of the studio's own names it changes nothing either", async () => {
  await using studio = await openNewsroomStudio({ studio: { hostname: "studio.localhost" } });
  const amina = await Visitor.at(studio.origin);
  const ask = async (origin: string): Promise<number> =>
    (await amina.postJson("/sign-in/challenge", {}, { origin })).status;
  expect(await ask("http://studio.localhost:8080")).toBe(403);
  expect(await ask("https://studio.localhost")).toBe(403);
  expect(await ask(studio.origin)).toBe(200);
});

test.each(["a b", "[", "localhost:99999", "localhost@evil", ""])(
  "a Host that is no name (%j) is refused like a foreign one",
  async (host) => {
    await using studio = await openNewsroomStudio();
    const port = Number(new URL(studio.origin).port);
    const answer = await rawRequest(
      port,
      `GET /sign-in HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );
    // A path can't be told from some of them.
    expect([403, 404]).toContain(answer.status);
    expect(answer.headers["x-frame-options"]).toBe("DENY");
  },
);

describe("whoever may no more when the body has come", () => {
  /** A form whose second half waits for `meanwhile`. */
  async function halves(studio: NewsroomStudio, who: Visitor, meanwhile: () => void): Promise<number> {
    const form = "name=Mallory&role=steward&place=";
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const { host, port } = new URL(studio.origin);
    const { promise: answer, resolve } = Promise.withResolvers<string>();
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("data", (data) => resolve(data.toString("latin1")));
    const head = [
      "POST /people/invitations HTTP/1.1",
      `host: ${host}`,
      `origin: ${studio.origin}`,
      `cookie: ${cookie}`,
      `user-agent: ${who.userAgent}`,
      "content-type: application/x-www-form-urlencoded",
      `content-length: ${form.length}`,
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n${form.slice(0, 9)}`);
    // The answer to this one says that the studio has the first half of the other.
    await who.get("/me");
    meanwhile();
    socket.write(form.slice(9));
    const status = Number((await answer).split(" ")[1]);
    socket.destroy();
    return status;
  }

  test("changes nothing, though the form began while they might", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const { membership, people } = studio.newsroom;
    const [id = ""] = people.accounts().map((account) => account.id);
    expect(await halves(studio, amina, () => membership.sessions.endAll(id))).toBe(401);
    await amina.signIn();
    const steward = { account: id, role: "steward", site: null, section: null } as const;
    expect(await halves(studio, amina, () => people.revoke(steward))).toBe(403);
    people.grant(steward);
    expect(membership.invitations.open()).toEqual([]);
    expect(await halves(studio, amina, () => {})).toBe(200);
  });
});

test("under a foreign name (DNS rebinding) nobody is anybody, and nothing is shown", async () => {
  await using studio = await openNewsroomStudio();
  const amina = await withSteward(studio);
  for (const host of ["evil.example", `evil.example:${new URL(studio.origin).port}`, "localhost"]) {
    const response = await amina.get("/people", { host });
    expect([host, response.status]).toEqual([host, 403]);
    expect(await response.text()).not.toContain("Amina");
  }
  expect((await amina.get("/people")).status).toBe(200);
});

test("no page of it can be framed, and none is kept", async () => {
  await using studio = await openNewsroomStudio();
  const amina = await withSteward(studio);
  for (const path of ["/", "/me", "/people", "/record", "/sign-in", "/nowhere"]) {
    const { headers } = await amina.get(path);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  }
});

describe("where to go on", () => {
  test.each([
    ["/texts/1?x=2", "/texts/1?x=2"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/.//evil.example", "/"],
    ["https://evil.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["", "/"],
  ])("%j leads to %j", (to, expected) => {
    expect(ownPath(to)).toBe(expected);
  });

  test("is always the studio's own, whatever is asked", () => {
    const base = "http://localhost:8090";
    const hostile = fc.array(
      fc.constantFrom("/", "\\", "\t", "\n", ".", "..", "@", ":", "evil.example", "%2f", "?", "#"),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          hostile.map((parts) => `/${parts.join("")}`),
        ),
        (to) => {
          expect(new URL(ownPath(to), base).origin).toBe(base);
          expect(ownPath(to)).toMatch(/^\/(?![/\\])/);
        },
      ),
    );
  });

  test("a page that needs a session is where one gets to after signing in", async () => {
    await using studio = await openNewsroomStudio();
    const visitor = await Visitor.at(studio.origin);
    expect((await visitor.get("/people?x=1")).headers.get("location")).toBe("/sign-in?to=%2Fpeople%3Fx%3D1");
    const page = await (await visitor.get(`/sign-in?to=${encodeURIComponent("//evil.example")}`)).text();
    expect(page).toContain('<input type="hidden" name="to" value="/"/>');
  });
});

describe("without a session", () => {
  test("what is sent is kept nowhere, and says so", async () => {
    await using studio = await openNewsroomStudio();
    const visitor = await Visitor.at(studio.origin);
    const answer = await visitor.post("/people/invitations", { name: "Nadia", role: "editor", place: "" });
    expect([answer.status, await answer.text()]).toEqual([
      401,
      expect.stringContaining("You are signed out"),
    ]);
    const forScript = await visitor.postJson("/me/passkeys", {});
    expect([forScript.status, await forScript.json()]).toEqual([401, { error: expect.any(String) }]);
  });
});

describe("the language", () => {
  test("is the browser's, then what was chosen here, then what the account chose, wherever it comes from", async () => {
    await using studio = await openNewsroomStudio();
    const amina = await withSteward(studio);
    const language = async (visitor: Visitor, accept: string): Promise<string | undefined> => {
      const page = await (await visitor.get("/sign-in", { "accept-language": accept })).text();
      return /<html lang="(\w+)"/.exec(page)?.[1];
    };
    const stranger = await Visitor.at(studio.origin);
    expect(await language(stranger, "de, fr-MA;q=0.7, en;q=0.6")).toBe("fr");
    expect(await language(stranger, "ary, en;q=0.6")).toBe("ar");
    expect(await language(stranger, "*, ;q=, x;q=9")).toBe("ar");
    expect(
      (await stranger.post("/language", { language: "en", to: "//evil.example" })).headers.get("location"),
    ).toBe("/");
    expect(await language(stranger, "fr")).toBe("en");

    await amina.post("/language", { language: "fr", to: "/me" });
    amina.cookies.delete("kasbah-language");
    expect(await (await amina.get("/me")).text()).toContain('<html lang="fr"');
  });
});

test("an invitation's secret never gets into the log", async () => {
  const lines: string[] = [];
  const say = (event: string, fields = {}): void => void lines.push(event + JSON.stringify(fields));
  await using studio = await openNewsroomStudio({ log: { debug: say, info: say, warn: say, error: say } });
  const token = studio.firstLink().split("/").at(-1) ?? "";
  studio.newsroom.database.run("DROP TABLE passkey");
  const visitor = await Visitor.at(studio.origin);
  expect((await visitor.get(`/invitation/${token}`)).status).toBe(503);
  expect(lines.join("\n")).toContain("/invitation/:token");
  expect(lines.join("\n")).not.toContain(token);
});
