/** The newsroom as a role: answers on the bus, publishes the first edition, and goes about its routine. */
import { type RoleContext, serve, type StartRole } from "../bus/role.ts";
import { loadDemo } from "../transfer/demo/load-demo.ts";
import { openNewsroom } from "./newsroom.ts";
import type { Newsroom } from "./parts.ts";
import { Watching } from "../origin/upkeep/watching.ts";
import { inviteFirst } from "../people/roster.ts";
import { openStudio, type Studio } from "./studio.ts";
import { type Found, foundOf, Routine, routineEveryMs } from "./routine.ts";

const progressEveryMs = 250;

export const startNewsroom: StartRole = async (context) => {
  const { bus } = context;
  const opened: { studio?: Studio } = {};
  const newsroom = await openNewsroom({
    ...context,
    studioAddress: () => opened.studio?.address,
    onPublished: (version) => bus.publish("edition.published", { version }),
    onImportProgress: nowAndThen(context, (progress) => bus.publish("import.progress", progress)),
    onSnapshotProgress: nowAndThen(context, (progress) => bus.publish("snapshot.progress", progress)),
    onAcceptProgress: nowAndThen(context, (progress) => bus.publish("accept.progress", progress)),
  });
  await prepare(newsroom, context);
  await newsroom.origin?.resume();
  const watching = newsroom.origin && new Watching(newsroom.origin, bus);
  const routine = new Routine(newsroom, (found) => reportTampering(context, found));
  const timer = setInterval(() => void routine.round(), routineEveryMs);
  serve(bus, newsroom.operations);
  const studio = openStudio(newsroom, context);
  opened.studio = studio;
  await bus.flush();
  return {
    addresses: [studio.address, ...firstSteps(newsroom)],
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await studio[Symbol.asyncDispose]();
      await routine.idle();
      await watching?.[Symbol.asyncDispose]();
      await newsroom[Symbol.asyncDispose]();
    },
  };
};

/** Readers get something as soon as there is something. */
async function prepare({ publisher, files, database }: Newsroom, context: RoleContext): Promise<void> {
  const { log, clock } = context;
  for (const path of await files.exposed()) log.warn("others can read this key file; chmod 600 it", { path });
  if (files.hasRoot)
    log.info("the root key lies on this machine; move it to a safe place", { path: files.pathOf("root") });
  const fault = await publisher.check();
  if (fault !== undefined) reportTampering(context, foundOf(fault, clock));
  const added = context.demo ? loadDemo(database, context).added : 0;
  if (added > 0) log.info("brought in the demo newsroom", { pieces: added });
  if (added > 0 || publisher.current === undefined) await publisher.publish();
}

/** While nobody could sign in, each start makes a new link for whoever runs the machine; it also stands in the log. */
function firstSteps({ membership, log }: Newsroom): readonly string[] {
  if (membership.passkeys.areThere()) return [];
  const link = inviteFirst(membership);
  if (link.outcome === "refused") return [];
  const { url, expiresAt } = link.value;
  log.info("nobody has a passkey yet; this link makes the first steward", { url, expires_at: expiresAt });
  return [`${url}  open this to become the first steward`];
}

/** An import gets on hundreds of times a second, and nobody reads so fast. */
function nowAndThen<P>({ clock }: RoleContext, tell: (progress: P) => void): (progress: P) => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    if (clock.nowMs() < toldMs + progressEveryMs) return;
    toldMs = clock.nowMs();
    tell(progress);
  };
}

function reportTampering({ bus }: RoleContext, { where, at, what }: Found): void {
  bus.publish("tampering", { where, evidence: { at, what } });
  bus.publish("tampering", {
    where,
    evidence: { at, what: "it was made anew and signed again" },
    repaired: true,
  });
}
