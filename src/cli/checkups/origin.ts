/** Whether the site that Kasbah stands in front of answers. */
import { messageOf } from "../../base/errors.ts";
import type { Config } from "../../config/settings.ts";
import { type Checkup, type Finding, fine, wrong } from "./checkup.ts";

export const origin: Checkup = {
  name: "origin",
  needsSettings: true,
  look: async ({ config }) => (config.origin.url === "" ? [] : [await ask(config)]),
};

/** Any answer is one, also an error of the site's own: that is not for Kasbah to judge here. */
async function ask({
  origin: { url, answer_timeout_s },
  "site.portal": { hosts },
}: Config): Promise<Finding> {
  try {
    const answer = await fetch(url, {
      method: "HEAD",
      headers: { host: hosts[0] ?? "localhost" },
      redirect: "manual",
      signal: AbortSignal.timeout(answer_timeout_s * 1000),
    });
    return fine(`${url} answers (status ${answer.status}, asked for ${hosts[0]})`);
  } catch (thrown) {
    return wrong(
      `${url} (origin.url) does not answer: ${messageOf(thrown)}`,
      "start the site behind it, or mend the address; until then readers get 502",
    );
  }
}
