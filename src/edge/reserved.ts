/** What the edge itself says under `/_kasbah/`: its health, the solver of waiting pages, the text of approved copies, and the transparency log for anybody who wants to check. */
import { open } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../base/errors.ts";
import type { Exchange } from "./exchange.ts";
import { textForm, textPrefix } from "./gone/text-form.ts";
import { inForce } from "./maintenance/maintenance.ts";
import type { Outcome } from "./outcome.ts";
import { solverPrefix } from "./solver/solver-script.ts";
import type { EdgeState } from "./state.ts";

export const reservedPrefix = "/_kasbah/";
const logPrefix = "/_kasbah/log/";
/** A full tile has 256 hashes of 32 bytes; bundles of entries are at most 256 × 65,537 (C2SP tlog-tiles), ours far less. */
const logFileBytesMax = 64 * 1024;

/** Undefined where the edition has to answer. */
export function reservedData(
  exchange: Exchange,
  state: EdgeState,
): Outcome | Promise<Outcome | undefined> | undefined {
  const { path } = exchange;
  if (path === "/_kasbah/health") return health(state);
  if (path.startsWith(solverPrefix)) return solver(path, state);
  if (path.startsWith(textPrefix)) return textForm(exchange, state);
  return path.startsWith(logPrefix) ? logFile(path.slice(logPrefix.length), state) : undefined;
}

function health(state: EdgeState): Outcome {
  const { book, mode, service, maintenance, clock } = state;
  const isStopped = inForce(maintenance, clock.nowMs()) !== undefined || hasNothing(state);
  const serving = isStopped ? "maintenance" : service;
  const facts = { status: "ok", service: serving, mode, edition: book?.version ?? null };
  return { kind: "data", type: "application/json", body: JSON.stringify(facts), immutable: false };
}

/** What readers' browsers run while they wait (solver/). */
function solver(path: string, { gates, signIn }: EdgeState): Outcome | undefined {
  const script = (gates ?? signIn?.gates)?.solver;
  if (path !== script?.path) return undefined;
  return { kind: "data", type: "text/javascript; charset=utf-8", body: script.body, immutable: true };
}

/** Nothing true to show on the portal: neither an edition nor somebody else's site, or what was approved of it. */
function hasNothing({ book, origin }: EdgeState): boolean {
  if (origin === undefined) return book === undefined;
  return origin.gate.isAway && !origin.judge.hasBaseline;
}

/** Levels 0 to 63, indexes in groups of three digits, partial tiles with their width (C2SP tlog-tiles). Nothing else is a name. */
const tileName =
  /^tile\/(?:entries|[0-5]?\d|6[0-3])(?:\/x\d{3})*\/\d{3}(?:\.p\/(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/;

async function logFile(name: string, { transparencyLog }: EdgeState): Promise<Outcome | undefined> {
  const isTile = tileName.test(name);
  if (name !== "checkpoint" && !isTile) return undefined;
  const body = await readBounded(join(transparencyLog, name));
  if (body === undefined) return undefined;
  const type = isTile ? "application/octet-stream" : "text/plain; charset=utf-8";
  return { kind: "data", type, body, immutable: isTile };
}

/** Undefined where it is missing or longer than such a file can be. */
async function readBounded(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    return size > logFileBytesMax ? undefined : new Uint8Array(await file.readFile());
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT" || codeOf(thrown) === "ENOTDIR") return undefined;
    throw thrown;
  }
}
