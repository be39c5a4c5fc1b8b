/** `/watch/events`: what happens, told to an open page as server-sent events (HTML, section 9.2), for as long as its reader may know. */
import type { Traffic } from "../bus/facts.ts";
import { Refusal } from "../web/answers.ts";
import type { SignedIn } from "../web/route.ts";
import type { Now } from "./now.ts";
import type { Point } from "./point.ts";
import type { Listener, WatchFeed } from "./watch-feed.ts";

export interface EventsOptions {
  readonly feed: WatchFeed;
  /** The words of `#now` and the figures below the chart, in the visitor's language. */
  readonly describe: (now: Now) => unknown;
  /** How often it is asked whether the session and the right still hold, and a sign of life is given, ms. */
  readonly beatEveryMs: number;
}

/** Events that wait for a slow connection; then it is ended, and its browser comes again. */
const waitingMax = 64;

/** Throws Refusal 503 where too many listen already. */
export function watchEvents(visit: SignedIn, options: EventsOptions): Response {
  const { feed } = options;
  let end = (): void => {};
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        end = begin(controller, visit, options);
        send(controller, "past", feed.seconds.map(pointOf));
        void feed.now().then((now) => send(controller, "now", options.describe(now)));
      },
      cancel: () => end(),
    },
    { highWaterMark: waitingMax },
  );
  visit.request.signal.addEventListener("abort", () => end());
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

function begin(
  controller: Controller,
  visit: SignedIn,
  { feed, describe, beatEveryMs }: EventsOptions,
): () => void {
  const listener: Listener = {
    traffic: (second) => tell("point", pointOf(second)),
    now: (now) => tell("now", describe(now)),
    changed: () => tell("changed", null),
  };
  const leave = feed.listen(listener, visit.person.id);
  if (leave === undefined) throw new Refusal(503, "too many pages listen already");
  const beat = setInterval(
    () => (mayStill(visit) ? write(controller, ": still here\n\n") : end()),
    beatEveryMs,
  );
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(beat);
    leave();
    close(controller);
  };
  const tell = (name: string, data: unknown): void => {
    if ((controller.desiredSize ?? 0) <= 0) end();
    else send(controller, name, data);
  };
  return end;
}

/** The session may have ended since, and the right been taken away. Where that can't be found out nobody is told anything. */
function mayStill({ person, whoNow }: SignedIn): boolean {
  try {
    const now = whoNow();
    return now?.id === person.id && now.may("watch", "anywhere");
  } catch {
    return false;
  }
}

function send(controller: Controller, name: string, data: unknown): void {
  write(controller, `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

const encoder = new TextEncoder();

function write(controller: Controller, text: string): void {
  try {
    controller.enqueue(encoder.encode(text));
  } catch {
    // The browser has just gone, which ends it.
  }
}

function close(controller: Controller): void {
  try {
    controller.close();
  } catch {
    // The browser was faster.
  }
}

function pointOf({ at, requests, refused, readers }: Traffic): Point {
  return [Math.round(Date.parse(at) / 1_000), requests, refused, readers.p99_ms];
}
