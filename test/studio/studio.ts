/** The studio's real front door on a real port, for tests of a feature's pages: who is signed in is said by the test. */
import { silentLog } from "../../src/base/log.ts";
import type { InterfaceLanguage } from "../../src/language/tags.ts";
import { createFrontDoor } from "../../src/newsroom/front-door.ts";
import { studioFiles } from "../../src/newsroom/studio-files.ts";
import type { Act, Where } from "../../src/web/acts.ts";
import { ClientScripts } from "../../src/web/client-scripts.ts";
import type { MenuEntry } from "../../src/web/menu.ts";
import type { Person, Route, SiteState } from "../../src/web/route.ts";

export interface StudioOptions {
  readonly routes: readonly Route[];
  readonly menu?: readonly MenuEntry[];
  readonly person?: Person | undefined;
  readonly language?: InterfaceLanguage;
  /** Default: nothing published, and nobody who answers. */
  readonly state?: SiteState;
  /** Those that the routes name their islands in. */
  readonly scripts?: ClientScripts;
}

export interface Studio extends AsyncDisposable {
  /** `http://localhost:40123`. */
  readonly origin: string;
  /** Who is signed in from now on. */
  become(person: Person | undefined): void;
  get(path: string): Promise<Response>;
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  postJson(path: string, value: unknown): Promise<Response>;
}

type Sent = Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> };

/** Somebody who may do everything, unless `may` says otherwise. */
export function personWho(may: (act: Act, where: Where) => boolean = () => true, id = "01AMINA"): Person {
  return { id, name: "Amina", may };
}

export function openStudio({ routes, menu = [], language = "en", ...options }: StudioOptions): Studio {
  let person = options.person;
  let origin = "";
  const frontDoor = createFrontDoor({
    routes: [...studioFiles(options.scripts ?? new ClientScripts()), ...routes],
    menu,
    siteName: "Kasbah",
    timeZone: "Africa/Casablanca",
    origins: () => [origin],
    personOf: () => person,
    languageOf: () => language,
    state: () => options.state ?? { edition: null, mode: null, incidentsOpen: null, protectedSite: null },
    log: silentLog,
  });
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, development: false, fetch: frontDoor });
  origin = `http://localhost:${server.port}`;
  const send = (path: string, init: Sent): Promise<Response> =>
    fetch(origin + path, {
      redirect: "manual",
      ...init,
      headers: { accept: "text/html", origin, ...init.headers },
    });
  return {
    origin,
    become: (next) => {
      person = next;
    },
    get: (path) => send(path, {}),
    post: (path, fields) => send(path, { method: "POST", body: new URLSearchParams(fields) }),
    postJson: (path, value) =>
      send(path, {
        method: "POST",
        body: JSON.stringify(value),
        headers: { "content-type": "application/json", accept: "application/json" },
      }),
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
