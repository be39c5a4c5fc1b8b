/** One address of the studio: who may use it, and what happens there. Every route says both, so that a test can walk them all. */
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Act, Place, Where } from "./acts.ts";
import type { MenuEntry } from "./menu.ts";

/** Who is signed in, as pages need to know them. */
export interface Person {
  readonly id: string;
  /** That colleagues know; never shown to readers. */
  readonly name: string;
  may(act: Act, where: Where): boolean;
}

/** How the site stands, for one line on every page; null where the watch, or whoever knows, doesn't answer. */
export interface SiteState {
  readonly edition: {
    readonly version: number;
    readonly publishedAt: string;
    readonly stale: boolean;
  } | null;
  readonly mode: "calm" | "guarded" | "siege" | null;
  readonly incidentsOpen: number | null;
  /** How readers are served the protected site; null also where none is configured. */
  readonly protectedSite: "live" | "held" | "gone" | "maintenance" | null;
  /** Where readers get less than everything. */
  readonly service?: "lite" | "read-only" | undefined;
}

export interface Visit {
  readonly request: Request;
  readonly url: URL;
  /** Of the path, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly language: InterfaceLanguage;
  readonly person: Person | undefined;
  /** Who is signed in by now: for answers that go on for a while. */
  readonly whoNow: () => Person | undefined;
  /** Throws Refusal where whoever came may no longer do this; for after a body, which may take its time to come. */
  readonly askAgain: () => void;
  /** What of the menu this person may use. */
  readonly menu: readonly MenuEntry[];
  readonly state: SiteState;
  /** Setting `site.name`. */
  readonly siteName: string;
  /** Setting `site.time_zone`: an IANA name. */
  readonly timeZone: string;
}

export type SignedIn = Visit & { readonly person: Person };

/** `at` finds where the thing stands that the address names; undefined is answered with 404. */
export interface Right {
  readonly act: Act;
  readonly at: "anywhere" | "everywhere" | ((params: Visit["params"]) => Place | undefined);
}

interface Common {
  readonly method: "GET" | "POST";
  /** Hono's form: `/texts/:text/publish`. */
  readonly path: string;
  /** Default `formBytesMax`; a longer body is answered with 413 before it is read. */
  readonly bodyBytesMax?: number;
}

export interface OpenRoute extends Common {
  readonly access: "everyone";
  readonly handle: (visit: Visit) => Response | Promise<Response>;
}

export interface PersonRoute extends Common {
  readonly access: "signed in" | Right;
  readonly handle: (visit: SignedIn) => Response | Promise<Response>;
}

export type Route = OpenRoute | PersonRoute;

export const formBytesMax = 64 * 1024;
