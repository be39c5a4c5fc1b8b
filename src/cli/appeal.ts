/** `kasbah appeal`: what the code says that somebody reads out who was refused. */
import { OperatorError } from "../base/errors.ts";
import { percent } from "../base/figures.ts";
import type { AppealSaid } from "../bus/appeal-facts.ts";
import { withInstance } from "./connect.ts";
import { moment } from "./format.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";

export const define: Define = (command) => {
  withJson(command).argument(
    "<code...>",
    "as the reader's page shows it; capitals and hyphens make no difference",
  );
  command.action(async (words: string[]) => {
    const invocation = invocationOf(command);
    const code = words.join(" ").slice(0, 100);
    const { appeal } = await withInstance(invocation, (bus) => bus.request("edge.appeal", { code }));
    if (appeal === null) {
      throw new OperatorError("that is no code of this edge's", {
        hint: "ask for it again: it has 16 letters and digits, and one wrong one is always noticed",
        exitCode: 2,
      });
    }
    show(invocation, appeal, () => describe(appeal));
  });
};

const gates: Readonly<Record<AppealSaid["gate"], string>> = {
  work: "the protected site, for something that has to be asked of it",
  form: "a form",
  "sign-in": "the sign-in",
  reading: "a page",
};
const reasons: Readonly<Record<AppealSaid["reason"], string>> = {
  overloaded: "there was no room to wait, or what they sent was too large to be kept in a page meanwhile",
  "forged ticket": "their place in the queue was none of ours",
  "expired ticket": "what their page had kept was too old to be sent",
  "asked too often": "their network asked for more than its share",
  rule: "a rule matched what they asked for (`kasbah rules list`)",
  ban: "their network is banned (`kasbah bans list`)",
  "challenge failed": "they failed the challenge",
};

function describe({ at, gate, reason, load }: AppealSaid): string[] {
  return [
    `refused ${moment(at)}, at ${gates[gate]}`,
    `why: ${reasons[reason]}`,
    `then asked of the site: ${percent(load)} of what it can do${load < 1 ? "" : ", or more"}`,
  ];
}
