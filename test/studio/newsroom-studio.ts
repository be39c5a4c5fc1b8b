/** A whole newsroom with its studio on a port, as the role puts it together, with a clock of the test's. */
import { ManualClock } from "../../src/base/clock.ts";
import { type Log, silentLog } from "../../src/base/log.ts";
import { startHub } from "../../src/bus/hub.ts";
import { connectBus } from "../../src/bus/local.ts";
import { dataFolder } from "../../src/config/data-folder.ts";
import { defaultConfig } from "../../src/config/load.ts";
import type { Config } from "../../src/config/settings.ts";
import { takeLock } from "../../src/config/lock.ts";
import { openNewsroom } from "../../src/newsroom/newsroom.ts";
import type { Newsroom } from "../../src/newsroom/parts.ts";
import { openStudio } from "../../src/newsroom/studio.ts";
import { inviteFirst } from "../../src/people/roster.ts";
import type { Route } from "../../src/web/route.ts";
import { temporaryFolder } from "../temporary-folder.ts";

export interface NewsroomStudio extends AsyncDisposable {
  readonly newsroom: Newsroom;
  readonly clock: ManualClock;
  /** `http://localhost:40123`. */
  readonly origin: string;
  readonly routes: readonly Route[];
  /** A link for the first steward. */
  firstLink(): string;
}

export async function openNewsroomStudio(
  changed: {
    readonly studio?: Partial<Config["studio"]>;
    readonly origin?: Partial<Config["origin"]>;
    readonly log?: Log;
  } = {},
): Promise<NewsroomStudio> {
  const base = defaultConfig();
  const config = {
    ...base,
    studio: { ...base.studio, listen: "127.0.0.1:0", ...changed.studio },
    origin: { ...base.origin, ...changed.origin },
  };
  const { log = silentLog } = changed;
  const folder = temporaryFolder("memory");
  const data = dataFolder(folder.path);
  const stack = new AsyncDisposableStack();
  stack.defer(folder.remove);
  stack.use(takeLock(data));
  stack.use(await startHub(data.busSocket, log));
  const bus = stack.use(await connectBus(data.busSocket));
  const clock = new ManualClock(Date.parse("2011-07-31T14:00:00Z"));
  const opened: { origin?: string } = {};
  const newsroom = stack.use(
    await openNewsroom({
      config,
      data,
      clock,
      log,
      onPublished: () => {},
      studioAddress: () => opened.origin,
    }),
  );
  const studio = stack.use(openStudio(newsroom, { config, data, bus, log, clock, demo: false }));
  const origin = studio.address;
  opened.origin = origin;
  return {
    newsroom,
    clock,
    origin,
    routes: studio.routes,
    firstLink() {
      const link = inviteFirst(newsroom.membership);
      if (link.outcome === "refused") throw new Error(link.reason);
      return link.value.url;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
