/** What readers' trust hangs on: the signing keys, the certificate, and how far the parts are kept apart. */
import { dayMs } from "../../base/clock.ts";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../base/errors.ts";
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

const certificateNoteMs = 14 * dayMs;

export const certificate: Checkup = {
  name: "certificate",
  needsSettings: true,
  look({ config: { edge }, clock }) {
    if (edge.tls === "off") return [];
    try {
      const certified = new X509Certificate(readFileSync(edge.tls_certificate));
      const leftMs = Date.parse(certified.validTo) - clock.nowMs();
      if (!certified.checkPrivateKey(createPrivateKey(readFileSync(edge.tls_key)))) {
        return [
          wrong(
            `${edge.tls_key} is not the key of ${edge.tls_certificate}`,
            "set edge.tls_key to the key that it was made with",
          ),
        ];
      }
      return [validFor(leftMs, edge.tls_certificate)];
    } catch (thrown) {
      return [
        wrong(
          `can't read the certificate or its key (${messageOf(thrown)})`,
          "both must be PEM files that this user can read",
        ),
      ];
    }
  },
};

function validFor(leftMs: number, file: string): Finding {
  const days = Math.floor(leftMs / dayMs);
  if (leftMs <= 0) return wrong(`${file} has expired`, "renew it: readers get a warning instead of pages");
  return leftMs < certificateNoteMs
    ? wrong(`${file} expires in ${days} days`, "renew it now")
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
