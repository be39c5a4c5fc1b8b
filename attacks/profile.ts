/** What a profile of an attack consists of: a story as data. A seed makes a plan of it (plan.ts); nothing in it is code. */

/** Of several things, each in proportion to its weight. */
export type Weighted<T> = readonly (readonly [weight: number, thing: T])[];

export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** From the range for documentation (RFC 5398): 64496 to 64511. */
  readonly asn: number;
  readonly name: string;
  /** Of loopback, that stand for the networks there; `2001:db8::/32`: the block for documentation (RFC 3849), behind a proxy. */
  readonly blocks: number | "2001:db8::/32";
}

/** Lines of a request's head, without Host: `Accept-Language: ar-SA`. */
export type HeaderLines = readonly string[];

/** Who reads with a program, as harm is counted. */
export type Client = "phone" | "desktop" | "text-browser" | "tor" | "feed-reader" | "archive";

export interface Person {
  readonly client: Client;
  readonly headers: HeaderLines;
}

/**
 * `visit`: a page that is linked to or the front page, then its parts, at once, as a browser does. `largest`: the page with most bytes.
 * `nowhere`: an address that does not exist. `sign-in`: where passwords or passkeys are tried.
 */
export type Goal = "front" | "linked" | "visit" | "largest" | "nowhere" | "sign-in";

/** One sort of request. */
export interface Ask {
  readonly goal: Goal;
  /** GET where it is not said. */
  readonly method?: "HEAD" | "POST";
  /** `fresh`: never the same twice. `search`: words, as if searched for. */
  readonly query?: "fresh" | "search";
  /** Of a form; a few words where it is not said. */
  readonly formBytes?: number;
  /** The site's where it is not said; `address`: the bare address that is listened on; `unknown`: nobody's name. */
  readonly host?: "address" | "unknown";
}

/** What a source does at a page that it is to wait at, beyond asking again. */
export interface AtGates {
  /** Its own, as a browser keeps them; or what was earned last, whoever earned it. */
  readonly cookies: "own" | "shared";
  /** It comes back when it is told to. */
  readonly isPatient?: true;
  /** So many Workers solve puzzles for all sources, with the solver that the page names. */
  readonly solvers?: number;
  /** Once one was solved, that proof is sent again and again, with its own ticket and with others. */
  readonly usesProofsAgain?: true;
  /** A form that it was given back is sent again. */
  readonly returnsForms?: true;
}

export interface FloodStory {
  readonly places: Weighted<Place>;
  readonly headers: Weighted<HeaderLines>;
  /** A source keeps to one of `headers`, or takes another one for each request. */
  readonly headersFor: "source" | "request";
  /**
   * `own`: each source has one. `fresh`: one for each connection (behind a proxy: for each request), never seen before. A number: all of
   * them stand behind so many, and the readers among the flood behind the same.
   */
  readonly addresses: "own" | "fresh" | number;
  readonly asks: Weighted<Ask>;
  /** Requests on one connection before it is opened anew, from and to. */
  readonly perConnection: readonly [number, number];
  /**
   * It takes nothing of its answers but their beginning, and keeps its connections; what it asks for on one it asks for at once, so that more
   * than the system's own buffers waits for it.
   */
  readonly takesNothing?: true;
  /**
   * It opens connections and asks for nothing on them: over TLS it says hello, has the server's part of the handshake made, and goes; in clear it
   * goes at once. A rate is one of connections.
   */
  readonly asksNothing?: true;
  /** Where nothing is said it keeps nothing, and asks again at its own pace. */
  readonly atGates?: AtGates;
  /** It pauses now and then. */
  readonly pulse?: { readonly onS: number; readonly offS: number };
  /** Everything, readers too, comes through a proxy that the instance trusts; sources are what it says in X-Forwarded-For. */
  readonly behindProxy?: true;
  /** Not an attack: whoever is refused or slowed is a reader. */
  readonly isCrowd?: true;
}

export interface ReadersStory {
  readonly count: number;
  /** Share of them who read from the flood's own networks. */
  readonly amongFlood: number;
  /** Share of them who come only once the flood has begun. */
  readonly late: number;
  readonly places: Weighted<Place>;
  readonly people: Weighted<Person>;
  /** Between two pages, ms, on average. */
  readonly thinkMs: number;
}

/** People who want one thing each that costs the site work. */
export interface VisitorsStory {
  readonly perS: number;
  /** Share of them whose browser runs no scripts. */
  readonly plain: number;
}

export interface Profile {
  readonly name: string;
  /** One line for a list, no full stop. */
  readonly summary: string;
  /** What happened, or what it is like: one or two sentences. */
  readonly story: string;
  /** `ratePerSourceS` 0: as fast as it goes. */
  readonly defaults: { readonly sources: number; readonly seconds: number; readonly ratePerSourceS: number };
  readonly flood: FloodStory;
  readonly readers: ReadersStory;
  /** None where it is not said. */
  readonly visitors?: VisitorsStory;
}
