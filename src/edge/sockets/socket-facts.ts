/**
 * One connection as `ss -tinHO` (iproute2) tells of it: a line of words. Figures that the kernel has not counted yet are left out of it. Pure.
 */

export interface SocketFacts {
  /** This end and the other one, as `ss` writes and reads them: `127.0.0.1:8080`, `[2001:db8::1]:40122`. */
  readonly local: string;
  readonly peer: string;
  /** Of the other end, without port and brackets. */
  readonly address: string;
  /** The edge still has it; otherwise it only waits in the kernel for the rest to be taken. */
  readonly isOpen: boolean;
  /** Given to the kernel for it, and not acknowledged yet. */
  readonly queuedBytes: number;
  /** Acknowledged since it was opened. */
  readonly takenBytes: number;
}

/** State, what waits to be read here, what waits to be taken there, both ends. */
const columns = /^(\S+)\s+\d+\s+(\d+)\s+(\S+:\d+)\s+((\S+):\d+)\s/;
const acknowledged = /\sbytes_acked:(\d+)/;

/** Undefined where the line is none. */
export function readSocketLine(line: string): SocketFacts | undefined {
  const [, state = "", queued, local, peer, host] = columns.exec(line) ?? [];
  if (queued === undefined || local === undefined || peer === undefined || host === undefined)
    return undefined;
  return {
    local,
    peer,
    address: host.replace(/^\[(.*)\]$/, "$1"),
    isOpen: state === "ESTAB" || state === "CLOSE-WAIT",
    queuedBytes: Number(queued),
    takenBytes: Number(acknowledged.exec(line)?.[1] ?? 0),
  };
}
