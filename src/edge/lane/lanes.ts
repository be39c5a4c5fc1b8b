/** The lanes of an edge, by the site whose hosts lead there: the protected origin, and the studio. */
import { listenAddress } from "../../base/network.ts";
import type { Config } from "../../config/settings.ts";
import type { ErrorAnswer } from "../errors.ts";
import { readPem } from "../../config/pem.ts";
import { studioIsAway } from "../words.ts";
import { laneAddress } from "./address.ts";
import type { LaneTls } from "./connection.ts";
import { Lane, type LaneOptions } from "./lane.ts";
import type { LaneFault } from "./passage.ts";

export type Lanes = ReadonlyMap<string, Lane>;

export function lanesOf(config: Config, tools: Pick<LaneOptions, "monotonicMs" | "log">): Lanes {
  const common = {
    ...tools,
    pace: { rateMin: config.edge.send_rate_min, graceMs: config.edge.send_grace_s * 1000 },
  };
  const lanes = new Map<string, Lane>();
  if (config.origin.url !== "") lanes.set("portal", new Lane({ ...common, ...originOptions(config) }));
  if (config.studio.hostname !== "") lanes.set("studio", new Lane({ ...common, ...studioOptions(config) }));
  return lanes;
}

/** A body may follow that nobody will read. */
const shared = {
  "too-slow": { status: 408, close: true },
  "too-large": { status: 413, close: true },
  gone: { status: 408, close: true },
} as const satisfies Partial<Record<LaneFault, ErrorAnswer>>;

const originErrors: Readonly<Record<LaneFault, ErrorAnswer>> = {
  ...shared,
  busy: { status: 503, retryAfterS: 5, close: true },
  unreachable: { status: 502, close: true },
  broken: { status: 502, close: true },
  silent: { status: 504, close: true },
};

const away: ErrorAnswer = { status: 503, retryAfterS: 10, close: true, words: studioIsAway };
const studioErrors: Readonly<Record<LaneFault, ErrorAnswer>> = {
  ...shared,
  busy: { status: 503, retryAfterS: 5, close: true, words: studioIsAway },
  unreachable: away,
  broken: away,
  silent: away,
};

type OwnOptions = Omit<LaneOptions, "monotonicMs" | "log" | "pace">;

function originOptions({ origin }: Config): OwnOptions {
  return {
    name: "origin",
    address: laneAddress(origin.url),
    tls: laneTls(origin),
    stamp: origin.secret === "" ? undefined : { name: origin.secret_header, value: origin.secret },
    limits: {
      connectMs: origin.connect_timeout_s * 1000,
      answerMs: origin.answer_timeout_s * 1000,
      idleMs: origin.idle_timeout_s * 1000,
      bodyBytesMax: origin.body_bytes_max,
    },
    connectionsMax: origin.connections_max,
    // Behind one address may be a country's readers.
    ofOnePrefixMax: Number.POSITIVE_INFINITY,
    leavesReserved: true,
    provenance: "uncertain",
    errors: originErrors,
  };
}

/** Throws OperatorError where a file can't be read. */
function laneTls({ url, tls_name, tls_ca, tls_certificate, tls_key }: Config["origin"]): LaneTls | undefined {
  if (tls_name === "" && tls_ca === "" && tls_certificate === "") return undefined;
  return {
    name: tls_name === "" ? laneAddress(url).hostname : tls_name,
    ca: tls_ca === "" ? undefined : readPem("origin.tls_ca", tls_ca),
    own:
      tls_certificate === ""
        ? undefined
        : {
            cert: readPem("origin.tls_certificate", tls_certificate),
            key: readPem("origin.tls_key", tls_key),
          },
  };
}

/** The studio is on the same machine: it connects at once or not at all. Its streams of events send something every few seconds. */
const studioMs = { connectMs: 2_000, answerMs: 60_000, idleMs: 60_000 } as const;

function studioOptions({ studio, media }: Config): OwnOptions {
  const { hostname, port } = listenAddress(studio.listen);
  return {
    name: "studio",
    address: laneAddress(`http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`),
    limits: { ...studioMs, bodyBytesMax: media.file_bytes_max },
    connectionsMax: studio.connections_max,
    ofOnePrefixMax: Math.ceil(studio.connections_max / 2),
    leavesReserved: false,
    provenance: "dynamic",
    errors: studioErrors,
  };
}
