/** The studio: every feature's pages behind one front door, on loopback. The edge brings who comes from outside. */
import { codeOf, messageOf, OperatorError } from "../base/errors.ts";
import { listenAddress } from "../base/network.ts";
import type { RoleContext } from "../bus/role.ts";
import type { Route } from "../web/route.ts";
import { ClientScripts } from "../web/client-scripts.ts";
import { createFrontDoor } from "./front-door.ts";
import { languageAt } from "../people/language-at.ts";
import { personAt } from "../people/membership.ts";
import { originOf, studioOrigins } from "../people/origins.ts";
import { deeds, features, menuOf } from "./features.ts";
import type { Newsroom, StudioParts } from "./parts.ts";
import { SiteStateFollower } from "./site-state.ts";
import { studioFiles } from "./studio-files.ts";

export interface Studio extends AsyncDisposable {
  /** `http://localhost:8090`: passkeys know this machine by that name, never by its number. */
  readonly address: string;
  /** Every address that it answers under. */
  readonly routes: readonly Route[];
}

/** Beyond any route's own limit; Bun answers what is longer with a bare 413. */
const bodyBytesMax = 300 * 1024 * 1024;

const idleTimeoutS = 60;

/** Throws OperatorError where it can't listen. */
export function openStudio(newsroom: Newsroom, { config, data, bus, log, kasbah }: RoleContext): Studio {
  const scripts = new ClientScripts();
  let address = "";
  const origins = (): readonly string[] => studioOrigins(config, address);
  const parts: StudioParts = { ...newsroom, bus, scripts, origins, deeds, kasbah, evidence: data.evidence };
  const site = new SiteStateFollower(parts);
  const routes = [...studioFiles(scripts), ...features.flatMap((feature) => feature.routes?.(parts) ?? [])];
  const frontDoor = createFrontDoor({
    routes,
    menu: menuOf({ isProtecting: newsroom.origin !== undefined }),
    siteName: config.site.name,
    timeZone: config.site.time_zone,
    origins,
    personOf: (request) => personAt(newsroom.membership, request, originOf(request, origins())),
    languageOf: (request, person) =>
      languageAt(newsroom.membership, request, originOf(request, origins()), person),
    state: () => site.state,
    log,
  });
  const server = listen(config.studio.listen, frontDoor);
  address = `http://localhost:${server.port}`;
  return {
    address,
    routes,
    async [Symbol.asyncDispose]() {
      site[Symbol.dispose]();
      await server.stop(true);
    },
  };
}

function listen(setting: string, frontDoor: (request: Request) => Promise<Response>) {
  try {
    return Bun.serve({
      ...listenAddress(setting),
      development: false,
      maxRequestBodySize: bodyBytesMax,
      // Longer than what goes on for a while (the watch's events) is ever silent.
      idleTimeout: idleTimeoutS,
      fetch: frontDoor,
    });
  } catch (thrown) {
    const hint =
      codeOf(thrown) === "EADDRINUSE"
        ? "stop what listens there, or choose another port"
        : "choose an address of this machine";
    throw new OperatorError(`the studio can't listen on studio.listen = "${setting}": ${messageOf(thrown)}`, {
      hint,
      cause: thrown,
    });
  }
}
