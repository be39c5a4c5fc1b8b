// Alerts to real servers: a webhook, a mail server, a push service; some of which fail, are slow, or come back.
import { Database } from "bun:sqlite";
import { afterEach, describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { connect } from "node:net";
import { type Mail, smtpServer } from "../../../test/smtp-server.ts";
import { doubtAt, findingAt, questionAbout } from "../../../test/origin-facts.ts";
import { flood } from "../../../test/studio/fake-watch.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { systemRandom } from "../../base/random.ts";
import type { Incident } from "../../bus/facts.ts";
import type { AlertSetting } from "../../config/watch-settings.ts";
import { defaultConfig } from "../../config/load.ts";
import { feature as jobs } from "../../jobs/feature.ts";
import { openDatabase } from "../../store/database.ts";
import { Alerts, type AlertsOptions } from "./alerts.ts";
import { channelsOf } from "./channel.ts";

const lifetimes: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of lifetimes.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

const secret = `whsec_${Buffer.from("a secret of some length").toString("base64")}`;
const defacement: Incident = {
  ...flood,
  id: "01K0DEFACED",
  kind: "defacement",
  status: "open",
  ended_at: null,
  outcome: null,
  requests: 0,
  responses: { signed: 40, judged: 0, uncertain: 0, dynamic: 0 },
  evidence: [{ at: flood.started_at, what: "Hacked by <script>X</script>" }],
};

describe("a webhook", () => {
  test("is told within a second, signed as Standard Webhooks has it, and without a word of the attacker's", async () => {
    const hook = hookServer();
    const alerts = open([{ kind: "webhook", url: hook.url, secret, language: "en" }]);
    const begun = systemClock.nowMs();
    const arrived = hook.next();
    alerts.tell(defacement);
    const { headers, body } = await arrived;
    expect(systemClock.nowMs() - begun).toBeLessThan(1_000);
    const [id, at] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
    const key = Buffer.from("a secret of some length");
    const expected = `v1,${createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64")}`;
    expect(headers.get("webhook-signature")).toBe(expected);
    expect(headers.get("kasbah-signature")).toBe(expected);
    expect(Math.abs(Number(at) * 1_000 - begun)).toBeLessThan(5_000);
    const said = JSON.parse(body);
    expect(said).toMatchObject({
      type: "incident.opened",
      data: { facts: { id: "01K0DEFACED", kind: "defacement" } },
    });
    expect(said.text).toStartWith("Kasbah: Defacement\n");
    expect(said.data.lines).toHaveLength(3);
    expect(said.data.lines[1]).toBe("Readers see the approved copies.");
    expect(said.data.link).toBe("https://studio.example.org/watch/incidents/01K0DEFACED");
    expect(body).not.toContain("Hacked");
  });

  test("that fails is tried again, with the same id, and says so meanwhile", async () => {
    const hook = hookServer([500, 302]);
    const alerts = open([{ kind: "webhook", url: hook.url, secret }]);
    alerts.tell(defacement);
    const seen = [await hook.next(), await hook.next()];
    expect(alerts.states).toMatchObject([{ sent: 0, dead: 0 }]);
    const last = await hook.next();
    expect(new Set([...seen, last].map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
    await until(() => alerts.states[0]?.sent === 1);
    expect(alerts.states).toMatchObject([{ sent: 1, failed: 2, waiting: 0, dead: 0, error: null }]);
  });

  test("that never answers is given up in time, is visible, and holds up nobody else", async () => {
    const slow = createServer(() => {}).listen(0, "127.0.0.1");
    lifetimes.push({ [Symbol.asyncDispose]: async () => void slow.close() });
    const address = slow.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const hook = hookServer();
    const alerts = open(
      [
        { kind: "webhook", url: `http://127.0.0.1:${port}/` },
        { kind: "webhook", url: hook.url },
      ],
      { patienceMs: 30, limits: { attemptsMax: 2, retryFirstMs: 1 } },
    );
    const arrived = hook.next();
    alerts.tell(defacement);
    const { headers } = await arrived;
    expect(headers.get("webhook-signature")).toBeNull();
    await until(() => alerts.states[0]?.dead === 1);
    expect(alerts.states).toMatchObject([
      { sent: 0, failed: 2, dead: 1, error: expect.stringContaining("timed out") },
      { sent: 1, dead: 0 },
    ]);
  });
});

describe("a letter", () => {
  test.each([
    ["en", "Kasbah: Defacement", "Readers see the approved copies."],
    ["fr", "Kasbah\u202f: Défiguration", "Les lecteurs voient les copies approuvées."],
    ["ar", "Kasbah: تشويه الموقع", "يرى القرّاء النسخ المعتمدة."],
  ] as const)(
    "in %s has its subject, plain text, the link and nothing that tracks",
    async (language, subject, words) => {
      await using server = await smtpServer();
      const alerts = open([mailTo(server.address, { language })]);
      const arrived = server.next();
      alerts.tell(defacement);
      const { headers, text, mail } = read(await arrived);
      expect(mail).toMatchObject({ from: "watch@example.org", to: "desk@example.org" });
      expect(headers["subject"]).toBe(subject);
      expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
      expect(headers["auto-submitted"]).toBe("auto-generated");
      expect(headers["message-id"]).toBe("<kasbah.incident_01K0DEFACED_opened@example.org>");
      expect(headers["x-mailer"]).toBeUndefined();
      expect(text).toContain(words);
      expect(text).toContain("https://studio.example.org/watch/incidents/01K0DEFACED");
      expect(server.said[0]).toBe("EHLO example.org");
      await alerts[Symbol.asyncDispose]();
    },
  );

  test("goes to a server that asks for a password, and in clear to none that could be elsewhere", async () => {
    await using server = await smtpServer();
    const alerts = open([mailTo(server.address, { user: "watch", password: "pass" })]);
    const arrived = server.next();
    alerts.tell(defacement);
    await arrived;
    expect(server.said).toContain(`AUTH PLAIN ${Buffer.from("\0watch\0pass").toString("base64")}`);
    const strict = open([{ ...mailTo(server.address), tls: "starttls" }], { limits: { attemptsMax: 1 } });
    strict.tell(defacement);
    await until(() => strict.states[0]?.dead === 1);
    expect(server.mails).toHaveLength(1);
  });

  test("that a server refuses is tried again; what the server says of it is inert", async () => {
    let isWell = false;
    await using server = await smtpServer(() => (isWell ? "well" : "refuses"));
    const alerts = open([mailTo(server.address)], { limits: { retryFirstMs: 50 } });
    const arrived = server.next();
    alerts.tell(defacement);
    await until(() => alerts.states[0]?.error !== null);
    expect(alerts.states[0]?.error).toContain("no such person\\u{1b}[2J");
    isWell = true;
    await arrived;
  });

  test("to a server that says nothing is given up in time", async () => {
    await using server = await smtpServer(() => "silent");
    const alerts = open([mailTo(server.address)], { patienceMs: 50, limits: { attemptsMax: 1 } });
    alerts.tell(defacement);
    await until(() => alerts.states[0]?.dead === 1);
    expect(alerts.states[0]?.error).toBe("it took too long");
  });
});

test("a push message has title, priority and link in headers, also where the title is Arabic", async () => {
  const hook = hookServer();
  const alerts = open([{ kind: "ntfy", url: `${hook.url}topic`, token: "tk_1", language: "ar" }]);
  const arrived = hook.next();
  alerts.tell(defacement);
  const { headers, body } = await arrived;
  expect(headers.get("authorization")).toBe("Bearer tk_1");
  expect(headers.get("priority")).toBe("urgent");
  expect(headers.get("click")).toBe("https://studio.example.org/watch/incidents/01K0DEFACED");
  expect(decoded(headers.get("title") ?? "")).toBe("Kasbah: تشويه الموقع");
  expect(body).toContain("يرى القرّاء النسخ المعتمدة.");
});

describe("what is told", () => {
  test("is each change once, however often the watch says it, also after a restart", async () => {
    const hook = hookServer();
    const database = openDatabase(":memory:", jobs.migrations);
    const settings: AlertSetting[] = [{ kind: "webhook", url: hook.url }];
    const first = open(settings, { database });
    const breached: Incident = { ...defacement, outcome: "breached" };
    const closed: Incident = { ...breached, status: "closed", ended_at: "2011-07-31T15:00:00.000Z" };
    for (const incident of [defacement, defacement, breached]) first.tell(incident);
    await until(() => first.states[0]?.sent === 2);
    await first[Symbol.asyncDispose]();
    const second = open(settings, { database });
    for (const incident of [breached, closed, closed]) second.tell(incident);
    await until(() => second.states[0]?.waiting === 0);
    expect(typesOf(hook.requests).sort()).toEqual([
      "incident.breached",
      "incident.closed",
      "incident.opened",
    ]);
  });

  test("is once also what was under way when the watch was stopped", async () => {
    const answer = Promise.withResolvers<void>();
    const hook = hookServer([], answer.promise);
    const database = openDatabase(":memory:", jobs.migrations);
    const settings: AlertSetting[] = [{ kind: "webhook", url: hook.url }];
    const first = open(settings, { database });
    const arrived = hook.next();
    first.tell(defacement);
    await arrived;
    const stopped = first[Symbol.asyncDispose]();
    answer.resolve();
    await stopped;
    const second = open(settings, { database });
    second.tell({ ...defacement, outcome: "breached" });
    await until(() => second.states[0]?.sent === 1);
    expect(typesOf(hook.requests)).toEqual(["incident.opened", "incident.breached"]);
  });

  test("is what was under way when the watch was killed, as soon as it is back", async () => {
    const answer = Promise.withResolvers<void>();
    const hook = hookServer([], answer.promise);
    const database = openDatabase(":memory:", jobs.migrations);
    const settings: AlertSetting[] = [{ kind: "webhook", url: hook.url }];
    const arrived = hook.next();
    open(settings, { database }).tell(defacement);
    await arrived;
    const left = Database.deserialize(database.serialize());
    answer.resolve();
    const second = open(settings, { database: left });
    await until(() => second.states[0]?.sent === 1);
    expect(typesOf(hook.requests)).toEqual(["incident.opened", "incident.opened"]);
  });

  test("is nothing of drills, nor of what can wait", async () => {
    const hook = hookServer();
    const alerts = open([{ kind: "webhook", url: hook.url }]);
    alerts.tell({ ...defacement, id: "1", drill: true });
    alerts.tell({ ...defacement, id: "2", kind: "scan" });
    alerts.tell({ ...defacement, id: "3" });
    await until(() => hook.requests.length === 1 && alerts.states[0]?.waiting === 0);
    expect(JSON.parse(hook.requests[0]?.body ?? "").data.facts.id).toBe("3");
  });

  test("a flood that turned out to be something milder is told to be over all the same", async () => {
    const hook = hookServer();
    const alerts = open([{ kind: "webhook", url: hook.url }]);
    alerts.tell({ ...flood, status: "open", ended_at: null, outcome: null });
    alerts.tell({ ...flood, kind: "scan" });
    await until(() => hook.requests.length === 2);
    expect(typesOf(hook.requests).sort()).toEqual(["incident.closed", "incident.opened"]);
  });

  test("a question, with the link on which it can be answered; not that it was answered", async () => {
    const hook = hookServer();
    const alerts = open([{ kind: "webhook", url: hook.url, language: "fr" }]);
    const question = questionAbout(findingAt(0), { addresses: ["/a", "/b"], addresses_more: 3 });
    alerts.ask(question);
    alerts.ask({ ...question, status: "accepted" });
    await until(() => alerts.states[0]?.sent === 1);
    const { type, data } = JSON.parse(hook.requests[0]?.body ?? "");
    expect(type).toBe("question.asked");
    expect(data.link).toBe("https://studio.example.org/origin/questions/q-1");
    expect(data.lines[0]).toContain("5 pages");
    expect(JSON.stringify(data)).not.toContain("Hacked");
  });

  test("a question that grows to many pages is one alert, which counts them", async () => {
    const hook = hookServer();
    const alerts = open([{ kind: "webhook", url: hook.url, language: "fr" }], { growsForMs: 50 });
    for (let more = 0; more <= 139; more += 1)
      alerts.ask(questionAbout(doubtAt(0), { addresses: ["/"], addresses_more: more }));
    await until(() => alerts.states[0]?.sent === 1);
    expect(JSON.parse(hook.requests[0]?.body ?? "").data.lines[0]).toContain("140 pages");
    expect([hook.requests.length, alerts.states[0]?.waiting]).toEqual([1, 0]);
  });

  test("a name that readers reach without Kasbah: once, and not that anybody held it back", async () => {
    const hook = hookServer();
    const alerts = open([{ kind: "webhook", url: hook.url, language: "fr" }]);
    const host = "blog.cgem.example";
    const sibling = { what: "sibling host", value: host, weight: "contradicts" } as const;
    alerts.ask(questionAbout(findingAt(0, { facts: [sibling] })));
    alerts.tell({ ...defacement, host, outcome: "breached" });
    await until(() => alerts.states[0]?.sent === 1);
    const { type, data } = JSON.parse(hook.requests[0]?.body ?? "");
    expect(type).toBe("incident.breached");
    expect(data.subject).toContain(host);
    expect(data.lines.join(" ")).toContain("n’est pas devant ce nom");
    expect(data.lines.join(" ")).not.toContain("copies approuvées");
  });

  test("a storm becomes some alerts and one that sums up; another topic is not held up by it", async () => {
    const hook = hookServer();
    const database = openDatabase(":memory:", jobs.migrations);
    const alerts = open([{ kind: "webhook", url: hook.url }], { database });
    for (let at = 0; at < 50; at += 1) alerts.tell({ ...flood, id: `f${at}`, status: "open", outcome: null });
    alerts.tell(defacement);
    await until(() => alerts.states[0]?.sent === 7);
    expect(alerts.states).toMatchObject([{ waiting: 1 }]);
    const waiting = database.query<{ key: string }, []>("SELECT key FROM job WHERE state = 'waiting'").all();
    expect(waiting.map(({ key }) => key.replace(/ \S+$/, ""))).toEqual(["digest flood"]);
  });

  test("goes out even where nothing can be written", async () => {
    const hook = hookServer();
    const database = openDatabase(":memory:", jobs.migrations);
    const alerts = open([{ kind: "webhook", url: hook.url }], { database });
    database.run("PRAGMA query_only = ON");
    const arrived = hook.next();
    alerts.tell(defacement);
    await arrived;
    database.run("PRAGMA query_only = OFF");
  });
});

test("everything goes through the proxy where one is set", async () => {
  const hook = hookServer();
  await using server = await smtpServer();
  const asked: string[] = [];
  const proxy = createServer((client) => {
    client.once("data", (head) => {
      const line = head.toString().split("\r\n")[0] ?? "";
      asked.push(line);
      if (line.startsWith("CONNECT")) {
        const [host = "", port] = (line.split(" ")[1] ?? "").split(":");
        const onwards = connect(Number(port), host, () => {
          client.write("HTTP/1.1 200 OK\r\n\r\n");
          client.pipe(onwards).pipe(client);
        });
        onwards.on("error", () => client.destroy());
      } else client.end("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    });
    client.on("error", () => {});
  }).listen(0, "127.0.0.1");
  lifetimes.push({ [Symbol.asyncDispose]: async () => void proxy.close() });
  await new Promise((resolve) => proxy.once("listening", resolve));
  const address = proxy.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const alerts = open([{ kind: "webhook", url: hook.url }, mailTo(server.address)], {
    proxy: `http://127.0.0.1:${port}`,
  });
  alerts.tell(defacement);
  await until(() => alerts.states.every(({ sent }) => sent === 1));
  expect(asked.sort()).toEqual([`CONNECT ${server.address} HTTP/1.1`, `POST ${hook.url} HTTP/1.1`]);
  expect(hook.requests).toEqual([]);
  expect(server.mails).toHaveLength(1);
});

interface Opening extends Partial<AlertsOptions> {
  readonly proxy?: string;
}

function open(settings: readonly AlertSetting[], { proxy = "", ...options }: Opening = {}): Alerts {
  const config = { ...defaultConfig(), outbound: { proxy } };
  const alerts = new Alerts({
    database: openDatabase(":memory:", jobs.migrations),
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    channels: channelsOf({ ...config, watch: { ...config.watch, alerts: settings } }, systemClock),
    context: { siteName: "Kasbah", timeZone: "Africa/Casablanca", studio: "https://studio.example.org" },
    ...options,
    limits: { retryFirstMs: 1, ...options.limits },
  });
  lifetimes.push(alerts);
  return alerts;
}

function mailTo(server: string, more: Partial<AlertSetting> = {}): AlertSetting {
  return { kind: "email", to: "desk@example.org", from: "watch@example.org", server, tls: "off", ...more };
}

interface Received {
  readonly headers: Headers;
  readonly body: string;
}

/** Answers with these, then with 200; not before `mayAnswer`. */
function hookServer(statuses: number[] = [], mayAnswer?: Promise<void>) {
  const requests: Received[] = [];
  const waiting: ((received: Received) => void)[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const received = { headers: request.headers, body: await request.text() };
      requests.push(received);
      waiting.splice(0).forEach((resolve) => resolve(received));
      await mayAnswer;
      return new Response(null, {
        status: statuses.shift() ?? 200,
        headers: { location: "http://127.0.0.1:9/" },
      });
    },
  });
  lifetimes.push({ [Symbol.asyncDispose]: () => server.stop(true) });
  const next = (): Promise<Received> => new Promise((resolve) => waiting.push(resolve));
  return { url: server.url.href, requests, next };
}

function typesOf(requests: readonly Received[]): string[] {
  return requests.map(({ body }) => JSON.parse(body).type);
}

/** Headers in lower case, decoded; the text as it is read. */
function read(mail: Mail) {
  const [head = "", ...body] = mail.text.split("\r\n\r\n");
  const headers = Object.fromEntries(
    head
      .replaceAll(/\r\n\s+/g, " ")
      .split("\r\n")
      .map((line) => [
        line.slice(0, line.indexOf(":")).toLowerCase(),
        decoded(line.slice(line.indexOf(":") + 2)),
      ]),
  );
  const raw = body.join("\r\n\r\n");
  const text =
    headers["content-transfer-encoding"] === "base64"
      ? Buffer.from(raw, "base64").toString()
      : Buffer.from(
          raw
            .replaceAll(/=\r\n/g, "")
            .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
          headers["content-transfer-encoding"] === "quoted-printable" ? "latin1" : "utf8",
        ).toString();
  return { headers, text, mail };
}

/** RFC 2047. */
function decoded(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, form: string, word: string) =>
      form.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString()
        : Buffer.from(
            word
              .replaceAll("_", " ")
              .replaceAll(/=([\dA-F]{2})/g, (__, hex: string) =>
                String.fromCodePoint(Number.parseInt(hex, 16)),
              ),
            "latin1",
          ).toString(),
    );
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
