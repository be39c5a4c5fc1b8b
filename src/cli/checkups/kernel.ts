/** Whether the kernel drops for the edge what no reader resembles, and what that would take. Without it all works, at a higher price. */
import { readFileSync } from "node:fs";
import { BusError } from "../../bus/bus.ts";
import type { DefenceFacts } from "../../bus/facts.ts";
import { nftProgram } from "../../edge/kernel/nft.ts";
import { ssProgram } from "../../edge/sockets/ss.ts";
import { type Checkup, type Finding, fine, note, type Patient } from "./checkup.ts";

type State = DefenceFacts["kernel"]["state"];

/** What this machine gives, as it was found. */
export interface Means {
  readonly hasNft: boolean;
  /** Of the user who asks; undefined where the system doesn't tell. */
  readonly hasRight: boolean | undefined;
  /** Connections that the kernel's list holds; undefined where it keeps none yet. */
  readonly connectionsMax: number | undefined;
}

export const kernel: Checkup = {
  name: "kernel",
  needsSettings: true,
  async look(patient) {
    const means = { hasNft: nftProgram() !== null, hasRight: netAdmin(), connectionsMax: trackedMax() };
    return [...judge(patient, means, await stateOf(patient)), ...lister(ssProgram())];
  },
};

/** `state`: of the running edge; undefined where none answers. */
export function judge(
  { config }: Pick<Patient, "config">,
  means: Means,
  state: State | undefined,
): Finding[] {
  if (config.kernel.nftables === "off") return [note("it is not asked to drop anybody (kernel.nftables)")];
  if (state === "on") return [fine("it drops sources that no reader resembles"), ...shortList(config, means)];
  if (!means.hasNft)
    return [note("nft is missing, so the edge alone refuses floods", "install it: `apt install nftables`")];
  if (state === "no right" || (state === undefined && means.hasRight === false)) return [noRight(state)];
  if (state === "failed")
    return [
      note("it does not do what nft asks of it", "see the edge's log; Linux 5.12 and nft 1.0.6 at least"),
    ];
  return [fine("nft and the right to use it are here"), ...shortList(config, means)];
}

function noRight(state: State | undefined): Finding {
  return note(
    `${state === undefined ? "this user" : "the edge"} has no CAP_NET_ADMIN, so the edge alone refuses floods`,
    "in the edge's systemd unit: `AmbientCapabilities=CAP_NET_ADMIN`; by hand: `setpriv --inh-caps=+net_admin --ambient-caps=+net_admin` before the command",
  );
}

/** `program`: that lists the machine's connections; null where there is none. */
export function lister(program: string | null): Finding[] {
  if (program !== null) return [];
  return [
    note(
      "ss is missing, so nobody ends connections that take too little, or are hoarded",
      "install it: `apt install iproute2`",
    ),
  ];
}

/** Linux makes the list by the machine's memory; where it is full, nobody gets in anywhere. */
const connectionsNote = 65_536;

function shortList(
  { kernel: { connections_per_prefix } }: Patient["config"],
  { connectionsMax }: Means,
): Finding[] {
  if (connections_per_prefix === 0 || connectionsMax === undefined || connectionsMax >= connectionsNote)
    return [];
  return [
    note(
      `it lists ${connectionsMax} connections at most; a flood of short ones fills that`,
      "raise it: `sysctl net.netfilter.nf_conntrack_max=262144`, or set kernel.connections_per_prefix = 0",
    ),
  ];
}

async function stateOf({ instance }: Patient): Promise<State | undefined> {
  try {
    return (await instance?.request("edge.defence", {}, { timeoutMs: 2_000 }))?.defence.kernel.state;
  } catch (thrown) {
    // Whether the edge answers at all is looked at elsewhere.
    if (thrown instanceof BusError) return undefined;
    throw thrown;
  }
}

/** Bit 12 of the effective capabilities (capabilities(7)). */
function netAdmin(): boolean | undefined {
  const mask = /^CapEff:\s*([\da-f]+)$/m.exec(read("/proc/self/status") ?? "")?.[1];
  return mask === undefined ? undefined : ((BigInt(`0x${mask}`) >> 12n) & 1n) === 1n;
}

function trackedMax(): number | undefined {
  const text = read("/proc/sys/net/netfilter/nf_conntrack_max");
  return text === undefined ? undefined : Number(text);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not every system tells, and nothing rests on it but this advice.
    return undefined;
  }
}
