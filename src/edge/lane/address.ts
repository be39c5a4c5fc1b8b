/** Where a lane leads: the server of an `http://` or `https://` address without a path. */

export interface LaneAddress {
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly tls: boolean;
  /** As other programs write it in redirects to themselves: `http://127.0.0.1:9000`. */
  readonly origin: string;
}

/** Of a setting that was checked when it was read. */
export function laneAddress(url: string): LaneAddress {
  const { hostname, port, protocol, origin } = new URL(url);
  const tls = protocol === "https:";
  return {
    hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (tls ? 443 : 80) : Number(port),
    tls,
    origin,
  };
}
