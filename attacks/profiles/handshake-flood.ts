/** Connections that are opened, have the server make its half of a handshake, and ask for nothing. */
import { farAndNear } from "../bots.ts";
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, plainBrowser } from "../programs.ts";

export const handshakeFlood: Profile = {
  name: "handshake-flood",
  summary: "connections that have a handshake begun and ask for nothing: no request is ever seen",
  story:
    "Thousands of sources open one connection after the other. Over TLS they say hello, have the server sign its answer, which " +
    "costs them nothing, and are gone; in clear they are gone at once.",
  defaults: { sources: 3_000, seconds: 60, ratePerSourceS: 1 },
  flood: {
    places: farAndNear,
    headers: [[1, plainBrowser(agents.windows, "fr-FR,fr;q=0.9")]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "front" }]],
    perConnection: [1, 1],
    asksNothing: true,
  },
  readers: usualReaders(),
};
