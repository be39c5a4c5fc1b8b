/**
 * What the kernel is told, as lines for `nft` (nftables(8), 1.0.6 and later): one table, which looks at nothing but connections to the
 * addresses and ports where the edge listens, and only once they are for this machine (hook `input`: also after a port was redirected).
 */
import type { ListenAddress } from "../../base/network.ts";
import type { Network } from "../../decision/address.ts";

/** Sources that are dropped at a time. */
export const bansMax = 65_536;

/** The kernel clears away what has run out only now and then, so there has to be room for more. */
const bannedSize = 2 * bansMax;

/** Prefixes whose connections are counted at a time. Those beyond are let in uncounted. */
const metersSize = 65_536;

/** What a prefix may open at once, in seconds of its rate: a page's connections come together. */
const burstSeconds = 5;

/**
 * Somebody may read behind a source that is dropped, and can show it only by asking. So a few of its new connections are let in: of each
 * source two, then one every five seconds; of all together no more than a fraction of what a flood of a few thousand sources would ask
 * for. A first packet that is not let in comes again by itself after one and three seconds. None lasts longer than it takes to ask for a
 * page on a bad line: whoever is found to read is no longer dropped by then.
 */
const trial = { perMinute: 12, burst: 2, seconds: 10, allPerSecond: 100, allBurst: 50 } as const;

/** More than there can be at a time. */
const trialsSize = 4_096;

/**
 * While a flood of connections goes on on which nothing is asked: who opened one within the last minute, and asked for nothing within the last ten, gets
 * no second one in, but for so many a second of all together. One is all that a reader with HTTP/2 needs, and everybody's first.
 */
export const repeatsPerSDefault = 100;
/** So long a source is no stranger. */
export const regularMs = 600_000;

const drop = "counter name dropped drop;";
const opens = "tcp flags & (fin | syn | rst | ack) == syn";
const brief = 'ct timeout set "briefly";';

/**
 * A connection that is closed, or never opened, is forgotten that soon (s), so that the kernel's list of connections holds little but open
 * ones: with the usual two minutes a flood of short ones fills it (262,144 here), and then nobody gets in anywhere on the machine.
 */
const briefly =
  "ct timeout briefly { protocol tcp; l3proto inet; policy = " +
  "{ syn_sent: 2, syn_recv: 5, fin_wait: 5, last_ack: 5, time_wait: 2, close: 2 }; };";

export interface Limits {
  /** Open at a time; 0: no limit, and the kernel keeps no list of connections for us. */
  readonly connections: number;
  /** A second; 0: no limit. */
  readonly newConnections: number;
}

export interface Rules {
  readonly listen: readonly ListenAddress[];
  /** Neither dropped nor counted. */
  readonly spared: readonly Network[];
  readonly limits: Limits;
  /** Of second connections that are held back, so many a second are let in all the same. */
  readonly repeatsPerS: number;
  /** A few new connections of each banned source are let in all the same. */
  readonly trials: boolean;
}

interface Family {
  /** Ends the names of its sets. */
  readonly name: "4" | "6";
  readonly header: "ip" | "ip6";
  readonly protocol: string;
  readonly type: string;
  /** After an address: what of it is the source. In IPv6 its /64, since whoever has one address there has all of them. */
  readonly mask: string;
}

const families: readonly Family[] = [
  { name: "4", header: "ip", protocol: "ipv4", type: "ipv4_addr", mask: "" },
  { name: "6", header: "ip6", protocol: "ipv6", type: "ipv6_addr", mask: " & ffff:ffff:ffff:ffff::" },
];

/** A name has 255 characters at most. */
const prefixLengthMax = 200;

/** Tables of an edge that listens there; each is told apart by a number after it. */
export function tablePrefix(listen: readonly ListenAddress[]): string {
  const places = listen.map(({ hostname, port }) => `${hostname}_${port}`.replaceAll(/\W/g, "_"));
  return `kasbah_${places.join("_").slice(0, prefixLengthMax)}_`;
}

/**
 * `flags owner` (Linux 5.12): nobody else changes the table, and it is gone with the process that made it, however that ends.
 *
 * What opens a connection is metered, everything that a banned source sends is dropped, but for its trials: these are known by address and
 * port, because marks of connections are others' (Docker's, of routing by policy), and need the kernel's list. What the edge would send
 * to it (an answer, a retransmission, the end of an idle connection) is turned into a reset of the edge's own socket: it is freed at once
 * instead of holding its answer until it gives up, and the other side hears nothing at all. Those resets come back in over the loopback
 * interface.
 */
export function tableText(table: string, { listen, spared, limits, trials, repeatsPerS }: Rules): string {
  const counts = limits.connections > 0;
  return [
    `add table inet ${table} { flags owner; counter dropped { };`,
    `limit trials { rate ${trial.allPerSecond}/second burst ${trial.allBurst} packets; };`,
    ...(counts ? [briefly] : []),
    ...families.flatMap((family) => setsOf(family, spared)),
    `limit repeats { rate over ${repeatsPerS}/second burst ${repeatsPerS} packets; };`,
    "chain repeating { };",
    "chain opening {",
    ...families.flatMap((family) => metersOf(family, limits)),
    "jump repeating;",
    ...families.map(cameOf),
    ...(counts ? [brief] : []),
    "};",
    ...families.map((family) => trialsOf(family, trials)),
    "chain asking {",
    ...families.map(({ header, name }) => `${header} saddr @spared${name} return;`),
    'iif "lo" tcp flags & rst == rst return;',
    ...families.map(({ header, mask, name }) => `${header} saddr${mask} @banned${name} jump trying${name};`),
    `${opens} jump opening; };`,
    "chain answering {",
    ...families.map(({ header, name }) => `${header} daddr @spared${name} return;`),
    ...families.map(
      ({ header, mask, name }) =>
        `${header} daddr${mask} @banned${name} ${header} daddr . tcp dport != @tried${name} reject with tcp reset;`,
    ),
    "};",
    "chain input { type filter hook input priority -5; policy accept;",
    ...listen.flatMap((address) => matchesOf(address, "d")).map((match) => `${match} jump asking;`),
    "};",
    "chain output { type filter hook output priority -5; policy accept;",
    ...listen.flatMap((address) => matchesOf(address, "s")).map((match) => `${match} jump answering;`),
    // Over loopback the list has a connection before `input` sees it.
    ...(counts
      ? listen
          .flatMap((address) => matchesOf(address, "d"))
          .map((match) => `oif "lo" ${match} ${opens} ${brief}`)
      : []),
    "}; }",
  ].join(" ");
}

function setsOf({ name, type }: Family, spared: readonly Network[]): string[] {
  const networks = spared.filter(({ base }) => isV6(base.text) === (name === "6")).map(({ text }) => text);
  const elements = networks.length === 0 ? "" : `elements = { ${networks.join(", ")} };`;
  return [
    `set spared${name} { type ${type}; flags interval; auto-merge; ${elements} };`,
    `set banned${name} { type ${type}; size ${bannedSize}; flags timeout; };`,
    `set trying${name} { type ${type}; size ${bansMax}; flags dynamic,timeout; timeout 1m; };`,
    `set tried${name} { type ${type} . inet_service; size ${trialsSize}; flags dynamic,timeout; timeout ${trial.seconds}s; };`,
    `set opened${name} { type ${type}; size ${metersSize}; flags dynamic,timeout; timeout ${2 * burstSeconds}s; };`,
    `set regular${name} { type ${type}; size ${bannedSize}; flags timeout; };`,
    `set ${cameSet(name)} { type ${type}; size ${metersSize}; flags dynamic,timeout; timeout 1m; };`,
    // Without a timeout: elements go with their last connection.
    `set open${name} { type ${type}; size ${metersSize}; flags dynamic; };`,
  ];
}

/** Of a banned source: what belongs to a trial goes back to be metered, or begins one; all else is dropped. */
function trialsOf({ name, header, mask }: Family, trials: boolean): string {
  const each = `limit rate ${trial.perMinute}/minute burst ${trial.burst} packets`;
  const connection = `${header} saddr . tcp sport`;
  const begin = `${opens} update @trying${name} { ${header} saddr${mask} ${each} } limit name trials`;
  return [
    `chain trying${name} {`,
    ...(trials
      ? [`${connection} @tried${name} return;`, `${begin} add @tried${name} { ${connection} } return;`]
      : []),
    `${drop} };`,
  ].join(" ");
}

/** Each drops what exceeds, and nothing else. */
function metersOf(family: Family, { connections, newConnections }: Limits): string[] {
  const { name, header, protocol, mask } = family;
  const source = `${header} saddr${mask}`;
  const rate = `limit rate over ${newConnections}/second burst ${newConnections * burstSeconds} packets`;
  const ofFamily = `meta nfproto ${protocol}`;
  return [
    ...(newConnections > 0 ? [`${ofFamily} update @opened${name} { ${source} ${rate} } ${drop}`] : []),
    ...(connections > 0
      ? [`${ofFamily} add @open${name} { ${source} ct count over ${connections} } ${drop}`]
      : []),
  ];
}

/** All that are let in, by source. */
function cameOf({ name, header, protocol, mask }: Family): string {
  return `meta nfproto ${protocol} update @${cameSet(name)} { ${header} saddr${mask} counter };`;
}

function cameSet(name: Family["name"]): string {
  return `came${name}`;
}

/** Where it is counted who opened how many connections. */
export const cameSets = [cameSet("4"), cameSet("6")] as const;

/** From now on second connections are held back, or no longer. */
export function repeatsText(table: string, areHeld: boolean): string {
  const empty = `flush chain inet ${table} repeating;`;
  if (!areHeld) return empty;
  const rules = families.map(({ name, header, mask }) => {
    const source = `${header} saddr${mask}`;
    const stranger = `${source} @${cameSet(name)} ${source} != @regular${name}`;
    return `add rule inet ${table} repeating ${stranger} limit name repeats ${drop}`;
  });
  return empty + rules.join("");
}

/** Who asked for something lately. Those that are in the set keep the time that they have. */
export function regularText(table: string, sources: readonly string[]): string {
  return families
    .map(({ name }) => {
      const elements = sources
        .filter((source) => isV6(source) === (name === "6"))
        .map((source) => `${source} timeout ${regularMs / 1_000}s`);
      return elements.length === 0
        ? ""
        : `add element inet ${table} regular${name} { ${elements.join(",")} };`;
    })
    .join("");
}

/** `end`: of a packet, where the edge is: its destination (d) or its source (s). */
function matchesOf({ hostname, port }: ListenAddress, end: "d" | "s"): string[] {
  if (hostname === "localhost")
    return ["127.0.0.1", "::1"].flatMap((loopback) => matchesOf({ hostname: loopback, port }, end));
  const ofPort = `tcp ${end}port ${port}`;
  // On `::` the edge gets IPv4 as well.
  if (/^[0:]+$/.test(hostname)) return [ofPort];
  if (hostname === "0.0.0.0") return [`meta nfproto ipv4 ${ofPort}`];
  return [`${isV6(hostname) ? "ip6" : "ip"} ${end}addr ${hostname} ${ofPort}`];
}

/** Source and seconds. None may be in the sets already: it would keep the time that it has. */
export function banText(
  table: string,
  bans: readonly (readonly [source: string, seconds: number])[],
): string {
  const elements = (wanted: "4" | "6"): string =>
    bans
      .filter(([source]) => isV6(source) === (wanted === "6"))
      .map(([source, seconds]) => `${source} timeout ${seconds}s`)
      .join(",");
  return families.map(({ name }) => change("add", table, name, elements(name))).join("");
}

/** Also where it is there no more: deleting that alone would be an error. */
export function unbanText(table: string, source: string): string {
  const name = isV6(source) ? "6" : "4";
  return change("add", table, name, source) + change("delete", table, name, source);
}

export function unbanAllText(table: string): string {
  const sets = families.flatMap(({ name }) => [`banned${name}`, `trying${name}`, `tried${name}`]);
  return sets.map((set) => `flush set inet ${table} ${set};`).join("");
}

function change(what: "add" | "delete", table: string, name: "4" | "6", elements: string): string {
  return elements === "" ? "" : `${what} element inet ${table} banned${name} { ${elements} };`;
}

function isV6(text: string): boolean {
  return text.includes(":");
}
