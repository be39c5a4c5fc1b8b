/** The settings table: every knob and every limit that an operator can turn. kasbah.toml, --help and docs/settings.md are drawn from it. */
import type { LanguageTag } from "../language/tags.ts";
import { gateSettings } from "./gate-settings.ts";
import { originSettings } from "./origin-settings.ts";
import { boolean, choice, list, number, text, type ValueOf } from "./setting.ts";
import { watchSettings } from "./watch-settings.ts";

const siteAddress = text({
  default: "",
  form: "origin",
  prose:
    "The site's main address, for sitemap and feeds, whose formats ask for whole addresses. Empty: they say relative ones.",
});

export interface GeoOverride {
  readonly network: string;
  readonly country?: string;
  readonly asn?: number;
  readonly name?: string;
}

export const settings = {
  site: {
    name: text({ default: "Kasbah", prose: "The name that readers see at the top of every page." }),
    languages: list<LanguageTag>({
      of: "language",
      default: ["ar", "fr", "en"],
      prose: "Languages with a front page of their own, in the order of the menu.",
    }),
    default_language: text({
      default: "ar",
      form: "language",
      prose: "The language of `/`. One of `languages`.",
    }),
    time_zone: text({
      default: "Africa/Casablanca",
      form: "time-zone",
      prose: "Where the newsroom's days begin: dates on pages, and the year and month in addresses.",
    }),
  },
  "site.portal": {
    hosts: list<string>({
      of: "host",
      default: ["localhost"],
      prose:
        "Host names of the portal. Mirrors, new domains and onions are added here; links inside are relative.",
    }),
    address: siteAddress,
  },
  "site.blog": {
    hosts: list<string>({ of: "host", default: ["blog.localhost"], prose: "Host names of the blog." }),
    address: siteAddress,
  },
  edge: {
    listen: list<string>({
      of: "address",
      default: ["127.0.0.1:8080"],
      prose: "Where readers are answered. Port 0 takes any free port.",
    }),
    workers: number({
      default: 0,
      unit: "count",
      min: 0,
      max: 64,
      prose: "Threads that share the port. 0: one for each processor, eight at most.",
    }),
    http2: boolean({ default: true, prose: "Answer HTTP/2 as well as HTTP/1.1, in clear and over TLS." }),
    tls: choice({
      choices: ["off", "files"],
      default: "off",
      prose: '"files" serves HTTPS with `tls_certificate` and `tls_key`.',
    }),
    tls_certificate: text({
      default: "",
      form: "file",
      prose: "PEM file with the certificate and its chain.",
    }),
    tls_key: text({ default: "", form: "file", prose: "PEM file with the private key." }),
    redirect_listen: list<string>({
      of: "address",
      default: [],
      prose:
        'Where whoever comes in clear is led to https, like "0.0.0.0:80"; only with `tls`. Names of onion services are answered there instead: they are encrypted on their way.',
    }),
    https_port: number({
      default: 0,
      unit: "count",
      min: 0,
      max: 65_535,
      prose: "The port that readers see over https. 0: that of the first address in `listen`.",
    }),
    acme_webroot: text({
      default: "",
      form: "file",
      prose:
        "Folder below which an ACME client, like certbot with `--webroot`, lays down `.well-known/acme-challenge/…`; served in clear, too, and whatever else is off.",
    }),
    trusted_proxies: list<string>({
      of: "cidr",
      default: [],
      prose: "Networks whose X-Forwarded-For is believed. Everybody else's is ignored.",
    }),
    memory: number({
      default: 24 * 1024 * 1024,
      unit: "bytes",
      min: 1024 * 1024,
      max: 16 * 1024 ** 3,
      prose:
        "Memory for verified pages and their compressed forms, shared out evenly among the workers. What does not fit is read and verified again when it is asked for; give it more where there is more.",
    }),
    body_bytes_max: number({
      default: 64 * 1024,
      unit: "bytes",
      min: 1024,
      max: 16 * 1024 * 1024,
      prose: "Longest request body that is read at all.",
    }),
    url_bytes_max: number({
      default: 2048,
      unit: "bytes",
      min: 256,
      max: 8192,
      prose: "Longest path with query; longer ones get 414.",
    }),
    idle_timeout_s: number({
      default: 30,
      unit: "s",
      min: 2,
      max: 255,
      prose: "A connection on which nothing moves for so long is closed.",
    }),
    large_bytes: number({
      default: 1024 * 1024,
      unit: "bytes",
      min: 64 * 1024,
      max: 64 * 1024 * 1024,
      prose:
        "Answers from this length on are not held in memory, but sent in pieces as the reader takes them.",
    }),
    transfers_max: number({
      default: 512,
      unit: "count",
      min: 1,
      max: 65_536,
      prose:
        "Large answers on their way at a time in each worker, a quarter of them for one prefix (/24, /48); further ones get 503 with Retry-After.",
    }),
    send_rate_min: number({
      default: 1024,
      unit: "bytes/s",
      min: 0,
      max: 1024 * 1024,
      prose:
        "A reader who takes a large answer more slowly than this, averaged over the grace time, is cut off. On Linux with ss (iproute2) and CAP_NET_ADMIN so is any connection, whatever was asked for on it, by what its other end has acknowledged over three times the grace time. 0: nobody.",
    }),
    send_grace_s: number({
      default: 20,
      unit: "s",
      min: 1,
      max: 600,
      prose:
        "For how long a large answer may stay below `send_rate_min`; what was taken faster before counts for up to three times as long.",
    }),
    lite: boolean({
      default: true,
      prose:
        "Where sending costs more than the machine or the line can give, pages come as text first, and where that is still too much, only reading goes on (docs/lite.md). false: only when an operator orders it.",
    }),
    line_mbit: number({
      default: 0,
      unit: "Mbit/s",
      min: 0,
      max: 400_000,
      prose:
        "What the line to readers can carry. 0: nobody knows; then it is as wide as it turns out to be once most of the readers that the edge knows wait for what was sent to them (docs/lite.md), which takes longer to find out.",
    }),
  },
  origin: originSettings,
  gates: gateSettings,
  studio: {
    listen: text({
      default: "127.0.0.1:8090",
      form: "address",
      prose: "Where the studio listens; loopback only. `http://localhost:8090` opens it on this machine.",
    }),
    hostname: text({
      default: "",
      form: "host",
      prose:
        "The studio's public name; the edge leads there. Passkeys are bound to it, so choose it before anybody enrols. Empty: this machine only.",
    }),
    session_hours: number({
      default: 12,
      unit: "count",
      min: 1,
      max: 720,
      prose: "Hours after which somebody who is signed in has to show their passkey again.",
    }),
    invitation_hours: number({
      default: 72,
      unit: "count",
      min: 1,
      max: 720,
      prose: "Hours for which an invitation's link works, once.",
    }),
    connections_max: number({
      default: 64,
      unit: "count",
      min: 1,
      max: 4_096,
      prose:
        "Requests on their way from the edge to the studio at a time in each worker. A quarter is for people who are signed in alone, half at most for one of them, or for one network (/24, /48) of everybody else, who wait for their turn.",
    }),
  },
  media: {
    file_bytes_max: number({
      default: 25 * 1024 * 1024,
      unit: "bytes",
      min: 64 * 1024,
      max: 256 * 1024 * 1024,
      prose: "Largest picture that is taken in.",
    }),
    pixels_max: number({
      default: 64_000_000,
      unit: "count",
      min: 1_000_000,
      max: 400_000_000,
      prose: "Most pixels (width × height × frames) that a picture may have; looked at before it is decoded.",
    }),
    seconds_max: number({
      default: 30,
      unit: "s",
      min: 1,
      max: 300,
      prose: "How long cleaning one picture may take; then its process is ended.",
    }),
  },
  metrics: {
    listen: text({ default: "127.0.0.1:9180", form: "address", prose: "Prometheus metrics at /metrics." }),
  },
  decision: {
    mode: choice({
      choices: ["auto", "off", "shadow", "siege"],
      default: "auto",
      prose:
        '"auto" decides by itself. "off" admits everything that the bans let through, "shadow" only notes what it would have refused, "siege" is always as strict as under attack.',
    }),
    allow: list<string>({
      of: "cidr",
      default: [],
      prose: "Networks that are never refused; always wins over a ban.",
    }),
    verify_crawlers: boolean({
      default: true,
      prose:
        "Ask DNS whether who says to be Google's, Bing's, Apple's, Yandex's or Baidu's crawler is one (forward-confirmed reverse DNS). The addresses of those who say so then go to the resolver that this machine is configured with, nobody else's do; off, all of them stay unknown.",
    }),
    reader_harm_max: number({
      default: 0.02,
      unit: "share",
      min: 0.01,
      max: 0.1,
      prose:
        "Share of usual readers that a rule may hit at most, in the country, network, language or kind of client where that is worst, with an upper confidence bound. It holds for every rule, whoever made it.",
    }),
    prefix_rate: number({
      default: 200,
      unit: "requests/s",
      min: 1,
      max: 1_000_000,
      prose:
        "Requests a second that one prefix (IPv4 /32, IPv6 /64) may keep up in each worker: far beyond any reader, also behind a shared address.",
    }),
    prefix_burst: number({
      default: 2_000,
      unit: "count",
      min: 1,
      max: 10_000_000,
      prose: "Requests that one prefix may make at once in each worker before `prefix_rate` holds.",
    }),
    prefixes_max: number({
      default: 16_384,
      unit: "count",
      min: 1_024,
      max: 4_194_304,
      prose:
        "Prefixes whose requests are counted against `prefix_rate` at a time in each worker, some 300 bytes each; the least recent are forgotten first.",
    }),
    sources_max: number({
      default: 1_048_576,
      unit: "count",
      min: 4_096,
      max: 16_777_216,
      prose:
        "Sources (IPv4 /32, IPv6 /64) whose behaviour is remembered at a time, some 45 bytes each: in memory only, under keyed hashes, for a day at most. When there are more, those without good standing give way first.",
    }),
    holds_max: number({
      default: 0,
      unit: "count",
      min: 0,
      max: 1_048_576,
      prose:
        "Requests of a flood whose answer is held back at a time, for seconds, which quiets it; beyond that they are refused at once. 0: a quarter of the open files that the system allows, 32,768 at most.",
    }),
  },
  kernel: {
    nftables: choice({
      choices: ["auto", "off"],
      default: "auto",
      prose:
        'Sources that no reader resembles are dropped by the kernel, for minutes: a table of our own, the edge\'s ports only. "auto" where there is the right to it (CAP_NET_ADMIN).',
    }),
    connections_per_prefix: number({
      default: 512,
      unit: "count",
      min: 0,
      max: 1_000_000,
      prose:
        "Connections that one prefix (IPv4 /32, IPv6 /64) may hold open; the kernel lets in no further ones. A browser holds up to six, so that some eighty people behind one address can read at the same moment. 0: no limit, and the kernel keeps no list of connections for Kasbah.",
    }),
    new_connections_per_prefix: number({
      default: 200,
      unit: "connections/s",
      min: 0,
      max: 1_000_000,
      prose:
        "Connections that one prefix may open a second, over five seconds; the kernel lets in no further ones. As many as `decision.prefix_rate` allows requests. 0: no limit.",
    }),
  },
  geo: {
    database: text({
      default: "",
      form: "file",
      prose:
        "An .mmdb with country and network. Empty: the one that comes with Kasbah, which knows countries only and is sometimes wrong; no decision rests on it alone.",
    }),
    overrides: list<GeoOverride>({
      of: "table",
      fields: { network: "cidr", country: "country", asn: "number", name: "text" },
      required: ["network"],
      default: [],
      prose:
        'Networks whose country or owner is known better: { network = "127.10.0.0/16", country = "SA", asn = 64500, name = "…" }.',
    }),
  },
  publishing: {
    keep_editions: number({
      default: 200,
      unit: "count",
      min: 2,
      max: 100_000,
      prose: "Editions whose metadata and pages are kept for `kasbah editions show` and `rollback`.",
    }),
    timestamp_hours: number({
      default: 24,
      unit: "count",
      min: 1,
      max: 720,
      prose:
        "Hours until the timestamp expires if the newsroom can't renew it. Pages stay; the edition is marked stale.",
    }),
  },
  import: {
    file_bytes_max: number({
      default: 512 * 1024 * 1024,
      unit: "bytes",
      min: 1024,
      max: 64 * 1024 ** 3,
      prose:
        "Largest file that `kasbah import` reads. It is read as a stream, so memory does not grow with it.",
    }),
    items_max: number({
      default: 200_000,
      unit: "count",
      min: 1,
      max: 10_000_000,
      prose: "Most items (posts, pages, pictures, menus) that one imported file may have.",
    }),
  },
  ...watchSettings,
} as const;

type Sections = typeof settings;

/** `config.edge.listen`, `config["site.portal"].hosts`: the table's shape with values. */
export type Config = {
  readonly [S in keyof Sections]: { readonly [K in keyof Sections[S]]: ValueOf<Sections[S][K]> };
};
