// What doctor says of alerts: to real servers, without sending anything.
import { expect, test } from "bun:test";
import { smtpServer } from "../../../test/smtp-server.ts";
import { systemClock } from "../../base/clock.ts";
import { dataFolder } from "../../config/data-folder.ts";
import { parseConfig } from "../../config/load.ts";
import { alerts } from "./alerts.ts";
import type { Finding, Patient } from "./checkup.ts";

test("nobody to tell is a note", async () => {
  expect(await look("")).toMatchObject([{ verdict: "note", what: "nobody is told of an attack" }]);
});

test("who can be reached is fine, who can't is wrong and says why; nothing is sent to either", async () => {
  await using mail = await smtpServer();
  const asked: string[] = [];
  const hook = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ method }) {
      asked.push(method);
      return new Response(null, { status: 405 });
    },
  });
  const found = await look(`
    [studio]
    hostname = "studio.example.org"
    [watch]
    alerts = [
      { kind = "webhook", url = "${hook.url}", secret = "s" },
      { kind = "webhook", url = "http://127.0.0.1:1/", secret = "s" },
      { kind = "email", to = "a@example.org", from = "b@example.org", server = "${mail.address}", tls = "off" },
      { kind = "email", to = "a@example.net", from = "b@example.org", server = "${mail.address}" },
    ]`);
  expect(found.map(({ verdict }) => verdict)).toEqual(["fine", "wrong", "fine", "wrong"]);
  expect(found[1]?.what).toContain("can't be reached: ");
  expect(asked).toEqual(["HEAD"]);
  expect(mail.mails).toEqual([]);
  await hook.stop(true);
});

test("a hook without a signature, and links that no phone can open, are said", async () => {
  const hook = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const found = await look(`[watch]\nalerts = [{ kind = "webhook", url = "${hook.url}" }]`);
  expect(found.map(({ verdict, what }) => [verdict, what.slice(0, 19)])).toEqual([
    ["fine", "webhook 127.0.0.1:" + `${hook.port}`.slice(0, 1)],
    ["note", "1 webhook without a"],
    ["note", "links in alerts lea"],
  ]);
  await hook.stop(true);
});

test("what the running watch could not deliver is wrong", async () => {
  const channel = "ntfy ntfy.sh 1a2b";
  const state = { channel, sent: 3, failed: 24, waiting: 0, dead: 1, error: "it answered 403\u001b[2J" };
  const request = async () => ({ mode: "calm", incidents_open: 0, alerts: [state] });
  const instance = { request } as unknown as NonNullable<Patient["instance"]>;
  const hook = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const found = await look(
    `[studio]\nhostname = "studio.example.org"\n[watch]\nalerts = [{ kind = "ntfy", url = "${hook.url}x" }]`,
    instance,
  );
  expect(found[1]).toMatchObject({
    verdict: "wrong",
    what: `${channel}: 0 alerts wait, 1 given up within a day: it answered 403\\u{1b}[2J`,
  });
  await hook.stop(true);
});

async function look(toml: string, instance?: Patient["instance"]): Promise<Finding[]> {
  const data = dataFolder("/nowhere");
  const invocation = { configFile: "kasbah.toml", configNamed: false, data, json: false };
  return await alerts.look({
    invocation,
    config: parseConfig(toml, "kasbah.toml"),
    instance,
    clock: systemClock,
  });
}
