/** By the bare address and for names that nobody has here, as scanners and lists of targets have it. */
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents } from "../programs.ts";

export const bareAddress: Profile = {
  name: "bare-address",
  summary: "the bare address and unknown names instead of the site's own",
  story:
    "Lists of targets hold addresses, not names: the flood asks for the bare address, for names that are nobody's here, and for paths that do not exist.",
  defaults: { sources: 2_000, seconds: 20, ratePerSourceS: 0 },
  flood: {
    places: [[1, { country: "CN", asn: 64_506, name: "Drill network F", blocks: 6 }]],
    headers: [
      [50, [`User-Agent: ${agents.go}`, "Accept-Encoding: gzip"]],
      [50, ["User-Agent: Mozilla/5.0", "Accept: */*", "Connection: keep-alive"]],
    ],
    headersFor: "source",
    addresses: "own",
    asks: [
      [40, { goal: "front", host: "address" }],
      [20, { goal: "nowhere", host: "address" }],
      [40, { goal: "front", host: "unknown" }],
    ],
    perConnection: [10, 100],
  },
  readers: usualReaders(),
};
