/** What readers' trust hangs on: the signing keys, the certificate, and how far the parts are kept apart. */
import { dayMs } from "../../base/clock.ts";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../base/errors.ts";
import type { Config } from "../../config/settings.ts";
import {
  type Certificate,
  examineCertificate,
  readCertificate,
  servedHosts,
} from "../../edge/tls/certificate.ts";
import { counted } from "../format.ts";
import { type Checkup, type Finding, fine, note, type Patient, wrong } from "./checkup.ts";

export const keys: Checkup = {
  name: "keys",
  look({ invocation: { data } }) {
    const root = join(data.keys, "root.json");
    if (!existsSync(join(data.keys, "online.json"))) {
      if (!existsSync(data.metadata)) return [note("no keys yet; the first publication makes them")];
      return [
        wrong(
          "the online keys are gone, so nothing new can be published",
          `put ${data.keys} back from a backup`,
        ),
      ];
    }
    if (!existsSync(root)) return [fine("the online keys are here, the root key is elsewhere")];
    return [
      note(
        `the root key is still on this machine: whoever takes it over can make any page look signed`,
        `move ${root} to a medium that stays offline, and keep a copy`,
      ),
    ];
  },
};

/** Certbot renews thirty days before the end: whoever reads of fourteen has a renewal that fails. */
const certificateNoteMs = 14 * dayMs;

export const certificate: Checkup = {
  name: "certificate",
  needsSettings: true,
  look({ config, clock }) {
    try {
      const found = readCertificate(config.edge);
      return found === undefined ? [] : judgeCertificate(found, config, clock.nowMs());
    } catch (thrown) {
      return [wrong(messageOf(thrown), "both must be PEM files that this user can read")];
    }
  },
};

function judgeCertificate(found: Certificate, config: Config, nowMs: number): Finding[] {
  const { faults, validUntilMs, keyType } = examineCertificate(found, servedHosts(config), nowMs);
  const wrongs = faults.map(({ what, mend }) => wrong(what, mend));
  const isUsable = validUntilMs !== undefined && !faults.some(({ isFatal }) => isFatal);
  return [
    ...wrongs,
    ...(isUsable ? [validFor(validUntilMs - nowMs, config.edge.tls_certificate)] : []),
    ...(keyType === "rsa" ? [slowKey] : []),
  ];
}

/** bench/handshakes.ts prints both. */
const slowKey = note(
  "its key is RSA: each new connection costs several times what it costs with an elliptic curve, for readers and for a flood",
  "ask for one with ECDSA (certbot: `--key-type ecdsa`)",
);

function validFor(leftMs: number, file: string): Finding {
  const days = Math.floor(leftMs / dayMs);
  return leftMs < certificateNoteMs
    ? wrong(
        `${file} expires in ${counted(days, "day")}`,
        "renew it now; a running edge takes the new files by itself",
      )
    : fine(`${file} is valid for ${days} days`);
}

/** DESIGN, principle 12: honest about limits. */
export const separation: Checkup = {
  name: "separation",
  needsSettings: true,
  look: ({ config }: Patient) => [
    note(
      `edge, newsroom and watch are processes of one user on one machine: they survive each other, but whoever takes over that user owns all three`,
      config.edge.tls === "off"
        ? "and without TLS (edge.tls) whoever sits on the line can change pages"
        : undefined,
    ),
  ],
};
