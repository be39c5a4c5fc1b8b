// [watch] alerts and what belongs to it: each mistake names its line and what is right.
import { expect, test } from "bun:test";
import { ConfigError } from "./config-error.ts";
import { parseConfig } from "./load.ts";

test("each kind with what it needs and may have", () => {
  const { watch, outbound } = parseConfig(
    `
    [outbound]
    proxy = "http://user:secret@127.0.0.1:3128"
    [watch]
    heartbeat_url = "https://hc.example.org/ping/abc"
    [[watch.alerts]]
    kind = "webhook"
    url = "https://hooks.example.org/a?b=c"
    secret = "whsec_c2VjcmV0"
    [[watch.alerts]]
    kind = "email"
    to = "desk@example.org"
    from = "watch@example.org"
    server = "smtp.example.org:587"
    user = "watch"
    password = "x"
    language = "fr"
    [[watch.alerts]]
    kind = "ntfy"
    url = "https://ntfy.sh/a-topic"
    `,
    "kasbah.toml",
  );
  expect(watch.alerts.map(({ kind }) => kind)).toEqual(["webhook", "email", "ntfy"]);
  expect(watch.alerts[0]?.url).toBe("https://hooks.example.org/a?b=c");
  expect(outbound.proxy).toBe("http://user:secret@127.0.0.1:3128");
});

const email = "kind = 'email', to = 'a@example.org', from = 'b@example.org'";

test.each([
  ["{ kind = 'sms' }", 'watch.alerts has "sms"; there it takes "webhook", "email" or "ntfy"'],
  ["{ url = 'https://example.org/x' }", "watch.alerts has a table without kind"],
  ["{ kind = 'webhook' }", 'watch.alerts: webhook needs url = "…"'],
  ["{ kind = 'webhook', url = 'ftp://example.org' }", 'watch.alerts has "ftp://example.org"; there it takes'],
  [
    "{ kind = 'webhook', url = 'https://example.org/', to = 'a@example.org' }",
    'webhook has no "to"; it takes url, secret',
  ],
  [
    "{ kind = 'email', to = 'a', from = 'b@example.org', server = 'x:25' }",
    'has "a"; there it takes a mail address',
  ],
  [`{ ${email}, server = 'smtp.example.org' }`, "there it takes a mail server with its port"],
  [`{ ${email}, server = 'smtp.example.org:587', user = 'u' }`, "user and password go together"],
  [
    `{ ${email}, server = 'smtp.example.org:25', tls = 'off', user = 'u', password = 'p' }`,
    "would send the password in clear",
  ],
  ["{ kind = 'ntfy', url = 'https://ntfy.sh/' }", "ntfy's url ends with the topic"],
  [
    "{ kind = 'ntfy', url = 'https://ntfy.sh/x', language = 'de' }",
    'has "de"; there it takes "ar", "fr" or "en"',
  ],
])("%s", (entry, expected) => {
  const lines = linesOf(`[watch]\nalerts = [\n{ kind = 'ntfy', url = 'https://ntfy.sh/a' },\n${entry}]`);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toStartWith("kasbah.toml:4: ");
  expect(lines[0]).toContain(expected);
});

test("a password to this machine's own mail server may go in clear", () => {
  expect(
    linesOf(
      `[watch]\nalerts = [{ ${email}, server = '127.0.0.1:25', tls = 'off', user = 'u', password = 'p' }]`,
    ),
  ).toEqual([]);
});

test.each(["socks5://127.0.0.1:9050", "127.0.0.1:3128", "http://127.0.0.1:3128/x"])(
  "%s is no HTTP proxy",
  (proxy) => {
    expect(linesOf(`[outbound]\nproxy = "${proxy}"`)[0]).toContain("it takes the address of an HTTP proxy");
  },
);

function linesOf(text: string): readonly string[] {
  try {
    parseConfig(text, "kasbah.toml");
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.lines;
    throw thrown;
  }
}
