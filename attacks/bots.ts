/** Where bots come from that try what is dear rather than to be many: some from far away, some from among the readers. */
import type { Place, Weighted } from "./profile.ts";

export const farAndNear: Weighted<Place> = [
  [60, { country: "RU", asn: 64_506, name: "Drill network F", blocks: 4 }],
  [40, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
];
