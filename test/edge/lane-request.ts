/** A request as a lane takes it, for tests that ask a lane or a gate directly. */
import type { LaneRequest } from "../../src/edge/lane/passage.ts";
import { requestHead } from "../../src/edge/lane/request-head.ts";

export interface Asking {
  readonly prefix?: number;
  readonly isKnown?: boolean;
  readonly path?: string;
  readonly lasts?: (left: () => void) => void;
}

export function laneRequest({
  prefix = 1,
  isKnown = false,
  path = "/",
  lasts = () => {},
}: Asking = {}): LaneRequest {
  const framing = { kind: "none" } as const;
  const headers = new Headers();
  const asked = { method: "GET", target: path, headers, host: "example.org", address: "192.0.2.1" };
  const head = requestHead({ ...asked, scheme: "http" }, framing);
  if (head === undefined) throw new Error("no head");
  return { method: "GET", head, prefix, isKnown, framing, body: null, client: { lasts, ended: () => {} } };
}
