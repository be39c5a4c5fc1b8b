/** What must fit together among settings that are each right by themselves. */
import { existsSync } from "node:fs";
import { isLoopbackHost, listenAddress } from "../base/network.ts";
import { alertsFit } from "./alert-checks.ts";
import type { Conflict } from "./conflict.ts";
import type { Config } from "./settings.ts";

export function crossChecks(config: Config): Conflict[] {
  return [
    ...languagesFit(config),
    ...listenersFit(config),
    ...hostsFit(config),
    ...studioFits(config),
    ...originFits(config),
    ...originLockFits(config),
    ...alertsFit(config),
    ...filesExist(config),
  ];
}

function languagesFit({ site }: Config): Conflict[] {
  const languages: readonly string[] = site.languages;
  if (new Set(languages).size < languages.length) {
    return [{ path: ["site", "languages"], what: "site.languages names a language twice; name each once" }];
  }
  if (languages.includes(site.default_language)) return [];
  const what = `site.default_language is "${site.default_language}", which is not among site.languages; add it there or choose one of them`;
  return [{ path: ["site", "default_language"], what }];
}

function listenersFit(config: Config): Conflict[] {
  const listeners = [
    ...config.edge.listen.map((address) => ({ path: ["edge", "listen"] as const, address })),
    ...config.edge.redirect_listen.map((address) => ({
      path: ["edge", "redirect_listen"] as const,
      address,
    })),
    { path: ["studio", "listen"] as const, address: config.studio.listen },
    { path: ["metrics", "listen"] as const, address: config.metrics.listen },
  ];
  const taken = listeners.flatMap(({ path, address }, at) => {
    const other = listeners.slice(0, at).find((earlier) => collide(earlier.address, address));
    const what = `${path.join(".")} takes ${address}, which is ${other?.path.join(".")}'s already; choose another port`;
    return other === undefined ? [] : [{ path, what }];
  });
  return [...taken, ...edgeListens(config), ...redirectLeads(config), ...studioIsLocal(config)];
}

/** Port 0 takes a free one each time. */
function collide(left: string, right: string): boolean {
  const [one, other] = [listenAddress(left), listenAddress(right)];
  if (one.port !== other.port || one.port === 0) return false;
  if (one.hostname === other.hostname) return true;
  // Who listens everywhere listens on each address. Both families may be named.
  return everywhere.has(one.hostname) !== everywhere.has(other.hostname);
}

/** The second one takes IPv4 as well, as long as the system isn't told otherwise (ipv6(7), IPV6_V6ONLY). */
const everywhere = new Set(["0.0.0.0", "::"]);

function edgeListens({ edge }: Config): Conflict[] {
  if (edge.listen.length > 0) return [];
  return [
    {
      path: ["edge", "listen"],
      what: 'edge.listen is empty; readers need an address, like "127.0.0.1:8080"',
    },
  ];
}

function redirectLeads({ edge }: Config): Conflict[] {
  if (edge.redirect_listen.length === 0 || edge.tls !== "off") return [];
  const what =
    'edge.redirect_listen leads to https, but edge.tls is "off"; set edge.tls = "files", or leave it empty';
  return [{ path: ["edge", "redirect_listen"], what }];
}

function studioIsLocal({ studio }: Config): Conflict[] {
  if (isLoopbackHost(listenAddress(studio.listen).hostname)) return [];
  const what = `studio.listen is "${studio.listen}"; the studio listens on loopback only, like "127.0.0.1:8090", and is reached through the edge`;
  return [{ path: ["studio", "listen"], what }];
}

function hostsFit(config: Config): Conflict[] {
  const portal = config["site.portal"].hosts;
  const twice = config["site.blog"].hosts.find((host) => portal.includes(host));
  if (twice !== undefined) {
    return [
      {
        path: ["site.blog", "hosts"],
        what: `"${twice}" is among the hosts of portal and blog; leave it with one`,
      },
    ];
  }
  if (portal.length > 0) return [];
  return [
    { path: ["site.portal", "hosts"], what: 'site.portal.hosts is empty; name the site, like "example.org"' },
  ];
}

/** The edge has to know where the studio listens before either has started. */
function studioFits({ studio, ...config }: Config): Conflict[] {
  if (studio.hostname === "") return [];
  const taken = (["site.portal", "site.blog"] as const).find((site) =>
    config[site].hosts.includes(studio.hostname),
  );
  const collision: Conflict = {
    path: ["studio", "hostname"],
    what: `studio.hostname is "${studio.hostname}", which is among ${taken}.hosts; give the studio a name of its own`,
  };
  const noPort: Conflict = {
    path: ["studio", "listen"],
    what: `studio.listen takes any free port, but studio.hostname leads there through the edge; give it a fixed port, like "127.0.0.1:8090"`,
  };
  return [
    ...(taken === undefined ? [] : [collision]),
    ...(listenAddress(studio.listen).port === 0 ? [noPort] : []),
  ];
}

/** What comes from the edge would go to the edge, round and round. */
function originFits({ origin, edge }: Config): Conflict[] {
  const url = URL.parse(origin.url);
  if (url === null || !edge.listen.includes(url.host)) return [];
  const what = `origin.url is ${origin.url}, where the edge itself listens; name the address of the site behind it`;
  return [{ path: ["origin", "url"], what }];
}

/** A secret that can be guessed or can't be sent is none; files for TLS are of no use where there is none. */
function originLockFits({ origin }: Config): Conflict[] {
  const { url, secret, tls_certificate: certificate, tls_key: key, tls_ca: ca, tls_name: name } = origin;
  const isPlain = !url.startsWith("https:");
  const conflicts: Conflict[] = [];
  if (secret !== "" && !/^[!-~]{16,200}$/.test(secret)) {
    const what =
      "origin.secret is too short, or has spaces or letters beyond ASCII; take what `openssl rand -hex 16` prints";
    conflicts.push({ path: ["origin", "secret"], what });
  }
  if (isPlain && [certificate, key, ca, name].some((value) => value !== "")) {
    const what = `origin.url is ${url}, where nothing is encrypted; name an https address, or leave origin.tls_… empty`;
    conflicts.push({ path: ["origin", "url"], what });
  }
  if ((certificate === "") !== (key === "")) {
    const what = "origin.tls_certificate and origin.tls_key belong together; name both or none";
    conflicts.push({ path: ["origin", certificate === "" ? "tls_certificate" : "tls_key"], what });
  }
  return conflicts;
}

function filesExist({ edge, geo, origin }: Config): Conflict[] {
  const files = [
    { path: ["geo", "database"] as const, file: geo.database, needed: false },
    { path: ["edge", "tls_certificate"] as const, file: edge.tls_certificate, needed: edge.tls === "files" },
    { path: ["edge", "tls_key"] as const, file: edge.tls_key, needed: edge.tls === "files" },
    { path: ["edge", "acme_webroot"] as const, file: edge.acme_webroot, needed: false },
    { path: ["origin", "tls_certificate"] as const, file: origin.tls_certificate, needed: false },
    { path: ["origin", "tls_key"] as const, file: origin.tls_key, needed: false },
    { path: ["origin", "tls_ca"] as const, file: origin.tls_ca, needed: false },
  ];
  return files.flatMap(({ path, file, needed }) => {
    const name = path.join(".");
    if (file === "") return needed ? [{ path, what: `edge.tls is "files", but ${name} names none` }] : [];
    return existsSync(file)
      ? []
      : [{ path, what: `${name} names ${file}, which is not there; mend the name or put the file there` }];
  });
}
