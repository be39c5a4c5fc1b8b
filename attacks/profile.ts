/** What a profile of an attack consists of: a story as data. A seed makes a plan of it (plan.ts); nothing in it is code. */

/** Of several things, each in proportion to its weight. */
export type Weighted<T> = readonly (readonly [weight: number, thing: T])[];

export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** From the range for documentation (RFC 5398): 64496 to 64511. */
  readonly asn: number;
  readonly name: string;
  /** Of loopback, that stand for the networks there. */
  readonly blocks: number;
}

/** Lines of a request's head, without Host: `Accept-Language: ar-SA`. */
export type HeaderLines = readonly string[];

export interface Profile {
  readonly name: string;
  /** What happened, and when: one or two sentences. */
  readonly story: string;
  readonly defaults: { readonly sources: number; readonly seconds: number; readonly ratePerSourceS: number };
  readonly flood: {
    readonly places: Weighted<Place>;
    /** Each source keeps to one of these. */
    readonly headers: Weighted<HeaderLines>;
    /** The front page, or one of the pages that it links to. */
    readonly pages: Weighted<"front" | "linked">;
    /** Requests on one connection before it is opened anew, from and to. */
    readonly perConnection: readonly [number, number];
  };
  readonly readers: {
    readonly count: number;
    /** Share of them who read from the flood's own networks. */
    readonly amongFlood: number;
    readonly places: Weighted<Place>;
    readonly headers: Weighted<HeaderLines>;
    /** Between two pages, ms, on average. */
    readonly thinkMs: number;
  };
}
