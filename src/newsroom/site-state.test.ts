// The studio's one line about the site: what the watch said last, for as long as it is heard.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { eventually } from "../../test/scenarios/instance.ts";
import { liveState } from "../../test/studio/origin-studio.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock } from "../base/clock.ts";
import { startHub } from "../bus/hub.ts";
import { connectBus, type LocalBus } from "../bus/local.ts";
import type { Mode } from "../bus/facts.ts";
import { SiteStateFollower } from "./site-state.ts";

const lifetimes = new AsyncDisposableStack();
const { path: root, remove } = temporaryFolder();
const socket = join(root, "bus.sock");
let newsroomBus: LocalBus;
let watchBus: LocalBus;
beforeAll(async () => {
  lifetimes.defer(remove);
  lifetimes.use(await startHub(socket));
  newsroomBus = lifetimes.use(await connectBus(socket));
  watchBus = lifetimes.use(await connectBus(socket));
});
afterAll(() => lifetimes.disposeAsync());

const edition = {
  id: "",
  version: 7,
  log_index: 6,
  published_at: "2011-07-31T14:00:00Z",
  pages: 3,
  bytes: 9,
  stale: false,
};

function follow(clock = new ManualClock(0)) {
  const publisher = { facts: () => edition };
  return { clock, follower: new SiteStateFollower({ publisher, bus: newsroomBus, clock }) };
}

test("without a watch it knows the edition alone, and asking ends", async () => {
  const { follower } = follow();
  using _ = follower;
  await follower.ask();
  expect(follower.state).toEqual({
    edition: { version: 7, publishedAt: "2011-07-31T14:00:00Z", stale: false },
    mode: null,
    incidentsOpen: null,
    protectedSite: null,
  });
});

test("it says what the watch says, and no longer than the watch is heard", async () => {
  const end = watchBus.respond("watch.status", () => ({ mode: "guarded", incidents_open: 2 }));
  await watchBus.flush();
  const { follower, clock } = follow();
  using _ = follower;
  await follower.ask();
  expect(follower.state).toMatchObject({ mode: "guarded", incidentsOpen: 2 });
  end();
  await watchBus.flush();
  clock.advance(4_900);
  await follower.ask();
  expect(follower.state.mode).toBe("guarded");
  clock.advance(200);
  expect(follower.state).toMatchObject({ edition: { version: 7 }, mode: null, incidentsOpen: null });
});

test("what the watch tells is known at once, not at the next question", async () => {
  let mode: Mode = "calm";
  const end = watchBus.respond("watch.status", () => ({ mode, incidents_open: 0 }));
  await watchBus.flush();
  const { follower } = follow();
  using _ = follower;
  await follower.ask();
  mode = "guarded";
  watchBus.publish("mode", { mode, reason: "a flood is open" });
  await eventually("the new mode", async () => (follower.state.mode === "guarded" ? true : undefined), 1_500);
  end();
});

test("of a protected site it says what the edge says where it stands worst, and no longer than that edge is heard", async () => {
  const { follower, clock } = follow();
  using _ = follower;
  await newsroomBus.flush();
  watchBus.publish("origin.state", { ...liveState, edge: "edge-1", site: "held" });
  watchBus.publish("origin.state", { ...liveState, edge: "edge-2" });
  await eventually(
    "the state",
    async () => (follower.state.protectedSite === "held" ? true : undefined),
    1_500,
  );
  clock.advance(15_000);
  expect(follower.state.protectedSite).toBeNull();
});

test("what the edge that serves least says, and no longer than it is heard", async () => {
  const { follower, clock } = follow();
  using _ = follower;
  const facts = { at: "2011-07-31T14:00:00Z", since: null, causes: [], ordered_until: null };
  const counts = { texts: 0, work_refused: 0 };
  watchBus.publish("service", { edge: "a", level: "lite", ...facts, ...counts });
  watchBus.publish("service", { edge: "b", level: "normal", ...facts, ...counts });
  await eventually("that it is heard", async () => (follower.state.service === "lite" ? true : undefined));
  clock.advance(15_000);
  expect(follower.state.service).toBeUndefined();
});
