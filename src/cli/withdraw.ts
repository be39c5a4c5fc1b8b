/** `kasbah withdraw URL`: takes a page away everywhere and for good. */
import { type Define, invocationOf, show, withJson } from "./invocation.ts";
import { patience, withPublishing } from "./newsroom-role.ts";
import { describePublication } from "./publish.ts";

export const define: Define = (command) => {
  withJson(command)
    .argument("<url>", "the page's address as a browser shows it, or its path")
    .addHelpText(
      "after",
      "\nAt once and without asking back: the page and its text form answer 410, what showed it in any edition is erased,\nand no rollback, restore or export brings it back.",
    )
    .action(async (url: string) => {
      const invocation = invocationOf(command);
      const done = await withPublishing(invocation, (ask) => ask("newsroom.withdraw", { url }, patience));
      show(invocation, done, () => [
        ...(done.withdrawn.length === 0
          ? ["it was withdrawn before"]
          : done.withdrawn.map((path) => `withdrawn: ${path}`)),
        describePublication(done),
      ]);
    });
};
