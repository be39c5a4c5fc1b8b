/** Whether the site that Kasbah stands in front of answers, and whether its pages still come compressed. */
import { messageOf } from "../../base/errors.ts";
import type { Config } from "../../config/settings.ts";
import { type Checkup, type Finding, fine, note, wrong } from "./checkup.ts";

export const origin: Checkup = {
  name: "origin",
  needsSettings: true,
  look: async ({ config }) => (config.origin.url === "" ? [] : await examine(config)),
};

/** Any answer is one, also an error of the site's own: that is not for Kasbah to judge here. */
async function examine(config: Config): Promise<Finding[]> {
  const { url } = config.origin;
  try {
    const [direct, passedOn] = [await ask(config, {}), await ask(config, { via: "1.1 kasbah" })];
    const answers = fine(`${url} answers (status ${direct.status})`);
    const isPlain = direct.headers.has("content-encoding") && !passedOn.headers.has("content-encoding");
    return isPlain ? [answers, uncompressed] : [answers];
  } catch (thrown) {
    const mend = "start the site behind it, or mend the address; until then readers get 502";
    return [wrong(`${url} (origin.url) does not answer: ${messageOf(thrown)}`, mend)];
  }
}

/** A gateway has to say that it is one (RFC 9110, section 7.6.3), and nginx compresses nothing for one unless it is told to. */
const uncompressed = note(
  "the site compresses its pages, but not for what comes through a gateway: readers get several times the bytes",
  "in nginx: `gzip_proxied any;`",
);

/** As a reader's browser would, through the edge. */
async function ask(
  { origin: settings, "site.portal": { hosts } }: Config,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const secret = settings.secret === "" ? {} : { [settings.secret_header]: settings.secret };
  const answer = await fetch(settings.url, {
    headers: { host: hosts[0] ?? "localhost", "accept-encoding": "gzip, br", ...secret, ...headers },
    tls: tlsOf(settings),
    redirect: "manual",
    decompress: false,
    signal: AbortSignal.timeout(settings.answer_timeout_s * 1000),
  });
  await answer.body?.cancel();
  return answer;
}

function tlsOf({
  tls_ca: ca,
  tls_certificate: cert,
  tls_key: key,
  tls_name: name,
}: Config["origin"]): Bun.TLSOptions {
  return {
    ...(ca === "" ? {} : { ca: Bun.file(ca) }),
    ...(cert === "" ? {} : { cert: Bun.file(cert), key: Bun.file(key) }),
    ...(name === "" ? {} : { serverName: name }),
  };
}
