/**
 * What happens to a request to the studio, in this order: which host, sent from where, by whom, may they, then the page.
 * Nothing of the studio is reached in another way.
 */
import { Hono } from "hono";
import { routePath } from "hono/route";
import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { sessionHeader, signedIn, signedOut } from "../bus/session-header.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import { json, page, Refusal, seeOther } from "../web/answers.ts";
import type { MenuEntry } from "../web/menu.ts";
import { formBytesMax, type Person, type Route, type SiteState, type Visit } from "../web/route.ts";
import { compressedPage } from "./compressed-page.ts";
import { RefusalPage, refusalSentence } from "./page-refusal.tsx";
import { studioHeaders } from "./studio-headers.ts";

export interface FrontDoorOptions {
  readonly routes: readonly Route[];
  readonly menu: readonly MenuEntry[];
  readonly siteName: string;
  readonly timeZone: string;
  /** Origins under which the studio may be reached: `http://localhost:8090`. What comes under another name is refused. */
  readonly origins: () => readonly string[];
  readonly personOf: (request: Request) => Person | undefined;
  readonly languageOf: (request: Request, person: Person | undefined) => InterfaceLanguage;
  readonly state: () => SiteState;
  readonly log: Log;
}

export type FrontDoor = (request: Request) => Promise<Response>;

export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const app = new Hono();
  for (const route of options.routes) {
    app.on(route.method, route.path, (context) =>
      enter(route, visitOf(context.req.raw, context.req.param() as Visit["params"], options), options),
    );
  }
  app.notFound((context) => refused(new Refusal(404), visitOf(context.req.raw, {}, options)));
  app.onError((thrown, context) => {
    if (thrown instanceof Refusal) return refused(thrown, visitOf(context.req.raw, {}, options));
    // The route's form, never its address: an invitation's is a secret.
    options.log.error("a page of the studio failed", {
      reason: messageOf(thrown),
      route: routePath(context),
    });
    // What failed may be what knows who is signed in.
    const visit = visitOf(context.req.raw, {}, { ...options, personOf: () => undefined });
    return refused(new Refusal(503, messageOf(thrown)), visit);
  });
  return async (request) => studioHeaders(await compressedPage(request, await app.fetch(request)));
}

async function enter(route: Route, visit: Visit, options: FrontDoorOptions): Promise<Response> {
  requireOrigin(visit, route, options.origins());
  requireLength(visit.request, route.bodyBytesMax ?? formBytesMax);
  const { person } = visit;
  if (route.access === "everyone") return told(await route.handle(visit), person);
  if (person === undefined) return told(toSignIn(visit), person);
  requireRight(route, visit, person);
  const askAgain = (): void => requireStill(route, visit, person);
  return told(await route.handle({ ...visit, person, askAgain }), person);
}

/** To the edge; who came in or left just now has said so already. */
function told(answer: Response, person: Person | undefined): Response {
  const { headers } = answer;
  if (!headers.has(sessionHeader)) headers.set(sessionHeader, person === undefined ? signedOut : signedIn);
  return answer;
}

/** Whoever was let go meanwhile, or signed out, has no more say than if they came now. */
function requireStill(route: Route, visit: Visit, { id }: Person): void {
  const now = visit.whoNow();
  if (now?.id !== id) throw new Refusal(401);
  requireRight(route, visit, now);
}

/** A page elsewhere can make a browser send things here, but not under our own origin (RFC 6454; Fetch, section 3.2). */
function requireOrigin({ request }: Visit, { method }: Route, origins: readonly string[]): void {
  const host = request.headers.get("host");
  const here = origins.filter((origin) => new URL(origin).host === host);
  if (here.length === 0) throw new Refusal(403, "not our name");
  if (method === "GET") return;
  const origin = request.headers.get("origin");
  if (origin === null || !here.includes(origin)) throw new Refusal(403, "sent from elsewhere");
}

function requireLength(request: Request, bytesMax: number): void {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw new Refusal(413);
}

function requireRight({ access }: Route, { params }: Visit, person: Person): void {
  if (access === "everyone" || access === "signed in") return;
  const where = typeof access.at === "function" ? access.at(params) : access.at;
  if (where === undefined) throw new Refusal(404);
  if (!person.may(access.act, where)) throw new Refusal(403);
}

/** What was sent without a session is kept nowhere; it says so, and the browser's way back still has it. */
function toSignIn({ request, url }: Visit): Response {
  if (request.method !== "GET" || isScript(request)) throw new Refusal(401);
  return seeOther(`/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
}

/** For a Host that is no name, and is refused for it. */
const nowhere = new URL("http://studio.invalid/");

function visitOf(request: Request, params: Visit["params"], options: FrontDoorOptions): Visit {
  const person = options.personOf(request);
  return {
    request,
    url: URL.parse(request.url) ?? nowhere,
    params,
    person,
    whoNow: () => options.personOf(request),
    askAgain: () => {},
    language: options.languageOf(request, person),
    menu: options.menu.filter(({ act }) => person?.may(act, "anywhere") === true),
    state: options.state(),
    siteName: options.siteName,
    timeZone: options.timeZone,
  };
}

function refused(refusal: Refusal, visit: Visit): Response {
  const { request, language, person } = visit;
  const answer = isScript(request)
    ? json({ error: refusalSentence(refusal.status, language) }, refusal.status)
    : page(RefusalPage({ visit, refusal }), refusal.status);
  // What failed may not have known who is signed in.
  return refusal.status === 503 ? answer : told(answer, person);
}

/** A browser that opens a page says that it takes HTML; `fetch` says so only where it was told to. */
function isScript(request: Request): boolean {
  return request.headers.get("accept")?.includes("text/html") !== true;
}
