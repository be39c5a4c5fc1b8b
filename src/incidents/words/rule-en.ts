/** What a rule's requests have in common, in English. */
import type { RuleWords } from "../defence/rule-words.ts";

export const ruleEn: RuleWords = {
  requests: "Requests",
  terms: {
    method: {
      of: {
        GET: "that only read (GET)",
        HEAD: "that ask for a page’s headers alone (HEAD)",
        POST: "that send something (POST)",
        other: "by a method that readers don’t use",
      },
      else: "by the method {}",
    },
    host: {
      of: {
        portal: "for the main site",
        blog: "for the blog",
        studio: "for the studio",
        unknown: "for a site that isn’t here",
        address: "for a bare address instead of a name",
      },
      else: "for the site {}",
    },
    place: {
      of: {
        front: "for a front page",
        page: "for a text or a page",
        list: "for a list of texts",
        feed: "for a feed",
        text: "for a text version",
        part: "for a part of a page (style sheet, picture)",
        reserved: "for addresses of Kasbah itself",
        "passed-on": "for what another server makes",
        missing: "for pages that don’t exist",
        moved: "for pages that have moved",
        malformed: "for malformed addresses",
      },
      else: "for {}",
    },
    path: { of: {}, else: "for the address {}" },
    query: {
      of: { none: "without a query", tracking: "with nothing but tracking marks as a query" },
      else: "with the query {}",
    },
    agent: { of: { none: "that name no program" }, else: "that call their program {}" },
    program: {
      of: {
        none: "that name no program",
        chrome: "that name Chrome",
        safari: "that name Safari",
        firefox: "that name Firefox",
        edge: "that name Edge",
        opera: "that name Opera",
        samsung: "that name Samsung’s browser",
        "in-app": "from inside another app",
        "text-browser": "that name a text browser",
        "feed-reader": "that name a feed reader",
        archive: "that name an archive",
        crawler: "that name a search engine or another robot",
        tool: "that name a programmer’s tool (curl, Python …)",
        outdated: "that name a browser from before 2015",
        mozilla: "that name a browser of no known kind",
        other: "that name an unknown program",
      },
      else: "that name the program {}",
    },
    client: {
      of: {
        phone: "from phones",
        desktop: "from desktop computers",
        "text-browser": "from text browsers",
        tor: "from Tor Browser",
        "feed-reader": "from feed readers",
        archive: "from archives",
        crawler: "from search engines and other robots",
        tool: "from programmers’ tools",
        none: "from programs that don’t say what they are",
      },
      else: "from {}",
    },
    language: { of: { none: "that ask for no language" }, else: "that ask for {} first" },
    headers: {
      of: { none: "without any of the headers that browsers send" },
      else: "with these headers and no others: {}",
    },
    accept: {
      of: {
        none: "that don’t say what they accept",
        any: "that accept anything",
        page: "that want a web page",
        feed: "that want a feed",
        part: "that want a part of a page",
        other: "that want another type of file",
      },
      else: "that accept {}",
    },
    encoding: {
      of: {
        none: "that say nothing about compression",
        identity: "that want no compression",
        gzip: "that only know old compression (gzip)",
        modern: "that know modern compression",
        other: "with an unusual wish for compression",
      },
      else: "with the compression {}",
    },
    referrer: {
      of: {
        none: "that come from no page",
        self: "that come from a page of this site",
        other: "that say they come from what is no address",
      },
      else: "that come from {}",
    },
    cookies: { of: { yes: "with cookies", no: "without cookies" }, else: "with cookies: {}" },
    conditional: {
      of: {
        yes: "that ask whether a page has changed",
        no: "that don’t ask whether a page has changed",
      },
      else: "with conditions: {}",
    },
    parts: {
      of: {
        yes: "from clients that also fetch style sheets or pictures",
        no: "from clients that fetch neither style sheets nor pictures",
      },
      else: "from clients that fetch a page’s parts: {}",
    },
    pace: { of: {}, else: "from sources that ask for at least {} pages a second" },
    queries: { of: {}, else: "from sources that tried at least {} different queries" },
    shared: {
      of: {
        one: "from sources with a single program behind them",
        few: "from sources with a few programs behind them",
        many: "from addresses that many share",
      },
      else: "from addresses that so many share: {}",
    },
    misses: { of: {}, else: "from sources that asked at least {} times for what they can’t have" },
    claim: {
      of: {
        verified: "from a search engine that proved to be one",
        false: "that pretend to come from a search engine",
        unknown: "that say they come from a search engine, not yet checked",
        none: "that don’t say they come from a search engine",
      },
      else: "that say of themselves: {}",
    },
    cost: {
      of: {
        memory: "that cost next to nothing",
        disk: "that have to be read from disk",
        error: "that end in an error",
        "passed-on": "that another server has to answer",
      },
      else: "that cost {}",
    },
    pass: { of: { none: "without a pass" }, else: "with the pass {}" },
    country: { of: { ZZ: "from a country that isn’t known" }, else: "through networks registered in {}" },
    network: { of: { "0": "through networks that aren’t known" }, else: "through the network {}" },
    block: { of: {}, else: "from the block of addresses {}" },
    prefix: { of: {}, else: "from the block of addresses {}" },
  },
  unknown: "with {} = {}",
  groups: {
    phone: "phones",
    desktop: "desktop computers",
    "text-browser": "text browsers",
    tor: "Tor Browser",
    "feed-reader": "feed readers",
    archive: "archives",
    crawler: "search engines",
    tool: "programmers’ tools",
    none: "programs that don’t say what they are",
  },
};
