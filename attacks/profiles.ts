/** Every profile there is. */
import type { Profile } from "./profile.ts";
import { mamfakinch2011 } from "./profiles/mamfakinch-2011.ts";

export const profiles: readonly Profile[] = [mamfakinch2011];
