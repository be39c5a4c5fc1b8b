/** Every profile there is, in the order in which they are listed. */
import type { Profile } from "./profile.ts";
import { addressPerRequest } from "./profiles/address-per-request.ts";
import { bareAddress } from "./profiles/bare-address.ts";
import { cacheBusting } from "./profiles/cache-busting.ts";
import { carrierNat } from "./profiles/carrier-nat.ts";
import { completeBrowsers } from "./profiles/complete-browsers.ts";
import { expensiveEndpoint } from "./profiles/expensive-endpoint.ts";
import { fakeFeedReaders } from "./profiles/fake-feed-readers.ts";
import { fakeGooglebot } from "./profiles/fake-googlebot.ts";
import { flashCrowd } from "./profiles/flash-crowd.ts";
import { formFlood } from "./profiles/form-flood.ts";
import { handshakeFlood } from "./profiles/handshake-flood.ts";
import { ipv6Hopping } from "./profiles/ipv6-hopping.ts";
import { lowAndSlow } from "./profiles/low-and-slow.ts";
import { mamfakinch2011 } from "./profiles/mamfakinch-2011.ts";
import { oneCountry } from "./profiles/one-country.ts";
import { pulse } from "./profiles/pulse.ts";
import { rotatingAgents } from "./profiles/rotating-agents.ts";
import { sharedPass } from "./profiles/shared-pass.ts";
import { signInCover } from "./profiles/sign-in-cover.ts";
import { slowReader } from "./profiles/slow-reader.ts";
import { solverSwarm } from "./profiles/solver-swarm.ts";
import { verifierFlood } from "./profiles/verifier-flood.ts";

export const profiles: readonly Profile[] = [
  mamfakinch2011,
  oneCountry,
  addressPerRequest,
  carrierNat,
  ipv6Hopping,
  completeBrowsers,
  rotatingAgents,
  cacheBusting,
  expensiveEndpoint,
  solverSwarm,
  sharedPass,
  verifierFlood,
  formFlood,
  signInCover,
  pulse,
  lowAndSlow,
  slowReader,
  handshakeFlood,
  fakeGooglebot,
  fakeFeedReaders,
  bareAddress,
  flashCrowd,
];
