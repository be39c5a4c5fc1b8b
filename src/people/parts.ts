/** What the pages about people need of the newsroom. */
import type { Names } from "../language/names.ts";
import type { SiteName } from "../config/site-names.ts";
import type { ClientScript, ClientScripts } from "../web/client-scripts.ts";
import type { DeedTold } from "../web/feature.ts";
import type { Membership } from "./membership.ts";

export interface PeopleParts {
  readonly membership: Membership;
  readonly scripts: ClientScripts;
  /** Under which the studio is reached. */
  readonly origins: () => readonly string[];
  /** Of all features. */
  readonly deeds: Readonly<Record<string, DeedTold>>;
  readonly pieces: { sections(site: SiteName): readonly { readonly slug: string; readonly names: Names }[] };
}

/** Asks the browser for a passkey. */
export const passkeyScript: ClientScript = {
  name: "passkey",
  entry: new URL("passkey.client.ts", import.meta.url).pathname,
};
